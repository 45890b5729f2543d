"""What is worth trying at a word: its phrases, sorted by what must stand beside them and in their sentence.

What a sentence must hold for a phrase to be tried is a set of marks, an integer with one bit for each, so that one
operation tells whether all are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coltiva.phrase_compiler import CLASS, LIST, NO_CLASS, Item, Production

QUESTION_MARK = 1  # the first mark: the sentence is a question


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
        return QUESTION_MARK << 1 + len(self._own) + len(self.of_list)


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A phrase as it is tried.

    Attributes:
        symbol: the rule's key; empty where a match makes a list.
        made: the list that a match makes; else empty.
        text: the phrase as written.
        before, after: the items left of the anchor, nearest first, and right of it.
        only_words: whether all of these are single words.
        is_part, is_pair: whether a match makes a list and all that it needs is words, or one word beside the anchor.
        words, lists: the marks of the words and of the lists that the sentence must hold.
        level: how many lists stand below it.
    """

    symbol: str
    made: str
    text: str
    before: tuple[Item, ...]
    after: tuple[Item, ...]
    only_words: bool
    is_part: bool
    is_pair: bool
    words: int
    lists: int
    level: int


def trial_of(production: Production, marks: Marks) -> Trial:
    """Return the trial of a production."""
    symbol, items = production.symbol, (*production.before, *production.after)
    words = marks.for_class(production.further_class) | (QUESTION_MARK if production.question else 0)
    lists = 0
    for name, number in production.needs:
        lists |= marks.for_list(name, number)
    made = symbol[1:] if symbol[0] == "@" else ""
    only_words = all(op == CLASS for op, _ in items)
    is_part = bool(made) and only_words and not production.question
    return Trial(
        symbol="" if made else symbol,
        made=made,
        text=production.phrase.text,
        before=production.before,
        after=production.after,
        only_words=only_words,
        is_part=is_part,
        is_pair=is_part and len(items) == 1,
        words=words,
        lists=lists,
        level=production.level,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a word is and may be the anchor of.

    Attributes:
        marks: what the word brings into its sentence.
        alone: the lists that the word matches by itself.
        open: the phrases anchored here that need no certain word beside it.
        by_next: class of the next word → the phrases that need it there.
        by_previous: class of the previous word → the phrases that need it there, and no certain next word.
    """

    classes: frozenset[int]
    marks: int
    alone: tuple[str, ...]
    open: tuple[Trial, ...]
    by_next: Mapping[int, tuple[Trial, ...]]
    by_previous: Mapping[int, tuple[Trial, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """What a word is worth where a certain one follows it.

    Attributes:
        made: the lists that it matches by itself or with the next word, each with 2 or 4: the bit of the place
            behind them, counted from the word's own.
        open: the phrases that are anchored on it and need no certain word beside it.
        first: the phrases that are anchored on it and need the next word.
        second: the phrases that are anchored on the next word and need this one before it.
    """

    made: tuple[tuple[str, int], ...]
    open: tuple[Trial, ...]
    first: tuple[Trial, ...]
    second: tuple[Trial, ...]


def neighbours(one: Entry, other: Entry) -> Neighbours:
    """Return what *one* word is worth before an *other*: most phrases fail at the word beside their anchor."""
    first = [trial for number in sorted(one.by_next.keys() & other.classes) for trial in one.by_next[number]]
    second = [trial for number in sorted(other.by_previous.keys() & one.classes) for trial in other.by_previous[number]]
    whole = dict.fromkeys(trial.made for trial in (*first, *second) if trial.is_pair)
    return Neighbours(
        (*((name, 2) for name in one.alone), *((name, 4) for name in whole)),
        one.open,
        tuple(trial for trial in first if not trial.is_pair),
        tuple(trial for trial in second if not trial.is_pair),
    )


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
    by_class: dict[int, list[tuple[Production, Trial]]] = field(default_factory=lambda: defaultdict(list))
    by_list: dict[str, list[Trial]] = field(default_factory=lambda: defaultdict(list))
    alone: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    also: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

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
            self.alone[number].append(trial.made) if is_all else self.by_class[number].append((production, trial))

    def entry(self, classes: frozenset[int]) -> Entry:
        """Return the entry of a word of these *classes*."""
        marks, open_ = 0, []
        by_next: dict[int, list[Trial]] = defaultdict(list)
        by_previous: dict[int, list[Trial]] = defaultdict(list)
        for number in sorted(classes):
            marks |= self.marks.of_class.get(number, 0)
            for production, trial in self.by_class.get(number, ()):
                if production.next_class != NO_CLASS:
                    by_next[production.next_class].append(trial)
                elif production.previous_class != NO_CLASS:
                    by_previous[production.previous_class].append(trial)
                else:
                    open_.append(trial)
        return Entry(
            classes,
            marks,
            self._alone([name for number in sorted(classes) for name in self.alone.get(number, ())]),
            tuple(open_),
            {number: tuple(many) for number, many in by_next.items()},
            {number: tuple(many) for number, many in by_previous.items()},
        )

    def _alone(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the lists that are matched where *names* are."""
        found: dict[str, None] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting += self.also.get(name, ())
        return tuple(found)
