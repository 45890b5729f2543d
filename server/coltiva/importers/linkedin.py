"""LinkedIn's archive of every era since 2019: the whole zip, or single CSV files of it.

Source: relationships.md §2. What decides is the header of each table; where two tables have the same header, its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from coltiva.contacts import ContactRecord
from coltiva.errors import InputFileError
from coltiva.importers.csv_tables import Table, find_table, first_line
from coltiva.importers.linkedin_attribution import attribute, drop_repeated_invitations, find_owner
from coltiva.importers.linkedin_messages import Conversations, read_messages
from coltiva.importers.linkedin_tables import (
    read_connections,
    read_endorsements,
    read_invitations,
    read_notes,
    read_owner,
    read_recommendations,
    vote_for_owner,
)
from coltiva.importers.people import People
from coltiva.importers.reading import Reading
from coltiva.importers.sources import SourceFile

LINKEDIN = "linkedin"
_HEADERS = {
    "profile": frozenset({"first name", "last name", "headline"}),
    "connections": frozenset({"first name", "last name", "connected on"}),
    "messages": frozenset({"from", "to", "date", "content"}),
    "invitations": frozenset({"from", "to", "sent at", "direction"}),
    "endorsements received": frozenset({"endorsement date", "endorser first name", "endorser last name"}),
    "endorsements given": frozenset({"endorsement date", "endorsee first name", "endorsee last name"}),
    "recommendations": frozenset({"first name", "last name", "company", "job title", "text", "creation date"}),
    "notes": frozenset({"connection first name", "connection last name", "note"}),
}
# Chats with LinkedIn's own assistants; their header is that of messages.
_ASSISTANT = re.compile(r"guide|learning|coach|role.?play", re.IGNORECASE)
_GIVEN = re.compile(r"given", re.IGNORECASE)
_MUST_HAVE_HEADER = re.compile(r"(?:^|[/\\])(connections|messages|invitations)(?: ?\(\d+\))?\.csv$", re.IGNORECASE)


def find_tables(files: Sequence[SourceFile]) -> list[Table]:
    """Return LinkedIn's tables among *files*; none where these are something else.

    Raises:
        InputFileError: a file with the name of a table lacks its header.
    """
    tables: list[Table] = []
    headless: list[SourceFile] = []
    for file in files:
        if not file.base_name.lower().endswith((".csv", ".tsv", ".txt")) or _ASSISTANT.search(file.base_name):
            continue
        table = find_table(file, _HEADERS)
        if table is not None:
            tables.append(table)
        elif _MUST_HAVE_HEADER.search(file.name) and file.size:
            headless.append(file)
    if headless and (tables or len(files) == 1):
        file = headless[0]
        kind = file.base_name.lower().split(".")[0].split("(")[0].strip()
        expected = ", ".join(sorted(_HEADERS[kind]))
        raise InputFileError(
            f"{file.name}: expected a row with the columns {expected} near the start; the first line is "
            f"{first_line(file)[:80]!r}",
            "no_columns",
            file=file.name,
            expected=expected,
            got=repr(first_line(file)[:80]),
        )
    # The owner's profile alone holds no contacts.
    return tables if any(table.kind != "profile" for table in tables) else []


def read_tables(tables: Sequence[Table], reading: Reading) -> Iterator[ContactRecord]:
    """Yield a record of each person whom the tables tell of.

    Raises:
        InputFileError: a table is damaged, or nothing tells whose messages these are.
    """
    people = People()
    conversations = Conversations()
    names: list[str] = []
    votes = (Counter[str](), Counter[str]())
    for table in _of_kind(tables, "profile"):
        names.extend(read_owner(table, reading))
    for table in _of_kind(tables, "connections"):
        read_connections(table, people, reading)
    for table in _of_kind(tables, "invitations"):
        for counter, more in zip(votes, vote_for_owner(table, people, reading), strict=True):
            counter.update(more)
    for table in _of_kind(tables, "messages"):
        read_messages(table, people, conversations, reading)
    people.join_by_name()
    owner = find_owner(conversations, names, votes, people, reading)
    people.forget(owner.keys)
    attribute(conversations, owner, people, reading)
    for table in tables:
        is_given = _GIVEN.search(table.file.base_name) is not None
        if table.kind == "invitations":
            read_invitations(table, people, reading)
        elif table.kind.startswith("endorsements"):
            read_endorsements(table, people, reading, is_given=table.kind.endswith("given"))
        elif table.kind == "recommendations":
            read_recommendations(table, people, reading, is_given=is_given)
        elif table.kind == "notes":
            read_notes(table, people, reading)
    drop_repeated_invitations(people.all_known())
    total = people.count_known()
    for number, record in enumerate(people.records(), 1):
        reading.progress("gathering", number, total)
        yield record


def _of_kind(tables: Sequence[Table], kind: str) -> Iterator[Table]:
    return (table for table in tables if table.kind == kind)
