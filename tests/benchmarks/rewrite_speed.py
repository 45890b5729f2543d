"""How long rewrites take, for messages of 600 to 640 characters that nothing has seen; prints one table.

Run: ``python tests/benchmarks/rewrite_speed.py``. What counts is the difference between the two rows: reviewing with
rewrites, each of them linted again, against reviewing alone.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import date

from messages import messages, unseen

from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.library import Library
from coltiva.review import Reviewer, ReviewRequest

ROUNDS = 10
HISTORY = (Event("e1", date(2026, 3, 2), EventKind.MEETING, Direction.BOTH, "Whitby conference, talked about tidal mills"),)


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
    reviewer = Reviewer(Library())
    base = ReviewRequest("", "email", "en", "en", date(2026, 5, 14), Contact("Margaret Hale", "Whitby Mills"), HISTORY)
    for text in texts:
        reviewer.review(replace(base, text=text, rewrites=True))
    plain = [replace(base, text=unseen(t, n)) for n, t in enumerate(texts * ROUNDS)]
    rewritten = [replace(base, text=unseen(t, 10_000 + n), rewrites=True) for n, t in enumerate(texts * ROUNDS)]
    early = [r for r in rewritten if reviewer.review(replace(r, text=r.text + " ")).rewriting.rewrites]
    print(f"{len(early)} of {len(rewritten)} messages get rewrites; milliseconds")
    print(f"{'':<34}{'median':>9}{'p99':>9}")
    print(row("review alone", timed(reviewer, plain)))
    fresh = [replace(r, text=unseen(r.text, 20_000 + n)) for n, r in enumerate(early)]
    print(row("review with rewrites", timed(reviewer, fresh)))


if __name__ == "__main__":
    main()
