"""What a rewrite leaves out: the rules' answer, corrected by the keeper where every ask goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from statistics import fmean

from coltiva.draft import Draft
from coltiva.history import Stage
from coltiva.reader.keeper import Keeper
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.beside import Beside, piece_rows
from coltiva.rewriting.hinting import hinting
from coltiva.rewriting.marks import is_list_item
from coltiva.rewriting.message import Message
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.removing import gives, removals, without_neighbours
from coltiva.rule_pack import AddressWords

_GOES_FROM = 0.55  # a sentence lost is worse than one left
_STAYS_BELOW = 0.45  # in between the rules decide
# What speaks of oneself, or to the contact, is missed the most: readers named such sentences first.
_OWN_GOES_FROM, _THEIRS_GOES_FROM, _THEIRS_STAYS_BELOW = 0.65, 0.8, 0.7
# Fewer words than these say too little of who writes; what goes may tell it in as many (by rule: in more).
_FEW_WORDS, _LEAST_TOLD, _LEAST_RULED = 12, 5, 8
_MOST_TITLE_WORDS = 14
_FAREWELL_WORDS = 4  # of one that no formula opens: "ride safe, gus"
_ASKS_OR_COUNTS = re.compile(r"[?\d]")
_TELLS = frozenset(("leads_up", "pitch"))  # why a sentence goes that may tell who writes
_LEANS_ON = frozenset(("leaning", "pointing"))  # cues of words that need a sentence before them
_WEIGHED = frozenset(("leads_up", "leans"))  # what goes for no fault of its own


def left_out(
    layout: Layout,
    message: Message,
    lines: RewriteLines,
    address: AddressWords,
    keeper: Keeper | None,
    *,
    tells: bool = True,
) -> dict[int, str]:
    """Return the numbers of the pieces that go, each with why: a signal's kind, or as ``removals`` and ``hinting``.

    Args:
        tells: whether a sentence that tells who writes may stay where next to nothing else does.
    """
    findings, ruled = message.findings, removals(layout, message.findings, lines, message.contact)
    known = message.relation.stage is not Stage.STRANGER
    gone = ruled | hinting(layout, ruled, findings, lines, message.hints, known=known)
    # None where they stand in the greeting or the sign-off.
    asks = [number for number, why in ruled.items() if why == "ask"]
    if keeper is not None and asks and all(f.premature for f in findings if f.category == "ask"):
        beside = Beside(layout, asks, ruled, findings, lines, address)
        for number, goes in _chances(beside, message.draft, keeper).items():
            goes_from, stays_below = _bars(layout, number, address, known=known)
            if goes >= goes_from:
                gone.setdefault(number, "leans" if number > asks[0] else "leads_up")
            elif goes < stays_below and gone.get(number) in _WEIGHED:
                del gone[number]
    gone |= dict.fromkeys(_titles_and_beginnings(layout, gone, asks, lines, address), "leads_up")
    gone = without_neighbours(layout, gone, findings, lines)
    telling = _telling(layout, gone, ruled, lines, address) if tells and asks else None
    return {number: why for number, why in gone.items() if number != telling}


def _titles_and_beginnings(
    layout: Layout, gone: Mapping[int, str], asks: Sequence[int], lines: RewriteLines, address: AddressWords
) -> Iterator[int]:
    """Yield what is nothing without the asks: a title above them, what breaks off right before one ("That van …")."""
    told = address.first_person | lines.words["tells"]
    for number, piece in enumerate(layout.pieces):
        words = piece.words.split()
        if not asks or number in gone or not told.isdisjoint(words):
            continue
        breaks_off = piece.span.of(layout.text).endswith(("...", "…")) and number + 1 in asks
        breaks_off = breaks_off and layout.pieces[number + 1].paragraph == piece.paragraph
        is_title = number == 0 and address.second_person.isdisjoint(words) and _is_title(layout, lines)
        if breaks_off or is_title:
            yield number


def _is_title(layout: Layout, lines: RewriteLines) -> bool:
    """Tell whether the body begins with a title in a paragraph of its own: "GUEST INVITATION: season 3"."""
    piece = layout.pieces[0]
    text, others = piece.span.of(layout.text), layout.pieces[1:]
    has_no_stop = text[-1:].isalnum() or text[-1:] in ")%€$£"
    if "\n\n" not in piece.gap or not has_no_stop or not text[0].isupper():
        return False
    # Where nouns have capitals they tell nothing.
    names = sum(word[:1].isupper() for word in text.split()[1:]) > 1 and not lines.words["subjects"]
    looks_so = names or text.isupper() or any(sign in text for sign in "|:")
    ends = any(other.span.of(layout.text)[-1:] in ".!?" for other in others)
    kept = lines.cues["keeps"].stand_in(piece.words) or lines.cues["recalls"].stand_in(piece.words)
    return looks_so and ends and not kept and len(piece.words.split()) <= _MOST_TITLE_WORDS


def _bars(layout: Layout, number: int, address: AddressWords, *, known: bool) -> tuple[float, float]:
    """Return how likely to go a sentence has to be to go, and below which likelihood it stays against the rules."""
    piece = layout.pieces[number]
    words, is_last = piece.words.split(), number == len(layout.pieces) - 1 and not layout.tail.strip()
    takes_leave = is_last and len(words) <= _FAREWELL_WORDS and not _ASKS_OR_COUNTS.search(piece.span.of(layout.text))
    if takes_leave or (known and not address.second_person.isdisjoint(words)):
        return _THEIRS_GOES_FROM, _THEIRS_STAYS_BELOW
    own = not address.first_person.isdisjoint(words)
    return (_OWN_GOES_FROM if own else _GOES_FROM), _STAYS_BELOW


def _telling(
    layout: Layout, gone: Mapping[int, str], ruled: Mapping[int, str], lines: RewriteLines, address: AddressWords
) -> int | None:
    """Return the sentence by which one learns who writes, where it goes and next to nothing of them stays, or None."""
    pieces, told = layout.pieces, address.first_person | lines.words["tells"]
    stays = [word for number, piece in enumerate(pieces) if number not in gone for word in piece.words.split()]
    if len(stays) > _FEW_WORDS and not told.isdisjoint(stays):
        return None
    plain, of_them = [], []
    for number in (number for number, why in gone.items() if why in _TELLS):
        text, words = pieces[number].span.of(layout.text), pieces[number].words.split()
        is_whole = text[-1:] in ".!" and ":" not in text and not pieces[number].closing and not is_list_item(text)
        # "Wir bauen Waagen." leans behind an ask, where it is about that; by itself it tells who writes.
        opening = lines.cues.opening(pieces[number].words)
        leans = any(opening[cue] not in address.first_person for cue in _LEANS_ON & opening.keys())
        least = _LEAST_RULED if number in ruled and gone[number] == "leads_up" else _LEAST_TOLD
        if leans or not is_whole or len(words) < least:
            continue
        if not told.isdisjoint(words):
            plain.append(number)
        elif least == _LEAST_TOLD and address.second_person.isdisjoint(words):
            of_them.append(number)
    return next(iter(plain or of_them), None)


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
        and not (number not in beside.ruled and gives(piece, beside.findings, beside.lines))
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
