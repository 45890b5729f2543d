"""The OpenAPI document: it names every route, and the running server keeps to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact
from coltiva.library import Library
from coltiva.tuning.workshop import Workshop
from coltiva.web import create_app
from coltiva.web.openapi import OPERATIONS, openapi_document

from ..conftest import TODAY
from ..security.rig import Target, target_server

EXAMPLES = 10
ORIGIN = "http://127.0.0.1:7333"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Flask]:
    """Yield the whole application, with contacts and a workshop."""
    folder = tmp_path_factory.mktemp("data")
    with ContactStore(folder, library.tending, "a test") as store:
        yield create_app(library, 7333, today=lambda: TODAY, store=store, workshop=Workshop.open(folder, library.trial(folder / "rules")))


def test_every_route_is_described(app: Flask) -> None:
    """No route of the API is missing from the document, and none is described that does not exist."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert endpoints == set(OPERATIONS)


def test_the_document_is_served_and_whole(app: Flask) -> None:
    """It is an OpenAPI 3.1 document, open to all, and every reference in it leads somewhere."""
    response = app.test_client().get("/api/v1/openapi.json", base_url=ORIGIN)
    document = response.get_json()
    assert (response.status_code, document["openapi"]) == (200, "3.1.0")
    assert document == json.loads(json.dumps(openapi_document(app)))
    names = set(re.findall(r"#/components/schemas/(\w+)", response.text))
    assert names <= set(document["components"]["schemas"])
    assert "stored_key" not in document["components"]["schemas"]["PairedExtension"]["properties"]


def test_nothing_stored_is_open_to_all(app: Flask) -> None:
    """Without a session every described operation is refused but those that are said to be open."""
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        operation = OPERATIONS.get(rule.endpoint)
        if operation is None:
            continue
        method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        path = re.sub(r"<[^>]*>", "1", rule.rule).replace("contacts.1", "contacts.json").replace("/1/1", "/1/plan")
        if rule.endpoint == "imports.run":
            path = "/api/v1/imports/1/plan"
        status = client.open(path, method=method, json={} if method != "GET" else None, base_url=ORIGIN).status_code
        assert (status == 401) == (operation.open_to == "session"), (method, path, status)


def test_the_running_server_keeps_to_the_document(tmp_path: Path, library: Library) -> None:
    """Requests made from the document, of every operation, get answers that it describes, and never a fault of ours."""
    with target_server(tmp_path / "data", library) as target:
        schema = schemathesis.openapi.from_dict(openapi_document(target.app))
        tried = [keep_to(result.ok(), target) for result in schema.get_all_operations()]
    assert len(tried) == len(OPERATIONS)


def keep_to(operation: schemathesis.APIOperation, target: Target) -> str:
    """Send requests of one operation to a server, and check each answer against the document."""
    session = target.door.open_link(target.door.links.mint())
    assert session is not None
    cookies, headers = {f"coltiva-{target.port}": session.id}, {"X-Coltiva-CSRF": session.secret}
    if "/pairing" in operation.path or "/sessions" in operation.path:
        headers |= {"Origin": "chrome-extension://" + "a" * 32} if operation.path not in ("/api/v1/pairings", "/api/v1/pairing/code") else {}
    known = target.store.create(Contact("Ivan Misner")).contacts[0]

    @settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), is_known=st.booleans())
    def keeps(case: schemathesis.Case, is_known: bool) -> None:
        if is_known and "contact_id" in case.path_parameters:
            case.path_parameters["contact_id"] = known
        response = case.call(base_url=target.origin, headers=headers, cookies=cookies)
        case.validate_response(response, checks=CHECKS)

    keeps()
    return str(operation.label)
