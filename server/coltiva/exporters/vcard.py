"""vCard 3.0, which address books everywhere read.

Source: RFC 2425 and RFC 2426; X-SOCIALPROFILE as address books write it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coltiva.contacts import Contact, ContactRecord

_LINE_BYTES = 75


def export_vcard(records: Iterable[ContactRecord]) -> Iterator[str]:
    """Yield one card for each contact, notes included; the history has no place in a card."""
    for record in records:
        yield "".join(folded(line) for line in _lines(record.contact))


def folded(line: str) -> str:
    """Return a line cut into pieces of at most 75 bytes, never within a character, each ended by CRLF."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        width = len(character.encode("utf-8", "surrogatepass"))
        if size + width > _LINE_BYTES:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += width
    return "".join(f"{one}\r\n" for one in (*pieces, piece))


def _lines(contact: Contact) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    if contact.id:
        yield f"UID:{_escaped(contact.id)}"
    name = contact.name or next(iter(contact.emails), "") or contact.company
    yield f"FN:{_escaped(name)}"
    first, _, last = contact.name.rpartition(" ")
    yield f"N:{_escaped(last)};{_escaped(first)};;;"
    if contact.other_names:
        yield "NICKNAME:" + ",".join(map(_escaped, contact.other_names))
    if contact.company:
        yield f"ORG:{_escaped(contact.company)}"
    if contact.role:
        yield f"TITLE:{_escaped(contact.role)}"
    yield from (f"EMAIL;TYPE=INTERNET:{_escaped(email)}" for email in contact.emails)
    yield from (f"TEL:{_escaped(phone)}" for phone in contact.phones)
    yield from (f"URL:{_on_one_line(profile)}" for profile in contact.profiles)
    if contact.tags:
        yield "CATEGORIES:" + ",".join(map(_escaped, contact.tags))
    yield from (f"NOTE:{_escaped(note.text)}" for note in contact.notes)
    yield "END:VCARD"


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return text


def _on_one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")
