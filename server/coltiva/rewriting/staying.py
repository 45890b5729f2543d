"""What stays of the sender's own words, and what it does by itself: asks, wishes well, offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.last_ask import QUESTION_END
from coltiva.rewriting.pieces import Layout, Piece

_OPENING_PIECES = 2  # that a line before them must not anticipate


class Staying:
    """The pieces of one message that no rewrite leaves out.

    Args:
        gone: the numbers of those that go.
    """

    def __init__(
        self,
        layout: Layout,
        gone: Mapping[int, str],
        findings: Sequence[Finding],
        lines: RewriteLines,
    ) -> None:
        self._text, self._findings, self._lines = layout.text, findings, lines
        self.pieces = [piece for number, piece in enumerate(layout.pieces) if number not in gone]

    @cached_property
    def still_asks(self) -> bool:
        """Whether an ask stays that this stage allows."""
        return any(self._asks(piece) for piece in self.pieces)

    @property
    def ends_asking(self) -> bool:
        """Whether the last words are a question."""
        return any(self._is_question(piece) for piece in self.pieces[-1:])

    @property
    def asks_near_its_end(self) -> bool:
        """Whether an ask stays, or one of the last two sentences is a question."""
        return self.still_asks or any(self._is_question(piece) for piece in self.pieces[-2:])

    @property
    def ends_well(self) -> bool:
        """Whether it ends on the relationship by itself: on a question, on interest, on good wishes."""
        if not self.pieces or self._asks(self.pieces[-1]):
            return False
        last = self.pieces[-1]
        return self.ends_asking or self._holds("interest", last) or self._lines.cues["keeps"].stand_in(last.words)

    @property
    def begins_with_them(self) -> bool:
        """Whether it begins by asking after the contact."""
        first = self.pieces[:_OPENING_PIECES]
        return any(self._holds("interest", piece) or "?" in piece.span.of(self._text) for piece in first)

    @property
    def offers(self) -> bool:
        """Whether something is given in it already."""
        return any(self._holds("offer", piece) for piece in self.pieces)

    @property
    def leaves_a_way_out(self) -> bool:
        """Whether the sender says by themselves that a no is fine."""
        cues = self._lines.cues["ways_out"]
        return any(self._holds("easy_out", piece) or cues.stand_in(piece.words) for piece in self.pieces)

    def _asks(self, piece: Piece) -> bool:
        return any(f.category == "ask" and f.span.overlaps(piece.span) for f in self._findings)

    def _holds(self, kind: str, piece: Piece) -> bool:
        return any(f.kind == kind and f.span.overlaps(piece.span) for f in self._findings)

    def _is_question(self, piece: Piece) -> bool:
        return bool(QUESTION_END.search(piece.span.of(self._text)))
