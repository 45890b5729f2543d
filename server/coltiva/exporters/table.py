"""A table for spreadsheets: one row for each contact, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from coltiva.contacts import ContactRecord
from coltiva.history import Gates, relate

COLUMNS = (
    "Name", "Other names", "Company", "Role", "Emails", "Phones", "Profiles", "Tags", "Language", "Form of address",
    "Stage", "Dormant", "First event", "Last conversation", "Events", "Open promises", "Notes",
)  # fmt: skip
# What a spreadsheet takes for the beginning of a formula, or of a command in old ones. Source: OWASP, CSV injection.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_csv(records: Iterable[ContactRecord], today: date, gates: Gates) -> Iterator[str]:
    """Yield a CSV document in UTF-8 with a byte order mark and CRLF, as spreadsheets expect it."""
    yield "\ufeff" + _line(COLUMNS)
    for record in records:
        yield _line(_row(record, today, gates))


def safe_cell(text: str) -> str:
    """Return *text* so that a spreadsheet shows it and never runs it: an apostrophe stands before a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _row(record: ContactRecord, today: date, gates: Gates) -> tuple[str, ...]:
    contact = record.contact
    relation = relate(record.history, today, gates, contact.stage_override)
    last = relation.conversation_days[-1:]
    return (
        contact.name,
        "; ".join(contact.other_names),
        contact.company,
        contact.role,
        "; ".join(contact.emails),
        "; ".join(contact.phones),
        "; ".join(contact.profiles),
        "; ".join(contact.tags),
        contact.language,
        contact.address_form,
        relation.stage.word,
        "yes" if relation.dormant else "no",
        str(record.history[0].date) if record.history else "",
        str(last[0]) if last else "",
        str(len(record.history)),
        str(sum(promise.kept_on is None for promise in contact.promises)),
        "\n".join(f"{note.date}: {note.text}" for note in contact.notes),
    )


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(map(safe_cell, cells))
    return out.getvalue()
