"""What the command line says, in the user's language."""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from coltiva.errors import (
    AmbiguousDayError,
    ColtivaError,
    DuplicateContactError,
    Fault,
    Holder,
    InternalError,
    NoSuchDayError,
    RecordError,
    RequestRefused,
    RulePackError,
    RuleProblem,
    SpokenError,
    StoreLockedError,
    StoreNotEmptyError,
)
from coltiva.library import LANGUAGES
from coltiva.review import DEFAULT_EXPLANATION_LANGUAGE

_HERE = Path(__file__).parent
# Errors with fields of their own.
_ERRORS: Mapping[type[ColtivaError], tuple[str, Callable[[Any], Mapping[str, object]]]] = {
    StoreNotEmptyError: ("not_empty", lambda e: {"contacts": e.contacts}),
    AmbiguousDayError: ("ambiguous_day", lambda e: {"said": e.said, "first": e.days[0], "second": e.days[1]}),
    NoSuchDayError: ("no_such_day", lambda e: {"said": e.said}),
    DuplicateContactError: ("duplicate", lambda e: {"contact": e.contact}),
}
# What the system says of files, in English whatever language it speaks; told in the user's where a text is there.
_REASONS = {os.strerror(number): name for number, name in errno.errorcode.items()}
# The groups of texts on what is wrong in a rule file, in a rule's examples, in a phrase and in a contact's file.
_FAULTS = ("rule_faults", "example_faults", "phrase_faults", "contact_faults")


def system_language(environment: Mapping[str, str]) -> str:
    """Return the language that *environment* names; English where it is none of the six."""
    names = ("COLTIVA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((value for name in names if (value := environment.get(name))), "")
    code = re.split(r"[_.@-]", named)[0].lower()
    # A language that is being added may not speak here yet.
    speaks = code in LANGUAGES and (_HERE / "speech_texts" / f"{code}.json").is_file()
    return code if speaks else DEFAULT_EXPLANATION_LANGUAGE


class Speech:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = _texts(language)

    def __call__(self, group: str, name: str, /, **values: object) -> str:
        """Return a text with its ``{placeholders}`` filled."""
        return self._texts[group][name].format(coltiva=typed_command(), **values)

    def counted(self, group: str, name: str, count: int, /, **values: object) -> str:
        """Return the text ``name_one`` or ``name_many`` of *group*, with *count* in it unless *values* hold another."""
        form = "one" if is_one(count, self.language) else "many"
        return self(group, f"{name}_{form}", **({"count": f"{count:,}"} | values))

    def names(self, group: str) -> list[str]:
        """Return the names of the texts of *group*, in order."""
        return list(self._texts[group])

    def error(self, error: ColtivaError) -> str:
        """Return what went wrong."""
        if isinstance(error, RulePackError):
            return self.problem(error.problem)
        if isinstance(error, RecordError):
            return f"{error.place}: {self.error(error.cause)}"
        if isinstance(error, StoreLockedError):
            return self("errors", "locked", holder=self.holder(error.holder))
        if isinstance(error, InternalError):
            return self("refusals", "internal_error")
        if isinstance(error, SpokenError):
            group = "refusals" if isinstance(error, RequestRefused) else "errors"
            told = error.code in self._texts[group] and _is_filled(self._texts[group][error.code], error.values)
            return self(group, error.code, **self._reasoned(error.values)) if told else str(error)
        found = _ERRORS.get(type(error))
        return self("errors", found[0], **found[1](error)) if found else str(error)

    def holder(self, holder: Holder | None) -> str:
        """Return who works on the contacts."""
        if holder is None:
            return self("locking", "unknown_holder")
        return self("locking", "holder", purpose=holder.purpose, process=holder.process, since=holder.since)

    def refusal(self, name: str, **values: object) -> str:
        """Return why a request is turned away for which nothing of ours was raised; any without a text is ``other``."""
        return self("refusals", name if name in self._texts["refusals"] else "other", **values)

    def problem(self, problem: RuleProblem) -> str:
        """Return what is wrong in a rule file, after its place."""
        return f"{problem.place}: {self.fault(problem.fault)}"

    def fault(self, fault: Fault) -> str:
        """Return what is wrong in a file; where it is a phrase of many, with the phrase."""
        group = next((group for group in _FAULTS if fault.code in self._texts[group]), None)
        if group is None:
            return fault.message
        told = self(group, fault.code, **self._reasoned(fault.values))
        return self("rule_faults", "in_phrase", phrase=fault.phrase, fault=told) if fault.phrase else told

    def _reasoned(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return *values* with the system's reason in this language."""
        name = _REASONS.get(str(values.get("reason", "")), "")
        return {**values, "reason": self("reasons", name)} if name in self._texts["reasons"] else dict(values)

    def set_aside(self, path: str, fault: Fault) -> str:
        """Return that a contact's file holds no contact, and where it is kept."""
        return self("import", "set_aside", path=path, message=self.fault(fault))

    def not_shown(self, path: str, fault: Fault) -> str:
        """Return that a contact's file holds no contact, and that it stays where it is."""
        return self("import", "not_shown", path=path, message=self.fault(fault))

    def teach_parser(self) -> None:
        """Let the parsers that are made from now on speak this language; their own words come from ``gettext``."""
        words = self._texts["argparse"]
        argparse._ = lambda text: words.get(text, text)  # type: ignore[attr-defined]


def is_one(count: int, language: str) -> bool:
    """Return whether *language* counts so many in the singular: one, and in French none as well."""
    return count == 1 or (count == 0 and language == "fr")


def _is_filled(text: str, values: Mapping[str, object]) -> bool:
    """Return whether *values* fill all placeholders of a text; an error from a place that knows fewer stays English."""
    return {name for _, name, _, _ in Formatter().parse(text) if name} <= {"coltiva", *values}


@cache
def typed_command() -> str:
    """Return how the command is typed here: ``coltiva`` where the shell finds it, else with its path."""
    if shutil.which("coltiva"):
        return "coltiva"
    script, python = Path(sys.argv[0]), Path(sys.executable)
    if script.parts[-2:] == ("coltiva", "__main__.py"):
        # As a service starts it: from no folder in which anybody types; the command lies beside its Python.
        beside = python.with_name("coltiva" + python.suffix)
        return str(beside) if beside.exists() else "coltiva"
    if script.stem != "coltiva":
        return "coltiva"
    try:
        return str(script.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(script)


@cache
def _texts(language: str) -> Mapping[str, Mapping[str, str]]:
    own = json.loads((_HERE / "speech_texts" / f"{language}.json").read_text("utf-8"))
    # What an import counts, what happened, and what is wrong in a phrase are called the same here and on the pages.
    shared = {"counts": "imports", "events": "contacts", "phrase_faults": "rules"}
    folder = _HERE / "web" / "texts" / language
    texts: Mapping[str, Mapping[str, str]] = own | {
        group: json.loads((folder / f"{page}.json").read_text("utf-8"))[group] for group, page in shared.items()
    }
    return texts
