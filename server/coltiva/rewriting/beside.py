"""What speaks for or against leaving a sentence out beside an ask, as numbers that the keeper weighs."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coltiva.draft import Draft
from coltiva.linting.finding import Finding
from coltiva.reader.keeper import nearest_ask
from coltiva.reader.rows import row_of
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.marks import LINK
from coltiva.rewriting.pieces import Layout, Piece
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
        piece = self.layout.pieces[number]
        here = {f.kind for f in self.findings if f.category != "ask" and f.span.overlaps(piece.span)}
        cues = self.lines.cues
        standing = cues.standing(piece.words)
        return [
            *self._place(number, piece),
            *self._wording(number, piece),
            *(float(cue in standing) for cue in _STANDING),
            *(float(cues[cue].open(piece.words)) for cue in _OPENING),
            *(float(kind in here) for kind in _SIGNALS),
            *self._kinds,
        ]

    @cached_property
    def _kinds(self) -> tuple[float, ...]:
        kinds = {f.kind for f in self.findings if f.category == "ask"}
        return tuple(float(kind in kinds) for kind in ASK_KINDS)

    def _place(self, number: int, piece: Piece) -> tuple[float, ...]:
        near, first, last = nearest_ask(number, self.asks), min(self.asks), max(self.asks)
        away = abs(near - number)
        return (
            float(number < first),
            float(number > last),
            float(first < number < last),
            float(away == 1),
            float(away == 2),
            (near - number) / 5,
            float(piece.paragraph == self.layout.pieces[near].paragraph),
            float(number == 0),
            float(number == len(self.layout.pieces) - 1),
        )

    def _wording(self, number: int, piece: Piece) -> tuple[float, ...]:
        text, words = piece.span.of(self.layout.text).rstrip(), piece.words.split()
        asked = set(self.layout.pieces[nearest_ask(number, self.asks)].words.split())
        return (
            math.log(1 + len(words)),
            len(asked.intersection(words)) / (1 + len(words)),
            float(text.endswith("?")),
            float(text.endswith("!")),
            float(text.endswith(":")),
            float(LINK.search(text) is not None),
            float(_DIGIT.search(text) is not None),
            float(not self.address.first_person.isdisjoint(words)),
            float(not self.address.second_person.isdisjoint(words)),
            float(number in self.ruled),
        )


def piece_rows(draft: Draft, layout: Layout) -> list[list[str]]:
    """Return the words of each piece as the readers see them, with signs for its edges and breaks."""
    starts = draft.tokens.starts
    rows = []
    for piece in layout.pieces:
        first, last = bisect_left(starts, piece.span.start), bisect_left(starts, piece.span.end)
        rows.append(row_of(draft.tokens, first, last, piece.span.of(layout.text).rstrip().endswith("?")))
    return rows
