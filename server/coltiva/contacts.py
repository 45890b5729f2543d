"""A contact and the recorded facts of their history: frozen records, no behaviour beyond their own values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
        id: unique within the contact's history.
        date: the user's local day.
    """

    id: str
    date: date
    kind: EventKind
    direction: Direction
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person whom the user writes to; every field but the name may be empty."""

    name: str = ""
    company: str = ""
    role: str = ""
