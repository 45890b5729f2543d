"""Closings within the body, such as before a postscript that goes: a line is said before them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coltiva.rewriting.bare_closings import BareClosing
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.sign_offs import sign_off_start

_POSTSCRIPT = re.compile(r"(?i)p\.? ?-?[sd]\b")  # P.D. in Spanish


def last_before_closing(layout: Layout, gone: Mapping[int, str], bare: BareClosing) -> int | None:
    """Return the piece before the closing that ends what stays of the body; None where there is none."""
    pieces = layout.pieces
    first = len(pieces)
    while first and first - 1 in gone:
        first -= 1
    if first == len(pieces) and first > 1 and bare.lines.cues["closing_sentences"].open(pieces[-1].words):
        return first - 2  # a closing with more words than a name: "liebe grüße die klassensprecher jamal und tabea"
    if not first or first == len(pieces) or not _is_postscript(layout, first):
        return None
    closing = _closing_before(layout, first, bare)
    return closing - 1 if 0 < closing < first else None


def signed_pieces(layout: Layout, bare: BareClosing) -> range:
    """Return the pieces that sign above a postscript: nothing that stands before leads up to them."""
    first = next((n for n in range(1, len(layout.pieces)) if _is_postscript(layout, n)), 0)
    return range(_closing_before(layout, first, bare), first) if first else range(0)


def _is_postscript(layout: Layout, number: int) -> bool:
    return _POSTSCRIPT.match(layout.pieces[number].span.of(layout.text)) is not None


def _closing_before(layout: Layout, first: int, bare: BareClosing) -> int:
    """Return the first piece of the closing that ends right before the piece *first*, or *first*."""
    at = sign_off_start(layout.text, layout.pieces[first - 1].span.end, layout.body_start, (), bare)
    return next((n for n in range(first) if layout.pieces[n].span.start >= at), first)
