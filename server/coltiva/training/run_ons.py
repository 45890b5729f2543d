"""Trains the cutting of sentences without marks, from the marked sentences of labelled messages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from coltiva.draft import own_zone_end
from coltiva.run_ons import around_gaps, gap_features
from coltiva.tokenizer import tokenize
from coltiva.tokens import CLAUSE_BREAK, SENTENCE_BREAK, Wording
from coltiva.training.examples import message_texts
from coltiva.training.linear import fit

# Measured in English on what is held out: the readers' own step and shrinking find a fifth fewer ends.
_PASSES, _STEP, _SHRINK = 5, 0.1, 1e-4
_MIN_SEEN = 3  # gaps
_SCALE = 100  # stored weights are whole hundredths
_LEAST_STORED = 30  # hundredths; what weighs less is left out


def train_run_ons(corpus: Path, language: str, wording: Wording) -> dict[str, float]:
    """Return feature → weight for "a sentence ends here", learnt from the messages of *corpus*."""
    gaps = [gap for text in message_texts(corpus, language) for gap in _gaps(text, wording)]
    seen = Counter(feature for features, _ in gaps for feature in features)
    rows = [(["", *(f for f in features if seen[f] >= _MIN_SEEN)], ends) for features, ends in gaps]
    return fit(rows, _PASSES, _STEP, _SHRINK)


def _gaps(text: str, wording: Wording) -> Iterator[tuple[list[str], bool]]:
    """Yield each gap between two words with whether a sentence ends there; what a comma may end tells nothing."""
    tokens = tokenize(text[: own_zone_end(text)], wording)
    around = around_gaps(tokens.words)
    for i in range(1, len(tokens.words)):
        if tokens.breaks[i] != CLAUSE_BREAK and tokens.starts[i] != tokens.starts[i - 1]:
            yield list(gap_features(*around[i])), tokens.breaks[i] == SENTENCE_BREAK


def stored_run_ons(weights: Mapping[str, float]) -> str:
    """Return the weights as JSON."""
    whole = {feature: round(weight * _SCALE) for feature, weight in sorted(weights.items())}
    kept = {feature: weight for feature, weight in whole.items() if abs(weight) >= _LEAST_STORED or not feature}
    return json.dumps({"scale": _SCALE, "weights": kept}, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"
