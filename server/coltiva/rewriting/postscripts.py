"""Closings within the body, such as before a postscript that goes: a line is said before them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coltiva.rewriting.bare_closings import BareClosing
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.sign_offs import sign_off_start

_POSTSCRIPT = re.compile(r"(?i)p\.? ?-?s\b")


def last_before_closing(layout: Layout, gone: Mapping[int, str], bare: BareClosing) -> int | None:
    """Return the piece before the closing that ends what stays of the body; None where there is none."""
    pieces = layout.pieces
    first = len(pieces)
    while first and first - 1 in gone:
        first -= 1
    if first == len(pieces) and first > 1 and bare.lines.cues["closings"].open(pieces[-1].words):
        return first - 2  # a closing with more words than a name: "liebe grüße die klassensprecher jamal und tabea"
    if not first or first == len(pieces) or not _POSTSCRIPT.match(pieces[first].span.of(layout.text)):
        return None
    end = pieces[first - 1].span.end
    at = sign_off_start(layout.text, end, layout.body_start, (), bare)
    closing = next((n for n in range(first) if pieces[n].span.start >= at), first)
    return closing - 1 if 0 < closing < first else None
