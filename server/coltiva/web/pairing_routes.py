"""Pairing an extension, and the sessions of those that are paired."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import quote

from flask import Blueprint, Response, g, request

from coltiva.access import LINK_MINUTES, Door, ExtensionSession, shown_code
from coltiva.errors import PayloadError, RequestRefused
from coltiva.json_fields import object_of, text_of
from coltiva.web.doorkeeper import asker
from coltiva.web.entry_routes import own_path
from coltiva.web.guard import is_extension
from coltiva.web.lint_routes import as_json, body_of_request

_NAME_CHARACTERS = 80
_HEX = re.compile(r"[0-9a-f]+")
_NONCE_DIGITS, _KEY_DIGITS = 32, 64


def pairing_routes(door: Door, today: Callable[[], date], port: int) -> Blueprint:
    """Return the routes.

    From extensions: ``POST /pairing/begin`` and ``POST /pairing`` pair one, ``POST /sessions/begin`` and
    ``POST /sessions`` begin a session of one that is paired; in each pair the server proves itself first.
    From the own pages: ``POST /pairing/code`` makes a code, ``GET /pairings`` lists who is paired.
    From both: ``DELETE /pairings/ID``, an extension only its own; ``POST /links`` with ``{"to": PATH}``.
    """
    routes = Blueprint("pairing", __name__, url_prefix="/api/v1")
    _add_pairing(routes, door, today)
    _add_sessions(routes, door)
    _add_lists(routes, door)

    @routes.post("/links")
    def make_link() -> Response:
        to = text_of(_fields("to"), "to", "", 500, "/")
        path = quote(own_path(to), safe="/")
        link = f"http://127.0.0.1:{port}/open/{door.links.mint()}?to={path}"
        return as_json({"link": link, "minutes": LINK_MINUTES}, 201)

    return routes


def _add_pairing(routes: Blueprint, door: Door, today: Callable[[], date]) -> None:
    """Add what makes a pairing."""

    @routes.post("/pairing/code")
    def make_code() -> Response:
        object_of(body_of_request(), "", frozenset())
        code, minutes = door.codes.show()
        return as_json({"code": shown_code(code), "minutes": minutes}, 201)

    @routes.post("/pairing/begin")
    def begin() -> Response:
        return as_json(door.begin_pairing(_extension(), _hex(_fields("nonce"), "nonce", _NONCE_DIGITS)))

    @routes.post("/pairing")
    def finish() -> Response:
        fields = _fields("nonce", "proof", "stored_key", "server_key", "name")
        proof = bytes.fromhex(_hex(fields, "proof", _KEY_DIGITS))
        verifier = _hex(fields, "stored_key", _KEY_DIGITS), _hex(fields, "server_key", _KEY_DIGITS)
        name = " ".join(text_of(fields, "name", "", _NAME_CHARACTERS, "").split())
        nonce = _hex(fields, "nonce", _NONCE_DIGITS)
        paired, proved = door.finish_pairing(_extension(), nonce, proof, verifier, name, today().isoformat())
        return as_json({"id": paired.id, "proof": proved}, 201)


def _add_sessions(routes: Blueprint, door: Door) -> None:
    """Add what begins the session of a paired extension."""

    @routes.post("/sessions/begin")
    def begin_session() -> Response:
        fields = _fields("pairing", "nonce")
        pairing = text_of(fields, "pairing", "", 100, None)
        return as_json(door.begin_session(_extension(), pairing, _hex(fields, "nonce", _NONCE_DIGITS)))

    @routes.post("/sessions")
    def finish_session() -> Response:
        fields = _fields("nonce", "proof")
        proof = bytes.fromhex(_hex(fields, "proof", _KEY_DIGITS))
        # From here on the answer proves itself.
        g.asker = door.finish_session(_extension(), _hex(fields, "nonce", _NONCE_DIGITS), proof)
        return as_json({}, 201)


def _add_lists(routes: Blueprint, door: Door) -> None:
    """Add what shows and revokes pairings."""

    @routes.get("/pairings")
    def list_all() -> Response:
        shown = [{"id": p.id, "name": p.name, "origin": p.origin, "paired_on": p.paired_on} for p in door.paired.all()]
        return as_json({"pairings": shown})

    @routes.delete("/pairings/<pairing_id>")
    def revoke(pairing_id: str) -> Response:
        session = asker()
        if isinstance(session, ExtensionSession) and session.pairing != pairing_id:
            raise RequestRefused("pages_alone", "an extension may revoke its own pairing alone", 403)
        if not door.paired.revoke(pairing_id):
            raise RequestRefused("unknown_pairing", "there is no such pairing", 404)
        return as_json({})


def _extension() -> str:
    """Return the extension's origin; only extensions pair."""
    origin = request.headers.get("Origin", "")
    if not is_extension(origin):
        raise RequestRefused("foreign_origin", "expected a request from an extension", 403)
    return origin


def _fields(*names: str) -> Mapping[str, object]:
    return object_of(body_of_request(), "", frozenset(names))


def _hex(fields: Mapping[str, object], name: str, digits: int) -> str:
    value = text_of(fields, name, "", digits, None)
    if len(value) != digits or not _HEX.fullmatch(value):
        raise PayloadError(name, f"expected {digits} hexadecimal digits")
    return value
