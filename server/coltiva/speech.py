"""What the command line says, in the user's language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from coltiva.errors import (
    AmbiguousDayError,
    ColtivaError,
    DuplicateContactError,
    ServerStartError,
    StoreLockedError,
    StoreNotEmptyError,
    UnknownContactError,
)
from coltiva.library import LANGUAGES
from coltiva.review import DEFAULT_EXPLANATION_LANGUAGE

_HERE = Path(__file__).parent
# The errors that people meet most; what is wrong within a file is told in English, with its place.
_ERRORS: Mapping[type[ColtivaError], tuple[str, Callable[[Any], Mapping[str, object]]]] = {
    StoreLockedError: ("locked", lambda e: {"holder": e.holder}),
    StoreNotEmptyError: ("not_empty", lambda e: {"contacts": e.contacts}),
    AmbiguousDayError: ("ambiguous_day", lambda e: {"said": e.said, "first": e.days[0], "second": e.days[1]}),
    DuplicateContactError: ("duplicate", lambda e: {"contact": e.contact}),
}


def system_language(environment: Mapping[str, str]) -> str:
    """Return the language that *environment* names; English where it is none of the six."""
    names = ("COLTIVA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((value for name in names if (value := environment.get(name))), "")
    code = re.split(r"[_.@-]", named)[0].lower()
    return code if code in LANGUAGES else DEFAULT_EXPLANATION_LANGUAGE


class Speech:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = _texts(language)

    def __call__(self, group: str, name: str, /, **values: object) -> str:
        """Return a text with its ``{placeholders}`` filled."""
        return self._texts[group][name].format(**values)

    def error(self, error: ColtivaError) -> str:
        """Return what went wrong."""
        if isinstance(error, ServerStartError) and error.taken_port:
            return self("errors", "port_taken", port=error.taken_port, other=error.taken_port + 1)
        if isinstance(error, UnknownContactError) and error.values:
            return self("errors", error.code, **error.values)
        found = _ERRORS.get(type(error))
        return self("errors", found[0], **found[1](error)) if found else str(error)


@cache
def _texts(language: str) -> Mapping[str, Mapping[str, str]]:
    own = json.loads((_HERE / "speech_texts" / f"{language}.json").read_text("utf-8"))
    # What an import counts, and what happened, are called the same here and on the pages.
    imports, contacts = (
        json.loads((_HERE / "web" / "texts" / language / name).read_text("utf-8"))
        for name in ("imports.json", "contacts.json")
    )
    texts: Mapping[str, Mapping[str, str]] = own | {"counts": imports["counts"], "events": contacts["events"]}
    return texts
