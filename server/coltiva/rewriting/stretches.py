"""A stretch that nobody has marked, cut where an ask or what leads up to it begins, so that what it tells can stay."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.clauses import halves, tells
from coltiva.rewriting.marks import is_one_stretch
from coltiva.rewriting.pieces import Layout, Piece
from coltiva.rule_pack import AddressWords
from coltiva.run_ons import RunOns
from coltiva.tokens import Tokens

_MIN_TOLD_WORDS = 4
# How much the words must speak for an end: less where an ask is found to begin. Measured on fresh-d to fresh-f without
# their marks; below, as many cuts go through a clause as between two.
_AT_ASK = -1.4
_ELSEWHERE = 0.0


@dataclass(frozen=True, slots=True)
class Stretches:
    """Cuts the unmarked stretches of one message."""

    tokens: Tokens
    run_ons: RunOns
    address: AddressWords
    lines: RewriteLines

    def split(self, layout: Layout, findings: Sequence[Finding]) -> Layout:
        """Return *layout* with each stretch cut that tells something before it asks, where no marks do that."""
        if not is_one_stretch(layout.text[layout.body_start : layout.body_end]):
            return layout
        pieces: list[Piece] = []
        for piece in layout.pieces:
            asks = [f.span.start for f in findings if f.premature and f.span.overlaps(piece.span)]
            at = self._ask_place(layout.text, piece, min(asks)) if asks else self._lead_in_place(piece)
            cut = (self.tokens.ends[at - 1], self.tokens.starts[at]) if at else None
            pieces += halves(layout.text, piece, *cut) if cut else [piece]
        return replace(layout, pieces=tuple(pieces))

    def _range(self, piece: Piece) -> range:
        starts = self.tokens.starts
        return range(bisect_left(starts, piece.span.start), bisect_left(starts, piece.span.end))

    def _ask_place(self, text: str, piece: Piece, ask: int) -> int:
        """Return the word before which an ask is parted from what is told, or 0."""
        tokens, words = self.tokens, self._range(piece)
        weights = self.run_ons.weights(tokens.words[words.start : words.stop])
        likely = [(0.0, 0)]
        for i in words[_MIN_TOLD_WORDS:]:
            if tokens.starts[i] > ask:
                break
            weight = weights[i - words.start] - (_AT_ASK if tokens.starts[i] == ask else _ELSEWHERE)
            told = text[piece.span.start : tokens.ends[i - 1]]
            if not self._brings_in(tokens.words[i - 1]) and tells(told, self.address, self.lines):
                likely.append((weight, i))
        return max(likely)[1]

    def _lead_in_place(self, piece: Piece) -> int:
        """Return the word with which a lead-in begins behind what is told, or 0."""
        lead_ins, lines = self.lines.cues["lead_ins"], self.lines
        if not lead_ins.stand_in(piece.words):
            return 0
        words, told = self.tokens.words, self._range(piece)
        at = next((i for i in told if lead_ins.open(" ".join(words[i : told.stop]))), told.start)
        if words[at - 1] in lines.words["inner"] | lines.words["articles"]:
            return 0
        # "but I have one question": what brings it in goes with it.
        while at > told.start and self._brings_in(words[at - 1]):
            at -= 1
        return at if at - told.start >= _MIN_TOLD_WORDS else 0

    def _brings_in(self, word: str) -> bool:
        """Tell whether *word* belongs to what comes behind it."""
        is_own = word in self.address.first_person or word in self.lines.words["tells"]
        return is_own or self.lines.cues["leaning"].open(word)
