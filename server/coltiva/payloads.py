"""JSON from outside, read into records; every fault names the field, what was expected and what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count

from coltiva.contacts import Contact, ContactRecord, Direction, Event, EventKind
from coltiva.errors import PayloadError
from coltiva.json_fields import choice_of, day_of, flag_of, object_of, optional_time_of, shown, text_of
from coltiva.library import LANGUAGES
from coltiva.review import ReviewRequest
from coltiva.rule_tables import CHANNELS
from coltiva.spans import Utf16Offsets

MAX_TEXT_CHARACTERS = 20_000
MAX_FIELD_CHARACTERS = 2_000
MAX_EVENTS = 20_000
MAX_SEED = 1_000_000
MAX_LIMIT = 1_000_000
_CORPUS_FIELDS = frozenset({"id", "lang", "asks", "signals", "note"})
_REQUEST_FIELDS = frozenset(
    {"text", "channel", "language", "explain_in", "today", "contact", "history", "caret", "limit", "rewrites", "seed"}
)
_EVENT_FIELDS = frozenset({"id", "date", "kind", "direction", "summary", "ask", "source", "time_of_day", "small"})
_DEFAULT_DIRECTIONS = {
    EventKind.GAVE: Direction.SENT,
    EventKind.RECEIVED: Direction.RECEIVED,
    EventKind.ASKED: Direction.SENT,
    EventKind.WAS_ASKED: Direction.RECEIVED,
}
# Finds a stored contact by id, by the address of a profile, or by email; each may be empty.
StoredContact = Callable[[str, str, str], ContactRecord | None]


def request_from_json(value: object, *, today: date, stored: StoredContact | None = None) -> ReviewRequest:
    """Read the body of a lint request, or a corpus record.

    Args:
        today: the day that counts where the body names none.
        stored: finds a stored contact by id, profile address or email; without it none is known.

    Raises:
        PayloadError: with the path of the field at fault.
    """
    body = object_of(value, "", _REQUEST_FIELDS, _CORPUS_FIELDS)
    language = choice_of(body, "language", LANGUAGES)
    if language is None and "lang" in body:
        language = choice_of(body, "lang", LANGUAGES)
    record = _record(body.get("contact"), stored)
    history = record.history if body.get("history") is None else history_from_json(body["history"])
    text = text_of(body, "text", "", MAX_TEXT_CHARACTERS, None)
    return ReviewRequest(
        text=text,
        channel=choice_of(body, "channel", CHANNELS) or "linkedin_message",
        language=language,
        explain_in=choice_of(body, "explain_in", LANGUAGES),
        today=day_of(body["today"], "today") if body.get("today") is not None else today,
        contact=record.contact,
        history=history,
        caret=_caret(body.get("caret"), text),
        rewrites=_wants_rewrites(body),
        seed=_seed(body.get("seed")),
        limit=_limit(body.get("limit")),
    )


def _record(value: object, stored: StoredContact | None) -> ContactRecord:
    """Read whom the message is for: a stored contact where there is one, else what the body says."""
    if value is None:
        return ContactRecord(Contact())
    fields = object_of(value, "contact", frozenset({"id", "profile", "email", "name", "company", "role", "history"}))
    contact_id = text_of(fields, "id", "contact.", MAX_FIELD_CHARACTERS, "")
    profile, email = (text_of(fields, name, "contact.", MAX_FIELD_CHARACTERS, "") for name in ("profile", "email"))
    name, company, role = (
        text_of(fields, name, "contact.", MAX_FIELD_CHARACTERS, "") for name in ("name", "company", "role")
    )
    found = stored(contact_id, profile, email) if stored is not None else None
    if contact_id and found is None:
        message = f"expected a stored contact; there is none with id {shown(contact_id)}"
        raise PayloadError("contact.id", message, "unknown_contact", who=shown(contact_id))
    history = history_from_json(fields.get("history"), "contact.history")
    if found is None:
        return ContactRecord(Contact(name, company, role), history)
    return found if fields.get("history") is None else ContactRecord(found.contact, history)


def history_from_json(
    value: object, where: str = "history", new_id: Callable[[], str] | None = None
) -> tuple[Event, ...]:
    """Read a list of events; None is an empty history.

    Args:
        new_id: makes ids for events without one, where they are to be stored; else they are numbered.

    Raises:
        PayloadError: with the path of the field at fault.
    """
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PayloadError(where, f"expected a list of events; got {shown(value)}", "no_list", got=shown(value))
    if len(value) > MAX_EVENTS:
        message = f"expected at most {MAX_EVENTS} events; got {len(value)}"
        raise PayloadError(where, message, "too_long_list", most=MAX_EVENTS, got=len(value))
    given = {item.get("id") for item in value if isinstance(item, dict) and isinstance(item.get("id"), str)}
    numbered = (name for number in count(1) if (name := f"e{number}") not in given)
    events: dict[str, Event] = {}
    for i, item in enumerate(value):
        event = event_from_json(item, f"{where}[{i}]", new_id() if new_id is not None else next(numbered))
        if event.id in events:
            got = shown(event.id)
            raise PayloadError(f"{where}[{i}].id", f"expected an id of its own; got {got} again", "id_again", got=got)
        events[event.id] = event
    return tuple(events.values())


def event_from_json(value: object, where: str, default_id: str) -> Event:
    """Read one event; without a direction its kind tells who acted.

    Raises:
        PayloadError: with the path of the field at fault.
    """
    fields = object_of(value, where, _EVENT_FIELDS)
    prefix = f"{where}." if where else ""
    for name in ("date", "kind"):
        if name not in fields:
            raise PayloadError(f"{prefix}{name}", "expected a value; it is missing", "missing")
    kind = EventKind(choice_of(fields, "kind", tuple(EventKind), prefix) or "")
    direction = choice_of(fields, "direction", tuple(Direction), prefix)
    return Event(
        id=text_of(fields, "id", prefix, 200, default_id),
        date=day_of(fields["date"], f"{prefix}date"),
        kind=kind,
        direction=Direction(direction) if direction else _DEFAULT_DIRECTIONS.get(kind, Direction.BOTH),
        summary=text_of(fields, "summary", prefix, MAX_FIELD_CHARACTERS, ""),
        ask=text_of(fields, "ask", prefix, 40, ""),
        source=text_of(fields, "source", prefix, 100, ""),
        time_of_day=optional_time_of(fields, "time_of_day", prefix),
        small=flag_of(fields, "small", prefix, False),
    )


def _wants_rewrites(body: Mapping[str, object]) -> bool:
    """Read whether rewrites are wanted; where it is not said, they are unless somebody is typing."""
    value = body.get("rewrites")
    if value is None:
        return body.get("caret") is None
    if not isinstance(value, bool):
        raise PayloadError("rewrites", f"expected true or false; got {shown(value)}", "no_flag", got=shown(value))
    return value


def _seed(value: object) -> int:
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_SEED:
        message, got = f"expected a whole number from 0 to {MAX_SEED}; got {shown(value)}", shown(value)
        raise PayloadError("seed", message, "number_within", least=0, most=MAX_SEED, got=got)
    return value


def _limit(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_LIMIT:
        message, got = f"expected a whole number from 1 to {MAX_LIMIT}; got {shown(value)}", shown(value)
        raise PayloadError("limit", message, "number_within", least=1, most=MAX_LIMIT, got=got)
    return value


def _caret(value: object, text: str) -> int | None:
    """Read where the user is typing: UTF-16 units in, code points out."""
    if value is None:
        return None
    offsets = Utf16Offsets(text)
    most = offsets.utf16(len(text))
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        message, got = f"expected an offset within the text; got {shown(value)}", shown(value)
        raise PayloadError("caret", message, "number_within", least=0, most=most, got=got)
    return offsets.code_points(value)
