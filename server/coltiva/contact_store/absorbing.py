"""Records from outside joined to the contacts that are known, in one change."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from coltiva.addresses import email_key, name_key, profile_key
from coltiva.contact_store.durable import Transaction
from coltiva.contact_store.folder import UNDO
from coltiva.contact_store.held import Held
from coltiva.contact_store.merging import merge_records
from coltiva.contact_store.shelf import Shelf
from coltiva.contact_store.staging import InFiles, InMemory, Staging
from coltiva.contact_store.undoing import Change, prints_of
from coltiva.contacts import Contact, ContactRecord, in_order
from coltiva.errors import StoreWriteError, UnknownContactError

_ID = re.compile(r"[a-z0-9_-]{6,64}")


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What joining records came to.

    Attributes:
        events: how many events were new.
        ambiguous: the records that name alone tells, where several contacts have that name; they were left out.
        together: the records that went to a contact of an earlier record, each with that contact as it was.
        change: the id under which all of it can be taken back; empty where nothing was written.
    """

    added: int
    updated: int
    unchanged: int
    events: int
    ambiguous: tuple[Contact, ...]
    together: tuple[tuple[Contact, Contact], ...]
    change: str


class _AmbiguousNameError(Exception):
    """Several contacts could be meant."""


@dataclass
class _Absorption:
    """A join under way: what it staged, and how to find that again."""

    shelf: Held
    staging: Staging
    staged: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    before: dict[str, ContactRecord | None] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    ambiguous: list[Contact] = field(default_factory=list)
    together: list[tuple[Contact, Contact]] = field(default_factory=list)
    events: int = 0
    # Contact → the id that its record brought along: an export tells its contacts apart.
    named_by: dict[str, str] = field(default_factory=dict)

    def take(self, records: Iterable[ContactRecord], new_id: Callable[[], str]) -> None:
        """Join records one by one."""
        for record in records:
            own = record.contact.id
            try:
                known = self.known(record.contact)
            except _AmbiguousNameError:
                self.ambiguous.append(record.contact)
                continue
            if known is None:
                named = replace(record.contact, id=own if _ID.fullmatch(own) else new_id())
                self.stage(None, ContactRecord(named, in_order(record.history)))
                if own:
                    self.named_by[named.id] = own
                continue
            if own:
                self.named_by.setdefault(known.contact.id, own)
            if known.contact.id in self.before or known.contact.id in self.unchanged:
                self.together.append((record.contact, known.contact))
            merged = merge_records(known, record)
            if merged == known:
                self.unchanged.add(known.contact.id)
            else:
                self.stage(known, merged)

    def outcome(self, change_id: str) -> Absorbed:
        """Return what it came to."""
        added = sum(before is None for before in self.before.values())
        left = len(self.unchanged - set(self.before))
        updated = len(self.before) - added
        ambiguous, together = tuple(self.ambiguous), tuple(self.together)
        return Absorbed(added, updated, left, self.events, ambiguous, together, change_id)

    def known(self, contact: Contact) -> ContactRecord | None:
        """Return whom *contact* means, as the record stands in this join; None where that is nobody."""
        while True:
            try:
                known_id = self.match(contact)
                return self.record(known_id) if known_id is not None else None
            except UnknownContactError:
                # Broken, or removed beside us; the index knows it no more, so that the next look finds another or none.
                continue

    def match(self, contact: Contact) -> str | None:
        """Return whom *contact* means: by id, profile or email, and where it has neither by name and company."""
        if contact.id and (contact.id in self.before or self.shelf.index.get(contact.id)):
            return contact.id
        for key in filter(None, map(profile_key, contact.profiles)):
            if found := self._known("profile", key):
                return found[0]
        for key in filter(None, map(email_key, contact.emails)):
            found = [one for one in self._known("email", key) if not self._is_another(one, contact)]
            # Offices and families share addresses; a common word in the names is asked for too.
            found = [one for one in found if _names_fit(self.record(one).contact, contact)]
            if found:
                return found[0]
        found = [one for one in self._known("name", name_key(contact.name)) if self._may_be(one, contact)]
        if len(found) > 1:
            raise _AmbiguousNameError
        return found[0] if found else None

    def record(self, contact_id: str) -> ContactRecord:
        """Return the record as it stands in this join."""
        return self.staging.get(contact_id) or self.shelf.get(contact_id)

    def stage(self, old: ContactRecord | None, new: ContactRecord) -> None:
        """Keep *new*, which *old* becomes."""
        contact = new.contact
        self.staging.put(old, new)
        self.events += len(new.history) - (len(old.history) if old is not None else 0)
        self.before.setdefault(contact.id, old)
        for key in (
            *(("profile", profile_key(p)) for p in contact.profiles),
            *(("email", email_key(e)) for e in contact.emails),
            *(("name", name_key(n)) for n in (contact.name, *contact.other_names)),
        ):
            ids = self.staged.setdefault(key, [])
            if contact.id not in ids:
                ids.append(contact.id)

    def _known(self, kind: str, key: str) -> list[str]:
        if not key:
            return []
        with self.shelf.memory:
            stored = self.shelf.index.with_key(kind, key)
        return list(dict.fromkeys((*stored, *self.staged.get((kind, key), ()))))

    def _may_be(self, contact_id: str, contact: Contact) -> bool:
        """Whether the name and nothing else tells the two."""
        if self._is_another(contact_id, contact):
            return False
        known = self.record(contact_id).contact
        if known.profiles and contact.profiles:
            return False
        return not known.company or not contact.company or name_key(known.company) == name_key(contact.company)

    def _is_another(self, contact_id: str, contact: Contact) -> bool:
        """Whether another contact of the same export is this one already."""
        return bool(contact.id) and self.named_by.get(contact_id, contact.id) != contact.id


def _names_fit(known: Contact, contact: Contact) -> bool:
    words = [{w for n in (c.name, *c.other_names) for w in name_key(n).split()} for c in (known, contact)]
    return not words[0] or not words[1] or bool(words[0] & words[1])


def would_absorb(held: Held, records: Iterable[ContactRecord], new_id: Callable[[], str]) -> Absorbed:
    """Return what joining *records* would come to; see ``ContactView.would_absorb``."""
    join = _Absorption(held, InMemory())
    with _adding(held):
        join.take(records, new_id)
    return join.outcome("")


def absorb(shelf: Shelf, records: Iterable[ContactRecord], now: datetime, new_id: Callable[[], str]) -> Absorbed:
    """Join *records* to the contacts on *shelf*; see ``ContactStore.absorb``."""
    transaction = Transaction(shelf.folder)
    join = _Absorption(shelf, InFiles(transaction, shelf.folder))
    try:
        with _adding(shelf):
            join.take(records, new_id)
            change_id = _commit(join, shelf, transaction, now) if join.before else ""
    finally:
        # After a commit nothing is left to abandon.
        transaction.abandon()
    return join.outcome(change_id)


@contextmanager
def _adding(held: Held) -> Iterator[None]:
    """Tell a disk that fails as what it means here."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        message = f"{held.folder}: nothing was added: {reason}"
        raise StoreWriteError(message, "unwritable", file=held.folder, reason=reason) from error


def _commit(join: _Absorption, shelf: Shelf, transaction: Transaction, now: datetime) -> str:
    after = {one: join.record(one) for one, before in join.before.items() if before is not None}
    # Of what a new contact became, prints are enough: taking the join back removes that, and leaves what came later.
    made = {one: prints_of(join.record(one)) for one, before in join.before.items() if before is None}
    change = Change(f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", now, "absorbed", join.before, after, made)
    transaction.put(f"{UNDO}/{change.id}.json", msgspec.json.encode(change))
    try:
        shelf.commit_files(transaction)
    finally:
        shelf.reload(join.before)
    return change.id
