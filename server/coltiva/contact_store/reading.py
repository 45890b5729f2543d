"""The contacts for who only looks, beside the process that works on them: without its lock, and writing nothing.

Every file is replaced as a whole, so that each holds what was acknowledged at some time. A change to several files is
seen whole too: what its journal names counts as done, and where one begins or ends while many files are read, they are
read again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from coltiva.contact_store.durable import pending
from coltiva.contact_store.files import read_record
from coltiva.contact_store.folder import CONTACTS, FORMAT, check_format
from coltiva.contact_store.held import Held, StoreProblem
from coltiva.contact_store.index import INDEX_FILE, Index, build_entries, read_index
from coltiva.contact_store.looking import ContactView
from coltiva.contacts import ContactRecord
from coltiva.errors import ContactFileError, StoreCorruptError, StoreVersionError
from coltiva.standing import TendingLimits

# A folder that changes all the time, as in an import, is listed no more often.
_LISTINGS = 5

Seen = TypeVar("Seen")


class ContactReader(ContactView):
    """The contacts below *folder*, which need not be there; nothing in it is written, moved or made.

    Args:
        limits: what the summaries need to tell a usual rhythm.

    Raises:
        StoreVersionError: a newer Coltiva wrote the contacts, or an older one, and they are to be brought up to date.
        StoreCorruptError: the folder cannot be read.
    """

    def __init__(self, folder: Path, limits: TendingLimits) -> None:
        try:
            found = check_format(folder)
            if found < FORMAT:
                message = f"{folder}: the contacts are in format {found} still; expected format {FORMAT}"
                raise StoreVersionError(message, "older_store", file=folder, got=found, known=FORMAT)
            self._files = _Files(folder, limits)
        except OSError as error:
            raise _unreadable(error, folder) from error
        super().__init__(folder, self._files)

    def __enter__(self) -> ContactReader:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is held that would have to be let go."""

    def records(self) -> Iterator[ContactRecord]:
        """Yield everybody with the whole history as all were at one moment, in order of their names; all are held."""
        yield from self._files.records()


class _Files(Held):
    """The contacts' files as they were found last."""

    def __init__(self, folder: Path, limits: TendingLimits) -> None:
        super().__init__(folder, limits)
        self._found: dict[str, Path] = {}
        _at_one_moment(folder, self._look)

    def records(self) -> Iterator[ContactRecord]:
        """See ``ContactReader``."""
        for contact_id, content in _at_one_moment(self.folder, self._contents).items():
            record = self._parsed(contact_id, content)
            if record is not None:
                yield record

    def turn_day(self) -> None:
        """Leave all as it was found: who reads looks but for a moment."""

    def _contents(self) -> dict[str, bytes]:
        self._look()
        entries = sorted(self.index, key=lambda entry: (entry.name, entry.id))
        contents = ((entry.id, self._content(entry.id)) for entry in entries)
        return {contact_id: content for contact_id, content in contents if content is not None}

    def _look(self) -> None:
        """Find the contacts anew."""
        known = read_index(self.folder / INDEX_FILE, self._limits)
        while True:
            self._found = _contact_files(self.folder)
            entries, unread = build_entries(self._found, known, self._limits, date.today())
            if len(entries) + len(unread) == len(self._found):
                break  # else a file was moved or removed between finding and reading it
        self.index = Index(entries)
        self.problems = [StoreProblem(str(one.path), one.fault) for one in unread]

    def _read(self, contact_id: str) -> ContactRecord | None:
        content = self._content(contact_id)
        return self._parsed(contact_id, content) if content is not None else None

    def _parsed(self, contact_id: str, content: bytes) -> ContactRecord | None:
        try:
            return read_record(content)
        except ContactFileError as error:
            self.problems.append(StoreProblem(str(self._path(contact_id)), error.fault))
            self.index.drop(contact_id)
            return None

    def _content(self, contact_id: str) -> bytes | None:
        """Return what a contact's file holds now; None, and nothing in the index either, where it is gone."""
        # What a journal named has come to its place meanwhile.
        for path in (self._found[contact_id], self._path(contact_id)):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise _unreadable(error, path) from error
        self.index.drop(contact_id)
        return None


def _unreadable(error: OSError, path: Path) -> StoreCorruptError:
    message = f"{path}: cannot be read: {error.strerror}"
    return StoreCorruptError(message, "unreadable", file=path, reason=error.strerror)


def _at_one_moment(folder: Path, look: Callable[[], Seen]) -> Seen:
    """Return what *look* sees while no change to several files begins or ends, whose journal lies in *folder*."""
    while True:
        before = _touched(folder)
        seen = look()
        if _touched(folder) == before:
            return seen


def _touched(folder: Path) -> int:
    """Return what changes whenever a name in *folder* does; 0 where there is no such folder."""
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _contact_files(folder: Path) -> dict[str, Path]:
    """Return the ids of the contacts below *folder*, each with its file, as they are once all changes are complete."""
    files = {f"{CONTACTS}/{name}": folder / CONTACTS / name for name in _names(folder / CONTACTS)}
    for name, path in pending(folder).items():
        if path is None:
            files.pop(name, None)
        else:
            files[name] = path
    return {
        name[len(CONTACTS) + 1 : -5]: path
        for name, path in files.items()
        if name.startswith(f"{CONTACTS}/") and name.endswith(".json")
    }


def _names(folder: Path) -> set[str]:
    """Return the names in *folder*; one that is replaced meanwhile may be missed, but not again and again."""
    names: set[str] = set()
    for _ in range(_LISTINGS):
        before = _touched(folder)
        try:
            names.update(os.listdir(folder))
        except FileNotFoundError:
            return names
        if _touched(folder) == before:
            break
    return names
