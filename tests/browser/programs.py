"""Programs that the tests start, and that must not outlive them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE_SECONDS = 20


@contextmanager
def ended_with(process: subprocess.Popen[str]) -> Iterator[None]:
    """End *process* with the block, however that ends: one that failed would wait for it without end."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
