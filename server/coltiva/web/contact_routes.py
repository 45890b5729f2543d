"""Contacts: find, make, change, delete, merge, and take a change back."""

from __future__ import annotations

from flask import Blueprint, Response, request

from coltiva.contact_payloads import contact_from_json
from coltiva.contact_store import Summary, new_id
from coltiva.contacts import Contact, Event
from coltiva.editing import with_contact
from coltiva.errors import PayloadError, UnknownContactError
from coltiva.json_fields import object_of, text_of
from coltiva.payloads import history_from_json
from coltiva.tending import tending_list
from coltiva.web.contact_answers import ContactAnswers, number_argument
from coltiva.web.lint_routes import as_json, body_of_request
from coltiva.web.once import read_write
from coltiva.web.page_texts import asked_speech

_MOST_SHOWN = 200
_FAR = 10_000_000


def contact_routes(answers: ContactAnswers) -> Blueprint:
    """Return the routes.

    ``GET /contacts?q=&limit=&offset=`` a page of contacts and their number; ``GET /contacts/lookup`` with ``profile``,
    ``email`` or ``name`` who that is; ``POST /contacts`` a new one, with ``history`` if wished
    (with an ``id`` that the client made it is made once, however often it is sent); ``GET``, ``PATCH`` and
    ``DELETE /contacts/ID``; ``POST /contacts/ID/merge`` with ``{"other": ID}``; ``POST /changes/ID/undo``;
    ``GET /tending`` who needs tending. Whatever changes something answers with ``change``, which undo takes.
    """
    routes = Blueprint("contacts", __name__, url_prefix="/api/v1")
    routes.before_request(answers.check_language)
    _add_finding_routes(routes, answers)
    store = answers.store

    @routes.post("/contacts")
    def create() -> Response:
        write = read_write(body_of_request())
        body = write.body
        history: tuple[Event, ...] = ()
        if isinstance(body, dict) and "history" in body:
            history = history_from_json(body["history"], new_id=new_id)
            body = {name: value for name, value in body.items() if name != "history"}
        change = store.create(contact_from_json(body, Contact(id=write.id), answers.today()), history)
        return answers.changed(change, change.contacts[0], 201)

    @routes.patch("/contacts/<contact_id>")
    def edit(contact_id: str) -> Response:
        body, today = body_of_request(), answers.today()
        change = store.update(contact_id, "edited", with_contact(lambda known: contact_from_json(body, known, today)))
        return answers.changed(change, contact_id)

    @routes.delete("/contacts/<contact_id>")
    def delete(contact_id: str) -> Response:
        return answers.changed(store.delete(contact_id), contact_id)

    @routes.post("/contacts/<contact_id>/merge")
    def merge(contact_id: str) -> Response:
        other = text_of(object_of(body_of_request(), "", frozenset({"other"})), "other", "", 100, None)
        return answers.changed(store.merge(contact_id, other), contact_id)

    @routes.post("/changes/<change_id>/undo")
    def undo(change_id: str) -> Response:
        change = store.undo(change_id)
        return answers.changed(change, change.contacts[0])

    return routes


def _add_finding_routes(routes: Blueprint, answers: ContactAnswers) -> None:
    """Add the routes that only read."""
    store = answers.store

    def brief(found: list[Summary] | tuple[Summary, ...]) -> list[dict[str, object]]:
        reporter, today, shown = answers.reporter(), answers.today(), []
        for summary in found:
            try:
                shown.append(reporter.brief(summary, store.get(summary.id), today))
            except UnknownContactError:
                continue  # deleted meanwhile
        return shown

    @routes.get("/contacts")
    def search() -> Response:
        limit, offset = number_argument("limit", 50, _MOST_SHOWN), number_argument("offset", 0, _FAR)
        found = store.search(request.args.get("q", "")[:200])
        say = asked_speech()
        problems = [
            {"path": one.path, "code": one.fault.code, "message": say.fault(one.fault)} for one in store.problems
        ]
        page = brief(found[offset : offset + limit])
        return as_json({"total": len(found), "contacts": page, "problems": problems})

    @routes.get("/contacts/lookup")
    def look_up() -> Response:
        sought = {name: request.args.get(name, "") for name in ("profile", "email", "name")}
        if not any(sought.values()):
            raise PayloadError("profile", "expected a profile, an email or a name; all are empty", "no_name")
        return as_json({"contacts": brief(store.find(**sought)[:_MOST_SHOWN])})

    @routes.get("/contacts/<contact_id>")
    def show(contact_id: str) -> Response:
        return answers.contact(contact_id)

    @routes.get("/tending")
    def tending() -> Response:
        limit, today = number_argument("limit", 50, _MOST_SHOWN), answers.today()
        library, reporter = answers.library, answers.reporter()
        found = tending_list(store.summaries(), today, library.gates, library.tending)
        entries = [reporter.tending(entry, today) for entry in found[:limit]]
        return as_json({"total": len(found), "tending": entries})
