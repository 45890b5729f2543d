"""How far somebody new has come, for the page of the first steps."""

from __future__ import annotations

from flask import Blueprint, Response

from coltiva.access import Door
from coltiva.contact_store import ContactStore
from coltiva.tuning.workshop import Workshop
from coltiva.web.lint_routes import as_json


def first_steps_routes(door: Door, store: ContactStore, workshop: Workshop | None) -> Blueprint:
    """Return ``GET /api/v1/first-steps``: how many extensions are paired, contacts are there, findings were counted."""
    routes = Blueprint("first_steps", __name__, url_prefix="/api/v1")

    @routes.get("/first-steps")
    def reached() -> Response:
        found = sum(workshop.counts.totals().values()) if workshop is not None else 0
        return as_json({"paired": len(door.paired.all()), "contacts": len(store), "found": found})

    return routes
