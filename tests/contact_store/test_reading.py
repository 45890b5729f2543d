"""The contacts read beside the process that works on them: what is seen, and that nothing is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coltiva.contact_store import ContactReader, ContactStore, durable, reading
from coltiva.contacts import Contact, ContactRecord
from coltiva.errors import StoreCorruptError, StoreVersionError, StoreWriteError, UnknownContactError
from coltiva.library import Library

from ..conftest import event
from .conftest import adding, event_ids
from .test_processes import start_writer


def everything(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return each file and folder with its time, its mode and its content."""
    paths = [folder, *folder.rglob("*")]
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_mode, p.read_bytes() if p.is_file() else b"") for p in paths}


def names(reader: ContactReader) -> dict[str, list[str]]:
    """Return the names of all contacts with the ids of their events."""
    return {record.contact.name: event_ids(record) for record in reader.records()}


def test_a_reader_sees_all_and_changes_no_byte(open_store: Callable[..., ContactStore], library: Library) -> None:
    """Beside an open store, everything is found, and broken files, leftovers and a missing index stay as they are."""
    store = open_store()
    ada = store.create(Contact("Ada Byron", "Engines", emails=("ada@example.org",)), (event("2026-05-01", "call"),)).contacts[0]
    store.create(Contact("Bo Li"))
    contacts = store.folder / "contacts"
    (contacts / "zzzzzzzz.json").write_text("{")
    (contacts / ".x.json.12345678.tmp").write_text("half")
    (store.folder / "index.msgpack").unlink(missing_ok=True)
    (store.folder / "undo" / "20000101T000000000000-abc.json").write_text("{}")
    os.utime(store.folder, ns=(1, 1))
    before = everything(store.folder)
    with ContactReader(store.folder, library.tending) as reader:
        assert len(reader) == 2
        assert [one.name for one in reader.search("eng")] == ["Ada Byron"]
        assert [one.id for one in reader.find(email="ADA@example.org")] == [ada]
        assert event_ids(reader.get(ada)) == event_ids(store.get(ada))
        assert list(names(reader)) == ["Ada Byron", "Bo Li"]
        assert [Path(problem.path).name for problem in reader.problems] == ["zzzzzzzz.json"]
        with pytest.raises(UnknownContactError):
            reader.get("zzzzzzzz")
        plan = reader.would_absorb([ContactRecord(Contact("Cy")), ContactRecord(Contact("Bo Li"), (event("2026-05-02", "gave"),))])
        assert (plan.added, plan.updated, plan.events, plan.change) == (1, 1, 1, "")
    assert everything(store.folder) == before


def test_no_folder_is_made(tmp_path: Path, library: Library) -> None:
    """Where nothing is, nobody is found, and nothing is there afterwards either."""
    with ContactReader(tmp_path / "none", library.tending) as reader:
        assert (len(reader), list(reader.records()), reader.problems) == (0, [], ())
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(("content", "code"), [('{"format": 1}', "older_store"), ('{"format": 3}', "newer_store"), (None, "older_store")])
def test_another_format_is_told_and_left_alone(
    open_store: Callable[..., ContactStore], library: Library, content: str | None, code: str
) -> None:
    """Contacts of an older Coltiva, or of a newer one, are not read, and stay as they are."""
    store = open_store()
    store.create(Contact("Ada"))
    store.close()
    (store.folder / "store.json").unlink()
    if content is not None:
        (store.folder / "store.json").write_text(content)
    before = everything(store.folder)
    with pytest.raises(StoreVersionError) as refused:
        ContactReader(store.folder, library.tending)
    assert refused.value.code == code
    assert everything(store.folder) == before


def test_what_cannot_be_read_is_told(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the folder's place, and a disk that fails, are told with path and reason, not taken for nobody."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreCorruptError, match=r"file.*cannot be read: Not a directory"):
        ContactReader(tmp_path / "file", library.tending)
    with ContactStore(tmp_path / "data", library.tending, "a test") as store:
        made = store.create(Contact("Ada")).contacts[0]
        reader = ContactReader(store.folder, library.tending)

    def failing(path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", failing)
    with pytest.raises(StoreCorruptError, match=rf"{made}\.json: cannot be read: Input/output error"):
        reader.get(made)


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_change_to_several_files_is_seen_whole(
    open_store: Callable[..., ContactStore], library: Library, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    """A merge that is under way, or that a crash stopped, counts from its journal on, however far it has come."""
    store = open_store()
    ada, bo = (store.create(Contact(name), (event("2026-05-01", "call", summary=name, event_id=name),)).contacts[0] for name in ("Ada", "Bo"))

    def stopping(root: Path, journal: durable._Journal) -> None:
        for one in journal.replace[:done]:
            if (root / one.temporary).exists():
                os.replace(root / one.temporary, root / one.final)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(durable, "_complete", stopping)
    with pytest.raises(StoreWriteError):
        store.merge(ada, bo)
    before = everything(store.folder)
    with ContactReader(store.folder, library.tending) as reader:
        assert names(reader) == {"Ada": ["Ada", "Bo"]}
        assert event_ids(reader.get(ada)) == ["Ada", "Bo"]
        with pytest.raises(UnknownContactError):
            reader.get(bo)
    assert everything(store.folder) == before
    monkeypatch.undo()
    store.create(Contact("Cy"))
    assert [one.name for one in store.summaries()] == ["Ada", "Cy"]


def test_a_change_in_the_middle_of_reading(
    open_store: Callable[..., ContactStore], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where two contacts are merged while the files are read, they are read again: nobody is lost, nobody there twice."""
    store = open_store()
    ada, bo = (store.create(Contact(name), (event("2026-05-01", "call", summary=name, event_id=name),)).contacts[0] for name in ("Ada", "Bo"))
    reader = ContactReader(store.folder, library.tending)
    os.utime(store.folder, ns=(1, 1))
    read, calls = reading.build_entries, []

    def merging(*arguments: object) -> object:
        found = read(*arguments)  # type: ignore[arg-type]
        calls.append(found)
        if len(calls) == 1:
            store.merge(ada, bo)
        return found

    monkeypatch.setattr(reading, "build_entries", merging)
    assert names(reader) == {"Ada": ["Ada", "Bo"]}
    assert len(calls) > 1
    assert len(reader) == 1


def test_what_changes_after_the_listing(open_store: Callable[..., ContactStore], library: Library) -> None:
    """A contact that is changed is read as it is now; one that is deleted is unknown, and an import would make it."""
    store = open_store()
    ada, bo = (store.create(Contact(name)).contacts[0] for name in ("Ada", "Bo"))
    reader = ContactReader(store.folder, library.tending)
    store.update(ada, "event_added", adding("late"))
    store.delete(bo)
    assert event_ids(reader.get(ada)) == ["late"]
    plan = reader.would_absorb([ContactRecord(Contact("Bo"))])
    assert (plan.added, plan.unchanged) == (1, 0)
    with pytest.raises(UnknownContactError):
        reader.get(bo)
    assert [one.name for one in reader.summaries()] == ["Ada"]


def test_beside_a_process_that_writes(open_store: Callable[..., ContactStore], library: Library) -> None:
    """While another process logs events as fast as it can, whoever reads sees everything that was acknowledged."""
    store = open_store()
    for name in ("Ada", "Bo", "Cy"):
        store.create(Contact(name))
    store.close()
    said: set[tuple[str, ...]] = set()
    with start_writer(store.folder) as process:
        assert process.stdout is not None
        for _ in range(20):
            said |= {tuple(process.stdout.readline().split()) for _ in range(5)}
            with ContactReader(store.folder, library.tending) as reader:
                found = {record.contact.id: event_ids(record) for record in reader.records()}
            assert len(found) == 3
            assert said <= {(contact, one) for contact, events in found.items() for one in events}
            assert reader.problems == ()
        process.kill()
