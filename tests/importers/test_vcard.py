"""Cards of all versions, as telephones and address books write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coltiva.exporters import export_vcard

from .conftest import TODAY, Outcome, read_files

APPLE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.4//EN
N:Brandt;Zoë;;Dr.;
FN:Dr. Zoë Brandt
NICKNAME:Zo\\, the Great,ZB
ORG:Woodgrove\\; Sons;Research
TITLE:Chief of Staff
EMAIL;type=INTERNET;type=HOME:old@example.com
item1.EMAIL;type=INTERNET;type=pref:Zoe.Brandt@Example.org
item1.X-ABLabel:_$!<Work>!$_
TEL;type=CELL;type=VOICE:+39 02 1234
item2.URL;type=pref:https\\://www.linkedin.com/in/Zoe-Brandt/
item3.URL:https://woodgrove.example/team
X-SOCIALPROFILE;type=twitter;x-user="zoë, b:1":https://twitter.com/zoeb
ADR;type=WORK;x-note="a quoted: one":;;Street 1\\nFloor 2;Oslo;;0150;Norway
NOTE:Met at the fair in Bol
 ogna.\\nLikes dykes\\, and
  boats.
CATEGORIES:BNI,Friends\\, close
REV:2025-12-24T10:00:00Z
END:VCARD
"""
NEWER = """BEGIN:VCARD
VERSION:4.0
KIND:individual
FN;PREF=2:Tom Reyes
FN;PREF=1:Tomás Reyes
EMAIL;PREF=2:b@example.org
EMAIL;PREF=1:mailto:a@example.org
TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-0100;ext=5
LANG;PREF=1:es-MX
BDAY:--0412
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:The rowing club
END:VCARD
"""
OLDER = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg M=FCller
TEL;CELL;PREF:0170 123
NOTE;ENCODING=QUOTED-PRINTABLE:first line=0D=0A=
second line
END:VCARD
"""


def read_text(folder: Path, text: str, mark: bytes = b"", encoding: str = "utf-8") -> Outcome:
    """Read cards from a file whose name says nothing."""
    path = folder / "cards.txt"
    path.write_bytes(mark + text.encode(encoding))
    return read_files(path)


@pytest.mark.parametrize(("mark", "encoding", "end"), [(b"", "utf-8", "\n"), (b"\xef\xbb\xbf", "utf-8", "\r\n"), (b"", "utf-16", "\r\n")])
def test_apple(tmp_path: Path, mark: bytes, encoding: str, end: str) -> None:
    """Groups, quoted parameters, folded lines, escapes and preferences; a company's site is no profile."""
    outcome = read_text(tmp_path, APPLE.replace("\n", end), mark, encoding)
    (record,) = outcome.records
    contact = record.contact
    assert (outcome.formats, outcome.left_out) == (["vcard"], {})
    assert (contact.name, contact.company, contact.role) == ("Dr. Zoë Brandt", "Woodgrove; Sons", "Chief of Staff")
    assert contact.other_names == ("Zo, the Great", "ZB")
    assert contact.emails == ("zoe.brandt@example.org", "old@example.com")
    assert contact.phones == ("+39 02 1234",)
    assert contact.profiles == ("https://www.linkedin.com/in/zoe-brandt", "https://twitter.com/zoeb")
    assert contact.tags == ("BNI", "Friends, close")
    ((date, text),) = [(str(note.date), note.text) for note in contact.notes]
    assert (date, text) == ("2025-12-24", "Met at the fair in Bologna.\nLikes dykes, and boats.")


def test_version_4(tmp_path: Path) -> None:
    """Preferences as numbers, addresses as URIs, a language; a group is no person."""
    outcome = read_text(tmp_path, NEWER)
    (record,) = outcome.records
    contact = record.contact
    assert (contact.name, contact.other_names) == ("Tomás Reyes", ("Tom Reyes",))
    assert (contact.emails, contact.phones, contact.language) == (("a@example.org", "b@example.org"), ("+1-555-0100",), "es")
    assert outcome.left_out == {"skipped": 1}


def test_version_2_1(tmp_path: Path) -> None:
    """Quoted-printable with a character set, over several lines, and bare types."""
    (record,) = read_text(tmp_path, OLDER).records
    assert (record.contact.name, record.contact.phones) == ("Jörg Müller", ("0170 123",))
    assert [(note.date, note.text) for note in record.contact.notes] == [(TODAY, "first line\nsecond line")]


def test_broken_cards_are_counted(tmp_path: Path) -> None:
    """A card without an end, one without a name, and one that is cut off; the others are read."""
    text = "BEGIN:VCARD\nFN:Lost\n" + NEWER + "BEGIN:VCARD\nVERSION:3.0\nTEL:1\nthis is no property\nEND:VCARD\nBEGIN:VCARD\nFN:Cut of"
    outcome = read_text(tmp_path, text)
    assert outcome.names == ["Tomás Reyes"]
    assert outcome.left_out == {"unparsed": 3, "skipped": 1}


def test_what_is_exported_comes_back(tmp_path: Path) -> None:
    """An exported card reads as the same contact, but for what a card cannot hold."""
    (record,) = read_text(tmp_path, APPLE).records
    (again,) = read_text(tmp_path, "".join(export_vcard([record]))).records
    assert again.contact.notes[0].text == record.contact.notes[0].text
    for field in ("name", "company", "role", "other_names", "profiles", "emails", "phones", "tags"):
        assert getattr(again.contact, field) == getattr(record.contact, field)


@pytest.mark.parametrize(("url", "profiles"), [("https://www.netflix.com/jobs", ()), ("https://fedex.com", ()), ("https://mobile.x.com/ada", ("https://mobile.x.com/ada",))])
def test_a_house_is_no_profile(tmp_path: Path, url: str, profiles: tuple[str, ...]) -> None:
    """A company's site is shared by those who work there, whatever it ends on."""
    path = tmp_path / "card.vcf"
    path.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:Ann Alpha\nURL:{url}\nEMAIL;PREF=²:q@q.org\nEND:VCARD\n", "utf-8")
    (record,) = read_files(path).records
    assert (record.contact.profiles, record.contact.emails) == (profiles, ("q@q.org",))
