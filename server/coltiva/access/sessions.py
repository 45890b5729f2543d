"""Sessions of extensions, which live in the server's memory and end with it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

EXTENSION_IDLE_SECONDS = 12 * 3600
_MOST_SESSIONS = 64


@dataclass(frozen=True, slots=True)
class ExtensionSession:
    """A paired extension that has proved itself, and to whom the server has."""

    id: str
    pairing: str
    origin: str
    answer_key: bytes


class ExtensionSessions:
    """Sessions by id; idle ones end, and the longest idle gives way where there are too many.

    Args:
        clock: seconds that only go forwards.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._held: dict[str, tuple[ExtensionSession, float]] = {}
        self._lock = threading.Lock()

    def add(self, session: ExtensionSession) -> ExtensionSession:
        """Begin a session."""
        with self._lock:
            while len(self._held) >= _MOST_SESSIONS:
                del self._held[min(self._held, key=lambda name: self._held[name][1])]
            self._held[session.id] = session, self._clock()
        return session

    def get(self, session_id: str) -> ExtensionSession | None:
        """Return a session and keep it from ending; None where there is none."""
        with self._lock:
            found = self._held.get(session_id)
            if found is None:
                return None
            now = self._clock()
            if now - found[1] > EXTENSION_IDLE_SECONDS:
                del self._held[session_id]
                return None
            self._held[session_id] = found[0], now
            return found[0]

    def drop(self, session_id: str) -> None:
        """End a session."""
        with self._lock:
            self._held.pop(session_id, None)
