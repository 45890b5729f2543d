"""Check every rewrite of every labelled message: what ``tests/rewriting/holding.py`` asks of one; takes minutes.

Run: ``python -m tests.benchmarks.rewrites_hold [LANGUAGE …]``. Prints each fault and one line a language, and exits
with 1 where there is a fault.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.rewriting.holding import FOLDERS, LIBRARY, faults, records, reviewed


def check(language: str) -> int:
    """Check one language and return the number of faults."""
    count: Counter[str] = Counter()
    for folder in FOLDERS:
        for request, report in reviewed(records(language, folder)):
            count["messages"] += 1
            count["without"] += not report.rewriting.rewrites
            for rewrite in report.rewriting.rewrites:
                count[rewrite.strategy] += 1
                for fault in faults(request, report, rewrite):
                    count["faults"] += 1
                    print(f"{language} {folder}: {fault}\n    {rewrite.text!r}")
    print(language, ", ".join(f"{name} {number}" for name, number in count.items()), flush=True)
    return count["faults"]


if __name__ == "__main__":
    sys.exit(1 if sum([check(language) for language in sys.argv[1:] or LIBRARY.languages]) else 0)
