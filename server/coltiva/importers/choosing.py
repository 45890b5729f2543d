"""Which importer reads which file: the content alone decides, never the name's ending."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from coltiva.errors import InputFileError
from coltiva.importers.formats import FileFormat, Part
from coltiva.importers.google_csv import GOOGLE_CSV
from coltiva.importers.linkedin import LINKEDIN, find_tables, read_tables
from coltiva.importers.mbox import MBOX
from coltiva.importers.monica import MONICA
from coltiva.importers.own_json import OWN_JSON
from coltiva.importers.sources import SourceFile
from coltiva.importers.vcard import VCARD

_SHOWN_NAMES = 5
_FILE_FORMATS: tuple[FileFormat, ...] = (OWN_JSON, MONICA, VCARD, MBOX, GOOGLE_CSV)


def choose_importers(files: Sequence[SourceFile]) -> list[Part]:
    """Return an importer for each of *files* that one knows; LinkedIn's tables are read together.

    Raises:
        InputFileError: there are none, none of them is known, or one is known and damaged.
    """
    tables = find_tables(files)
    parts = [Part(LINKEDIN, partial(read_tables, tables))] if tables else []
    # Within LinkedIn's archive nothing else is looked for.
    for file in () if tables else files:
        found = next((one for one in _FILE_FORMATS if one.recognizes(file)), None)
        if found is not None:
            parts.append(Part(found.name, partial(found.read, file)))
    if not files:
        raise InputFileError("expected files; there are none in here", "no_files")
    if not parts:
        shown = ", ".join(file.name for file in files[:_SHOWN_NAMES]) + (", …" if len(files) > _SHOWN_NAMES else "")
        raise InputFileError(
            "expected a LinkedIn archive or one of its CSV files, vCard, Google Contacts CSV, a Monica 4 JSON export, "
            f"mbox, or Coltiva's own JSON, each in UTF-8; got {shown}",
            "unknown_format",
            got=shown,
        )
    return parts
