"""An import from beginning to end: read, join to what is known, report; or only say what it would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from itertools import chain
from pathlib import Path

from coltiva.collector import without_collector
from coltiva.contact_store import Absorbed, ContactStore, ContactView
from coltiva.contacts import Contact, ContactRecord
from coltiva.errors import UnknownContactError
from coltiva.importers import Example, LeftOut, Part, Reading, choose_importers, open_sources
from coltiva.review import DEFAULT_EXPLANATION_LANGUAGE
from coltiva.speech import Speech

# What becomes of the contacts; every other count is of something that was left out.
TAKEN_IN = ("added", "updated", "unchanged", "together")
_EXAMPLES = 5
# Telling an update from what is known already reads a contact's file; for examples a few are enough.
_COMPARED = 50


@dataclass(frozen=True, slots=True)
class Count:
    """How many there were, and a few of them."""

    number: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        formats: the names of the files' formats.
        counts: ``added``, ``updated`` and ``unchanged`` contacts, entries put ``together`` with another of the same
            person, then what was left out by its reason; in order.
        events: how many events the files hold.
        new_events: how many of these were not recorded before.
        change: the id under which all of it can be taken back; empty where nothing was written.
    """

    formats: tuple[str, ...]
    counts: Mapping[str, Count]
    events: int
    new_events: int
    change: str
    dry_run: bool

    def formats_in(self, say: Speech) -> list[str]:
        """Return how a language calls the formats."""
        return [say("formats", name) for name in self.formats]

    def examples_in(self, say: Speech, name: str) -> list[str]:
        """Return the examples of one of the counts, told in a language."""
        return [_told(example, say) for example in self.counts[name].examples]

    def to_dict(self, say: Speech) -> dict[str, object]:
        """Return the report as JSON takes it, with examples told in a language."""
        counts = {
            name: {"number": c.number, "examples": self.examples_in(say, name)} for name, c in self.counts.items()
        }
        return {
            "formats": self.formats_in(say),
            "counts": counts,
            "events": self.events,
            "new_events": self.new_events,
            "change": self.change,
            "dry_run": self.dry_run,
        }


@dataclass(slots=True)
class _Watch:
    """Sees the records pass on their way to the store, and keeps a few as examples."""

    store: ContactView
    events: int = 0
    added: list[Example] = field(default_factory=list)
    updated: list[Example] = field(default_factory=list)
    compared: int = 0

    def passing(self, records: Iterable[ContactRecord]) -> Iterator[ContactRecord]:
        for record in records:
            self.events += len(record.history)
            if len(self.added) < _EXAMPLES or (len(self.updated) < _EXAMPLES and self.compared < _COMPARED):
                self._note(record)
            yield record

    def _note(self, record: ContactRecord) -> None:
        contact = record.contact
        known = (self.store.find(profile=p) for p in contact.profiles)
        by_email = (self.store.find(email=e) for e in contact.emails)
        found = next(filter(None, chain(known, by_email)), ()) or self.store.find(name=contact.name)
        if not found:
            example = Example(_shown(contact))
            # Two cards may be of one person, who is added once.
            if len(self.added) < _EXAMPLES and example not in self.added:
                self.added.append(example)
        elif len(self.updated) < _EXAMPLES and self.compared < _COMPARED:
            self.compared += 1
            try:
                old = self.store.get(found[0].id)
            except UnknownContactError:
                return  # broken, or removed meanwhile
            known_ids = {event.id for event in old.history}
            new = sum(event.id not in known_ids for event in record.history)
            if new:
                self.updated.append(Example(f"{_shown(contact)}: +{new}"))


def run_import(
    paths: Sequence[Path],
    store: ContactView,
    *,
    today: date,
    dry_run: bool = False,
    owner: str = "",
    zone: tzinfo | None = None,
    language: str = DEFAULT_EXPLANATION_LANGUAGE,
    progress: Callable[[str, int, int], None] | None = None,
) -> ImportReport:
    """Import files into *store*, all or nothing; doing it twice changes nothing more.

    Args:
        store: where one is only read, the import is a dry run.
        dry_run: only say what would happen.
        owner: the user's name, profile address or email, where the files do not tell it.
        zone: where the user's days begin; None for this machine's own.
        language: the user's, for what the import itself writes into histories and notes.
        progress: see ``Reading``.

    Raises:
        InputFileError: a file is unknown, damaged or not safe to read; nothing was imported.
        StoreWriteError: the store could not be written; nothing was imported.
    """
    if isinstance(store, ContactStore) and not dry_run:
        absorb = store.absorb
    else:
        absorb, dry_run = store.would_absorb, True
    reading = Reading(today, zone, owner, Speech(language))
    if progress is not None:
        reading = replace(reading, progress=progress)
    with open_sources(paths) as files, without_collector():
        parts = choose_importers(files)
        watch = _Watch(store)
        records = _records(parts, reading)
        # An archive is read whole before its first record comes; the store should not be kept waiting meanwhile.
        first = list(_take_one(records))
        absorbed = absorb(watch.passing(chain(first, records)))
    formats = tuple(dict.fromkeys(part.name for part in parts))
    counts = _counts(absorbed, watch, reading)
    return ImportReport(formats, counts, watch.events, absorbed.events, absorbed.change, dry_run)


def _counts(absorbed: Absorbed, watch: _Watch, reading: Reading) -> dict[str, Count]:
    """Return what became of the contacts, then what was left out, with examples."""
    for contact in absorbed.ambiguous:
        reading.tally.add(LeftOut.AMBIGUOUS, _shown(contact))
    counts = {
        "added": Count(absorbed.added, tuple(watch.added)),
        "updated": Count(absorbed.updated, tuple(watch.updated)),
        "unchanged": Count(absorbed.unchanged),
    }
    if absorbed.together:
        pairs = absorbed.together[:_EXAMPLES]
        examples = tuple(Example(f"{_shown(contact)} = {_shown(known)}") for contact, known in pairs)
        counts["together"] = Count(len(absorbed.together), examples)
    for why in LeftOut:
        if why in reading.tally.counts:
            counts[why.value] = Count(reading.tally.counts[why], tuple(reading.tally.examples[why]))
    return counts


def _records(parts: Sequence[Part], reading: Reading) -> Iterator[ContactRecord]:
    for part in parts:
        yield from part.read(reading)


def _take_one(records: Iterator[ContactRecord]) -> Iterator[ContactRecord]:
    for record in records:
        yield record
        return


def _told(example: Example, say: Speech) -> str:
    if not example.code:
        return example.shown
    return say("import", "left_out", which=example.shown, why=say("left_out", example.code, **example.values))


def _shown(contact: Contact) -> str:
    name = contact.name or next(iter(contact.emails), "?")
    return f"{name} ({contact.company})" if contact.company else name
