"""The data folder: where it is, its format, and moving to a newer one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from coltiva.contact_store import ContactStore, default_folder
from coltiva.contact_store.durable import JOURNAL, Transaction, recover
from coltiva.contact_store.folder import check_format, migrate
from coltiva.contacts import Contact, Direction, Event, EventKind, Note
from coltiva.errors import StoreVersionError, StoreWriteError


def test_a_named_folder_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """COLTIVA_DATA names the folder; else the system's custom does."""
    monkeypatch.setenv("COLTIVA_DATA", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("COLTIVA_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setattr("sys.platform", "linux")
    assert default_folder() == tmp_path / "xdg" / "coltiva"


@pytest.mark.parametrize(
    ("content", "message"),
    [('{"format": 3}', "format 3"), ('{"format": "x"}', "expected a format"), ("[]", "expected a format"), ("{", "expected the format")],
)
def test_a_newer_folder_is_refused_untouched(
    open_store: Callable[..., ContactStore], content: str, message: str
) -> None:
    """Contacts of a newer Coltiva, or of an unknown one, are not opened, and nothing in their folder changes."""
    store = open_store()
    store.create(Contact("Ada"))
    store.close()
    (store.folder / "store.json").write_text(content)
    (store.folder / "contacts" / ".x.tmp").write_text("left")
    before = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    with pytest.raises(StoreVersionError, match=message):
        open_store()
    assert {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()} == before


def test_contacts_move_to_a_newer_format_together(open_store: Callable[..., ContactStore]) -> None:
    """Every step of a migration runs over every file, and the format rises with them."""
    store = open_store()
    ids = [store.create(Contact(name)).contacts[0] for name in ("Ada", "Bo")]
    store.close()
    (store.folder / "contacts" / "broken.json").write_text("{")
    seen: list[str] = []

    def step(tables: dict) -> dict:
        seen.append(tables["contact"]["1"]["name"])
        tables["contact"]["1"]["name"] += "!"
        return tables

    migrate(store.folder, 1, 3, {1: step, 2: step})
    names = {json.loads((store.folder / "contacts" / f"{one}.json").read_bytes())["contact"]["1"]["name"] for one in ids}
    assert names == {"Ada!!", "Bo!!"}
    assert check_format(store.folder, 3) == 3
    assert (store.folder / "contacts" / "broken.json").read_text() == "{"

    def failing(tables: dict) -> dict:
        raise KeyError("name")

    with pytest.raises(KeyError):
        migrate(store.folder, 3, 4, {3: failing})
    assert check_format(store.folder, 4) == 3
    assert [p.name for p in store.folder.rglob("*.tmp")] == []


def test_an_older_data_folder_is_brought_up_to_date(open_store: Callable[..., ContactStore]) -> None:
    """In a folder of the first format, skills endorsed on LinkedIn become small gifts; all else stays as it is."""
    store = open_store()
    day = date(2026, 5, 1)
    click = Event("linkedin-endorsement-received-2026-05-01", day, EventKind.RECEIVED, Direction.RECEIVED, "Sailing", source="linkedin")
    letter = Event("r", day, EventKind.RECEIVED, Direction.RECEIVED, "Recommendation", source="linkedin")
    made = store.create(Contact("Ada", notes=(Note("n", day, "sails"),)), (click, letter)).contacts[0]
    store.close()
    (store.folder / "store.json").write_text('{"format": 1}')
    with open_store() as newer:
        record = newer.get(made)
    assert [(e.id, e.small, e.summary) for e in record.history] == [(click.id, True, "Sailing"), ("r", False, "Recommendation")]
    assert record.contact.notes[0].text == "sails"
    assert json.loads((store.folder / "store.json").read_text()) == {"format": 2}


def test_a_journal_without_its_files_is_void(tmp_path: Path) -> None:
    """A journal counts only while all that it names is there whole; else nothing of it is done."""
    (tmp_path / "kept").write_text("old")
    (tmp_path / "removed").write_text("old")
    journal = {"replace": [{"temporary": ".x.tmp", "final": "kept", "checksum": 1}], "remove": ["removed"]}
    (tmp_path / JOURNAL).write_text(json.dumps(journal))
    recover(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept", "removed"]
    (tmp_path / JOURNAL).write_text("{")
    recover(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept", "removed"]


def test_many_files_change_together(tmp_path: Path) -> None:
    """A transaction of hundreds of files replaces, makes and removes; the last word on a name counts."""
    for i in range(200):
        (tmp_path / f"old{i}").write_text("old")
    transaction = Transaction(tmp_path)
    for i in range(200):
        transaction.put(f"old{i}", b"new")
        transaction.put(f"made{i}", b"x")
    transaction.put("made0", b"y")
    transaction.remove("old1")
    assert transaction.staged("made0") == b"y"
    transaction.commit()
    assert (tmp_path / "made0").read_bytes() == b"y"
    assert not (tmp_path / "old1").exists()
    assert {(tmp_path / f"old{i}").read_text() for i in range(2, 200)} == {"new"}
    assert len(list(tmp_path.iterdir())) == 399


def test_a_folder_that_cannot_be_used_is_told(
    tmp_path: Path, open_store: Callable[..., ContactStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the folder's place, and a disk without room for a backup, are told with the path and the reason."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreWriteError, match=r"file.*cannot be opened"):
        open_store(tmp_path / "file")
    store = open_store()

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreWriteError, match="no backup could be written: No space left"):
        store.backup()
    monkeypatch.undo()
    assert list((store.folder / "backups").iterdir()) == []
