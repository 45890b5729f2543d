"""The baseline worked out ahead, by a process of the lowest priority, so that even the very first effect comes quickly.

A process of its own, since the rules of all languages would stay in the server's memory, and a thread would slow lints.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coltiva.background import beside
from coltiva.library import Library
from coltiva.tuning.baseline import Baseline

# Whoever has just started the server is busy with it; so is the machine.
_BEGIN_AFTER_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.5
_LOWEST = 19


def prepare(kept: Path, library: Library | None = None, folder: Path | None = None) -> None:
    """Work out and keep what the shipped rules make of the labelled messages, where that is not kept yet."""
    rules = library or Library()
    for language in rules.languages:
        # One for each language: what is kept need not be remembered.
        Baseline(rules, folder, kept).prepare(language)


@contextmanager
def preparing(kept: Path, after_seconds: float = _BEGIN_AFTER_SECONDS) -> Iterator[None]:
    """Prepare the baseline beside whatever the block does; ends with the block."""

    def run(stop: threading.Event) -> None:
        if stop.wait(after_seconds):
            return
        # Where it cannot be started the first effect takes longer, no more.
        with contextlib.suppress(OSError), _start(kept) as child:
            while child.poll() is None:
                if stop.wait(_LOOK_EVERY_SECONDS):
                    child.terminate()
                    break

    with beside("preparing", run):
        yield


def _start(kept: Path) -> subprocess.Popen[bytes]:
    # -P: no module is taken from the folder that the server happens to be started in.
    command = [sys.executable, "-P", "-m", "coltiva.tuning.preparing", str(kept)]
    flags = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing, creationflags=flags)


def _end_with_server() -> None:
    """End this process once the server is gone, however it went: its end of the pipe closes then."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(0)


if __name__ == "__main__":
    with contextlib.suppress(OSError, AttributeError):  # Windows has set it at the start
        os.nice(_LOWEST)
    threading.Thread(target=_end_with_server, daemon=True).start()
    prepare(Path(sys.argv[1]))
