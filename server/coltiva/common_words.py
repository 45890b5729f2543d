"""Which language a few words are in, told by the words that each language uses most.

langdetect needs a line or two; "Can you lend me 500 euros?" is shorter, and an ask already. How common each word is
in each language is data (``common_words.json``), counted by ``coltiva.training`` in labelled messages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from coltiva.cues import folded_words

_FEWEST_KNOWN = 2  # words; one alone may be a name
_SURE = 3.0  # so much the likeliest is ahead of the next: twenty times


class CommonWords:
    """Tells languages by their commonest words.

    Args:
        weights: language → word → the logarithm of its share of the language's words.
        unknown: what a word weighs in a language that lists it not, where another one does.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]], unknown: float) -> None:
        self._weights, self._unknown = weights, unknown
        self._known = frozenset().union(*weights.values())

    def language(self, text: str) -> str | None:
        """Return the language of *text*; None where too few of its words are known, or another might be meant."""
        words = [word for word in folded_words(text) if not word.isdigit()]
        known = [word for word in words if word in self._known]
        if len(known) < _FEWEST_KNOWN:
            return None
        totals = sorted([(self._total(known, code), code) for code in self._weights], reverse=True)
        (first, code), (second, _) = totals[:2]
        listed = sum(word in self._weights[code] for word in words)
        is_told = first - second >= _SURE and listed >= _FEWEST_KNOWN and 2 * listed > len(words)
        return code if is_told else None

    def _total(self, words: Sequence[str], code: str) -> float:
        weights = self._weights[code]
        return sum([weights.get(word, self._unknown) for word in words])


def load_common_words(file: Path) -> CommonWords:
    """Return what is stored in *file*; OSError, ValueError, KeyError or AttributeError where it is broken."""
    stored = json.loads(file.read_text("utf-8"))
    scale = stored["scale"]
    weights = {
        code: {word: weight / scale for word, weight in words.items()} for code, words in stored["weights"].items()
    }
    return CommonWords(weights, stored["unknown"] / scale)
