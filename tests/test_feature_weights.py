"""The weights of words, stems and pairs, looked up many at once, are those that were given one by one."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from coltiva.reader.feature_weights import NEXT, PAIR, REACH, STEMMED, FeatureWeights, stem_of

CHANCE = random.Random(7)
WORDS = ["".join(CHANCE.choices("abcdefg", k=CHANCE.randint(1, 9))) for _ in range(400)]


def features_of(row: list[str]) -> set[str]:
    """Return the features of a row, each once."""
    stems = [stem_of(word) for word in row]
    near = {one + PAIR + other for i, one in enumerate(stems) for other in stems[i + 1 : i + 1 + REACH]}
    longer = {STEMMED + stem for word, stem in zip(row, stems, strict=True) if stem != word}
    return {*row, *longer, *map(NEXT.join, pairwise(row)), *near}


def rows(count: int, words: list[str]) -> list[list[str]]:
    """Return rows of up to twenty words, some of them more than once."""
    return [CHANCE.choices(words, k=CHANCE.randint(1, 20)) for _ in range(count)]


@pytest.mark.parametrize("count", [0, 1, 30, 3_000])
def test_many_are_looked_up_as_one(count: int) -> None:
    """In tables of any size: what is known weighs what it should, and what is not weighs nothing."""
    known = sorted(set().union(*map(features_of, rows(count, WORDS))))
    weights = {feature: CHANCE.randint(-500, 500) / 256 for feature in known[:: 1 if count < 100 else 2]}
    table = FeatureWeights(weights)
    asked = [*rows(200, WORDS), ["never", "met"], *([] if not count else [sorted(f for f in known if f in WORDS)[:5]])]
    expected = [sum(weights.get(feature, 0.0) for feature in features_of(row)) for row in asked]
    assert table.totals(asked) == pytest.approx(expected)
    assert any(expected) == bool(count)
