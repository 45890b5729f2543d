"""The messages of a LinkedIn archive in short form; campaigns, spam, drafts and hidden members are left out."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from coltiva.importers.csv_tables import Table
from coltiva.importers.dates import utc_seconds
from coltiva.importers.people import People, folded_name
from coltiva.importers.reading import LeftOut, Reading, excerpt

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_CAMPAIGN = re.compile(r"spinmail-quill-editor|%(?:FIRST|LAST|FULL|COMPANY)_?NAME%", re.IGNORECASE)
_NEXT_ADDRESS = re.compile(r",\s*(?=https?://|www\.)", re.IGNORECASE)
NO_NAME = re.compile(r"linkedin", re.IGNORECASE)
_YES = frozenset({"yes", "true", "1"})


class Message(NamedTuple):
    """One message; *sender* and *recipients* are profile keys, empty where the archive gives no address."""

    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    recipient_names: str
    seconds: int
    text: str


@dataclass(slots=True)
class Conversations:
    """All messages of an archive by conversation.

    Attributes:
        has_recipient_addresses, has_sender_addresses: whether the era gives them.
        sent_by_direction: the names of senders of outgoing messages, where a column says so.
    """

    messages: dict[str, list[Message]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    has_recipient_addresses: bool = False
    has_sender_addresses: bool = False
    sent_by_direction: Counter[str] = field(default_factory=Counter)


def read_messages(table: Table, people: People, conversations: Conversations, reading: Reading) -> None:
    """Add a table's messages that a person wrote to persons; the others are counted."""
    conversations.has_sender_addresses |= "sender profile url" in table.columns
    conversations.has_recipient_addresses |= "recipient profile urls" in table.columns
    pick = table.picker(
        "conversation id", "conversation title", "from", "sender profile url", "to", "recipient profile urls", "date",
        "subject", "content", "folder", "is message draft", "is conversation draft", "direction",
    )  # fmt: skip
    recipients: dict[tuple[str, str], tuple[str, ...]] = {}
    senders: dict[tuple[str, str], str] = {}
    for line, row in table.rows(reading):
        thread, title, sender, url, to, urls, at, subject, content, folder, draft, all_draft, direction = pick(row)
        why = _reason_to_leave_out(sender, url, content, folder, draft, all_draft, table)
        seconds = utc_seconds(at) if why is None else 0
        if seconds is None:
            why = LeftOut.UNPARSED
        if why is not None or seconds is None:
            shown = f"{sender or to}, {at}: {subject or _plain(content)}"
            reading.tally.add(why or LeftOut.UNPARSED, f"{table.file.name}:{line}: {shown}")
            continue
        if (urls, to) not in recipients:
            recipients[urls, to] = _introduce(urls, to, people)
        if (url, sender) not in senders:
            senders[url, sender] = "".join(_introduce(url, sender, people)[:1])
        if direction.upper() == "OUTGOING":
            conversations.sent_by_direction[sender] += 1
        text = excerpt(_plain(content) or subject)
        message = Message(senders[url, sender], sender, recipients[urls, to], to, seconds, text)
        # Without ids a conversation is what two people wrote to each other.
        thread = thread or "\x1f".join(sorted((folded_name(sender), folded_name(to))))
        conversations.messages.setdefault(thread, []).append(message)
        if title:
            conversations.titles[thread] = title


def _introduce(urls: str, name: str, people: People) -> tuple[str, ...]:
    """Return the keys of addresses joined by commas, and let *people* know whose they are."""
    addresses = [one for one in _NEXT_ADDRESS.split(urls) if people.key_of(one)]
    for one in addresses:
        people.with_profile(one, name if len(addresses) == 1 else "")
    return tuple(map(people.key_of, addresses))


def _reason_to_leave_out(
    sender: str, url: str, content: str, folder: str, draft: str, all_draft: str, table: Table
) -> LeftOut | None:
    if draft.lower() in _YES or all_draft.lower() in _YES:
        return LeftOut.DRAFTS
    if folder.upper() == "SPAM":
        return LeftOut.SPAM
    # A campaign's marks hold one of these signs, most messages neither.
    if ("%" in content or "-" in content) and _CAMPAIGN.search(content, 0, 2000):
        return LeftOut.SPONSORED
    if not url and (not sender or NO_NAME.search(sender)) and "sender profile url" in table.columns:
        return LeftOut.HIDDEN
    return None


def _plain(content: str) -> str:
    """Return a message's beginning without markup."""
    start = content[:2400]
    return html.unescape(_TAG.sub(" ", start)) if "<" in start else start
