"""The weights of single words, of stems, of two words in a row and of stems near each other, looked up many at once.

A feature is one whole number, put together from the numbers of its words; all features of a message are looked up at
once, in a table where each can be in two places only. One by one in dictionaries they would take four times as long.
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
_FEATURE = (1 << _ABOVE) - 1
_BESIDE = np.arange(1, REACH + 1)
_MIXING = np.array([[-7046029254386353131], [-4417276706812531889]])  # odd, of no pattern: scatters the features
_ROOM = 1.25  # places for each feature in either half of the table; with less than one there is no way to place all
_MOST_ROUNDS = 200  # of placing features; most tables are done after thirty

_Numbers = NDArray[np.int64]


class _Table:
    """Weights by the numbers of their features; each feature is in one of two places, one in each half."""

    def __init__(self, keys: _Numbers, weights: NDArray[np.float64]) -> None:
        # Few weights differ: they are whole numbers by a scale. The last place is that of what is not in the table.
        self._weights, which = np.unique(np.append(weights, 0.0), return_inverse=True)
        self._half = 1 + int(len(keys) * _ROOM)
        while (holders := _placed(self._choices(keys), 2 * self._half)) is None:
            self._half += 1 + self._half // 16
        self._keys = np.append(keys, -1)[np.append(holders, -1)]
        self._which = which.astype(np.min_scalar_type(len(self._weights)))[np.append(holders, -1)]

    def places(self, keys: _Numbers) -> _Numbers:
        """Return where each feature is; -1 where it is not in the table."""
        one, other = self._choices(keys)
        places = np.where(self._keys[one] == keys, one, other)
        return np.where(self._keys[places] == keys, places, -1)

    def weights(self, places: _Numbers) -> NDArray[np.float64]:
        """Return the weights in *places*; none for -1."""
        found: NDArray[np.float64] = self._weights[self._which[places]]
        return found

    def _choices(self, keys: _Numbers) -> _Numbers:
        """Return the two places where each feature may be."""
        choices: _Numbers = (keys * _MIXING >> 32 & 0xFFFFFFFF) * self._half >> 32
        choices[1] += self._half
        return choices


def _placed(choices: _Numbers, count: int) -> _Numbers | None:
    """Return for each of *count* places the number of what is put there, or -1; None where no way is found.

    Args:
        choices: the two places where each may be put; who is put out by another goes to its other place.
    """
    holders = np.full(count, -1)
    taken = np.zeros(choices.shape[1], np.intp)
    homeless = np.arange(choices.shape[1])
    for _ in range(_MOST_ROUNDS):
        if not len(homeless):
            return holders
        places = choices[taken[homeless], homeless]
        before = holders[places]
        holders[places] = homeless
        beaten = homeless[holders[places] != homeless]
        homeless = np.concatenate([beaten, np.unique(before[before >= 0])])
        taken[homeless] ^= 1
    return None


def stem_of(word: str) -> str:
    """Return what stands for a word in pairs: the beginning of a long one, else the word itself."""
    return word[:_STEM] if len(word) > _STEM + 1 else word


class FeatureWeights:
    """The weights of one language's features of words.

    Args:
        weights: feature → weight, as ``linear.features`` names them; what is none of words is left out.
        scale: what all weights are divided by.
    """

    def __init__(self, weights: Mapping[str, float], scale: float = 1.0) -> None:
        numbers: defaultdict[str, int] = defaultdict(count(1).__next__)  # of words and stems
        keys = np.fromiter(_keys(weights, numbers), np.int64, len(weights))
        self._numbers = dict(numbers)
        self._table = _Table(keys, np.array([*weights.values()], np.float64) / scale)
        self._known: dict[str, int] = {}

    def totals(self, rows: Sequence[Row]) -> list[float]:
        """Return what the words of each row add up to; a feature met twice in a row counts once."""
        features = np.concatenate(self._features(rows))
        places = self._table.places(features & _FEATURE)
        # The row's number, and below it the place in the table instead of the feature.
        met = (features + (places - (features & _FEATURE)))[places >= 0]
        met.sort()
        found = self._table.weights(met & _FEATURE)
        found[1:] *= met[1:] != met[:-1]
        totals: list[float] = np.bincount(met >> _ABOVE, found, len(rows)).tolist()
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
        found = self._table.weights(self._table.places(keys))
        shares: list[float] = np.bincount(by_feature[first], found, length).tolist()
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
