"""The OpenAPI document: paths from the routes themselves, shapes from the records that they read and write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, Response

from coltiva import __version__
from coltiva.access import CSRF_HEADER
from coltiva.contact_payloads import MAX_LINE_CHARACTERS
from coltiva.web import api_shapes as s
from coltiva.web import rule_shapes as r
from coltiva.web.api_shapes import Shape, answer, closed, list_of, or_null, ref
from coltiva.web.lint_routes import as_json

_CONVERTER = re.compile(r"<(?:(?P<kind>[a-z]+)(?:\((?P<words>[^)]*)\))?:)?(?P<name>\w+)>")
_CHANGED = ref("Changed")


@dataclass(frozen=True, slots=True)
class Operation:
    """What one endpoint takes and answers; *open_to* says who may call it."""

    what: str
    gives: Shape
    takes: Shape | None = None
    status: int = 200
    query: dict[str, Shape] = field(default_factory=dict)
    open_to: str = "session"
    media_type: str = "application/json"


_SPOKEN = {"explain_in": s.LANGUAGE}
_PAGED = _SPOKEN | {"limit": s.COUNT | {"maximum": 200}}
_SEARCHED = _PAGED | {"offset": s.COUNT | {"maximum": 10_000_000}, "q": s.text(200)}
_PROOF = {"nonce": s.NONCE, "proof": s.KEY}
_LINE = closed(("line",), line=s.text(MAX_LINE_CHARACTERS), today={"type": "string", "format": "date"}, id=s.WRITE_ID)
_FILES = list_of(closed(("name", "size"), name=s.text(1000), size=s.COUNT)) | {"minItems": 1, "maxItems": 200}
_OWNER = closed(owner=s.text(500))
_DISMISSED = answer(dismissals=list_of({"type": "object"}))
_PAIRING = closed(
    ("nonce", "proof", "stored_key", "server_key"), **_PROOF, stored_key=s.KEY, server_key=s.KEY, name=s.text(80)
)
_BEGUN = answer(nonce=s.NONCE, proof=s.KEY)
_BRIEFS = list_of(ref("Brief"))
_DAMAGED = list_of(answer(path=s.text(), code=s.text(), message=s.text()))

OPERATIONS = {
    "lint.lint": Operation("lint a message", ref("Report"), ref("LintRequest"), open_to="all"),
    "lint.health": Operation(
        "say that the server is there",
        answer(status={"const": "ok"}, version=s.text(), languages=s.TEXTS),
        open_to="all",
    ),
    "lint.sites": Operation("where messages are written on each site", {"type": "object"}, open_to="all"),
    "openapi.document": Operation("this document", answer(openapi={"type": "string"}), open_to="all"),
    "contacts.search": Operation(
        "find contacts", answer(total=s.COUNT, contacts=_BRIEFS, problems=_DAMAGED), query=_SEARCHED
    ),
    "contacts.look_up": Operation(
        "who that is", answer(contacts=_BRIEFS), query=_SPOKEN | {n: s.text() for n in ("profile", "email", "name")}
    ),
    "contacts.show": Operation("show a contact", ref("ShownContact"), query=_SPOKEN),
    "contacts.create": Operation("make a contact", _CHANGED, ref("ContactRequest"), 201, _SPOKEN),
    "contacts.edit": Operation("change a contact", _CHANGED, ref("ContactChange"), query=_SPOKEN),
    "contacts.delete": Operation("delete a contact", _CHANGED, closed(), query=_SPOKEN),
    "contacts.merge": Operation(
        "make two contacts one", _CHANGED, closed(("other",), other=s.text(100)), query=_SPOKEN
    ),
    "contacts.undo": Operation("take a change back", _CHANGED, closed(), query=_SPOKEN),
    "contacts.tending": Operation(
        "who needs tending", answer(total=s.COUNT, tending=list_of({"type": "object"})), query=_PAGED
    ),
    "history.line": Operation("record what happened, in one line", _CHANGED, _LINE, 201, _SPOKEN),
    "history.sent": Operation("record a message that was sent", _CHANGED, ref("SentRequest"), 201, _SPOKEN),
    "exports.export": Operation("all contacts as a file", {}, media_type="*/*"),
    "exports.backup": Operation("write a backup", answer(path={"type": "string"}), closed(), 201),
    "imports.begin": Operation("begin an import", ref("Import"), closed(("files",), files=_FILES), 201),
    "imports.look": Operation("how far an import is", ref("Import")),
    "imports.forget": Operation("drop an import", {"type": "object"}, closed()),
    "imports.receive": Operation("send the next piece of a file", ref("Import"), query={"offset": s.COUNT}),
    "imports.run": Operation("start a step of an import", ref("Import"), _OWNER, 202),
    "dismissals.add": Operation("dismiss a finding", answer(id=s.text()), ref("DismissalRequest"), 201),
    "dismissals.listing": Operation("list what was dismissed", _DISMISSED),
    "dismissals.remove": Operation("take a dismissal back", answer(removed=s.COUNT), closed()),
    "pairing.begin": Operation(
        "hear the server's proof before pairing",
        _BEGUN | answer(salt=s.HEX, nonce=s.NONCE, proof=s.KEY),
        closed(("nonce",), nonce=s.NONCE),
        open_to="extensions",
    ),
    "pairing.finish": Operation(
        "pair an extension", answer(id=s.text(), proof=s.KEY), _PAIRING, 201, open_to="extensions"
    ),
    "pairing.begin_session": Operation(
        "hear the server's proof before a session",
        _BEGUN,
        closed(("pairing", "nonce"), pairing=s.text(100), nonce=s.NONCE),
        open_to="extensions",
    ),
    "pairing.finish_session": Operation(
        "begin a session", {"type": "object"}, closed(("nonce", "proof"), **_PROOF), 201, open_to="extensions"
    ),
    "pairing.make_code": Operation("make a pairing code", answer(code=s.text(), minutes=s.COUNT), closed(), 201),
    "pairing.list_all": Operation("list the paired extensions", answer(pairings=list_of(ref("PairedExtension")))),
    "pairing.revoke": Operation("revoke a pairing", {"type": "object"}, closed()),
    "first_steps.reached": Operation(
        "how far somebody new has come", answer(paired=s.COUNT, contacts=s.COUNT, found=s.COUNT)
    ),
    "pairing.make_link": Operation(
        "make a one-time link to an own page", answer(link=s.text(), minutes=s.COUNT), closed(to=s.text(500)), 201
    ),
}
_OF_LANGUAGE = _SPOKEN | {"language": s.LANGUAGE}
OPERATIONS |= {
    "dismissals.proposals": Operation("propose exceptions for a dismissal", answer(proposals=list_of(r.ANYTHING))),
    "dismissals.settle": Operation("make a change of the rules of a dismissal", r.CHANGED, r.SETTLE),
    "rules.listing": Operation(
        "list the rules of a language", answer(rules=list_of(r.ANYTHING), problems=r.PROBLEMS), query=_OF_LANGUAGE
    ),
    "rules.current_problems": Operation("what is broken in the user's rules", answer(problems=r.PROBLEMS)),
    "rules.one": Operation("show a rule in full", r.ANYTHING, query=_SPOKEN | {"id": s.text(100)}),
    "rules.all_tables": Operation("show all values that may be set", answer(tables=r.ANYTHING)),
    "rules.names": Operation("list what a phrase may name", r.ANYTHING, query=_OF_LANGUAGE | {"rule": s.text(100)}),
    "rules.phrase": Operation("try a phrase", answer(fault=or_null(r.ANYTHING), found=list_of(r.ANYTHING)), r.PHRASE),
    "rules.trying": Operation("judge messages at every stage", answer(messages=list_of(r.ANYTHING)), r.TRY),
    "rules.report": Operation("count what was found", r.ANYTHING),
    "rule_changes.effect": Operation(
        "say what a change would do, line by line", {}, r.CHANGE, media_type="application/x-ndjson"
    ),
    "rule_changes.finds": Operation("try a rule as it is in a form", answer(found=list_of(r.ANYTHING)), r.FINDS),
    "rule_changes.save": Operation("save a change of the rules", r.CHANGED, r.CHANGE),
    "rule_changes.changes": Operation("list the changes of the rules", answer(changes=list_of(r.ANYTHING))),
    "rule_changes.undo": Operation("take a change of the rules back", r.CHANGED, closed()),
    "rule_changes.export": Operation("the user's rules as one file", r.PACK),
    "rule_changes.take_in": Operation("take in rules from a file", r.CHANGED, r.PACK),
    "rule_changes.keep_sent": Operation(
        "choose whether sent messages are kept",
        answer(keeps={"type": "boolean"}),
        closed(("keeps",), keeps={"type": "boolean"}),
    ),
}
for _noun in ("event", "note", "promise"):
    _name = _noun.capitalize()
    OPERATIONS |= {
        f"history.add_{_noun}": Operation(f"add a {_noun}", _CHANGED, ref(f"{_name}Request"), 201, _SPOKEN),
        f"history.edit_{_noun}": Operation(f"change a {_noun}", _CHANGED, ref(f"{_name}Change"), query=_SPOKEN),
        f"history.remove_{_noun}": Operation(f"remove a {_noun}", _CHANGED, closed(), query=_SPOKEN),
    }


def openapi_routes() -> Blueprint:
    """Return ``GET /api/v1/openapi.json``, the document of the routes that the application has."""
    routes = Blueprint("openapi", __name__, url_prefix="/api/v1")
    made: dict[str, Any] = {}

    @routes.record_once
    def remember(state: Any) -> None:
        made["app"] = state.app

    @routes.get("/openapi.json")
    def document() -> Response:
        return as_json(openapi_document(made["app"]))

    return routes


def openapi_document(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of every route below ``/api/`` that *app* has and that is described."""
    paths: dict[str, Any] = {}
    for rule in app.url_map.iter_rules():
        operation = OPERATIONS.get(rule.endpoint)
        if operation is None or not rule.rule.startswith("/api/"):
            continue
        method = next(m for m in ("GET", "POST", "PUT", "PATCH", "DELETE") if m in (rule.methods or ()))
        path = _CONVERTER.sub(lambda found: "{" + found["name"] + "}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _described(operation, rule.endpoint, rule.rule)
    sent = s.shapes()
    sent["SentRequest"] = closed(("text",), **sent["LintRequest"]["properties"], id=s.WRITE_ID)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Coltiva",
            "version": __version__,
            "description": "The local server; offsets count UTF-16 units.",
        },
        "paths": paths,
        "components": {
            "schemas": sent,
            "securitySchemes": {
                "extension": {"type": "http", "scheme": "bearer"},
                "page": {"type": "apiKey", "in": "header", "name": CSRF_HEADER},
            },
        },
    }


def _described(operation: Operation, endpoint: str, rule: str) -> dict[str, Any]:
    parameters: list[Shape] = [
        {"name": found["name"], "in": "path", "required": True, "schema": _part(found)}
        for found in _CONVERTER.finditer(rule)
    ]
    parameters += [{"name": name, "in": "query", "schema": shape} for name, shape in operation.query.items()]
    good = {"description": "done", "content": {operation.media_type: {"schema": operation.gives}}}
    refused = {"description": "refused", "content": {"application/json": {"schema": ref("Error")}}}
    described: dict[str, Any] = {
        "operationId": endpoint.replace(".", "_"),
        "summary": operation.what,
        "parameters": parameters,
        "responses": {str(operation.status): good, "4XX": refused, "507": refused},
        "security": [{"extension": []}, {"page": []}] if operation.open_to == "session" else [],
    }
    if operation.takes is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.takes}}}
    if endpoint == "imports.receive":
        described["requestBody"] = {"required": True, "content": {"application/octet-stream": {"schema": {}}}}
    return described


def _part(found: re.Match[str]) -> Shape:
    """Return the shape of a part of a path."""
    if found["words"]:
        return {"enum": [word.strip() for word in found["words"].split(",")]}
    return s.COUNT if found["kind"] == "int" else {"type": "string", "minLength": 1}
