"""The second reader: a linear model over words, pairs of words and rule hits that says whether a sentence asks.

Phrases carry what can be named; the reader adds what only the sum of many small hints tells, and holds
back a phrase that the rest of its sentence speaks against. It is data (``reader.json``), trained from
labelled messages by ``coltiva.reader_training`` and switched and tuned in ``readers.yml``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from sys import intern

from coltiva.tokens import Tokens

_REACH = 4  # words from one word of a pair to the other, at most (measured: 2 is worse, 6 no better)
_STEM = 5  # letters; what longer words share (introduce, introduction)
_STEMMED, _NEXT, _PAIR = "~", " ", "\t"
_MAX_REASONS = 3
_MARGIN = 2.0  # measured on four sets: 0 loses right kinds of phrases, 3 keeps wrong ones
_MAX_KNOWN = 50_000  # words remembered; a bound on memory, reached by no ordinary use
QUESTION, RULE, HINT = "?", "rule", "hint"

# A word's own weight, its stem's, and the weights of the words that may follow it and of the stems that may be near.
_WordWeights = tuple[float, float, Mapping[str, float], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Tuning:
    """How one language's reader is set in ``readers.yml``.

    Attributes:
        adds_from: probability from which a sentence that no phrase marks is an ask.
        keeps_from: probability below which what a shipped phrase marks is let go.
    """

    adds_from: float
    keeps_from: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one sentence.

    Attributes:
        probability: that the sentence asks for something.
        kind: the likeliest kind of ask.
        start, end: half-open range of words, from the sentence's first, that speak most for it.
        reasons: the words that weighed most, as typed in the sentence, folded, in order.
    """

    probability: float
    kind: str
    start: int
    end: int
    reasons: tuple[str, ...]


def _row(tokens: Tokens, first: int, last: int, question: bool) -> list[tuple[str, str, int]]:
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


def _near_features(row: Sequence[tuple[str, str, int]], question: bool) -> Iterator[str]:
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
    """Return the probability that a sum of weights stands for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


class Reader:
    """One language's model.

    Args:
        asks: feature → weight for "this sentence asks"; its bias is the weight of the empty feature.
        kinds: feature → one weight for each of *names*.
    """

    def __init__(
        self,
        language: str,
        asks: Mapping[str, float],
        kinds: Mapping[str, Sequence[float]],
        names: Sequence[str],
        tuning: Tuning,
    ) -> None:
        self.rule = f"{language}/reader"
        self.tuning = tuning
        self._kinds, self._names = kinds, tuple(names)
        self._single = {f: w for f, w in asks.items() if _NEXT not in f and not is_pair(f)}
        # Two-word features by their first word: looking one up then builds no text.
        self._next, self._pairs = _by_first(asks, _NEXT), _by_first(asks, _PAIR)
        self._known: dict[str, _WordWeights] = {}

    def tuned(self, tuning: Tuning) -> Reader:
        """Return the same model under another tuning."""
        other = copy(self)
        other.tuning = tuning
        return other

    def read(self, tokens: Tokens, first: int, last: int, question: bool, hits: Sequence[tuple[str, bool]]) -> Reading:
        """Read words *first* to *last* (half-open) in the light of the rules that hit there."""
        single, marks = self._single, hit_features(hits)
        row = _row(tokens, first, last, question)
        shares = self._shares(row, max(1, last - first))
        total = single.get("", 0.0) + sum(shares) + sum(single.get(mark, 0.0) for mark in marks)
        sure = probability(total + (single.get(QUESTION, 0.0) if question else 0.0))
        if sure < min(self.tuning.adds_from, self.tuning.keeps_from):
            return Reading(sure, self._names[0], 0, last - first, ())
        start, end = _heaviest_run(shares)
        present = sorted({f for f in _near_features(row, question) if f in self._kinds})
        kind = self._kind([*present, *marks], {kind for kind, hint in hits if not hint})
        return Reading(sure, kind, start, end, _reasons(tokens.words[first:last], shares))

    def _shares(self, row: Sequence[tuple[str, str, int]], count: int) -> list[float]:
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

    def _kind(self, present: Iterable[str], marked: Iterable[str]) -> str:
        """Return the likeliest kind; what phrases have *marked* stays unless another is likelier by far."""
        totals = list(self._kinds.get("", [0.0] * len(self._names)))
        for feature in present:
            row = self._kinds.get(feature)
            if row is not None:
                totals = [a + b for a, b in zip(totals, row, strict=True)]
        for kind in marked:
            if kind in self._names:
                totals[self._names.index(kind)] += _MARGIN
        return self._names[max(range(len(totals)), key=totals.__getitem__)]


def _by_first(weights: Mapping[str, float], sign: str) -> dict[str, dict[str, float]]:
    """Return the weights of two-word features joined by *sign*: first word → second → weight."""
    pairs: dict[str, dict[str, float]] = {}
    for feature, weight in weights.items():
        first, found, second = feature.partition(sign)
        if found:
            # One text for each word: the same few thousand stand in tens of thousands of pairs.
            pairs.setdefault(intern(first), {})[intern(second)] = weight
    return pairs


def _heaviest_run(shares: Sequence[float]) -> tuple[int, int]:
    """Return the half-open range of words whose shares add up to the most."""
    best, best_range, total, start = -math.inf, (0, len(shares)), 0.0, 0
    for i, share in enumerate(shares):
        if total <= 0:
            total, start = 0.0, i
        total += share
        if total > best:
            best, best_range = total, (start, i + 1)
    return best_range


def _reasons(words: Sequence[str], shares: Sequence[float]) -> tuple[str, ...]:
    heaviest = sorted(range(len(words)), key=lambda i: -shares[i])[:_MAX_REASONS]
    return tuple(dict.fromkeys(words[i] for i in sorted(heaviest) if shares[i] > 0))


def load_reader(file: Path, language: str, tuning: Tuning) -> Reader:
    """Return the model stored in *file*; OSError, ValueError or KeyError where it is missing or broken."""
    stored = json.loads(file.read_text("utf-8"))
    asks_stored, kinds_stored = stored.pop("asks"), stored.pop("kinds")
    # Weights are few whole numbers by a scale; one number for each halves what a model takes.
    used = {*asks_stored.values(), *(weight for row in kinds_stored.values() for weight in row)}
    weights = {weight: weight / stored["scale"] for weight in used}
    asks = {feature: weights[weight] for feature, weight in asks_stored.items()}
    kinds = {feature: tuple(weights[weight] for weight in row) for feature, row in kinds_stored.items()}
    return Reader(language, asks, kinds, stored["names"], tuning)
