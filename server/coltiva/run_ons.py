"""Where one sentence ends and the next begins for writers who set no marks, told by the words around each gap.

Who types fast sets none, or commas alone: a whole message is one sentence then, in which an ask drowns. How much
each word speaks for an end is data (``run_ons.json``), learnt by ``coltiva.training`` from messages with marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

# Sentences of so many words are taken for several; with marks hardly anybody writes that long, or as long without any.
# Measured on fresh-d to fresh-f, as they are, with their marks taken out and with commas alone: at 24 the first suffer.
LONG_WORDS = 30
_LEAST_WORDS = 3  # of a sentence
_AT_COMMA = 1.0  # a comma speaks for an end, where there is any doubt at all
_NONE = "^"  # beyond the first and the last word


def gap_features(words: Sequence[str], at: int, first: int, last: int) -> Iterator[str]:
    """Yield what the gap before the word *at* is known by, within the words *first* to *last* (half-open)."""
    before, sooner = words[at - 1], words[at - 2] if at - 2 >= first else _NONE
    after = words[at]
    later = words[at + 1] if at + 1 < last else _NONE
    latest = words[at + 2] if at + 2 < last else _NONE
    yield "<" + before
    yield ">" + after
    yield f"<{sooner} {before}"
    yield f">{after} {later}"
    yield f"{before}|{after}"
    yield f">{after} {later} {latest}"


class RunOns:
    """Cuts long sentences of one language.

    Args:
        weights: feature of a gap → how much it speaks for an end; the empty feature's is the bias.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)
        self._bias = self._weights.pop("", 0.0)

    def cuts(self, words: Sequence[str], is_marked: Sequence[int], first: int, last: int) -> list[int]:
        """Return, in order, the words *first* to *last* (half-open; one sentence) that begin another sentence.

        Args:
            is_marked: for each word whether a mark, such as a comma, stands before it.
        """
        if last - first < LONG_WORDS:
            return []
        marks = [first, *(i for i in range(first + 1, last) if is_marked[i]), last]
        bare = [range(a + 1, b) for a, b in pairwise(marks) if b - a >= LONG_WORDS]
        likely = [(self.weight(words, i, first, last) + _AT_COMMA, i) for i in marks[1:-1]]
        likely += [(self.weight(words, i, first, last), i) for gaps in bare for i in gaps]
        cuts: list[int] = []
        too_near = {*_around(first), *_around(last)}
        for weight, i in sorted(likely, reverse=True):
            if weight > 0 and i not in too_near:
                cuts.append(i)
                too_near.update(_around(i))
        return sorted(cuts)

    def weight(self, words: Sequence[str], at: int, first: int, last: int) -> float:
        """Return how much the words around it speak for an end before the word *at*, within *first* to *last*."""
        weights = self._weights
        return self._bias + sum([weights.get(feature, 0.0) for feature in gap_features(words, at, first, last)])


def _around(at: int) -> range:
    return range(at - _LEAST_WORDS + 1, at + _LEAST_WORDS)


def load_run_ons(file: Path) -> RunOns:
    """Return what is stored in *file*; OSError, ValueError, KeyError or TypeError where it is broken."""
    stored = json.loads(file.read_text("utf-8"))
    return RunOns({feature: weight / stored["scale"] for feature, weight in stored["weights"].items()})
