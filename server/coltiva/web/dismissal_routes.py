"""What the user has dismissed: noted, listed, taken back."""

from __future__ import annotations

from flask import Blueprint, Response

from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact
from coltiva.errors import UnknownContactError
from coltiva.tuning.dismissals import Dismissal
from coltiva.tuning.payloads import dismissal_from_json
from coltiva.tuning.workshop import Workshop
from coltiva.web.lint_routes import as_json, body_of_request


def dismissal_routes(workshop: Workshop, store: ContactStore | None) -> Blueprint:
    """Return the routes.

    ``POST /api/v1/dismissals`` notes one (the same id twice is one), ``DELETE /api/v1/dismissals/ID`` takes it back,
    ``GET /api/v1/dismissals`` lists them all, the newest first, each with the contact's name.
    """
    routes = Blueprint("dismissals", __name__, url_prefix="/api/v1/dismissals")
    dismissals = workshop.dismissals

    def contact_of(dismissal: Dismissal) -> Contact | None:
        if store is None or not dismissal.contact:
            return None
        try:
            return store.get(dismissal.contact).contact
        except UnknownContactError:
            return None

    @routes.post("")
    def add() -> Response:
        added = dismissals.add(dismissal_from_json(body_of_request(), dismissals.stamp()))
        return as_json({"id": added.id}, 201)

    @routes.get("")
    def listing() -> Response:
        rows = []
        for one in dismissals.all():
            contact = contact_of(one)
            known = {"id": contact.id, "name": contact.name} if contact is not None else None
            rows.append({name: getattr(one, name) for name in one.__struct_fields__} | {"contact": known})
        return as_json({"dismissals": rows})

    @routes.delete("/<dismissal_id>")
    def remove(dismissal_id: str) -> Response:
        return as_json({"removed": dismissals.remove([dismissal_id])})

    return routes
