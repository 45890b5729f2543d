"""The words of the rewrites as suggestions for each ask: what stands in place of its sentence, or of its clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.change import Rewrite, Suggestion
from coltiva.rewriting.composing import lowered
from coltiva.rewriting.holding import Holding
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.saying import Said
from coltiva.spans import Span

_MARK = re.compile(r"\s?[,.;]+(?=\s|\Z)")


def suggestions_for(
    layout: Layout,
    gone: Mapping[int, str],
    findings: Sequence[Finding],
    found: Sequence[tuple[Rewrite, Said]],
    lines: RewriteLines,
    lint: Callable[[str], Sequence[Finding]],
    *,
    starts_low: bool,
) -> dict[int, tuple[Suggestion, ...]]:
    """Return for each early ask, by its number, the words that may stand in its place; none asks early itself.

    Args:
        found: the rewrites with what each of them says.
        lint: lints the message again with one of them in its place.
        starts_low: whether the body's first word is written small after the greeting.
    """
    by_finding: dict[int, tuple[Suggestion, ...]] = {}
    holding = Holding(layout.text, findings, {rewrite.text for rewrite, _ in found}, lint)
    for number, finding in enumerate(findings):
        at = next((i for i, piece in enumerate(layout.pieces) if piece.span.overlaps(finding.span)), None)
        if not finding.premature or at is None:
            continue
        span = _place_of(layout, gone, finding, at)
        # A closing that nothing parts from the ask stays behind what is put in its place.
        closed = layout.text[layout.body_end : span.end]
        opening, closing = "", f" {closed}" if closed.strip() else ""
        before = layout.pieces[at - 1] if at else None
        if before is not None and before.closing:
            span, opening = Span(before.span.end, span.end), f"{before.closing} "
        low = starts_low and at == 0
        suggestions = [
            _spaced(
                layout.text,
                Suggestion(
                    span,
                    (opening + (lowered(said.text, lines) if low else said.text) + closing).rstrip(),
                    rewrite.strategy,
                    said.uses,
                ),
            )
            for rewrite, said in found
        ]
        bare = _spaced(layout.text, Suggestion(span, (opening + closing).rstrip(), "wait", ()))
        held = (one for one in suggestions if holding.holds(one))
        # Beside words in the place of one ask the next is taken out; where every word would ask, the first is, too.
        taken_out = (one for one in (bare, *suggestions) if holding.holds(one))
        by_finding[number] = (tuple(held) if not any(by_finding.values()) else ()) or tuple(islice(taken_out, 1))
    return by_finding


def _spaced(text: str, suggestion: Suggestion) -> Suggestion:
    """Return *suggestion* so wide that no mark follows its stop, and one gap is left where it only takes out."""
    start, end = suggestion.span.start, suggestion.span.end
    if not suggestion.text or suggestion.text.endswith(tuple(".!?")):
        mark = _MARK.match(text, end)
        end = mark.end() if mark else end
    if suggestion.text:
        return replace(suggestion, span=Span(start, end))
    before, after = text[:start], text[end:]
    gap_before, gap_after = before[len(before.rstrip()) :], after[: len(after) - len(after.lstrip())]
    if not after.strip() or gap_before.count("\n") < gap_after.count("\n"):
        return replace(suggestion, span=Span(start - len(gap_before), end))
    return replace(suggestion, span=Span(start, end + len(gap_after)))


def _place_of(layout: Layout, gone: Mapping[int, str], finding: Finding, at: int) -> Span:
    """Return the piece *at* of an ask with those right behind it that say nothing without it."""
    last = at
    while gone.get(last + 1) in ("leans", "hints"):
        last += 1
    start, end = layout.pieces[at].span.start, layout.pieces[last].span.end
    return Span(min(start, finding.span.start), max(end, finding.span.end))
