"""A message as it is being written: the author's own zone, its sentences and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from coltiva.spans import Span
from coltiva.tokenizer import tokenize
from coltiva.tokens import SENTENCE_BREAK, Tokens, Wording

# How mail programs introduce the message that is answered, in six languages.
_FORWARDED = (
    "original message|forwarded message|messaggio originale|messaggio inoltrato|mensaje original"
    "|message d'origine|ursprüngliche nachricht|mensagem original"
)
_QUOTE_HEADER = re.compile(
    rf"^(?:-{{3,}} ?(?:{_FORWARDED})"
    r"|(?:on|il|el|le|am|em) .{6,120}(?:wrote|ha scritto|escribió|a écrit|schrieb .{0,80}|escreveu)\s?:\s*$"
    r"|(?:from|da|de|von) ?: .{3,80}\n(?:sent|inviato|enviado|envoyé|gesendet|date|data|fecha|datum) ?:)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^>.*$", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED_WORDS = re.compile(r"“[^”\n]{12,400}”|«[^»\n]{12,400}»|„[^“”\n]{12,400}[“”]|(?<!\w)\"[^\"\n]{12,400}\"")
_MIN_QUOTED_WORDS = 4  # fewer are a title or a word held at arm's length (D: own choice)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: a half-open range of words, its place in the text, and whether it asks a question."""

    first: int
    last: int
    span: Span
    question: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A text taken apart.

    Attributes:
        text: what was typed, unchanged.
        own_end: where the author's own words end (a quoted mail or a signature begins); code points.
        quoted: words that the author quotes from somebody else.
    """

    text: str
    own_end: int
    tokens: Tokens
    sentences: tuple[Sentence, ...]
    quoted: tuple[Span, ...]


def own_zone_end(text: str) -> int:
    """Return where quoted mail or the signature begins, in code points; the text's length where there is neither."""
    ends = [len(text)]
    for pattern in (_QUOTE_HEADER, _SIGNATURE):
        match = pattern.search(text)
        if match:
            ends.append(match.start())
    return min(ends)


def read_draft(text: str, wording: Wording) -> Draft:
    """Take *text* apart with one language's *wording*."""
    own_end = own_zone_end(text)
    own = _QUOTED_LINE.sub(lambda m: "\n" * len(m.group()), text[:own_end])
    tokens = tokenize(own, wording)
    quoted = tuple(Span(*m.span()) for m in _QUOTED_WORDS.finditer(own) if len(m.group().split()) >= _MIN_QUOTED_WORDS)
    return Draft(text, own_end, tokens, _sentences(own, tokens), quoted)


def _sentences(own: str, tokens: Tokens) -> tuple[Sentence, ...]:
    first_words = [i for i, level in enumerate(tokens.breaks) if level == SENTENCE_BREAK]
    sentences = []
    for first, last in pairwise([*first_words, len(tokens.words)]):
        question = tokens.questions[last] if last < len(tokens.words) else tokens.closing_question
        sentences.append(Sentence(first, last, Span(tokens.starts[first], tokens.ends[last - 1]), question))
    return tuple(sentences)
