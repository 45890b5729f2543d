"""Threads, processes, and a process that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coltiva.contact_store import ContactStore, new_id
from coltiva.contact_store.durable import TEMPORARY
from coltiva.contact_store.locking import FolderLock
from coltiva.contacts import Contact
from coltiva.errors import StoreLockedError

from .conftest import adding, event_ids

ROOT = Path(__file__).resolve().parents[2]


def start_writer(folder: Path) -> subprocess.Popen[str]:
    """Start a process that logs events to every contact, and wait until it has the store open."""
    command = [sys.executable, "-m", "tests.contact_store.writer", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("acknowledged", [1, 40, 123])
def test_killed_in_a_load_of_writes(tmp_path: Path, open_store: Callable[..., ContactStore], acknowledged: int) -> None:
    """After kill -9 every event that was acknowledged is there, nothing is torn, and nothing is left lying about."""
    store = open_store()
    for name in ("Ada", "Bo", "Cy"):
        store.create(Contact(name))
    store.close()
    with start_writer(store.folder) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(acknowledged)]
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.readlines()
    store = open_store()
    assert store.problems == ()
    stored = {(one.id, event_id) for one in store.summaries() for event_id in event_ids(store.get(one.id))}
    acknowledged_events = {tuple(line.split()) for line in said if line.endswith("\n")}
    assert len(acknowledged_events) >= acknowledged
    # The last write may have been safe before it could be said.
    assert acknowledged_events <= stored
    assert len(stored - acknowledged_events) <= 1
    assert [p for p in store.folder.rglob("*") if p.name.endswith(TEMPORARY)] == []


def test_the_second_process_is_told_who_is_there(tmp_path: Path, open_store: Callable[..., ContactStore]) -> None:
    """While another process works on the contacts, opening them says which, and changes nothing."""
    store = open_store()
    store.create(Contact("Ada"))
    store.close()
    with start_writer(store.folder) as process:
        with pytest.raises(StoreLockedError) as refused:
            open_store()
        assert "coltiva serve" in str(refused.value)
        assert refused.value.holder is not None
        assert refused.value.holder.process == process.pid
        process.kill()
    assert len(open_store()) == 1


def test_the_lock_ends_with_its_holder(tmp_path: Path) -> None:
    """A released lock is free, even with a strange text left in its file."""
    (tmp_path / "lock").write_text("rubbish")
    lock = FolderLock(tmp_path, "one")
    with pytest.raises(StoreLockedError, match="one"):
        FolderLock(tmp_path, "two")
    lock.release()
    lock.release()
    FolderLock(tmp_path, "two").release()


def test_eight_threads_log_eight_hundred_events(open_store: Callable[..., ContactStore]) -> None:
    """Eight threads that log a hundred events each, to shared contacts, lose none."""
    store = open_store()
    ids = [store.create(Contact(f"Contact {i}")).contacts[0] for i in range(3)]
    logged: list[str] = []

    def log(thread: int) -> None:
        for number in range(100):
            event_id = new_id()
            store.update(ids[(thread + number) % 3], "event_added", adding(event_id))
            logged.append(event_id)

    threads = [threading.Thread(target=log, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    store = open_store()
    stored = [event_id for one in ids for event_id in event_ids(store.get(one))]
    assert len(stored) == 800
    assert sorted(stored) == sorted(logged)
