"""JSON from outside, read into records; every fault names the field, what was expected and what came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.errors import PayloadError
from coltiva.library import LANGUAGES
from coltiva.review import ReviewRequest
from coltiva.spans import Utf16Offsets

MAX_TEXT_CHARACTERS = 20_000
MAX_FIELD_CHARACTERS = 2_000
MAX_EVENTS = 20_000
CHANNELS = ("linkedin_invite", "linkedin_message", "inmail", "email")
_CORPUS_FIELDS = frozenset({"id", "lang", "asks", "signals", "note"})
_REQUEST_FIELDS = frozenset({"text", "channel", "language", "explain_in", "today", "contact", "history", "caret"})
_DEFAULT_DIRECTIONS = {
    EventKind.GAVE: Direction.SENT,
    EventKind.RECEIVED: Direction.RECEIVED,
    EventKind.ASKED: Direction.SENT,
    EventKind.WAS_ASKED: Direction.RECEIVED,
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def request_from_json(value: object, *, today: date) -> ReviewRequest:
    """Read the body of a lint request, or a corpus record.

    Args:
        today: the day that counts where the body names none.

    Raises:
        PayloadError: with the path of the field at fault.
    """
    body = _mapping(value, "", _REQUEST_FIELDS | _CORPUS_FIELDS)
    language = _choice(body, "language", LANGUAGES)
    if language is None and "lang" in body:
        language = _choice(body, "lang", LANGUAGES)
    contact_value = body.get("contact")
    contact = Contact()
    history = body.get("history")
    where = "history"
    if contact_value is not None:
        fields = _mapping(contact_value, "contact", frozenset({"name", "company", "role", "history"}))
        name, company, role = (
            _text(fields, name, "contact.", MAX_FIELD_CHARACTERS, "") for name in ("name", "company", "role")
        )
        contact = Contact(name, company, role)
        if history is None:
            history, where = fields.get("history"), "contact.history"
    text = _text(body, "text", "", MAX_TEXT_CHARACTERS, None)
    return ReviewRequest(
        text=text,
        channel=_choice(body, "channel", CHANNELS) or "linkedin_message",
        language=language,
        explain_in=_choice(body, "explain_in", LANGUAGES),
        today=_date(body["today"], "today") if body.get("today") is not None else today,
        contact=contact,
        history=history_from_json(history, where),
        caret=_caret(body.get("caret"), text),
    )


def history_from_json(value: object, where: str = "history") -> tuple[Event, ...]:
    """Read a list of events; None is an empty history.

    Raises:
        PayloadError: with the path of the field at fault.
    """
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PayloadError(where, f"expected a list of events; got {_shown(value)}")
    if len(value) > MAX_EVENTS:
        raise PayloadError(where, f"expected at most {MAX_EVENTS} events; got {len(value)}")
    return tuple(_event(item, f"{where}[{i}]", f"e{i + 1}") for i, item in enumerate(value))


def _event(value: object, where: str, default_id: str) -> Event:
    fields = _mapping(value, where, frozenset({"id", "date", "kind", "direction", "summary"}))
    for name in ("date", "kind"):
        if name not in fields:
            raise PayloadError(f"{where}.{name}", "expected a value; it is missing")
    kind = EventKind(_choice(fields, "kind", tuple(EventKind), f"{where}.") or "")
    direction = _choice(fields, "direction", tuple(Direction), f"{where}.")
    return Event(
        id=_text(fields, "id", f"{where}.", 200, default_id),
        date=_date(fields["date"], f"{where}.date"),
        kind=kind,
        direction=Direction(direction) if direction else _DEFAULT_DIRECTIONS.get(kind, Direction.BOTH),
        summary=_text(fields, "summary", f"{where}.", MAX_FIELD_CHARACTERS, ""),
    )


def _mapping(value: object, where: str, known: frozenset[str]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise PayloadError(where, f"expected an object; got {_shown(value)}")
    unknown = next((str(name) for name in value if name not in known), None)
    if unknown is not None:
        path = f"{where}.{unknown}" if where else unknown
        raise PayloadError(path, f"unknown field; expected one of {', '.join(sorted(known - _CORPUS_FIELDS))}")
    return value


def _text(fields: Mapping[str, object], name: str, where: str, most: int, default: str | None) -> str:
    value = fields.get(name, default)
    if value is None and default is not None:
        return default
    if value is None:
        raise PayloadError(
            where + name, "expected a text; it is missing" if name not in fields else "expected a text; got null"
        )
    if not isinstance(value, str):
        raise PayloadError(where + name, f"expected a text; got {_shown(value)}")
    if len(value) > most:
        raise PayloadError(where + name, f"expected at most {most} characters; got {len(value)}")
    lone = _SURROGATE.search(value)
    if lone:
        raise PayloadError(
            where + name, f"expected valid Unicode; half a character (a lone surrogate) stands at {lone.start()}"
        )
    return value


def _choice(fields: Mapping[str, object], name: str, allowed: tuple[str, ...], where: str = "") -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or value not in allowed:
        raise PayloadError(where + name, f"expected one of {', '.join(allowed)}; got {_shown(value)}")
    return value


def _caret(value: object, text: str) -> int | None:
    """Read where the user is typing: UTF-16 units in, code points out."""
    if value is None:
        return None
    offsets = Utf16Offsets(text)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= offsets.utf16(len(text)):
        raise PayloadError("caret", f"expected an offset within the text; got {_shown(value)}")
    return offsets.code_points(value)


def _date(value: object, where: str) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PayloadError(where, f"expected a date such as 2026-05-14; got {_shown(value)}")


def _shown(value: object) -> str:
    """Return *value* short enough for an error message, and safe to print."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    shown = repr(value).encode("ascii", "backslashreplace").decode()
    return shown if len(shown) <= 40 else shown[:37] + "…"
