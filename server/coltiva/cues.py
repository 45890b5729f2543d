"""Phrases found as whole words in folded text; most texts are told to hold none by a look at their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coltiva.tokens import fold

_WORD = re.compile(r"[\w\u0300-\u036f]+")


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


class CueTable:
    """Tells which of several named *cues* stand in a text, by one look at its words."""

    def __init__(self, cues: Mapping[str, Cues]) -> None:
        self._by_longest: dict[str, list[tuple[str, str]]] = {}
        for name, one in cues.items():
            for word, phrases in one.by_longest.items():
                self._by_longest.setdefault(word, []).extend((phrase, name) for phrase in phrases)

    def standing(self, words: str) -> set[str]:
        """Return the names of the cues of which a phrase stands anywhere in *words*."""
        text, met = f" {words} ", self._by_longest.keys() & words.split(" ")
        return {name for word in met for phrase, name in self._by_longest[word] if phrase in text}


def folded_words(text: str) -> list[str]:
    """Return the words of *text* folded; an apostrophe ends a word, and what is no letter or digit is left out."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [fold(word) for word in _WORD.findall(text)]
