"""Monica 4's export, in the layout of its final versions and of its preview."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coltiva.errors import InputFileError
from coltiva.importers.reading import stable_id

from .conftest import Outcome, facts, read_files

EMAIL, PHONE, LINKEDIN = "type-1", "type-2", "type-3"


def collection(kind: str, values: list[object]) -> dict[str, object]:
    """Return a collection as Monica writes it."""
    return {"count": len(values), "type": kind, "values": values}


def item(created: str = "2024-03-01T09:00:00.000000Z", **properties: object) -> dict[str, object]:
    """Return an item with its properties."""
    return {"created_at": created, "updated_at": created, "properties": properties}


ZOE = {
    "uuid": "zoe", "created_at": "2024-01-02T10:00:00.000000Z", "updated_at": "2025-01-02T10:00:00.000000Z",
    "properties": {
        "first_name": "Zoë", "middle_name": None, "last_name": "Brandt", "nickname": "Zo", "description": "Likes dykes", "is_partial": False, "job": "Chief", "company": "Woodgrove",
        "food_preferences": "no fish", "last_talked_to": "2025-01-01", "tags": ["BNI"], "first_met_through": "tom",
        "first_met_date": {"uuid": "d", "properties": {"is_age_based": False, "is_year_unknown": False, "date": "2019-05-04T00:00:00.000000Z"}},
    },
    "data": [
        collection("call", [item(called_at="2024-02-03T00:00:00.000000Z", content="About the fair", contact_called=True)]),
        collection("contact_field", [item(data="Zoe@Example.org", type=EMAIL), item(data="+39 1", type=PHONE), item(data="https://linkedin.com/in/zoe-brandt", type=LINKEDIN)]),
        collection("gift", [item(name="A book", status="offered", date="2024-04-05"), item(name="Tea", status="received", date=None), item(name="A map", status="idea")]),
        collection("note", [item("2023-12-24T08:00:00.000000Z", body="Moved to Oslo", is_favorite=False)]),
        collection("task", [item(title="Send the report", completed=False)]),
        collection("debt", [item(in_debt="yes", status="inprogress", amount=20, reason="lunch")]),
        collection("reminder", [item(title="Birthday")]),
        collection("conversation", [item(happened_at="2024-05-06", messages=[item(content="Coming?", written_at="2024-05-06T23:30:00.000000Z", written_by_me=True), item(content="Yes", written_at="2024-05-07", written_by_me=False)])]),
        {"count": 1, "type": "activity", "values": ["walk"]},
    ],
}  # fmt: skip
TOM = {"uuid": "tom", "created_at": "2024-01-02T10:00:00.000000Z", "properties": {"first_name": "Tomás", "last_name": "Reyes"}, "data": []}
CHILD = {"uuid": "kid", "properties": {"first_name": "Kim", "is_partial": True}, "data": []}
EXPORT = {
    "version": "1.0-preview.1", "app_version": "4.0.0", "export_date": "2026-01-01T00:00:00Z", "url": "https://monica.example", "exported_by": "u",
    "account": {
        "uuid": "a", "data": [collection("user", [{"uuid": "u"}]), collection("contact", [ZOE, TOM, CHILD]), collection("activity", [{"uuid": "walk", **item(summary="A walk", description="by the sea", happened_at="2024-06-07")}])],
        "properties": {},
        "instance": {"contact_field_types": [
            {"uuid": EMAIL, "properties": {"name": "Email", "protocol": "mailto:", "type": "email"}},
            {"uuid": PHONE, "properties": {"name": "Phone", "protocol": "tel:", "type": "phone"}},
            {"uuid": LINKEDIN, "properties": {"name": "LinkedIn", "protocol": None, "type": None}},
        ]},
    },
}  # fmt: skip


def read_export(folder: Path, content: object, language: str = "en") -> Outcome:
    """Read an export, for a user of *language*."""
    path = folder / "export.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content, indent=4), encoding="utf-8")
    return read_files(path, language=language)


def test_everything_about_a_person(tmp_path: Path) -> None:
    """Fields, notes with their own dates, and every kind of event; days without a time stay that day."""
    outcome = read_export(tmp_path, EXPORT)
    assert (outcome.formats, outcome.names) == (["monica"], ["Tomás Reyes", "Zoë Brandt"])
    zoe = outcome.record("Zoë Brandt")
    contact = zoe.contact
    assert (contact.company, contact.role, contact.other_names, contact.tags) == ("Woodgrove", "Chief", ("Zo",), ("BNI",))
    assert (contact.emails, contact.phones, contact.profiles) == (("zoe@example.org",), ("+39 1",), ("https://www.linkedin.com/in/zoe-brandt",))
    assert facts(zoe) == [
        ("2019-05-04", "meeting", "both", "first met"),
        ("2024-02-03", "call", "both", "About the fair"),
        ("2024-03-01", "received", "received", "Tea"),
        ("2024-04-05", "gave", "sent", "A book"),
        ("2024-05-06", "message", "sent", "Coming?"),
        ("2024-05-07", "message", "received", "Yes"),
        ("2024-06-07", "meeting", "both", "A walk: by the sea"),
    ]
    assert {(str(note.date), note.text) for note in contact.notes} == {
        ("2024-01-02", "Likes dykes"), ("2024-01-02", "Food: no fish"), ("2024-01-02", "Introduced by: Tomás Reyes"), ("2023-12-24", "Moved to Oslo"),
        ("2024-03-01", "To do: Send the report"), ("2024-03-01", "Gift idea: A map"), ("2024-03-01", "I owe: 20 lunch"),
    }  # fmt: skip
    assert outcome.left_out == {"skipped": 2}


def test_notes_are_headed_in_the_users_language(tmp_path: Path) -> None:
    """Every heading and the first meeting come in the language chosen; ids stay those of the first version for ever."""
    debts = [item(in_debt=mine, status=status, amount=5, reason=reason) for mine, status, reason in (("yes", "complete", "tea"), ("no", "inprogress", "cake"), ("no", "complete", "pie"))]
    lists = [one for one in ZOE["data"] if one["type"] not in ("debt", "task")]  # type: ignore[index]
    more = [collection("debt", debts), collection("task", [item(title="Call", completed=True), item(title="Write", completed=False)])]
    export = {"app_version": "4", "account": {"data": [collection("contact", [ZOE | {"data": [*lists, *more]}, TOM])]}}
    english, italian = (read_export(tmp_path, export, language).record("Zoë Brandt") for language in ("en", "it"))
    assert italian.history[0].summary == "primo incontro"
    assert [event.id for event in italian.history] == [event.id for event in english.history]
    assert [note.text for note in italian.contact.notes] == [
        "Likes dykes", "Cibo: no fish", "Ci ha presentati: Tomás Reyes", "Moved to Oslo", "Fatto: Call", "Da fare: Write", "Idea regalo: A map",
        "Dovevo: 5 tea (saldato)", "Mi deve: 5 cake", "Mi doveva: 5 pie (saldato)",
    ]  # fmt: skip
    for record in (english, italian):
        assert [note.id for note in record.contact.notes] == [stable_id("monica-note", note.text) for note in english.contact.notes]


def test_the_preview_layout(tmp_path: Path) -> None:
    """The first exporter kept contacts and calls under their own names."""
    contact = {"uuid": "z", "properties": {"first_name": "Zoë", "calls": {"count": 1, "values": [item(called_at="2021-02-03", content="Hi")]}, "activities": {"count": 1, "values": ["walk"]}}}
    activity = {"uuid": "walk", "properties": {"summary": "A walk", "happened_at": "2021-03-04"}}
    outcome = read_export(tmp_path, {"account": {"uuid": "a", "contacts": {"count": 1, "values": [contact]}, "activities": {"count": 1, "values": [activity]}}})
    assert facts(outcome.record("Zoë")) == [("2021-02-03", "call", "both", "Hi"), ("2021-03-04", "meeting", "both", "A walk")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (json.dumps(EXPORT)[:-200], "expected Monica's JSON export, whole"),
        ('{"account": [], "app_version": "4"}', "expected Monica's JSON export, whole"),
        ('{"account": {"uuid": "a"}, "app_version": "5"}', "expected an export of Monica 4, with its contacts; there are none"),
    ],
)
def test_damaged_exports(tmp_path: Path, content: str, message: str) -> None:
    """A cut-off file and another layout are told apart from an empty one."""
    with pytest.raises(InputFileError, match=message):
        read_export(tmp_path, content)


def test_dates_that_are_none(tmp_path: Path) -> None:
    """An event whose date cannot be read is counted, not dated today."""
    contact = {"uuid": "z", "properties": {"first_name": "Zoë"}, "data": [collection("call", [{"properties": {"called_at": "soon", "content": "Hi"}}])]}
    outcome = read_export(tmp_path, {"app_version": "4", "account": {"data": [collection("contact", [contact])]}})
    assert outcome.left_out == {"unparsed": 1}
