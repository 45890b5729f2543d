"""What can be looked up of the contacts: the same for who may change them and for who only reads."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from coltiva.contact_store.absorbing import Absorbed, would_absorb
from coltiva.contact_store.held import Held, StoreProblem
from coltiva.contact_store.index import Summary, search_entries
from coltiva.contacts import ContactRecord


def new_id() -> str:
    """Return an id that no contact, event, note or promise has."""
    return secrets.token_hex(6)


class ContactView:
    """The contacts below *folder*, to be looked at by any number of threads.

    Args:
        held: what memory holds of them.
    """

    def __init__(self, folder: Path, held: Held) -> None:
        self.folder = folder
        self._held = held

    def __len__(self) -> int:
        return len(self._held.index)

    @property
    def problems(self) -> tuple[StoreProblem, ...]:
        """The files that hold no contact, or cannot be read."""
        return tuple(self._held.problems)

    def get(self, contact_id: str) -> ContactRecord:
        """Return a contact with the whole history; UnknownContactError where there is none."""
        return self._held.get(contact_id)

    def summaries(self) -> list[Summary]:
        """Return what is known of every contact without reading its file."""
        with self._held.memory:
            self._held.turn_day()
            return list(self._held.index)

    def search(self, query: str) -> list[Summary]:
        """Return the contacts whose name, company, role, emails, profile or tags hold all words of *query*."""
        # Searching takes long enough to keep others waiting, so it works on a copy of the list.
        return search_entries(self.summaries(), query)

    def find(self, *, profile: str = "", email: str = "", name: str = "") -> tuple[Summary, ...]:
        """Return who has this profile; where nobody has, who has this email; else who has this name."""
        with self._held.memory:
            self._held.turn_day()
            return self._held.index.find(profile=profile, email=email, name=name)

    def would_absorb(self, records: Iterable[ContactRecord]) -> Absorbed:
        """Return what joining records from outside to the contacts would come to; nothing is written."""
        return would_absorb(self._held, records, new_id)
