"""Clauses that cannot stand alone once the words go to which a comma ties them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.marks import parts_sentences
from coltiva.rewriting.pieces import Layout, Piece

_MAX_WISH_WORDS = 8  # of a main clause such as "I'd love it, | if you came in"
_MAX_LOOSE_WORDS = 3  # such as "And honestly, |"
_STOPS = tuple(".!?…:;")


def hanging(
    layout: Layout, gone: Mapping[int, str], findings: Sequence[Finding], lines: RewriteLines
) -> dict[int, str]:
    """Return the pieces that are left of a cut sentence and say nothing by themselves, each with why it goes."""
    found: dict[int, str] = {}
    pieces = layout.pieces
    marked = parts_sentences(layout.text[layout.body_start : layout.body_end])
    for number in reversed(range(len(pieces))):
        if number in gone:
            continue
        piece = pieces[number]
        before = pieces[number - 1] if number - 1 in gone else None
        tied = (piece, before) if marked and before and _ends_with_comma(layout, before) else ()
        if any(_is_condition(one, lines) for one in tied):
            found[number] = "leans"  # the condition of what goes, or what was asked under a condition that goes
        leads = (number + 1 in gone or number + 1 in found) and not _asks(piece, findings)
        if leads and _leads_on(layout, number, lines):
            found[number] = "leads_up"
    return found


def _leads_on(layout: Layout, number: int, lines: RewriteLines) -> bool:
    """Tell whether a piece needs the next: a condition, a wish before a condition, a word or two before a comma."""
    piece, size = layout.pieces[number], len(layout.pieces[number].words.split())
    ends = "\n" in piece.gap or piece.span.of(layout.text).endswith(_STOPS)
    if ends or lines.cues["keeps"].stand_in(piece.words):
        return False
    if piece.closing:  # "Since you see so many houses | and …": the stop there would be ours
        return _is_condition(piece, lines)
    wishes = size <= _MAX_WISH_WORDS and lines.cues["conditions"].open(layout.pieces[number + 1].words)
    loose = number > 0 and size <= _MAX_LOOSE_WORDS  # the first may belong to the greeting
    return _is_condition(piece, lines) or (_ends_with_comma(layout, piece) and (wishes or loose))


def _is_condition(piece: Piece, lines: RewriteLines) -> bool:
    """Tell whether a piece begins as a clause does that is part of another: "since …", "and if …"."""
    first, _, rest = piece.words.partition(" ")
    conditions = lines.cues["conditions"]
    return conditions.open(piece.words) or (first in lines.words["connectors"] and conditions.open(rest))


def _asks(piece: Piece, findings: Sequence[Finding]) -> bool:
    return any(f.category == "ask" and f.span.overlaps(piece.span) for f in findings)


def _ends_with_comma(layout: Layout, piece: Piece) -> bool:
    return piece.span.of(layout.text).endswith(",")
