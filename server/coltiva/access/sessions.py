"""Sessions that live in the server's memory and end with it."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE_IDLE_SECONDS = 7 * 86_400
EXTENSION_IDLE_SECONDS = 12 * 3600
_MOST_SESSIONS = 64


@dataclass(frozen=True, slots=True)
class PageSession:
    """A browser that opened a one-time link.

    Attributes:
        secret: what the page's scripts send in a header; other servers on this machine never see it, while
            browsers show them the cookie.
    """

    id: str
    secret: str

    def has_secret(self, given: str) -> bool:
        """Return whether *given* is the secret, in constant time."""
        return hmac.compare_digest(given.encode(), self.secret.encode())


@dataclass(frozen=True, slots=True)
class ExtensionSession:
    """A paired extension that has proved itself, and to whom the server has."""

    id: str
    pairing: str
    origin: str
    answer_key: bytes


_Kind = TypeVar("_Kind", PageSession, ExtensionSession)


class Sessions(Generic[_Kind]):
    """Sessions by id; idle ones end, and the longest idle gives way where there are too many.

    Args:
        clock: seconds that only go forwards.
    """

    def __init__(self, idle_seconds: float, clock: Callable[[], float]) -> None:
        self._idle_seconds, self._clock = idle_seconds, clock
        self._held: dict[str, tuple[_Kind, float]] = {}
        self._lock = threading.Lock()

    def add(self, session: _Kind) -> _Kind:
        """Begin a session."""
        with self._lock:
            while len(self._held) >= _MOST_SESSIONS:
                del self._held[min(self._held, key=lambda name: self._held[name][1])]
            self._held[session.id] = session, self._clock()
        return session

    def get(self, session_id: str) -> _Kind | None:
        """Return a session and keep it from ending; None where there is none."""
        with self._lock:
            found = self._held.get(session_id)
            if found is None:
                return None
            now = self._clock()
            if now - found[1] > self._idle_seconds:
                del self._held[session_id]
                return None
            self._held[session_id] = found[0], now
            return found[0]

    def drop(self, session_id: str) -> None:
        """End a session."""
        with self._lock:
            self._held.pop(session_id, None)


def new_page_session() -> PageSession:
    """Return a session with a new id and secret."""
    return PageSession(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
