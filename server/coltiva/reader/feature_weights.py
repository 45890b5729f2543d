"""The weights of single words, of stems, of two words in a row and of stems near each other, looked up many at once.

A feature is one whole number, put together from the numbers of its words; all features of a message are found by one
search in a sorted table. One by one in dictionaries they would take four times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from coltiva.reader.rows import EDGES, Row

REACH = 4  # words from one word of a pair to the other, at most (measured: 2 is worse, 6 no better)
_STEM = 5  # letters; what longer words share (introduce, introduction)
STEMMED, NEXT, PAIR = "~", " ", "\t"
_MAX_KNOWN = 50_000  # words remembered; a bound on memory, reached by no ordinary use
# A feature's number holds those of its words, its sort above them, and the number of the row that it is met in.
_BITS = 18  # of the number of a word
_STEMMED, _NEXT, _PAIRED = (sort << 2 * _BITS for sort in (1, 2, 3))
_ABOVE = 2 * _BITS + 2
_BESIDE = np.arange(1, REACH + 1)

_Numbers = NDArray[np.int64]


def stem_of(word: str) -> str:
    """Return what stands for a word in pairs: the beginning of a long one, else the word itself."""
    return word[:_STEM] if len(word) > _STEM + 1 else word


class FeatureWeights:
    """The weights of one language's features of words.

    Args:
        weights: feature → weight, as ``linear.features`` names them; what is none of words is left out.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        numbers: defaultdict[str, int] = defaultdict(count(1).__next__)  # of words and stems
        keys = np.fromiter(_keys(weights, numbers), np.int64, len(weights))
        self._numbers = dict(numbers)
        order = keys.argsort()
        # The last one is greater than all; a search for anything ends before it.
        self._keys = np.append(keys[order], np.iinfo(np.int64).max)
        self._weights = np.append(np.array([*weights.values()], np.float64)[order], 0.0)
        self._known: dict[str, int] = {}

    def totals(self, rows: Sequence[Row]) -> list[float]:
        """Return what the words of each row add up to; a feature met twice in a row counts once."""
        keys = np.concatenate(self._features(rows))
        keys.sort()
        found = self._look_up(keys & (1 << _ABOVE) - 1)
        found[1:] *= keys[1:] != keys[:-1]
        totals: list[float] = np.bincount(keys >> _ABOVE, found, len(rows)).tolist()
        return totals

    def shares(self, row: Row) -> list[float]:
        """Return what each word of a row adds; edges and breaks add to the word beside them."""
        features = self._features([row])
        keys, first = np.unique(np.concatenate(features), return_index=True)
        is_word = np.array([word not in EDGES for word in row] + [False] * REACH)
        before = is_word.cumsum()
        length = max(1, before[-1])
        # A word stands at the place of those before it, a sign at that of the next word or, at the end, of the last.
        places = np.minimum(before - is_word, length - 1)
        by_feature = np.concatenate([places, places, places[:-1], places[:-REACH].repeat(REACH)])
        shares: list[float] = np.bincount(by_feature[first], self._look_up(keys), length).tolist()
        return shares

    def _features(self, rows: Sequence[Row]) -> list[_Numbers]:
        """Return the features of all *rows* sort by sort and word by word, with the number of the row above them."""
        known, apart = self._known, [0] * REACH
        packed: list[int] = []
        for row in rows:
            packed += [known[word] if word in known else self._remember(word) for word in row]
            packed += apart  # nothing goes on from one row into the next
        numbers = np.array(packed, np.int64)
        words, stems, longer = (numbers >> shift & (1 << _BITS) - 1 for shift in (0, _BITS, 2 * _BITS))
        above = np.arange(len(rows)).repeat([len(row) + REACH for row in rows]) << _ABOVE
        firsts = above[:-REACH] + _PAIRED + (stems[:-REACH] << _BITS)
        near = stems[np.arange(len(firsts))[:, None] + _BESIDE]
        return [
            above + words,
            above + _STEMMED + longer,
            above[:-1] + _NEXT + (words[:-1] << _BITS) + words[1:],
            (firsts[:, None] + near).ravel(),
        ]

    def _look_up(self, features: _Numbers) -> NDArray[np.float64]:
        at = self._keys.searchsorted(features)
        found: NDArray[np.float64] = self._weights[at] * (self._keys[at] == features)
        return found

    def _remember(self, word: str) -> int:
        """Return the numbers of a word, of its stem, and of its stem again where the word is long, in one."""
        if len(self._known) > _MAX_KNOWN:
            self._known.clear()
        stem = stem_of(word)
        number, of_stem = self._numbers.get(word, 0), self._numbers.get(stem, 0)
        packed = number + (of_stem << _BITS) + (of_stem << 2 * _BITS if stem != word else 0)
        self._known[word] = packed
        return packed


def _keys(features: Iterable[str], numbers: Mapping[str, int]) -> Iterator[int]:
    """Yield the number of each feature; *numbers* makes one for each word that is new."""
    for feature in features:
        if PAIR in feature:
            one, _, other = feature.partition(PAIR)
            yield _PAIRED + (numbers[one] << _BITS) + numbers[other]
        elif NEXT in feature:
            one, _, other = feature.partition(NEXT)
            yield _NEXT + (numbers[one] << _BITS) + numbers[other]
        else:
            yield _STEMMED + numbers[feature[1:]] if feature.startswith(STEMMED) else numbers[feature]
