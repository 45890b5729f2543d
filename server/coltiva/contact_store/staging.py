"""Where a join of records keeps what contacts become, until all of it is known."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from coltiva.contact_store.durable import Transaction
from coltiva.contact_store.files import read_record, write_record
from coltiva.contact_store.folder import CONTACTS
from coltiva.contacts import ContactRecord


class Staging(ABC):
    """Where a join keeps what contacts become until all of it is known."""

    @abstractmethod
    def put(self, old: ContactRecord | None, new: ContactRecord) -> None:
        """Keep *new*, which *old* becomes."""

    @abstractmethod
    def get(self, contact_id: str) -> ContactRecord | None:
        """Return what was kept of a contact; None where nothing was."""


class InMemory(Staging):
    """For looking only."""

    def __init__(self) -> None:
        self._records: dict[str, ContactRecord] = {}

    def put(self, old: ContactRecord | None, new: ContactRecord) -> None:
        """See ``Staging``."""
        self._records[new.contact.id] = new

    def get(self, contact_id: str) -> ContactRecord | None:
        """See ``Staging``."""
        return self._records.get(contact_id)


class InFiles(Staging):
    """Beside the contacts' files, so that it may be more than memory holds."""

    def __init__(self, transaction: Transaction, root: Path) -> None:
        self._transaction, self._root = transaction, root

    def put(self, old: ContactRecord | None, new: ContactRecord) -> None:
        """See ``Staging``."""
        name = _file(new.contact.id)
        content = self._transaction.staged(name)
        if content is None and old is not None:
            content = (self._root / name).read_bytes()
        write_record(content, old, new, lambda data: self._transaction.put(name, data))

    def get(self, contact_id: str) -> ContactRecord | None:
        """See ``Staging``."""
        content = self._transaction.staged(_file(contact_id))
        return read_record(content) if content is not None else None


def _file(contact_id: str) -> str:
    return f"{CONTACTS}/{contact_id}.json"
