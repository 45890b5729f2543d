"""How easy a text is to read, from 0 (hard) to 100 (easy), by the formula made for its language."""

from __future__ import annotations

import threading
from collections.abc import Callable

import textstat

_lock = threading.Lock()  # textstat keeps the language in a module variable

# Flesch for English, and its adaptations: Gulpease (Lucisano and Piemontese 1988), Fernández Huerta 1959,
# Kandel and Moles 1958, Amstad 1978; Portuguese is Flesch plus 42 (Martins et al. 1996).
_FORMULAS: dict[str, Callable[[str], float]] = {
    "en": textstat.flesch_reading_ease,
    "it": textstat.gulpease_index,
    "es": textstat.fernandez_huerta,
    "fr": textstat.flesch_reading_ease,
    "de": textstat.flesch_reading_ease,
    "pt": lambda text: textstat.flesch_reading_ease(text) + 42,
}


def reading_ease(text: str, language: str) -> float:
    """Return the reading ease of *text*, clipped to 0–100; Gulpease runs higher for hard texts than Flesch."""
    with _lock:
        textstat.set_lang(language)
        score = _FORMULAS[language](text)
    return min(100.0, max(0.0, score))
