"""The second reader: a linear model over words, pairs of words and rule hits that says whether a sentence asks.

Phrases carry what can be named; the reader adds what only the sum of many small hints tells, and holds
back a phrase that the rest of its sentence speaks against. It is data (``reader.json``), trained from
labelled messages by ``coltiva.reader_training`` and switched and tuned in ``readers.yml``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coltiva.tokens import Tokens

_REACH = 4  # words from one word of a pair to the other, at most (measured: 2 is worse, 6 no better)
_STEM = 5  # letters; what longer words share (introduce, introduction)
_PAIR = "\t"
_MAX_REASONS = 3
_MARGIN = 2.0  # measured on four sets: 0 loses right kinds of phrases, 3 keeps wrong ones
QUESTION, RULE, HINT = "?", "rule", "hint"


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


def features(tokens: Tokens, first: int, last: int, question: bool) -> Iterator[tuple[str, int]]:
    """Yield every feature of the words *first* to *last* (half-open) with the word it begins at, from 0.

    A feature is a word, the stem of a long one, two words in a row, or two stems at most four words apart.
    """
    words = [
        f"<{shape}>" if shape else word
        for word, shape in zip(tokens.words[first:last], tokens.shapes[first:last], strict=True)
    ]
    breaks = tokens.breaks
    row: list[tuple[str, str, int]] = [("^", "^", 0)]
    for i, word in enumerate(words):
        if i and breaks[first + i]:
            row.append((",", ",", i))
        row.append((word, word[:_STEM] if len(word) > _STEM + 1 else word, i))
    end = "$?" if question else "$"
    row.append((end, end, max(0, len(words) - 1)))
    if question:
        yield QUESTION, 0
    count = len(row)
    for i, (word, stem, at) in enumerate(row):
        yield word, at
        if stem != word:
            yield "~" + stem, at
        if i + 1 < count:
            yield word + " " + row[i + 1][0], at
        for j in range(i + 1, min(i + 1 + _REACH, count)):
            yield stem + _PAIR + row[j][1], at


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
        self._asks, self._kinds, self._names = asks, kinds, tuple(names)

    def read(self, tokens: Tokens, first: int, last: int, question: bool, hits: Sequence[tuple[str, bool]]) -> Reading:
        """Read words *first* to *last* (half-open) in the light of the rules that hit there."""
        weights = self._asks
        shares = [0.0] * max(1, last - first)
        seen = {}
        for feature, at in features(tokens, first, last, question):
            if feature not in seen:
                seen[feature] = at
                weight = weights.get(feature)
                if weight is not None:
                    shares[at] += weight
        marks = hit_features(hits)
        total = weights.get("", 0.0) + sum(shares) + sum(weights.get(mark, 0.0) for mark in marks)
        sure = probability(total)
        if sure < min(self.tuning.adds_from, self.tuning.keeps_from):
            return Reading(sure, self._names[0], 0, last - first, ())
        start, end = _heaviest_run(shares)
        return Reading(
            sure,
            self._kind([*(f for f in seen if not is_pair(f)), *marks], {kind for kind, hint in hits if not hint}),
            start,
            end,
            _reasons(tokens.words[first:last], shares),
        )

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
    asks = {feature: weight / stored["scale"] for feature, weight in stored["asks"].items()}
    kinds = {feature: [w / stored["scale"] for w in row] for feature, row in stored["kinds"].items()}
    return Reader(language, asks, kinds, stored["names"], tuning)
