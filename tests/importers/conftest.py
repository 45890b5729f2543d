"""Reading files the way an import does, without a store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

from coltiva.contacts import ContactRecord
from coltiva.importers import choose_importers
from coltiva.importers.reading import Reading, Tally
from coltiva.importers.sources import open_sources
from coltiva.speech import Speech

TODAY = date(2026, 5, 14)


@dataclass(frozen=True)
class Outcome:
    """What a reading came to."""

    formats: list[str]
    records: list[ContactRecord]
    tally: Tally

    def record(self, name: str) -> ContactRecord:
        """Return the one record with this name."""
        (found,) = (record for record in self.records if record.contact.name == name)
        return found

    @property
    def names(self) -> list[str]:
        """All names in order of the alphabet."""
        return sorted(record.contact.name for record in self.records)

    @property
    def left_out(self) -> dict[str, int]:
        """How much was left out, by reason."""
        return {why.value: count for why, count in self.tally.counts.items()}


def read_files(*paths: Path, owner: str = "", language: str = "en") -> Outcome:
    """Read files with days in UTC, for a user of *language*."""
    reading = Reading(TODAY, UTC, owner, Speech(language))
    with open_sources(paths) as files:
        parts = choose_importers(files)
        records = [record for part in parts for record in part.read(reading)]
    return Outcome([part.name for part in parts], records, reading.tally)


def facts(record: ContactRecord) -> list[tuple[str, str, str, str]]:
    """Return day, kind, direction and summary of each event."""
    return [(str(e.date), e.kind.value, e.direction.value, e.summary) for e in record.history]
