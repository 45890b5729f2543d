"""When nobody waits for a lint: what is worked out ahead lets everybody else go first."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_QUIET_SECONDS = 0.5  # somebody who has just typed is likely to go on
_LOOK_EVERY_SECONDS = 0.05


class Quiet:
    """Knows whether a lint is on, or has just been."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._last = float("-inf")

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Count somebody as waiting while the block runs."""
        with self._lock:
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                self._last = time.monotonic()

    @property
    def is_on(self) -> bool:
        """Whether nobody waits, and nobody has for a moment."""
        return self._running == 0 and time.monotonic() - self._last >= _QUIET_SECONDS

    def wait(self) -> None:
        """Return once all is quiet; always lets other threads go first."""
        time.sleep(0)
        while not self.is_on:
            time.sleep(_LOOK_EVERY_SECONDS)
