"""Lint speed side by side with other linters, in one run on the same messages; prints one table.

Run: ``make benchmark``. Every message has words that nothing has seen, so no cache of whole texts helps.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from messages import messages, unseen

from coltiva.contacts import Contact
from coltiva.library import Library
from coltiva.review import Reviewer, ReviewRequest

HERE = Path(__file__).parent
ROUNDS = 10


def request(text: str) -> ReviewRequest:
    """Return a request for an English message to somebody unknown."""
    return ReviewRequest(text, "email", "en", "en", date(2026, 5, 14), Contact("Margaret Hale"), ())


def timed(function: Callable[[str], object], texts: list[str]) -> list[float]:
    """Return milliseconds for each text."""
    times = []
    for text in texts:
        start = time.perf_counter()
        function(text)
        times.append((time.perf_counter() - start) * 1000)
    return times


def proselint_lint() -> Callable[[str], object]:
    """Return proselint's checks as one function."""
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: LintFile(content=text, source="x").lint()


def peer_times(peer: str, warm: list[str], texts: list[str]) -> list[float]:
    """Return what a peer in Node takes for each text."""
    node = shutil.which("node") or sys.exit("benchmarks need node on the PATH")
    if not (HERE / "node_modules").is_dir():
        subprocess.run([shutil.which("npm") or "npm", "install", "--no-audit", "--no-fund", "--no-package-lock"], cwd=HERE, check=True,
                       stdout=subprocess.DEVNULL)
    payload = json.dumps({"warm": warm, "unseen": texts})
    done = subprocess.run([node, "peers.mjs", peer], cwd=HERE, input=payload, capture_output=True, text=True, check=True)
    times: list[float] = json.loads(done.stdout.splitlines()[-1])
    return times


def row(name: str, times: list[float]) -> str:
    """Return one line of the table."""
    return f"{name:<34}{statistics.median(times):>9.3f}{statistics.quantiles(times, n=100)[98]:>9.3f}"


def main() -> None:
    """Print the table."""
    texts = messages()
    fresh = [unseen(text, number) for number, text in enumerate(texts * ROUNDS)]
    others = [unseen(text, 10_000 + number) for number, text in enumerate(texts * ROUNDS)]
    reviewer = Reviewer(Library())
    for text in texts:
        reviewer.review(request(text))
    print(f"{len(texts)} messages of {min(map(len, texts))}–{max(map(len, texts))} characters, {ROUNDS} rounds; milliseconds")
    print(f"{'':<34}{'median':>9}{'p99':>9}")
    print(row("coltiva, unseen message", timed(lambda t: reviewer.review(request(t)), fresh)))
    print(row("coltiva, unseen, with report", timed(lambda t: reviewer.review(request(t)).to_dict(), others)))
    keystrokes = [text + " and so on"[: n % 10 + 1] for text in texts for n in range(10)]
    print(row("coltiva, next keystroke", timed(lambda t: reviewer.review(request(t)), keystrokes)[27:]))
    print(row("coltiva, one sentence, unseen", timed(lambda t: reviewer.review(request(t)), [unseen(t.split(".")[0] + ".", n + 1000) for n, t in enumerate(fresh)])))
    lint = proselint_lint()
    timed(lint, texts)
    print(row("proselint, unseen message", timed(lint, fresh)))
    for peer in ("write-good", "harper.js"):
        print(row(f"{peer}, unseen message", peer_times(peer, texts, fresh)))


if __name__ == "__main__":
    main()
