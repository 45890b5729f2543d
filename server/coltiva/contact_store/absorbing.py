"""Records from outside joined to the contacts that are known, in one change."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from coltiva.addresses import email_key, name_key, profile_key
from coltiva.contact_store.durable import Transaction
from coltiva.contact_store.files import read_record, write_record
from coltiva.contact_store.folder import CONTACTS, UNDO
from coltiva.contact_store.merging import merge_records
from coltiva.contact_store.shelf import Shelf
from coltiva.contact_store.undoing import Change
from coltiva.contacts import Contact, ContactRecord, in_order
from coltiva.errors import StoreWriteError

_ID = re.compile(r"[a-z0-9_-]{6,64}")


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What joining records came to.

    Attributes:
        ambiguous: the records that name alone tells, where several contacts have that name; they were left out.
        together: the records that went to a contact of an earlier record, each with that contact as it was.
        change: the id under which all of it can be taken back; empty where nothing was written.
    """

    added: int
    updated: int
    unchanged: int
    ambiguous: tuple[Contact, ...]
    together: tuple[tuple[Contact, Contact], ...]
    change: str


class _AmbiguousNameError(Exception):
    """Several contacts could be meant."""


@dataclass
class _Absorption:
    """A join under way: what it staged, and how to find that again."""

    shelf: Shelf
    transaction: Transaction
    staged: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    before: dict[str, ContactRecord | None] = field(default_factory=dict)
    # Contact → the id that its record brought along: an export tells its contacts apart.
    named_by: dict[str, str] = field(default_factory=dict)

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
        content = self.transaction.staged(_file(contact_id))
        return read_record(content) if content is not None else self.shelf.get(contact_id)

    def stage(self, old: ContactRecord | None, new: ContactRecord) -> None:
        """Write *new* beside the old file."""
        contact, name = new.contact, _file(new.contact.id)
        content = self.transaction.staged(name)
        if content is None and old is not None:
            content = (self.shelf.folder / name).read_bytes()
        write_record(content, old, new, lambda data: self.transaction.put(name, data))
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


def absorb(
    shelf: Shelf, records: Iterable[ContactRecord], now: datetime, new_id: Callable[[], str], *, dry_run: bool
) -> Absorbed:
    """Join *records* to the contacts on *shelf*; see ``ContactStore.absorb``."""
    join = _Absorption(shelf, Transaction(shelf.folder))
    unchanged, ambiguous, together = set[str](), list[Contact](), list[tuple[Contact, Contact]]()
    try:
        for record in records:
            try:
                known_id = join.match(record.contact)
            except _AmbiguousNameError:
                ambiguous.append(record.contact)
                continue
            if known_id is None:
                own = record.contact.id
                named = replace(record.contact, id=own if _ID.fullmatch(own) else new_id())
                join.stage(None, ContactRecord(named, in_order(record.history)))
                if own:
                    join.named_by[named.id] = own
                continue
            if record.contact.id:
                join.named_by.setdefault(known_id, record.contact.id)
            known = join.record(known_id)
            if known_id in join.before or known_id in unchanged:
                together.append((record.contact, known.contact))
            merged = merge_records(known, record)
            if merged == known:
                unchanged.add(known_id)
            else:
                join.stage(known, merged)
        change_id = "" if dry_run or not join.before else _commit(join, now)
    except OSError as error:
        reason = error.strerror or error
        message = f"{shelf.folder}: nothing was added: {reason}"
        raise StoreWriteError(message, "unwritable", file=shelf.folder, reason=reason) from error
    finally:
        # After a commit nothing is left to abandon.
        join.transaction.abandon()
    added = sum(before is None for before in join.before.values())
    left = len(unchanged - set(join.before))
    return Absorbed(added, len(join.before) - added, left, tuple(ambiguous), tuple(together), change_id)


def _commit(join: _Absorption, now: datetime) -> str:
    shelf = join.shelf
    # What a new contact became needs no keeping: taking the join back removes it.
    after = {one: join.record(one) for one, before in join.before.items() if before is not None}
    change = Change(f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", now, "absorbed", join.before, after)
    join.transaction.put(f"{UNDO}/{change.id}.json", msgspec.json.encode(change))
    try:
        shelf.commit_files(join.transaction)
    finally:
        shelf.reload(join.before)
    return change.id


def _file(contact_id: str) -> str:
    return f"{CONTACTS}/{contact_id}.json"
