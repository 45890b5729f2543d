"""The extension's words: the same in every language, within what the browsers take."""

import json
import re
from pathlib import Path

import pytest

from coltiva.library import LANGUAGES, Library

LOCALES = Path(__file__).parents[2] / "extension" / "_locales"
MAX_DESCRIPTION_CHARACTERS = 132  # the stores refuse longer ones


def messages(language: str) -> dict[str, str]:
    """Return key → text of one language."""
    content = json.loads((LOCALES / language / "messages.json").read_text("utf-8"))
    return {key: entry["message"] for key, entry in content.items()}


def test_every_language_is_there() -> None:
    """The languages of the server, no more and no fewer."""
    assert {folder.name for folder in LOCALES.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_says_the_same_as_english(language: str) -> None:
    """No key is missing or left over, none is empty, and every $1 stands where English has one."""
    english, own = messages("en"), messages(language)
    assert own.keys() == english.keys()
    assert all(own.values())
    for key, text in own.items():
        assert re.findall(r"\$\d", text) == re.findall(r"\$\d", english[key]), key
    assert own["languageCode"] == language
    assert len(own["extensionDescription"]) <= MAX_DESCRIPTION_CHARACTERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_are_curly(language: str) -> None:
    """Not some of one kind and some of the other."""
    assert [key for key, text in messages(language).items() if "'" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_early_is_one_word(language: str, library: Library) -> None:
    """The card, its counts and the reasons call what comes too early the same."""
    own, texts = messages(language), library.texts(language)
    asks, verdicts = texts["asks"], texts["verdict"]
    assert isinstance(asks, dict)
    assert isinstance(verdicts, dict)
    word = own["severity_warning"].lower()
    said = [asks["introduction"]["title_early"], verdicts["send"], *(own[key] for key in ("severity_error", "countEarly_one", "countEarly_many", "threshold_warning", "verdict_line_send"))]
    assert [text for text in said if word not in text.lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ways_to_start_and_to_pair(language: str) -> None:
    """Whoever runs a checkout has no command coltiva, and whoever installed it no Makefile: both find their way."""
    own = messages(language)
    assert ("make run" in own["serverAway"], "coltiva serve" in own["serverAway"]) == (True, True)
    assert ("$1" in own["pairHow"], "coltiva pair" in own["pairHow"]) == (True, True)
    page = re.search(r"[“«„]\s?(\w+)\s?[”»“]", own["problem_no_code"])
    assert page
    assert page[1] in own["pairHow"]
