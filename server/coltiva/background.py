"""Work that goes on beside a block of code, and ends with it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def beside(name: str, work: Callable[[threading.Event], None], patience_seconds: float | None = None) -> Iterator[None]:
    """Run *work* in a thread of that name while the block runs; the event that it gets tells it to end.

    Args:
        patience_seconds: how long its end is waited for; None: as long as it takes.
    """
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(patience_seconds)
