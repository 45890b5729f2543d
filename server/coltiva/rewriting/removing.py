"""Which sentences go: asks that come too early, signals that hunt, and what says nothing without them."""

from __future__ import annotations

from collections.abc import Sequence

from coltiva.linting.finding import Finding, Severity
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.pieces import Layout, Piece

# Signals that a whole sentence can carry, and that go with it.
GO_WITH_THEIR_SENTENCE = frozenset(
    ("pitch", "flattery", "name_drop", "pressure", "guilt", "presumption", "template", "false_history", "placeholder")
)

# Growing signals that a sentence keeps for its own sake, wherever it stands.
_STAY = frozenset(("interest", "thanks"))


def removals(layout: Layout, findings: Sequence[Finding], lines: RewriteLines) -> dict[int, str]:
    """Return the numbers of the pieces that go, each with why: a signal's kind, ``ask``, ``leads_up`` or ``leans``."""
    gone: dict[int, str] = {}
    for number, piece in enumerate(layout.pieces):
        why = _own_fault(piece, findings, lines)
        if why:
            gone[number] = why
    early = [number for number, why in gone.items() if why == "ask"]
    if early:
        _follow(layout.pieces, gone, early[0], findings, lines)
    for number, piece in enumerate(layout.pieces[1:], 1):
        # What is left of a list or an abbreviation that was taken for the end of a sentence.
        if len(piece.words.split()) <= 1 and number - 1 in gone and number not in gone:
            gone[number] = "leans"
    for number in reversed(range(len(layout.pieces) - 1)):
        # "Three things:" goes with what it announces.
        announces = layout.text[layout.pieces[number].span.start : layout.pieces[number].span.end].endswith(":")
        if announces and number + 1 in gone and number not in gone:
            gone[number] = "leads_up"
    return dict(sorted(gone.items()))


def _on(piece: Piece, findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.span.overlaps(piece.span)]


def _own_fault(piece: Piece, findings: Sequence[Finding], lines: RewriteLines) -> str:
    """Return why a piece goes for its own sake, or nothing."""
    here = _on(piece, findings)
    if any(finding.premature for finding in here):
        return "ask"
    if any(finding.category == "ask" for finding in here):
        return ""
    for finding in here:
        hunts = finding.category == "signal" and (
            finding.severity is not Severity.INFO or finding.kind == "presumption"
        )
        if hunts and finding.kind in GO_WITH_THEIR_SENTENCE:
            return finding.kind
    if lines.cues["orphans"].search(piece.words):
        return "leans"
    return "leads_up" if lines.cues["lead_ins"].search(piece.words) else ""


def _follow(
    pieces: Sequence[Piece], gone: dict[int, str], first_ask: int, findings: Sequence[Finding], lines: RewriteLines
) -> None:
    """Add the sentences after an ask that lean on it: those of its paragraph, and paragraphs that open by leaning."""
    leaning_paragraph = pieces[first_ask].paragraph
    for number in range(first_ask + 1, len(pieces)):
        piece = pieces[number]
        if number in gone:
            if gone[number] == "ask":
                leaning_paragraph = piece.paragraph
            continue
        leans = bool(lines.leaning.match(piece.words))
        if not leans and any(f.category == "ask" or f.kind in _STAY for f in _on(piece, findings)):
            continue
        if lines.cues["keeps"].search(piece.words):
            continue
        opens = piece.paragraph != pieces[number - 1].paragraph
        if opens and leans:
            leaning_paragraph = piece.paragraph
        if piece.paragraph == leaning_paragraph:
            gone[number] = "leans"
