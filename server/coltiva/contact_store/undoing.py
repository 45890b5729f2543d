"""Taking a change back without touching what came after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

import msgspec

from coltiva.contacts import Contact, ContactRecord, Event, Note, Promise, in_order


@dataclass(frozen=True, slots=True)
class Change:
    """What one call did to the store.

    Attributes:
        id: sorts by time.
        what: a code such as ``deleted`` or ``merged``.
        before: each contact's record before; None for one that was made.
        after: the same contacts after; None for one that is gone or that was made.
        made: each contact that was made, as ``prints_of`` its record then; what else it holds came later.
    """

    id: str
    at: datetime
    what: str
    before: Mapping[str, ContactRecord | None]
    after: Mapping[str, ContactRecord | None]
    made: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def contacts(self) -> tuple[str, ...]:
        """The ids of the contacts that it touched."""
        return tuple(self.before)

    @property
    def only_adds(self) -> bool:
        """Whether everything that was there before is there still, unchanged."""
        return all(
            before is None or (after is not None and _holds(after, before))
            for before, after in zip(self.before.values(), (self.after.get(c) for c in self.before), strict=True)
        )


def prints_of(record: ContactRecord) -> frozenset[str]:
    """Return a fingerprint of each event, note and promise of a record, and of the contact without them."""
    contact = record.contact
    bare = replace(contact, notes=(), promises=())
    return frozenset(map(_print_of, (bare, *contact.notes, *contact.promises, *record.history)))


def revert(
    now: ContactRecord | None,
    before: ContactRecord | None,
    after: ContactRecord | None,
    made: frozenset[str] | None = None,
) -> ContactRecord | None:
    """Return *now* with the change from *before* to *after* taken back, and everything later kept.

    Args:
        made: the prints of the record as it was made, where *before* is None; None where nobody took them.
    """
    if before is None:
        return None if now is None or made is None else _without_made(now, made)
    if after is None:
        return before if now is None else now
    if now is None:
        return None  # deleted later, which is to be taken back on its own
    values: dict[str, Any] = {}
    for one in fields(Contact):
        was, became, current = (getattr(record.contact, one.name) for record in (before, after, now))
        if was == became:
            continue
        values[one.name] = _revert_items(current, was, became) if isinstance(was, tuple) else current
        if not isinstance(was, tuple) and current == became:
            values[one.name] = was
    return ContactRecord(
        replace(now.contact, **values), in_order(_revert_items(now.history, before.history, after.history))
    )


def _without_made(now: ContactRecord, made: frozenset[str]) -> ContactRecord | None:
    """Return *now* with what was added or changed since it was made; None where that is nothing."""
    if prints_of(now) <= made:
        return None
    contact = now.contact
    return ContactRecord(
        replace(contact, notes=_not_in(contact.notes, made), promises=_not_in(contact.promises, made)),
        _not_in(now.history, made),
    )


Part = TypeVar("Part", Note, Promise, Event)


def _not_in(items: tuple[Part, ...], made: frozenset[str]) -> tuple[Part, ...]:
    return tuple(one for one in items if _print_of(one) not in made)


def _print_of(part: object) -> str:
    return blake2b(msgspec.json.encode(part), digest_size=8).hexdigest()


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_WithId | str)


def _key(item: _WithId | str) -> str:
    return item if isinstance(item, str) else item.id


def _by_key(items: Iterable[Item]) -> dict[str, Item]:
    return {_key(item): item for item in items}


def _revert_items(now: Iterable[Item], before: Iterable[Item], after: Iterable[Item]) -> tuple[Item, ...]:
    """Take back what was added, removed or changed among items with ids, or among texts."""
    was, became = _by_key(before), _by_key(after)
    kept = []
    for key, item in _by_key(now).items():
        if key not in became or item != became[key]:
            kept.append(item)  # added or changed later
        elif key in was:
            kept.append(was[key])
    missing = [item for key, item in was.items() if key not in became]
    present = set(map(_key, kept))
    return (*kept, *(item for item in missing if _key(item) not in present))


def _holds(after: ContactRecord, before: ContactRecord) -> bool:
    """Whether *after* has all that *before* has: each item, and each value that was not empty."""
    for one in fields(Contact):
        old, new = getattr(before.contact, one.name), getattr(after.contact, one.name)
        if isinstance(old, tuple):
            if not set(old) <= set(new):
                return False
        elif old and old != new:
            return False
    return set(before.history) <= set(after.history)
