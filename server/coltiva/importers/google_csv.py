"""Google Contacts CSV, with the headers before and after 2024.

Source: relationships.md §3. Several values of one kind stand in numbered columns, or in one cell joined by `` ::: ``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coltiva.contacts import Contact, ContactRecord
from coltiva.importers.address_books import known_emails, notes_of, personal_profiles, texts
from coltiva.importers.csv_tables import Row, Table, find_table
from coltiva.importers.formats import FileFormat
from coltiva.importers.reading import LeftOut, Reading
from coltiva.importers.sources import SourceFile

_SOURCE = "google"
_HEADERS = {
    "since 2024": frozenset({"first name", "last name", "organization name", "e-mail 1 - value"}),
    "before 2024": frozenset({"given name", "family name", "e-mail 1 - value"}),
    # Columns that no contact fills are left out.
    "since 2024, without emails": frozenset({"first name", "middle name", "last name", "phonetic first name"}),
    "before 2024, without emails": frozenset({"given name", "family name", "given name yomi"}),
}
_NUMBERED = re.compile(r"(e-mail|phone|website|im) \d+ - value")
_JOINED = " ::: "
# Groups that Google keeps itself.
_OWN_GROUPS = frozenset(
    {"* mycontacts", "* my contacts", "* starred", "* other contacts", "* friends", "* family", "* coworkers"}
)


def _recognizes(file: SourceFile) -> bool:
    return find_table(file, _HEADERS) is not None


def _read(file: SourceFile, reading: Reading) -> Iterator[ContactRecord]:
    table = find_table(file, _HEADERS)
    if table is None:
        return
    pick = table.picker(
        "name prefix", "first name", "given name", "middle name", "additional name", "last name", "family name",
        "name suffix", "name", "nickname", "file as", "maiden name", "organization name", "organization 1 - name",
        "organization title", "organization 1 - title", "labels", "group membership", "notes",
    )  # fmt: skip
    for line, row in table.rows(reading):
        (prefix, first, given, middle, additional, last, family, suffix, whole, nickname, file_as, maiden,
         company, old_company, role, old_role, labels, groups, notes) = pick(row)  # fmt: skip
        parts = (prefix, first or given, middle or additional, last or family, suffix)
        emails = known_emails(_values(table, row, "e-mail"))
        company = next(iter(texts((company or old_company).split(_JOINED))), "")
        name = " ".join(filter(None, parts)) or whole or file_as or company
        if not name and not emails:
            reading.tally.add(LeftOut.UNPARSED, f"{file.name}:{line}", "no_name")
            continue
        yield ContactRecord(
            Contact(
                name=name,
                company=company if company != name else "",
                role=next(iter(texts((role or old_role).split(_JOINED))), ""),
                other_names=texts((nickname, maiden)),
                profiles=personal_profiles(_values(table, row, "website")),
                emails=emails,
                phones=texts(_values(table, row, "phone")),
                tags=_tags(labels or groups),
                notes=notes_of((notes,), _SOURCE, reading.today),
            )
        )


def _values(table: Table, row: Row, kind: str) -> Iterator[str]:
    for column, place in table.columns.items():
        found = _NUMBERED.fullmatch(column)
        if found and found[1] == kind and place < len(row):
            yield from row[place].split(_JOINED)


def _tags(joined: str) -> tuple[str, ...]:
    labels = texts(joined.split(_JOINED.strip()))
    return tuple(label.removeprefix("* ") for label in labels if label.lower() not in _OWN_GROUPS)


GOOGLE_CSV = FileFormat("google_csv", _recognizes, _read)
