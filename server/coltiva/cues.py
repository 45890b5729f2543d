"""Phrases found as whole words in folded text; most texts are told to hold none by a look at their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coltiva.tokens import fold

_WORD = re.compile(r"[\w\u0300-\u036f]+")


class Cues:
    """Looks for any of *phrases* in folded words joined by spaces; finds nothing where there are none."""

    def __init__(self, phrases: Sequence[str]) -> None:
        folded = sorted((" ".join(folded_words(phrase)) for phrase in phrases), key=len, reverse=True)
        choice = "|".join(re.escape(words) for words in folded) or r"(?!)"
        self._inside = re.compile(rf"(?:^|(?<= ))(?:{choice})(?= |$)")
        self._opening = re.compile(rf"(?:{choice})(?= |$)")
        self._ending = re.compile(rf"(?:^|(?<= ))(?:{choice})\Z")
        # By its longest word, the one least likely to stand in other texts.
        self._by_word: dict[str, list[str]] = {}
        for words in filter(None, folded):
            self._by_word.setdefault(max(words.split(), key=len), []).append(f" {words} ")

    def stand_in(self, words: str) -> bool:
        """Tell whether a phrase stands anywhere in *words*."""
        met = self._by_word.keys() & words.split(" ")
        return bool(met) and any(phrase in f" {words} " for word in met for phrase in self._by_word[word])

    def open(self, words: str) -> bool:
        """Tell whether *words* begin with a phrase."""
        return self._opening.match(words) is not None

    def opening(self, words: str) -> str:
        """Return the phrase that *words* begin with, the longest; empty where there is none."""
        found = self._opening.match(words)
        return found.group() if found else ""

    def end(self, words: str) -> bool:
        """Tell whether *words* end with a phrase."""
        return self._ending.search(words) is not None

    def count(self, words: str) -> int:
        """Return how many phrases stand in *words*, one after the other."""
        return len(self._inside.findall(words)) if self.stand_in(words) else 0


def folded_words(text: str) -> list[str]:
    """Return the words of *text* folded; an apostrophe ends a word, and what is no letter or digit is left out."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [fold(word) for word in _WORD.findall(text)]
