"""The command line speaks six languages, by option, variable or system."""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from coltiva import speech
from coltiva.cli import command_parser, main
from coltiva.errors import (
    AmbiguousDayError,
    Holder,
    InputFileError,
    ServerStartError,
    StoreLockedError,
    UnknownContactError,
)
from coltiva.library import LANGUAGES
from coltiva.speech import Speech, system_language, typed_command

# Which argument of an error is the code of its text.
CODED = {"InputFileError": 1, "StoreWriteError": 1, "StoreVersionError": 1, "UnknownOwnerError": 1, "ServerStartError": 1, "PayloadError": 2, "UnknownContactError": 0}
CODED |= {"ServiceError": 1, "ExtensionFilesError": 1, "StoreCorruptError": 1, "UnknownChangeError": 1}
# Errors with fields of their own, and codes that are put together where they are raised.
NOT_SPELT = {"locked", "not_empty", "ambiguous_day", "no_such_day", "duplicate", "unknown_event", "unknown_note", "unknown_promise"}
# What the web server says of requests for which nothing is raised.
ANSWERED = {"not_found", "request_entity_too_large", "other", "internal_error"}
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
    holder = Holder("coltiva serve", 12, "2026-05-14 10:00")
    assert say.error(StoreLockedError("/x", holder)).startswith("i tuoi contatti sono in uso da coltiva serve (processo 12, dal 2026-05-14 10:00)")
    assert Speech("de").error(StoreLockedError("/x", None)).startswith("deine Kontakte sind in Gebrauch von einem anderen Prozess")
    assert "7333 è occupata" in say.error(ServerStartError("port 7333 is taken", "port_taken", port=7333, other=7334))
    assert "2026-05-04 o 2026-04-05" in say.error(AmbiguousDayError("4/5", (date(2026, 5, 4), date(2026, 4, 5))))
    assert say.error(UnknownContactError("unknown_contact", "there is none", who="Ada")) == "non c’è nessun contatto Ada"
    assert say.error(UnknownContactError("unknown_event", "there is no event x")) == "Questa voce della storia non c’è più."
    assert say.error(UnknownContactError("unknown_contact", "there is no contact x")) == "there is no contact x"
    assert say.error(InputFileError("a.csv: expected UTF-8")) == "a.csv: expected UTF-8"


def test_the_option_goes_before_the_system(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """``--language`` before the command counts for all that it says."""
    monkeypatch.setenv("LC_ALL", "it_IT.UTF-8")
    main(["contacts", "new", "Ada"])
    main(["--language", "de", "contacts", "new", "Bo"])
    out = capsys.readouterr().out
    assert "creato" in out
    assert "angelegt: " in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_speaks_every_language(language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text of the help is used, every option has one, and the parser's own words are in the language too."""
    monkeypatch.setenv("COLUMNS", "1000")
    say = Speech(language)
    parser = command_parser(say)
    shown = " ".join(" ".join(one.format_help().split()) for one in (parser, *every_parser(parser)))
    for name in say.names("help"):
        assert " ".join(say("help", name).split()) in shown, name
    for one in every_parser(parser):
        assert all(action.help or isinstance(action, argparse._SubParsersAction) for action in one._actions), one.prog
    with pytest.raises(SystemExit):
        main(["--language", language, "lint", "--channel", "pigeon"])
    told = " ".join(capsys.readouterr().err.split())
    assert ("erwartet: eines von" in told, "Aufruf: coltiva lint" in told) == (language == "de", language == "de")
    assert "pigeon" in told


# Stand for numbers and ids, which are called the same everywhere.
LITERAL = {"N", "ID"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_values_in_every_language(language: str) -> None:
    """Whatever is to be typed in place of a word is named from the texts, and every text names something."""
    say = Speech(language)
    parser = command_parser(say)
    named = {
        action.metavar or action.dest
        for one in (parser, *every_parser(parser))
        for action in one._actions
        if action.nargs != 0 and (not action.choices or isinstance(action, argparse._SubParsersAction))
    }
    assert f"coltiva {say('metavars', 'command')} --help" in say("help", "first_steps")
    assert say("manual", "words").endswith(f" {say('metavars', 'command')} …")
    assert named == {say("metavars", name) for name in say.names("metavars")} | LITERAL


def test_values_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    """The usage, the list of options, the manual and what is missing show the same words."""
    with pytest.raises(SystemExit):
        main(["--language", "de", "contacts", "new", "--help"])
    assert "--company FIRMA" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--language", "de", "import"])
    assert "fehlt: DATEI" in capsys.readouterr().err
    assert main(["--language", "de", "manual"]) == 0
    assert ".SS coltiva contacts log WER ZEILE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "command", "content", "said"),
    [
        ("it", ["restore"], b"no archive", "non è un backup di Coltiva"),
        ("de", ["lint", "--batch"], b"[1]", ":1: Jede Zeile muss ein JSON-Objekt sein"),
        ("fr", ["import"], b'{"format": "coltiva", "version": 9, "contacts": []}', "est au format 9 ; ce Coltiva"),
        ("pt", ["import"], b'{"format": "coltiva", "version": 2, "contacts": [', "está danificado ou incompleto"),
    ],
)
def test_rarer_errors_of_files(
    language: str, command: list[str], content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not what the command expects is refused in the user's language too."""
    (tmp_path / "file").write_bytes(content)
    assert main(["--language", language, *command, str(tmp_path / "file")]) == 2
    assert said in capsys.readouterr().err


def test_a_setting_that_nobody_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong in the file of settings is told in the user's language, with the settings that there are."""
    (tmp_path / "config.toml").write_text("prot = 1", encoding="utf-8")
    monkeypatch.setenv("COLTIVA_CONFIG", str(tmp_path / "config.toml"))
    assert main(["--language", "es", "rules", "list", "en"]) == 2
    assert "no hay un ajuste 'prot'; hay language, port" in capsys.readouterr().err


def every_parser(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return the parsers of all commands below *parser*."""
    children = [child for action in parser._actions if isinstance(action, argparse._SubParsersAction) for child in action.choices.values()]
    return [*children, *(one for child in children for one in every_parser(child))]


def test_every_code_has_a_text_and_every_text_a_code() -> None:
    """What the code names where it raises an error stands in the texts with the same values, and nothing else does."""
    texts = json.loads((TEXTS / "en.json").read_text("utf-8"))
    for group, classes, unnamed in (("errors", CODED, NOT_SPELT), ("refusals", {"RequestRefused": 0}, ANSWERED)):
        raised = raised_codes(classes)
        assert set(texts[group]) - set(raised) == unnamed
        for code, values in raised.items():
            # Everybody who raises gives all that stands in the text; what only programs read may have none.
            text = texts[group].get(code, "")
            assert set(re.findall(r"{(\w+)}", text)) - {"coltiva"} <= values, code
    assert set(raised) <= set(texts["refusals"])


def raised_codes(classes: dict[str, int]) -> dict[str, set[str]]:
    """Return each code that an error of *classes* is raised with, and the values that every such place gives."""
    raised: dict[str, set[str]] = {}
    for path in TEXTS.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in classes:
                position = classes[node.func.id]  # type: ignore[attr-defined]
                code = node.args[position] if len(node.args) > position else None
                names = [code] if isinstance(code, ast.Constant) else [code.body, code.orelse] if isinstance(code, ast.IfExp) else []
                for name in names:
                    given = {word.arg for word in node.keywords if word.arg}
                    raised[name.value] = raised.get(name.value, given) & given  # type: ignore[attr-defined]
    return raised


# Where a request's fault may have no code: what only a program that asks by itself can send, no page, extension or command.
PROGRAMS_ONLY = ("web", "tuning")


def test_every_error_for_a_person_names_a_code() -> None:
    """No error that a person may meet is raised in English alone."""
    for path in sorted(TEXTS.parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            is_exempt = name == "PayloadError" and path.parent.name in PROGRAMS_ONLY
            if isinstance(node, ast.Call) and name in CODED and not is_exempt:
                assert len(node.args) > CODED[name], f"{path.name}:{node.lineno} names no code"
            assert name != "ColtivaError", f"{path.name}: no decision hangs on a bare ColtivaError"


def test_the_command_is_named_as_it_is_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the shell does not find it, hints show the path by which it was called, from here where that is shorter."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / ".venv" / "bin" / "coltiva"), "serve"])
    typed_command.cache_clear()
    assert Speech("en")("serve", "later") == f"Later: {Path('.venv', 'bin', 'coltiva')} open"
    monkeypatch.setattr(sys, "argv", [str(Path(speech.__file__).with_name("__main__.py")), "serve"])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    typed_command.cache_clear()
    assert Speech("en")("serve", "later") == "Later: coltiva open"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "coltiva").touch()
    typed_command.cache_clear()
    assert Speech("en")("serve", "later") == f"Later: {tmp_path / 'bin' / 'coltiva'} open", "a service's, from whatever folder"
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/coltiva")
    typed_command.cache_clear()
    assert Speech("en")("serve", "later") == "Later: coltiva open"
    typed_command.cache_clear()


def test_what_rules_and_pairing_say(capsys: pytest.CaptureFixture[str]) -> None:
    """Lists, counts, beginnings and refusals come in the language chosen."""
    assert main(["--language", "it", "rules", "new", "it/asks/mia", "--kind", "favor"]) == 0
    assert "Maiuscole" in Path(capsys.readouterr().out.strip()).read_text("utf-8")
    assert main(["--language", "fr", "paired", "list"]) == 0
    assert "Aucune extension n’est associée" in capsys.readouterr().out
    assert main(["--language", "es", "open"]) == 2
    assert "el servidor no está en marcha" in capsys.readouterr().err
    assert main(["--language", "pt", "rules", "show", "en/asks/nothing"]) == 2
    assert "não há regra en/asks/nothing" in capsys.readouterr().err
    assert main(["--language", "de", "rules", "list", "en"]) == 0
    assert "mitgeliefert" in capsys.readouterr().out


def german_texts() -> list[str]:
    """Return all that German says: command line, pages, extension, reasons and next steps."""
    root = TEXTS.parents[2]
    files = [TEXTS / "de.json", *(TEXTS.parent / "web" / "texts" / "de").glob("*.json"), root / "extension" / "_locales" / "de" / "messages.json"]
    said = [text for path in files for text in re.findall(r': "((?:[^"\\]|\\.)*)"', path.read_text("utf-8"))]
    return said + [line for name in ("texts", "relation") for line in (root / "shared_rules" / "de" / f"{name}.yml").read_text("utf-8").splitlines()]


def test_german_says_du() -> None:
    """The command line, the pages and the extension all address the reader as du; Sie is only spoken of."""
    formal = re.compile(r"\b(?:Ihnen|Ihre[nmrs]?)\b|\w+[en]n Sie\b|\bSie \w+en\b|(?<=[a-zäöüß,;] )(?:Sie|Ihr)\b")
    found = [text for text in german_texts() if formal.search(text.replace("Du und Sie", "").replace("„Sie“", ""))]
    assert found == []


# Their reason is the system's, which is told in the user's language itself.
SYSTEMS_REASONS = {"unreadable", "unwritable", "unusable_file", "cannot_listen", "no_backup_written"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_library_says_is_only_added(language: str) -> None:
    """A reason in a library's English stands in brackets after a sentence that is whole without it."""
    groups = json.loads((TEXTS / f"{language}.json").read_text("utf-8"))
    bare = {code for texts in groups.values() for code, text in texts.items() if "{reason}" in text and "({reason})" not in text}
    assert bare == SYSTEMS_REASONS


def test_a_language_that_is_being_added_speaks_english_until_its_texts_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has entered its code alone still gets every command, in English."""
    monkeypatch.setattr(speech, "LANGUAGES", (*speech.LANGUAGES, "nl"))
    assert system_language({"LANG": "nl_NL.UTF-8"}) == "en"
