"""A few words are enough to tell the language of an ask; what could be another language is not claimed."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from coltiva.common_words import load_common_words
from coltiva.language import MIN_LETTERS, LanguageDetector
from coltiva.library import LANGUAGES, Library, shipped_rules
from tests.shipped import LIBRARY

DETECTOR = LanguageDetector(LIBRARY.common_words)
UNREAD = Path(__file__).parent / "corpus" / "fresh-m"
SHORT_ASKS = {
    "Can you lend me 500 euros?": "en",
    "Buy my course!": "en",
    "Puoi presentarmi al tuo capo?": "it",
    "Mi presti 500 euro?": "it",
    "¿Me presentas a tu jefe?": "es",
    "Peux-tu me prêter 500 euros ?": "fr",
    "Kannst du mir 500 Euro leihen?": "de",
    "Podes apresentar-me ao teu chefe?": "pt",
}


@pytest.mark.parametrize(("text", "code"), SHORT_ASKS.items())
def test_short_asks_are_told(text: str, code: str) -> None:
    """What is shorter than langdetect can tell is told, in capitals and without accents and marks too."""
    bare = text.replace("ê", "e").replace("?", "").replace("¿", "")
    assert [DETECTOR.detect(one) for one in (text, text.upper(), bare)] == [code] * 3


@pytest.mark.parametrize("text", [
    "Kun je me 500 euro lenen?", "Kan du låna mig pengar?", "Em pots presentar al teu cap?", "Możesz mi pożyczyć 500 euro?",
    "Hi Ada", "ok", "Marco Rossi Berlin", "500 600 700",
])
def test_what_does_not_tell_is_not_claimed(text: str) -> None:
    """Dutch, Swedish, Catalan and Polish with a word or two of ours; a greeting that many use; names; numbers."""
    assert DETECTOR.detect(text) is None


def test_short_sentences_of_unread_messages() -> None:
    """Most sentences that langdetect is not asked about are told, and hardly any wrongly."""
    counts: Counter[str] = Counter()
    for code in LANGUAGES:
        for line in (UNREAD / f"{code}.jsonl").read_text("utf-8").splitlines():
            for sentence in re.split(r"(?<=[.!?])\s+|\n+", json.loads(line)["text"]):
                if 15 <= sum(map(str.isalpha, sentence)) < MIN_LETTERS:
                    told = DETECTOR.detect(sentence)
                    counts["told" if told == code else "untold" if told is None else "wrong"] += 1
    assert counts.total() > 100
    assert counts["wrong"] <= counts.total() / 100
    assert counts["told"] >= counts.total() / 2


@pytest.mark.parametrize("stored", ["", "{}", '{"scale": 100, "unknown": -1151, "weights": []}'])
def test_a_broken_file_is_told_and_langdetect_goes_on(tmp_path: Path, stored: str) -> None:
    """Without common words short texts are not told; what is broken is named."""
    for file in shipped_rules().iterdir():
        if file.name == "it" or (file.is_file() and file.name != "common_words.json"):
            (tmp_path / file.name).symlink_to(file)
    broken = tmp_path / "common_words.json"
    broken.write_text(stored, "utf-8")
    with pytest.raises((ValueError, KeyError, AttributeError)):
        load_common_words(broken)
    library = Library(tmp_path)
    assert library.common_words is None
    assert [problem.path for problem in library.problems] == ["common_words.json"]
    assert LanguageDetector(library.common_words).detect("Grazie per la bella chiacchierata di martedì.") == "it"
