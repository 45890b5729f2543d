"""What speaks for or against leaving a sentence out beside an ask, as numbers that the keeper weighs."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coltiva.draft import Draft
from coltiva.linting.finding import Finding
from coltiva.reader.keeper import nearest_ask
from coltiva.reader.rows import row_of
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.marks import has_link
from coltiva.rewriting.pieces import Layout
from coltiva.rule_pack import AddressWords

_STANDING = (
    *("lead_ins", "orphans", "leaning", "pointing", "referring", "acquaintances", "keeps", "asides", "news", "answers"),
    *("ways_out", "recalls", "conditions", "resumes", "closing_sentences", "sign_offs"),
)
_OPENING = ("leaning", "pointing", "resumes", "news")
_SIGNALS = (
    *("pitch", "flattery", "name_drop", "pressure", "guilt", "presumption", "template", "placeholder"),
    *("offer", "thanks", "interest", "easy_out"),
)
ASK_KINDS = (
    *("advice", "attention", "endorsement", "favor", "introduction", "job", "meeting", "money", "referral", "sale"),
)
_PLACES = ("before", "after", "between", "next", "second", "distance", "same_paragraph", "first", "last")
_WORDS = (*("length", "shared", "question", "exclamation", "colon", "link", "number", "self", "contact", "ruled"),)
_DIGIT = re.compile(r"\d")
# The names of the numbers, in their order.
MARKS = (
    *_PLACES,
    *_WORDS,
    *(f"has:{cue}" for cue in _STANDING),
    *(f"opens:{cue}" for cue in _OPENING),
    *(f"signal:{kind}" for kind in _SIGNALS),
    *(f"ask:{kind}" for kind in ASK_KINDS),
)


@dataclass(frozen=True)
class Beside:
    """A message whose asks go, and what its other sentences are told apart by.

    Attributes:
        asks: the numbers of the pieces that ask.
        ruled: the numbers of the pieces that the rules would leave out.
    """

    layout: Layout
    asks: Sequence[int]
    ruled: Mapping[int, str]
    findings: Sequence[Finding]
    lines: RewriteLines
    address: AddressWords

    def marks(self, number: int) -> list[float]:
        """Return the numbers of one piece, in the order of ``MARKS``."""
        piece, near = self.layout.pieces[number], nearest_ask(number, self.asks)
        here = {f.kind for f in self.findings if f.category != "ask" and f.span.overlaps(piece.span)}
        cues = self.lines.cues
        return [
            *self._place(number, near),
            *self._wording(number, near),
            *_held(_STANDING, cues.standing(piece.words)),
            *_held(_OPENING, cues.opening(piece.words)),
            *_held(_SIGNALS, here),
            *self._kinds,
        ]

    @cached_property
    def _kinds(self) -> list[float]:
        return _held(ASK_KINDS, {f.kind for f in self.findings if f.category == "ask"})

    @cached_property
    def _asked(self) -> dict[int, set[str]]:
        """The words of each piece that asks."""
        return {ask: set(self.layout.pieces[ask].words.split()) for ask in self.asks}

    def _place(self, number: int, near: int) -> tuple[float, ...]:
        pieces, first, last = self.layout.pieces, min(self._asked), max(self._asked)
        away = abs(near - number)
        return (
            number < first,
            number > last,
            first < number < last,
            away == 1,
            away == 2,
            (near - number) / 5,
            pieces[number].paragraph == pieces[near].paragraph,
            number == 0,
            number == len(pieces) - 1,
        )

    def _wording(self, number: int, near: int) -> tuple[float, ...]:
        pieces = self.layout.pieces
        text, words = pieces[number].span.of(self.layout.text).rstrip(), pieces[number].words.split()
        return (
            math.log(1 + len(words)),
            len(self._asked[near].intersection(words)) / (1 + len(words)),
            text.endswith("?"),
            text.endswith("!"),
            text.endswith(":"),
            has_link(text),
            _DIGIT.search(text) is not None,
            not self.address.first_person.isdisjoint(words),
            not self.address.second_person.isdisjoint(words),
            number in self.ruled,
        )


def _held(names: Sequence[str], held: Container[str]) -> list[float]:
    """Return for each of *names* whether it is one of those *held*, as a number."""
    return [1.0 if name in held else 0.0 for name in names]


def piece_rows(draft: Draft, layout: Layout) -> list[list[str]]:
    """Return the words of each piece as the readers see them, with signs for its edges and breaks."""
    starts = draft.tokens.starts
    rows = []
    for piece in layout.pieces:
        first, last = bisect_left(starts, piece.span.start), bisect_left(starts, piece.span.end)
        rows.append(row_of(draft.tokens, first, last, piece.span.of(layout.text).rstrip().endswith("?")))
    return rows
