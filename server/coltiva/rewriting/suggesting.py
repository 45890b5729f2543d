"""The words of the rewrites as suggestions for each ask: what stands in place of its sentence, or of its clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.change import Rewrite, Suggestion
from coltiva.rewriting.composing import lowered
from coltiva.rewriting.holding import Holding, Lint
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.saying import Said
from coltiva.spans import Span

# A rewrite with what it says.
Found = tuple[Rewrite, Said]

_MARK = re.compile(r"\s?[,.;]+(?=\s|\Z)")


class Suggesting:
    """Makes suggestions of the rewrites of one message.

    Args:
        gone: the numbers of the pieces that the rewrites leave out, each with why.
        starts_low: whether the body's first word is written small after the greeting.
    """

    def __init__(
        self,
        layout: Layout,
        gone: Mapping[int, str],
        findings: Sequence[Finding],
        lines: RewriteLines,
        *,
        starts_low: bool,
    ) -> None:
        self._layout, self._findings, self._lines, self._starts_low = layout, findings, lines, starts_low
        # By the number of an early ask that stands in the body.
        self._places: dict[int, _Place] = {}
        for number, finding in enumerate(findings):
            pieces = enumerate(layout.pieces) if finding.premature else ()
            at = next((i for i, piece in pieces if piece.span.overlaps(finding.span)), None)
            if at is not None:
                self._places[number] = _Place.of(layout, gone, finding, at)

    def suggestions(self, found: Sequence[Found], lint: Lint) -> dict[int, tuple[Suggestion, ...]]:
        """Return for each early ask, by its number, the words that may stand in its place; none asks early itself.

        Args:
            found: the rewrites with what each of them says.
            lint: lints the message again, each time with one of them in its place.
        """
        by_finding: dict[int, tuple[Suggestion, ...]] = {}
        holding = Holding(self._layout.text, self._findings, {rewrite.text for rewrite, _ in found}, lint)
        for number, place in self._places.items():
            worded = self._worded(place, found)
            # Beside words in the place of one ask the next is taken out; where every word would ask, the first is, too.
            by_finding[number] = (
                (() if any(by_finding.values()) else holding.held(worded))
                or holding.held([place.suggestion("", "wait", ())])
                or next(filter(None, (holding.held([one]) for one in worded)), ())
            )
        return by_finding

    def texts(self, found: Sequence[Found]) -> list[str]:
        """Return what is linted first for suggestions of these rewrites: the message with each for its first ask."""
        first = next(iter(self._places.values()), None)
        return [one.in_place(self._layout.text) for one in self._worded(first, found)] if first else []

    def _worded(self, place: _Place, found: Sequence[Found]) -> list[Suggestion]:
        low = self._starts_low and place.opens
        return [
            place.suggestion(lowered(said.text, self._lines) if low else said.text, rewrite.strategy, said.uses)
            for rewrite, said in found
        ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words of a suggestion stand.

    Attributes:
        text: the message.
        span: what goes.
        opening, closing: what stays of it before and behind the words.
        opens: whether it begins the body.
    """

    text: str
    span: Span
    opening: str
    closing: str
    opens: bool

    @classmethod
    def of(cls, layout: Layout, gone: Mapping[int, str], finding: Finding, at: int) -> _Place:
        """Return the place of an ask in the piece *at*."""
        span, opening = _span_of(layout, gone, finding, at), ""
        # A closing that nothing parts from the ask stays behind what is put in its place.
        closed = layout.text[layout.body_end : span.end]
        before = layout.pieces[at - 1] if at else None
        if before is not None and before.closing:
            span, opening = Span(before.span.end, span.end), f"{before.closing} "
        return cls(layout.text, span, opening, f" {closed}" if closed.strip() else "", at == 0)

    def suggestion(self, words: str, strategy: str, uses: tuple[str, ...]) -> Suggestion:
        """Return *words* as a suggestion for this place; without any it only takes out."""
        comes = (self.opening + words + self.closing).strip()
        return Suggestion(_spaced(self.text, self.span, comes), comes, strategy, uses)


def _spaced(text: str, span: Span, comes: str) -> Span:
    """Return *span* so wide that no mark follows the stop of what *comes*, and one gap is left where nothing does."""
    start, end = span.start, span.end
    if not comes or comes.endswith(tuple(".!?")):
        mark = _MARK.match(text, end)
        end = mark.end() if mark else end
    if comes:
        return Span(start, end)
    before, after = text[:start], text[end:]
    gap_before, gap_after = before[len(before.rstrip()) :], after[: len(after) - len(after.lstrip())]
    if not after.strip() or gap_before.count("\n") < gap_after.count("\n"):
        return Span(start - len(gap_before), end)
    return Span(start, end + len(gap_after))


def _span_of(layout: Layout, gone: Mapping[int, str], finding: Finding, at: int) -> Span:
    """Return the piece *at* of an ask with those right behind it that say nothing without it."""
    last = at
    while gone.get(last + 1) in ("leans", "hints"):
        last += 1
    start, end = layout.pieces[at].span.start, layout.pieces[last].span.end
    return Span(min(start, finding.span.start), max(end, finding.span.end))
