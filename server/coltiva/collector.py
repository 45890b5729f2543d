"""The collector of cycles: kept away where it finds nothing, and told what stays for good."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 10_000  # objects made since the collector looked last


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the collector away while much is made that holds no cycles: it would walk through it all again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Make what stays until the process ends, such as rules that a server reads.

    Else each full collection walks through the rules of all languages, which takes a third of a second, and it may
    begin while somebody types. What is there at the end of the block is freed like anything when nothing refers to
    it any more; only a cycle would stay, so what the block has left of these is collected first. From then on the
    collector looks less often: a review makes thousands of objects, and hardly any in a cycle.
    """
    with without_collector():
        yield
        gc.collect()
        gc.freeze()
        gc.set_threshold(_YOUNG, 20, 20)
