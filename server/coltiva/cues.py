"""Phrases found as whole words in folded text; most texts are told to hold none by a look at their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from coltiva.tokens import fold

_WORD = re.compile(r"[\w\u0300-\u036f]+")
_MOST_KEPT = 2_048  # texts of which it is remembered what stands in them; a bound on memory


class Cues:
    """Looks for any of *phrases* in folded words joined by spaces; finds nothing where there are none."""

    def __init__(self, phrases: Sequence[str]) -> None:
        folded = {" ".join(folded_words(phrase)) for phrase in phrases} - {""}
        # By its first, its last, and its longest word, which is the one least likely to stand in other texts.
        self._by_first: dict[str, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}
        self.by_longest: dict[str, list[str]] = {}
        for phrase in sorted(folded, key=len, reverse=True):
            words = phrase.split()
            self._by_first.setdefault(words[0], []).append(phrase)
            self._by_last.setdefault(words[-1], []).append(f" {phrase}")
            self.by_longest.setdefault(max(words, key=len), []).append(f" {phrase} ")

    def stand_in(self, words: str) -> bool:
        """Tell whether a phrase stands anywhere in *words*."""
        met = self.by_longest.keys() & words.split(" ")
        return bool(met) and any(phrase in f" {words} " for word in met for phrase in self.by_longest[word])

    def open(self, words: str) -> bool:
        """Tell whether *words* begin with a phrase."""
        return bool(self.opening(words))

    def opening(self, words: str) -> str:
        """Return the phrase that *words* begin with, the longest; empty where there is none."""
        phrases = self._by_first.get(words.partition(" ")[0], ())
        return next((phrase for phrase in phrases if f"{words} ".startswith(f"{phrase} ")), "")

    def end(self, words: str) -> bool:
        """Tell whether *words* end with a phrase."""
        phrases = self._by_last.get(words.rpartition(" ")[2], ())
        return any(f" {words}".endswith(phrase) for phrase in phrases)

    def count(self, words: str) -> int:
        """Return how many phrases stand in *words*, one after the other, the longest where several begin."""
        found, rest = 0, words if self.stand_in(words) else ""
        while rest:
            opening = self.opening(rest)
            found += bool(opening)
            rest = rest[len(opening) + 1 :] if opening else rest.partition(" ")[2]
        return found


class CueTable(Mapping[str, Cues]):
    """Cues by name, which share their look at a text: what stands in it is told once for all of them.

    Args:
        phrases: name → its phrases.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._cues = {name: _OneOfMany(many, name, self) for name, many in phrases.items()}
        self._by_longest: dict[str, list[tuple[str, str]]] = {}
        for name, one in self._cues.items():
            for word, found in one.by_longest.items():
                self._by_longest.setdefault(word, []).extend((phrase, name) for phrase in found)
        self.standing = lru_cache(_MOST_KEPT)(self._standing)

    def _standing(self, words: str) -> frozenset[str]:
        """Return the names of the cues of which a phrase stands anywhere in *words*."""
        text, met = f" {words} ", self._by_longest.keys() & words.split(" ")
        return frozenset(name for word in met for phrase, name in self._by_longest[word] if phrase in text)

    def __getitem__(self, name: str) -> Cues:
        return self._cues[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cues)

    def __len__(self) -> int:
        return len(self._cues)


class _OneOfMany(Cues):
    """The cues of one name in a *table*."""

    def __init__(self, phrases: Sequence[str], name: str, table: CueTable) -> None:
        super().__init__(phrases)
        self._name, self._table = name, table

    def stand_in(self, words: str) -> bool:
        return self._name in self._table.standing(words)


def folded_words(text: str) -> list[str]:
    """Return the words of *text* folded; an apostrophe ends a word, and what is no letter or digit is left out."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [fold(word) for word in _WORD.findall(text)]
