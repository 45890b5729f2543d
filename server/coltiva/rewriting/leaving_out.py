"""What a rewrite leaves out: the rules' answer, corrected by the keeper where every ask goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import fmean

from coltiva.draft import Draft
from coltiva.linting.finding import Finding
from coltiva.reader.keeper import Keeper
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.beside import Beside, piece_rows
from coltiva.rewriting.marks import is_list_item
from coltiva.rewriting.message import Message
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.removing import hinting, removals, without_neighbours
from coltiva.rule_pack import AddressWords

_GOES_FROM = 0.55  # a sentence lost is worse than one left
_WEIGHED = frozenset(("leads_up", "leans"))  # what goes for no fault of its own


def left_out(
    layout: Layout, message: Message, lines: RewriteLines, address: AddressWords, keeper: Keeper | None
) -> dict[int, str]:
    """Return the numbers of the pieces that go, each with why: a signal's kind, or as ``removals`` and ``hinting``."""
    findings, ruled = message.findings, removals(layout, message.findings, lines, message.contact)
    gone = ruled | hinting(layout, ruled, findings, lines, message.hints)
    if keeper is not None and message.early and all(f.premature for f in findings if f.category == "ask"):
        for number, goes in _chances(layout, message.draft, ruled, findings, lines, address, keeper).items():
            if goes >= _GOES_FROM:
                gone.setdefault(number, "leans" if number > min(_asking(ruled)) else "leads_up")
            elif gone.get(number) in _WEIGHED:
                del gone[number]
    return without_neighbours(layout, gone, findings, lines)


def _asking(ruled: Mapping[int, str]) -> list[int]:
    return [number for number, why in ruled.items() if why == "ask"]


def _chances(
    layout: Layout,
    draft: Draft,
    ruled: Mapping[int, str],
    findings: Sequence[Finding],
    lines: RewriteLines,
    address: AddressWords,
    keeper: Keeper,
) -> dict[int, float]:
    """Return how likely each whole sentence without a fault of its own is to go."""
    asks = _asking(ruled)
    if not asks:
        return {}  # they stand in the greeting or the sign-off
    beside = Beside(layout, asks, ruled, findings, lines, address)
    weighed = [
        number
        for number, piece in enumerate(layout.pieces)
        if number not in asks and not piece.closing and ruled.get(number, "leans") in _WEIGHED
    ]
    chances = keeper.goes(piece_rows(draft, layout), asks, {number: beside.marks(number) for number in weighed})
    return _alike_in_lists(layout, chances)


def _alike_in_lists(layout: Layout, chances: Mapping[int, float]) -> dict[int, float]:
    """Return the chances with one for all items of a list: they stay or go together."""
    items = [n for n in chances if is_list_item(layout.pieces[n].span.of(layout.text))]
    alike = dict(chances)
    for _, counted in groupby(enumerate(items), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in counted]
        alike |= dict.fromkeys(numbers, fmean(chances[number] for number in numbers))
    return alike
