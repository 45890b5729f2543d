"""A backup comes back whole into an empty folder, and nothing else is ever overwritten."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coltiva.contact_store import ContactStore, restore_backup
from coltiva.contact_store.locking import FolderLock
from coltiva.contacts import Contact
from coltiva.errors import InputFileError, StoreLockedError, StoreNotEmptyError, StoreVersionError, UnknownContactError

from ..conftest import event

Open = Callable[..., ContactStore]


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the contents of all files of contacts and changes below *folder*."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for part in ("contacts", "undo") for p in (folder / part).glob("*")}


def archive(path: Path, **members: bytes) -> Path:
    """Write a zip with *members*, whose names have ``__`` for a slash."""
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/") + ".json", content)
    return path


def backup_of(store: ContactStore) -> Path:
    """Write a backup and return its path."""
    path = store.backup()
    assert path is not None
    return path


def test_all_comes_back(tmp_path: Path, store: ContactStore, open_store: Open) -> None:
    """Contacts, histories and changes that can be taken back, also into the folder in which the backup lies."""
    kept = store.create(Contact("Ada"), (event("2026-03-01", "call"),)).contacts[0]
    deleted = store.delete(store.create(Contact("Bo")).contacts[0])
    backup = backup_of(store)
    record, before = store.get(kept), files_below(store.folder)
    store.delete(kept)
    late = store.create(Contact("Cy"))
    late_change = store.delete(late.contacts[0])
    store.close()
    for folder in (tmp_path / "new", store.folder):
        assert restore_backup(backup, folder) == 1
        assert files_below(folder) == before
        again = open_store(folder)
        assert (again.get(kept), [s.name for s in again.search("bo")], again.problems) == (record, [], ())
        again.undo(deleted.id)
        assert [s.name for s in again.search("bo")] == ["Bo"]
        with pytest.raises(UnknownContactError):
            again.undo(late_change.id)
        again.close()


RULES = {"rules/en/asks/mine.yml": b"kind: favor", "rules/stages.yml": b"gates: {}", "rules/history/20260514T090000-0a1b2c3d.json": b"{}", "tuning/dismissals.json": b"[]"}


def write_all(folder: Path, files: dict[str, bytes]) -> None:
    """Write files below *folder*."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def test_rules_and_dismissals_come_back(tmp_path: Path, store: ContactStore) -> None:
    """The user's rules with their history and the dismissals are in the backup; messages that were sent are not, nor what is half-written."""
    write_all(store.folder, RULES | {"tuning/sent.json": b"private", "rules/en/.mine.yml.tmp": b"half", "cache/baseline-en.bin": b"again"})
    backup = backup_of(store)
    folder = tmp_path / "new"
    assert restore_backup(backup, folder) == 0
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for part in ("rules", "tuning", "cache") for p in (folder / part).rglob("*") if p.is_file()}
    assert found == RULES
    assert {p.stat().st_mode & 0o077 for p in (folder / "rules").rglob("*")} == {0}


def test_rules_that_are_there_stay_and_are_not_mixed(tmp_path: Path, store: ContactStore) -> None:
    """Where there are rules already, none of the backup's come among them; the dismissals, of which there are none, do."""
    write_all(store.folder, RULES)
    backup, folder = backup_of(store), tmp_path / "new"
    write_all(folder, {"rules/it/asks/altra.yml": b"kind: favor"})
    restore_backup(backup, folder)
    assert [p.name for p in (folder / "rules").rglob("*") if p.is_file()] == ["altra.yml"]
    assert (folder / "tuning" / "dismissals.json").is_file()


@pytest.mark.parametrize("name", ["rules/../../evil.yml", "rules/.hidden.yml", "rules/a/b/c/d.yml", "tuning/sent.json", "rules/c:evil.yml"])
def test_a_member_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    """A name that no backup holds refuses the whole archive."""
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("store.json", '{"format": 1}')
        made.writestr(name, "x")
    with pytest.raises(InputFileError, match="expected a backup"):
        restore_backup(path, tmp_path / "new")
    assert not (tmp_path / "evil.yml").exists()


def test_contacts_are_never_overwritten(store: ContactStore) -> None:
    """A folder with a contact, or one that a process works on, stays as it is."""
    store.create(Contact("Ada"))
    backup, before = backup_of(store), files_below(store.folder)
    with pytest.raises(StoreLockedError):
        restore_backup(backup, store.folder)
    store.close()
    with pytest.raises(StoreNotEmptyError, match="holds 1 contact"):
        restore_backup(backup, store.folder)
    assert files_below(store.folder) == before
    FolderLock(store.folder, "the next one").release()


@pytest.mark.parametrize(
    ("members", "error", "message"),
    [
        ({"contacts__a": b"{}"}, InputFileError, "an archive without it"),
        ({"store": b'{"format": 1}', "contacts__..__..__x": b""}, InputFileError, "got 'contacts/../../x.json'"),
        ({"store": b'{"format": 1}', "__etc__x": b""}, InputFileError, "got '/etc/x.json'"),
        ({"store": b'{"format": 1}', "lock": b""}, InputFileError, "got 'lock.json'"),
        ({"store": b'{"format": 99}'}, StoreVersionError, "format 99"),
        ({"store": b'{"format": "1"}'}, InputFileError, "store.json: expected the format"),
        ({"store": b"{"}, InputFileError, "store.json: expected the format"),
        ({"store": b"{}"}, StoreVersionError, "format 0"),
    ],
)
def test_no_backup(tmp_path: Path, members: dict[str, bytes], error: type[Exception], message: str) -> None:
    """What is no backup of Coltiva, or of a newer one, is refused before the folder is touched."""
    with pytest.raises(error, match=message):
        restore_backup(archive(tmp_path / "a.zip", **members), tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_damaged_files(tmp_path: Path, store: ContactStore) -> None:
    """Cut off or changed anywhere, a backup is either refused or comes back whole; nothing is half restored."""
    for name in ("Ada", "Bo"):
        store.create(Contact(name))
    whole, before = backup_of(store).read_bytes(), files_below(store.folder)
    broken, refused = tmp_path / "broken.zip", 0
    for place in range(0, len(whole), 7):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            folder = tmp_path / f"{place}-{len(data)}"
            broken.write_bytes(data)
            try:
                restore_backup(broken, folder)
            except (InputFileError, StoreVersionError):
                refused += 1
                assert files_below(folder) == {}
            else:
                assert files_below(folder) == before
    assert refused > 50
    with pytest.raises(InputFileError, match="cannot be read: No such file"):
        restore_backup(tmp_path / "nowhere.zip", tmp_path / "data")


def test_a_file_that_holds_no_contact(tmp_path: Path, open_store: Open) -> None:
    """It does not keep the others from coming back: opening sets it aside and says so."""
    good = {"contact": {"1": {"id": "good", "name": "Ada"}}}
    path = archive(tmp_path / "a.zip", store=b'{"format": 1}', contacts__good=json.dumps(good).encode(), contacts__bad=b"?")
    assert restore_backup(path, tmp_path / "data") == 2
    store = open_store(tmp_path / "data")
    assert ([s.name for s in store.summaries()], len(store.problems)) == (["Ada"], 1)
