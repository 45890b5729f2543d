"""The manual page, written from the commands themselves so that it is never behind them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import chain

_FILES = """\
The settings are in ~/.config/coltiva/config.toml (Linux), ~/Library/Application Support/Coltiva/config.toml (macOS) or
%APPDATA%\\Coltiva\\config.toml (Windows): language = "it", port = 7333, data_folder = "/home/you/coltiva"; each may be
left out. Contacts, backups and your own rules are in ~/.local/share/coltiva, ~/Library/Application Support/Coltiva or
%LOCALAPPDATA%\\Coltiva."""
_ENVIRONMENT = {
    "COLTIVA_DATA": "the data folder",
    "COLTIVA_PORT": "the server's port; 7333 without it",
    "COLTIVA_LANGUAGE": "the language of messages, reasons and lines: en, it, es, fr, de or pt; else LANG counts",
    "COLTIVA_CONFIG": "another file of settings",
    "NO_COLOR": "no colours, whatever it holds",
}
EXIT_CODES = {
    "0": "done; lint: nothing comes too early; doctor: nothing is broken",
    "1": "lint, rules check, doctor: something was found",
    "2": "an error, said on standard error; nothing was changed",
}


def manual_page(parser: argparse.ArgumentParser, version: str) -> str:
    """Return the page in troff, as ``man`` shows it."""
    lines = [
        f'.TH COLTIVA 1 "" "Coltiva {version}" "User commands"',
        ".SH NAME",
        f"coltiva \\- {_plain(parser.description or '').rstrip('.')}",
        ".SH SYNOPSIS",
        ".B coltiva",
        "[OPTIONS] COMMAND …",
        ".SH OPTIONS",
        *_options(parser),
        ".SH COMMANDS",
        *chain.from_iterable(_command(name, one) for name, one in commands_of(parser, "coltiva")),
        ".SH EXIT STATUS",
        *_terms(EXIT_CODES.items()),
        ".SH ENVIRONMENT",
        *_terms(_ENVIRONMENT.items()),
        ".SH FILES",
        _plain(_FILES),
    ]
    return "\n".join(lines) + "\n"


def commands_of(parser: argparse.ArgumentParser, path: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command that does something, with its words."""
    children = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for action in children:
        for name, child in action.choices.items():
            yield from commands_of(child, f"{path} {name}")
    if not children:
        yield path, parser


def _command(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    words = [action.metavar or action.dest for action in parser._actions if not action.option_strings]
    yield f".SS {_plain(' '.join((name, *(str(word) for word in words))))}"
    yield _plain(parser.description or "")
    yield from _options(parser)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        name = ", ".join(action.option_strings) + value if action.option_strings else str(action.metavar or action.dest)
        choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
        meaning = (action.help or "").replace("%(default)s", str(action.default)) + choices
        yield from _terms([(name, meaning.strip())])


def _terms(pairs: object) -> Iterator[str]:
    for term, meaning in pairs:  # type: ignore[attr-defined]
        yield ".TP"
        yield f".B {_plain(term)}"
        yield _plain(meaning)


def _plain(text: str) -> str:
    """Return text in which troff finds no signs of its own."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\n".join(line.strip() for line in escaped.splitlines())
