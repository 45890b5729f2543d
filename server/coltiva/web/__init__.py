"""The local server: the guard, the API and the pages; the only package that knows Flask."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from datetime import date
from typing import cast

from flask import Flask, Request, Response, request
from waitress.server import BaseWSGIServer, create_server
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy

from coltiva.access import Door
from coltiva.contact_store import ContactStore
from coltiva.errors import (
    AmbiguousDayError,
    DuplicateContactError,
    InputFileError,
    NoSuchDayError,
    PayloadError,
    RequestRefused,
    ServerStartError,
    StoreWriteError,
    UnknownChangeError,
    UnknownContactError,
)
from coltiva.library import Library
from coltiva.review import Reviewer
from coltiva.tuning.effect import EffectMeter
from coltiva.tuning.workshop import Workshop
from coltiva.web.application import Application
from coltiva.web.channel import Channel
from coltiva.web.contact_answers import ContactAnswers
from coltiva.web.contact_routes import contact_routes
from coltiva.web.dismissal_routes import dismissal_routes
from coltiva.web.doorkeeper import Doorkeeper, SessionNeeded
from coltiva.web.entry_routes import entry_routes, refuse_without_session
from coltiva.web.export_routes import export_routes
from coltiva.web.first_steps_routes import first_steps_routes
from coltiva.web.guard import Guard
from coltiva.web.history_routes import history_routes
from coltiva.web.import_routes import import_routes
from coltiva.web.lint_routes import as_json, lint_routes
from coltiva.web.openapi import openapi_routes
from coltiva.web.page_texts import asked_speech, spoken
from coltiva.web.pages import page_routes
from coltiva.web.pairing_routes import pairing_routes
from coltiva.web.rule_change_routes import rule_change_routes
from coltiva.web.rule_routes import rule_routes
from coltiva.web.sharing import share_with_paired

MAX_BODY_BYTES = 256 * 1024
# What waitress takes in at all, so that the answer to a body over the cap is ours, in JSON.
_MAX_READ_BYTES = 4 * 1024 * 1024
_MAX_HEADER_BYTES = 32 * 1024
_THREADS = 4
_CHANNEL_TIMEOUT_SECONDS = 30

__all__ = ["create_app", "serve"]

_log = logging.getLogger("coltiva")


def create_app(
    library: Library,
    port: int,
    today: Callable[[], date] = date.today,
    store: ContactStore | None = None,
    workshop: Workshop | None = None,
    door: Door | None = None,
) -> Flask:
    """Return the application.

    Args:
        port: the port that requests must name in their Host.
        today: the user's local day.
        store: the user's contacts; without it the server only lints.
        workshop: the user's rules and dismissals; without it nothing can be tuned.
        door: what opens sessions for whatever is stored; made where there is a store and none is given.
    """
    app = Application(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    if store is not None and door is None:
        door = Door(store.folder, port)
    app.extensions["coltiva_door"] = door
    keeper = Doorkeeper(door, port)
    _add_checks(app, Guard.for_port(port), keeper, door)
    reviewer = Reviewer(library, workshop.sieve if workshop is not None else None)
    app.register_blueprint(lint_routes(reviewer, today, store, workshop))
    if workshop is not None:
        meter = EffectMeter(library, kept=workshop.cache, quiet=workshop.quiet)
        app.register_blueprint(dismissal_routes(workshop, meter, store, today))
        app.register_blueprint(rule_routes(workshop, meter, reviewer, today))
        app.register_blueprint(rule_change_routes(workshop, meter))
    app.register_blueprint(page_routes(library))
    app.register_blueprint(openapi_routes())
    if door is not None:
        app.register_blueprint(entry_routes(door, keeper))
        app.register_blueprint(pairing_routes(door, today, port))
    if store is not None and door is not None:
        app.register_blueprint(first_steps_routes(door, store, workshop))
    if store is not None:
        answers = ContactAnswers(store, library, today)
        app.register_blueprint(contact_routes(answers))
        app.register_blueprint(history_routes(answers, reviewer, workshop))
        app.register_blueprint(import_routes(store, today))
        app.register_blueprint(export_routes(store, library, today))
    _add_error_handlers(app)
    return app


def _add_checks(app: Flask, guard: Guard, keeper: Doorkeeper, door: Door | None) -> None:
    """Let every request pass the guard and the doorkeeper, and every answer carry its proof.

    They get the request itself, for every look through the proxy costs as much as what is looked at.
    """

    @app.before_request
    def let_in() -> None:
        asked = _request()
        guard.check(asked)
        keeper.check(asked)

    @app.after_request
    def finish(response: Response) -> Response:
        asked = _request()
        keeper.finish(asked, response)
        if door is not None:
            share_with_paired(app, door, asked, response)
        return response


def _request() -> Request:
    return cast("LocalProxy[Request]", request)._get_current_object()


def _add_error_handlers(app: Flask) -> None:
    app.register_error_handler(PayloadError, _bad_payload)
    app.register_error_handler(AmbiguousDayError, _ambiguous_day)
    app.register_error_handler(NoSuchDayError, lambda error: _error(400, "no_such_day", spoken(error), "line"))
    app.register_error_handler(SessionNeeded, refuse_without_session)
    app.register_error_handler(RequestRefused, _refused)
    app.register_error_handler(UnknownContactError, _unknown)
    app.register_error_handler(DuplicateContactError, _duplicate)
    app.register_error_handler(InputFileError, lambda error: _error(400, "bad_file", spoken(error)))
    app.register_error_handler(UnknownChangeError, _unknown_change)
    app.register_error_handler(StoreWriteError, _unwritten)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _error(status: int, code: str, message: str, field: str | None = None) -> Response:
    body: dict[str, object] = {"code": code, "message": message}
    if field:
        body["field"] = field
    return as_json({"error": body}, status)


def _bad_payload(error: PayloadError) -> Response:
    return _error(400, "bad_request", spoken(error), error.field)


def _ambiguous_day(error: AmbiguousDayError) -> Response:
    days = [day.isoformat() for day in error.days]
    answer = {"code": "ambiguous_day", "message": spoken(error), "field": "line", "said": error.said, "days": days}
    return as_json({"error": answer}, 409)


def _unknown(error: UnknownContactError) -> Response:
    return _error(404, error.code, spoken(error))


def _unknown_change(error: UnknownChangeError) -> Response:
    return _error(404, "no_such_change", spoken(error))


def _duplicate(error: DuplicateContactError) -> Response:
    return _error(409, "duplicate_contact", spoken(error), "profiles")


def _unwritten(error: StoreWriteError) -> Response:
    _log.error("%s", error)
    return _error(507, "not_written", spoken(error))


def _refused(error: RequestRefused) -> Response:
    return _error(error.status, error.code, spoken(error))


def _http_error(error: HTTPException) -> Response:
    status, code = error.code or 500, error.name.lower().replace(" ", "_")
    message = asked_speech().refusal(code, status=status, most=MAX_BODY_BYTES >> 10)
    response = _error(status, code, message)
    valid_methods = getattr(error, "valid_methods", None)
    if valid_methods:
        response.headers["Allow"] = ", ".join(sorted(valid_methods))
    return response


def _unexpected(error: Exception) -> Response:
    # The type alone: the message could quote what somebody wrote.
    _log.error("%s %s failed: %s", request.method, request.path, type(error).__name__)
    return _error(500, "internal_error", asked_speech().refusal("internal_error"))


def serve(
    host: str,
    port: int,
    library: Library,
    announce: Callable[[Door | None], None],
    store: ContactStore | None = None,
    workshop: Workshop | None = None,
) -> None:
    """Serve until interrupted.

    Args:
        store: the user's contacts; without it the server only lints.
        workshop: the user's rules and dismissals; without it nothing can be tuned.
        announce: called once the server accepts requests, with what lets people in; None without a store.

    Raises:
        ServerStartError: the port is taken or may not be used.
    """
    door = Door(store.folder, port) if store is not None else None
    app = create_app(library, port, store=store, workshop=workshop, door=door)
    # A page that loads its parts at once fills the queue for a moment; that is no news for a terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            channel_timeout=_CHANNEL_TIMEOUT_SECONDS,
            max_request_body_size=_MAX_READ_BYTES,
            max_request_header_size=_MAX_HEADER_BYTES,
            clear_untrusted_proxy_headers=False,  # nothing reads any
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            taken = f"port {port} is taken; is Coltiva running already? Try --port {port + 1}"
            raise ServerStartError(taken, "port_taken", port=port, other=port + 1) from None
        address = f"{host}:{port}"
        message = f"cannot listen on {address}: {error.strerror}"
        raise ServerStartError(message, "cannot_listen", address=address, reason=error.strerror) from None
    assert isinstance(server, BaseWSGIServer)  # one address, one socket
    server.channel_class = Channel
    announce(door)
    try:
        server.run()
    finally:
        server.close()
        if door is not None:
            door.close()
