"""The linear half of the second reader: weights of words, pairs of words and rule hits.

It knows the phrasings it has learnt from to the letter; ``network`` knows words that it never met there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from coltiva.reader.feature_weights import NEXT, PAIR, REACH, STEMMED, FeatureWeights, stem_of
from coltiva.reader.rows import Row, row_of
from coltiva.tokens import Tokens

QUESTION, RULE, HINT = "?", "rule", "hint"


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the weights say of one sentence.

    Attributes:
        total: the logit of "this sentence asks".
        row, marks: what was weighed, so that kinds and shares can be worked out where they are asked for.
    """

    total: float
    row: Row
    marks: Sequence[str]


def features(tokens: Tokens, first: int, last: int, question: bool) -> Iterator[str]:
    """Yield every feature of the words *first* to *last* (half-open).

    A feature is a word, the stem of a long one, two words in a row, or two stems at most four words apart.
    """
    row = row_of(tokens, first, last, question)
    if question:
        yield QUESTION
    yield from _near_features(row)
    stems = [stem_of(word) for word in row]
    for i, stem in enumerate(stems):
        for other in stems[i + 1 : i + 1 + REACH]:
            yield stem + PAIR + other


def _near_features(row: Row) -> Iterator[str]:
    """Yield the features of a row that are no pairs of stems."""
    following = ""
    for word in reversed(row):
        yield word
        stem = stem_of(word)
        if stem != word:
            yield STEMMED + stem
        if following:
            yield word + NEXT + following
        following = word


def is_pair(feature: str) -> bool:
    """Tell whether *feature* is a pair of stems; they tell an ask from other talk, but not one kind from another."""
    return PAIR in feature


def marks_of(question: bool, kinds: Sequence[tuple[str, bool]]) -> list[str]:
    """Return the features of a sentence that are none of its words."""
    return [*([QUESTION] if question else ()), *(hit_features(kinds) if kinds else ())]


def hit_features(kinds: Iterable[tuple[str, bool]]) -> list[str]:
    """Return the features of rule hits, each given as its kind and whether it is only a hint."""
    found = {(HINT if hint else RULE, kind) for kind, hint in kinds}
    return sorted({f"{sort}:{kind}" for sort, kind in found} | {f"{sort}:" for sort, _ in found})


def probability(total: float) -> float:
    """Return the probability that a logit stands for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


class LinearModel:
    """One language's weights.

    Args:
        asks: feature → weight for "this sentence asks"; its bias is the weight of the empty feature.
        kinds: feature → one weight for each of *names*.
        scale: what all weights are divided by.
    """

    def __init__(
        self,
        asks: Mapping[str, float],
        kinds: Mapping[str, Sequence[float]],
        names: Sequence[str],
        scale: float = 1.0,
    ) -> None:
        self.names = tuple(names)
        marks = {f for f in asks if not f or f == QUESTION or f.startswith((f"{RULE}:", f"{HINT}:"))}
        self._marks = {mark: asks[mark] / scale for mark in marks}
        self._words = FeatureWeights({f: w for f, w in asks.items() if f not in marks}, scale)
        self._kind_rows = {feature: i for i, feature in enumerate(kinds)}
        self._kinds = np.array([*kinds.values()], np.float64).reshape(len(kinds), len(self.names)) / scale

    def weigh(self, rows: Sequence[Row], marks: Sequence[Sequence[str]]) -> list[Weighing]:
        """Weigh sentences, each in the light of its *marks*: the features of the rules that hit there, the question."""
        known, bias = self._marks, self._marks.get("", 0.0)
        return [
            Weighing(bias + total + sum([known.get(mark, 0.0) for mark in those]), row, those)
            for row, those, total in zip(rows, marks, self._words.totals(rows) if rows else (), strict=True)
        ]

    def kinds(self, weighing: Weighing) -> list[float]:
        """Return one logit for each of ``names``; a kind that nothing speaks for has its bias."""
        rows = self._kind_rows
        present = {*_near_features(weighing.row), *weighing.marks, ""}
        places = np.array(sorted([rows[feature] for feature in present if feature in rows]), np.intp)
        totals: list[float] = self._kinds[places].sum(0).tolist()
        return totals

    def shares(self, row: Row) -> list[float]:
        """Return what each word of a row adds to the sum; edges and breaks add to the word beside them."""
        return self._words.shares(row)


class _Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A model as it is stored: its weights are whole numbers by a scale."""

    scale: float
    names: list[str]
    asks: dict[str, int]
    kinds: dict[str, list[int]]


def load_linear(file: Path) -> LinearModel:
    """Return the model stored in *file*; OSError or ValueError where it is missing or broken."""
    stored = msgspec.json.decode(file.read_bytes(), type=_Stored)
    return LinearModel(stored.asks, stored.kinds, stored.names, stored.scale)
