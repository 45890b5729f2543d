"""Google's contacts with both of its headers."""

from __future__ import annotations

from pathlib import Path

from . import archives
from .conftest import TODAY, read_files

NEW = (
    "First Name", "Middle Name", "Last Name", "Phonetic First Name", "Name Prefix", "Name Suffix", "Nickname", "File As", "Organization Name", "Organization Title",
    "Organization Department", "Birthday", "Notes", "Photo", "Labels", "E-mail 1 - Label", "E-mail 1 - Value", "E-mail 2 - Label", "E-mail 2 - Value",
    "Phone 1 - Label", "Phone 1 - Value", "Website 1 - Label", "Website 1 - Value",
)  # fmt: skip
OLD = (
    "Name", "Given Name", "Additional Name", "Family Name", "Yomi Name", "Given Name Yomi", "Nickname", "Maiden Name", "Notes", "Group Membership",
    "E-mail 1 - Type", "E-mail 1 - Value", "Phone 1 - Type", "Phone 1 - Value", "Organization 1 - Type", "Organization 1 - Name", "Organization 1 - Title",
)  # fmt: skip


def test_since_2024(tmp_path: Path) -> None:
    """Labels, several values in one cell, notes over lines, and a profile among the sites."""
    path = tmp_path / "contacts.csv"
    rows = [
        ("Zoë", "A.", "Brandt", "", "Dr.", "", "Zo", "", "Woodgrove", "Chief", "", "", "line one\nline two", "", "BNI ::: * myContacts", "* Work", "Zoe@Example.org ::: z@example.com", "", "old@example.com", "Mobile", "+39 1", "Profile", "www.linkedin.com/in/zoe-brandt"),
        ("", "", "", "", "", "", "", "", "Contoso", "", "", "", "", "", "* myContacts", "", "", "", "", "Work", "+1 5", "Blog", "https://contoso.example/about"),
        ("", "", "", "", "", "", "", "", "", "", "", "", "", "", "* Other contacts", "", "somebody@example.com"),
        ("", "", "", "", "", "", "", "", "", "", "", "", "lonely note"),
    ]  # fmt: skip
    path.write_text(archives.table(NEW, rows), encoding="utf-8")
    outcome = read_files(path)
    assert outcome.formats == ["google_csv"]
    zoe = outcome.record("Dr. Zoë A. Brandt").contact
    assert (zoe.company, zoe.role, zoe.other_names, zoe.phones, zoe.tags) == ("Woodgrove", "Chief", ("Zo",), ("+39 1",), ("BNI",))
    assert zoe.emails == ("zoe@example.org", "z@example.com", "old@example.com")
    assert zoe.profiles == ("https://www.linkedin.com/in/zoe-brandt",)
    assert [(note.date, note.text) for note in zoe.notes] == [(TODAY, "line one\nline two")]
    contoso = outcome.record("Contoso").contact
    assert (contoso.company, contoso.profiles) == ("", ())
    assert outcome.record("").contact.emails == ("somebody@example.com",)
    assert outcome.left_out == {"unparsed": 1}


def test_before_2024(tmp_path: Path) -> None:
    """The older header, with groups of Google's own left out of the tags."""
    path = tmp_path / "google.csv"
    path.write_text(archives.table(OLD, [("Tomás Reyes", "Tomás", "", "Reyes", "", "", "", "Soto", "", "Rowing ::: * My Contacts", "Work", "tomas@example.org", "", "", "", "Contoso", "Engineer")]), encoding="utf-8")
    contact = read_files(path).record("Tomás Reyes").contact
    assert (contact.company, contact.role, contact.emails, contact.tags, contact.other_names) == ("Contoso", "Engineer", ("tomas@example.org",), ("Rowing",), ("Soto",))
