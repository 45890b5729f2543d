"""The user's own sent messages, kept for trying rules on them, only where the user has chosen so."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import write_durably
from coltiva.errors import StoreCorruptError, StoreWriteError

MAX_KEPT = 1_000


class SentMessage(msgspec.Struct, frozen=True):
    """One message: its text, and what it was judged by; whom it went to is not kept.

    Attributes:
        stage: what the history supported on that day.
    """

    text: str
    language: str
    channel: str
    stage: str
    day: str


class _File(msgspec.Struct):
    """What the file holds."""

    keeps: bool = False
    messages: list[SentMessage] = []


class SentMessages:
    """Keeps the latest messages in one file; off until the user switches it on, and empty again once it is off.

    Raises:
        StoreCorruptError: the file is there and cannot be read; it stays as it is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._file = msgspec.json.decode(path.read_bytes(), type=_File)
        except FileNotFoundError:
            self._file = _File()
        except msgspec.DecodeError as error:
            message = f"{path}: expected kept messages; {error}. Move the file away to go on"
            raise StoreCorruptError(message, "damaged_file", file=path, reason=error) from None

    @property
    def keeps(self) -> bool:
        """Whether messages are kept from now on."""
        return self._file.keeps

    def all(self) -> tuple[SentMessage, ...]:
        """Return the messages kept, the oldest first."""
        return tuple(self._file.messages)

    def choose(self, keeps: bool) -> None:
        """Keep messages from now on, or keep none and delete those that are kept."""
        with self._lock:
            self._write(_File(keeps, self._file.messages if keeps else []))

    def keep(self, message: SentMessage) -> None:
        """Keep a message, where the user has chosen so."""
        with self._lock:
            if self._file.keeps and message not in self._file.messages:
                self._write(_File(True, [*self._file.messages, message][-MAX_KEPT:]))

    def _write(self, file: _File) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path, msgspec.json.encode(file))
        except OSError as error:
            message = f"{self._path}: cannot be written: {error.strerror}"
            raise StoreWriteError(message, "unwritable", file=self._path, reason=error.strerror) from error
        self._file = file
