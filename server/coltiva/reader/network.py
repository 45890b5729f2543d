"""The other half of the second reader: a small network over word vectors, which sees a sentence among its neighbours.

One network serves all languages, so that what is learnt from the messages of one helps the others. Words become
vectors; filters five words wide look for turns of phrase; the strongest answer of each filter and four weighted
means make a sentence's impression; the impressions of a sentence and of those before and after it
give one logit for "it asks" and one for each kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coltiva.reader.words import Vectors

WIDTH = 5  # words that a filter sees at once
_SIDE = WIDTH // 2


@dataclass(frozen=True, slots=True)
class Network:
    """The weights; biases are the last row of each matrix.

    Attributes:
        names: the kinds, in the order of the logits after the first.
        filters: (5 · word length + 1, filters).
        weighing: (filters + 1, means).
        impression: (filters · (1 + means) + 1, impression length).
        setting: (3 · impression length + 1, impression length): the sentence before, this one, the one after.
        judgement: (2 · impression length + 1, 1 + kinds).
        blend: what the linear model's logit and the network's are multiplied by, and what is added.
        accents: language → what is added to its word vectors.
        signs: the vectors of ``words.SIGNS``.
    """

    names: tuple[str, ...]
    filters: Vectors
    weighing: Vectors
    impression: Vectors
    setting: Vectors
    judgement: Vectors
    blend: tuple[float, float, float]
    accents: Mapping[str, Vectors]
    signs: Vectors

    def impressions(self, sentences: Sequence[Vectors]) -> Vectors:
        """Return one impression for each sentence, each given as its words' vectors (at least one)."""
        answers, starts = self._answers(sentences)
        strongest = np.maximum.reduceat(answers, starts, axis=0)
        scores = answers @ self.weighing[:-1] + self.weighing[-1]
        lengths = np.diff(starts, append=len(answers))
        scores -= np.repeat(np.maximum.reduceat(scores, starts, axis=0), lengths, axis=0)
        weights = np.exp(scores)
        weights /= np.repeat(np.add.reduceat(weights, starts, axis=0), lengths, axis=0)
        means = np.add.reduceat(weights[:, :, None] * answers[:, None, :], starts, axis=0)
        seen = np.concatenate([strongest, means.reshape(len(sentences), -1)], axis=1)
        impressions: Vectors = np.maximum(seen @ self.impression[:-1] + self.impression[-1], 0)
        return impressions

    def judge(self, impressions: Vectors) -> Vectors:
        """Return the logits of consecutive sentences: "it asks" first, then one for each kind."""
        nothing = np.zeros((1, impressions.shape[1]), np.float32)
        before = np.concatenate([nothing, impressions[:-1]])
        after = np.concatenate([impressions[1:], nothing])
        around = np.concatenate([before, impressions, after], axis=1)
        setting = np.maximum(around @ self.setting[:-1] + self.setting[-1], 0)
        logits: Vectors = np.concatenate([impressions, setting], axis=1) @ self.judgement[:-1] + self.judgement[-1]
        return logits

    def shares(self, sentence: Vectors) -> Vectors:
        """Return what each word adds to the logit of a sentence that stands alone, by the filters it answers most."""
        answers, _ = self._answers([sentence])
        count = answers.shape[1]
        reached = self.impressions([sentence])[0] > 0
        worth = self.impression[:count] @ (reached * self.judgement[: len(reached), 0])
        shares = np.zeros(len(sentence), np.float32)
        np.add.at(shares, answers.argmax(axis=0), answers.max(axis=0) * worth)
        return shares

    def _answers(self, sentences: Sequence[Vectors]) -> tuple[Vectors, np.ndarray]:
        """Return the filters' answers at every word of all *sentences*, and the row at which each sentence starts."""
        lengths = np.array([len(sentence) for sentence in sentences])
        length = self.signs.shape[1]
        edge = np.zeros((_SIDE, length), np.float32)
        padded = np.concatenate([part for sentence in sentences for part in (edge, sentence)] + [edge])
        windows = sliding_window_view(padded, (WIDTH, length)).reshape(-1, WIDTH * length)
        starts = np.cumsum(lengths) - lengths
        rows = np.arange(lengths.sum()) + np.repeat(np.arange(len(sentences)) * _SIDE, lengths)
        answers: Vectors = np.maximum(windows[rows] @ self.filters[:-1] + self.filters[-1], 0)
        return answers, starts


def load_network(file: Path) -> Network:
    """Return the network stored in *file*; OSError, ValueError or KeyError where it is missing or broken."""
    with np.load(file, allow_pickle=False) as stored:
        floats = {name: stored[name].astype(np.float32) for name in stored.files if stored[name].dtype.kind == "f"}
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
