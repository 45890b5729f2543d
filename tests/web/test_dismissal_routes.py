"""The routes on dismissals: note, list, take back, and the lint that honours them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from coltiva.library import Library

from .tuning_server import tuning_client

ASK = "Could you introduce me to your editor?"
BODY = {
    "id": "7d0c6a3e-0001", "rule": "en/asks/introduction", "kind": "introduction", "sentence": ASK, "quote": ASK[:-1],
    "language": "en", "stage": "stranger", "contact": None, "reason": "no_ask",
}


@pytest.fixture
def client(tmp_path: Path, library: Library) -> Iterator[FlaskClient]:
    """Yield a client of a server with contacts and a workshop."""
    with tuning_client(tmp_path, library) as (client, _):
        yield client


def kinds(client: FlaskClient) -> list[str]:
    """Return the kinds of ask found in the message."""
    answer = client.post("/api/v1/lint", json={"text": ASK, "language": "en"})
    return [f["kind"] for f in answer.get_json()["findings"] if f["category"] == "ask"]


def test_dismissed_listed_and_taken_back(client: FlaskClient) -> None:
    """201 with the id, the same id twice is one, the lint leaves it out, and DELETE brings it back."""
    assert kinds(client) == ["introduction"]
    for _ in range(2):
        answer = client.post("/api/v1/dismissals", json=BODY)
        assert (answer.status_code, answer.get_json()) == (201, {"id": BODY["id"]})
    assert kinds(client) == []
    listed = client.get("/api/v1/dismissals").get_json()["dismissals"]
    assert [(one["sentence"], one["stage"], one["contact"], one["reason"]) for one in listed] == [(ASK, "stranger", None, "no_ask")]
    assert client.delete(f"/api/v1/dismissals/{BODY['id']}", json={}).get_json() == {"removed": 1}
    assert client.delete(f"/api/v1/dismissals/{BODY['id']}", json={}).get_json() == {"removed": 0}
    assert kinds(client) == ["introduction"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"id": "x"}, "id"), ({"reason": "other"}, "reason"), ({"sentence": " "}, "sentence"), ({"stage": "fame"}, "stage"),
     ({"language": "nl"}, "language"), ({"more": 1}, "more"), ({"contact": 7}, "contact"), ({"rule": None}, "rule")],
)
def test_a_wrong_field_is_named(client: FlaskClient, change: dict[str, object], field: str) -> None:
    """What breaks the contract is refused with the field's name, and nothing is noted."""
    answer = client.post("/api/v1/dismissals", json=BODY | change)
    assert (answer.status_code, answer.get_json()["error"]["field"]) == (400, field)
    assert client.get("/api/v1/dismissals").get_json() == {"dismissals": []}
