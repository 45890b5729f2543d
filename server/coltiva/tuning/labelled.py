"""The labelled messages that a change of the rules is tried on, each taken apart once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from coltiva.draft import Draft, read_draft
from coltiva.payloads import request_from_json
from coltiva.review import ReviewRequest
from coltiva.tokens import Wording

SETS = ("development", "own")
_ANY_DAY = date(2026, 1, 1)  # every record names its own


@dataclass(frozen=True, slots=True, eq=False)
class LabelledMessage:
    """One message with its labels, taken apart; compared by identity.

    Attributes:
        record: as in ``LABELLING.md``; without labels where it is one of the user's own.
    """

    language: str
    record: Mapping[str, object]
    request: ReviewRequest
    draft: Draft

    @property
    def asks(self) -> list[str]:
        """The kinds of ask that are labelled, in order."""
        labels = self.record.get("asks")
        return [label["kind"] for label in labels] if isinstance(labels, list) else []

    @property
    def signals(self) -> set[str]:
        """The kinds of signal that are labelled."""
        labels = self.record.get("signals")
        return {label["kind"] for label in labels} if isinstance(labels, list) else set()


def labelled_folder() -> Path:
    """Return the folder of the sets, in an installed wheel or in a checkout."""
    packaged = Path(str(resources.files("coltiva"))) / "labelled"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "tests" / "corpus"


def set_files(folder: Path, language: str) -> list[Path]:
    """Return the files of *language* in all sets that are there."""
    paths = (folder / name / f"{language}.jsonl" for name in SETS)
    return [path for path in paths if path.is_file()]


def read_messages(folder: Path, language: str, wording: Wording) -> list[LabelledMessage]:
    """Return the labelled messages of *language* in all sets that are there."""
    lines = [line for path in set_files(folder, language) for line in path.read_text("utf-8").split("\n")]
    return [_message(json.loads(line), language, wording) for line in lines if line.strip()]


def _message(record: dict[str, object], language: str, wording: Wording) -> LabelledMessage:
    body = {name: value for name, value in record.items() if name != "frame"} | {"rewrites": False, "lang": language}
    request = request_from_json(body, today=_ANY_DAY)
    return LabelledMessage(language, record, request, read_draft(request.text, wording))
