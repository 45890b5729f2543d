"""The collector of cycles stays away from what a server has read for good."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from coltiva.collector import kept_for_good, without_collector
from coltiva.library import Library, shipped_rules


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Give everything back to the collector afterwards, which looks as often as before."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def is_watched(thing: object) -> bool:
    """Tell whether the collector walks through *thing*."""
    return any(one is thing for one in gc.get_objects())


def test_a_language_is_kept_once_it_is_read(tmp_path: Path) -> None:
    """A library that is told so keeps rules and reader out of every later collection; others leave them to it."""
    (tmp_path / "rules").symlink_to(shipped_rules())  # tests read the shipped rules once
    library, other = Library(tmp_path / "rules", reading=kept_for_good), Library(tmp_path / "rules")
    pack, reader = library.pack("en"), library.reader("en")
    assert not is_watched(pack)
    assert not is_watched(pack.index)
    assert not is_watched(reader)
    assert is_watched(other.pack("en"))


def test_what_was_left_over_is_not_kept() -> None:
    """Cycles that reading has left are collected, not kept; what is kept is freed when nothing refers to it any more."""
    class Left:
        pass

    with kept_for_good():
        left = Left()
        left.itself = left  # type: ignore[attr-defined]
        kept = [Left()]
        del left
    assert not any(type(one).__name__ == "Left" for one in gc.get_objects())
    assert not is_watched(kept)
    last = weakref.ref(kept.pop())
    assert last() is None


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_as_it_was_afterwards(enabled: bool) -> None:
    """It comes back after an error too, but only where it was on before."""
    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError), without_collector():
            1 / gc.isenabled()
        assert gc.isenabled() == enabled
        with kept_for_good():
            assert not gc.isenabled()
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if was else gc.disable)()
