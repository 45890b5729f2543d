"""The last ask that stays of a message: a way out stands right after it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.pieces import Layout

QUESTION_END = re.compile(r"\?\W*\Z")


def is_question(layout: Layout, number: int) -> bool:
    """Tell whether a piece is a question: only after one can "If not, …" be said."""
    return bool(layout.pieces) and bool(QUESTION_END.search(layout.pieces[number].span.of(layout.text)))


def last_ask(layout: Layout, gone: Container[int], asks: Sequence[Finding], lines: RewriteLines) -> int:
    """Return the last piece that stays and holds an ask, with what belongs to it."""
    pieces = layout.pieces
    asking = [n for n, piece in enumerate(pieces) if any(f.span.overlaps(piece.span) for f in asks)]
    last = max((n for n in asking if n not in gone), default=len(pieces) - 1)
    # What speaks of the ask right behind it ("They are attached") is not parted from it.
    while (
        last + 1 < len(pieces) and last + 1 not in gone and (_speaks_of(layout, last, lines) or _runs_on(layout, last))
    ):
        last += 1
    # "In the hope that you read it, I remain yours": nothing is said after a farewell.
    takes_leave = last > 0 and lines.cues["closing_sentences"].stand_in(pieces[last].words)
    after = next((n for n in range(last + 1, len(pieces)) if n not in gone), last)
    # "The prize is still open. Would your firm join?": what asks plainly is what may be refused.
    return last - 1 if takes_leave else after if is_question(layout, after) else last


def _speaks_of(layout: Layout, number: int, lines: RewriteLines) -> bool:
    """Tell whether the next piece begins by pointing at this one."""
    piece, behind = layout.pieces[number], layout.pieces[number + 1]
    return lines.cues["pointing"].open(behind.words) and piece.paragraph == behind.paragraph


def _runs_on(layout: Layout, number: int) -> bool:
    """Tell whether no mark or line break parts a piece from the next."""
    piece = layout.pieces[number]
    last = piece.span.of(layout.text)[-1]
    return (last == "," or last.isalnum()) and "\n" not in piece.gap
