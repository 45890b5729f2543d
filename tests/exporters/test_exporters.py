"""What is exported comes back the same, opens in a spreadsheet without running, and loads into an address book."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact, ContactRecord, Direction, Event, EventKind, Note, Promise, StageOverride
from coltiva.errors import InputFileError
from coltiva.exporters import export_csv, export_json, export_vcard
from coltiva.exporters.table import safe_cell
from coltiva.exporters.vcard import folded
from coltiva.importing import run_import
from coltiva.library import Library

from ..contact_store.conftest import open_store
from ..importers.conftest import TODAY, read_files

__all__ = ["open_store"]

FULL = ContactRecord(
    Contact(
        name="Zoë Brandt, Ph.D.", company="Woodgrove; Sons", role="Chief, of \\Staff", id="a1b2c3d4e5f6", other_names=("Zoë Meier",),
        profiles=("https://www.linkedin.com/in/zoë-brandt",), emails=("zoe@example.org", "z.b@example.com"), phones=("+39 02 1234",),
        language="de", address_form="informal", tags=("BNI", "Bücher"), notes=(Note("n1", date(2026, 1, 2), "Line one\nline two, with; marks", True),),
        promises=(Promise("p1", date(2026, 1, 3), "send the report", False, date(2026, 2, 1), date(2026, 1, 20)), Promise("p2", date(2026, 1, 4), "call")),
        stage_override=StageOverride("credibility", "we worked together", date(2026, 1, 5)),
    ),
    (
        Event("e1", date(2025, 3, 1), EventKind.MEETING, Direction.BOTH, "met at BNI 🌱"),
        Event("e2", date(2025, 4, 1), EventKind.ASKED, Direction.SENT, "an introduction", "introduction", "linkedin", time(9, 30)),
    ),
)  # fmt: skip


def test_own_json_is_lossless(tmp_path: Path, open_store: Callable[..., ContactStore]) -> None:
    """Every field comes back, and a second export has the same bytes."""
    path = tmp_path / "coltiva.json"
    path.write_text("".join(export_json([FULL, ContactRecord(Contact("Ada", id="ada123"))])), encoding="utf-8")
    store = open_store(tmp_path / "new")
    report = run_import([path], store, today=TODAY)
    assert store.get("a1b2c3d4e5f6") == FULL
    again = "".join(export_json(store.get(one) for one in ("a1b2c3d4e5f6", "ada123")))
    assert (again, report.counts["added"].number) == (path.read_text("utf-8"), 2)
    assert run_import([path], store, today=TODAY).counts["unchanged"].number == 2


def test_an_export_from_before_small_gifts(tmp_path: Path) -> None:
    """In an export of the first version, skills endorsed on LinkedIn become the small gifts that they are."""
    click = Event("linkedin-endorsement-gave-2025-01-01", date(2025, 1, 1), EventKind.GAVE, Direction.SENT, "Sailing", source="linkedin")
    path = tmp_path / "old.json"
    path.write_text("".join(export_json([ContactRecord(Contact("Ada", id="ada123"), (click,))])).replace('"version": 2', '"version": 1'), encoding="utf-8")
    assert [event.small for event in read_files(path).records[0].history] == [True]
    assert all(not event.small for event in read_files(archive_of(tmp_path, "new.json", click)).records[0].history)


def archive_of(folder: Path, name: str, event: Event) -> Path:
    """Write an export of one contact with one event, and return its path."""
    path = folder / name
    path.write_text("".join(export_json([ContactRecord(Contact("Ada", id="ada123"), (event,))])), encoding="utf-8")
    return path


def test_own_json_may_be_rearranged(tmp_path: Path) -> None:
    """An export that another program has indented, with a byte order mark, reads the same."""
    path = tmp_path / "coltiva.json"
    path.write_text("\ufeff" + json.dumps(json.loads("".join(export_json([FULL]))), indent=2), encoding="utf-8")
    assert read_files(path).records == [FULL]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"format": "coltiva", "version": 9, "contacts": []}', "expected an export of version 1 to 2; got 9"),
        ('{"format": "coltiva", "version": 1, "contacts": [{"contact": {"name": 3}}]}', "contact 1: Expected `str`, got `int` - at `$.contact.name`"),
        ('{"format": "coltiva", "version": 1, "contacts": [{"contact": {}, "histroy": []}]}', "contact 1: Object contains unknown field `histroy`"),
        ('{"format": "coltiva", "version": 1, "contacts": [{"con', "expected Coltiva's own JSON, whole"),
    ],
)
def test_own_json_that_is_damaged(tmp_path: Path, content: str, message: str) -> None:
    """The error names the contact and the field."""
    path = tmp_path / "c.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputFileError) as caught:
        read_files(path)
    assert f"c.json: {message}" in str(caught.value)


def test_an_empty_export(tmp_path: Path) -> None:
    """No contacts make a document that reads as none."""
    path = tmp_path / "c.json"
    path.write_text("".join(export_json([])), encoding="utf-8")
    assert read_files(path).records == []


@pytest.mark.parametrize("text", ["=1+1", "+39 02", "-2", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_formulas_are_text(text: str) -> None:
    """A cell that would be run gets an apostrophe; nothing else does."""
    assert safe_cell(text) == f"'{text}"
    assert safe_cell("a" + text) == "a" + text


def test_table(library: Library) -> None:
    """One row for each contact, in a form that spreadsheets read."""
    evil = replace(FULL, contact=replace(FULL.contact, name="=HYPERLINK(1)"))
    text = "".join(export_csv([FULL, evil], TODAY, library.gates))
    assert text.startswith("\ufeffName,")
    first, second = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (first["Name"], first["Stage"], first["Emails"], first["Phones"]) == ("Zoë Brandt, Ph.D.", "credibility", "zoe@example.org; z.b@example.com", "'+39 02 1234")
    assert (first["Events"], first["Last conversation"], first["Open promises"]) == ("2", "2025-03-01", "1")
    assert second["Name"] == "'=HYPERLINK(1)"


def test_vcard() -> None:
    """Marks are escaped, lines are folded, and the version is the one that everything reads."""
    card = "".join(export_vcard([FULL]))
    lines = card.split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
    assert "ORG:Woodgrove\\; Sons" in lines
    assert "TITLE:Chief\\, of \\\\Staff" in lines
    assert "NOTE:Line one\\nline two\\, with\\; marks" in lines
    assert lines[-2:] == ["END:VCARD", ""]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_folding_keeps_every_character(text: str) -> None:
    """Unfolded again, a line is what it was; no piece is longer than 75 bytes."""
    pieces = folded(text).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert folded(text).removesuffix("\r\n").replace("\r\n ", "") == text


def test_namesakes_and_shared_addresses_stay_apart(tmp_path: Path, open_store: Callable[..., ContactStore]) -> None:
    """Contacts whom only their ids tell apart come back as many as they were; twice as well."""
    contacts = (Contact("Bo Li", id="aaaaaa"), Contact("Bo Li", id="bbbbbb"), Contact("Anna Rossi", id="cccccc", emails=("info@acme.it",)), Contact("Marco Neri", id="dddddd", emails=("info@acme.it",)))
    path = tmp_path / "coltiva.json"
    path.write_text("".join(export_json(map(ContactRecord, contacts))), encoding="utf-8")
    store = open_store(tmp_path / "new")
    run_import([path], store, today=TODAY)
    run_import([path], store, today=TODAY)
    assert tuple(store.get(contact.id).contact for contact in contacts) == contacts


def test_an_office_address_makes_nobody_the_same(tmp_path: Path, open_store: Callable[..., ContactStore]) -> None:
    """Two cards with one email and different names are two people; with a common word in their names, one."""
    path = tmp_path / "c.vcf"
    path.write_text("".join(f"BEGIN:VCARD\nFN:{name}\nEMAIL:info@acme.it\nEND:VCARD\n" for name in ("Anna Rossi", "Marco Neri", "Dr. Rossi")), encoding="utf-8")
    store = open_store(tmp_path / "new")
    run_import([path], store, today=TODAY)
    assert sorted(summary.name for summary in store.summaries()) == ["Anna Rossi", "Marco Neri"]
