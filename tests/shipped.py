"""The shipped rules, read once for all tests of a process: packs and readers take seconds.

A command that a test calls makes a library of its own, as it does for users; what that reads of the shipped rules it
gets as it was read before. Rules and readers elsewhere, such as a test's broken ones or a link to all, are read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TypeVar

from coltiva import library
from coltiva.library import Library, shipped_rules
from coltiva.reader import Tuning

T = TypeVar("T")


def _once(read: Callable[..., T]) -> Callable[..., T]:
    """Return *read*, which takes a folder or a file first, with all that it has read of the shipped rules kept."""
    kept: dict[Hashable, T] = {}

    def reading(place: Path, *others: object) -> T:
        if not place.is_relative_to(shipped_rules()):
            return read(place, *others)
        key = (place, *map(_identity, others))
        if key not in kept:
            kept[key] = read(place, *others)
            _HELD.extend(others)
        return kept[key]

    return reading


_HELD: list[object] = []  # so that no other object comes to have the same identity


def _identity(one: object) -> Hashable:
    if isinstance(one, Mapping):
        return tuple(one.items())
    return one if isinstance(one, Tuning) else id(one)


for _name in ("load_pack", "load_reader", "load_shared", "load_rewrite_lines", "load_common_words"):
    setattr(library, _name, _once(getattr(library, _name)))

LIBRARY = Library()
