"""All contacts as a file over HTTP, and a backup beside the others."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date

from flask import Blueprint, Response

from coltiva.contact_store import ContactStore
from coltiva.contacts import ContactRecord
from coltiva.errors import UnknownContactError
from coltiva.exporters import export_csv, export_json, export_vcard
from coltiva.library import Library
from coltiva.web.lint_routes import as_json

_MEDIA_TYPES = {"json": "application/json", "csv": "text/csv", "vcf": "text/vcard"}


def export_routes(store: ContactStore, library: Library, today: Callable[[], date]) -> Blueprint:
    """Return the routes.

    ``GET /export/contacts.json`` (everything), ``.csv`` (a table) and ``.vcf`` (an address book); ``POST /backups``
    writes a backup, and answers with where it is.
    """
    routes = Blueprint("exports", __name__, url_prefix="/api/v1")

    @routes.get("/export/contacts.<any(json, csv, vcf):ending>")
    def export(ending: str) -> Response:
        records = _all_records(store)
        if ending == "csv":
            pieces = export_csv(records, today(), library.gates)
        else:
            pieces = export_vcard(records) if ending == "vcf" else export_json(records)
        headers = {"Content-Disposition": f"attachment; filename=contacts.{ending}", "Cache-Control": "no-store"}
        return Response(pieces, 200, headers, _MEDIA_TYPES[ending])

    @routes.post("/backups")
    def backup() -> Response:
        return as_json({"path": str(store.backup())}, 201)

    return routes


def _all_records(store: ContactStore) -> Iterator[ContactRecord]:
    for summary in sorted(store.summaries(), key=lambda summary: (summary.name, summary.id)):
        with contextlib.suppress(UnknownContactError):  # deleted meanwhile
            yield store.get(summary.id)
