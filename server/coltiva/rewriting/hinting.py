"""What hints at an ask where another one is made, and so goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.removing import STAYING, found_on, gives, turns_away
from coltiva.spans import Span


def hinting(
    layout: Layout,
    gone: Mapping[int, str],
    findings: Sequence[Finding],
    lines: RewriteLines,
    hints: Sequence[Span],
    *,
    known: bool,
) -> dict[int, str]:
    """Return what else goes since it hints at an ask where another one is made: "We still need two sponsors."

    Args:
        known: whether the contact is no stranger: a question to somebody known hints at nothing.
    """
    if not hints or "ask" not in gone.values():
        return {}
    found: dict[int, str] = {}
    asks = [finding.span for finding in findings if finding.category == "ask"]
    # Where an ask stands in a sentence, what is told beside it is known already to stay or go.
    apart = [hint for hint in hints if not any(hint.overlaps(ask) for ask in asks)]
    for number, piece in enumerate(layout.pieces):
        if number in gone or not any(hint.overlaps(piece.span) for hint in apart):
            continue
        kind = any(f.kind in STAYING for f in found_on(piece, findings)) or lines.cues["keeps"].stand_in(piece.words)
        kind = kind or (known and piece.span.of(layout.text).endswith("?"))
        kind = kind or _leads_to_allowed(layout, number, gone, findings)
        if not kind and not turns_away(piece.words, lines) and not gives(piece, findings, lines):
            found[number] = "hints"
    return found


def _leads_to_allowed(layout: Layout, number: int, gone: Mapping[int, str], findings: Sequence[Finding]) -> bool:
    """Tell whether a sentence leads to an ask of its paragraph that may stay, and to none that goes."""
    for later in range(number + 1, len(layout.pieces)):
        piece = layout.pieces[later]
        if piece.paragraph != layout.pieces[number].paragraph or gone.get(later) == "ask":
            return False
        if any(finding.category == "ask" for finding in found_on(piece, findings)):
            return True
    return False
