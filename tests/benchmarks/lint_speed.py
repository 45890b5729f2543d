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
from dataclasses import replace
from datetime import date
from pathlib import Path

from growth import command_times, first_lint_times, memory_mib, per_kilocharacter, rule_growth
from messages import messages, unseen
from samples import ADVERSARIAL, LANGUAGES, corpus_messages, of_length, unseen_words

from coltiva.collector import kept_for_good
from coltiva.contacts import Contact
from coltiva.library import Library, shipped_rules
from coltiva.review import Reviewer, ReviewRequest

HERE = Path(__file__).parent
ROUNDS = 10
CORPUS = HERE.parent / "corpus" / "development"


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
    # Below a hundred measurements a percentile would be guessed beyond the slowest; that one is shown instead.
    slow = statistics.quantiles(times, n=100)[98] if len(times) >= 100 else max(times)
    return f"{name:<42}{statistics.median(times):>9.3f}{slow:>9.3f}"


def request_in(text: str, language: str) -> ReviewRequest:
    """Return a request for a message in any language."""
    return replace(request(text), language=language, explain_in=language)


def language_rows(reviewer: Reviewer) -> None:
    """Print a row for each language."""
    for code in LANGUAGES:
        texts = corpus_messages(CORPUS, code)
        for text in texts:
            reviewer.review(request_in(text, code))
        fresh = [unseen_words(text, n) for n, text in enumerate(texts * ROUNDS)]
        times = timed(lambda t, code=code: reviewer.review(request_in(t, code)), fresh)
        print(row(f"{code}, {round(statistics.mean(map(len, fresh)))} characters, unseen words", times))


def length_rows(reviewer: Reviewer) -> None:
    """Print rows for growth with length, and for adversarial texts of 20,000 characters."""
    texts = corpus_messages(CORPUS, "en")
    for length in (300, 600, 1200, 2400, 20_000):
        rounds = 1 if length == 20_000 else 5
        fresh = [unseen_words(t, 50_000 + length + n) for n, t in enumerate(of_length(texts, length) * rounds)]
        times = timed(lambda t: reviewer.review(request(t)), fresh)
        rate = per_kilocharacter(times, round(statistics.mean(map(len, fresh))))
        print(f"{row(f'{length} characters', times)}{rate:>9.3f} ms per 1000 characters")
    for name, part in ADVERSARIAL.items():
        again = [(part * (20_000 // len(part) + 1))[: 20_000 - n] for n in range(3)]
        print(row(f"20000 × “{name}”", timed(lambda t: reviewer.review(request(t)), again)))


def rules_time(root: Path) -> list[float]:
    """Return times for unseen English messages with the rules in a folder."""
    reviewer = Reviewer(Library(root))
    texts = messages()
    for text in texts:
        reviewer.review(request(text))
    assert not reviewer.library.pack("en").problems
    return timed(lambda t: reviewer.review(request(t)), [unseen(t, 90_000 + n) for n, t in enumerate(texts * ROUNDS)])


def main() -> None:
    """Print the table."""
    texts = messages()
    fresh = [unseen(text, number) for number, text in enumerate(texts * ROUNDS)]
    others = [unseen(text, 10_000 + number) for number, text in enumerate(texts * ROUNDS)]
    reviewer = Reviewer(Library(reading=kept_for_good))  # as in the server
    for text in texts:
        reviewer.review(request(text))
    print(f"{len(texts)} messages of {min(map(len, texts))}–{max(map(len, texts))} characters, {ROUNDS} rounds; milliseconds")
    print(f"{'':<42}{'median':>9}{'p99':>9}")
    print(row("coltiva, unseen message", timed(lambda t: reviewer.review(request(t)), fresh)))
    print(row("coltiva, unseen, with report", timed(lambda t: reviewer.review(request(t)).to_dict(), others)))
    keystrokes = [text + " and so on"[: n % 10 + 1] for text in texts for n in range(10)]
    print(row("coltiva, next keystroke", timed(lambda t: reviewer.review(request(t)), keystrokes)[27:]))
    print(row("coltiva, one sentence, unseen", timed(lambda t: reviewer.review(request(t)), [unseen(t.split(".")[0] + ".", n + 1000) for n, t in enumerate(fresh)])))
    language_rows(reviewer)
    length_rows(reviewer)
    for name, times in rule_growth(shipped_rules(), rules_time):
        print(row(name, times))
    print(row("coltiva lint, one message, cold", command_times(texts[0])))
    print(row("import and first lint in process", first_lint_times(texts[0])))
    bare, imported, loaded = memory_mib()
    print(f"memory, MiB resident: Python {bare:.0f}, imported {imported:.0f}, six packs and readers {loaded:.0f}")
    lint = proselint_lint()
    timed(lint, texts)
    print(row("proselint, unseen message", timed(lint, fresh)))
    for peer in ("write-good", "harper.js"):
        print(row(f"{peer}, unseen message", peer_times(peer, texts, fresh)))


if __name__ == "__main__":
    main()
