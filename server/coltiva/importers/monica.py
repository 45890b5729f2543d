"""Monica 4's JSON export: people with notes, calls, activities, conversations, gifts and tasks, and their dates.

Source: the resources of Monica 4's exporter; both its preview and its final layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

import msgspec

from coltiva.contacts import Contact, ContactRecord, Direction, Event, EventKind, Note, in_order
from coltiva.errors import InputFileError
from coltiva.importers.address_books import known_emails, personal_profiles, texts
from coltiva.importers.dates import utc_seconds, written_date
from coltiva.importers.formats import FileFormat
from coltiva.importers.reading import LeftOut, Reading, excerpt, stable_id
from coltiva.importers.sources import SourceFile, read_whole

_SOURCE = "monica"
Item = Mapping[str, Any]
_EMAIL_PROTOCOL, _PHONE_PROTOCOL = "mailto:", "tel:"
# Kept by Monica for its own use, or about something else than the relationship.
_NOT_READ = ("reminder", "address", "pet")
# How the texts call an event without a day; what else there is are gifts.
_UNDATED = {EventKind.CALL: "call", EventKind.MESSAGE: "message", EventKind.MEETING: "meeting"}

# What the ids of notes hold, whatever language the notes are written in: a note keeps its id for ever.
_LABELS_IN_IDS = {
    "food": "Food: {text}",
    "introduced_by": "Introduced by: {text}",
    "done": "Done: {text}",
    "to_do": "To do: {text}",
    "gift_idea": "Gift idea: {text}",
    "i_owe": "I owe: {text}",
    "i_owed": "I owe: {text} (settled)",
    "they_owe": "Owes me: {text}",
    "they_owed": "Owes me: {text} (settled)",
}


class _File(msgspec.Struct):
    account: dict[str, Any]


def _recognizes(file: SourceFile) -> bool:
    head = file.head().removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and b'"account"' in head and (b'"app_version"' in head or b'"uuid"' in head)


def _read(file: SourceFile, reading: Reading) -> Iterator[ContactRecord]:
    try:
        account = msgspec.json.decode(read_whole(file, reading).removeprefix(b"\xef\xbb\xbf"), type=_File).account
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{file.name}: expected Monica's JSON export, whole; {error}"
        raise InputFileError(message, "damaged_export", file=file.name, reason=error) from None
    contacts = _collection(account, "contact")
    if not contacts and not _collection(account, "user"):
        message = f"{file.name}: expected an export of Monica 4, with its contacts; there are none"
        raise InputFileError(message, "no_monica", file=file.name)
    activities = {str(one.get("uuid")): one for one in _collection(account, "activity")}
    names = {str(one.get("uuid")): _name(_properties(one)) for one in contacts}
    kinds = _field_kinds(account)
    for number, contact in enumerate(contacts, 1):
        reading.progress("gathering", number, len(contacts))
        properties = _properties(contact)
        where = f"{file.name}: {_name(properties) or f'#{number}'}"
        if properties.get("is_partial"):
            reading.tally.add(LeftOut.SKIPPED, where, "through_others")
            continue
        left = {kind: len(_collection(contact, kind)) for kind in _NOT_READ if _collection(contact, kind)}
        for kind, count in left.items():
            reading.tally.add(LeftOut.SKIPPED, where, kind, count=count)
        yield _record(contact, activities, names, kinds, where, reading)


def _record(
    contact: Item, activities: Mapping[str, Item], names: Mapping[str, str], kinds: Mapping[str, str], where: str,
    reading: Reading,
) -> ContactRecord:  # fmt: skip
    properties = _properties(contact)
    fields = [(kinds.get(str(p.get("type")), ""), _text(p, "data")) for p in _all_properties(contact, "contact_field")]
    person = Contact(
        name=_name(properties),
        company=_text(properties, "company"),
        role=_text(properties, "job"),
        other_names=texts((_text(properties, "nickname"),)),
        profiles=personal_profiles(value for kind, value in fields if kind not in (_EMAIL_PROTOCOL, _PHONE_PROTOCOL)),
        emails=known_emails(value for kind, value in fields if kind == _EMAIL_PROTOCOL or "@" in value),
        phones=texts(value for kind, value in fields if kind == _PHONE_PROTOCOL),
        tags=texts(str(tag) for tag in _list(properties.get("tags"))),
        notes=tuple(_notes(contact, names, reading)),
    )
    found = (*_own_events(contact, where, reading), *_shared(contact, activities, where, reading))
    return ContactRecord(person, in_order({event.id: event for event in found}.values()))


def _own_events(contact: Item, where: str, reading: Reading) -> Iterator[Event]:
    for call in _all_properties(contact, "call"):
        yield from _event(call, "called_at", EventKind.CALL, Direction.BOTH, _text(call, "content"), where, reading)
    for conversation in _all_properties(contact, "conversation"):
        for message in map(_properties, _list(conversation.get("messages"))):
            acted = Direction.SENT if message.get("written_by_me") else Direction.RECEIVED
            text = _text(message, "content")
            yield from _event(message, "written_at", EventKind.MESSAGE, acted, text, where, reading)
    for gift in _all_properties(contact, "gift"):
        name = _text(gift, "name")
        if gift.get("status") in ("offered", "given"):
            yield from _event(gift, "date", EventKind.GAVE, Direction.SENT, name, where, reading)
        elif gift.get("status") == "received":
            yield from _event(gift, "date", EventKind.RECEIVED, Direction.RECEIVED, name, where, reading)


def _shared(contact: Item, activities: Mapping[str, Item], where: str, reading: Reading) -> Iterator[Event]:
    """Yield what the two did together."""
    for uuid in _collection(contact, "activity"):
        activity = _properties(activities.get(str(uuid), {}))
        text = ": ".join(filter(None, (_text(activity, "summary"), _text(activity, "description"))))
        if activity:
            yield from _event(activity, "happened_at", EventKind.MEETING, Direction.BOTH, text, where, reading)
    met = _properties(contact).get("first_met_date")
    details = _properties(met) if isinstance(met, dict) else {}
    day = written_date(_text(details, "date")) if not details.get("is_year_unknown") else None
    if day is not None and not details.get("is_age_based"):
        said = reading.say("imported", "first_met")
        yield Event(f"{_SOURCE}-first-met", day, EventKind.MEETING, Direction.BOTH, said, source=_SOURCE)


def _event(
    item: Item, dated: str, kind: EventKind, acted: Direction, text: str, where: str, reading: Reading
) -> Iterator[Event]:
    """Yield the event that *item* tells of; one without a date falls back on when it was written down."""
    day, at = _local(_text(item, dated) or _text(item, "created_at"), reading)
    if day is None:
        shown = ": ".join(filter(None, (where, _text(item, dated), text)))
        reading.tally.add(LeftOut.UNPARSED, shown, f"undated_{_UNDATED.get(kind, 'gift')}")
        return
    event_id = stable_id(_SOURCE, kind, acted, f"{day}", text)
    yield Event(event_id, day, kind, acted, excerpt(text), source=_SOURCE, time_of_day=at)


def _notes(contact: Item, names: Mapping[str, str], reading: Reading) -> Iterator[Note]:
    properties = _properties(contact)
    created = _text(contact, "created_at")
    introducer = names.get(str(properties.get("first_met_through")), "")
    written = [
        (created, "", _text(properties, "description")),
        (created, "food", _text(properties, "food_preferences")),
        (created, "introduced_by", introducer),
    ]
    written += [(_text(note, "created_at"), "", _text(note, "body")) for note in _all_properties(contact, "note")]
    for task in _all_properties(contact, "task"):
        title = ": ".join(filter(None, (_text(task, "title"), _text(task, "description"))))
        written.append((_text(task, "created_at"), "done" if task.get("completed") else "to_do", title))
    for gift in _all_properties(contact, "gift"):
        if gift.get("status") == "idea":
            written.append((_text(gift, "created_at"), "gift_idea", _text(gift, "name")))
    for debt in _all_properties(contact, "debt"):
        owed = " ".join(filter(None, (str(debt.get("amount") or ""), _text(debt, "reason"))))
        who = "i" if debt.get("in_debt") in (True, "yes") else "they"
        tense = "owed" if debt.get("status") == "complete" else "owe"
        written.append((_text(debt, "created_at"), f"{who}_{tense}", owed))
    for life_event in _all_properties(contact, "life_event"):
        name = ": ".join(filter(None, (_text(life_event, "name"), _text(life_event, "note"))))
        written.append((_text(life_event, "happened_at"), "", name))
    found = {}
    for dated, label, text in written:
        if text:
            note_id = stable_id(f"{_SOURCE}-note", _LABELS_IN_IDS[label].format(text=text) if label else text)
            said = reading.say("imported", label, text=text) if label else text
            found[note_id] = Note(note_id, _local(dated, reading)[0] or reading.today, said)
    yield from found.values()


def _local(text: str, reading: Reading) -> tuple[date | None, time | None]:
    """Return the user's day and time; what is written as midnight is a day alone, and stays that day."""
    seconds = utc_seconds(text)
    if seconds is None:
        return None, None
    if seconds % 86_400 == 0:
        return written_date(text[:10]), None
    at = reading.local(seconds)
    return at.date(), at.time()


def _field_kinds(account: Item) -> dict[str, str]:
    """Return the protocol or name of each kind of contact field, by its uuid."""
    kinds = {}
    instance = account.get("instance")
    for kind in _list(instance.get("contact_field_types") if isinstance(instance, dict) else None):
        properties = _properties(kind)
        known = {"email": _EMAIL_PROTOCOL, "phone": _PHONE_PROTOCOL}.get(_text(properties, "type"), "")
        kinds[str(kind.get("uuid"))] = _text(properties, "protocol") or known or _text(properties, "name")
    return kinds


def _name(properties: Item) -> str:
    return " ".join(filter(None, (_text(properties, part) for part in ("first_name", "middle_name", "last_name"))))


def _collection(owner: Item, kind: str) -> list[Any]:
    """Return the values of one kind, wherever the layout keeps them."""
    for one in _list(owner.get("data")):
        if isinstance(one, dict) and one.get("type") == kind:
            return _list(one.get("values"))
    plural = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
    old = owner.get(plural) or _properties(owner).get(plural)
    return _list(old.get("values")) if isinstance(old, dict) else []


def _all_properties(owner: Item, kind: str) -> Iterator[Item]:
    """Yield the properties of all items of a kind, with when each was written down."""
    for one in _collection(owner, kind):
        if isinstance(one, dict):
            yield {"created_at": one.get("created_at")} | dict(_properties(one))


def _properties(item: Item) -> Item:
    found = item.get("properties")
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(item: Item, name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


MONICA = FileFormat("monica", _recognizes, _read)
