"""Too long, too many, too hard: counts that the channel or the reader sets a limit to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject
from coltiva.readability import reading_ease
from coltiva.spans import Span, Utf16Offsets


def find_too_long(subject: Subject) -> Iterable[Finding]:
    """Yield a finding for what lies beyond the page's own limit, or else the channel's; both count UTF-16 units."""
    limit = subject.limit or subject.library.channels[subject.channel].limit
    text = subject.draft.text
    if limit is None or Utf16Offsets(text).utf16(len(text)) <= limit:
        return
    offsets = Utf16Offsets(text)
    start = next(i for i in range(len(text), -1, -1) if offsets.utf16(i) <= limit)
    yield Finding("signal", "too_long", "core/too-long", Span(start, len(text)), Severity.WARNING)


def find_many_links(subject: Subject) -> Iterable[Finding]:
    """Yield a finding for the first link beyond the limit."""
    shapes, limit = subject.draft.tokens.shapes, subject.library.limits.links
    if shapes.count("url") > limit:
        links = [i for i, shape in enumerate(shapes) if shape == "url"]
        span = subject.word_span(links[limit], links[limit] + 1)
        yield Finding("signal", "many_links", "core/many-links", span, Severity.INFO)


def find_self_centred(subject: Subject) -> Iterable[Finding]:
    """Yield a finding where the author speaks of himself far more than to the contact."""
    words, limits = subject.draft.tokens.words, subject.library.limits
    first_person = subject.pack.words.first_person
    own = sum(map(first_person.__contains__, words))
    if own < limits.first_person_words:
        return
    yours = sum(map(subject.pack.words.second_person.__contains__, words))
    if own > limits.first_person_ratio * (yours + 1):
        at = next(i for i, word in enumerate(words) if word in first_person)
        yield Finding("signal", "self_centred", "core/self-centred", subject.word_span(at, at + 1), Severity.INFO)


def find_hard_to_read(subject: Subject) -> Iterable[Finding]:
    """Yield a finding for the longest sentence where the whole is hard to read for its language."""
    draft, limits = subject.draft, subject.library.limits
    words = draft.tokens.words
    if len(words) < limits.readability_words or _is_surely_easy(words, len(draft.sentences)):
        return
    if reading_ease(draft.text[: draft.own_end], subject.pack.language) < limits.reading_ease:
        longest = max(draft.sentences, key=lambda s: s.last - s.first)
        yield Finding("signal", "hard_to_read", "core/hard-to-read", longest.span, Severity.INFO)


_EASY_SENTENCE_WORDS = 20
_EASY_WORD_LETTERS = 5.5


def _is_surely_easy(words: Sequence[str], sentence_count: int) -> bool:
    """Tell texts that no formula calls hard, by words a sentence and letters a word, without counting syllables."""
    letters = sum(map(len, words))
    return len(words) <= _EASY_SENTENCE_WORDS * sentence_count and letters <= _EASY_WORD_LETTERS * len(words)
