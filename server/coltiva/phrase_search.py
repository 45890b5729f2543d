"""One search for phrases in one sentence.

A set of places between words is an integer with one bit for each place, so following a phrase costs a
few operations an element however many places it may stand at, and no phrase can run away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coltiva.phrase_compiler import BEGIN, CLASS, GAP, LIST, NO_CLASS, OPTIONAL, Item, Production
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
        open: the phrases anchored here that need no certain word beside it.
        by_next: class of the next word → the phrases that need it there.
        by_previous: class of the previous word → the phrases that need it there, and no certain next word.
        next_classes, previous_classes: the keys of the two.
    """

    classes: frozenset[int]
    open: tuple[Production, ...]
    by_next: Mapping[int, tuple[Production, ...]]
    by_previous: Mapping[int, tuple[Production, ...]]
    next_classes: frozenset[int]
    previous_classes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Known:
    """What a search needs of the index.

    Attributes:
        by_list: list → the phrases anchored on it.
        anchors_by_level: the lists that phrases are anchored on and whose matches are all known once the phrases of
            a level have been tried, each with its rank.
        leads: words after which a clause may begin without a comma (and, but, so …).
    """

    by_list: Mapping[str, Sequence[Production]]
    anchors_by_level: Sequence[Mapping[str, int]]
    leads: frozenset[str]


_NOTHING: frozenset[int] = frozenset()
_NO_CLASS_NEEDED = frozenset({NO_CLASS})


class Search:
    """One search in one sentence; a set of places between words is an integer, one bit for each place."""

    def __init__(self, known: Known, entries: Sequence[Entry], tokens: Tokens, start: int, question: bool) -> None:
        self.known, self.entries = known, entries
        self.start, self.end, self.question = start, start + len(entries), question
        self.words, self.breaks = tokens.words, tokens.breaks
        # The classes that occur; NO_CLASS among them lets phrases through that need no further word.
        self.present: frozenset[int] = _NO_CLASS_NEEDED.union(*[entry.classes for entry in entries])
        self.all_places = (2 << len(entries)) - 1
        self.bits: dict[int, int] = {NO_CLASS: 0}
        self.ends_of: dict[str, dict[int, int]] = {}
        self.starts_of: dict[str, dict[int, int]] = {}

    def run(self) -> list[Hit]:
        """Return all hits, in order of levels, then place."""
        levels = self._worth_trying()
        found: dict[Hit, None] = {}
        for anchors, level in zip(self.known.anchors_by_level, levels, strict=True):
            for production, s, e in level:
                self._try(production, s, e, found)
            # Lists of this level are complete now; phrases that are looked up by them come later.
            for name in sorted(self.ends_of.keys() & anchors, key=anchors.__getitem__):
                ranges = [(s, e) for s, ends in self.ends_of[name].items() for e in _places(ends)]
                for production in self.known.by_list[name]:
                    if production.further_class in self.present:
                        levels[production.level].extend([(production, s, e) for s, e in ranges])
        return list(found)

    def _worth_trying(self) -> list[list[tuple[Production, int, int]]]:
        """Return by level the phrases whose anchor occurs, with the words that they need, and the anchor's place."""
        levels: list[list[tuple[Production, int, int]]] = [[] for _ in self.known.anchors_by_level]
        present, previous = self.present, _NOTHING
        following = [entry.classes for entry in self.entries[1:]] + [_NOTHING]
        for i, entry in enumerate(self.entries):
            tried = entry.open
            # Most phrases fail at the word beside their anchor; they are looked up by both words.
            if entry.previous_classes:
                for number in entry.previous_classes & previous:
                    tried += entry.by_previous[number]
            if entry.next_classes:
                for number in entry.next_classes & following[i]:
                    tried += entry.by_next[number]
            for production in tried:
                if production.further_class in present:
                    levels[production.level].append((production, i, i + 1))
            previous = entry.classes
        return levels

    def _try(self, production: Production, s: int, e: int, found: dict[Hit, None]) -> None:
        if production.question and not self.question:
            return
        for name, number in production.needs:
            if name not in self.ends_of and (number == NO_CLASS or number not in self.present):
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
        by_start = self.ends_of.get(name)
        if by_start is None:
            by_start, by_end = self.ends_of[name], self.starts_of[name] = {}, {}
        else:
            by_end = self.starts_of[name]
        for s in _places(starts) if starts & starts - 1 else (starts.bit_length() - 1,):
            by_start[s] = by_start.get(s, 0) | ends
        for e in _places(ends) if ends & ends - 1 else (ends.bit_length() - 1,):
            by_end[e] = by_end.get(e, 0) | starts

    def _find_bits(self, number: int) -> int:
        """Work out the places before words of a class, for ``bits``."""
        bits, bit = 0, 1
        if number in self.present:
            for entry in self.entries:
                if number in entry.classes:
                    bits |= bit
                bit <<= 1
        self.bits[number] = bits
        return bits

    def _forward(self, items: Sequence[Item], places: int) -> int:
        known = self.bits
        for op, value in items:
            if op == CLASS:
                places = (places & (known[value] if value in known else self._find_bits(value))) << 1
            elif op == LIST:
                name, number = value
                reached = (places & (known[number] if number in known else self._find_bits(number))) << 1
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
        known = self.bits
        for op, value in items:
            if op == CLASS:
                places = places >> 1 & (known[value] if value in known else self._find_bits(value))
            elif op == LIST:
                name, number = value
                reached = places >> 1 & (known[number] if number in known else self._find_bits(number))
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
