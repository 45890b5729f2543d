"""What is recorded of a contact, as a terminal tells it: an event, a promise, a note, each in one line."""

from __future__ import annotations

from collections.abc import Iterable

from coltiva.contacts import Contact, Event, EventKind, Note, Promise
from coltiva.explaining import Explainer
from coltiva.speech import Speech


def event_name(event: Event, say: Speech) -> str:
    """Return what kind of thing happened."""
    return say("events", f"message_{event.direction}" if event.kind is EventKind.MESSAGE else event.kind)


def promise_in_words(promise: Promise, say: Speech) -> str:
    """Return who promised what, and whether it is kept."""
    day = promise.kept_on or promise.due_on
    state = say("contacts", "kept" if promise.kept_on else "due" if day else "open", day=day)
    return say("contacts", "yours" if promise.by_user else "theirs", state=state, text=promise.text)


def note_in_words(note: Note, say: Speech) -> str:
    """Return a note with its day."""
    return say("contacts", "note", day=note.date, text=note.text)


def grounds_in_words(
    ids: Iterable[str], history: Iterable[Event], contact: Contact, explainer: Explainer, say: Speech
) -> list[str]:
    """Return the events, promises and notes of these ids in words; an id that none of them has tells nobody anything.

    Args:
        explainer: writes the days out.
        say: the language of *explainer*.
    """
    told = {one.id: note_in_words(one, say) for one in contact.notes}
    told |= {one.id: promise_in_words(one, say) for one in contact.promises}
    for event in history:
        parts = (explainer.day(event.date), event_name(event, say), event.summary.rstrip(" ."))
        told[event.id] = " · ".join(filter(None, parts))
    return [told[one] for one in ids if one in told]
