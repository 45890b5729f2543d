"""Phrases compiled to sequences of word classes and lists, each with the element to look it up by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coltiva.errors import PhraseError
from coltiva.phrase_language import Choice, Edge, Element, Forms, Gap, ListRef, Phrase, Prefix, Slot, Word
from coltiva.tokens import Wording, fold
from coltiva.word_classes import WordClasses

CLASS, LIST, GAP, OPTIONAL, BEGIN, FINISH = range(6)
NO_CLASS = -1
INLINE = "#"  # begins the names of lists that are written out as a choice within a phrase
SHAPE_SLOTS = frozenset({"url", "email", "number", "amount", "clock", "placeholder"})
NAME_SLOT = "name"

# An operation and what it needs: a class's number, a list's name and class, a gap's length, a choice's options.
Item = tuple[int, Any]
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@dataclass(frozen=True, slots=True)
class Production:
    """One way to make a symbol: the items left and right of the one it is looked up by.

    Attributes:
        symbol: what a match stands for: a list's name or a rule's key.
        before: the items left of the anchor, nearest first.
        anchor: a word class or a list.
        after: the items right of the anchor, in order.
        needs: lists that a match cannot do without, each with the class of its single words.
        previous_class, next_class: the word class beside the anchor, where there must be one; else ``NO_CLASS``.
        further_class: the rarest class needed besides the anchor and the one beside it; else ``NO_CLASS``.
        question: whether the sentence must be a question.
        phrase: the phrase as written, for explanations and tests.
    """

    symbol: str
    before: tuple[Item, ...]
    anchor: Item
    after: tuple[Item, ...]
    needs: tuple[tuple[str, int], ...]
    previous_class: int
    next_class: int
    further_class: int
    question: bool
    phrase: Phrase
    level: int


class Lexicon:
    """The shared lists, forms and slots of one language, compiled on demand."""

    def __init__(
        self,
        wording: Wording,
        forms: Mapping[str, Sequence[str]],
        lists: Mapping[str, Sequence[Phrase]],
    ) -> None:
        self.wording = wording
        self.forms = forms
        self.lists = dict(lists)
        self.classes = WordClasses()
        self._single: dict[str, frozenset[str] | None] = {}
        self._levels: dict[str, int] = {}
        self._lengths: dict[str, int] = {}
        self._inline: dict[tuple[tuple[Element, ...], ...], str] = {}
        self._literals: dict[str, list[frozenset[str]]] = {}
        # By the elements' identity, which is theirs alone while they are kept here.
        self._compiled: dict[int, tuple[Sequence[Element], tuple[Item, ...]]] = {}

    def literal(self, text: str) -> list[frozenset[str]]:
        """Return what one written word matches, one set for each word it is respelled to."""
        if text not in self._literals:
            self._literals[text] = self._literal(text)
        return self._literals[text]

    def _literal(self, text: str) -> list[frozenset[str]]:
        words = self.wording.words_of(text)
        if len(words) > 1:
            return [frozenset({word}) for word in words]
        return [frozenset({words[0], fold(text.translate(_UMLAUTS))} if words == (fold(text),) else words)]

    def members(self, element: Element) -> frozenset[str] | None:
        """Return the words that *element* matches where it always matches just one word, else None."""
        match element:
            case Word(text):
                sets = self.literal(text)
                return sets[0] if len(sets) == 1 else None
            case Prefix(text):
                return frozenset({fold(text) + "*", fold(text.translate(_UMLAUTS)) + "*"})
            case Forms(lemma):
                if lemma not in self.forms:
                    raise PhraseError.unknown_forms(lemma)
                return self._union([Word(f) for f in self.forms[lemma]])
            case Slot(name) if name in SHAPE_SLOTS or name == NAME_SLOT:
                return frozenset({f"<{name}>"})
            case Slot(name) | ListRef(name):
                return self._single_list(name)
            case Choice(options, False) if all(len(option) == 1 for option in options):
                return self._union([option[0] for option in options])
        return None

    def _union(self, elements: Iterable[Element]) -> frozenset[str] | None:
        union: set[str] = set()
        for element in elements:
            members = self.members(element)
            if members is None:
                return None
            union |= members
        return frozenset(union)

    def _single_list(self, name: str) -> frozenset[str] | None:
        if name not in self._single:
            if name not in self.lists:
                raise PhraseError.unknown_list(name)
            self._single[name] = None  # a list that refers to itself is caught by level()
            entries = self.lists[name]
            if all(len(entry.elements) == 1 and not entry.question for entry in entries):
                self._single[name] = self._union([entry.elements[0] for entry in entries])
        return self._single[name]

    def forget(self) -> None:
        """Forget what was worked out: some lists have changed, or it is not needed any more."""
        for known in (self._single, self._levels, self._literals, self._compiled):
            known.clear()

    def is_compound(self, name: str) -> bool:
        """Tell whether some entry of list *name* has more than one word."""
        return self._single_list(name) is None

    def members_of_list(self, name: str) -> frozenset[str]:
        """Return the words of a list of single words; none where there is no such list."""
        return (self._single_list(name) or frozenset()) if name in self.lists else frozenset()

    def level(self, name: str, above: tuple[str, ...] = ()) -> int:
        """Return how many lists stand below list *name*.

        Raises:
            PhraseError: the list refers to itself.
        """
        if name in above:
            raise PhraseError.loop((*above, name))
        if name not in self._levels:
            if name not in self.lists:
                raise PhraseError.unknown_list(name)
            within = [inner for entry in self.lists[name] for inner in list_names(self.items(entry.elements))]
            inner = [self.level(other, (*above, name)) for other in within]
            self._levels[name] = 1 + max(inner, default=0)
        return self._levels[name]

    def word_groups(self, name: str) -> list[Phrase]:
        """Return the entries of list *name* that are more than a single word."""
        return [entry for entry in self.lists[name] if self._single_word(entry) is None]

    def _single_word(self, entry: Phrase) -> frozenset[str] | None:
        return self.members(entry.elements[0]) if len(entry.elements) == 1 and not entry.question else None

    def _list_item(self, name: str) -> Item:
        """Return the item for a list: its name, and the class of those of its entries that are single words.

        Single words are checked in place; only word groups are searched for before the phrases that use them.
        """
        if name not in self.lists:
            raise PhraseError.unknown_list(name)
        singles = frozenset(word for entry in self.lists[name] for word in self._single_word(entry) or ())
        return (LIST, (name, self.classes.number(singles) if singles else NO_CLASS))

    def _inline_list(self, options: tuple[tuple[Element, ...], ...]) -> str:
        """Name a choice of word groups, so that it is looked up by its words like any list."""
        name = self._inline.get(options)
        if name is None:
            for option in options:
                if not any(op in (CLASS, LIST) for op, _ in self.items(option)):
                    raise PhraseError("expected a word that is not optional in every alternative", 0, "phrase_optional")
            name = self._inline[options] = f"{INLINE}{len(self._inline)}"
            self.lists[name] = [Phrase("", option, False) for option in options]
        return name

    def compounds_by_level(self) -> tuple[tuple[str, ...], ...]:
        """Return the lists of more than single words by depth; the last level, of rules, completes none."""
        depths = {name: self.level(name) for name in self.lists}
        deepest = max(depths.values(), default=0)
        return tuple(
            tuple(n for n, d in depths.items() if d == at and self.is_compound(n)) for at in range(1, deepest + 2)
        )

    def longest(self, elements: Sequence[Element]) -> int:
        """Return how many words *elements* cover at most."""
        return sum(map(self._longest, elements))

    def _longest(self, element: Element) -> int:
        match element:
            case Word(text):
                return len(self.literal(text))
            case Gap(most):
                return most
            case Edge():
                return 0
            case Choice(options, _):
                return max(map(self.longest, options))
            case ListRef(name) | Slot(name) if name in self.lists:
                if name not in self._lengths:
                    self._lengths[name] = max((self.longest(e.elements) for e in self.lists[name]), default=1)
                return self._lengths[name]
        return 1

    def items(self, elements: Sequence[Element]) -> tuple[Item, ...]:
        """Compile a sequence of elements; each is asked for several times while rules are read."""
        known = self._compiled.get(id(elements))
        if known is None:
            known = (elements, tuple(item for element in elements for item in self._item(element)))
            self._compiled[id(elements)] = known
        return known[1]

    def _item(self, element: Element) -> list[Item]:
        members = self.members(element)
        if members is not None:
            return [(CLASS, self.classes.number(members))]
        match element:
            case Word(text):
                return [(CLASS, self.classes.number(m)) for m in self.literal(text)]
            case Slot(name) | ListRef(name):
                return [self._list_item(name)]
            case Gap(most):
                return [(GAP, most)]
            case Edge(sign):
                return [(BEGIN if sign == "^" else FINISH, None)]
            case Choice(options, True):
                return [(OPTIONAL, tuple(self.items(option) for option in options))]
            case Choice(options, False):
                return [self._list_item(self._inline_list(options))]
            case Forms(lemma):  # some listed form is spelled as several words
                forms = tuple((Word(form),) for form in self.forms[lemma])
                return [self._list_item(self._inline_list(forms))]
        raise AssertionError(element)


def list_names(items: Sequence[Item]) -> set[str]:
    """Return the lists that *items* refer to, in optional parts too."""
    names: set[str] = set()
    for op, value in items:
        if op == LIST:
            names.add(value[0])
        elif op == OPTIONAL:
            names.update(*map(list_names, value))
    return names


def _without_outer_gaps(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Take away gaps at the ends: they would match everywhere and say nothing."""
    first = next((i for i, (op, _) in enumerate(items) if op != GAP), len(items))
    last = next((i for i in range(len(items), first, -1) if items[i - 1][0] != GAP), first)
    return items[first:last]


def compile_phrase(symbol: str, phrase: Phrase, lexicon: Lexicon, commonness: Callable[[Item], float]) -> Production:
    """Compile one phrase.

    Args:
        commonness: how often an item is expected to match; the rarest is looked up first.

    Raises:
        PhraseError: a list, form or slot that does not exist, or no word to look the phrase up by.
    """
    items = _without_outer_gaps(lexicon.items(phrase.elements))
    level = max(map(lexicon.level, list_names(items)), default=0)
    places = [i for i, (op, _) in enumerate(items) if op in (CLASS, LIST)]
    if not places:
        raise PhraseError("expected at least one word or list that is not optional", 0, "phrase_optional")
    at = min(places, key=lambda i: commonness(items[i]))
    needs = tuple({value: None for op, value in items if op == LIST})
    before, after = items[:at][::-1], items[at + 1 :]
    beside = (_class_of(before), _class_of(after))
    nearest = beside[0] if beside[1] == NO_CLASS else beside[1]
    further = [item for item in (*before, *after) if item[0] == CLASS and item[1] != nearest]
    rarest = min(further, key=commonness)[1] if further else NO_CLASS
    return Production(symbol, before, items[at], after, needs, *beside, rarest, phrase.question, phrase, level)


def _class_of(items: tuple[Item, ...]) -> int:
    """Return the word class that comes first in *items*, or ``NO_CLASS`` where something else does."""
    return items[0][1] if items and items[0][0] == CLASS else NO_CLASS
