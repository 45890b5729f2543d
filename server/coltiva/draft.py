"""A message as it is being written: the author's own zone, its sentences and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from coltiva.run_ons import RunOns
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
_HEADER_SIGNS = (":", "---")  # one of them stands in every such line
_QUOTED_LINE = re.compile(r"^>.*$", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED_WORDS = re.compile(r"“[^”\n]{12,400}”|«[^»\n]{12,400}»|„[^“”\n]{12,400}[“”]|(?<!\w)\"[^\"\n]{12,400}\"")
_QUOTES = ("“", "«", "„", '"')
_MIN_QUOTED_WORDS = 4  # fewer are a title or a word held at arm's length (D: own choice)


class Sentence(NamedTuple):
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
    for pattern, signs in ((_QUOTE_HEADER, _HEADER_SIGNS), (_SIGNATURE, ("--",))):
        match = pattern.search(text) if _holds(text, signs) else None
        if match:
            ends.append(match.start())
    return min(ends)


def own_words(text: str) -> str:
    """Return *text* without quoted mail, quoted lines and the signature: what its author wrote anew."""
    lines = text[: own_zone_end(text)].splitlines()
    return "\n".join(line for line in lines if not line.startswith(">")).strip()


def _holds(text: str, signs: Iterable[str]) -> bool:
    """Tell whether *text* holds one of *signs*: a quick look that spares most messages a slow one."""
    return any(map(text.__contains__, signs))


def read_draft(text: str, wording: Wording) -> Draft:
    """Take *text* apart with one language's *wording*."""
    own_end = own_zone_end(text)
    own = text[:own_end]
    if ">" in own:
        own = _QUOTED_LINE.sub(lambda m: "\n" * len(m.group()), own)
    tokens = tokenize(own, wording)
    return Draft(text, own_end, tokens, tuple(_sentences(tokens, wording.run_ons)), tuple(_quoted(own)))


def _quoted(own: str) -> Iterator[Span]:
    """Yield the places of words that are quoted, where they are more than a few."""
    if _holds(own, _QUOTES):
        for match in _QUOTED_WORDS.finditer(own):
            if len(match.group().split()) >= _MIN_QUOTED_WORDS:
                yield Span(*match.span())


def _sentences(tokens: Tokens, run_ons: RunOns | None) -> Iterator[Sentence]:
    first_words = [i for i, level in enumerate(tokens.breaks) if level == SENTENCE_BREAK]
    for first, last in pairwise([*first_words, len(tokens.words)]):
        question = tokens.questions[last] if last < len(tokens.words) else tokens.closing_question
        cuts = run_ons.cuts(tokens.words, tokens.breaks, first, last) if run_ons is not None else []
        for start, end in pairwise([first, *cuts, last]):
            # A question mark asks with the words that it stands behind, not with all that nobody has marked.
            yield Sentence(start, end, Span(tokens.starts[start], tokens.ends[end - 1]), question and end == last)


def typed_sentence(draft: Draft, caret: int) -> int | None:
    """Return which sentence is being typed; None where *caret* stands in none."""
    return next((i for i, one in enumerate(draft.sentences) if _is_being_typed(draft, one, caret)), None)


def _is_being_typed(draft: Draft, sentence: Sentence, caret: int) -> bool:
    """Tell whether *caret* stands at the end of *sentence* with nothing but spaces typed since."""
    typed_since = draft.text[sentence.span.end : caret]
    return sentence.span.end <= caret and not typed_since.strip(" ") and draft.text[caret : caret + 1].strip() == ""
