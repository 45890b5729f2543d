"""The other half of the second reader: a small network over word vectors, which sees a sentence among its neighbours.

One network serves all languages, so that what is learnt from the messages of one helps the others. Words become
vectors; filters five words wide look for turns of phrase; the strongest answer of each filter and four weighted
means make a sentence's impression; the impressions of a sentence and of those nearby, and where in the message it
stands, give one logit for "it asks" and one for each kind.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coltiva.reader.weights import read_weights
from coltiva.reader.words import Vectors

WIDTH = 5  # words that a filter sees at once
SIDE = WIDTH // 2
NEAR = 2  # sentences on each side that a sentence is judged with
PLACE = 5  # numbers that say where in its message a sentence stands


@dataclass(frozen=True, slots=True)
class Answers:
    """What the filters answer at every word of some sentences.

    Attributes:
        values: one row for each word and some between the sentences, which count for none.
        places: the half-open range of rows of each sentence.
    """

    values: Vectors
    places: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Encoder:
    """The weights that make a sentence's impression; biases are the last row of each matrix.

    Attributes:
        filters: (5 · word length + 1, filters).
        weighing: (filters + 1, means).
        impression: (filters · (1 + means) + 1, impression length).
    """

    filters: Vectors
    weighing: Vectors
    impression: Vectors

    def impressions(self, answers: Answers) -> Vectors:
        """Return one impression for each sentence."""
        values, places = answers.values, answers.places
        scores = values @ self.weighing[:-1] + self.weighing[-1]
        starts = [start for start, _ in places]
        lengths = [end - start for start, end in pairwise([*starts, len(values)])]
        # What is taken off the scores of a sentence changes no weight; it keeps them from growing beyond all numbers.
        scores -= np.maximum.reduceat(scores, starts).repeat(lengths, axis=0)
        weights = np.exp(scores)
        # Between the sentences stand rows that count for none, so what is summed begins and ends with each.
        edges = [edge for place in places for edge in place if edge < len(values)]
        weights /= np.add.reduceat(weights, edges)[::2].repeat(lengths, axis=0)
        seen = np.empty((len(places), 1 + weights.shape[1], values.shape[1]), np.float32)
        for one, (start, end) in zip(seen, places, strict=True):
            within = values[start:end]
            np.maximum.reduce(within, out=one[0])
            np.matmul(weights[start:end].T, within, out=one[1:])
        impressions: Vectors = np.maximum(seen.reshape(len(seen), -1) @ self.impression[:-1] + self.impression[-1], 0)
        return impressions


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Encoder):
    """The whole network.

    Attributes:
        names: the kinds, in the order of the logits after the first.
        setting: (5 · impression length + ``PLACE`` + 1, impression length): the sentence before, this one, the one
            after, the strongest and the mean of those nearby, and the sentence's place in the message.
        judgement: (2 · impression length + 1, 1 + kinds).
        blend: what the linear model's logit and the network's are multiplied by, and what is added.
        accents: language → what is added to its word vectors.
        signs: the vectors of ``rows.SIGNS``.
    """

    names: tuple[str, ...]
    setting: Vectors
    judgement: Vectors
    blend: tuple[float, float, float]
    accents: Mapping[str, Vectors]
    signs: Vectors

    def judge(self, impressions: Vectors, nearby: NDArray[np.intp]) -> Vectors:
        """Return the logits of sentences of any messages: "it asks" first, then the kinds.

        Args:
            impressions: one for each sentence; the first is that of none, which is nothing.
            nearby: for each sentence that is judged the rows of the two before it, its own, and of the two after it.
        """
        is_there = nearby > 0
        before = np.add.reduce(is_there[:, :NEAR], axis=1)
        spans = np.add.reduce(is_there, axis=1)
        seen = impressions.take(nearby, axis=0)  # never below nothing
        here = seen[:, NEAR]
        means = np.add.reduce(seen, axis=1) / spans[:, None].astype(np.float32)
        strongest = np.maximum.reduce(seen, axis=1)
        places = _PLACES[before, spans - before - 1]
        parts = [seen[:, NEAR - 1], here, seen[:, NEAR + 1], strongest, means, places]
        setting = np.maximum(np.concatenate(parts, axis=1) @ self.setting[:-1] + self.setting[-1], 0)
        logits: Vectors = np.concatenate([here, setting], axis=1) @ self.judgement[:-1] + self.judgement[-1]
        return logits

    def shares(self, answers: Answers) -> Vectors:
        """Return what each word adds to the logit of a sentence that stands alone, by the filters it answers most."""
        count = self.filters.shape[1]
        reached = self.impressions(answers)[0] > 0
        worth = self.impression[:count] @ (reached * self.judgement[: len(reached), 0])
        ((start, end),) = answers.places
        values = answers.values[start:end]
        shares = np.zeros(len(values), np.float32)
        np.add.at(shares, values.argmax(axis=0), values.max(axis=0) * worth)
        return shares


def place_of(before: int, after: int, apart: bool = False) -> list[float]:
    """Return whether a sentence is first, whether last, how far down those nearby it stands, and of how many.

    Args:
        before, after: how many sentences stand on either side of it, of those that are nearby.
        apart: whether the sentence was written without a message around it, as some that are learnt from.
    """
    nearby = before + 1 + after
    return [float(not before), float(not after), before / nearby, math.log(nearby), float(apart)]


# By how many stand before and after.
_PLACES = np.array([[place_of(before, after) for after in range(NEAR + 1)] for before in range(NEAR + 1)], np.float32)


def places_of(count: int, apart: bool = False) -> Vectors:
    """Return for each of the *count* sentences of a message what ``place_of`` tells."""
    return np.array(
        [place_of(min(i, NEAR), min(count - 1 - i, NEAR), apart) for i in range(count)], np.float32
    ).reshape(count, PLACE)


def load_network(file: Path) -> Network:
    """Return the network stored in *file*; OSError, ValueError or KeyError where it is missing or broken."""
    stored = read_weights(file)
    floats = {name: array.astype(np.float32) for name, array in stored.items() if array.dtype.kind == "f"}
    languages, names = (str(stored[name]).split() for name in ("languages", "names"))
    scale, weight, bias = (float(value) for value in floats["blend"])
    return Network(
        names=tuple(names),
        filters=floats["filters"],
        weighing=floats["weighing"],
        impression=floats["impression"],
        setting=floats["setting"],
        judgement=floats["judgement"],
        blend=(scale, weight, bias),
        accents=dict(zip(languages, floats["accents"], strict=True)),
        signs=floats["signs"],
    )
