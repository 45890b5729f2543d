"""One search for phrases in one sentence.

A set of places between words is an integer with one bit for each place, so following a phrase costs a
few operations an element however many places it may stand at, and no phrase can run away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coltiva.phrase_compiler import BEGIN, CLASS, GAP, LIST, NO_CLASS, OPTIONAL, Item
from coltiva.phrase_trials import QUESTION_MARK, Entry, Neighbours, Trial
from coltiva.tokens import Tokens


class Hit(NamedTuple):
    """A phrase found: its symbol, the half-open range of words that it covers, and its anchor among them."""

    symbol: str
    start: int
    end: int
    anchor: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What hangs on a list.

    Attributes:
        mark: what a match of it brings into the sentence.
        level: after which level of phrases all its matches are known; ``NEVER`` where nothing asks for them then.
        rank: its place among the lists of that level.
        also: the lists that every match of it is a match of.
        trials: the phrases that are anchored on it.
    """

    mark: int
    level: int
    rank: int
    also: tuple[str, ...]
    trials: tuple[Trial, ...]


NEVER = -1


@dataclass(frozen=True, slots=True)
class Known:
    """What a search needs of the index.

    Attributes:
        levels: how many levels phrases and lists are built in.
        leads: words after which a clause may begin without a comma (and, but, so …).
    """

    lists: Mapping[str, Listed]
    levels: int
    leads: frozenset[str]


_NOTHING: frozenset[int] = frozenset()
_Waiting = list[tuple[Trial, int, int]]


class Search:
    """One search in one sentence; a set of places between words is an integer, one bit for each place."""

    def __init__(self, known: Known, entries: Sequence[Entry], tokens: Tokens, start: int, question: bool) -> None:
        self.known = known
        self.start, self.count = start, len(entries)
        self.words, self.breaks = tokens.words, tokens.breaks
        # The classes of the word after each place.
        self.classes = [*[entry.classes for entry in entries], _NOTHING]
        self.marks = QUESTION_MARK if question else 0
        for entry in entries:
            self.marks |= entry.marks
        self.all_places = (2 << self.count) - 1
        self.ends_of: dict[str, dict[int, int]] = {}
        # By level: the phrases that are worth trying with the anchor's place, and the lists that are complete then.
        self.waiting: list[_Waiting] = [[] for _ in range(known.levels)]
        self.complete: list[list[tuple[int, str]]] = [[] for _ in range(known.levels)]

    def run(self, beside: Sequence[Neighbours]) -> list[Hit]:
        """Return all hits, in order of levels, then place.

        Args:
            beside: what each word is worth where the next one follows it.
        """
        self._begin(beside)
        found: dict[Hit, None] = {}
        for waiting, complete in zip(self.waiting, self.complete, strict=True):
            for trial, s, e in waiting:
                if trial.lists & self.marks == trial.lists:
                    self._try(trial, s, e, found)
            complete.sort()
            for _, name in complete:
                self._pass_on(name)
        return list(found)

    def _begin(self, beside: Sequence[Neighbours]) -> None:
        """Note the lists that words make by themselves, and the phrases whose anchor and other words occur."""
        marks = self.marks
        behind: tuple[Trial, ...] = ()
        for i, one in enumerate(beside):
            for name, end in one.made:
                self._record(name, i, end << i)
            # Their order decides which of two rules of the same kind a sentence is told by.
            for trial in one.open + behind + one.first:
                if trial.words & marks != trial.words:
                    continue
                if not trial.is_part:
                    self.waiting[trial.level].append((trial, i, i + 1))
                elif self._stands(trial, i, i + 1):
                    self._record(trial.made, i - len(trial.before), 2 << i + len(trial.after))
            behind = one.second

    def _pass_on(self, name: str) -> None:
        """Give the matches of a list to the lists that it is part of, and to the phrases that are anchored on it."""
        listed = self.known.lists[name]
        for other in listed.also:
            for s, ends in self.ends_of[name].items():
                self._record(other, s, ends)
        trials = [trial for trial in listed.trials if trial.words & self.marks == trial.words]
        ranges = [(s, e) for s, ends in sorted(self.ends_of[name].items()) for e in _places(ends)] if trials else ()
        for trial in trials:
            self.waiting[trial.level].extend([(trial, s, e) for s, e in ranges])

    def _try(self, trial: Trial, s: int, e: int, found: dict[Hit, None]) -> None:
        if trial.only_words:
            if not self._stands(trial, s, e):
                return
            start, ends = s - len(trial.before), 1 << e + len(trial.after)
            starts = 1 << start
        else:
            ends = self._forward(trial.after, 1 << e)
            starts = self._backward(trial.before, 1 << s) if ends else 0
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

    def _record(self, name: str, start: int, ends: int) -> None:
        by_start = self.ends_of.get(name)
        if by_start is None:
            by_start = self.ends_of[name] = {}
            listed = self.known.lists[name]
            self.marks |= listed.mark
            if listed.level != NEVER:
                self.complete[listed.level].append((listed.rank, name))
        by_start[start] = by_start.get(start, 0) | ends

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
                reached = self._before(number, places) << 1 if number != NO_CLASS else 0
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
                reached = self._before(number, places >> 1) if number != NO_CLASS else 0
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
