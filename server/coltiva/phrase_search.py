"""One search for phrases in one sentence.

A set of places between words is an integer with one bit for each place, so following a phrase costs a
few operations an element however many places it may stand at, and no phrase can run away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coltiva.phrase_compiler import BEGIN, CLASS, GAP, LIST, OPTIONAL, Item, Production
from coltiva.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its symbol, the half-open range of words that it covers, and its anchor among them."""

    symbol: str
    start: int
    end: int
    anchor: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word is and may be the anchor of.

    Attributes:
        alone: the phrases anchored here whose next word is open.
        paired: class of the next word → the phrases that need it there.
    """

    classes: frozenset[int]
    alone: tuple[Production, ...]
    paired: Mapping[int, tuple[Production, ...]]
    next_classes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Known:
    """What a search needs of the index.

    Attributes:
        by_list: list → the phrases anchored on it.
        lists_by_level: the lists whose matches are all known once the phrases of a level have been tried.
        leads: words after which a clause may begin without a comma (and, but, so …).
    """

    by_list: Mapping[str, Sequence[Production]]
    lists_by_level: Sequence[Sequence[str]]
    leads: frozenset[str]


class Search:
    """One search in one sentence; a set of places between words is an integer, one bit for each place."""

    def __init__(self, known: Known, entries: Sequence[Entry], tokens: Tokens, start: int, question: bool) -> None:
        self.known, self.entries = known, entries
        self.start, self.end, self.question = start, start + len(entries), question
        self.words, self.breaks = tokens.words, tokens.breaks
        self.present: frozenset[int] = frozenset().union(*[entry.classes for entry in self.entries])
        self.all_places = (2 << len(entries)) - 1
        self.bits: dict[int, int] = {}
        self.ends_of: dict[str, dict[int, int]] = {}
        self.starts_of: dict[str, dict[int, int]] = {}

    def run(self) -> list[Hit]:
        """Return all hits, in order of levels, then place."""
        levels: list[list[tuple[Production, int, int]]] = [[] for _ in self.known.lists_by_level]
        nothing: frozenset[int] = frozenset()
        previous = nothing
        following = [entry.classes for entry in self.entries[1:]] + [nothing]
        for i, entry in enumerate(self.entries):
            tried = entry.alone
            # Most phrases fail at the word beside their anchor; they are looked up by both words.
            for number in entry.next_classes & following[i]:
                tried += entry.paired[number]
            for production in tried:
                before = production.previous_class
                if before < 0 or before in previous:
                    levels[production.level].append((production, i, i + 1))
            previous = entry.classes
        found: dict[Hit, None] = {}
        for complete, level in zip(self.known.lists_by_level, levels, strict=True):
            for production, s, e in level:
                self._try(production, s, e, found)
            # Lists of this level are complete now; phrases that are looked up by them come later.
            for name in complete:
                for production in self.known.by_list.get(name, ()) if name in self.ends_of else ():
                    for s, ends in self.ends_of[name].items():
                        levels[production.level].extend((production, s, e) for e in _places(ends))
        return list(found)

    def _try(self, production: Production, s: int, e: int, found: dict[Hit, None]) -> None:
        if production.question and not self.question:
            return
        for name, number in production.needs:
            if name not in self.ends_of and number not in self.present:
                return
        ends = self._forward(production.after, 1 << e) if production.after else 1 << e
        if not ends:
            return
        starts = self._backward(production.before, 1 << s) if production.before else 1 << s
        if not starts:
            return
        symbol = production.symbol
        if symbol[0] == "@":
            self._record(symbol[1:], starts, ends)
        else:
            first, last = self.start + _lowest(starts), self.start + _lowest(ends)
            found[Hit(symbol, first, last, self.start + s, production.phrase.text)] = None

    def _record(self, name: str, starts: int, ends: int) -> None:
        by_start = self.ends_of.setdefault(name, {})
        by_end = self.starts_of.setdefault(name, {})
        for s in _places(starts):
            by_start[s] = by_start.get(s, 0) | ends
        for e in _places(ends):
            by_end[e] = by_end.get(e, 0) | starts

    def _having(self, number: int) -> int:
        """Return the places before words of a class."""
        bits = self.bits.get(number)
        if bits is None:
            bits, bit = 0, 1
            if number in self.present:
                for entry in self.entries:
                    if number in entry.classes:
                        bits |= bit
                    bit <<= 1
            self.bits[number] = bits
        return bits

    def _forward(self, items: Sequence[Item], places: int) -> int:
        for op, value in items:
            if op == CLASS:
                places = (places & self._having(value)) << 1
            elif op == LIST:
                name, number = value
                reached = (places & self._having(number)) << 1
                for s, ends in self.ends_of[name].items() if name in self.ends_of else ():
                    if places >> s & 1:
                        reached |= ends
                places = reached
            elif op == GAP:
                places = _spread(places, value) & self.all_places
            elif op == OPTIONAL:
                reached = places
                for option in value:
                    reached |= self._forward(option, places)
                places = reached
            else:
                places = self._at_edge(op == BEGIN, places)
            if not places:
                return 0
        return places

    def _backward(self, items: Sequence[Item], places: int) -> int:
        for op, value in items:
            if op == CLASS:
                places = places >> 1 & self._having(value)
            elif op == LIST:
                name, number = value
                reached = places >> 1 & self._having(number)
                for e, starts in self.starts_of[name].items() if name in self.starts_of else ():
                    if places >> e & 1:
                        reached |= starts
                places = reached
            elif op == GAP:
                # Spread to the right and moved back, which is spread to the left; nothing lies before 0.
                places = _spread(places, value) >> value | places
            elif op == OPTIONAL:
                reached = places
                for option in value:
                    reached |= self._backward(option[::-1], places)
                places = reached
            else:
                places = self._at_edge(op == BEGIN, places)
            if not places:
                return 0
        return places

    def _at_edge(self, opening: bool, places: int) -> int:
        edge = self._begins if opening else self._finishes
        return sum(1 << p for p in _places(places) if edge(p))

    def _begins(self, p: int) -> bool:
        if p == 0:
            return True
        at = self.start + p
        return at < self.end and (self.breaks[at] > 0 or self.words[at - 1] in self.known.leads)

    def _finishes(self, p: int) -> bool:
        at = self.start + p
        return at >= self.end or self.breaks[at] > 0


def _places(bits: int) -> Iterator[int]:
    """Yield the places in a set, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _spread(places: int, width: int) -> int:
    """Return every place up to *width* words to the right of one of *places*, and these themselves."""
    reach = 1
    while reach <= width:
        step = min(reach, width + 1 - reach)
        places |= places << step
        reach += step
    return places
