"""Every step of every write fails once, for good, or in the middle; nothing acknowledged is lost, nothing is torn."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coltiva.contact_store import ContactStore
from coltiva.contact_store.durable import TEMPORARY
from coltiva.contacts import Contact, ContactRecord
from coltiva.errors import StoreWriteError
from coltiva.library import Library

from .conftest import adding, event_ids

STEPS = ("open", "write", "fsync", "replace", "unlink", "sync")


class Disk:
    """Counts the steps of writing, and fails from the *fails_at*-th on.

    Args:
        lasting: whether it goes on failing, as after a power cut; else it fails once.
        torn: whether the write that fails writes half.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, lasting: bool, torn: bool) -> None:
        self._patch, self._lasting, self._torn = monkeypatch, lasting, torn
        self._real = {step: getattr(os, step) for step in STEPS}
        self.fails_at = self.steps = 0

    def fail_at(self, step: int) -> None:
        """Begin to count; the step of this number fails."""
        self.fails_at, self.steps = step, 0
        for name in STEPS:
            self._patch.setattr(os, name, self._failing(name))

    def mend(self) -> None:
        """Work again."""
        for name, function in self._real.items():
            self._patch.setattr(os, name, function)

    def _failing(self, name: str) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            # Looking at a file is no step of writing it.
            if name == "open" and not (arguments[1] & (os.O_WRONLY | os.O_RDWR)) and not os.path.isdir(arguments[0]):
                return self._real[name](*arguments, **options)
            self.steps += 1
            if self.steps == self.fails_at or (self._lasting and self.steps > self.fails_at):
                if name == "write" and self._torn and self.steps == self.fails_at:
                    self._real[name](arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")
            return self._real[name](*arguments, **options)

        return step


@pytest.fixture(params=["once", "for good", "torn"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Return a disk that fails in one of three ways."""
    made = Disk(monkeypatch, lasting=request.param != "once", torn=request.param == "torn")
    yield made
    made.mend()


def contents(store: ContactStore) -> dict[str, tuple[str, ...]]:
    """Return each contact's name and events: what a change must leave whole."""
    return {
        record.contact.name: tuple(sorted(event_ids(record)))
        for record in (store.get(summary.id) for summary in store.summaries())
    }


class Scene:
    """A store with two contacts, and one change of it."""

    def __init__(self, store: ContactStore) -> None:
        self.store = store
        for name in ("Ada", "Bo"):
            created = store.create(Contact(name, profiles=(f"https://example.org/{name}",)))
            for number in (1, 2):
                store.update(created.contacts[0], "event_added", adding(f"{name}{number}"))
        self.ada, self.bo = (store.find(name=name)[0].id for name in ("Ada", "Bo"))
        self.removed = store.delete(store.create(Contact("Cy")).contacts[0]).id

    def create(self) -> object:
        """Make a third contact."""
        return self.store.create(Contact("Di"))

    def add_event(self) -> object:
        """Log one more event."""
        return self.store.update(self.ada, "event_added", adding("Ada3"))

    def remove_events(self) -> object:
        """Take all events away, which is kept for undoing."""
        return self.store.update(self.ada, "events_removed", lambda record: ContactRecord(record.contact))

    def delete(self) -> object:
        """Delete a contact."""
        return self.store.delete(self.ada)

    def merge(self) -> object:
        """Make the two one."""
        return self.store.merge(self.ada, self.bo)

    def undo(self) -> object:
        """Bring the deleted contact back."""
        return self.store.undo(self.removed)

    def absorb(self) -> object:
        """Import what adds to one contact and makes two more."""
        more = adding("Ada3")(ContactRecord(Contact("Ada", profiles=("https://example.org/Ada",))))
        return self.store.absorb([more, ContactRecord(Contact("Ed")), ContactRecord(Contact("Flo"))])


CHANGES = ("create", "add_event", "remove_events", "delete", "merge", "undo", "absorb")


@pytest.mark.parametrize("change", CHANGES)
def test_a_fault_at_any_step(tmp_path: Path, library: Library, disk: Disk, change: str) -> None:
    """Whatever step fails: the caller is told, and before and after a restart the store holds all of it or nothing."""
    step = 0
    while True:
        step += 1
        store = ContactStore(tmp_path / str(step), library.tending, "a test")
        scene = Scene(store)
        before = contents(store)
        disk.fail_at(step)
        try:
            getattr(scene, change)()
            failed = False
        except StoreWriteError:
            failed = True
        disk.mend()
        seen = contents(store)
        store._lock.release()  # as when the process dies: nothing is closed properly
        with ContactStore(tmp_path / str(step), library.tending, "a test") as reopened:
            after = contents(reopened)
            assert reopened.problems == ()
            assert [p for p in (tmp_path / str(step)).rglob("*") if p.name.endswith(TEMPORARY) or p.name == "journal.json"] == []
            done = after != before
            if done:
                check_done(reopened, change, after)
            assert failed or done
            # What memory shows is what the disk holds, but for a change that only a restart could complete.
            assert seen in (before, after)
            reopened.update(reopened.find(name="Bo")[0].id if reopened.find(name="Bo") else scene.ada, "event_added", adding("later"))
        if disk.steps < step:
            assert not failed
            assert step > (4 if change == "create" else 3)
            return


def check_done(store: ContactStore, change: str, after: dict[str, tuple[str, ...]]) -> None:
    """Fail unless *change* has happened as a whole."""
    ada, bo = ("Ada1", "Ada2"), ("Bo1", "Bo2")
    expected = {
        "create": {"Ada": ada, "Bo": bo, "Di": ()},
        "add_event": {"Ada": (*ada, "Ada3"), "Bo": bo},
        "remove_events": {"Ada": (), "Bo": bo},
        "delete": {"Bo": bo},
        "merge": {"Ada": (*ada, *bo)},
        "undo": {"Ada": ada, "Bo": bo, "Cy": ()},
        "absorb": {"Ada": (*ada, "Ada3"), "Bo": bo, "Ed": (), "Flo": ()},
    }[change]
    assert after == expected
    if change in ("delete", "merge", "remove_events", "absorb"):
        newest = max(path.stem for path in (store.folder / "undo").glob("*.json"))
        undone = store.undo(newest)
        assert contents(store) == {"Ada": ada, "Bo": bo}
        store.undo(undone.id)
        assert contents(store) == expected
