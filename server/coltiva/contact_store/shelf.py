"""The files of all contacts, and what is held of them in memory: memory follows only what is on disk."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import Transaction, recover, sync_folder
from coltiva.contact_store.files import read_file, write_record
from coltiva.contact_store.folder import ASIDE, CONTACTS, UNDO, contact_files
from coltiva.contact_store.held import Held, StoreProblem
from coltiva.contact_store.index import (
    INDEX_FILE,
    Index,
    build_entries,
    has_come,
    read_index,
    stamp_of,
    summarize,
    write_index,
)
from coltiva.contact_store.undoing import Change, prints_of
from coltiva.contacts import ContactRecord
from coltiva.errors import ContactFileError, Fault, StoreWriteError, UnknownContactError
from coltiva.standing import TendingLimits

_REMEMBERED_CHANGES = 100
_UNDO_DAYS = 30  # D: own choice: long enough to notice a wrong merge

Pairs = Mapping[str, tuple[ContactRecord | None, ContactRecord | None]]


class Shelf(Held):
    """All records below *folder*, which is prepared and locked; files that hold none are set aside.

    Attributes:
        generation: rises with every change to several files, before and after it.

    Args:
        is_brief: see ``ContactStore``.
    """

    def __init__(
        self, folder: Path, limits: TendingLimits, now: Callable[[], datetime], *, is_brief: bool = False
    ) -> None:
        super().__init__(folder, limits)
        self._now, self._day, self._is_brief = now, now().date(), is_brief
        self.generation = 0
        self._unsettled: tuple[str, ...] = ()
        self._changes: OrderedDict[str, Change] = OrderedDict()
        known = read_index(folder / INDEX_FILE, limits)
        entries, unread = build_entries(contact_files(folder), known, limits, self._day)
        self.index = Index(entries)
        for one in unread:
            if one.is_broken:
                self._set_aside(one.path, one.fault)
            else:
                self.problems.append(StoreProblem(str(one.path), one.fault))
        if len(known) != len(entries) or any(known.get(entry.id) is not entry for entry in entries):
            self.write_index()
        oldest = f"{now() - timedelta(days=_UNDO_DAYS):%Y%m%d}"
        for path in (folder / UNDO).glob("*.json"):
            if path.name < oldest:
                path.unlink(missing_ok=True)

    def write_index(self) -> None:
        """Write the derived index; where that fails the next opening takes longer, and nothing else."""
        with contextlib.suppress(OSError), self.memory:
            write_index(self.folder / INDEX_FILE, self.index, self._limits)

    def turn_day(self) -> None:
        """Let count, once a day, what lay ahead when it was summarized; hold *memory*."""
        today = self._now().date()
        if today == self._day:
            return
        self._day = today
        for contact_id in [entry.id for entry in self.index if has_come(entry, today)]:
            with contextlib.suppress(OSError):
                self.show(contact_id, self._read(contact_id))

    def change(self, change_id: str) -> Change:
        """Return a change that can be taken back; UnknownContactError where there is none."""
        with self.memory:
            found = self._changes.get(change_id)
        if found is not None:
            return found
        # Only names that stand in the folder are opened, so that no id leads elsewhere.
        for path in (self.folder / UNDO).iterdir():
            if path.name == f"{change_id}.json":
                with contextlib.suppress(OSError, msgspec.DecodeError):
                    return msgspec.json.decode(path.read_bytes(), type=Change)
        raise UnknownContactError("unknown_change", f"there is no change {change_id!r} to take back", change=change_id)

    def commit(self, what: str, pairs: Pairs, now: datetime, undone: str = "") -> Change:
        """Write new records in the place of the old ones, all or none.

        Args:
            pairs: each contact's record before (None for a new one) and after (None to remove it).
            undone: the change that this one takes back.

        Raises:
            StoreWriteError: it could not be written.
        """
        before, after = ({contact_id: pair[i] for contact_id, pair in pairs.items()} for i in (0, 1))
        made = {contact_id: prints_of(new) for contact_id, (old, new) in pairs.items() if old is None and new}
        change = Change(f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", now, what, before, after, made)
        transaction = Transaction(self.folder)
        try:
            for contact_id, (old, new) in pairs.items():
                self._stage(transaction, contact_id, old, new)
            # What only adds is remembered, which costs no second file, as long as this process is there.
            if self._is_brief or not change.only_adds:
                transaction.put(f"{UNDO}/{change.id}.json", msgspec.json.encode(change))
            if (self.folder / UNDO / f"{undone}.json").exists():
                transaction.remove(f"{UNDO}/{undone}.json")
            self.commit_files(transaction)
        except BaseException as error:
            transaction.abandon()
            self.reload(pairs)
            if isinstance(error, OSError):
                message = f"{self.folder}: the change could not be written: {error.strerror}"
                raise StoreWriteError(message, "unwritable", file=self.folder, reason=error.strerror) from error
            raise
        with self.memory:
            for contact_id, (_, new) in pairs.items():
                self.show(contact_id, new)
            self._changes.pop(undone, None)
            self._changes[change.id] = change
            while len(self._changes) > _REMEMBERED_CHANGES:
                self._changes.popitem(last=False)
        return change

    def commit_files(self, transaction: Transaction) -> None:
        """Commit, so that a backup notices a change to several files."""
        several = transaction.is_journaled
        self.generation += several
        transaction.commit()
        self.generation += several

    def settle(self) -> None:
        """Complete a change that could not be completed before; StoreWriteError where it still cannot."""
        if self._unsettled:
            try:
                recover(self.folder)
            except OSError as error:
                message = f"{self.folder}: an earlier change could not be completed yet: {error.strerror}"
                raise StoreWriteError(message, "unwritable", file=self.folder, reason=error.strerror) from error
            self.reload(self._unsettled)

    def reload(self, contact_ids: Iterable[str]) -> None:
        """Read contacts again after a write that failed: it may have happened nevertheless."""
        self._unsettled = tuple(contact_ids)
        try:
            recover(self.folder)
        except OSError:
            return  # memory shows what was before until the change can be completed
        for contact_id in self._unsettled:
            with contextlib.suppress(OSError), self.memory:
                record = self._read(contact_id) if self._path(contact_id).exists() else None
                self.show(contact_id, record)
        self._unsettled = ()

    def show(self, contact_id: str, record: ContactRecord | None) -> None:
        """Let memory show what the disk holds; hold *memory*."""
        self._records.pop(contact_id, None)
        if record is None:
            self.index.drop(contact_id)
            return
        self.index.put(summarize(record, stamp_of(self._path(contact_id).stat()), self._limits, self._now().date()))
        self._keep(record)

    def _stage(
        self, transaction: Transaction, contact_id: str, old: ContactRecord | None, new: ContactRecord | None
    ) -> None:
        name = f"{CONTACTS}/{contact_id}.json"
        if new is None and old is not None:
            transaction.remove(name)
        elif new is not None and new != old:
            content = self._path(contact_id).read_bytes() if old is not None else None
            write_record(content, old, new, lambda data: transaction.put(name, data))

    def _read(self, contact_id: str) -> ContactRecord | None:
        try:
            return read_file(self._path(contact_id), contact_id)
        except ContactFileError as error:
            self._set_aside(self._path(contact_id), error.fault)
            return None

    def _set_aside(self, path: Path, fault: Fault) -> None:
        """Move a file that holds no contact out of the way, and keep it."""
        kept = self.folder / ASIDE / f"{path.stem}.{secrets.token_hex(3)}.json"
        with contextlib.suppress(FileNotFoundError):
            os.replace(path, kept)
            sync_folder(kept.parent)
            sync_folder(path.parent)
            self.problems.append(StoreProblem(str(kept), fault))
        self.index.drop(path.stem)
