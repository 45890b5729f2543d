"""The sessions of the own pages: each has a private file, which outlasts the server; removing it ends the session."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from coltiva.access.private_files import access_folder, read_private, take_away, write_private

# Goes with the cookie in every request for what is stored.
CSRF_HEADER = "X-Coltiva-CSRF"
PAGE_IDLE_DAYS = 30  # D: own choice: who opens a page once a month stays in
_IDLE_SECONDS = PAGE_IDLE_DAYS * 86_400
# A use is noted as the file's time, no more often than this: a page asks several times a second.
_NOTED_EVERY_SECONDS = 3600
_MOST_SESSIONS = 64


@dataclass(frozen=True, slots=True)
class PageKeys:
    """What a browser gets behind a one-time link, and the server does not keep.

    Attributes:
        id: the cookie.
        secret: what the page's scripts send in a header; other servers on this machine never see it, while browsers
            show them the cookie.
    """

    id: str
    secret: str


class _Kept(msgspec.Struct, frozen=True):
    """What stands in a session's file, whose name is the hash of its id."""

    secret_hash: str


@dataclass(frozen=True, slots=True)
class PageSession:
    """A browser that opened a one-time link.

    Attributes:
        secret_hash: checks the secret, which cannot be found from it.
        is_resumed: whether it was begun before this server started. Whoever took the port in between may have heard
            cookie and secret, so it opens for connections of this user alone.
    """

    secret_hash: str
    is_resumed: bool

    def has_secret(self, given: str) -> bool:
        """Return whether *given* is the secret, in constant time."""
        return hmac.compare_digest(_hash(given), self.secret_hash)


class PageSessions:
    """The sessions of a data folder; commands and the running server see each other's changes at once.

    Args:
        now: seconds since 1970.
    """

    def __init__(self, data_folder: Path, now: Callable[[], float]) -> None:
        self._folder, self._now = access_folder(data_folder), now
        self._kept: dict[str, _Kept] = {}
        self._begun_here: set[str] = set()
        self._lock = threading.Lock()

    def begin(self) -> PageKeys:
        """Begin a session; the longest idle gives way where there are too many."""
        keys = PageKeys(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
        path = self._path(_hash(keys.id))
        with self._lock:
            for _, oldest in sorted((self._used_at(one) or 0.0, one) for one in self._files())[: 1 - _MOST_SESSIONS]:
                take_away(oldest)
            write_private(path, _Kept(_hash(keys.secret)))
            self._begun_here.add(path.name)
        self._note_use(path)
        return keys

    def get(self, session_id: str) -> PageSession | None:
        """Return a session and keep it from ending; None where there is none, or it was idle for too long."""
        if not session_id:
            return None  # most who lint bring none, and the disk need not be asked for that
        path = self._path(_hash(session_id))
        used_at = self._used_at(path)
        if used_at is None:
            self._kept.pop(path.name, None)
            return None
        idle_seconds = self._now() - used_at
        if idle_seconds > _IDLE_SECONDS:
            take_away(path)
            return None
        kept = self._kept.get(path.name) or read_private(path, _Kept)
        if kept is None:
            return None
        self._kept[path.name] = kept
        if abs(idle_seconds) > _NOTED_EVERY_SECONDS:
            self._note_use(path)
        return PageSession(kept.secret_hash, path.name not in self._begun_here)

    def end(self, session_id: str) -> None:
        """End one session."""
        take_away(self._path(_hash(session_id)))

    def end_all(self) -> int:
        """End every session; returns how many there were."""
        return sum(take_away(path) for path in list(self._files()))

    def _files(self) -> Iterator[Path]:
        return self._folder.glob("page-*.json")

    def _path(self, id_hash: str) -> Path:
        return self._folder / f"page-{id_hash}.json"

    @staticmethod
    def _used_at(path: Path) -> float | None:
        try:
            return path.stat().st_mtime
        except OSError:
            return None

    def _note_use(self, path: Path) -> None:
        """Note a use; where the session was ended meanwhile, nothing brings its file back."""
        with contextlib.suppress(OSError):
            os.utime(path, (self._now(), self._now()))


def _hash(word: str) -> str:
    """Return what a random word of 256 bits cannot be found from."""
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
