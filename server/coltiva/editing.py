"""Changes to one contact's record, as functions of the record: what the store applies and can take back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from coltiva.contacts import Contact, ContactRecord, Event, Note, Promise
from coltiva.errors import UnknownContactError
from coltiva.quick_line import QuickLine

Edit = Callable[[ContactRecord], ContactRecord]
Item = TypeVar("Item", Event, Note, Promise)


def with_events(*events: Event) -> Edit:
    """Return the edit that adds *events*."""
    return lambda record: replace(record, history=(*record.history, *events))


def with_changed_event(event_id: str, change: Callable[[Event], Event]) -> Edit:
    """Return the edit that puts *change* of an event in its place."""
    return lambda record: replace(record, history=_changed(record.history, event_id, change, "event"))


def without_event(event_id: str) -> Edit:
    """Return the edit that takes an event away."""
    return lambda record: replace(record, history=_without(record.history, event_id, "event"))


def with_contact(change: Callable[[Contact], Contact]) -> Edit:
    """Return the edit that puts *change* of the contact in its place."""
    return lambda record: replace(record, contact=change(record.contact))


def with_item(item: Note | Promise) -> Edit:
    """Return the edit that adds a note or a promise."""
    name = _field(type(item))
    return lambda record: _with_field(record, name, (*getattr(record.contact, name), item))


def with_line(line: QuickLine) -> Edit:
    """Return the edit that adds all that one line says."""
    items: tuple[Note | Promise, ...] = (*line.promises, *line.notes)
    return in_turn((with_events(*line.events), *map(with_item, items)))


def with_changed_item(kind: type[Note] | type[Promise], item_id: str, change: Callable[[Any], Any]) -> Edit:
    """Return the edit that puts *change* of a note or promise in its place."""
    name = _field(kind)
    return lambda record: _with_field(record, name, _changed(getattr(record.contact, name), item_id, change, name[:-1]))


def without_item(kind: type[Note] | type[Promise], item_id: str) -> Edit:
    """Return the edit that takes a note or promise away."""
    name = _field(kind)
    return lambda record: _with_field(record, name, _without(getattr(record.contact, name), item_id, name[:-1]))


def in_turn(edits: Iterable[Edit]) -> Edit:
    """Return the edit that makes all *edits*, one after the other."""
    steps = tuple(edits)

    def edit(record: ContactRecord) -> ContactRecord:
        for step in steps:
            record = step(record)
        return record

    return edit


def _field(kind: type[Note] | type[Promise]) -> str:
    return "notes" if kind is Note else "promises"


def _with_field(record: ContactRecord, name: str, value: tuple[object, ...]) -> ContactRecord:
    fields: dict[str, Any] = {name: value}
    return replace(record, contact=replace(record.contact, **fields))


def _changed(items: tuple[Item, ...], item_id: str, change: Callable[[Item], Item], kind: str) -> tuple[Item, ...]:
    _check_there(items, item_id, kind)
    return tuple(change(item) if item.id == item_id else item for item in items)


def _without(items: tuple[Item, ...], item_id: str, kind: str) -> tuple[Item, ...]:
    _check_there(items, item_id, kind)
    return tuple(item for item in items if item.id != item_id)


def _check_there(items: tuple[Item, ...], item_id: str, kind: str) -> None:
    if all(item.id != item_id for item in items):
        raise UnknownContactError(f"unknown_{kind}", f"this contact has no {kind} {item_id!r}")
