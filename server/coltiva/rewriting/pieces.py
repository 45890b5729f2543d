"""A message cut into greeting, sentences and sign-off, so that some sentences can go and the rest stays whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from coltiva.contacts import Contact
from coltiva.cues import folded_words
from coltiva.draft import Draft
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.bare_closings import BareClosing
from coltiva.rewriting.sign_offs import sign_off_start
from coltiva.rewriting.unmarked import postscript_starts, unmarked_starts
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span
from coltiva.tokens import NO_BREAK, fold

_MAX_GREETING_WORDS = 7
_MAX_STRANGE_WORDS = 2  # words of a greeting that are no name, title or greeting that is known
_MAX_NAME_WORDS = 3
_MIN_NAME_LETTERS = 3
_OPENING_SIGNS = frozenset("¿¡([{“„«‹\"'‘*_•·-–—.)›#✔✓✅☑🔹🔸▪►▶→➡👉\ufe0f")
_LONG_LETTERS = re.compile(r"(\w)\1{2,}")  # Fabiaaa
# An emoji may end a sentence, where the next word has a capital.
_AFTER_EMOJI = re.compile(r"[\u2600-\u27BF\U0001F300-\U0001FAFF]\uFE0F?\s+(?=[¿¡]?[A-ZÀ-Þ])")
_DAY = re.compile(r"(?<!\d)\d{1,2}\.,?\s\Z")  # of a month: am 27. Mai, am 2., 9. und 16.
_DOUBLED = re.compile(r"(?<!\w)([A-ZÀ-Þ])\1\.\s\Z")
_DOUBLED_BEHIND = re.compile(r"([A-ZÀ-Þ])\1\.")
_PLAIN_WORD = re.compile(r"\w+")
_ABBREVIATED = re.compile(r"(?<!\w)[^\W\d]{1,4}\.\s\Z")
SUBJECT_LINE = re.compile(r"(?i)\A(?:subject|oggetto|asunto|objet|betreff|assunto) ?:[^\n]*\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of the body.

    Attributes:
        span: the sentence with its own punctuation, without the space that follows.
        words: its folded words joined by spaces.
        paragraph: number of its paragraph.
        gap: what stands between it and the next piece: space, or the connector of two clauses.
        closing: the stop that it takes where the next clause of its sentence goes; empty for a whole sentence.
        resumed: whether it begins as a sentence does where the words before it ("Either way,") go.
    """

    span: Span
    words: str
    paragraph: int
    gap: str
    closing: str = ""
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A message by its parts: subject and greeting up to *body_start*, sign-off and quotes from *body_end*."""

    text: str
    body_start: int
    body_end: int
    pieces: tuple[Piece, ...]

    @property
    def head(self) -> str:
        """Everything before the body."""
        return self.text[: self.body_start]

    @property
    def tail(self) -> str:
        """Everything after the body; a closing that followed a comma begins with a capital."""
        tail = self.text[self.body_end :]
        follows = self.body_end > self.body_start and self.text[: self.body_end].rstrip().endswith(",")
        follows = follows and not self.text.islower()
        return tail[:1].upper() + tail[1:] if follows else tail


def cut(draft: Draft, address: AddressWords, lines: RewriteLines, contact: Contact, keep: tuple[Span, ...]) -> Layout:
    """Cut a message.

    Args:
        keep: stretches that belong to the body whatever they look like, such as asks.
    """
    body_start = _greeting_end(draft, address, lines, contact, keep)
    bare = BareClosing(lines, address, contact)
    body_end = sign_off_start(draft.text, draft.own_end, body_start, keep, bare)
    starts = [_true_start(draft.text, s.span.start) for s in draft.sentences if s.span.start < body_end]
    months = lines.words["months"]
    starts = [start for start in starts if start == body_start or _is_new_sentence(draft.text, start, months)]
    if not draft.text.isascii():
        emoji = _AFTER_EMOJI.finditer(draft.text, body_start, body_end)
        starts += [match.end() for match in emoji if not _opens_line(draft.text, match.start())]
    body = Span(body_start, body_end)
    starts += unmarked_starts(draft.text, body, keep, lines, address) + postscript_starts(draft.text, body, bare)
    starts = sorted({max(start, body_start) for start in starts if start < body_end})
    # The sentence that holds the greeting starts with it; what is left of it starts the body.
    if not starts or starts[0] != body_start:
        starts = [body_start, *starts] if draft.text[body_start:body_end].strip() else starts
    pieces: list[Piece] = []
    paragraph = 0
    for start, end in pairwise([*starts, body_end]):
        core = draft.text[start:end].rstrip()
        if not core:
            continue
        gap = draft.text[start + len(core) : end]
        pieces.append(Piece(Span(start, start + len(core)), " ".join(folded_words(core)), paragraph, gap))
        paragraph += "\n" in gap
    return Layout(draft.text, body_start, body_end, tuple(pieces))


def _is_new_sentence(text: str, start: int, months: frozenset[str]) -> bool:
    """Tell whether a sentence begins there, not a word after ``Dott.`` (in ``Dott.ssa``) or ``cat.``, or a month."""
    line = text.rfind("\n", 0, start)
    opened = text.rfind("(", line + 1, start)
    if text[start - 1 : start].strip() or (opened > text.rfind(")", line + 1, start) and ")" in text[start:]):
        return False  # nor within brackets
    if text[line + 1 : start].rstrip().endswith(".,"):
        return False  # "Hidronor, Lda., com sede em …"
    if _DOUBLED.search(text, max(0, start - 5), start) and _DOUBLED_BEHIND.match(text, start):
        return False  # "RR. HH."
    day, goes_on = _DAY.search(text, max(0, start - 6), start), text[start].islower()
    if day and goes_on and not text.lstrip()[:1].islower():
        return False
    word = _PLAIN_WORD.search(text, start) if day else None
    if day and word:
        counts_on = word.group().isdecimal() and text[word.end() : word.end() + 1] == "."
        if fold(word.group()) in months or "," in day.group() or counts_on:
            return False
    abbreviates = goes_on and _ABBREVIATED.search(text, max(0, start - 8), start)
    return not (abbreviates and text.lstrip()[0].isupper())


def _opens_line(text: str, at: int) -> bool:
    """Tell whether nothing stands before *at* in its line: an emoji there is a bullet, and ends nothing."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _true_start(text: str, start: int) -> int:
    """Move a sentence's start back over the signs that open it."""
    line = text.rfind("\n", 0, start) + 1
    first = start
    while first > line and ((sign := text[first - 1]) in _OPENING_SIGNS or sign.isspace() or sign.isdecimal()):
        first -= 1
    signs = text[first:start]
    if first == line:
        return line + len(signs) - len(signs.lstrip())
    return first + signs.rfind(" ") + 1 if " " in signs else start


def _greeting_end(
    draft: Draft, address: AddressWords, lines: RewriteLines, contact: Contact, keep: tuple[Span, ...]
) -> int:
    """Return where the body begins: after a subject line, a greeting, and the space that follows them."""
    text, tokens = draft.text, draft.tokens
    subject = SUBJECT_LINE.match(text)
    floor = subject.end() if subject else 0
    begin = next((i for i, sign in enumerate(text) if not sign.isspace() and sign not in _OPENING_SIGNS), len(text))
    # An ask that begins with the message takes the greeting in, which is none of it; one inside a word (Dott.ssa) too.
    keep = tuple(span for span in keep if span.start <= begin or text[span.start - 1].isspace())
    limit = min([draft.own_end, *(span.end if span.start <= max(floor, begin) else span.start for span in keep)])
    first = next((i for i, start in enumerate(tokens.starts) if start >= floor), None)
    if first is None or tokens.starts[first] >= limit:
        return min(floor, limit)
    names = set(map(fold, _PLAIN_WORD.findall(" ".join((contact.name, *contact.other_names)))))
    pairs = lines.words["pairs"]
    known = address.greetings.union(address.titles, names, _short_names(draft, first, names, contact))
    if tokens.words[first] in lines.words["hails"] or tokens.words[first] in address.greetings:
        known |= lines.words["hails"]  # which are words of other kinds elsewhere: "Ó Tozé", "Sou o Tiago"
    last = first + 1
    while last < len(tokens.words) and not _breaks(draft, last) and "\n" not in _gap(draft, last):
        last += 1
    line_end = text.find("\n", tokens.starts[first])
    line = text[tokens.starts[first] : line_end].strip() if line_end >= 0 else ""
    if line[-1:] in (",", ":") and len(line.split()) <= _MAX_GREETING_WORDS and tokens.words[first] in known:
        return min(_true_start(text, line_end + len(text[line_end:]) - len(text[line_end:].lstrip())), limit)
    is_short = last - first <= _MAX_GREETING_WORDS
    own_line = last < len(tokens.words) and "\n" in _gap(draft, last)
    greeting = range(first, last)
    if is_short and last < len(tokens.words) and (own_line or _greets(draft, greeting, known, lines.words["inner"])):
        second = _second_greeting_end(draft, first, last, known | pairs, address)
        # "Moin Nele, Saisonjob?": what would be all of an ask greets nobody.
        is_ask = any(span.start <= begin and span.end <= tokens.starts[second] for span in keep)
        end = tokens.starts[last if is_ask else second]
    else:  # no break after the greeting: take the words that can be nothing else
        last = first
        while last < len(tokens.words) and tokens.words[last] in known:
            last += 1
        while last > first and tokens.words[last - 1] in pairs:
            last -= 1
        while first < last < len(tokens.words) and not any(map(str.isspace, _gap(draft, last))):
            last += 1  # not within Dott.ssa
        last = _hailed_end(draft, first, last, address, lines)
        if first < last < len(tokens.words) and _breaks(draft, last):
            last = _second_greeting_end(draft, first, last, known | pairs, address)  # Toñito, guapo, …
        end = tokens.starts[last] if last < len(tokens.words) else draft.own_end
    return min(_true_start(text, end), limit) if end > floor else floor


def _short_names(draft: Draft, first: int, names: set[str], contact: Contact) -> set[str]:
    """Return which of the first words are short for the contact: Mel, Fabiaaa; Ju and PH where they are called."""
    tokens = draft.tokens
    letters = {name[:1] for name in names}
    called = [(w, _LONG_LETTERS.sub(r"\1", w)) for w in tokens.words[first : first + 3] if w[:1] in letters]
    short = {word for word, plain in called if len(plain) >= 3 and any(n.startswith(plain) for n in names)}
    word = tokens.words[first]
    if len(word) == 2 and first + 1 < len(tokens.words) and "," in _gap(draft, first + 1):
        initials = "".join(fold(part)[:1] for part in _PLAIN_WORD.findall(contact.name))
        short |= {word} if word == initials or any(n.startswith(word) for n in names) else set()
    return short


def _greets(draft: Draft, greeting: range, known: frozenset[str], inner: frozenset[str]) -> bool:
    """Tell whether words greet: some are known as a greeting, a title or a name, and hardly any are strange."""
    if known.isdisjoint(draft.tokens.words[greeting.start : greeting.stop]):
        return False
    return sum(_is_strange(draft, at, known | inner, greeting.start) for at in greeting) <= _MAX_STRANGE_WORDS


def _is_strange(draft: Draft, word: int, known: frozenset[str], first: int) -> bool:
    """Tell whether a word of a greeting is no greeting, title or name that is known, nor the end of such a one."""
    is_end = word > first and not any(map(str.isspace, _gap(draft, word)))
    return draft.tokens.words[word] not in known and not is_end


def _hailed_end(draft: Draft, first: int, last: int, address: AddressWords, lines: RewriteLines) -> int:
    """Return the word after a name that nobody recorded: ``Hey Giulio 👋 ti seguo``, ``Silvia, ¿vos tenés …?``.

    Args:
        last: the word after the greeting that is known.
    """
    tokens, ordinary = draft.tokens, lines.words["openers"]
    if not ordinary:
        return last
    at = last
    while at < len(tokens.words) and at - last < _MAX_NAME_WORDS and tokens.capitals[at]:
        word = tokens.words[at]
        words = (ordinary, lines.small_words, address.first_person, address.second_person)
        is_word = any(word in some for some in words)
        if is_word or len(word) < _MIN_NAME_LETTERS or word.endswith(lines.word_ends):
            return last
        at += 1
        tail = at
        while tail < len(tokens.words) and tokens.words[tail] in lines.words["pairs"]:
            tail += 1  # Ermannino mio, …
        if tail < len(tokens.words) and "," in _gap(draft, tail):
            at = tail
        if at < len(tokens.words) and "," in _gap(draft, at):
            is_list = at + 1 < len(tokens.words) and tokens.words[at + 1] in lines.words["connectors"]
            return last if is_list else at
        if at == first + 1 < len(tokens.words) and tokens.words[at] in lines.words["after_names"]:
            return at  # Chiara ti va di …
        if at < len(tokens.words) and tokens.breaks[at] != NO_BREAK:
            break
    return at if last > first else last


def _second_greeting_end(draft: Draft, begin: int, first: int, known: frozenset[str], address: AddressWords) -> int:
    """Return the word after a second greeting that begins at word *first*: ``Dear Sir, good morning!``, ``Hi, Tom.``"""
    tokens, last = draft.tokens, first
    while last < len(tokens.words) and last - first < _MAX_NAME_WORDS and tokens.capitals[last]:
        last += 1
        if last < len(tokens.words) and _breaks(draft, last) and tokens.words[last - 1] not in address.titles:
            if not all(word in known for word in tokens.words[begin:first]):
                return first
            return _second_greeting_end(draft, begin, last, known, address)  # "Oi, Mirela, tudo bom?"
    last = first
    while last < len(tokens.words) and tokens.words[last] in known:
        last += 1
        if last < len(tokens.words) and _breaks(draft, last):
            return last
    return first


def _breaks(draft: Draft, word: int) -> bool:
    """Tell whether a clause or sentence ends before *word*; not within ``Dott.ssa`` or after ``Prezado(a)``."""
    gap = _gap(draft, word)
    return draft.tokens.breaks[word] != NO_BREAK and any(map(str.isspace, gap)) and gap.strip() not in ("", ")", "/")


def _gap(draft: Draft, word: int) -> str:
    return draft.text[draft.tokens.ends[word - 1] : draft.tokens.starts[word]]
