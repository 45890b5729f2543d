"""Mail folders in mbox: headers alone decide whom the user wrote to and who answered; bodies are passed over.

Source: RFC 4155; mboxrd as Gmail's Takeout writes it, with its labels in six languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple

from coltiva.addresses import email_key
from coltiva.contacts import Contact, ContactRecord, Direction, Event, EventKind, in_order
from coltiva.errors import UnknownOwnerError
from coltiva.importers.formats import FileFormat
from coltiva.importers.reading import LeftOut, Reading, excerpt, stable_id, valid_text
from coltiva.importers.sources import SourceFile, binary_lines

_SOURCE = "mail"
_SEPARATOR = re.compile(rb"From \S+ .*\d{2}:\d{2}.*\d{4}\s*$")
_MOST_HEADER_BYTES = 1 << 18
_WANTED = frozenset(
    ("from", "to", "date", "subject", "message-id", "delivered-to", "x-gmail-labels", "list-id", "list-unsubscribe",
     "auto-submitted", "precedence")
)  # fmt: skip
_SENT = re.compile(r"\b(?:sent|inviat[ai]|posta inviata|enviad[oa]s?|envoyés?|gesendet)\b", re.IGNORECASE)
_SPAM = re.compile(r"\b(?:spam|junk|indésirables?)\b", re.IGNORECASE)
_DRAFT = re.compile(r"\b(?:drafts?|bozze|borradores|brouillons|entwürfe|rascunhos)\b", re.IGNORECASE)
_MACHINE = re.compile(r"^(?:.*no-?_?reply.*|do-?not-?reply.*|mailer-daemon|postmaster|bounces?\b.*|notifications?)@")


class Mail(NamedTuple):
    """The headers of one message; addresses in lower case."""

    sender: str
    sender_name: str
    recipients: tuple[tuple[str, str], ...]
    seconds: float
    subject: str
    id: str
    is_bulk: bool


def _recognizes(file: SourceFile) -> bool:
    first, _, rest = file.head().partition(b"\n")
    return _SEPARATOR.match(first) is not None and re.match(rb"[!-9;-~]+:", rest) is not None


def _read(file: SourceFile, reading: Reading) -> Iterator[ContactRecord]:
    mails: list[Mail] = []
    sent, delivered = Counter[str](), Counter[str]()
    for line, headers in _messages(file, reading):
        labels = headers.get("x-gmail-labels", "")
        mail = _mail(headers)
        shown = f"{file.name}:{line}: {headers.get('from', '')}: {headers.get('subject', '')}"
        delivered.update(filter(None, (email_key(headers.get("delivered-to", "")),)))
        if mail is None:
            reading.tally.add(LeftOut.UNPARSED, shown)
        elif _DRAFT.search(labels):
            reading.tally.add(LeftOut.DRAFTS, shown)
        elif _SPAM.search(labels):
            reading.tally.add(LeftOut.SPAM, shown)
        else:
            if _SENT.search(labels):
                sent[mail.sender] += 1
            mails.append(mail)
    owners = _owners(file, mails, sent, delivered, reading)
    yield from _records(mails, owners, reading)


def _messages(file: SourceFile, reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each message's headers with the line on which it begins."""
    headers: list[bytes] | None = None
    began = size = 0
    after_blank = True
    for number, line in enumerate(binary_lines(file, reading), 1):
        if after_blank and line.startswith(b"From ") and _SEPARATOR.match(line):
            if headers is not None:
                yield began, _headers(headers)
            headers, began, size = [], number, 0
        elif headers is not None:
            size += len(line)
            if line in (b"\n", b"\r\n") or size > _MOST_HEADER_BYTES:
                yield began, _headers(headers)
                headers = None
            else:
                headers.append(line)
        after_blank = line in (b"\n", b"\r\n")
    if headers:
        yield began, _headers(headers)


def _headers(lines: Iterable[bytes]) -> dict[str, str]:
    """Return the headers that count, unfolded; of several of one name the first."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        # Headers are ASCII by the standard, and in life whatever the sender's program wrote.
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text.startswith((" ", "\t")):
            if current is not None:
                current.append(text.strip())
            continue
        name, colon, value = text.partition(":")
        name = name.lower()
        current = found.setdefault(name, [value.strip()]) if colon and name in _WANTED else None
    return {name: " ".join(values) for name, values in found.items()}


def _mail(headers: dict[str, str]) -> Mail | None:
    senders = _addresses(headers.get("from", ""))
    try:
        seconds = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if not senders or not 0 < seconds < 1e11:
        return None
    automatic = headers.get("auto-submitted", "no").lower() != "no"
    is_bulk = automatic or "list-id" in headers or "list-unsubscribe" in headers
    is_bulk = is_bulk or headers.get("precedence", "").lower() in ("bulk", "list", "junk")
    subject = _decoded(headers.get("subject", ""))
    identity = headers.get("message-id") or f"{headers['date']} {subject}"
    recipients = tuple(_addresses(headers.get("to", "")))
    return Mail(*senders[0], recipients, seconds, excerpt(subject), identity, is_bulk)


def _addresses(value: str) -> list[tuple[str, str]]:
    """Return addresses in lower case, each with the name before it."""
    pairs = getaddresses([value]) if value else []
    return [(email_key(address), _decoded(name)) for name, address in pairs if email_key(address)]


def _decoded(text: str) -> str:
    if "=?" not in text:
        return text
    try:
        return valid_text(str(make_header(decode_header(text))))
    except (MessageError, LookupError, ValueError):
        return text


def _owners(
    file: SourceFile, mails: list[Mail], sent: Counter[str], delivered: Counter[str], reading: Reading
) -> frozenset[str]:
    """Return the user's addresses: as told, as the folder of sent mail says, or as most mails name.

    Raises:
        UnknownOwnerError: nothing tells them.
    """
    told = email_key(reading.owner)
    if told or sent or delivered:
        return frozenset({told, *sent, *delivered} - {""})
    present = Counter(one for mail in mails for one in {mail.sender, *(address for address, _ in mail.recipients)})
    best = present.most_common(2)
    if mails and (2 * best[0][1] <= len(mails) or (len(best) > 1 and best[1][1] == best[0][1])):
        message = f"{file.name}: your own address cannot be told from these mails; say it (--owner)"
        raise UnknownOwnerError(message, "unknown_owner")
    return frozenset(address for address, _ in best[:1])


def _records(mails: list[Mail], owners: frozenset[str], reading: Reading) -> Iterator[ContactRecord]:
    """Yield everybody to whom the user wrote directly, with both sides' mails."""
    names: dict[str, str] = {}
    histories: dict[str, dict[str, Event]] = {}
    direct = [(mail, _partner(mail, owners)) for mail in mails]
    written_to = {partner for mail, partner in direct if mail.sender in owners and not _MACHINE.match(partner)} - {""}
    for mail, partner in direct:
        is_mine = mail.sender in owners
        if mail.is_bulk or partner not in written_to:
            is_machine = mail.is_bulk or _MACHINE.match(partner)
            why = LeftOut.SPONSORED if is_machine else LeftOut.SKIPPED if partner else LeftOut.GROUPS
            reading.tally.add(why, f"{mail.sender_name or mail.sender}: {mail.subject}")
            continue
        # How people call themselves counts more than how the user's address book does.
        name = dict(mail.recipients).get(partner, "") if is_mine else mail.sender_name
        if name and "@" not in name and (not is_mine or partner not in names):
            names[partner] = name
        at = reading.local(mail.seconds)
        acted = Direction.SENT if is_mine else Direction.RECEIVED
        event = Event(
            stable_id(_SOURCE, mail.id, acted), at.date(), EventKind.MESSAGE, acted, mail.subject, source=_SOURCE,
            time_of_day=at.time().replace(microsecond=0),
        )  # fmt: skip
        histories.setdefault(partner, {}).setdefault(event.id, event)
    for number, (partner, history) in enumerate(histories.items(), 1):
        reading.progress("gathering", number, len(histories))
        yield ContactRecord(Contact(name=names.get(partner, ""), emails=(partner,)), in_order(history.values()))


def _partner(mail: Mail, owners: frozenset[str]) -> str:
    """Return who stands on the other side; empty where several do, or nobody."""
    others = {address for address, _ in mail.recipients} - owners
    if mail.sender in owners:
        return next(iter(others)) if len(others) == 1 else ""
    return mail.sender if not others else ""


MBOX = FileFormat("mbox", _recognizes, _read)
