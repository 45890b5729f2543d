"""Readability is counted as textstat counts it, though each word is counted once only."""

from __future__ import annotations

import pytest
from textstat.textstat import textstatistics

from coltiva.readability import _FORMULAS, reading_ease
from tests.rewriting.holding import records
from tests.shipped import LIBRARY

ODD = ["", " ", "?!", "Well — “yes”; e.g. l'arte, co-op 3.5 €", "😀 𝗯𝗼𝗹𝗱 it\u2019s\tnaïve\n\nO.K.", "a-b-c d'e’f ..."]


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_as_textstat(language: str) -> None:
    """For messages as people write them, and for texts that hold hardly a word."""
    statistics = textstatistics()
    statistics.set_lang(language)
    texts = [record["text"] for record in records(language, "own")]
    for text in [*texts, *(f"{odd} {texts[0]}" for odd in ODD)]:
        assert reading_ease(text, language) == sorted((0, _FORMULAS[language](statistics, text), 100))[1], text
