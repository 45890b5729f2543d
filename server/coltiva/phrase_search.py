"""One search for phrases in one sentence.

A set of places between words is an integer with one bit for each place, so following a phrase costs a
few operations an element however many places it may stand at, and no phrase can run away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from coltiva.phrase_compiler import BEGIN, CLASS, GAP, LIST, NO_CLASS, OPTIONAL, Item
from coltiva.phrase_trials import (
    QUESTION_MARK,
    SENTENCE_MARK,
    Anchored,
    Entry,
    Neighbours,
    Signed,
    SignedAnchored,
    Trial,
)
from coltiva.tokens import Tokens


class Hit(NamedTuple):
    """A phrase found: its symbol, the half-open range of words that it covers, and its anchor among them."""

    symbol: str
    start: int
    end: int
    anchor: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a search needs of the index.

    Attributes:
        matched: list → the lists that every match of it is a match of, itself among them.
        anchored: list → the phrases that are anchored on it, or on one of these.
        levels: how many levels phrases and lists are built in.
        mark_bytes: how many bytes hold all marks.
        leads: words after which a clause may begin without a comma (and, but, so …).
    """

    matched: Mapping[str, tuple[str, ...]]
    anchored: Mapping[str, tuple[SignedAnchored, ...]]
    levels: int
    mark_bytes: int
    leads: frozenset[str]


_NOTHING: frozenset[int] = frozenset()
_RANK = attrgetter("rank")


class Search:
    """One search in one sentence; a set of places between words is an integer, one bit for each place.

    Args:
        beside: what each word is worth where the next one follows it.
    """

    def __init__(
        self,
        known: Known,
        entries: Sequence[Entry],
        beside: Sequence[Neighbours],
        tokens: Tokens,
        start: int,
        question: bool,
    ) -> None:
        self.known, self.entries, self.beside = known, entries, beside
        self.start, self.count = start, len(entries)
        self.words, self.breaks = tokens.words, tokens.breaks
        # The classes of the word after each place.
        self.classes = [*[entry.classes for entry in entries], _NOTHING]
        marks = SENTENCE_MARK | QUESTION_MARK if question else SENTENCE_MARK
        for entry in entries:
            marks |= entry.marks
        self.marks, self.signs = marks, marks.to_bytes(known.mark_bytes, "little")
        self.all_places = (2 << self.count) - 1
        # The matches of lists: the places of those that are one word, and the ends of longer ones by where they begin.
        self.words_of: defaultdict[str, int] = defaultdict(int)
        self.ends_of: dict[str, dict[int, int]] = {}
        # By level: the phrases that are worth trying with the anchor's place, and those that are anchored on lists.
        self.waiting: list[list[tuple[Trial, int, int]]] = [[] for _ in range(known.levels)]
        self.anchored: defaultdict[int, set[Anchored]] = defaultdict(set)

    def run(self) -> list[Hit]:
        """Return all hits, in order of levels, then place."""
        self._begin()
        found: dict[Hit, None] = {}
        for level, waiting in enumerate(self.waiting):
            for trial, s, e in waiting:
                self._try(trial, s, e, found)
            if level in self.anchored:
                for one in sorted(self.anchored[level], key=_RANK):
                    for s, e in self._ranges(one.name):
                        self._try(one.trial, s, e, found)
        return list(found)

    def _begin(self) -> None:
        """Note the lists that words make by themselves, and the phrases whose anchor and all else may occur."""
        marks, signs, waiting, words_of = self.marks, self.signs, self.waiting, self.words_of
        behind: tuple[Signed, ...] = ()
        for i, (entry, one) in enumerate(zip(self.entries, self.beside, strict=True)):
            for name in entry.alone:
                words_of[name] |= 1 << i
            if entry.anchored:
                self._wait_for(entry.anchored)
            for name in one.whole:
                self._record(name, i, 4 << i)
            # Their order decides which of two rules of the same kind a sentence is told by.
            for byte, bit, trial in entry.open + behind + one.first:
                if signs[byte] & bit and trial.needs & marks == trial.needs:
                    waiting[trial.level].append((trial, i, i + 1))
            behind = one.second

    def _wait_for(self, signed: Iterable[SignedAnchored]) -> None:
        """Note the phrases that are anchored on lists which occur, and for which all else may occur."""
        marks, signs = self.marks, self.signs
        for byte, bit, anchored in signed:
            if signs[byte] & bit and anchored.trial.needs & marks == anchored.trial.needs:
                self.anchored[anchored.trial.level].add(anchored)

    def _ranges(self, name: str) -> list[tuple[int, int]]:
        """Return where the matches of a list begin and end, in order."""
        ranges = [(s, s + 1) for s in _places(self.words_of[name])]
        longer = self.ends_of.get(name)
        if longer is None:
            return ranges
        return sorted({*ranges, *[(s, e) for s, ends in longer.items() for e in _places(ends)]})

    def _try(self, trial: Trial, s: int, e: int, found: dict[Hit, None]) -> None:
        if trial.only_words:
            if not self._stands(trial, s, e):
                return
            start, ends = s - len(trial.before), 1 << e + len(trial.after)
            starts = 1 << start
        else:
            ends = self._forward(trial.after, 1 << e) if trial.after else 1 << e
            starts = (self._backward(trial.before, 1 << s) if trial.before else 1 << s) if ends else 0
            if not starts:
                return
        if trial.made:
            for start in _places(starts):
                self._record(trial.made, start, ends)
        else:
            first, last = self.start + _lowest(starts), self.start + _lowest(ends)
            found[Hit(trial.symbol, first, last, self.start + s, trial.text)] = None

    def _stands(self, trial: Trial, s: int, e: int) -> bool:
        """Tell whether the words around *s* to *e* are those of a phrase without gaps, lists and options."""
        for _, number in trial.after:
            if number not in self.classes[e]:
                return False
            e += 1
        for _, number in trial.before:
            s -= 1
            if s < 0 or number not in self.classes[s]:
                return False
        return True

    def _record(self, made: str, start: int, ends: int) -> None:
        """Note a match of a list, which is one of others too."""
        is_new = made not in self.ends_of
        for name in self.known.matched[made]:
            by_start = self.ends_of.setdefault(name, {})
            by_start[start] = by_start.get(start, 0) | ends
        if is_new:
            self._wait_for(self.known.anchored[made])

    def _before(self, number: int, places: int) -> int:
        """Return those of *places* that a word of a class comes after."""
        found, classes = 0, self.classes
        while places:
            place = places & -places
            if number in classes[place.bit_length() - 1]:
                found |= place
            places ^= place
        return found

    def _forward(self, items: Sequence[Item], places: int) -> int:
        for op, value in items:
            if op == CLASS:
                places = self._before(value, places) << 1
            elif op == LIST:
                name, number = value
                reached = places & self.words_of.get(name, 0)
                if number != NO_CLASS:
                    reached |= self._before(number, places)
                reached <<= 1
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
                places = self._before(value, places >> 1)
            elif op == LIST:
                name, number = value
                reached = places >> 1 & self.words_of.get(name, 0)
                if number != NO_CLASS:
                    reached |= self._before(number, places >> 1)
                for s, ends in self.ends_of[name].items() if name in self.ends_of else ():
                    if ends & places:
                        reached |= 1 << s
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
        return p < self.count and (self.breaks[at] > 0 or self.words[at - 1] in self.known.leads)

    def _finishes(self, p: int) -> bool:
        return p >= self.count or self.breaks[self.start + p] > 0


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
