"""The manual page, written from the commands themselves so that it is never behind them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import chain

from coltiva.speech import Speech

_VARIABLES = ("COLTIVA_DATA", "COLTIVA_PORT", "COLTIVA_LANGUAGE", "COLTIVA_CONFIG", "NO_COLOR")
EXIT_CODES = ("0", "1", "2")


def manual_page(parser: argparse.ArgumentParser, version: str, say: Speech) -> str:
    """Return the page in troff, as ``man`` shows it."""
    variables = [(name, say("manual", name)) for name in _VARIABLES]
    codes = [(code, say("manual", f"exit_{code}")) for code in EXIT_CODES]
    section = say("manual", "section")
    lines = [
        f'.TH COLTIVA 1 "" "Coltiva {version}" "{section}"',
        _heading("name", say),
        f"coltiva \\- {_plain(parser.description or '').rstrip('.')}",
        _heading("synopsis", say),
        ".B coltiva",
        say("manual", "words"),
        _heading("options", say),
        *_options(parser),
        _heading("commands", say),
        *chain.from_iterable(_command(name, one) for name, one in commands_of(parser, "coltiva")),
        _heading("exit_status", say),
        *_terms(codes),
        _heading("environment", say),
        *_terms(variables),
        _heading("file_places", say),
        _plain(say("manual", "files")),
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


def _heading(name: str, say: Speech) -> str:
    # As man and whatis know the page's first section in each language.
    return f".SH {say('manual', name)}"


def _command(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    words = [action.metavar or action.dest for action in parser._actions if not action.option_strings]
    yield f".SS {_plain(' '.join((name, *(str(word) for word in words))))}"
    yield _plain(parser.description or "")
    yield from _options(parser)
    if parser.epilog:
        # As it stands, line by line, in letters of one width.
        yield from (".PP", ".EX", _escaped(parser.epilog), ".EE")


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        name = ", ".join(action.option_strings) + value if action.option_strings else str(action.metavar or action.dest)
        choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
        meaning = (action.help or "").replace("%(default)s", str(action.default)) + choices
        yield from _terms([(name, meaning.strip())])


def _terms(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, meaning in pairs:
        yield ".TP"
        yield f".B {_plain(term)}"
        yield _plain(meaning)


def _plain(text: str) -> str:
    """Return text in which troff finds no signs of its own."""
    return "\n".join(line.strip() for line in _escaped(text).splitlines())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
