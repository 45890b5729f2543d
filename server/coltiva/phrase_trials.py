"""What is worth trying at a word: its phrases, sorted by what must stand beside them and in their sentence.

What a sentence must hold for a phrase to be tried is a set of marks, an integer with one bit for each. A word brings
the marks of all lists that may come of it, in any sentence: most phrases fall away before anything is searched for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain, count
from operator import or_

from coltiva.phrase_compiler import CLASS, LIST, NO_CLASS, Item, Production

# The first marks: every sentence has the one, questions have the other.
SENTENCE_MARK, QUESTION_MARK = 1, 2


@dataclass(slots=True)
class Marks:
    """Numbers the marks.

    Attributes:
        of_class: word class → the marks that a word of it makes.
        of_list: list → the mark that a match of it makes.
    """

    of_class: dict[int, int] = field(default_factory=dict)
    of_list: dict[str, int] = field(default_factory=dict)
    _own: dict[int, int] = field(default_factory=dict)

    def for_class(self, number: int) -> int:
        """Return the mark of a word class; none for ``NO_CLASS``."""
        if number == NO_CLASS:
            return 0
        if number not in self._own:
            self._own[number] = self._next()
            self.of_class[number] = self.of_class.get(number, 0) | self._own[number]
        return self._own[number]

    def for_list(self, name: str, number: int) -> int:
        """Return the mark of a list whose single words are the class *number*."""
        if name not in self.of_list:
            self.of_list[name] = self._next()
            if number != NO_CLASS:
                self.of_class[number] = self.of_class.get(number, 0) | self.of_list[name]
        return self.of_list[name]

    def _next(self) -> int:
        return 1 << self.count()

    def count(self) -> int:
        """Return how many marks there are, those that every sentence or question has among them."""
        return 2 + len(self._own) + len(self.of_list)


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A phrase as it is tried.

    Attributes:
        symbol: the rule's key; empty where a match makes a list.
        made: the list that a match makes; else empty.
        text: the phrase as written.
        before, after: the items left of the anchor, nearest first, and right of it.
        only_words: whether all of these are single words.
        is_pair: whether a match makes a list and all that it needs is one word beside the anchor.
        needs: the marks of the words and of the lists that the sentence must hold.
        sign: the byte and the bit of one of these marks, to be looked for first.
        level: how many lists stand below it.
    """

    symbol: str
    made: str
    text: str
    before: tuple[Item, ...]
    after: tuple[Item, ...]
    only_words: bool
    is_pair: bool
    needs: int
    sign: tuple[int, int]
    level: int


def trial_of(production: Production, marks: Marks) -> Trial:
    """Return the trial of a production."""
    symbol, items = production.symbol, (*production.before, *production.after)
    rarest = marks.for_class(production.further_class)
    needs = rarest | (QUESTION_MARK if production.question else 0)
    for name, number in production.needs:
        needs |= marks.for_list(name, number)
        if (LIST, (name, number)) != production.anchor:
            rarest = rarest or marks.for_list(name, number)
    made = symbol[1:] if symbol[0] == "@" else ""
    only_words = all(op == CLASS for op, _ in items)
    return Trial(
        symbol="" if made else symbol,
        made=made,
        text=production.phrase.text,
        before=production.before,
        after=production.after,
        only_words=only_words,
        is_pair=bool(made) and only_words and len(items) == 1 and not production.question,
        needs=needs,
        sign=_place_of(rarest or QUESTION_MARK & needs or SENTENCE_MARK),
        level=production.level,
    )


def _place_of(mark: int) -> tuple[int, int]:
    """Return the byte and the bit of a mark among the bytes of many, the first ones first."""
    byte, bit = divmod(mark.bit_length() - 1, 8)
    return byte, 1 << bit


# A phrase behind its sign: most fall away at a look at that.
Signed = tuple[int, int, Trial]


@dataclass(frozen=True, slots=True, eq=False)
class Anchored:
    """A phrase that is anchored on a list.

    Attributes:
        rank: its place among all such phrases: those on lists whose matches are known sooner come first.
    """

    name: str
    trial: Trial
    rank: int


SignedAnchored = tuple[int, int, Anchored]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a word is and may be the anchor of.

    Attributes:
        marks: what the word brings into its sentence, or may bring with others.
        alone: the lists that the word matches by itself.
        anchored: the phrases that are anchored on one of these lists.
        open: the phrases anchored here that need no certain word beside it.
        by_next: class of the next word → the phrases that need it there.
        by_previous: class of the previous word → the phrases that need it there, and no certain next word.
    """

    classes: frozenset[int]
    marks: int
    alone: tuple[str, ...]
    anchored: tuple[SignedAnchored, ...]
    open: tuple[Signed, ...]
    by_next: Mapping[int, tuple[Signed, ...]]
    by_previous: Mapping[int, tuple[Signed, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """What a word is worth where a certain one follows it.

    Attributes:
        whole: the lists that both words together match.
        first: the phrases that are anchored on it and need the next word.
        second: the phrases that are anchored on the next word and need this one before it.
    """

    whole: tuple[str, ...]
    first: tuple[Signed, ...]
    second: tuple[Signed, ...]


@dataclass(slots=True)
class Trials:
    """All trials of a language by what they are looked up by: a word class, or a list.

    Attributes:
        by_class: word class → the phrases that are anchored on a word of it.
        by_list: list → the phrases that are anchored on it.
        alone: word class → the lists that a word of it is a match of by itself.
        also: list → the lists that every match of it is a match of.
    """

    marks: Marks = field(default_factory=Marks)
    by_class: dict[int, list[tuple[Production, Signed]]] = field(default_factory=lambda: defaultdict(list))
    by_list: dict[str, list[Trial]] = field(default_factory=lambda: defaultdict(list))
    alone: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    also: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _anchored: dict[str, list[SignedAnchored]] = field(default_factory=dict)
    _marks_of_list: dict[str, int] = field(default_factory=dict)

    def add(self, production: Production) -> None:
        """Take in a production."""
        op, value = production.anchor
        name, number = value if op == LIST else (None, value)
        trial = trial_of(production, self.marks)
        # A phrase that is nothing but its anchor needs no trying where a match of it makes a list.
        is_all = bool(trial.made) and not (trial.before or trial.after or production.question)
        if name is not None:
            self.also[name].append(trial.made) if is_all else self.by_list[name].append(trial)
        if number != NO_CLASS:
            signed = (*trial.sign, trial)
            self.alone[number].append(trial.made) if is_all else self.by_class[number].append((production, signed))

    def rank(self, levels: Iterable[Iterable[str]]) -> None:
        """Take in the order of the lists, by the level of phrases after which all their matches are known."""
        ranks = count()
        for name in chain.from_iterable(levels):
            anchored = [Anchored(name, trial, next(ranks)) for trial in self.by_list.get(name, ())]
            self._anchored[name] = [(*one.trial.sign, one) for one in anchored]

    def anchored(self, names: Iterable[str]) -> tuple[SignedAnchored, ...]:
        """Return the phrases that are anchored on one of *names*."""
        return tuple(anchored for name in names for anchored in self._anchored[name])

    def entry(self, classes: frozenset[int]) -> Entry:
        """Return the entry of a word of these *classes*."""
        marks, open_ = 0, []
        by_next: dict[int, list[Signed]] = defaultdict(list)
        by_previous: dict[int, list[Signed]] = defaultdict(list)
        for number in sorted(classes):
            marks |= self.marks.of_class.get(number, 0)
            for production, signed in self.by_class.get(number, ()):
                marks |= self._marks_from(signed[2].made)
                if production.next_class != NO_CLASS:
                    by_next[production.next_class].append(signed)
                elif production.previous_class != NO_CLASS:
                    by_previous[production.previous_class].append(signed)
                else:
                    open_.append(signed)
        alone = self.closed([name for number in classes for name in self.alone.get(number, ())])
        return Entry(
            classes,
            reduce(or_, map(self._marks_from, alone), marks),
            alone,
            self.anchored(alone),
            tuple(open_),
            {number: tuple(many) for number, many in by_next.items()},
            {number: tuple(many) for number, many in by_previous.items()},
        )

    def neighbours(self, one: Entry, other: Entry) -> Neighbours:
        """Return what *one* word is worth before an *other*: most phrases fail at the word beside their anchor."""
        first = [t for number in sorted(one.by_next.keys() & other.classes) for t in one.by_next[number]]
        second = [t for number in sorted(other.by_previous.keys() & one.classes) for t in other.by_previous[number]]
        return Neighbours(
            tuple(dict.fromkeys(trial.made for _, _, trial in (*first, *second) if trial.is_pair)),
            tuple(signed for signed in first if not signed[2].is_pair),
            tuple(signed for signed in second if not signed[2].is_pair),
        )

    def closed(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the lists that are matched where *names* are."""
        found: dict[str, None] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting += self.also.get(name, ())
        return tuple(found)

    def _marks_from(self, name: str) -> int:
        """Return the marks of a list and of all that may be made of it; none for the empty name."""
        known = self._marks_of_list.get(name)
        if known is None:
            above = [*self.also.get(name, ()), *(trial.made for trial in self.by_list.get(name, ()))]
            known = reduce(or_, map(self._marks_from, above), self.marks.of_list.get(name, 0))
            self._marks_of_list[name] = known
        return known
