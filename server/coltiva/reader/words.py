"""Word vectors: where each word lies among all others, learnt from far more text than anybody could label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

OPENING, COMMA, CLOSING, QUESTION = "^", ",", "$", "$?"
# What stands for an address, an amount and so on, whatever it says; then the edges of a sentence and the clause break.
SIGNS = ("placeholder", "email", "url", "clock", "amount", "number", COMMA, OPENING, CLOSING, QUESTION)
INSIDE = "+"  # marks a piece that stands inside words, as in “+ation”
_KEPT_ROWS = 8_192  # words of which vectors are at hand; a bound on memory
_LONGEST_PIECE = 16  # letters


@dataclass(frozen=True, slots=True)
class WordList:
    """Words with their vectors as whole numbers.

    Attributes:
        places: word → its row.
        rows: one row of whole numbers from -127 to 127 for each word.
        scale: what each column is multiplied by.
    """

    places: Mapping[str, int]
    rows: NDArray[np.int8]
    scale: Vectors

    def vector(self, word: str) -> Vectors | None:
        """Return the vector of *word*; None where it is not listed."""
        place = self.places.get(word)
        if place is None:
            return None
        vector: Vectors = self.rows[place] * self.scale
        return vector


def load_words(file: Path) -> WordList:
    """Return the word list stored in *file*; OSError, ValueError or KeyError where it is missing or broken."""
    with np.load(file, allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode("utf-8").split("\n")
        rows, scale = stored["rows"], stored["scale"].astype(np.float32)
    if rows.shape != (len(words), len(scale)):
        raise ValueError(f"expected {len(words)} rows of {len(scale)} numbers; got {rows.shape}")
    return WordList({word: i for i, word in enumerate(words)}, rows, scale)


class WordVectors:
    """Looks words up in a language's own list, then among the pieces that all languages share.

    Args:
        own: the words that the language's labelled messages hold.
        shared: words and pieces of words of all languages.
        signs: one vector for each of ``SIGNS``.
        accent: what is added to every vector so that one network can tell the languages apart.
    """

    def __init__(self, own: WordList, shared: WordList, signs: Vectors, accent: Vectors) -> None:
        self._own, self._shared, self._accent = own, shared, accent
        self._signs: dict[str, Vectors] = dict(zip(SIGNS, signs + accent, strict=True))
        self._rows: dict[str, int] = {}
        self._matrix = np.zeros((_KEPT_ROWS, len(accent)), np.float32)

    def matrix(self, words: Sequence[str]) -> Vectors:
        """Return one row for each of *words*, in order; signs are given as themselves between angle brackets."""
        places = [self._rows.get(word, -1) for word in words]
        if -1 in places:
            if len(self._rows) + len(words) > _KEPT_ROWS:
                self._rows.clear()
                if len(set(words)) > _KEPT_ROWS:
                    return np.array([self._vector(word) for word in words], np.float32)
            places = [self._place(word) for word in words]
        rows: Vectors = self._matrix[places]
        return rows

    def _place(self, word: str) -> int:
        place = self._rows.get(word)
        if place is None:
            place = self._rows[word] = len(self._rows)
            self._matrix[place] = self._vector(word)
        return place

    def _vector(self, word: str) -> Vectors:
        if word[0] == "<":
            return self._signs[word[1:-1]]
        known = self._own.vector(word)
        if known is None:
            known = self._shared.vector(word)
        if known is None:
            known = self._composed(word)
        return known + self._accent

    def _composed(self, word: str) -> Vectors:
        """Return the mean of the pieces that make up a word that is in no list; nothing where there are none."""
        total = np.zeros_like(self._accent)
        places = list(self._pieces(word))
        for place in places:
            total += self._shared.rows[place] * self._shared.scale
        return total / np.float32(max(1, len(places)))

    def _pieces(self, word: str) -> Iterator[int]:
        """Yield the rows of the longest pieces that make up *word*, from its start; what is in none is passed over."""
        start, sign = 0, ""
        while start < len(word):
            for end in range(min(len(word), start + _LONGEST_PIECE), start, -1):
                place = self._shared.places.get(sign + word[start:end])
                if place is not None:
                    yield place
                    break
            start, sign = end, INSIDE
