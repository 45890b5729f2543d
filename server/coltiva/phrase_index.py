"""All phrases of a language in one index: which are worth trying at which word.

A phrase is tried only where its rarest word (its anchor) occurs. Lists are matched bottom-up, so
that ``@request ...5 @introduce`` costs nothing unless both lists have matched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from coltiva.errors import PhraseError
from coltiva.phrase_compiler import CLASS, LIST, NAME_SLOT, Item, Lexicon, compile_phrase
from coltiva.phrase_language import Phrase
from coltiva.phrase_search import Hit, Known, Search
from coltiva.phrase_trials import Entry, Neighbours, Trials
from coltiva.tokens import Tokens
from coltiva.typos import Respeller

_LEADS = "clause_lead"


class PhraseIndex:
    """Finds every phrase of a language in a sentence.

    Args:
        lexicon: the language's lists and forms.
        phrases: symbol → its phrases; symbols that start with ``@`` are the lexicon's lists and are added here.
        spelled_right: words that are no misspelling of a word of these phrases, besides the phrases' own.
    """

    def __init__(
        self, lexicon: Lexicon, phrases: Mapping[str, Iterable[Phrase]], spelled_right: Container[str] = frozenset()
    ) -> None:
        self._spelled_right = spelled_right
        self._classes = lexicon.classes
        self._trials = Trials()
        self._entries: dict[tuple[str, str, bool], Entry] = {}
        self._add(lexicon, phrases)
        self._pairs: dict[tuple[Entry, Entry], Neighbours] = {}
        self._known = self._searched(lexicon)
        self._respell = Respeller(self._classes.by_word)

    @property
    def words(self) -> Container[str]:
        """The single words of all phrases, folded."""
        return self._classes.by_word

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
            self._trials.add(compile_phrase(symbol, phrase, lexicon, commonness))

    def _searched(self, lexicon: Lexicon) -> Known:
        """Return what hangs on the lists that have more than single words."""
        trials, levels = self._trials, lexicon.compounds_by_level()
        trials.rank(levels)
        matched = {name: trials.closed([name]) for names in levels for name in names}
        anchored = {name: trials.anchored(those) for name, those in matched.items()}
        mark_bytes = -(-trials.marks.count() // 8)
        return Known(matched, anchored, len(levels), mark_bytes, lexicon.members_of_list(_LEADS))

    def _entry(self, word: str, shape: str, named: bool) -> Entry:
        """Return the classes of one word and the phrases anchored on it."""
        classes = set(self._classes.by_word.get(word, ()))
        for length in range(3, len(word) + 1):
            classes.update(self._classes.by_prefix.get(word[:length], ()))
        if not classes and not shape and word not in self._spelled_right:
            other = self._respell.closest(word)
            if other:
                classes.update(self._classes.by_word.get(other, ()))
        if shape:
            classes.update(self._classes.by_shape.get(shape, ()))
        if named:
            classes.update(self._classes.by_shape.get(NAME_SLOT, ()))
        return self._trials.entry(frozenset(classes)) if classes else _UNKNOWN

    def find(self, tokens: Tokens, start: int, end: int, question: bool) -> list[Hit]:
        """Return all hits in words *start* to *end* (half-open), in order of levels, then place."""
        known = self._entries
        named = (False, *tokens.capitals[start + 1 : end])
        keys = zip(tokens.words[start:end], tokens.shapes[start:end], named, strict=True)
        entries = [known.get(key) or self._remember(key) for key in keys]
        pairs = zip(entries, [*entries[1:], _UNKNOWN], strict=True)
        beside = [self._pairs.get(pair) or self._remember_pair(pair) for pair in pairs]
        return Search(self._known, entries, beside, tokens, start, question).run()

    def _remember(self, key: tuple[str, str, bool]) -> Entry:
        """Make the entry of a word that has not been met."""
        if len(self._entries) > _MAX_ENTRIES:
            self._entries.clear()
        entry = self._entries[key] = self._entry(*key)
        return entry

    def _remember_pair(self, pair: tuple[Entry, Entry]) -> Neighbours:
        """Work out what two words in a row are worth that have not been met so."""
        if len(self._pairs) > _MAX_ENTRIES:
            self._pairs.clear()
        found = self._pairs[pair] = self._trials.neighbours(*pair)
        return found


_MAX_ENTRIES = 50_000  # words remembered, and pairs of words; a bound on memory, reached by no ordinary use
_UNKNOWN = Trials().entry(frozenset())  # what all words are that stand in no phrase


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


def unusable_phrases(lexicon: Lexicon, phrases: Iterable[Phrase]) -> list[tuple[Phrase, PhraseError]]:
    """Return the phrases that cannot be compiled with *lexicon*, each with its error."""
    wrong = []
    for phrase in phrases:
        try:
            compile_phrase("?", phrase, lexicon, lambda _: 1.0)
        except PhraseError as error:
            wrong.append((phrase, error))
    return wrong
