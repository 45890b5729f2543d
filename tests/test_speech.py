"""The command line speaks six languages, by option, variable or system."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from coltiva.cli import main
from coltiva.errors import AmbiguousDayError, InputFileError, ServerStartError, StoreLockedError, UnknownContactError
from coltiva.library import LANGUAGES
from coltiva.speech import Speech, system_language

TEXTS = Path(__file__).resolve().parents[1] / "server" / "coltiva" / "speech_texts"


def words(language: str) -> list[tuple[str, set[str]]]:
    """Return the names of all texts, each with its placeholders."""
    content = json.loads((TEXTS / f"{language}.json").read_text("utf-8"))
    return [(f"{group}.{key}", set(re.findall(r"{\w+}", text))) for group, texts in content.items() for key, text in texts.items()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    """Each language has the texts and placeholders of English, in the same order."""
    assert words(language) == words("en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "it_IT.UTF-8"}, "it"),
        ({"LC_ALL": "de_AT", "LANG": "it_IT"}, "de"),
        ({"COLTIVA_LANGUAGE": "fr", "LC_ALL": "de_AT"}, "fr"),
        ({"LANG": "nl_NL"}, "en"),
        ({"LC_ALL": "", "LANG": "pt_BR"}, "pt"),
    ],
)
def test_the_systems_language(environment: dict[str, str], language: str) -> None:
    """The first variable that says something counts; a language that is not spoken here becomes English."""
    assert system_language(environment) == language


def test_errors_in_words() -> None:
    """The errors met most are told in the user's language; others say their place in English."""
    say = Speech("it")
    assert say.error(StoreLockedError("/x", "coltiva serve")).startswith("i tuoi contatti sono in uso da coltiva serve")
    assert "7333 è occupata" in say.error(ServerStartError("port 7333 is taken", 7333))
    assert "2026-05-04 o 2026-04-05" in say.error(AmbiguousDayError("4/5", (date(2026, 5, 4), date(2026, 4, 5))))
    assert say.error(UnknownContactError("unknown_contact", "there is none", who="Ada")) == "non c’è nessun contatto Ada"
    assert say.error(UnknownContactError("unknown_event", "there is no event x")) == "there is no event x"
    assert say.error(InputFileError("a.csv: expected UTF-8")) == "a.csv: expected UTF-8"


def test_the_option_goes_before_the_system(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """``--language`` before the command counts for all that it says."""
    monkeypatch.setenv("LC_ALL", "it_IT.UTF-8")
    main(["contacts", "new", "Ada"])
    main(["--language", "de", "contacts", "new", "Bo"])
    out = capsys.readouterr().out
    assert "creato" in out
    assert "angelegt: " in out
