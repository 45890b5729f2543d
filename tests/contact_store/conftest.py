"""A store in a folder of its own, and edits that many tests make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coltiva.contact_store import ContactStore
from coltiva.contacts import ContactRecord, Event
from coltiva.editing import Edit
from coltiva.library import Library

from ..conftest import event


@pytest.fixture
def open_store(tmp_path: Path, library: Library) -> Iterator[Callable[..., ContactStore]]:
    """Return a function that opens the store of this test; whatever is open at its end is closed."""
    opened: list[ContactStore] = []

    def open_it(folder: Path = tmp_path / "data") -> ContactStore:
        opened.append(ContactStore(folder, library.tending, "a test"))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., ContactStore]) -> ContactStore:
    """Return an empty store."""
    return open_store()


def adding(event_id: str, summary: str = "") -> Edit:
    """Return the edit that adds a call on 2026-05-01."""
    return lambda record: replace(record, history=(*record.history, event("2026-05-01", "call", summary=summary or event_id, event_id=event_id)))


def event_ids(record: ContactRecord) -> list[str]:
    """Return the ids of a record's events, in order."""
    return [e.id for e in record.history]


def with_event(record: ContactRecord, changed: Event) -> ContactRecord:
    """Return *record* with *changed* in the place of the event of its id."""
    return replace(record, history=tuple(changed if e.id == changed.id else e for e in record.history))
