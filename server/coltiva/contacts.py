"""A contact and the recorded facts of their history: frozen records, no behaviour beyond their own values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class EventKind(StrEnum):
    """What kind of fact an event records."""

    CONNECTED = "connected"
    MESSAGE = "message"
    CALL = "call"
    MEETING = "meeting"
    GAVE = "gave"
    RECEIVED = "received"
    ASKED = "asked"
    WAS_ASKED = "was_asked"


class Direction(StrEnum):
    """Who acted: the user (sent), the contact (received), or both."""

    SENT = "sent"
    RECEIVED = "received"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded fact.

    Attributes:
        id: unique within the contact's history; an importer derives it from the content, so that it stays the same.
        date: the user's local day.
        ask: the kind of ask, of an event ``asked`` or ``was_asked``, where it is known; a kind of ``asks.yml``.
        source: where it comes from, such as ``linkedin``; empty where the user typed it.
        time_of_day: local, where it is known; orders the events of one day.
        small: of a gift, whether it cost next to nothing, such as a click that endorses a skill.
    """

    id: str
    date: date
    kind: EventKind
    direction: Direction
    summary: str = ""
    ask: str = ""
    source: str = ""
    time_of_day: time | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What the user wrote down about a contact: plain text.

    Attributes:
        usable: whether a rewrite may quote it to the contact; private unless the user says so.
    """

    id: str
    date: date
    text: str
    usable: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody promised.

    Attributes:
        made_on: the day on which it was made.
        by_user: whether the user owes it; else the contact does.
        due_on: the last day to keep it; None where none was named.
        kept_on: the day on which it was kept; None while it is open.
    """

    id: str
    made_on: date
    text: str
    by_user: bool = True
    due_on: date | None = None
    kept_on: date | None = None


@dataclass(frozen=True, slots=True)
class StageOverride:
    """The user's own word on the stage, which counts instead of the computed one.

    Attributes:
        stage: stranger, visibility, credibility or profitability.
        reason: why, in the user's words; never empty.
        date: the day on which the user said so.
    """

    stage: str
    reason: str
    date: date


@dataclass(frozen=True, slots=True)
class Contact:
    """A person whom the user writes to; every field but the name may be empty.

    Attributes:
        id: given by the store; empty for a contact that is not stored.
        other_names: maiden names, nicknames, other spellings.
        profiles: addresses of profiles, each as ``addresses.profile_address`` returns it; a LinkedIn profile may
            have two, with its readable slug and with its opaque id.
        emails: in lower case, the preferred one first.
        language: one of the six codes, where the user writes to this contact in one language.
        address_form: ``informal`` (tu, du) or ``formal`` (Lei, Sie); empty where it is not known.
        tags: the user's own labels, or groups of an imported address book.
    """

    name: str = ""
    company: str = ""
    role: str = ""
    id: str = ""
    other_names: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    language: str = ""
    address_form: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    promises: tuple[Promise, ...] = ()
    stage_override: StageOverride | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A contact with the whole history: what one file of the store holds, an importer yields and an exporter takes.

    Attributes:
        history: in order of date, then of time where it is known.
    """

    contact: Contact
    history: tuple[Event, ...] = ()


def is_small_by_origin(source: str, event_id: str) -> bool:
    """Whether an event recorded before small gifts were marked is one: skills endorsed on LinkedIn."""
    return source == "linkedin" and event_id.startswith("linkedin-endorsement-")


def in_order(history: Iterable[Event]) -> tuple[Event, ...]:
    """Return events in order of date and time; those of a day without a time keep their order, before the others."""
    return tuple(sorted(history, key=lambda e: (e.date, e.time_of_day or time.min)))
