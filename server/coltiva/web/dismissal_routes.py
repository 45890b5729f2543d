"""What the user has dismissed: noted, listed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response

from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact
from coltiva.errors import PayloadError, UnknownChangeError, UnknownContactError
from coltiva.json_fields import choice_of, object_of, text_of
from coltiva.linting import SentenceMatcher
from coltiva.review import Reviewer, ReviewRequest
from coltiva.tuning.dismissals import Dismissal
from coltiva.tuning.effect import EffectMeter
from coltiva.tuning.payloads import MAX_PHRASE_CHARACTERS, dismissal_from_json
from coltiva.tuning.proposing import propose_unless
from coltiva.tuning.settling import SETTLINGS, files_of_settling, unused
from coltiva.tuning.workshop import Workshop
from coltiva.web.lint_routes import as_json, body_of_request
from coltiva.web.rule_change_routes import saved


def dismissal_routes(
    workshop: Workshop, meter: EffectMeter, store: ContactStore | None, today: Callable[[], date]
) -> Blueprint:
    """Return the routes.

    ``POST /api/v1/dismissals`` notes one (the same id twice is one), ``DELETE /api/v1/dismissals/ID`` takes it back,
    ``GET /api/v1/dismissals`` lists them all, the newest first, each with the contact's name and whether its sentence
    is still found; ``GET /ID/proposals`` returns ``unless`` phrases for one; ``POST /ID/settle`` with
    ``{"settle": "pass" | "unless" | "off", "phrase"}`` makes a change of the rules of it.
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
        # As a stranger of no name: whatever can be found is found then.
        anybody = ReviewRequest("", "linkedin_message", None, None, today(), Contact(), ())
        gone = unused(dismissals.all(), Reviewer(workshop.library), anybody)
        rows = []
        for one in dismissals.all():
            contact = contact_of(one)
            known = {"id": contact.id, "name": contact.name} if contact is not None else None
            rows.append(
                {name: getattr(one, name) for name in one.__struct_fields__}
                | {"contact": known, "unused": one.id in gone}
            )
        return as_json({"dismissals": rows})

    @routes.delete("/<dismissal_id>")
    def remove(dismissal_id: str) -> Response:
        return as_json({"removed": dismissals.remove([dismissal_id])})

    _add_settling(routes, workshop, meter)
    return routes


def _add_settling(routes: Blueprint, workshop: Workshop, meter: EffectMeter) -> None:
    """Add the routes that make a change of the rules of a dismissal."""
    dismissals = workshop.dismissals

    def known(dismissal_id: str) -> Dismissal:
        found = dismissals.get(dismissal_id)
        if found is None:
            message = f"expected a dismissal; there is none with id {dismissal_id[:64]!r}"
            raise UnknownChangeError(message, "unknown_dismissal")
        return found

    @routes.get("/<dismissal_id>/proposals")
    def proposals(dismissal_id: str) -> Response:
        one = known(dismissal_id)
        if one.language not in workshop.library.languages:
            return as_json({"proposals": []})
        pack = workshop.library.pack(one.language)
        matcher = SentenceMatcher(pack, workshop.library.reader(one.language))
        found = propose_unless(one, pack, matcher, meter.messages(one.language))
        return as_json({"proposals": [{"phrase": p.phrase, "harms": p.harms} for p in found]})

    @routes.post("/<dismissal_id>/settle")
    def settle(dismissal_id: str) -> Response:
        fields = object_of(body_of_request(), "", frozenset({"settle", "phrase"}))
        how = choice_of(fields, "settle", SETTLINGS) or ""
        phrase = text_of(fields, "phrase", "", MAX_PHRASE_CHARACTERS, "")
        if how == "" or (how == "unless" and not phrase.strip()):
            raise PayloadError("phrase" if how else "settle", "expected pass, off, or unless with a phrase")
        one = known(dismissal_id)
        files = files_of_settling(one, how, phrase, workshop.library, workshop.layer)
        response = saved(workshop, files, f"settled_{how}")
        if response.status_code == 200:
            dismissals.settle(one.id, how)
        return response
