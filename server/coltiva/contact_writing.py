"""Changing the contacts from the command line: at once, or through the server that works on them already."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import quote

from coltiva.contact_lookup import contacts_to_read
from coltiva.contact_payloads import to_json
from coltiva.contact_store import ContactStore, ContactView, default_folder, new_id
from coltiva.contacts import Contact
from coltiva.editing import with_line
from coltiva.errors import StoreLockedError, UnknownContactError
from coltiva.library import Library
from coltiva.quick_line import QuickLine
from coltiva.running_server import RunningServer, server_in_place_of
from coltiva.speech import Speech

_CHANGE_ID = re.compile(r"[\w-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line that says what happened: as it was typed, on which day, in which language, and what it says."""

    text: str
    day: date
    language: str
    read: QuickLine


class ContactWriter(Protocol):
    """Changes contacts; each change is told by the id with which it can be taken back.

    Attributes:
        contacts: where to find whom a word means.
    """

    contacts: ContactView

    def create(self, contact: Contact) -> str:
        """Store a new contact under the id that it has."""

    def record(self, contact_id: str, line: TypedLine) -> str:
        """Add what a line says to a contact's record."""

    def delete(self, contact_id: str) -> str:
        """Delete a contact."""

    def merge(self, kept_id: str, other_id: str) -> str:
        """Make two contacts one, under the id of the first."""

    def undo(self, change_id: str) -> str:
        """Take a change back."""

    def backup(self) -> str:
        """Write a backup, and return where it is."""


class _InStore:
    """Changes contacts in the store that this process has opened."""

    def __init__(self, store: ContactStore) -> None:
        self.contacts: ContactView = store
        self._store = store

    def create(self, contact: Contact) -> str:
        return self._store.create(contact).id

    def record(self, contact_id: str, line: TypedLine) -> str:
        return self._store.update(contact_id, "line_added", with_line(line.read)).id

    def delete(self, contact_id: str) -> str:
        return self._store.delete(contact_id).id

    def merge(self, kept_id: str, other_id: str) -> str:
        return self._store.merge(kept_id, other_id).id

    def undo(self, change_id: str) -> str:
        return self._store.undo(change_id).id

    def backup(self) -> str:
        return str(self._store.backup())


class _ThroughServer:
    """Has the server change contacts, which are looked up beside it."""

    def __init__(self, server: RunningServer, contacts: ContactView) -> None:
        self.contacts = contacts
        self._server = server

    def create(self, contact: Contact) -> str:
        body = {name: value for name, value in to_json(contact).items() if name not in ("notes", "promises")}
        return self._change("POST", "/contacts", body, is_once=True)

    def record(self, contact_id: str, line: TypedLine) -> str:
        body = {"id": new_id(), "line": line.text, "today": line.day.isoformat()}
        path = f"/contacts/{quote(contact_id, '')}/lines"
        return self._change("POST", path, body, is_once=True, explain_in=line.language)

    def delete(self, contact_id: str) -> str:
        return self._change("DELETE", f"/contacts/{quote(contact_id, '')}")

    def merge(self, kept_id: str, other_id: str) -> str:
        return self._change("POST", f"/contacts/{quote(kept_id, '')}/merge", {"other": other_id})

    def undo(self, change_id: str) -> str:
        if not _CHANGE_ID.fullmatch(change_id):
            # In an address it would mean something else.
            message = f"there is no change {change_id!r} to take back"
            raise UnknownContactError("unknown_change", message, change=change_id)
        return self._change("POST", f"/changes/{change_id}/undo")

    def backup(self) -> str:
        return str(self._server.ask("POST", "/backups")["path"])

    def _change(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        is_once: bool = False,
        **query: object,
    ) -> str:
        return str(self._server.ask(method, path, body, is_once=is_once, **query)["change"])


@contextmanager
def contacts_to_change(library: Library, say: Speech) -> Iterator[ContactWriter]:
    """Open the contacts to be changed, and say at the end which files were set aside.

    Raises:
        StoreLockedError: another command works on them.
    """
    folder = default_folder()
    with ExitStack() as open_until_then:
        try:
            opening = ContactStore(folder, library.tending, "coltiva contacts", is_brief=True)
            store = open_until_then.enter_context(opening)
        except StoreLockedError as refusal:
            server = open_until_then.enter_context(server_in_place_of(refusal, folder, say.language))
            yield _ThroughServer(server, open_until_then.enter_context(contacts_to_read(library, say)))
            return
        yield _InStore(store)
        for problem in store.problems:
            print(say.set_aside(problem.path, problem.fault), file=sys.stderr)
