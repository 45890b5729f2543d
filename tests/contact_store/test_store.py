"""What the store finds, changes and takes back."""

from __future__ import annotations

import stat
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from coltiva.contact_store import ContactStore, backups_in_background
from coltiva.contact_store.backups import names_to_keep
from coltiva.contacts import Contact, ContactRecord, Note, Promise, StageOverride
from coltiva.errors import DuplicateContactError, StoreWriteError, UnknownContactError
from coltiva.library import Library

from ..conftest import event
from .conftest import adding, event_ids, with_event

FULL = Contact(
    "José D’Àngelo", "BNI", "Fundador 🌱", other_names=("Pepe D'Angelo",),
    profiles=("https://www.linkedin.com/in/jose-dangelo", "https://www.linkedin.com/in/ACoAAAB3xYzQm1pWk7v0Rr5sT9uVwXyZ"),
    emails=("jose@bni.com", "jd@example.org"), phones=("+39 011 1234567",), language="es", address_form="informal", tags=("BNI", "vela"),
    notes=(Note("n1", date(2026, 1, 2), "likes\n  old maps", True),),
    promises=(Promise("p1", date(2026, 1, 2), "the report", due_on=date(2026, 2, 1)),),
    stage_override=StageOverride("credibility", "worked together", date(2026, 1, 3)),
)


def test_everything_survives_a_restart(open_store: Callable[..., ContactStore]) -> None:
    """Every field of a contact and its events is read back as it was, and the ways to find it too."""
    store = open_store()
    history = (event("2026-03-01", "meeting", summary="“Colazione” \u2028 al BNI"), event("2026-03-02", "asked", "sent"))
    contact_id = store.create(FULL, history).contacts[0]
    store.close()
    store = open_store()
    record = store.get(contact_id)
    assert record == ContactRecord(replace(FULL, id=contact_id), history)
    for sought in (
        {"profile": "it.linkedin.com/in/Jose-DAngelo/?x=1"}, {"profile": "urn:li:fsd_profile:ACoAAAB3xYzQm1pWk7v0Rr5sT9uVwXyZ"},
        {"email": "JD@example.org"}, {"name": "pepe d angelo"}, {"name": "JOSE D'ANGELO"},
    ):
        assert [one.id for one in store.find(**sought)] == [contact_id], sought
    assert store.find(name="Jose") == store.find(profile="jose-dangelo") == store.find() == ()


def test_search_looks_everywhere(store: ContactStore) -> None:
    """All words must stand somewhere; whoever's name begins so comes first, then who was talked with last."""
    for name, company, day in (("Anna Bo", "Beta", "2026-01-01"), ("Bea Alt", "Anna & Co", "2026-02-01"), ("Anna Zed", "", "2026-03-01")):
        store.create(Contact(name, company), (event(day, "call"),))
    store.create(FULL)
    assert [one.name for one in store.search("anna")] == ["Anna Zed", "Anna Bo", "Bea Alt"]
    assert [one.name for one in store.search("alt ANNA")] == ["Bea Alt"]
    for query in ("fundador", "jd@example", "vela", "josé dangelo", "d’ang"):
        assert [one.name for one in store.search(query)] == [FULL.name], query
    assert len(store.search(" ")) == 4
    assert store.search("nobody") == []


def test_events_change_and_come_back(store: ContactStore) -> None:
    """Add, edit and remove an event; each taken back on its own keeps what came later."""
    contact_id = store.create(Contact("Ada")).contacts[0]
    added, other = (store.update(contact_id, "event_added", adding(one)) for one in ("e1", "e2"))
    edited = store.update(contact_id, "event_edited", lambda r: with_event(r, event("2026-04-01", "meeting", event_id="e2")))
    assert event_ids(store.get(contact_id)) == ["e2", "e1"]
    store.undo(added.id)
    assert event_ids(store.get(contact_id)) == ["e2"]
    store.update(contact_id, "event_added", adding("e3"))
    store.undo(edited.id)
    assert [(e.id, e.kind.value) for e in store.get(contact_id).history] == [("e2", "call"), ("e3", "call")]
    with pytest.raises(UnknownContactError):
        store.undo(edited.id)
    assert other.what == "event_added"


def test_a_deleted_contact_comes_back_after_a_restart(open_store: Callable[..., ContactStore]) -> None:
    """Deleting is kept on disk until it is taken back; the contact returns whole."""
    store = open_store()
    contact_id = store.create(FULL, (event("2026-03-01", "call"),)).contacts[0]
    record = store.get(contact_id)
    deleted = store.delete(contact_id)
    with pytest.raises(UnknownContactError):
        store.get(contact_id)
    assert store.find(email="jd@example.org") == ()
    store.close()
    store = open_store()
    assert len(store) == 0
    store.undo(deleted.id)
    assert store.get(contact_id) == record
    with pytest.raises(UnknownContactError):
        store.undo(deleted.id)


def test_a_merge_is_parted_again(store: ContactStore) -> None:
    """The merged contact has all of both; parted, each has its own, and what came later stays with the kept one."""
    kept = store.create(Contact("Ada B", "Acme", emails=("a@x.org",)), (event("2026-01-01", "call", summary="a"),)).contacts[0]
    other = store.create(replace(FULL, name="Ada Bee"), (event("2026-02-01", "call", summary="b"),)).contacts[0]
    was_kept, was_other = store.get(kept), store.get(other)
    merged = store.merge(kept, other)
    record = store.get(kept)
    assert (record.contact.name, record.contact.company, record.contact.other_names) == ("Ada B", "Acme", ("Ada Bee", "Pepe D'Angelo"))
    assert record.contact.emails == ("a@x.org", "jose@bni.com", "jd@example.org")
    assert record.contact.notes == FULL.notes
    assert [e.summary for e in record.history] == ["a", "b"]
    assert [one.id for one in store.find(profile=FULL.profiles[0])] == [kept]
    store.update(kept, "event_added", adding("later"))
    store.undo(merged.id)
    assert store.get(other) == was_other
    assert store.get(kept).contact == was_kept.contact
    assert [e.summary for e in store.get(kept).history] == ["a", "later"]
    assert [one.id for one in store.find(profile=FULL.profiles[0])] == [other]


def test_a_profile_has_one_owner(store: ContactStore) -> None:
    """A second contact with the same profile is refused, and told whose it is."""
    owner = store.create(FULL).contacts[0]
    with pytest.raises(DuplicateContactError, match=owner):
        store.create(Contact("Other", profiles=("linkedin.com/in/JOSE-dangelo",)))
    assert len(store) == 1


def test_absorbing_twice_changes_nothing(store: ContactStore) -> None:
    """Records join whom they mean, by profile, email, or name and company; a second time nothing is written."""
    ivan = store.create(Contact("Ivan Misner", "BNI", emails=("ivan@bni.com",)), (event("2026-01-01", "call"),)).contacts[0]
    store.create(Contact("Bo Li"))
    store.create(Contact("Bo Li"))
    records = [
        ContactRecord(Contact("Dr. Ivan", profiles=(FULL.profiles[0],), emails=("IVAN@bni.com",)), (event("2026-02-02", "call"),)),
        ContactRecord(Contact("Ivan Misner", "bni"), (event("2026-03-03", "gave"),)),
        ContactRecord(Contact("Ivan Misner", "Other Inc"), (event("2026-03-03", "gave"),)),
        ContactRecord(Contact("Bo Li"), (event("2026-03-03", "gave"),)),
    ]
    dry = store.would_absorb(iter(records))
    assert len(store) == 3
    first = store.absorb(iter(records))
    assert (first.added, first.updated, [c.name for c in first.ambiguous]) == (1, 1, ["Bo Li"])
    assert (dry.added, dry.updated, dry.unchanged, dry.ambiguous, dry.change) == (1, 1, 0, first.ambiguous, "")
    assert [e.date.month for e in store.get(ivan).history] == [1, 2, 3]
    files = {path: path.read_bytes() for path in store.folder.rglob("*.json")}
    again = store.absorb(iter(records))
    assert (again.added, again.updated, again.unchanged, again.change) == (0, 0, 2, "")
    assert {path: path.read_bytes() for path in store.folder.rglob("*.json")} == files
    store.undo(first.change)
    assert len(store) == 3
    assert [e.date.month for e in store.get(ivan).history] == [1]


def test_what_lies_ahead_counts_from_its_day_on(tmp_path: Path, library: Library) -> None:
    """A conversation that is dated ahead is no last one until its day has come, in a server that runs and in one that starts then."""
    now = datetime(2026, 3, 1, 12)
    history = (event("2026-02-01", "call"), event("2026-03-05", "meeting"), event("2026-03-09", "call"))
    with ContactStore(tmp_path, library.tending, "a test", lambda: now) as store:
        contact_id = store.create(Contact("Ada"), history).contacts[0]
        store.create(Contact("Bo"), (event("2026-02-02", "call"),))
        assert [one.name for one in store.search("")] == ["Bo", "Ada"]
        assert store.find(name="Ada")[0].last_day == date(2026, 2, 1).toordinal()
        now = datetime(2026, 3, 5, 0, 1)
        assert [(one.name, one.last_day) for one in store.search("a")] == [("Ada", date(2026, 3, 5).toordinal())]
    now = datetime(2026, 3, 9, 8)
    with ContactStore(tmp_path, library.tending, "a test", lambda: now) as store:
        (found,) = store.find(name="Ada")
        assert (found.id, found.last_day, found.conversation_days, found.ahead_day) == (contact_id, date(2026, 3, 9).toordinal(), 3, 0)


def test_an_import_that_fails_leaves_nothing(store: ContactStore) -> None:
    """Records that break off in the middle leave the store, the index and the folder as they were."""

    def records() -> object:
        yield ContactRecord(Contact("Ada"))
        raise ValueError("line 7: expected a date")

    with pytest.raises(ValueError, match="line 7"):
        store.absorb(records())  # type: ignore[arg-type]
    assert len(store) == 0
    assert list((store.folder / "contacts").iterdir()) == []


def test_a_broken_file_is_set_aside_and_told(open_store: Callable[..., ContactStore]) -> None:
    """Garbage, half a file, and a file of another contact: kept, reported, and the others go on."""
    store = open_store()
    good, half, foreign = (store.create(Contact(name)).contacts[0] for name in ("Good", "Half", "Foreign"))
    store.close()
    folder = store.folder / "contacts"
    (folder / f"{half}.json").write_bytes((folder / f"{half}.json").read_bytes()[:-20])
    (folder / f"{foreign}.json").write_bytes((folder / f"{good}.json").read_bytes())
    (folder / "zzzzzzzz.json").write_bytes(b"\xff\xfe\x00")
    store = open_store()
    assert [one.name for one in store.summaries()] == ["Good"]
    assert len(store.problems) == 3
    for problem in store.problems:
        assert Path(problem.path).is_file()
        assert Path(problem.path).parent.name == "set-aside"
    (folder / f"{good}.json").write_bytes(b"{}")
    store.close()
    store = open_store()
    assert len(store) == 0
    assert "contact" in store.problems[0].fault.message


def test_a_file_that_breaks_while_running(store: ContactStore) -> None:
    """A contact whose file breaks under the running store is unknown from then on, and the file is kept."""
    broken = store.create(Contact("Ada")).contacts[0]
    for _ in range(300):
        store.create(Contact("Filler"))  # so that memory no longer holds the first
    (store.folder / "contacts" / f"{broken}.json").write_bytes(b"{")
    with pytest.raises(UnknownContactError):
        store.get(broken)
    assert [Path(p.path).read_bytes() for p in store.problems] == [b"{"]
    assert store.find(name="Ada") == ()


def test_files_put_there_by_hand_are_found(open_store: Callable[..., ContactStore]) -> None:
    """The derived index never hides what the folder holds: new, changed, removed files; nor does its own loss."""
    store = open_store()
    ids = [store.create(Contact(name)).contacts[0] for name in ("Ada", "Bo", "Cy")]
    store.close()
    folder = store.folder / "contacts"
    (folder / f"{ids[0]}.json").unlink()
    changed = folder / f"{ids[1]}.json"
    changed.write_bytes(changed.read_bytes().replace(b'"Bo"', b'"Eo"'))
    (folder / "byhand.json").write_bytes((folder / f"{ids[2]}.json").read_bytes().replace(ids[2].encode(), b"byhand"))
    store = open_store()
    assert sorted(one.name for one in store.summaries()) == ["Cy", "Cy", "Eo"]
    store.close()
    (store.folder / "index.msgpack").write_bytes(b"nonsense")
    store = open_store()
    assert sorted(one.name for one in store.summaries()) == ["Cy", "Cy", "Eo"]
    assert store.problems == ()


def test_only_the_user_may_read(store: ContactStore) -> None:
    """Folders are 0700 and files 0600, whatever the mask."""
    store.delete(store.create(Contact("Ada")).contacts[0])
    store.create(Contact("Bo"))
    store.backup()
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in [store.folder, *store.folder.rglob("*")]}
    assert {stat.S_IMODE(p.stat().st_mode) for p in [store.folder, *store.folder.rglob("*")] if p.is_dir()} == {0o700}
    assert {stat.S_IMODE(p.stat().st_mode) for p in store.folder.rglob("*") if p.is_file()} == {0o600}
    assert set(modes) == {True, False}


def test_a_closed_store_writes_nothing(store: ContactStore) -> None:
    """After closing, another process may hold the folder; this one may not write."""
    store.close()
    with pytest.raises(StoreWriteError, match="closed"):
        store.create(Contact("Ada"))


def test_backups_rotate(tmp_path: Path, library: Library) -> None:
    """A day passes between two backups; of many days the newest seven stay, and the first of each month."""
    clock = [datetime(2026, 1, 1, 9)]
    with ContactStore(tmp_path / "data", library.tending, "a test", now=lambda: clock[0]) as store:
        store.create(FULL)
        for _ in range(70):
            assert store.backup(only_if_due=True) is not None
            assert store.backup(only_if_due=True) is None
            clock[0] = datetime.fromordinal(clock[0].toordinal() + 1).replace(hour=9)
        names = sorted(p.name for p in (store.folder / "backups").iterdir())
    assert len(names) == 10
    assert names[:3] == [f"coltiva-2026-{day}T090000.zip" for day in ("01-01", "02-01", "03-01")]
    assert names[-1] == "coltiva-2026-03-11T090000.zip"
    assert len(names_to_keep(f"coltiva-{year}-{month:02}-01T000000.zip" for year in range(2020, 2026) for month in range(1, 13))) == 7


def test_a_backup_is_a_store(tmp_path: Path, store: ContactStore, open_store: Callable[..., ContactStore]) -> None:
    """Unpacked into an empty folder, a backup opens as the store that it was."""
    contact_id = store.create(FULL, (event("2026-03-01", "call"),)).contacts[0]
    path = store.backup()
    assert path is not None
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "restored")
    assert open_store(tmp_path / "restored").get(contact_id) == store.get(contact_id)


def test_the_server_backs_up_by_itself(tmp_path: Path, library: Library) -> None:
    """While the block runs a backup is made, and leaving the block waits for it to be whole."""
    begun = threading.Event()

    def now() -> datetime:
        if threading.current_thread().name == "backup":
            begun.set()
        return datetime(2026, 5, 14, 9)

    with ContactStore(tmp_path / "data", library.tending, "a test", now=now) as store:
        store.create(FULL)
        with backups_in_background(store, first_after_seconds=0):
            assert begun.wait(timeout=30)
        (path,) = (store.folder / "backups").iterdir()
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert len([name for name in archive.namelist() if name.startswith("contacts/")]) == 1
