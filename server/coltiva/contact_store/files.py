"""A contact's file: a small TinyDB with one table for the contact and one for the events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage
from tinydb.table import Document

from coltiva.contacts import Contact, ContactRecord, Event, in_order
from coltiva.errors import ContactFileError, Fault

CONTACT_TABLE, EVENTS_TABLE = "contact", "events"


class _Tables(msgspec.Struct):
    """What a file holds, as TinyDB lays it out: tables of documents by number."""

    contact: dict[str, Contact]
    events: dict[str, Event] = {}


def _cached(content: bytes | None, put: Callable[[bytes], None]) -> Storage:
    """Return a storage that hands its content on once, when the database is closed."""
    storage: Storage = CachingMiddleware(StagedStorage)(content, put)  # type: ignore[no-untyped-call]
    return storage


_decode = msgspec.json.Decoder(_Tables).decode


class StagedStorage(Storage):
    """A TinyDB storage that reads a file's *content* and hands what is written to *put*, which makes it durable.

    TinyDB's own storage writes over the file in place; a crash then leaves half of it.
    """

    def __init__(self, content: bytes | None, put: Callable[[bytes], None]) -> None:
        self._content = content
        self._put = put

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables; None for a new file."""
        return None if self._content is None else msgspec.json.decode(self._content)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Hand on the tables' new content."""
        self._content = msgspec.json.encode(data)
        self._put(self._content)


def read_record(content: bytes) -> ContactRecord:
    """Return what a file holds.

    Raises:
        ContactFileError: it holds something else.
    """
    try:
        tables = _decode(content)
    except msgspec.DecodeError as error:
        fault = Fault(f"expected a contact's file; {error}", "no_contact_file", {"reason": str(error)})
        raise ContactFileError(fault) from None
    if len(tables.contact) != 1:
        got = len(tables.contact)
        raise ContactFileError(Fault(f"expected one contact in the file; got {got}", "contact_count", {"got": got}))
    (contact,) = tables.contact.values()
    return ContactRecord(contact, in_order(tables.events.values()))


def read_file(path: Path, contact_id: str) -> ContactRecord:
    """Return the contact whose file is *path*.

    Raises:
        ContactFileError: the file holds no contact, or another one than *contact_id*, after which it is named.
        OSError: it cannot be read.
    """
    record = read_record(path.read_bytes())
    if record.contact.id != contact_id:
        wanted, got = contact_id, repr(record.contact.id)
        message = f"expected contact {wanted} in its file; got {got}"
        raise ContactFileError(Fault(message, "other_contact", {"wanted": wanted, "got": got}))
    return record


def write_record(
    content: bytes | None, before: ContactRecord | None, after: ContactRecord, put: Callable[[bytes], None]
) -> None:
    """Turn a file's *content*, which holds *before*, into one that holds *after*, and hand it to *put* once.

    Args:
        content: None for a new file; *before* is None then too.
    """
    with TinyDB(content, put, storage=_cached) as database:
        if before is None or before.contact != after.contact:
            contacts = database.table(CONTACT_TABLE)
            contacts.truncate()
            contacts.insert(Document(_document(after.contact), doc_id=1))
        old = {event.id: event for event in before.history} if before else {}
        new = {event.id: event for event in after.history}
        events = database.table(EVENTS_TABLE)
        gone = [event_id for event_id in old if event_id not in new]
        if gone:
            events.remove(where("id").one_of(gone))
        for event_id in [event_id for event_id in new if event_id in old and new[event_id] != old[event_id]]:
            (number,) = (document.doc_id for document in events.search(where("id") == event_id))
            events.remove(doc_ids=[number])
            events.insert(Document(_document(new[event_id]), doc_id=number))
        events.insert_multiple(_document(event) for event_id, event in new.items() if event_id not in old)


def _document(record: Contact | Event) -> dict[str, object]:
    """Return a record's fields without the empty ones."""
    fields: dict[str, object] = msgspec.to_builtins(record)
    return {name: value for name, value in fields.items() if value not in ("", None, (), False)}
