"""Tells how well a line suits the message in which a rewrite would say it: the ranker, a small network of its own.

It sees what a message speaks of, as the mean of its words' vectors, and a line likewise, each with numbers that say
what else is known of it. Trained by ``coltiva.training.ranker`` from lines of which people have said whether they suit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coltiva.reader.weights import read_weights
from coltiva.reader.words import Vectors, WordVectors


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


class ToldLine(NamedTuple):
    """A line as the ranker is told of it.

    Attributes:
        name: its id.
        words: its folded words.
        marks: in the order of the network's ``line_marks``.
        long_words: those of its words of which it is heard that they come again.
        judged: the id that it had when people judged it; empty where that is its own.
    """

    name: str
    words: Sequence[str]
    marks: Sequence[float]
    long_words: Set[str]
    judged: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class KnownLines:
    """A language's lines as they are weighed.

    Attributes:
        places: the id of a line → its row.
        units: (lines, units): what each adds to the units.
        worth: what each adds to the logit by itself.
        by_long_word: a long word → the rows of the lines in which it stands.
    """

    places: Mapping[str, int]
    units: Vectors
    worth: NDArray[np.float64]
    by_long_word: Mapping[str, NDArray[np.intp]]


class Ranker:
    """One language's ranker.

    Args:
        vectors: those of the language's reader.
    """

    def __init__(self, language: str, network: RankerNetwork, vectors: WordVectors) -> None:
        self.network, self._vectors = network, vectors
        self._spoken = np.array([code == language for code in network.languages], np.float32)
        self._lines: tuple[object, KnownLines] | None = None

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

    def lines_of(self, source: object, told: Callable[[], Iterable[ToldLine]]) -> KnownLines:
        """Return the lines of *source* as they are weighed; remembers those of the last source.

        Args:
            told: tells its lines; of those of one name the first counts.
        """
        kept = self._lines
        if kept is None or kept[0] is not source:
            by_name: dict[str, ToldLine] = {}
            for line in told():
                by_name.setdefault(line.name, line)
            kept = self._lines = (source, self._taken_in(list(by_name.values())))
        return kept[1]

    def _taken_in(self, lines: Sequence[ToldLine]) -> KnownLines:
        net = self.network
        topics = np.array([mean_of(line.words, self._vectors) for line in lines]) @ net.topics
        numbers = (np.array([line.marks for line in lines], np.float32) - net.line_middle) / net.line_spread
        by_long_word: dict[str, list[int]] = {}
        for row, line in enumerate(lines):
            for word in line.long_words:
                by_long_word.setdefault(word, []).append(row)
        return KnownLines(
            {line.name: row for row, line in enumerate(lines)},
            np.concatenate([topics, numbers], axis=1) @ net.by_line,
            np.array([net.worth.get(line.judged or line.name, 0.0) for line in lines]),
            {word: np.array(rows, np.intp) for word, rows in by_long_word.items()},
        )

    def suits(self, message: Vectors, long_words: Set[str], lines: KnownLines) -> list[float]:
        """Return how well each of *lines* suits a message, from 0 to 1, by its row.

        Args:
            message: what it adds to the units.
            long_words: those of the message.
        """
        net = self.network
        units = message + lines.units
        again = [lines.by_long_word[word] for word in lines.by_long_word.keys() & long_words]
        if again:
            times = np.bincount(np.concatenate(again), minlength=len(units))
            rows = times.nonzero()[0]
            units[rows] += times[rows, None].astype(np.float32) * net.shared
        logits = np.maximum(units, 0, out=units) @ net.verdict[:-1] + net.verdict[-1] + lines.worth
        chances: list[float] = (1 / (1 + np.exp(-np.minimum(np.maximum(logits, -30), 30)))).tolist()
        return chances


def mean_of(words: Sequence[str], vectors: WordVectors) -> Vectors:
    """Return the mean of the vectors of folded *words*; nothing where there are none."""
    mean: Vectors = vectors.total(words) / np.float32(max(1, len(words)))
    return mean


def means_of(parts: Sequence[Sequence[str]], vectors: WordVectors) -> Vectors:
    """Return a row for each of the *parts* of a message, the mean of its words; the last is the mean of all of them."""
    totals = vectors.totals(parts)
    counts = np.array([len(words) for words in parts], np.float32)
    totals[-1], counts[-1] = np.add.reduce(totals), np.add.reduce(counts)
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
