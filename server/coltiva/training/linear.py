"""Trains the linear half of a reader.

Logistic regression by AdaGrad over the features of ``coltiva.reader.linear``, each scaled by how much it tells by
itself (Wang & Manning 2012, "Baselines and Bigrams"), in one fixed order, with nothing left to chance: the same
messages and rules give the same model, to the byte.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from coltiva.reader.linear import is_pair, probability
from coltiva.training.examples import APART, Example

_PASSES = 10
_STEP = 0.03
_SHRINK = 1e-3  # how far every update pulls a weight back to nothing
_SMOOTH = 0.3  # sentences that every feature is taken to have been seen in, on either side
_LEAST_TELLING = 0.25  # what a feature that is as common in either counts for all the same
_MIN_SEEN = 2  # sentences; what is seen once is left to the network, which knows it from elsewhere
_SCALE = 100  # stored weights are whole hundredths
_LEAST_STORED = 3  # hundredths; what weighs less is left out


def train_asks(examples: Sequence[Example]) -> dict[str, float]:
    """Return feature → weight for "this sentence asks"."""
    known = _known(examples)
    return fit([(["", *(f for f in e.features if f in known)], bool(e.kinds)) for e in examples])


def train_kinds(examples: Sequence[Example], names: Sequence[str]) -> dict[str, list[float]]:
    """Return feature → one weight for each of *names*, trained on the sentences that ask."""
    asking = [Example(tuple(f for f in e.features if not is_pair(f)), e.kinds) for e in examples if e.kinds]
    known = _known(asking)
    present = [["", *(f for f in e.features if f in known)] for e in asking]
    columns = [fit([(p, name in e.kinds) for p, e in zip(present, asking, strict=True)]) for name in names]
    return {feature: [column.get(feature, 0.0) for column in columns] for feature in {"", *known}}


def fit(
    rows: Sequence[tuple[list[str], bool]], passes: int = _PASSES, step: float = _STEP, shrink: float = _SHRINK
) -> dict[str, float]:
    """Return the weights of a logistic regression on present features."""
    telling = _telling(rows)
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-8)
    scaled = [([(f, telling[f]) for f in present], answer) for present, answer in rows]
    for number in range(passes):
        # The order differs from pass to pass but never from run to run.
        stride = next(s for s in (7919 + 2 * number, 104_729, 1) if math.gcd(s, len(rows)) == 1)
        for i in range(len(rows)):
            present, answer = scaled[i * stride % len(rows)]
            error = probability(sum(weights[f] * scale for f, scale in present)) - answer
            for feature, scale in present:
                slope = error * scale + (shrink * weights[feature] if feature else 0.0)
                squares[feature] += slope * slope
                weights[feature] -= step * slope / math.sqrt(squares[feature])
    return {feature: weight * telling[feature] for feature, weight in weights.items()}


def _telling(rows: Sequence[tuple[list[str], bool]]) -> dict[str, float]:
    """Return how much each feature tells by itself: how far apart its shares of the sentences with and without lie."""
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for present, answer in rows:
        counts[answer].update(present)
    yes, no = counts[True], counts[False]
    features_seen = yes.keys() | no.keys()
    totals = [sum(c.values()) + _SMOOTH * len(features_seen) for c in (yes, no)]
    telling = {
        f: _LEAST_TELLING + abs(math.log((yes[f] + _SMOOTH) / totals[0] / ((no[f] + _SMOOTH) / totals[1])))
        for f in sorted(features_seen)
    }
    return telling | {"": 1.0}


def _known(examples: Iterable[Example]) -> set[str]:
    seen = Counter(f for e in examples for f in e.features)
    return {f for f, count in seen.items() if count >= _MIN_SEEN}


def stored(asks: Mapping[str, float], kinds: Mapping[str, Sequence[float]], names: Sequence[str]) -> str:
    """Return the model as JSON; weights too small to matter are left out."""
    whole = {f: round(w * _SCALE) for f, w in sorted(asks.items())}
    rows = {f: [round(w * _SCALE) for w in row] for f, row in sorted(kinds.items())}
    model = {
        "scale": _SCALE,
        "names": list(names),
        "asks": {f: w for f, w in whole.items() if (abs(w) >= _LEAST_STORED and f != APART) or not f},
        "kinds": {f: row for f, row in rows.items() if (max(map(abs, row)) >= _SCALE // 5 and f != APART) or not f},
    }
    return json.dumps(model, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"
