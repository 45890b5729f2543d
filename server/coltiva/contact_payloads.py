"""Contacts, notes and promises as JSON: read from outside, and written for the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from datetime import date
from typing import Any

import msgspec

from coltiva.addresses import email_key, profile_address
from coltiva.contacts import Contact, Event, Note, Promise, StageOverride
from coltiva.errors import PayloadError
from coltiva.history import Stage
from coltiva.json_fields import choice_of, day_of, flag_of, list_of, object_of, optional_day_of, shown, text_of
from coltiva.library import LANGUAGES
from coltiva.payloads import MAX_FIELD_CHARACTERS
from coltiva.quick_line import QuickLine, QuickLineWords, read_quick_line

MAX_NOTE_CHARACTERS = 20_000
MAX_LINE_CHARACTERS = 2_000
_MAX_ITEMS = 100
_ADDRESS_FORMS = ("", "informal", "formal")
_CONTACT_FIELDS = frozenset(field.name for field in fields_of(Contact)) - {"id", "notes", "promises"}


def to_json(record: Contact | Event | Note | Promise) -> dict[str, Any]:
    """Return a record's fields as JSON values."""
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return values


def contact_from_json(value: object, known: Contact, today: date) -> Contact:
    """Return *known* with the fields that *value* names; notes and promises have their own addresses.

    Raises:
        PayloadError: with the path of the field at fault.
    """
    given = object_of(value, "", _CONTACT_FIELDS)
    fields = {name: v for name, v in to_json(known).items() if name in _CONTACT_FIELDS} | dict(given)
    name, company, role = (
        text_of(fields, name, "", MAX_FIELD_CHARACTERS, "").strip() for name in ("name", "company", "role")
    )
    emails = tuple(_email(text, f"emails[{i}]") for i, text in enumerate(_texts(fields, "emails")))
    profiles = tuple(_profile(text, f"profiles[{i}]") for i, text in enumerate(_texts(fields, "profiles")))
    if not (name or emails or profiles):
        raise PayloadError("name", "expected a name, an email or a profile; all are empty", "no_name")
    return Contact(
        name,
        company,
        role,
        id=known.id,
        other_names=_texts(fields, "other_names"),
        profiles=tuple(dict.fromkeys(profiles)),
        emails=tuple(dict.fromkeys(emails)),
        phones=_texts(fields, "phones"),
        language=choice_of(fields, "language", ("", *LANGUAGES)) or "",
        address_form=choice_of(fields, "address_form", _ADDRESS_FORMS) or "",
        tags=_texts(fields, "tags"),
        notes=known.notes,
        promises=known.promises,
        stage_override=_override(fields.get("stage_override"), today),
    )


def line_from_json(
    fields: Mapping[str, object], today: date, words: QuickLineWords, next_id: Callable[[], str]
) -> QuickLine:
    """Return what the field ``line`` says that happened; see ``read_quick_line``.

    Raises:
        PayloadError: it is missing, too long, or says nothing.
        AmbiguousDayError: a day in it may be either of two.
    """
    typed = text_of(fields, "line", "", MAX_LINE_CHARACTERS, None)
    found = read_quick_line(typed, today, words, next_id)
    if not (found.events or found.promises or found.notes):
        raise PayloadError("line", "expected what happened; the line is empty", "empty_text")
    return found


def note_from_json(value: object, known: Note) -> Note:
    """Return *known* with the fields that *value* names; PayloadError with the field at fault."""
    fields = _joined(value, known)
    text = _words(fields, "text", MAX_NOTE_CHARACTERS)
    return Note(known.id, day_of(fields["date"], "date"), text, flag_of(fields, "usable", "", False))


def promise_from_json(value: object, known: Promise) -> Promise:
    """Return *known* with the fields that *value* names; PayloadError with the field at fault."""
    fields = _joined(value, known)
    return Promise(
        known.id,
        day_of(fields["made_on"], "made_on"),
        _words(fields, "text", MAX_FIELD_CHARACTERS),
        flag_of(fields, "by_user", "", True),
        optional_day_of(fields, "due_on", ""),
        optional_day_of(fields, "kept_on", ""),
    )


def _joined(value: object, known: Note | Promise) -> Mapping[str, object]:
    names = frozenset(field.name for field in fields_of(known)) - {"id"}
    return to_json(known) | dict(object_of(value, "", names))


def _words(fields: Mapping[str, object], name: str, most: int) -> str:
    text = text_of(fields, name, "", most, None).strip()
    if not text:
        raise PayloadError(name, "expected a text; it is empty", "empty_text")
    return text


def _texts(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = []
    for i, item in enumerate(list_of(fields, name, "", _MAX_ITEMS)):
        text = text_of({f"{name}[{i}]": item}, f"{name}[{i}]", "", MAX_FIELD_CHARACTERS, None).strip()
        if text:
            found.append(text)
    return tuple(dict.fromkeys(found))


def _email(text: str, where: str) -> str:
    key = email_key(text)
    if not key:
        raise PayloadError(where, f"expected an email address; got {shown(text)}", "bad_email", got=text[:80])
    return key


def _profile(text: str, where: str) -> str:
    address = profile_address(text)
    if not address:
        message = "expected the address of a profile, such as https://www.linkedin.com/in/name"
        raise PayloadError(where, f"{message}; got {shown(text)}", "bad_profile", got=text[:80])
    return address


def _override(value: object, today: date) -> StageOverride | None:
    if value is None:
        return None
    fields = object_of(value, "stage_override", frozenset({"stage", "reason", "date"}))
    stage = choice_of(fields, "stage", tuple(stage.word for stage in Stage), "stage_override.")
    if stage is None:
        raise PayloadError("stage_override.stage", "expected a stage; it is missing", "missing")
    reason = text_of(fields, "reason", "stage_override.", MAX_FIELD_CHARACTERS, None).strip()
    if not reason:
        raise PayloadError("stage_override.reason", "expected a reason; it is empty", "no_reason")
    return StageOverride(stage, reason, optional_day_of(fields, "date", "stage_override.") or today)
