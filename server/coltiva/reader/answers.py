"""What the network's filters answer at every word of some sentences, put together from what each word adds.

A filter sees five words at once, and its answer is a sum over them. What a word adds from each of the five places is
always the same, so it is worked out once for each word; after that a sentence takes a look-up and a few additions.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from coltiva.reader.network import SIDE, WIDTH, Answers, Encoder
from coltiva.reader.rows import Row
from coltiva.reader.words import Vectors, WordVectors

_NOBODY = ""  # stands between sentences and adds nothing
_FEWEST_ROWS, _MOST_KEPT = 512, 6_144  # words of which the parts are at hand; a bound on memory


@dataclass(frozen=True, slots=True)
class _Kept:
    """What words add, by word; rows that a word stands for never change, so threads may read while one adds.

    Attributes:
        places: word → its row.
        parts: (places in the window, rows, filters); there are more rows than words.
    """

    places: dict[str, int]
    parts: Vectors


class FilterAnswers:
    """Looks up what each word of one language adds to the filters' answers; remembers words."""

    def __init__(self, vectors: WordVectors, encoder: Encoder) -> None:
        self._vectors = vectors
        by_word = encoder.filters[:-1]
        self._filters, self._bias = by_word.reshape(WIDTH, len(by_word) // WIDTH, -1), encoder.filters[-1]
        self._kept = self._nothing_kept()
        self._lock = threading.Lock()

    def of(self, rows: Sequence[Row]) -> Answers:
        """Return the answers at every word of *rows*."""
        words, places = [_NOBODY] * SIDE, []
        for row in rows:
            start = len(words) - SIDE
            places.append((start, start + len(row)))
            words += row
            words += [_NOBODY] * SIDE
        parts, at = self._look_up(words)
        count = len(words) - 2 * SIDE
        values = parts[0].take(at[:count], axis=0)
        for i in range(1, WIDTH):
            values += parts[i].take(at[i : i + count], axis=0)
        values += self._bias
        return Answers(np.maximum(values, 0, out=values), places)

    def _look_up(self, words: Sequence[str]) -> tuple[Vectors, np.ndarray]:
        """Return the parts of all words at hand, and where among them those of *words* are."""
        kept = self._kept
        at = list(map(kept.places.get, words, repeat(-1)))
        if -1 in at:
            with self._lock:
                kept = self._with([word for word, place in zip(words, at, strict=True) if place < 0], words)
            at = [kept.places[word] for word in words]
        return kept.parts, np.array(at)

    def _with(self, missing: Sequence[str], words: Sequence[str]) -> _Kept:
        """Work out what the *missing* ones of *words* add, and return what is kept then."""
        kept = self._kept
        new = [word for word in dict.fromkeys(missing) if word not in kept.places]
        if len(kept.places) + len(new) > _MOST_KEPT:
            kept = self._nothing_kept()
            new = [word for word in dict.fromkeys(words) if word not in kept.places]
        start = len(kept.places)
        if start + len(new) > kept.parts.shape[1]:
            more = np.zeros_like(kept.parts, shape=(WIDTH, start + len(new), kept.parts.shape[2]))
            kept = _Kept(dict(kept.places), np.concatenate([kept.parts, more], axis=1))
        kept.parts[:, start : start + len(new)] = self._vectors.matrix(new) @ self._filters
        kept.places.update(zip(new, range(start, start + len(new)), strict=True))
        self._kept = kept
        return kept

    def _nothing_kept(self) -> _Kept:
        return _Kept({_NOBODY: 0}, np.zeros((WIDTH, _FEWEST_ROWS, self._filters.shape[2]), np.float32))
