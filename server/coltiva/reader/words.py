"""Word vectors: where each word lies among all others, learnt from far more text than anybody could label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coltiva.reader.rows import SIGNS
from coltiva.reader.weights import read_weights

Vectors = NDArray[np.float32]

INSIDE = "+"  # marks a piece that stands inside words, as in “+ation”
_LONGEST_PIECE = 16  # letters
_MOST_KEPT = 1_024  # words that were looked for elsewhere; a bound on memory


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
    stored = read_weights(file)
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
        # A word that the language's own list lacks is asked for by three networks in a row.
        self._elsewhere = lru_cache(_MOST_KEPT)(self._look_elsewhere)

    def matrix(self, words: Sequence[str]) -> Vectors:
        """Return one row for each of *words*, in order; signs are given as themselves."""
        return np.array([self._vector(word) for word in words], np.float32).reshape(len(words), len(self._accent))

    def total(self, words: Sequence[str]) -> Vectors:
        """Return the sum of the vectors of *words*, which are no signs, without the language's accent."""
        total: Vectors = self.totals([words])[0]
        return total

    def totals(self, parts: Sequence[Sequence[str]]) -> Vectors:
        """Return one row for each of *parts*, the same sum of its words."""
        words = list(chain.from_iterable(parts))
        places = list(map(self._own.places.get, words, repeat(-1)))
        vectors = self._own.rows.take(np.array(places, np.intp), axis=0) * self._own.scale
        for i in [i for i, place in enumerate(places) if place < 0]:
            vectors[i] = self._elsewhere(words[i])
        is_in = np.eye(len(parts), dtype=np.float32).repeat([len(part) for part in parts], axis=1)
        totals: Vectors = is_in @ vectors
        return totals

    def _vector(self, word: str) -> Vectors:
        sign = self._signs.get(word)
        if sign is not None:
            return sign
        known = self._own.vector(word)
        return (self._elsewhere(word) if known is None else known) + self._accent

    def _look_elsewhere(self, word: str) -> Vectors:
        """Return the vector that all languages share for a word, else the mean of its pieces; nothing without any."""
        known = self._shared.vector(word)
        if known is not None:
            return known
        places = list(self._pieces(word))
        if not places:
            return np.zeros_like(self._accent)
        composed: Vectors = self._shared.rows[places].sum(0, np.float32) * self._shared.scale / np.float32(len(places))
        return composed

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
