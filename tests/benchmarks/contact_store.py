"""The contact store with 3,000 and 30,000 contacts of ten events each: prints one table, and how the cost grows.

Run: ``python tests/benchmarks/contact_store.py [FOLDER]``. Each size is measured in a process of its own, so that its
memory is its own; FOLDER (default: a temporary one) decides which disk is measured.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from coltiva.contact_store import ContactStore, new_id
from coltiva.contacts import Contact, ContactRecord, Direction, Event, EventKind
from coltiva.library import Library
from coltiva.review import Reviewer, ReviewRequest
from coltiva.tending import tending_list

SIZES = (3_000, 30_000)
EVENTS_EACH = 10
TODAY = date(2026, 5, 14)
TEXT = "Hi {name}, thank you for the talk. Could you introduce me to the head of sales at {company}? I would love to show them our work."
FIRST = ["Ada", "Bea", "Carlo", "Dora", "Elio", "Fania", "Gero", "Hana", "Ivo", "Jana", "Kira", "Lino", "Mara", "Nils", "Olga", "Pia", "Rosa", "Sven", "Tina", "Ugo"]
KINDS = [(EventKind.MESSAGE, Direction.SENT), (EventKind.MESSAGE, Direction.RECEIVED), (EventKind.CALL, Direction.BOTH), (EventKind.GAVE, Direction.SENT)]


def records(count: int) -> Iterator[ContactRecord]:
    """Yield contacts with profiles, emails and events spread over four years."""
    chance = random.Random(7)
    for number in range(count):
        name = f"{chance.choice(FIRST)} {chance.choice(FIRST)}son-{number}"
        slug = name.lower().replace(" ", "-")
        contact = Contact(
            name, f"Company {number % 997}", "Head of something", id=f"c{number:07}", emails=(f"{slug}@example.org",),
            profiles=(f"https://www.linkedin.com/in/{slug}", f"https://www.linkedin.com/in/ACoAAA{chance.getrandbits(128):032x}"),
        )
        history = []
        for event_number in range(EVENTS_EACH):
            kind, direction = chance.choice(KINDS)
            day = TODAY - timedelta(days=chance.randrange(1, 1500))
            history.append(Event(f"b{event_number}", day, kind, direction, "Talked about the spring fair and what came of it, at some length"))
        yield ContactRecord(contact, tuple(history))


def timed(function: Callable[..., object], *arguments: object) -> float:
    """Return how many milliseconds one call takes."""
    start = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - start) * 1000


def spread(times: list[float]) -> str:
    """Return median, 95th and 99th percentile of milliseconds."""
    ordered = sorted(times)
    return " / ".join(f"{ordered[int(len(ordered) * part)]:.2f}" for part in (0.5, 0.95, 0.99))


def resident_mb() -> float:
    """Return the memory that this process holds now, in MB of 1,000,000 bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def measure(folder: Path, count: int) -> dict[str, str]:
    """Measure everything on a filled folder that is closed."""
    library = Library()
    reviewer = Reviewer(library)
    chance = random.Random(8)
    opened: list[ContactStore] = []

    def open_store() -> None:
        opened.append(ContactStore(folder, library.tending, "benchmark"))

    reviewer.review(request(ContactRecord(Contact("Warm"))))
    base = resident_mb()
    ready = timed(open_store)
    store = opened.pop()
    memory = resident_mb() - base
    ids = [f"c{chance.randrange(count):07}" for _ in range(1000)]
    slugs = {one.id: one.profiles[0] for one in store.summaries()}

    def log(contact_id: str) -> None:
        event = Event(new_id(), TODAY, EventKind.CALL, Direction.BOTH, "A call")
        store.update(contact_id, "event_added", lambda record: replace(record, history=(*record.history, event)))

    def look_up(contact_id: str) -> None:
        (found,) = store.find(profile=slugs[contact_id])
        store.get(found.id)

    def lint(contact_id: str) -> None:
        (found,) = store.find(profile=slugs[contact_id])
        reviewer.review(request(store.get(found.id)))

    figures = {
        "ready, ms": f"{ready:.0f}",
        "memory of the store, MB": f"{memory:.0f}",
        "lookup by profile and read, ms": spread([timed(look_up, i) for i in ids[:500]]),
        "lint with a stored contact, ms": spread([timed(lint, i) for i in ids[500:]]),
        "log an event, durable, ms": spread([timed(log, i) for i in ids]),
        "search of two words, ms": spread([timed(store.search, f"son {i % 997}") for i in range(50)]),
        "tending list, ms": spread([timed(tending_list, store.summaries(), TODAY, library.gates, library.tending) for _ in range(20)]),
        "backup, s": f"{timed(store.backup) / 1000:.1f}",
    }
    store.close()
    (folder / "index.msgpack").unlink()
    figures["ready without the derived index, ms"] = f"{timed(open_store):.0f}"
    opened.pop().close()
    return figures


def request(record: ContactRecord) -> ReviewRequest:
    """Return a request to lint a message to a contact."""
    text = TEXT.format(name=record.contact.name, company=record.contact.company)
    return ReviewRequest(text, "email", "en", "en", TODAY, record.contact, record.history)


def main() -> None:
    """Fill a folder for each size, measure it in a process of its own, and print the table."""
    if len(sys.argv) == 3:
        print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
        return
    columns = {}
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as root:
        for size in SIZES:
            folder = Path(root) / str(size)
            with ContactStore(folder, Library().tending, "benchmark") as store:
                filling = timed(store.absorb, records(size))
            done = subprocess.run([sys.executable, __file__, str(folder), str(size)], capture_output=True, text=True, check=True)
            columns[size] = {f"take in {EVENTS_EACH} events each, s": f"{filling / 1000:.1f}"} | json.loads(done.stdout)
    print(f"{'contacts':36}" + "".join(f"{size:>24,}" for size in SIZES))
    for name in columns[SIZES[0]]:
        print(f"{name:36}" + "".join(f"{columns[size][name]:>24}" for size in SIZES))
    print("three figures: median / 95th / 99th percentile")


if __name__ == "__main__":
    main()
