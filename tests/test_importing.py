"""An import joins what is known, says what it did, and does it all or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from coltiva.contact_store import ContactStore
from coltiva.errors import InputFileError
from coltiva.importing import TAKEN_IN, ImportReport, run_import
from coltiva.speech import Speech
from coltiva.transfer_commands import report_text

from .contact_store.conftest import open_store, store
from .importers import archives
from .importers.conftest import TODAY
from .importers.test_monica import EXPORT

__all__ = ["open_store", "store"]


def import_files(store: ContactStore, *paths: Path, dry_run: bool = False, language: str = "en") -> ImportReport:
    """Import with days in UTC, for a user of *language*."""
    return run_import(paths, store, today=TODAY, zone=UTC, dry_run=dry_run, language=language)


def numbers(report: ImportReport) -> dict[str, int]:
    """Return the counts that are not 0."""
    return {name: count.number for name, count in report.counts.items() if count.number}


def contents(store: ContactStore) -> dict[str, bytes]:
    """Return every contact's file."""
    return {path.name: path.read_bytes() for path in (store.folder / "contacts").iterdir()}


@pytest.mark.parametrize("era", [archives.of_2019, archives.of_2021, archives.of_2022, archives.of_2023, archives.of_2025, archives.of_2026])
def test_twice_changes_nothing(tmp_path: Path, store: ContactStore, era: Callable[[], dict[str, str]]) -> None:
    """The second import of the same archive leaves every file as it was."""
    path = archives.archive(tmp_path / "a.zip", era())
    first = import_files(store, path)
    before = contents(store)
    second = import_files(store, path)
    assert numbers(first)["added"] == len(store) == len(before) > 0
    assert numbers(second) == {name: n for name, n in numbers(first).items() if name != "added"} | {"unchanged": len(before)}
    assert (contents(store), second.change) == (before, "")


@pytest.mark.parametrize("again", ["it", "fr"])
def test_another_language_brings_nothing_new(tmp_path: Path, store: ContactStore, again: str) -> None:
    """What was imported in English stays as it is when the same files come once more in another language."""
    export = tmp_path / "monica.json"
    export.write_text(json.dumps(EXPORT), encoding="utf-8")
    paths = (archives.archive(tmp_path / "a.zip", archives.of_2022()), export)
    for path in paths:
        import_files(store, path)
    before = contents(store)
    assert any(b"LinkedIn recommendation" in content for content in before.values())
    assert any(b"To do: Send the report" in content for content in before.values())
    for path in paths:
        report = import_files(store, path, language=again)
        assert (report.counts["added"].number, report.counts["updated"].number, report.change) == (0, 0, "")
    assert contents(store) == before


def test_a_dry_run_writes_nothing(tmp_path: Path, store: ContactStore) -> None:
    """It says the same counts as the import that follows, with examples."""
    path = archives.archive(tmp_path / "a.zip", archives.of_2023())
    planned = import_files(store, path, dry_run=True)
    assert (len(store), contents(store), planned.change, planned.dry_run) == (0, {}, "", True)
    done = import_files(store, path)
    assert planned.counts == done.counts
    assert "Ines Okafor-Lindqvist (Northwind Analytics, Inc.)" in done.examples_in(Speech("en"), "added")
    assert all(count.examples for count in done.counts.values() if count.number)


def test_eras_join(tmp_path: Path, store: ContactStore) -> None:
    """A later archive of the same person adds what is new, and says how much."""
    import_files(store, archives.archive(tmp_path / "a.zip", archives.of_2023()))
    later = archives.of_2023()
    later["messages.csv"] += archives.table(archives.MESSAGES_2023, [
        ("2-Zg==", "", "Jordan Pike", archives.at("jordanpike"), "Ines Okafor-Lindqvist", archives.at("ines-okafor"), "2024-06-01 15:10:00 UTC", "", "One year on.", "INBOX"),
    ]).split("\n", 1)[1]  # fmt: skip
    path = archives.archive(tmp_path / "b.zip", later)
    planned, report = import_files(store, path, dry_run=True), import_files(store, path)
    assert planned.new_events == report.new_events == 1 < report.events
    assert (numbers(report)["updated"], numbers(report)["unchanged"]) == (1, 3)
    assert report.examples_in(Speech("en"), "updated") == ["Ines Okafor-Lindqvist (Northwind Analytics, Inc.): +1"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_entries_of_one_person_are_put_together_and_told(tmp_path: Path, store: ContactStore, dry_run: bool) -> None:
    """Two cards with the same address and a common name become one contact; the report says so, so that its numbers add up."""
    cards = [("Ada Byron", "ada@example.org"), ("Ada King", "ada@example.org"), ("Bo Li", "ada@example.org"), ("Cy Young", "cy@example.org")]
    path = tmp_path / "a.vcf"
    path.write_text("".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{email}\nEND:VCARD\n" for name, email in cards), encoding="utf-8")
    report = import_files(store, path, dry_run=dry_run)
    assert numbers(report) == {"added": 3, "together": 1}
    assert report.examples_in(Speech("en"), "together") == ["Ada King = Ada Byron"]
    told = report_text(report.to_dict(Speech("en")), Speech("en"))
    assert "entry put together with another of the same person" in told
    assert ("Left out:" in told) == any(report.counts[name].number for name in report.counts if name not in TAKEN_IN)
    if not dry_run:
        assert numbers(import_files(store, path)) == {"unchanged": 3, "together": 1}


def test_an_import_can_be_taken_back(tmp_path: Path, store: ContactStore) -> None:
    """Undoing it removes what it added."""
    report = import_files(store, archives.archive(tmp_path / "a.zip", archives.of_2023()))
    store.undo(report.change)
    assert (len(store), contents(store)) == (0, {})


def test_damage_at_the_end_imports_nothing(tmp_path: Path, store: ContactStore) -> None:
    """A file that turns out to be damaged after many good rows leaves the store as it was."""
    good = import_files(store, archives.archive(tmp_path / "a.zip", archives.of_2021()))
    before = contents(store)
    files: dict[str, str | bytes] = dict(archives.of_2023())
    files["Invitations.csv"] = b"\xff".join((archives.of_2023()["Invitations.csv"].encode(), b"\n"))
    with pytest.raises(InputFileError, match=r"Invitations\.csv:4: expected UTF-8"):
        import_files(store, archives.archive(tmp_path / "b.zip", files))
    assert contents(store) == before
    assert numbers(good)["added"] == len(store)


def test_progress_goes_to_the_end(tmp_path: Path, store: ContactStore) -> None:
    """Each phase is told with how much is done, and ends with all of it."""
    told: list[tuple[str, int, int]] = []
    path = archives.archive(tmp_path / "a.zip", archives.of_2023())
    run_import([path], store, today=TODAY, zone=UTC, progress=lambda *step: told.append(step))
    assert {phase for phase, _, _ in told} == {"reading", "gathering"}
    assert told[-1] == ("gathering", 4, 4)
    assert all(0 <= done <= total for _, done, total in told)
