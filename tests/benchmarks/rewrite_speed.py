"""How long rewrites take, for messages of 600 to 640 characters that nothing has seen; prints one table.

Run: ``python tests/benchmarks/rewrite_speed.py``. What counts is the last row: the rewrites alone, each of them linted
again, in processor time, which a busy machine lengthens less than it lengthens waiting; the others are the whole
review without and with them, and the rewrites by the clock.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import date
from typing import Any

from messages import messages, unseen

from coltiva.collector import kept_for_good
from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.library import Library
from coltiva.review import Reviewer, ReviewRequest
from coltiva.rewriting import Rewriting

ROUNDS = 10
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
    return f"{name:<34}{statistics.median(times):>9.3f}{statistics.quantiles(times, n=100)[98]:>9.3f}"


def main() -> None:
    """Print the table."""
    texts = messages()
    # As the server keeps its rules: else a full collection of the rules falls into one rewrite or another.
    reviewer = TimedReviewer(Library(reading=kept_for_good))
    base = ReviewRequest("", "email", "en", "en", date(2026, 5, 14), Contact("Margaret Hale", "Whitby Mills"), HISTORY)
    for text in texts:
        reviewer.review(replace(base, text=text, rewrites=True))
    plain = [replace(base, text=unseen(t, n)) for n, t in enumerate(texts * ROUNDS)]
    early = [t for t in texts if reviewer.review(replace(base, text=f"{t} ", rewrites=True)).rewriting.rewrites]
    print(f"{len(early)} of {len(texts)} messages get rewrites; milliseconds")
    print(f"{'':<34}{'median':>9}{'p99':>9}")
    print(row("review alone", timed(reviewer, plain)))
    fresh = [replace(base, text=unseen(t, 20_000 + n), rewrites=True) for n, t in enumerate(early * ROUNDS)]
    reviewer.rewriting_ms.clear()
    reviewer.processor_ms.clear()
    print(row("review with rewrites", timed(reviewer, fresh)))
    print(row("rewrites alone", reviewer.rewriting_ms))
    print(row("rewrites alone, processor time", reviewer.processor_ms))


if __name__ == "__main__":
    main()
