"""Closings that stand before a postscript: where the postscript goes, a line is said before the closing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coltiva.rewriting.bare_closings import BareClosing
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.sign_offs import sign_off_start

_POSTSCRIPT = re.compile(r"(?i)p\.? ?-?s\b")


def last_before_closing(layout: Layout, gone: Mapping[int, str], bare: BareClosing) -> int | None:
    """Return the piece before the closing that a postscript that goes leaves at the end; None where there is none."""
    pieces = layout.pieces
    first = len(pieces)
    while first and first - 1 in gone:
        first -= 1
    if not first or first == len(pieces) or not _POSTSCRIPT.match(pieces[first].span.of(layout.text)):
        return None
    end = pieces[first - 1].span.end
    at = sign_off_start(layout.text, end, layout.body_start, (), bare)
    closing = next((n for n in range(first) if pieces[n].span.start >= at), first)
    return closing - 1 if 0 < closing < first else None
