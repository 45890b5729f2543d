"""The second reader: says whether a sentence asks, from all its words at once and from the sentences around it.

Phrases carry what can be named; the reader adds what only the sum of many small hints tells, and holds
back a phrase that the rest of its sentence speaks against. It is data (``reader.json``, ``reader_words.npz``,
``reader.npz``), trained from labelled messages by ``coltiva.training`` and switched and tuned in ``readers.yml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from coltiva.reader.answers import FilterAnswers
from coltiva.reader.keeper import Keeper, KeeperNetwork, load_keeper
from coltiva.reader.linear import LinearModel, Weighing, load_linear, marks_of, probability
from coltiva.reader.network import NEAR, Network, load_network
from coltiva.reader.ranker import Ranker, RankerNetwork, load_ranker
from coltiva.reader.rows import EDGES, row_of
from coltiva.reader.words import Vectors, WordList, WordVectors, load_words
from coltiva.tokens import Tokens

__all__ = ["Hits", "Impression", "Reader", "Reading", "Shared", "Tuning", "load_reader", "load_shared"]

_MAX_REASONS = 3
_MAX_REMEMBERED = 4_000  # readings; beyond, a quarter is forgotten, the oldest first
_MARGIN = 2.0  # measured on four sets: 0 loses right kinds of phrases, 3 keeps wrong ones

_NUMBERS = count(1)
_NONE_NEAR = (0,) * NEAR  # beyond the first and the last sentence

# The kinds of ask that phrases find in a sentence, each with whether it is only a hint.
Hits = Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Tuning:
    """How one language's reader is set in ``readers.yml``.

    Attributes:
        adds_from: probability from which a sentence that no phrase marks is an ask.
        more_from: the same where another sentence of the message reaches *adds_from*; never more than that.
        keeps_from: probability below which what a shipped phrase marks is let go.
        hints_from: probability from which a sentence hints at an ask, so that a rewrite leaves it out beside one.
    """

    adds_from: float
    more_from: float
    keeps_from: float
    hints_from: float

    def adding_from(self, readings: Sequence[Reading]) -> float:
        """Return the probability from which sentences of a message with these readings are asks."""
        is_one_sure = any(reading.probability >= self.adds_from for reading in readings)
        return min(self.adds_from, self.more_from) if is_one_sure else self.adds_from

    @property
    def least(self) -> float:
        """The probability below which nothing is ever an ask."""
        return min(self.adds_from, self.more_from, self.keeps_from)


@dataclass(slots=True, eq=False)
class Impression:
    """What the reader remembers of one sentence, whatever stands around it.

    Attributes:
        words: as typed, folded.
        marked: the kinds that phrases other than hints have found.
        impression: what the network made of it; none without network.
        kinds: the linear model's logits of the kinds, once they were asked for.
        number: its own; no two have the same.
    """

    words: tuple[str, ...]
    weighing: Weighing
    marked: frozenset[str]
    impression: Vectors | None = None
    kinds: list[float] | None = None
    number: int = field(default_factory=_NUMBERS.__next__)


class Reading(NamedTuple):
    """What the reader makes of one sentence.

    Attributes:
        probability: that the sentence asks for something.
        kind: the likeliest kind of ask; any where an ask is too unlikely to matter.
    """

    probability: float
    kind: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What the readers of all languages share: the networks, the keeper's and the ranker's among them, and words."""

    network: Network
    words: WordList
    keeper: KeeperNetwork | None = None
    ranker: RankerNetwork | None = None


class Reader:
    """One language's reader.

    Args:
        own_words: the words of the language's labelled messages; with *shared* None the linear model reads alone.
    """

    def __init__(
        self,
        language: str,
        linear: LinearModel,
        tuning: Tuning,
        shared: Shared | None = None,
        own_words: WordList | None = None,
    ) -> None:
        self.rule = f"{language}/reader"
        self.language, self.linear, self.tuning = language, linear, tuning
        self._shared, self._own_words = shared, own_words
        self._network: Network | None = None
        self.vectors: WordVectors | None = None
        self.keeper: Keeper | None = None
        self.ranker: Ranker | None = None
        # By the numbers of a sentence and of those near it: one sentence, such as a greeting, opens many messages.
        self._readings: dict[tuple[int, ...], Reading] = {}
        if shared is not None and own_words is not None:
            network = self._network = shared.network
            self.vectors = WordVectors(own_words, shared.words, network.signs, network.accents[language])
            self._answers = FilterAnswers(self.vectors, network)
            if shared.keeper is not None and language in shared.keeper.languages:
                self.keeper = Keeper(language, shared.keeper, self.vectors)
            if shared.ranker is not None and language in shared.ranker.languages:
                self.ranker = Ranker(language, shared.ranker, self.vectors)
            # The network names its kinds in an order of its own.
            self._order = [1 + network.names.index(name) for name in linear.names]

    def tuned(self, tuning: Tuning) -> Reader:
        """Return the same models with another *tuning*."""
        return Reader(self.language, self.linear, tuning, self._shared, self._own_words)

    def take_in(self, tokens: Tokens, sentences: Sequence[tuple[int, int, bool, Hits]]) -> list[Impression]:
        """Return one impression for each sentence, given as its range of words, its being a question, its hits."""
        rows = [row_of(tokens, first, last, question) for first, last, question, _ in sentences]
        weighed = self.linear.weigh(rows, [marks_of(question, hits) for _, _, question, hits in sentences])
        read = [
            Impression(tokens.words[first:last], weighing, _marked(hits))
            for weighing, (first, last, _, hits) in zip(weighed, sentences, strict=True)
        ]
        if self._network is not None and rows:
            for one, impression in zip(read, self._network.impressions(self._answers.of(rows)), strict=True):
                one.impression = impression
        return read

    def judge(self, impressions: Sequence[Impression]) -> list[Reading]:
        """Return the readings of consecutive sentences; those among the same sentences as before are remembered."""
        return self.judge_all([impressions])[0]

    def judge_all(self, messages: Sequence[Sequence[Impression]]) -> list[list[Reading]]:
        """Return the readings of the sentences of several messages; the network reads those that are new in one go."""
        if self._network is None:
            return [list(map(self._alone, impressions)) for impressions in messages]
        among: list[tuple[list[tuple[int, ...]], list[Reading | None]]] = []
        new: dict[tuple[int, ...], Impression] = {}
        beside: dict[int, Impression] = {}
        for impressions in messages:
            numbers = [one.number for one in impressions]
            padded = (*_NONE_NEAR, *numbers, *_NONE_NEAR)
            nearby = [padded[i : i + 2 * NEAR + 1] for i in range(len(impressions))]
            found = list(map(self._readings.get, nearby))
            if None in found:
                # A message may say the same twice among the same sentences.
                new |= {near: one for near, one, known in zip(nearby, impressions, found, strict=True) if not known}
                beside |= zip(numbers, impressions, strict=True)
            among.append((nearby, found))
        fresh = dict(zip(new, self._judge(new, beside), strict=True)) if new else {}
        self._remember(fresh)
        return [[known or fresh[near] for near, known in zip(*one, strict=True)] for one in among]

    def _judge(self, new: Mapping[tuple[int, ...], Impression], beside: Mapping[int, Impression]) -> Iterator[Reading]:
        """Read the sentences *new* anew, given by the numbers of those near each; *beside* holds all of these."""
        assert self._network is not None
        numbers = [number for number in dict.fromkeys(chain.from_iterable(new)) if number]
        rows = {number: row for row, number in enumerate((0, *numbers))}
        first = beside[numbers[0]].impression
        assert first is not None
        impressions = np.concatenate([np.zeros_like(first), *[beside[number].impression for number in numbers]])
        nearby = np.array([rows[number] for near in new for number in near], np.intp)
        logits = self._network.judge(impressions.reshape(len(rows), -1), nearby.reshape(len(new), -1))
        linear, weight, bias = self._network.blend
        nothing, least = self.linear.names[0], self.tuning.least
        for one, asks, row in zip(new.values(), logits[:, 0].tolist(), logits, strict=True):
            sure = probability(linear * one.weighing.total + weight * asks + bias)
            yield Reading(sure, nothing if sure < least else self._kind(one, row[self._order].tolist()))

    def _kind(self, impression: Impression, network_kinds: Sequence[float]) -> str:
        """Return the likeliest kind; what phrases marked stays unless another is far likelier."""
        if impression.kinds is None:
            impression.kinds = self.linear.kinds(impression.weighing)
        marked, names = impression.marked, self.linear.names
        weights = [kind + _MARGIN * (name in marked) for name, kind in zip(names, impression.kinds, strict=True)]
        if network_kinds:
            weights = [a + b for a, b in zip(weights, network_kinds, strict=True)]
        return names[max(range(len(names)), key=weights.__getitem__)]

    def _alone(self, impression: Impression) -> Reading:
        """Return what the linear model makes of a sentence by itself."""
        sure = probability(impression.weighing.total)
        return Reading(sure, self.linear.names[0] if sure < self.tuning.least else self._kind(impression, ()))

    def _remember(self, readings: Mapping[tuple[int, ...], Reading]) -> None:
        self._readings.update(readings)
        if len(self._readings) > _MAX_REMEMBERED:
            for near in list(islice(self._readings, _MAX_REMEMBERED // 4)):
                self._readings.pop(near, None)

    def place(self, impression: Impression) -> tuple[int, int, tuple[str, ...]]:
        """Return the half-open range of words that speak most for an ask, and the heaviest."""
        row = impression.weighing.row
        shares = self.linear.shares(row)
        if self._network is not None and impression.words:
            linear, weight, _ = self._network.blend
            seen = self._network.shares(self._answers.of([row])).tolist()
            by_word = [share for word, share in zip(row, seen, strict=True) if word not in EDGES]
            shares = [linear * one + weight * other for one, other in zip(shares, by_word, strict=True)]
        start, end = _heaviest_run(shares)
        heaviest = sorted(range(len(impression.words)), key=lambda i: -shares[i])[:_MAX_REASONS]
        reasons = dict.fromkeys(impression.words[i] for i in sorted(heaviest) if shares[i] > 0)
        return start, end, tuple(reasons)


def _marked(hits: Hits) -> frozenset[str]:
    return frozenset(kind for kind, hint in hits if not hint)


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


def load_shared(root: Path) -> Shared:
    """Return what all readers share, from the rules' folder; OSError, ValueError or KeyError where it is broken."""
    keeper = load_keeper(root / "keeper.npz") if (root / "keeper.npz").is_file() else None
    ranker = load_ranker(root / "ranker.npz") if (root / "ranker.npz").is_file() else None
    return Shared(load_network(root / "reader.npz"), load_words(root / "reader_words.npz"), keeper, ranker)


def load_reader(folder: Path, tuning: Tuning, shared: Shared | None) -> Reader:
    """Return the reader of the language in *folder*; OSError, ValueError or KeyError where it is broken."""
    own_words = load_words(folder / "reader_words.npz") if shared is not None else None
    return Reader(folder.name, load_linear(folder / "reader.json"), tuning, shared, own_words)
