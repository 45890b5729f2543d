"""What the store keeps in memory of every contact: enough to find it, and to tell who is losing touch.

The same is kept in one derived file, so that opening reads one file instead of all. An entry counts only while its
contact's file has the same time, size and inode; other files are read again. Nothing is lost with the derived file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from coltiva.addresses import email_key, name_key, profile_key
from coltiva.contact_store.durable import write_durably
from coltiva.contact_store.files import read_file
from coltiva.contacts import ContactRecord, EventKind
from coltiva.errors import ContactFileError, Fault
from coltiva.history import is_conversation, past_events, since_they_spoke
from coltiva.standing import TendingLimits, usual_gap_days

INDEX_FILE = "index.msgpack"
_FORMAT = 2
Stamp = tuple[int, int, int]


class Summary(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One contact in the index, as of the day on which it was summarized; days are ordinals of ``datetime.date``.

    A day is 0 where there is none. What lies ahead does not count yet.

    Attributes:
        names, emails, profiles: keys, as in ``addresses``.
        text: everything that a search looks at, folded like a name.
        conversation_days: how many.
        gap_days: the usual gap between conversation days; 0 where it cannot be told.
        due_day: the earliest day on which an open promise of the user is due.
        ask_day: the latest ask that the contact has not reacted to.
        ahead_day: the first day of an event that lay ahead; from it on the summary is to be made anew.
        stamp: modification time in nanoseconds, size in bytes, and inode of the file.
    """

    id: str
    name: str
    company: str
    role: str
    names: tuple[str, ...]
    emails: tuple[str, ...]
    profiles: tuple[str, ...]
    text: str
    events: int
    conversation_days: int
    last_day: int
    gap_days: int
    due_day: int
    ask_day: int
    ahead_day: int
    stamp: Stamp


class _IndexFile(msgspec.Struct, array_like=True):
    format: int
    limits: TendingLimits
    entries: list[Summary]


def summarize(record: ContactRecord, stamp: Stamp, limits: TendingLimits, today: date) -> Summary:
    """Return the index entry of a record on *today*, the user's local day."""
    contact, history = record.contact, past_events(record.history, today)
    ahead = [event.date for event in record.history if event.date > today]
    names = tuple(filter(None, dict.fromkeys(map(name_key, (contact.name, *contact.other_names)))))
    emails = tuple(filter(None, map(email_key, contact.emails)))
    profiles = tuple(filter(None, map(profile_key, contact.profiles)))
    slugs = (profile.rpartition("/")[2] for profile in profiles)
    days = sorted({event.date for event in history if is_conversation(event)})
    asks = [event.date for event in since_they_spoke(history) if event.kind is EventKind.ASKED]
    dues = [p.due_on for p in contact.promises if p.by_user and p.kept_on is None and p.due_on is not None]
    return Summary(
        id=contact.id,
        name=contact.name,
        company=contact.company,
        role=contact.role,
        names=names,
        emails=emails,
        profiles=profiles,
        text=" ".join((*names, name_key(" ".join((contact.company, contact.role, *emails, *slugs, *contact.tags))))),
        events=len(record.history),
        conversation_days=len(days),
        last_day=_ordinal(days[-1:]),
        gap_days=usual_gap_days(days, limits),
        due_day=_ordinal([min(dues)] if dues else []),
        ask_day=_ordinal(asks[-1:]),
        ahead_day=_ordinal([min(ahead)] if ahead else []),
        stamp=stamp,
    )


def has_come(entry: Summary, today: date) -> bool:
    """Return whether something that lay ahead when the entry was made counts by now."""
    return 0 < entry.ahead_day <= today.toordinal()


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what changes whenever a file is replaced."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def _ordinal(days: list[date]) -> int:
    return days[0].toordinal() if days else 0


class Index:
    """All summaries, to be found by id, profile, email, name or words."""

    def __init__(self, entries: Iterable[Summary] = ()) -> None:
        self._entries: dict[str, Summary] = {}
        self._keys: dict[str, dict[str, tuple[str, ...]]] = {"profile": {}, "email": {}, "name": {}}
        for entry in entries:
            self.put(entry)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Summary]:
        return iter(self._entries.values())

    def get(self, contact_id: str) -> Summary | None:
        """Return the summary of a contact; None where there is no such contact."""
        return self._entries.get(contact_id)

    def put(self, entry: Summary) -> None:
        """Add or replace a contact's summary."""
        self.drop(entry.id)
        self._entries[entry.id] = entry
        for kind, key in _keys(entry):
            self._keys[kind][key] = (*self._keys[kind].get(key, ()), entry.id)

    def drop(self, contact_id: str) -> None:
        """Forget a contact; nothing happens where it is not known."""
        entry = self._entries.pop(contact_id, None)
        for kind, key in _keys(entry) if entry is not None else ():
            rest = tuple(other for other in self._keys[kind][key] if other != contact_id)
            if rest:
                self._keys[kind][key] = rest
            else:
                del self._keys[kind][key]

    def find(self, *, profile: str = "", email: str = "", name: str = "") -> tuple[Summary, ...]:
        """Return the contacts with this profile; else those with this email; else those with this name."""
        for kind, key in (("profile", profile_key(profile)), ("email", email_key(email)), ("name", name_key(name))):
            found = self._keys[kind].get(key, ()) if key else ()
            if found:
                return tuple(self._entries[contact_id] for contact_id in found)
        return ()

    def with_key(self, kind: str, key: str) -> tuple[str, ...]:
        """Return the ids of the contacts with a key of ``profile``, ``email`` or ``name``."""
        return self._keys[kind].get(key, ())


def search_entries(entries: Iterable[Summary], query: str) -> list[Summary]:
    """Return those whose texts hold all words of *query*, or parts of words, best first."""
    words = name_key(query).split()
    found = [entry for entry in entries if all(word in entry.text for word in words)]
    first = words[0] if words else ""
    found.sort(key=lambda e: (not e.text.startswith(first), f" {first}" not in e.text, -e.last_day, e.text))
    return found


def _keys(entry: Summary) -> set[tuple[str, str]]:
    kinds = (("profile", entry.profiles), ("email", entry.emails), ("name", entry.names))
    return {(kind, key) for kind, keys in kinds for key in keys}


def read_index(path: Path, limits: TendingLimits) -> dict[str, Summary]:
    """Return the entries of the derived file; none where it is missing, of another kind, or made with other limits."""
    try:
        stored = msgspec.msgpack.decode(path.read_bytes(), type=_IndexFile)
    except (OSError, msgspec.DecodeError):
        return {}
    if stored.format != _FORMAT or stored.limits != limits:
        return {}
    return {entry.id: entry for entry in stored.entries}


def write_index(path: Path, index: Index, limits: TendingLimits) -> None:
    """Write the derived file; OSError where it cannot be written."""
    write_durably(path, msgspec.msgpack.encode(_IndexFile(_FORMAT, limits, list(index))))


@dataclass(frozen=True, slots=True)
class Unread:
    """A file without a summary: what is wrong, and whether it was read and holds no contact."""

    path: Path
    fault: Fault
    is_broken: bool


def build_entries(
    files: Mapping[str, Path], known: Mapping[str, Summary], limits: TendingLimits, today: date
) -> tuple[list[Summary], list[Unread]]:
    """Return the summaries of all contacts in *files* on *today*, and the files that gave none.

    Args:
        files: the contacts' ids, each with its file; one that is removed meanwhile is left out.
        known: entries that need no reading while their stamp is the file's and nothing that lay ahead has come.
    """
    entries, unread = [], []
    for contact_id, path in files.items():
        try:
            stamp = stamp_of(path.stat())
            entry = known.get(contact_id)
            if entry is None or entry.stamp != stamp or has_come(entry, today):
                entry = summarize(read_file(path, contact_id), stamp, limits, today)
            entries.append(entry)
        except ContactFileError as error:
            unread.append(Unread(path, error.fault, is_broken=True))
        except OSError as error:
            if os.path.lexists(path):
                # What cannot be read now may be whole; only what was read and makes no sense is broken.
                fault = Fault(f"cannot be read: {error.strerror}", "unreadable", {"reason": error.strerror})
                unread.append(Unread(path, fault, is_broken=False))
    return entries, unread
