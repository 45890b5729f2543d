"""vCard 2.1, 3.0 and 4.0, as telephones and address books write them.

Source: RFC 2426, RFC 6350; quoted-printable lines of 2.1; grouped labels and X- properties of Apple's address book.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coltiva.contacts import Contact, ContactRecord
from coltiva.importers.address_books import known_emails, notes_of, personal_profiles, texts
from coltiva.importers.dates import written_date
from coltiva.importers.formats import FileFormat
from coltiva.importers.reading import LeftOut, Reading, valid_text
from coltiva.importers.sources import SourceFile, text_lines
from coltiva.library import LANGUAGES

_SOURCE = "vcard"
_MOST_LINES = 100_000
_BEGIN = re.compile(rb"(?:^|\n)\s*BEGIN:VCARD\s*\r?\n", re.IGNORECASE)
_NAME = re.compile(r"(?:[\w.-]+\.)?([A-Za-z][\w-]*)")
_PARAMETER = re.compile(r';([A-Za-z][\w-]*)(?:=((?:"[^"]*"|[^;:"])*))?')
_UNESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card, unfolded; parameters by name in upper case, values in lower case and without quotes."""

    name: str
    parameters: dict[str, list[str]]
    value: str

    @property
    def preference(self) -> int:
        """1 for the most preferred, 100 where the card says nothing."""
        if "pref" in self.parameters.get("TYPE", []):
            return 1
        given = self.parameters.get("PREF", [""])[0]
        return int(given) if given.isascii() and given.isdigit() and len(given) <= 3 else 100

    @property
    def text(self) -> str:
        """The value without escapes."""
        return _plain(self.value)

    def parts(self, separator: str) -> list[str]:
        """Return the value cut at each *separator* that is not escaped, and without escapes."""
        return [_plain(part).strip() for part in re.split(rf"(?<!\\){separator}", self.value)]


def _recognizes(file: SourceFile) -> bool:
    head = file.head().removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    return _BEGIN.search(head[:2000]) is not None


def _read(file: SourceFile, reading: Reading) -> Iterator[ContactRecord]:
    for line, lines in _cards(file, reading):
        where = f"{file.name}:{line}"
        properties = [parsed for one in _unfolded(lines) if (parsed := _property(one)) is not None]
        contact = _contact(properties, reading)
        kind = _first(properties, "KIND", "X-ADDRESSBOOKSERVER-KIND").lower()
        if kind in ("group", "location"):
            reading.tally.add(LeftOut.SKIPPED, f"{where}: {contact.name}", kind)
        elif not contact.name and not contact.emails:
            reading.tally.add(LeftOut.UNPARSED, where, "no_name")
        else:
            yield ContactRecord(contact)


def _cards(file: SourceFile, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Yield each card's lines between BEGIN and END, with the line on which it begins."""
    card: list[str] | None = None
    began = 0
    for number, line in enumerate(text_lines(file, reading), 1):
        mark = line.strip().upper()
        if mark == "BEGIN:VCARD":
            if card is not None:
                reading.tally.add(LeftOut.UNPARSED, f"{file.name}:{began}", "unclosed_card")
            card, began = [], number
        elif mark == "END:VCARD" and card is not None:
            yield began, card
            card = None
        elif card is not None and len(card) < _MOST_LINES:
            card.append(line.rstrip("\r\n"))
    if card is not None:
        reading.tally.add(LeftOut.UNPARSED, f"{file.name}:{began}", "unclosed_card")


def _unfolded(lines: Iterable[str]) -> Iterator[str]:
    """Yield whole lines: a space goes on with the line before, and in quoted-printable an equals sign at the end."""
    whole: list[str] = []
    soft = False
    for line in lines:
        if soft:
            whole[-1] = whole[-1][:-1]
            whole.append(line)
        elif line.startswith((" ", "\t")) and whole:
            whole.append(line[1:])
        else:
            if whole:
                yield "".join(whole)
            whole = [line]
        is_quoted = "QUOTED-PRINTABLE" in whole[0].partition(":")[0].upper()
        soft = is_quoted and whole[-1].endswith("=")
    if whole:
        yield "".join(whole)


def _property(line: str) -> Property | None:
    name = _NAME.match(line)
    if name is None:
        return None
    parameters: dict[str, list[str]] = {}
    place = name.end()
    while found := _PARAMETER.match(line, place):
        place = found.end()
        # In 2.1 a type may stand without its name.
        key, values = (found[1], found[2]) if found[2] is not None else ("TYPE", found[1])
        parameters.setdefault(key.upper(), []).extend(v.strip(' "').lower() for v in values.split(","))
    if line[place : place + 1] != ":":
        return None
    value = line[place + 1 :]
    if "quoted-printable" in (*parameters.get("ENCODING", []), *parameters.get("TYPE", [])):
        charset = parameters.get("CHARSET", ["utf-8"])[0]
        try:
            value = valid_text(quopri.decodestring(value.encode("utf-8")).decode(charset))
        except (LookupError, ValueError):
            return None
    return Property(name[1].upper(), parameters, value)


def _contact(properties: list[Property], reading: Reading) -> Contact:
    def all_of(*names: str) -> list[Property]:
        found = [one for one in properties if one.name in names and one.value.strip()]
        return sorted(found, key=lambda one: one.preference)

    formatted = texts(one.text for one in all_of("FN"))
    structured = [one.parts(";") for one in all_of("N")]
    organization = next(iter(all_of("ORG")), None)
    company = organization.parts(";")[0] if organization else ""
    emails = known_emails(one.text.removeprefix("mailto:") for one in all_of("EMAIL"))
    name = next(iter(formatted), "") or (_full_name(structured[0]) if structured else "") or company
    nicknames = (part for one in all_of("NICKNAME", "X-NICKNAME", "X-MAIDENNAME") for part in one.parts(","))
    languages = (one.text[:2].lower() for one in all_of("LANG", "X-LANGUAGE"))
    revised = written_date(_dashed(_first(properties, "REV"))) or reading.today
    return Contact(
        name=name,
        company=company if company != name else "",
        role=_first(properties, "TITLE") or _first(properties, "ROLE"),
        other_names=texts((*formatted[1:], *nicknames)),
        profiles=personal_profiles(one.text for one in all_of("URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "IMPP")),
        emails=emails,
        phones=texts(_phone(one.text) for one in all_of("TEL")),
        language=next((code for code in languages if code in LANGUAGES), ""),
        tags=texts(part for one in all_of("CATEGORIES") for part in one.parts(",")),
        notes=notes_of((one.text for one in all_of("NOTE")), _SOURCE, revised),
    )


def _full_name(parts: list[str]) -> str:
    """Return a name from family, given, additional, prefix and suffix."""
    family, given, additional, prefix, suffix = (*parts, "", "", "", "", "")[:5]
    return " ".join(filter(None, (prefix, given, additional, family, suffix)))


def _first(properties: Iterable[Property], *names: str) -> str:
    return next((one.text.strip() for one in properties if one.name in names and one.value.strip()), "")


def _phone(text: str) -> str:
    return text.removeprefix("tel:").partition(";")[0]


def _dashed(day: str) -> str:
    """Return a day with dashes where it is written without, as in ``20260108T120000Z``."""
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}" if day[:8].isdigit() and len(day) >= 8 else day


def _plain(value: str) -> str:
    return _UNESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


VCARD = FileFormat("vcard", _recognizes, _read)
