"""The manual page and the completions name every command."""

from __future__ import annotations

import pytest

from coltiva.cli import main
from coltiva.library import LANGUAGES

COMMANDS = ["serve", "lint", "doctor", "service install", "contacts log", "rules new", "import", "extension", "completion"]


def test_the_manual_names_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """Commands, options, exit codes and variables stand in it, and no line begins with a sign of troff by accident."""
    assert main(["manual"]) == 0
    page = capsys.readouterr().out
    for name in COMMANDS:
        assert f".SS coltiva {name}" in page
    for said in ("\\-\\-dry\\-run", "COLTIVA_DATA", ".SH EXIT STATUS", "config.toml"):
        assert said in page
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests <= {".TH", ".SH", ".SS", ".TP", ".B", ".PP", ".EX", ".EE"}
    assert '{"date": "2026\\-03\\-02", "kind": "meeting"' in page


def headings(language: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the page's sections."""
    assert main(["--language", language, "manual"]) == 0
    return [line.removeprefix(".SH ") for line in capsys.readouterr().out.splitlines() if line.startswith(".SH ")]


def test_headings_in_six_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """Each language has the same sections under its own names; whatis finds the page by the first one's."""
    found = {language: headings(language, capsys) for language in LANGUAGES}
    assert {language: names[0] for language, names in found.items()} == {
        "en": "NAME", "it": "NOME", "es": "NOMBRE", "fr": "NOM", "de": "BEZEICHNUNG", "pt": "NOME",
    }  # fmt: skip
    assert {len(set(names)) for names in found.values()} == {7}
    assert len({tuple(names) for names in found.values()}) == len(LANGUAGES)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each shell completes commands and their options."""
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "coltiva" in script
    assert "tending" in script
    assert "dry-run" in script


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    """The help names the first steps and what the exit codes mean."""
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert "coltiva open /welcome" in out
    assert "exit codes" in out
