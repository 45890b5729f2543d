"""Writes that a client sends again because it heard no answer: each is done once.

The client makes the write's ``id``; what the write records carries it, so that a restart forgets no write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from coltiva.contact_store import new_id
from coltiva.contacts import ContactRecord
from coltiva.editing import Edit
from coltiva.errors import PayloadError
from coltiva.json_fields import shown

_ID = re.compile(r"[0-9a-f]{12,32}")


class Write(NamedTuple):
    """One write: what it says, the ids of what it records, and the edit that does it once."""

    body: object
    id: str
    next_id: Callable[[], str]

    def once(self, edit: Edit) -> Edit:
        """Return *edit* that leaves a record alone in which the write is done already."""

        def done_once(record: ContactRecord) -> ContactRecord:
            groups = (record.history, record.contact.notes, record.contact.promises)
            done = {item.id for group in groups for item in group}
            return record if self.id in done else edit(record)

        return done_once


def read_write(body: object) -> Write:
    """Take the client's ``id`` out of a body; where there is none, one is made.

    The first thing that the write records gets the id itself, the others get it with a number.

    Raises:
        PayloadError: the id is not 12 to 32 hexadecimal digits in lower case.
    """
    write_id = new_id()
    if isinstance(body, dict) and "id" in body:
        write_id = body["id"]
        if not isinstance(write_id, str) or not _ID.fullmatch(write_id):
            raise PayloadError("id", f"expected 12 to 32 hexadecimal digits in lower case; got {shown(write_id)}")
        body = {name: value for name, value in body.items() if name != "id"}
    numbers = count()

    def next_id() -> str:
        number = next(numbers)
        return f"{write_id}-{number}" if number else write_id

    return Write(body, write_id, next_id)
