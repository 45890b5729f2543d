"""How easy a text is to read, from 0 (hard) to 100 (easy), by the formula made for its language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


class _Syllables:
    """Where words may be hyphenated; remembers words, which takes most of the time that a text takes."""

    def __init__(self, positions: Callable[[str], Sequence[int]]) -> None:
        self.positions = lru_cache(maxsize=20_000)(positions)


@cache
def _statistics(language: str) -> textstatistics:
    """Return one language's own counter: setting the language of a shared one empties all that it remembers."""
    statistics = textstatistics()
    statistics.set_lang(language)
    statistics.pyphen = _Syllables(statistics.pyphen.positions)
    return statistics


def reading_ease(text: str, language: str) -> float:
    """Return the reading ease of *text*, clipped to 0–100; Gulpease runs higher for hard texts than Flesch."""
    return min(100.0, max(0.0, _FORMULAS[language](_statistics(language), text)))
