"""All phrases of a language in one index, matched against the words of a sentence.

A phrase is tried only where its rarest word (its anchor) occurs. Lists are matched bottom-up, so
that ``@request ...5 @introduce`` costs nothing unless both lists have matched. Positions are kept
as sets, so a match costs at most words × elements × gap, and no phrase can run away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coltiva.errors import PhraseError
from coltiva.phrase_compiler import (
    BEGIN,
    CLASS,
    GAP,
    LIST,
    NAME_SLOT,
    NO_CLASS,
    OPTIONAL,
    Item,
    Lexicon,
    Production,
    compile_phrase,
)
from coltiva.phrase_language import Phrase
from coltiva.tokens import Tokens
from coltiva.typos import Respeller


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its symbol, the half-open range of words that it covers, and its anchor among them."""

    symbol: str
    start: int
    end: int
    anchor: int
    phrase: str


_Entry = tuple[frozenset[int], tuple[Production, ...]]
_LEADS = "clause_lead"


class PhraseIndex:
    """Finds every phrase of a language in a sentence.

    Args:
        lexicon: the language's lists and forms.
        phrases: symbol → its phrases; symbols that start with ``@`` are the lexicon's lists and are added here.
    """

    def __init__(self, lexicon: Lexicon, phrases: Mapping[str, Iterable[Phrase]]) -> None:
        self._classes = lexicon.classes
        self._by_class: dict[int, list[Production]] = defaultdict(list)
        self._by_list: dict[str, list[Production]] = defaultdict(list)
        self._entries: dict[tuple[str, str, bool], _Entry] = {}
        self._add(lexicon, phrases)
        # Words after which a clause may begin without a comma (and, but, so …).
        self.leads = lexicon.members_of_list(_LEADS)
        # The lists whose matches are all known once the phrases of a level have been tried.
        self.lists_by_level = lexicon.compounds_by_level()
        self._respell = Respeller(self._classes.by_word)

    def _add(self, lexicon: Lexicon, phrases: Mapping[str, Iterable[Phrase]]) -> None:
        usage: dict[Item, int] = defaultdict(int)
        everything = _all_phrases(lexicon, phrases)
        for _, phrase in everything:
            for item in lexicon.items(phrase.elements):
                if item[0] in (CLASS, LIST):
                    usage[item] += 1
        weights = _class_weights(lexicon)

        def commonness(item: Item) -> float:
            number = item[1][1] if item[0] == LIST else item[1]
            return usage[item] + weights.get(number, 0.0) + (4.0 if item[0] == LIST else 0.0)

        for symbol, phrase in everything:
            production = compile_phrase(symbol, phrase, lexicon, commonness)
            op, value = production.anchor
            name, number = value if op == LIST else (None, value)
            if name is not None:
                self._by_list[name].append(production)
            if number != NO_CLASS:
                self._by_class[number].append(production)

    def _entry(self, word: str, shape: str, named: bool) -> _Entry:
        """Return the classes of one word and the phrases anchored on it."""
        classes = set(self._classes.by_word.get(word, ()))
        for length in range(3, len(word) + 1):
            classes.update(self._classes.by_prefix.get(word[:length], ()))
        if not classes and not shape:
            other = self._respell.closest(word)
            if other:
                classes.update(self._classes.by_word.get(other, ()))
        if shape:
            classes.update(self._classes.by_shape.get(shape, ()))
        if named:
            classes.update(self._classes.by_shape.get(NAME_SLOT, ()))
        productions = tuple(p for c in sorted(classes) for p in self._by_class.get(c, ()))
        return frozenset(classes), productions

    def find(self, tokens: Tokens, start: int, end: int, question: bool) -> list[Hit]:
        """Return all hits in words *start* to *end* (half-open), in order of levels, then place."""
        return _Search(self, tokens, start, end, question).run()

    def look_up(self, tokens: Tokens, at: int, named: bool) -> _Entry:
        """Return the memoised entry of one word."""
        key = (tokens.words[at], tokens.shapes[at], named)
        entry = self._entries.get(key)
        if entry is None:
            if len(self._entries) > _MAX_ENTRIES:
                self._entries.clear()
            entry = self._entries[key] = self._entry(*key)
        return entry

    def by_list(self, name: str) -> Sequence[Production]:
        """Return the phrases anchored on a list."""
        return self._by_list.get(name, ())


_MAX_ENTRIES = 50_000  # words remembered; a bound on memory, reached by no ordinary use


def _all_phrases(lexicon: Lexicon, phrases: Mapping[str, Iterable[Phrase]]) -> list[tuple[str, Phrase]]:
    """Return every phrase with its symbol: those given, and the entries of all lists that they lead to."""
    everything = [(symbol, phrase) for symbol, many in phrases.items() for phrase in many]
    for _, phrase in everything:
        lexicon.items(phrase.elements)  # names the choices within
    done: set[str] = set()
    while waiting := [name for name in lexicon.lists if name not in done]:
        for name in waiting:
            done.add(name)
            if lexicon.is_compound(name):
                groups = lexicon.word_groups(name)
                everything += [("@" + name, entry) for entry in groups]
                for entry in groups:
                    lexicon.items(entry.elements)
    return everything


def _class_weights(lexicon: Lexicon) -> dict[int, float]:
    """Guess how common each word class is: short words and large classes are met most."""
    weights: dict[int, float] = {}
    for members, number in lexicon.classes.numbers.items():
        weights[number] = sum(
            12.0 if len(m) <= 2 else 6.0 if len(m) == 3 else 2.5 if len(m) == 4 else 1.0 for m in members
        )
    return weights


class _Search:
    """One search in one sentence."""

    def __init__(self, index: PhraseIndex, tokens: Tokens, start: int, end: int, question: bool) -> None:
        self.index = index
        self.start, self.end, self.question = start, end, question
        self.words, self.breaks = tokens.words, tokens.breaks
        capitals = tokens.capitals
        entries = [index.look_up(tokens, i, capitals[i] and i > start) for i in range(start, end)]
        self.classes = [entry[0] for entry in entries]
        self.entries = entries
        self.present: frozenset[int] = frozenset().union(*self.classes)
        self.ends_of: dict[str, dict[int, set[int]]] = {}
        self.starts_of: dict[str, dict[int, set[int]]] = {}

    def run(self) -> list[Hit]:
        levels: list[list[tuple[Production, int, int]]] = [[] for _ in self.index.lists_by_level]
        nothing: frozenset[int] = frozenset()
        previous = nothing
        for i, (classes, productions) in enumerate(self.entries):
            following = self.classes[i + 1] if i + 1 < len(self.classes) else nothing
            for production in productions:
                # Most phrases fail at the word beside their anchor; seen here, that costs next to nothing.
                after, before = production.next_class, production.previous_class
                if (after < 0 or after in following) and (before < 0 or before in previous):
                    levels[production.level].append((production, i, i + 1))
            previous = classes
        found: dict[Hit, None] = {}
        for complete, level in zip(self.index.lists_by_level, levels, strict=True):
            for production, s, e in level:
                self._try(production, s, e, found)
            # Lists of this level are complete now; phrases that are looked up by them come later.
            for name in complete:
                for production in self.index.by_list(name) if name in self.ends_of else ():
                    for s, ends in self.ends_of[name].items():
                        levels[production.level].extend((production, s, e) for e in ends)
        return list(found)

    def _try(self, production: Production, s: int, e: int, found: dict[Hit, None]) -> None:
        if production.question and not self.question:
            return
        for name, number in production.needs:
            if name not in self.ends_of and number not in self.present:
                return
        ends: set[int] = self._forward(production.after, {e}) if production.after else {e}
        if not ends:
            return
        starts: set[int] = self._backward(production.before, {s}) if production.before else {s}
        if not starts:
            return
        symbol = production.symbol
        if symbol[0] == "@":
            self._record(symbol[1:], starts, ends)
        else:
            found[
                Hit(symbol, self.start + min(starts), self.start + min(ends), self.start + s, production.phrase.text)
            ] = None

    def _record(self, name: str, starts: set[int], ends: set[int]) -> None:
        by_start = self.ends_of.setdefault(name, {})
        by_end = self.starts_of.setdefault(name, {})
        for s in starts:
            by_start.setdefault(s, set()).update(ends)
        for e in ends:
            by_end.setdefault(e, set()).update(starts)

    def _forward(self, items: Sequence[Item], places: set[int]) -> set[int]:
        count = len(self.classes)
        for op, value in items:
            if op == CLASS:
                places = {p + 1 for p in places if p < count and value in self.classes[p]}
            elif op == LIST:
                places = self._through_list(value, places, self.ends_of, 1)
            elif op == GAP:
                places = {q for p in places for q in range(p, min(p + value, count) + 1)}
            elif op == OPTIONAL:
                reached = set(places)
                for option in value:
                    reached |= self._forward(option, places)
                places = reached
            else:
                places = {p for p in places if (self._begins(p) if op == BEGIN else self._finishes(p))}
            if not places:
                return places
        return places

    def _backward(self, items: Sequence[Item], places: set[int]) -> set[int]:
        for op, value in items:
            if op == CLASS:
                places = {p - 1 for p in places if p > 0 and value in self.classes[p - 1]}
            elif op == LIST:
                places = self._through_list(value, places, self.starts_of, -1)
            elif op == GAP:
                places = {q for p in places for q in range(max(p - value, 0), p + 1)}
            elif op == OPTIONAL:
                reached = set(places)
                for option in value:
                    reached |= self._backward(option[::-1], places)
                places = reached
            else:
                places = {p for p in places if (self._begins(p) if op == BEGIN else self._finishes(p))}
            if not places:
                return places
        return places

    def _through_list(
        self, value: tuple[str, int], places: set[int], known: dict[str, dict[int, set[int]]], step: int
    ) -> set[int]:
        """Return where one goes from *places* through an entry of a list, forward or backward."""
        name, number = value
        groups = known.get(name)
        reached: set[int] = set()
        for p in places:
            if groups is not None and p in groups:
                reached |= groups[p]
            at = p if step > 0 else p - 1
            if 0 <= at < len(self.classes) and number in self.classes[at]:
                reached.add(p + step)
        return reached

    def _begins(self, p: int) -> bool:
        if p == 0:
            return True
        at = self.start + p
        return at < self.end and (self.breaks[at] > 0 or self.words[at - 1] in self.index.leads)

    def _finishes(self, p: int) -> bool:
        at = self.start + p
        return at >= self.end or self.breaks[at] > 0


def unusable_phrases(lexicon: Lexicon, phrases: Iterable[Phrase]) -> list[tuple[Phrase, PhraseError]]:
    """Return the phrases that cannot be compiled with *lexicon*, each with its error."""
    wrong = []
    for phrase in phrases:
        try:
            compile_phrase("?", phrase, lexicon, lambda _: 1.0)
        except PhraseError as error:
            wrong.append((phrase, error))
    return wrong
