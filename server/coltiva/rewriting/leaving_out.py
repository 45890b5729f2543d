"""What a rewrite leaves out: the rules' answer, corrected by the keeper where every ask goes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from statistics import fmean

from coltiva.draft import Draft
from coltiva.reader.keeper import Keeper
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.beside import Beside, piece_rows
from coltiva.rewriting.marks import is_list_item
from coltiva.rewriting.message import Message
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.removing import hinting, removals, without_neighbours
from coltiva.rule_pack import AddressWords

_GOES_FROM = 0.55  # a sentence lost is worse than one left
_STAYS_BELOW = 0.45  # in between the rules decide
_WEIGHED = frozenset(("leads_up", "leans"))  # what goes for no fault of its own


def left_out(
    layout: Layout, message: Message, lines: RewriteLines, address: AddressWords, keeper: Keeper | None
) -> dict[int, str]:
    """Return the numbers of the pieces that go, each with why: a signal's kind, or as ``removals`` and ``hinting``."""
    findings, ruled = message.findings, removals(layout, message.findings, lines, message.contact)
    gone = ruled | hinting(layout, ruled, findings, lines, message.hints)
    # None where they stand in the greeting or the sign-off.
    asks = [number for number, why in ruled.items() if why == "ask"]
    if keeper is not None and asks and all(f.premature for f in findings if f.category == "ask"):
        beside = Beside(layout, asks, ruled, findings, lines, address)
        for number, goes in _chances(beside, message.draft, keeper).items():
            if goes >= _GOES_FROM:
                gone.setdefault(number, "leans" if number > asks[0] else "leads_up")
            elif goes < _STAYS_BELOW and gone.get(number) in _WEIGHED:
                del gone[number]
    return without_neighbours(layout, gone, findings, lines)


def _chances(beside: Beside, draft: Draft, keeper: Keeper) -> dict[int, float]:
    """Return how likely each whole sentence without a fault of its own is to go.

    Behind the asks, what says nothing without them goes by rule: of 200 such sentences people kept 5.
    """
    orphans = beside.lines.cues["orphans"]
    weighed = [
        number
        for number, piece in enumerate(beside.layout.pieces)
        if number not in beside.asks
        and not piece.closing
        and beside.ruled.get(number, "leans") in _WEIGHED
        and not (number > beside.asks[-1] and number in beside.ruled and orphans.stand_in(piece.words))
    ]
    marks = {number: beside.marks(number) for number in weighed}
    return _alike_in_lists(beside.layout, keeper.goes(piece_rows(draft, beside.layout), beside.asks, marks))


def _alike_in_lists(layout: Layout, chances: Mapping[int, float]) -> dict[int, float]:
    """Return the chances with one for all items of a list: they stay or go together."""
    items = [n for n in chances if is_list_item(layout.pieces[n].span.of(layout.text))]
    alike = dict(chances)
    for _, counted in groupby(enumerate(items), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in counted]
        alike |= dict.fromkeys(numbers, fmean(chances[number] for number in numbers))
    return alike
