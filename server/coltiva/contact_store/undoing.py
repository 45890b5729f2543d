"""Taking a change back without touching what came after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from coltiva.contacts import Contact, ContactRecord, in_order


@dataclass(frozen=True, slots=True)
class Change:
    """What one call did to the store.

    Attributes:
        id: sorts by time.
        what: a code such as ``deleted`` or ``merged``.
        before: each contact's record before; None for one that was made.
        after: the same contacts after; None for one that is gone or that was made.
    """

    id: str
    at: datetime
    what: str
    before: Mapping[str, ContactRecord | None]
    after: Mapping[str, ContactRecord | None]

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


def revert(
    now: ContactRecord | None, before: ContactRecord | None, after: ContactRecord | None
) -> ContactRecord | None:
    """Return *now* with the change from *before* to *after* taken back, and everything later kept."""
    if before is None:
        return None
    if after is None:
        return before if now is None else now
    if now is None:
        return None  # deleted later, which is to be taken back on its own
    values: dict[str, Any] = {}
    for field in fields(Contact):
        was, became, current = (getattr(record.contact, field.name) for record in (before, after, now))
        if was == became:
            continue
        values[field.name] = _revert_items(current, was, became) if isinstance(was, tuple) else current
        if not isinstance(was, tuple) and current == became:
            values[field.name] = was
    return ContactRecord(
        replace(now.contact, **values), in_order(_revert_items(now.history, before.history, after.history))
    )


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
    for field in fields(Contact):
        old, new = getattr(before.contact, field.name), getattr(after.contact, field.name)
        if isinstance(old, tuple):
            if not set(old) <= set(new):
                return False
        elif old and old != new:
            return False
    return set(before.history) <= set(after.history)
