"""How long rewrites take, for messages of 400 to 900 characters that nothing has seen; prints a table for each language.

Run: ``python -m tests.benchmarks.rewrite_speed [LANGUAGE …]``. What counts is the last row: the rewrites alone, each of them linted
again, in processor time, which a busy machine lengthens less than it lengthens waiting; the others are the whole
review without and with them, and the rewrites by the clock.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from datetime import date
from typing import Any

from tests.benchmarks.messages import messages, unseen
from tests.rewriting.holding import LIBRARY as LABELLED
from tests.rewriting.holding import records

from coltiva.collector import kept_for_good
from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.library import Library
from coltiva.review import Reviewer, ReviewRequest
from coltiva.rewriting import Rewriting

ROUNDS = 10
LENGTHS = range(400, 900)
MOST = 40  # messages of a language
FOLDERS = ("development", "own", "everyday", "training")
HISTORY = (Event("e1", date(2026, 3, 2), EventKind.MEETING, Direction.BOTH, "Whitby conference, talked about tidal mills"),)


class TimedReviewer(Reviewer):
    """A reviewer that notes how long its rewrites took, by the clock and by the processor."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.rewriting_ms: list[float] = []
        self.processor_ms: list[float] = []

    def _rewrite(self, *message: Any) -> Rewriting:
        start, begun = time.perf_counter(), time.process_time()
        rewriting = super()._rewrite(*message)
        if rewriting.rewrites:
            self.processor_ms.append((time.process_time() - begun) * 1000)
            self.rewriting_ms.append((time.perf_counter() - start) * 1000)
        return rewriting


def timed(reviewer: Reviewer, requests: list[ReviewRequest]) -> list[float]:
    """Return milliseconds for each request."""
    times = []
    for request in requests:
        start = time.perf_counter()
        reviewer.review(request)
        times.append((time.perf_counter() - start) * 1000)
    return times


def row(name: str, times: list[float]) -> str:
    """Return one line of the table."""
    cuts = statistics.quantiles(times, n=100)
    return f"{name:<34}{statistics.median(times):>9.3f}{cuts[89]:>9.3f}{cuts[98]:>9.3f}"


def texts_of(language: str) -> list[str]:
    """Return messages of a language: those of the benchmarks in English, labelled ones of such a length in the others."""
    if language == "en":
        return messages()
    found = [record["text"] for folder in FOLDERS for record in records(language, folder)]
    return [text for text in found if len(text) in LENGTHS][:MOST]


def measure(reviewer: TimedReviewer, language: str) -> None:
    """Print the table of one language."""
    texts = texts_of(language)
    base = ReviewRequest("", "email", language, "en", date(2026, 5, 14), Contact("Margaret Hale", "Whitby Mills"), HISTORY)
    for text in texts:
        reviewer.review(replace(base, text=text, rewrites=True))
    plain = [replace(base, text=unseen(t, n)) for n, t in enumerate(texts * ROUNDS)]
    early = [t for t in texts if reviewer.review(replace(base, text=f"{t} ", rewrites=True)).rewriting.rewrites]
    print(f"{language}: {len(early)} of {len(texts)} messages get rewrites; milliseconds")
    print(f"{'':<34}{'median':>9}{'p90':>9}{'p99':>9}")
    print(row("review alone", timed(reviewer, plain)))
    fresh = [replace(base, text=unseen(t, 20_000 + n), rewrites=True) for n, t in enumerate(early * ROUNDS)]
    reviewer.rewriting_ms.clear()
    reviewer.processor_ms.clear()
    print(row("review with rewrites", timed(reviewer, fresh)))
    print(row("rewrites alone", reviewer.rewriting_ms))
    print(row("rewrites alone, processor time", reviewer.processor_ms), flush=True)


def main() -> None:
    """Print the tables."""
    # As the server keeps its rules: else a full collection of the rules falls into one rewrite or another.
    reviewer = TimedReviewer(Library(reading=kept_for_good))
    for language in sys.argv[1:] or LABELLED.languages:
        measure(reviewer, language)


if __name__ == "__main__":
    main()
