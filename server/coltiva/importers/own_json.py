"""Coltiva's own export, read back without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec

from coltiva.contacts import Contact, ContactRecord, Event, in_order, is_small_by_origin
from coltiva.errors import InputFileError
from coltiva.importers.formats import FileFormat
from coltiva.importers.reading import Reading, stable_id
from coltiva.importers.sources import SourceFile, read_whole

_SOURCE = "own"
_NEWEST = 2
_WITHOUT_SMALL = 1


class _Header(msgspec.Struct):
    format: str
    version: int = 0


class _File(msgspec.Struct):
    contacts: list[msgspec.Raw]


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    contact: Contact
    history: tuple[Event, ...] = ()


_decode = msgspec.json.Decoder(_Entry).decode


def _recognizes(file: SourceFile) -> bool:
    head = file.head().removeprefix(b"\xef\xbb\xbf")
    return head.lstrip().startswith(b"{") and b'"format"' in head[:200] and b'"coltiva"' in head[:200]


def _read(file: SourceFile, reading: Reading) -> Iterator[ContactRecord]:
    content = read_whole(file, reading).removeprefix(b"\xef\xbb\xbf")
    try:
        header = msgspec.json.decode(content, type=_Header)
        if not 1 <= header.version <= _NEWEST:
            message = f"{file.name}: expected an export of version 1 to {_NEWEST}; got {header.version}. Update Coltiva"
            raise InputFileError(message, "newer_store", file=file.name, got=header.version, known=_NEWEST)
        entries = msgspec.json.decode(content, type=_File).contacts
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{file.name}: expected Coltiva's own JSON, whole; {error}"
        raise InputFileError(message, "damaged_export", file=file.name, reason=error) from None
    for number, entry in enumerate(entries, 1):
        try:
            decoded = _decode(entry)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            message, where = f"{file.name}: contact {number}: {error}", f"{file.name}: {number}"
            raise InputFileError(message, "damaged_export", file=where, reason=error) from None
        reading.progress("gathering", number, len(entries))
        history = in_order(_told_apart(decoded.history))
        if header.version == _WITHOUT_SMALL:
            history = tuple(replace(e, small=is_small_by_origin(e.source, e.id)) for e in history)
        yield ContactRecord(decoded.contact, history)


def _told_apart(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events, each once; those that share an id with another get one that depends on what they say."""
    known: dict[str, Event] = {}
    for event in events:
        if known.setdefault(event.id, event) != event:
            own = stable_id(_SOURCE, msgspec.json.encode(event).decode())
            known.setdefault(own, replace(event, id=own))
    return tuple(known.values())


OWN_JSON = FileFormat("own_json", _recognizes, _read)
