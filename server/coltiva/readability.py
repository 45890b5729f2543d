"""How easy a text is to read, from 0 (hard) to 100 (easy), by the formula made for its language."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from textstat.textstat import textstatistics

# Flesch for English, and its adaptations: Gulpease (Lucisano and Piemontese 1988), Fernández Huerta 1959,
# Kandel and Moles 1958, Amstad 1978; Portuguese is Flesch plus 42 (Martins et al. 1996).
_FORMULAS: dict[str, Callable[[textstatistics, str], float]] = {
    "en": textstatistics.flesch_reading_ease,
    "it": textstatistics.gulpease_index,
    "es": textstatistics.fernandez_huerta,
    "fr": textstatistics.flesch_reading_ease,
    "de": textstatistics.flesch_reading_ease,
    "pt": lambda statistics, text: textstatistics.flesch_reading_ease(statistics, text) + 42,
}


_PUNCTUATION = re.compile(r"[^\w\s]")


class _Statistics(textstatistics):  # type: ignore[misc]
    """Counts as textstat does, but what stands between two spaces by itself: most of it has been met before."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.set_lang(language)
        self._known_syllables = lru_cache(maxsize=20_000)(self._syllables)

    def _syllables(self, piece: str) -> int:
        """Return how many syllables the word in *piece* has; none where it holds none."""
        word = _PUNCTUATION.sub("", piece.lower())
        return len(self.pyphen.positions(word)) + 1 if word else 0

    def syllable_count(self, text: str, lang: str | None = None) -> int:
        """Return the number of syllables in *text*."""
        return sum(map(self._known_syllables, text.split()))

    def lexicon_count(self, text: str, removepunct: bool = True) -> int:
        """Return the number of words in *text*."""
        return sum(map(bool, map(self._known_syllables, text.split())))


@cache
def _statistics(language: str) -> textstatistics:
    """Return one language's own counter: setting the language of a shared one empties all that it remembers."""
    return _Statistics(language)


def reading_ease(text: str, language: str) -> float:
    """Return the reading ease of *text*, clipped to 0–100; Gulpease runs higher for hard texts than Flesch."""
    return min(100.0, max(0.0, _FORMULAS[language](_statistics(language), text)))
