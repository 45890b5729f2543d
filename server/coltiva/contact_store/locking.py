"""One process at a time: a lock on the data folder that ends with the process, and says who holds it."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from coltiva.errors import Holder, StoreLockedError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes, and hides locked ones from readers; this one lies far behind the text.
_LOCKED_BYTE = 1 << 30


class FolderLock:
    """A lock on one data folder; the system releases it when the process ends, however it ends.

    Raises:
        StoreLockedError: another process holds it.
    """

    def __init__(self, folder: Path, purpose: str) -> None:
        self._descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError:
            holder = _holder(self._descriptor)
            os.close(self._descriptor)
            raise StoreLockedError(str(folder), holder) from None
        since = datetime.now().isoformat(sep=" ", timespec="minutes")
        self._write(json.dumps({"process": os.getpid(), "purpose": purpose, "since": since}))

    @property
    def is_held(self) -> bool:
        """Whether it has not been released."""
        return self._descriptor >= 0

    def release(self) -> None:
        """Let the next process in; a second call does nothing."""
        if self._descriptor >= 0:
            self._write("")
            os.close(self._descriptor)
            self._descriptor = -1

    def _write(self, text: str) -> None:
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, text.encode())


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(descriptor: int) -> Holder | None:
    """Return who holds the lock, as the lock file says; None where it says nothing that can be read."""
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        told = json.loads(os.read(descriptor, 1000))
        return Holder(str(told["purpose"]), int(told["process"]), str(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
