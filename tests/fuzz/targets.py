"""What is fuzzed, shared by the coverage-guided runs and the quick tests."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

from coltiva.contact_store import ContactStore
from coltiva.importing import run_import
from coltiva.library import Library
from coltiva.payloads import MAX_TEXT_CHARACTERS, request_from_json
from coltiva.review import Reviewer
from coltiva.rule_pack import load_pack

_TODAY = date(2026, 5, 14)


TABLES = ("Connections.csv", "messages.csv", "Invitations.csv", "Endorsement_Received_Info.csv", "Recommendations_Given.csv", "Profile.csv")


def import_bytes(folder: Path, store: ContactStore, ending: str, data: bytes) -> None:
    """Take *data* for a file with this ending, or of this name in a LinkedIn archive, and read it in a dry run."""
    path = folder / f"file.{ending}"
    if ending in TABLES:
        path = folder / "file.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(ending, data)
    else:
        path.write_bytes(data)
    owner = "a@example.org" if ending == "mbox" else "A One"
    run_import([path], store, today=_TODAY, dry_run=True, owner=owner)


def rule_file(folder: Path, library: Library, data: bytes) -> None:
    """Take *data* for a file of rules; what is broken is reported, never raised."""
    pack = folder / "en"
    (pack / "asks").mkdir(parents=True, exist_ok=True)
    (pack / "words.yml").write_text("apostrophe: joins\n", encoding="utf-8")
    (pack / "asks" / "one.yml").write_bytes(data)
    load_pack(pack, library.kinds)


def lint_text(reviewer: Reviewer, text: str) -> None:
    """Lint a text as a message in English, with its report written out; spans must lie within it."""
    body = {"text": text[:MAX_TEXT_CHARACTERS], "language": "en", "rewrites": len(text) < 500}
    report = reviewer.review(request_from_json(body, today=_TODAY)).to_dict()
    units = len(body["text"].encode("utf-16-le")) // 2
    for finding in report["findings"]:  # type: ignore[attr-defined]
        assert 0 <= finding["start"] < finding["end"] <= units
