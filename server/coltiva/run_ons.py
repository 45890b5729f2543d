"""Where one sentence ends and the next begins for writers who set no marks, told by the words around each gap.

Who types fast sets none, or commas alone: a whole message is one sentence then, in which an ask drowns. How much
each word speaks for an end is data (``run_ons.json``), learnt by ``coltiva.training`` from messages with marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

# Sentences of so many words are taken for several; with marks hardly anybody writes that long, or as long without any.
# Measured on fresh-d to fresh-f, as they are, with their marks taken out and with commas alone: at 24 the first suffer.
LONG_WORDS = 30
_LEAST_WORDS = 3  # of a sentence
_AT_COMMA = 1.0  # a comma speaks for an end, where there is any doubt at all
_NONE = "^"  # beyond the first and the last word
_MAX_REMEMBERED = 10_000  # gaps


def gap_features(sooner: str, before: str, after: str, later: str, latest: str) -> Iterator[str]:
    """Yield what the gap between the words *before* and *after* is known by."""
    yield "<" + before
    yield ">" + after
    yield f"<{sooner} {before}"
    yield f">{after} {later}"
    yield f"{before}|{after}"
    yield f">{after} {later} {latest}"


def around_gaps(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each word the five words around the gap before it: the third is the word itself."""
    padded = (_NONE, _NONE, *words, _NONE, _NONE)
    return list(zip(*(padded[i:] for i in range(5)), strict=False))


class RunOns:
    """Cuts long sentences of one language.

    Args:
        weights: feature of a gap → how much it speaks for an end; the empty feature's is the bias.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)
        self._bias = self._weights.pop("", 0.0)
        # With each key all gaps of the sentence are asked about, and most are known.
        self._known_weight = lru_cache(maxsize=_MAX_REMEMBERED)(self._weight)

    def cuts(self, words: Sequence[str], is_marked: Sequence[int], first: int, last: int) -> list[int]:
        """Return, in order, the words *first* to *last* (half-open; one sentence) that begin another sentence.

        Args:
            is_marked: for each word whether a mark, such as a comma, stands before it.
        """
        if last - first < LONG_WORDS:
            return []
        marks = [first, *(i for i in range(first + 1, last) if is_marked[i]), last]
        bare = [range(a + 1, b) for a, b in pairwise(marks) if b - a >= LONG_WORDS]
        gaps = [(i, _AT_COMMA) for i in marks[1:-1]] + [(i, 0.0) for gap in bare for i in gap]
        around = around_gaps(words[first:last])
        weighed = [(self._known_weight(around[i - first]) + more, i) for i, more in gaps]
        cuts: list[int] = []
        too_near = {*_around(first), *_around(last)}
        for _, i in sorted([(weight, i) for weight, i in weighed if weight > 0], reverse=True):
            if i not in too_near:
                cuts.append(i)
                too_near.update(_around(i))
        return sorted(cuts)

    def weights(self, words: Sequence[str]) -> list[float]:
        """Return for each word of a stretch how much the words around it speak for an end before it."""
        return [self._known_weight(around) for around in around_gaps(words)]

    def _weight(self, around: tuple[str, ...]) -> float:
        return self._bias + sum([self._weights.get(feature, 0.0) for feature in gap_features(*around)])


def _around(at: int) -> range:
    return range(at - _LEAST_WORDS + 1, at + _LEAST_WORDS)


def load_run_ons(file: Path) -> RunOns:
    """Return what is stored in *file*; OSError, ValueError, KeyError or TypeError where it is broken."""
    stored = json.loads(file.read_text("utf-8"))
    return RunOns({feature: weight / stored["scale"] for feature, weight in stored["weights"].items()})
