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

from coltiva.tokens import Tokens

_REACH = 4  # words from one word of a pair to the other, at most (measured: 2 is worse, 6 no better)
_STEM = 5  # letters; what longer words share (introduce, introduction)
_STEMMED, _NEXT, _PAIR = "~", " ", "\t"
_MAX_KNOWN = 50_000  # words remembered; a bound on memory, reached by no ordinary use
QUESTION, RULE, HINT = "?", "rule", "hint"

# A word's own weight, its stem's, and the weights of the words that may follow it and of the stems that may be near.
_WordWeights = tuple[float, float, Mapping[str, float], Mapping[str, float]]


# The words of a sentence between its edges, each with its stem and its place from 0.
Row = list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the weights say of one sentence.

    Attributes:
        total: the logit of "this sentence asks".
        shares: what each word adds to it.
        row, question, marks: what was weighed, so that the kinds can be weighed where they are asked for.
    """

    total: float
    shares: list[float]
    row: Row
    question: bool
    marks: list[str]


def _row(tokens: Tokens, first: int, last: int, question: bool) -> Row:
    """Return the words *first* to *last* (half-open) between the edges, each with its stem and its place from 0."""
    row = [("^", "^", 0)]
    places = zip(tokens.words[first:last], tokens.shapes[first:last], tokens.breaks[first:last], strict=True)
    for i, (typed, shape, level) in enumerate(places):
        if i and level:
            row.append((",", ",", i))
        word = f"<{shape}>" if shape else typed
        row.append((word, word[:_STEM] if len(word) > _STEM + 1 else word, i))
    end = "$?" if question else "$"
    row.append((end, end, max(0, last - first - 1)))
    return row


def features(tokens: Tokens, first: int, last: int, question: bool) -> Iterator[str]:
    """Yield every feature of the words *first* to *last* (half-open).

    A feature is a word, the stem of a long one, two words in a row, or two stems at most four words apart.
    """
    row = _row(tokens, first, last, question)
    yield from _near_features(row, question)
    for i, (_, stem, _) in enumerate(row):
        for _, other, _ in row[i + 1 : i + 1 + _REACH]:
            yield stem + _PAIR + other


def _near_features(row: Row, question: bool) -> Iterator[str]:
    """Yield the features of a row that are no pairs of stems."""
    if question:
        yield QUESTION
    following = ""
    for word, stem, _ in reversed(row):
        yield word
        if stem != word:
            yield _STEMMED + stem
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
        self._kinds = kinds
        self._single = {f: w for f, w in asks.items() if _NEXT not in f and not is_pair(f)}
        # Two-word features by their first word: looking one up then builds no text.
        self._next, self._pairs = _by_first(asks, _NEXT), _by_first(asks, _PAIR)
        self._known: dict[str, _WordWeights] = {}

    def weigh(
        self, tokens: Tokens, first: int, last: int, question: bool, hits: Sequence[tuple[str, bool]]
    ) -> Weighing:
        """Weigh words *first* to *last* (half-open) in the light of the rules that hit there."""
        single, marks = self._single, hit_features(hits)
        row = _row(tokens, first, last, question)
        shares = self._shares(row, max(1, last - first))
        total = single.get("", 0.0) + sum(shares) + sum(single.get(mark, 0.0) for mark in marks)
        total += single.get(QUESTION, 0.0) if question else 0.0
        return Weighing(total, shares, row, question, marks)

    def kinds(self, weighing: Weighing) -> list[float]:
        """Return one logit for each of ``names``."""
        present = {f for f in _near_features(weighing.row, weighing.question) if f in self._kinds}
        return self._kind_totals([*sorted(present), *weighing.marks])

    def _shares(self, row: Row, count: int) -> list[float]:
        """Return what each word adds to the sum; a feature met twice counts once."""
        known = self._known
        shares = [0.0] * count
        following = [word for word, _, _ in row[1:]]
        near_stems = [stem for _, stem, _ in row]
        words: set[str] = set()
        stems: set[str] = set()
        twos: set[tuple[str, str]] = set()
        pairs: set[tuple[str, str]] = set()
        for i, (word, stem, at) in enumerate(row):
            alone, stemmed, after, near = known.get(word) or self._remember(word, stem)
            if alone and word not in words:
                words.add(word)
                shares[at] += alone
            if stemmed and stem not in stems:
                stems.add(stem)
                shares[at] += stemmed
            if after and i < len(following) and (other := following[i]) in after and (word, other) not in twos:
                twos.add((word, other))
                shares[at] += after[other]
            if near:
                for other in near_stems[i + 1 : i + 1 + _REACH]:
                    if other in near and (stem, other) not in pairs:
                        pairs.add((stem, other))
                        shares[at] += near[other]
        return shares

    def _remember(self, word: str, stem: str) -> _WordWeights:
        """Gather what the model knows of a word that has not been met."""
        if len(self._known) > _MAX_KNOWN:
            self._known.clear()
        stemmed = self._single.get(_STEMMED + stem, 0.0) if stem != word else 0.0
        weights = (self._single.get(word, 0.0), stemmed, self._next.get(word, {}), self._pairs.get(stem, {}))
        self._known[word] = weights
        return weights

    def _kind_totals(self, present: Iterable[str]) -> list[float]:
        """Return the sum of the kinds' weights; a kind that nothing speaks for has its bias."""
        totals = list(self._kinds.get("", [0.0] * len(self.names)))
        for feature in present:
            row = self._kinds.get(feature)
            if row is not None:
                totals = [a + b for a, b in zip(totals, row, strict=True)]
        return totals


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
