"""Tells which sentences go with an ask that is taken out of a message: the keeper, a network of its own.

It begins with what the reader has learnt of sentences, and weighs a sentence together with those beside it, with the
nearest ask, and with numbers that say where it stands and what is known of its words. Trained by
``coltiva.training.keeper`` from sentences of which people have said whether they stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coltiva.reader.answers import FilterAnswers
from coltiva.reader.network import Encoder
from coltiva.reader.rows import Row
from coltiva.reader.weights import read_weights
from coltiva.reader.words import Vectors, WordVectors


@dataclass(frozen=True, slots=True, kw_only=True)
class KeeperNetwork(Encoder):
    """The weights; biases are the last row of each matrix.

    Attributes:
        marks: the names of the numbers that stand beside the words.
        languages: in the order of their place in ``hidden``.
        middle, spread: what is taken off each number, and what it is divided by then.
        hidden: (4 · impression length + numbers + languages + 1, units): the sentence, the one before, the one after,
            the nearest ask.
        verdict: (units + 1,): what each unit adds to the logit of "goes".
        direct: (numbers,): what each number adds by itself.
    """

    marks: tuple[str, ...]
    languages: tuple[str, ...]
    middle: Vectors
    spread: Vectors
    hidden: Vectors
    verdict: Vectors
    direct: Vectors

    def judge(self, impressions: Vectors, places: NDArray[np.intp], marks: Vectors, language: str) -> Vectors:
        """Return for each sentence how likely it is to go.

        Args:
            impressions: those of all sentences, with a row of nothing before them.
            places: for each sentence the rows of itself, of the ones before and after it, and of the nearest ask.
            marks: one row of numbers for each sentence.
        """
        numbers = (marks - self.middle) / self.spread
        seen = np.concatenate([impressions.take(places, axis=0).reshape(len(places), -1), numbers], axis=1)
        count = seen.shape[1]
        always = self.hidden[count + self.languages.index(language)] + self.hidden[-1]
        units = np.maximum(seen @ self.hidden[:count] + always, 0)
        logits = units @ self.verdict[:-1] + self.verdict[-1] + numbers @ self.direct
        chances: Vectors = 1 / (1 + np.exp(-np.minimum(np.maximum(logits, -30), 30)))
        return chances


class Keeper:
    """One language's keeper.

    Args:
        vectors: those of the language's reader.
    """

    def __init__(self, language: str, network: KeeperNetwork, vectors: WordVectors) -> None:
        self.language, self.network = language, network
        self._answers = FilterAnswers(vectors, network)

    def goes(self, rows: Sequence[Row], asks: Sequence[int], marks: Mapping[int, Sequence[float]]) -> dict[int, float]:
        """Return how likely each sentence in *marks* is to go, by its number.

        Args:
            rows: the words of all sentences of the message.
            asks: the numbers of those that ask.
            marks: number of a sentence → its numbers, in the order of the network's ``marks``.
        """
        if not marks or not asks:
            return {}
        impressions = self.network.impressions(self._answers.of(rows))
        padded = np.concatenate([np.zeros((1, impressions.shape[1]), np.float32), impressions])
        places = places_beside(len(rows), asks, list(marks))
        numbers = np.array(list(marks.values()), np.float32)
        chances = self.network.judge(padded, places, numbers, self.language)
        return dict(zip(marks, chances.tolist(), strict=True))


def nearest_ask(number: int, asks: Sequence[int]) -> int:
    """Return which of the *asks* stands nearest to a sentence, the earlier of two."""
    return asks[0] if len(asks) == 1 else min(asks, key=lambda ask: (abs(ask - number), ask))


def places_beside(count: int, asks: Sequence[int], numbers: Sequence[int]) -> NDArray[np.intp]:
    """Return for each of *numbers* the rows of itself, the ones before and after, and the nearest ask; 0 is nothing."""
    return np.array(
        [[n + 1, n, n + 2 if n + 1 < count else 0, nearest_ask(n, asks) + 1] for n in numbers], np.intp
    ).reshape(len(numbers), 4)


KEEPER_LAYERS = ("filters", "weighing", "impression", "middle", "spread", "hidden", "verdict", "direct")


def load_keeper(file: Path) -> KeeperNetwork:
    """Return the network stored in *file*; OSError, ValueError or KeyError where it is missing or broken."""
    stored = read_weights(file)
    layers = {name: stored[name].astype(np.float32) for name in KEEPER_LAYERS}
    marks, languages = (tuple(str(stored[name]).split()) for name in ("marks", "languages"))
    return KeeperNetwork(marks=marks, languages=languages, **layers)
