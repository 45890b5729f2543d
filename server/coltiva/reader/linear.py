"""The linear half of the second reader: weights of words, pairs of words and rule hits.

It knows the phrasings it has learnt from to the letter; ``network`` knows words that it never met there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import NamedTuple

import numpy as np

from coltiva.reader.rows import EDGES, Row, row_of
from coltiva.tokens import Tokens

_REACH = 4  # words from one word of a pair to the other, at most (measured: 2 is worse, 6 no better)
_STEM = 5  # letters; what longer words share (introduce, introduction)
_ALONE, _STEMMED, _NEXT, _PAIR = "", "~", " ", "\t"
_MAX_KNOWN = 50_000  # words remembered; a bound on memory, reached by no ordinary use
QUESTION, RULE, HINT = "?", "rule", "hint"


class _WordWeights(NamedTuple):
    """What the weights say of one word.

    Attributes:
        alone: the weight of the word itself.
        long_stem, stemmed: the stem of a long word with its own weight; else empty and nothing.
        after: the words that may follow, each with the weight of the two in a row.
        stem, near: what stands for the word in pairs, and the stems that may follow soon with the weight of the pair.
    """

    alone: float
    long_stem: str
    stemmed: float
    after: Mapping[str, float]
    stem: str
    near: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the weights say of one sentence.

    Attributes:
        total: the logit of "this sentence asks".
        row, question, marks: what was weighed, so that kinds and shares can be worked out where they are asked for.
    """

    total: float
    row: Row
    question: bool
    marks: Sequence[str]


def _stem(word: str) -> str:
    return word[:_STEM] if len(word) > _STEM + 1 else word


def features(tokens: Tokens, first: int, last: int, question: bool) -> Iterator[str]:
    """Yield every feature of the words *first* to *last* (half-open).

    A feature is a word, the stem of a long one, two words in a row, or two stems at most four words apart.
    """
    row = row_of(tokens, first, last, question)
    yield from _near_features(row, question)
    stems = [_stem(word) for word in row]
    for i, stem in enumerate(stems):
        for other in stems[i + 1 : i + 1 + _REACH]:
            yield stem + _PAIR + other


def _near_features(row: Row, question: bool) -> Iterator[str]:
    """Yield the features of a row that are no pairs of stems."""
    if question:
        yield QUESTION
    following = ""
    for word in reversed(row):
        yield word
        if len(word) > _STEM + 1:
            yield _STEMMED + word[:_STEM]
        if following:
            yield word + _NEXT + following
        following = word


def is_pair(feature: str) -> bool:
    """Tell whether *feature* is a pair of stems; they tell an ask from other talk, but not one kind from another."""
    return _PAIR in feature


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
    """

    def __init__(self, asks: Mapping[str, float], kinds: Mapping[str, Sequence[float]], names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._single = {f: w for f, w in asks.items() if _NEXT not in f and not is_pair(f)}
        # Two-word features by their first word: looking one up then builds no text.
        self._next, self._pairs = _by_first(asks, _NEXT), _by_first(asks, _PAIR)
        self._known: dict[str, _WordWeights] = {}
        self._kind_rows = {feature: i for i, feature in enumerate(kinds)}
        self._kinds = np.array([*kinds.values()], np.float64).reshape(len(kinds), len(self.names))

    def weigh(self, row: Row, question: bool, hits: Sequence[tuple[str, bool]]) -> Weighing:
        """Weigh a sentence in the light of the rules that hit there."""
        single, marks = self._single, hit_features(hits) if hits else ()
        signs = [QUESTION, *marks] if question else marks
        total = single.get("", 0.0) + self._sum(row) + sum([single.get(sign, 0.0) for sign in signs])
        return Weighing(total, row, question, marks)

    def kinds(self, weighing: Weighing) -> list[float]:
        """Return one logit for each of ``names``; a kind that nothing speaks for has its bias."""
        rows = self._kind_rows
        present = {*_near_features(weighing.row, weighing.question), *weighing.marks, ""}
        places = np.array(sorted([rows[feature] for feature in present if feature in rows]), np.intp)
        totals: list[float] = self._kinds[places].sum(0).tolist()
        return totals

    def _sum(self, row: Row) -> float:
        """Return what all words of a row add up to; a feature met twice counts once."""
        seen = self._weights_of(row)
        alone, long_stems, stemmed, after, stems, near = zip(*seen, strict=True)
        pairs: dict[tuple[str, str], float] = {}
        for distance in range(1, _REACH + 1):
            pairs |= _found(stems, near, distance)
        once = (dict(zip(row, alone, strict=True)), dict(zip(long_stems, stemmed, strict=True)), _found(row, after, 1))
        return sum(pairs.values()) + sum([sum(weights.values()) for weights in once])

    def shares(self, row: Row) -> list[float]:
        """Return what each word of a row adds to the sum; edges and breaks add to the word beside them."""
        seen = self._weights_of(row)
        stems = [one.stem for one in seen]
        features: dict[tuple[str, ...], tuple[int, float]] = {}
        last = sum(word not in EDGES for word in row) - 1
        at = 0
        for i, (word, one) in enumerate(zip(row, seen, strict=True)):
            place = min(at, max(0, last))
            features.setdefault((_ALONE, word), (place, one.alone))
            features.setdefault((_STEMMED, one.long_stem), (place, one.stemmed))
            for other in row[i + 1 : i + 2]:
                features.setdefault((_NEXT, word, other), (place, one.after.get(other, 0.0)))
            for other in stems[i + 1 : i + 1 + _REACH]:
                features.setdefault((_PAIR, one.stem, other), (place, one.near.get(other, 0.0)))
            at += word not in EDGES
        shares = [0.0] * max(1, last + 1)
        for place, weight in features.values():
            shares[place] += weight
        return shares

    def _weights_of(self, row: Row) -> list[_WordWeights]:
        known = self._known
        return [known.get(word) or self._remember(word) for word in row]

    def _remember(self, word: str) -> _WordWeights:
        """Gather what the model knows of a word that has not been met."""
        if len(self._known) > _MAX_KNOWN:
            self._known.clear()
        stem = _stem(word)
        long_stem = stem if stem != word else ""
        stemmed = self._single.get(_STEMMED + stem, 0.0) if long_stem else 0.0
        after, near = self._next.get(word, {}), self._pairs.get(stem, {})
        weights = self._known[word] = _WordWeights(self._single.get(word, 0.0), long_stem, stemmed, after, stem, near)
        return weights


def _found(
    words: Sequence[str], weights: Sequence[Mapping[str, float]], distance: int
) -> dict[tuple[str, str], float]:
    """Return the weights of those words of a row that have one with the word at *distance* after them."""
    places = zip(words, weights, words[distance:], strict=False)
    return {(word, other): known[other] for word, known, other in places if other in known}


def _by_first(weights: Mapping[str, float], sign: str) -> dict[str, dict[str, float]]:
    """Return the weights of two-word features joined by *sign*: first word → second → weight."""
    pairs: dict[str, dict[str, float]] = {}
    for feature, weight in weights.items():
        first, found, second = feature.partition(sign)
        if found:
            # One text for each word: the same few thousand stand in tens of thousands of pairs.
            pairs.setdefault(intern(first), {})[intern(second)] = weight
    return pairs


def load_linear(file: Path) -> LinearModel:
    """Return the model stored in *file*; OSError, ValueError or KeyError where it is missing or broken."""
    stored = json.loads(file.read_text("utf-8"))
    asks_stored, kinds_stored = stored.pop("asks"), stored.pop("kinds")
    # Weights are few whole numbers by a scale; one number for each halves what a model takes.
    used = {*asks_stored.values(), *(weight for row in kinds_stored.values() for weight in row)}
    weights = {weight: weight / stored["scale"] for weight in used}
    asks = {feature: weights[weight] for feature, weight in asks_stored.items()}
    kinds = {feature: tuple(weights[weight] for weight in row) for feature, row in kinds_stored.items()}
    return LinearModel(asks, kinds, stored["names"])
