"""How lint time grows with rules and with length, and what starting and holding all languages costs."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

_RULE_FOLDERS = ("asks", "signals", "guards")

_IN_PROCESS = """
import time; start = time.perf_counter()
import sys; from datetime import date
from coltiva.contacts import Contact
from coltiva.library import Library
from coltiva.review import Reviewer, ReviewRequest
Reviewer(Library()).review(ReviewRequest(sys.argv[1], "email", "en", "en", date(2026, 5, 14), Contact("M"), ()))
print((time.perf_counter() - start) * 1000)
"""
_MEMORY = """
import os, sys
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
bare = resident()
from coltiva.library import Library
from coltiva.review import Reviewer
reviewer = Reviewer(Library()); imported = resident()
for code in reviewer.library.languages:
    reviewer.library.pack(code); reviewer.library.reader(code)
print(bare, imported, resident())
"""


def copied_rules(shipped: Path, folder: Path, times: int) -> Path:
    """Write the shipped rules to *folder* with every English rule and guard *times* over, under other names."""
    shutil.copytree(shipped, folder)
    for name in _RULE_FOLDERS:
        for file in sorted((folder / "en" / name).rglob("*.yml")):
            for n in range(2, times + 1):
                shutil.copy(file, file.with_name(f"{file.stem}-copy{n}.yml"))
    return folder


def rule_growth(shipped: Path, measure: Callable[[Path], list[float]]) -> Iterator[tuple[str, list[float]]]:
    """Yield the times with one, two and four times the English rules."""
    with tempfile.TemporaryDirectory() as scratch:
        for times in (1, 2, 4):
            yield f"English rules {times}×", measure(copied_rules(shipped, Path(scratch) / str(times), times))


def _run(command: Sequence[str], text: str = "") -> str:
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, env=os.environ).stdout


def command_times(text: str, rounds: int = 5) -> list[float]:
    """Return milliseconds that ``coltiva lint`` of one message takes, start of Python and all."""
    command = [sys.executable, "-c", "from coltiva.cli import main; main()", "lint", "--language", "en", "--contact", "M"]
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(command, input=text, capture_output=True, text=True, env=os.environ)
        times.append((time.perf_counter() - start) * 1000)
    return times


def first_lint_times(text: str, rounds: int = 5) -> list[float]:
    """Return milliseconds from the first import to the first report, inside a fresh process."""
    return [float(_run([sys.executable, "-c", _IN_PROCESS, text])) for _ in range(rounds)]


def memory_mib() -> list[float]:
    """Return resident MiB of Python alone, with Coltiva imported, and with all packs and readers."""
    return [float(word) for word in _run([sys.executable, "-c", _MEMORY]).split()]


def per_kilocharacter(times: Sequence[float], length: int) -> float:
    """Return the median milliseconds for each 1000 characters."""
    return statistics.median(times) / length * 1000
