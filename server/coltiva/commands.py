"""What the commands of the command line share: how one begins, and how it is asked for JSON."""

from __future__ import annotations

import argparse
from typing import Any

from coltiva.speech import Speech


def begin(commands: Any, name: str, what: str, description: str = "", examples: str = "") -> argparse.ArgumentParser:
    """Return the parser of a new command.

    Args:
        commands: the subparsers to which it is added.
        what: what it does, in a few words without a full stop, in the user's language.
        description: the same at length; by default *what* as a sentence.
        examples: of the files that it reads, line by line.
    """
    said = description or what[0].upper() + what[1:] + "."
    formatter = argparse.RawDescriptionHelpFormatter if examples else argparse.HelpFormatter
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=what, description=said, epilog=examples or None, formatter_class=formatter
    )
    return parser


def add_json_option(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Add ``--format`` and its short form ``--json``."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help=say("help", "format"))
    parser.add_argument("--json", dest="format", action="store_const", const="json", help=say("help", "json"))
