"""What is held in memory of the contacts: an index of all, and the records that were asked for last."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from coltiva.contact_store.folder import CONTACTS
from coltiva.contact_store.index import Index
from coltiva.contacts import ContactRecord
from coltiva.errors import Fault, UnknownContactError
from coltiva.standing import TendingLimits

_CACHED_RECORDS = 256


@dataclass(frozen=True, slots=True)
class StoreProblem:
    """A contact's file that could not be read: where it is kept now, and what was wrong with it."""

    path: str
    fault: Fault


class Held(ABC):
    """The contacts below *folder* as memory shows them.

    Attributes:
        index: what is known of every contact; hold *memory* while using it.
        problems: the files that hold no contact, or cannot be read.
    """

    def __init__(self, folder: Path, limits: TendingLimits) -> None:
        self.folder, self._limits = folder, limits
        self.memory = threading.RLock()
        self.index = Index()
        self.problems: list[StoreProblem] = []
        self._records: OrderedDict[str, ContactRecord] = OrderedDict()

    def get(self, contact_id: str) -> ContactRecord:
        """Return a contact with the whole history.

        Raises:
            UnknownContactError: there is none, or its file turned out to be broken.
            OSError: its file cannot be read.
        """
        with self.memory:
            record = self._records.get(contact_id)
            if record is None and self.index.get(contact_id) is not None:
                record = self._read(contact_id)
            if record is None:
                raise UnknownContactError("unknown_contact", f"there is no contact {contact_id!r}", who=contact_id)
            self._keep(record)
            return record

    @abstractmethod
    def turn_day(self) -> None:
        """Let count, once a day, what lay ahead when it was summarized; hold *memory*."""

    @abstractmethod
    def _read(self, contact_id: str) -> ContactRecord | None:
        """Return what a contact's file holds; where that is none, take the contact out of the index and return None."""

    def _path(self, contact_id: str) -> Path:
        return self.folder / CONTACTS / f"{contact_id}.json"

    def _keep(self, record: ContactRecord) -> None:
        self._records[record.contact.id] = record
        self._records.move_to_end(record.contact.id)
        while len(self._records) > _CACHED_RECORDS:
            self._records.popitem(last=False)
