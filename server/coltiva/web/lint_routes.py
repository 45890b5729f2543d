"""POST /api/v1/lint and what an extension needs to know before it asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, request

from coltiva import __version__
from coltiva.access import ExtensionSession
from coltiva.contact_store import ContactStore, OfferLog
from coltiva.contacts import ContactRecord
from coltiva.errors import PayloadError, UnknownContactError
from coltiva.payloads import request_from_json
from coltiva.report import Report
from coltiva.review import Reviewer, ReviewRequest
from coltiva.tuning.workshop import Workshop
from coltiva.web.doorkeeper import SessionNeeded, asker


def lint_routes(
    reviewer: Reviewer,
    today: Callable[[], date],
    store: ContactStore | None = None,
    workshop: Workshop | None = None,
) -> Blueprint:
    """Return the routes.

    Accepts and returns JSON: ``POST /api/v1/lint`` a request as in ``payloads.request_from_json`` and the report;
    ``GET /api/v1/health`` the version and languages, at once; ``GET /api/v1/sites`` the selectors.
    """
    routes = Blueprint("lint", __name__, url_prefix="/api/v1")
    offers = OfferLog(store.folder) if store is not None else None

    def stored(contact_id: str, profile: str, email: str) -> ContactRecord | None:
        if store is None:
            return None
        try:
            if contact_id:
                return store.get(contact_id)
            # Two people may share an address; which of them is meant is not guessed.
            found = store.find(profile=profile, email=email)
            return store.get(found[0].id) if len(found) == 1 else None
        except UnknownContactError:
            return None

    @routes.post("/lint")
    def lint() -> Response:
        body, session = body_of_request(), asker()
        # Anybody on this machine may lint; the stored contacts are for those who have a session.
        known = stored if session is not None else None
        if store is not None and known is None and _names_stored_contact(body):
            raise SessionNeeded(is_page=False)
        message = request_from_json(body, today=today(), stored=known)
        report = _review(reviewer, offers, workshop, message)
        # What is tried on the server's own pages is no use of the rules.
        if workshop is not None and isinstance(session, ExtensionSession):
            workshop.note(report, today())
        return as_json(report.to_dict())

    @routes.get("/health")
    def health() -> Response:
        # Asked whenever a panel opens, so nothing is read for it: counting broken rules would read all languages.
        return as_json({"status": "ok", "version": __version__, "languages": list(reviewer.library.languages)})

    @routes.get("/sites")
    def sites() -> Response:
        return as_json(reviewer.library.sites)

    return routes


def _review(reviewer: Reviewer, offers: OfferLog | None, workshop: Workshop | None, message: ReviewRequest) -> Report:
    """Review a message while nothing is worked out ahead."""
    with workshop.quiet.broken() if workshop is not None else nullcontext():
        return _reviewed(reviewer, offers, message)


def _reviewed(reviewer: Reviewer, offers: OfferLog | None, message: ReviewRequest) -> Report:
    """Review a message; what is offered to a stored contact rests from the next day on."""
    if offers is None or not message.contact.id or not message.rewrites:
        return reviewer.review(message)
    report = reviewer.review(replace(message, offered=offers.before(message.contact.id, message.today)))
    said = [line for rewrite in report.rewriting.rewrites for line in rewrite.lines]
    offers.add(message.contact.id, said, message.today)
    return report


def _names_stored_contact(body: object) -> bool:
    contact = body.get("contact") if isinstance(body, dict) else None
    return isinstance(contact, dict) and any(contact.get(name) for name in ("id", "profile", "email"))


def body_of_request() -> object:
    """Return the request's JSON.

    Raises:
        PayloadError: the body is no JSON, or nested deeper than any message needs.
    """
    try:
        value: object = json.loads(request.get_data(cache=False))
    except UnicodeDecodeError:
        raise PayloadError("", "expected JSON in UTF-8") from None
    except json.JSONDecodeError as error:
        raise PayloadError("", f"expected JSON; {error.msg} at character {error.pos}") from None
    except ValueError:
        # Python refuses to convert numbers of thousands of digits.
        raise PayloadError("", "expected JSON; a number in it is too long") from None
    except RecursionError:
        raise PayloadError("", "expected JSON; this is nested too deep") from None
    return value


def as_json(value: object, status: int = 200) -> Response:
    """Return *value* as a JSON response that is never cached."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Response(text, status, {"Cache-Control": "no-store"}, "application/json")
