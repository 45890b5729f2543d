"""The contacts of one user: found at once, each safe in a file of its own, every change to be taken back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from coltiva.addresses import profile_key
from coltiva.background import beside
from coltiva.contact_store.absorbing import Absorbed, absorb
from coltiva.contact_store.backups import make_backup, newest_backup
from coltiva.contact_store.folder import check_format, make_private_folders, migrate, tidy
from coltiva.contact_store.locking import FolderLock
from coltiva.contact_store.looking import ContactView, new_id
from coltiva.contact_store.merging import merge_records, told_apart
from coltiva.contact_store.shelf import Pairs, Shelf
from coltiva.contact_store.undoing import Change, revert
from coltiva.contacts import Contact, ContactRecord, Event, in_order
from coltiva.editing import Edit
from coltiva.errors import DuplicateContactError, StoreWriteError, UnknownContactError
from coltiva.standing import TendingLimits

_BACKUP_EVERY = timedelta(days=1)
# The first backup waits until the start and the first messages are over.
_FIRST_BACKUP_SECONDS = 30
_LOOK_FOR_BACKUP_SECONDS = 3600
_BACKUP_WAIT_SECONDS = 10

_log = logging.getLogger("coltiva")


class ContactStore(ContactView):
    """The contacts below *folder*; any number of threads may use it, and one process.

    Args:
        limits: what the summaries need to tell a usual rhythm.
        purpose: what a second process is told, such as ``coltiva serve``.
        now: the user's local time.
        is_brief: whether this process ends with its change, so that taking it back is another's work.

    Raises:
        StoreLockedError: another process works on the folder.
        StoreVersionError: a newer Coltiva wrote it.
        StoreWriteError: the folder cannot be made, read or written.
    """

    def __init__(
        self,
        folder: Path,
        limits: TendingLimits,
        purpose: str,
        now: Callable[[], datetime] = datetime.now,
        *,
        is_brief: bool = False,
    ) -> None:
        self._now = now
        self._writing = threading.RLock()
        try:
            found = check_format(folder)
            make_private_folders(folder)
            self._lock = FolderLock(folder, purpose)
            try:
                tidy(folder)
                migrate(folder, found)
                self._shelf = Shelf(folder, limits, now, is_brief=is_brief)
                super().__init__(folder, self._shelf)
            except BaseException:
                self._lock.release()
                raise
        except OSError as error:
            message = f"{folder}: the contacts cannot be opened: {error.strerror}"
            raise StoreWriteError(message, "unwritable", file=folder, reason=error.strerror) from error

    def close(self) -> None:
        """Write the derived index and let the next process in; a second call does nothing."""
        with self._writing:
            if self._lock.is_held:
                self._shelf.write_index()
            self._lock.release()

    def __enter__(self) -> ContactStore:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def create(self, contact: Contact, history: tuple[Event, ...] = ()) -> Change:
        """Store a new contact under its id, else under a new one, which the change names; a taken id changes nothing.

        Raises:
            DuplicateContactError: another contact has one of the profiles.
        """
        with self._changing():
            contact = replace(contact, id=contact.id or new_id())
            if self._shelf.index.get(contact.id) is not None:
                known = self.get(contact.id)
                return self._commit("created", {contact.id: (known, known)})
            self._refuse_taken_profiles(contact)
            return self._commit("created", {contact.id: (None, ContactRecord(contact, in_order(history)))})

    def update(self, contact_id: str, what: str, edit: Edit) -> Change:
        """Change one contact by a pure function of its record; the id stays.

        Args:
            what: a code for the change, such as ``event_added``.

        Raises:
            UnknownContactError: there is no such contact, or *edit* found no such part of it.
            DuplicateContactError: another contact has one of the profiles.
        """
        with self._changing():
            before = self.get(contact_id)
            after = edit(before)
            after = ContactRecord(replace(after.contact, id=contact_id), in_order(after.history))
            self._refuse_taken_profiles(after.contact)
            return self._commit(what, {contact_id: (before, after)})

    def delete(self, contact_id: str) -> Change:
        """Delete a contact; ``undo`` brings it back."""
        with self._changing():
            return self._commit("deleted", {contact_id: (self.get(contact_id), None)})

    def merge(self, kept_id: str, other_id: str) -> Change:
        """Make two contacts one, under the id of the first; ``undo`` parts them again."""
        with self._changing():
            kept, other = self.get(kept_id), self.get(other_id)
            if kept_id == other_id:
                raise UnknownContactError("same_contact", "expected two different contacts to merge")
            merged = merge_records(kept, told_apart(kept, other, new_id))
            return self._commit("merged", {kept_id: (kept, merged), other_id: (other, None)})

    def absorb(self, records: Iterable[ContactRecord]) -> Absorbed:
        """Add records from outside: new contacts, and to known ones what is new; all of it or nothing.

        Records come in one by one, so that they may be more than memory holds. Doing it twice changes nothing more.

        Raises:
            StoreWriteError: nothing was added.
        """
        with self._changing():
            return absorb(self._shelf, records, self._now(), new_id)

    def would_absorb(self, records: Iterable[ContactRecord]) -> Absorbed:
        """Return what ``absorb`` would come to; nothing is written, and nothing else changes meanwhile."""
        with self._changing():
            return super().would_absorb(records)

    def undo(self, change_id: str) -> Change:
        """Take a change back and keep whatever came later; returns the change that did it.

        Raises:
            UnknownContactError: the change is unknown, too old, or taken back already.
        """
        with self._changing():
            change = self._shelf.change(change_id)
            pairs: dict[str, tuple[ContactRecord | None, ContactRecord | None]] = {}
            for contact_id, before in change.before.items():
                with self._shelf.memory:
                    now = self.get(contact_id) if self._shelf.index.get(contact_id) else None
                pairs[contact_id] = (
                    now,
                    revert(now, before, change.after.get(contact_id), change.made.get(contact_id)),
                )
            return self._commit("undone", pairs, undone=change_id)

    def backup(self, *, only_if_due: bool = False) -> Path | None:
        """Write a backup and return its path; None where the last is younger than a day and *only_if_due* is set."""
        last = newest_backup(self.folder)
        if only_if_due and last is not None and self._now() - last < _BACKUP_EVERY:
            return None
        try:
            return make_backup(self.folder, self._now(), lambda: self._shelf.generation)
        except OSError as error:
            message = f"{self.folder}: no backup could be written: {error.strerror}; the older ones are there still"
            raise StoreWriteError(message, "no_backup_written", file=self.folder, reason=error.strerror) from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Let one thread change something, once every earlier change is complete."""
        with self._writing:
            if not self._lock.is_held:
                message = f"{self.folder}: the contacts are closed; another process may work on them"
                raise StoreWriteError(message, "store_closed")
            self._shelf.settle()
            yield

    def _commit(self, what: str, pairs: Pairs, undone: str = "") -> Change:
        return self._shelf.commit(what, pairs, self._now(), undone)

    def _refuse_taken_profiles(self, contact: Contact) -> None:
        for profile in contact.profiles:
            for owner in self.find(profile=profile) if profile_key(profile) else ():
                if owner.id != contact.id:
                    raise DuplicateContactError(profile, owner.id)


def _log_failure(error: StoreWriteError) -> None:
    _log.warning("%s", error)


@contextmanager
def backups_in_background(
    store: ContactStore,
    first_after_seconds: float = _FIRST_BACKUP_SECONDS,
    warn: Callable[[StoreWriteError], None] = _log_failure,
) -> Iterator[None]:
    """Back up once a day while the block runs; a backup that fails is tried again within the hour.

    Args:
        warn: gets what keeps a backup from being written.
    """

    def run(stop: threading.Event) -> None:
        wait_seconds = first_after_seconds
        while not stop.wait(wait_seconds):
            wait_seconds = _LOOK_FOR_BACKUP_SECONDS
            try:
                store.backup(only_if_due=True)
            except StoreWriteError as error:
                warn(error)

    with beside("backup", run, _BACKUP_WAIT_SECONDS):
        yield
