"""How long it takes to import a LinkedIn archive with 300,000 messages; prints one table.

Run: ``.venv/bin/python tests/benchmarks/imports.py [MESSAGES]``. The archive has the form of 2026, every field quoted, 10,000 connections, and messages
of 20 to 400 characters; half of the messages stand in a tenth of the conversations, as in life.
"""

from __future__ import annotations

import csv
import io
import random
import resource
import sys
import tempfile
import time
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coltiva.contact_store import ContactStore
from coltiva.importing import run_import
from coltiva.library import Library

CONNECTIONS = 10_000
WORDS = ("thank", "you", "for", "the", "kind", "note", "about", "our", "meeting", "last", "week", "I", "would", "love", "to", "hear", "how", "your", "project", "goes", "and", "share", "what", "we", "learned", "at", "BNI")
HEADER = ("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS")
ME = ("Jordan Pike", "https://www.linkedin.com/in/jordanpike")


def write_archive(path: Path, messages: int) -> None:
    """Write the archive."""
    chance = random.Random(4)
    people = [(f"First{i} Last{i}", f"https://www.linkedin.com/in/first{i}-last{i}") for i in range(CONNECTIONS)]
    connections, lines = io.StringIO(), io.StringIO()
    writer = csv.writer(connections, lineterminator="\n")
    writer.writerow(("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"))
    writer.writerows((*name.split(), url, "", f"Company {i % 900}", "Director", f"{i % 28 + 1:02d} Feb 2019") for i, (name, url) in enumerate(people))
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(HEADER)
    start = datetime(2019, 3, 1)
    for number in range(messages):
        other = people[chance.randrange(CONNECTIONS // 10) if number % 2 else chance.randrange(CONNECTIONS)]
        sender, recipient = (ME, other) if chance.random() < 0.5 else (other, ME)
        text = " ".join(chance.choices(WORDS, k=chance.randrange(4, 80)))
        at = start + timedelta(minutes=number * 11)
        writer.writerow((f"2-{other[0]}", "", *sender, *recipient, f"{at:%Y-%m-%d %H:%M:%S} UTC", "", text, "INBOX", ""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", connections.getvalue())
        archive.writestr("messages.csv", lines.getvalue())
        archive.writestr("Profile.csv", "First Name,Last Name,Headline\nJordan,Pike,Manager\n")


def main() -> None:
    """Print the table."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    library = Library()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Complete_LinkedInDataExport_03-09-2026.zip"
        write_archive(path, messages)
        with ContactStore(Path(folder) / "data", library.tending, "benchmark") as store:
            print(f"{messages:,} messages, {CONNECTIONS:,} connections, {path.stat().st_size / 1e6:.0f} MB")
            for name, dry_run in (("dry run", True), ("import", False), ("again", False)):
                started = time.perf_counter()
                report = run_import([path], store, today=date(2026, 5, 14), zone=UTC, dry_run=dry_run)
                counts = ", ".join(f"{count.number:,} {what}" for what, count in report.counts.items() if count.number)
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                print(f"{name:<10}{time.perf_counter() - started:>7.1f} s  {memory:>5} MB at most  {report.events:,} events, {counts}", flush=True)


if __name__ == "__main__":
    main()
