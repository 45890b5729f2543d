"""Coltiva's own JSON: everything, so that reading it back gives the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from coltiva.contacts import Contact, ContactRecord, Event

# 2: gifts may be small.
VERSION = 2


def export_json(records: Iterable[ContactRecord]) -> Iterator[str]:
    """Yield a JSON document in pieces, one contact on each line; empty fields are left out."""
    yield f'{{"format": "coltiva", "version": {VERSION}, "contacts": ['
    separator = "\n"
    for record in records:
        entry: dict[str, object] = {"contact": _fields(record.contact)}
        if record.history:
            entry["history"] = [_fields(event) for event in record.history]
        yield separator + msgspec.json.encode(entry).decode()
        separator = ",\n"
    yield "\n]}\n"


def _fields(record: Contact | Event) -> dict[str, object]:
    fields: dict[str, object] = msgspec.to_builtins(record)
    return {name: value for name, value in fields.items() if value not in ("", None, [], False)}
