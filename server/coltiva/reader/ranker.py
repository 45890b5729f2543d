"""Tells how well a line suits the message in which a rewrite would say it: the ranker, a small network of its own.

It sees what a message speaks of, as the mean of its words' vectors, and a line likewise, each with numbers that say
what else is known of it. Trained by ``coltiva.training.ranker`` from lines of which people have said whether they suit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coltiva.reader.weights import read_weights
from coltiva.reader.words import Vectors, WordVectors

_MOST_KEPT = 4_096  # lines of which it is remembered what they add; a bound on memory


@dataclass(frozen=True, slots=True, kw_only=True)
class RankerNetwork:
    """The weights.

    Attributes:
        message_marks, line_marks: the names of the numbers that stand beside the words.
        languages: in the order of their place in ``by_message``.
        message_middle, message_spread, line_middle, line_spread: what is taken off each number, and what it is
            divided by then.
        topics: (word length, topics): what is seen of a mean of words.
        by_message: (parts · topics + numbers + languages + 1, units): the last row is the bias.
        by_line: (topics + numbers, units).
        shared: (units,): what each long word adds that stands in line and message.
        verdict: (units + 1,): what each unit adds to the logit of "suits".
        worth: what a line adds by itself, by its id; what nobody has judged adds nothing.
    """

    message_marks: tuple[str, ...]
    line_marks: tuple[str, ...]
    languages: tuple[str, ...]
    message_middle: Vectors
    message_spread: Vectors
    line_middle: Vectors
    line_spread: Vectors
    topics: Vectors
    by_message: Vectors
    by_line: Vectors
    shared: Vectors
    verdict: Vectors
    worth: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line as it is weighed.

    Attributes:
        units: what it adds to the units.
        worth: what it adds to the logit by itself.
        long_words: those of its words of which it is heard that they come again.
    """

    units: Vectors
    worth: float
    long_words: frozenset[str]


class Ranker:
    """One language's ranker.

    Args:
        vectors: those of the language's reader.
    """

    def __init__(self, language: str, network: RankerNetwork, vectors: WordVectors) -> None:
        self.network, self._vectors = network, vectors
        self._spoken = np.array([code == language for code in network.languages], np.float32)
        self._lines: dict[str, KnownLine] = {}

    def of_message(self, parts: Sequence[Sequence[str]], marks: Sequence[float]) -> Vectors:
        """Return what a message adds to the units.

        Args:
            parts: as for ``means_of``.
            marks: in the order of the network's ``message_marks``.
        """
        net = self.network
        topics = means_of(parts, self._vectors) @ net.topics
        numbers = (np.array(marks, np.float32) - net.message_middle) / net.message_spread
        seen = np.concatenate([topics.ravel(), numbers, self._spoken])
        units: Vectors = seen @ net.by_message[:-1] + net.by_message[-1]
        return units

    def known_line(self, name: str) -> KnownLine | None:
        """Return the line with the id *name*, where it was taken in before."""
        return self._lines.get(name)

    def take_in(self, name: str, words: Sequence[str], marks: Sequence[float], long_words: frozenset[str]) -> KnownLine:
        """Return a line as it is weighed, and remember it.

        Args:
            words: its folded words.
            marks: in the order of the network's ``line_marks``.
        """
        net = self.network
        numbers = (np.array(marks, np.float32) - net.line_middle) / net.line_spread
        units = np.concatenate([mean_of(words, self._vectors) @ net.topics, numbers]) @ net.by_line
        if len(self._lines) >= _MOST_KEPT:
            self._lines.clear()
        known = self._lines[name] = KnownLine(units, net.worth.get(name, 0.0), long_words)
        return known

    def suits(self, message: Vectors, lines: Sequence[KnownLine], shared: Sequence[int]) -> list[float]:
        """Return how well each of *lines* suits a message, from 0 to 1.

        Args:
            message: what it adds to the units.
            shared: for each line how many long words stand in the message, too.
        """
        net = self.network
        added = message + np.array([line.units for line in lines])
        units = np.maximum(added + np.outer(np.array(shared, np.float32), net.shared), 0)
        logits = units @ net.verdict[:-1] + net.verdict[-1] + [line.worth for line in lines]
        chances: list[float] = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).tolist()
        return chances


def mean_of(words: Sequence[str], vectors: WordVectors) -> Vectors:
    """Return the mean of the vectors of folded *words*; nothing where there are none."""
    mean: Vectors = vectors.total(words) / np.float32(max(1, len(words)))
    return mean


def means_of(parts: Sequence[Sequence[str]], vectors: WordVectors) -> Vectors:
    """Return a row for each of the *parts* of a message, the mean of its words; the last is the mean of all of them."""
    totals = np.array([vectors.total(words) for words in parts], np.float32)
    counts = np.array([len(words) for words in parts], np.float32)
    totals[-1], counts[-1] = totals.sum(0), counts.sum()
    means: Vectors = (totals / np.maximum(counts, 1)[:, None]).astype(np.float32)
    return means


RANKER_LAYERS = (
    *("message_middle", "message_spread", "line_middle", "line_spread"),
    *("topics", "by_message", "by_line", "shared", "verdict"),
)


def load_ranker(file: Path) -> RankerNetwork:
    """Return the network stored in *file*; OSError, ValueError or KeyError where it is missing or broken."""
    stored = read_weights(file)
    layers = {name: stored[name].astype(np.float32) for name in RANKER_LAYERS}
    message_marks, line_marks, languages = (
        tuple(str(stored[name]).split()) for name in ("message_marks", "line_marks", "languages")
    )
    worth = dict(zip(str(stored["lines"]).split(), stored["worth"].astype(float).tolist(), strict=True))
    return RankerNetwork(message_marks=message_marks, line_marks=line_marks, languages=languages, worth=worth, **layers)
