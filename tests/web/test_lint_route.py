"""The API answers clearly whatever comes, and only to whom it may."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from coltiva.library import LANGUAGES
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from coltiva.web import MAX_BODY_BYTES, create_app
from coltiva.web.application import PAGE_HEADERS
from tests.shipped import LIBRARY

from ..conftest import TODAY, credible_history
from ..scenes import SCENES

PORT = 7333
HOST = {"Host": f"127.0.0.1:{PORT}"}
EXTENSION = "chrome-extension://" + "abcdefghijklmnop" * 2


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of the real application."""
    return create_app(LIBRARY, PORT, today=lambda: TODAY).test_client()


def lint(client: FlaskClient, body: object, **headers: str) -> tuple[int, dict]:
    """Post *body*, as JSON unless it is bytes, and return status and answer."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = HOST | {"Content-Type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()}
    response = client.post("/api/v1/lint", data=data, headers=sent)
    return response.status_code, response.get_json()


@pytest.mark.parametrize("code", SCENES)
def test_the_scene_over_http(client: FlaskClient, code: str) -> None:
    """The API gives the same report as the core, and the history decides."""
    text, ask = SCENES[code]
    status, report = lint(client, {"text": text, "contact": {"name": "Ivan Misner"}})
    assert (status, report["verdict"]) == (200, "wait")
    assert [f["quote"] for f in report["findings"] if f["category"] == "ask"] == [ask]
    status, report = lint(client, {"text": text, "contact": {"name": "Ivan Misner", "history": credible_history()}})
    assert (status, [f["premature"] for f in report["findings"] if f["category"] == "ask"]) == (200, [False])


@pytest.mark.parametrize("text", ["", "\x00\x01\x1b", "Bedankt voor het fijne gesprek van dinsdag, ik denk er nog aan."])
def test_texts_without_findings(client: FlaskClient, text: str) -> None:
    """Empty text, control characters and a foreign language get a clear report."""
    status, report = lint(client, {"text": text})
    assert (status, report["verdict"], report["findings"], report["language"]) == (200, "send", [], None)


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"text": "x" * 100_000}, "text", "At most 20000 characters fit here; these are 100000."),
        (b'{"text": "a\\ud800b"}', "text", "Half a character stands at 1"),
        ({"text": "a", "channel": "pigeon"}, "channel", "'pigeon' is none of these: linkedin_invite"),
        (b'{"text": ', None, "expected JSON"),
        (b"", None, "expected JSON"),
        (b"\xff\xfe{}", None, "expected JSON"),
        (b"[1, 2]", None, "this is […]"),
        (b"[" * 10_000, None, "expected JSON"),
        (b'{"text": NaN}', "text", "A text belongs here; this is nan."),
        ({"text": "a", "contact": {"history": [{"date": "never", "kind": "call"}]}}, "contact.history[0].date", "is no day"),
    ],
)
def test_bad_input_names_the_field(client: FlaskClient, body: object, field: str | None, message: str) -> None:
    """A clear 400 with the field, never a traceback."""
    status, answer = lint(client, body)
    assert status == 400
    assert answer["error"].get("field") == field
    assert message in answer["error"]["message"]


def test_an_endless_body_is_refused(client: FlaskClient) -> None:
    """More than the cap is 413, with the cap named."""
    status, answer = lint(client, b" " * (MAX_BODY_BYTES + 1))
    assert (status, answer["error"]["code"]) == (413, "request_entity_too_large")
    assert f"{MAX_BODY_BYTES >> 10} KiB" in answer["error"]["message"]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Host": "evil.example:7333"}, 403, "wrong_host"),
        ({"Host": "127.0.0.1"}, 403, "wrong_host"),
        ({"Host": "127.0.0.1:7334"}, 403, "wrong_host"),
        ({"Origin": "https://evil.example"}, 403, "foreign_origin"),
        ({"Origin": "null"}, 403, "foreign_origin"),
        ({"Origin": "http://127.0.0.1:7334"}, 403, "foreign_origin"),
        ({"Origin": "http://localhost:7333"}, 403, "foreign_origin"),
        ({"Origin": EXTENSION, "Sec_Fetch_Site": "none"}, 403, "not_paired"),
        ({"Origin": "moz-extension://0b0b0b0b-1111-2222-3333-444444444444", "Sec_Fetch_Site": "same-origin"}, 403, "not_paired"),
        ({"Origin": EXTENSION + ".evil.example"}, 403, "foreign_origin"),
        ({"Origin": "chrome-extension://short"}, 403, "foreign_origin"),
        ({"Sec_Fetch_Site": "cross-site"}, 403, "cross_site"),
        ({"Sec_Fetch_Site": "same-site"}, 403, "cross_site"),
        ({"Content_Type": "text/plain"}, 415, "not_json"),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415, "not_json"),
    ],
)
def test_strangers_are_turned_away(client: FlaskClient, headers: dict[str, str], status: int, code: str) -> None:
    """Each way in that is not ours is refused before the body is read."""
    answered, answer = lint(client, {"text": "Ciao"}, **headers)
    assert (answered, answer["error"]["code"]) == (status, code)


@pytest.mark.parametrize("headers", [
    {}, {"Host": "localhost:7333"}, {"Host": "LOCALHOST:7333"}, {"Origin": "http://127.0.0.1:7333", "Sec_Fetch_Site": "same-origin"},
])
def test_own_pages_and_the_terminal_are_served(client: FlaskClient, headers: dict[str, str]) -> None:
    """The playground and the terminal may lint without a session."""
    assert lint(client, {"text": "Ciao"}, **headers)[0] == 200


def test_wrong_method_and_path_are_json(client: FlaskClient) -> None:
    """405 names what is allowed; 404 is JSON too."""
    response = client.get("/api/v1/lint", headers=HOST)
    assert (response.status_code, response.get_json()["error"]["code"]) == (405, "method_not_allowed")
    assert "POST" in response.headers["Allow"]
    assert client.get("/nothing", headers=HOST).get_json()["error"]["code"] == "not_found"


def test_health_tells_version_and_languages(client: FlaskClient) -> None:
    """What an extension asks first."""
    answer = client.get("/api/v1/health", headers=HOST).get_json()
    assert answer["status"] == "ok"
    assert {"en", "it"} <= set(answer["languages"])


def test_pages_carry_strict_headers(client: FlaskClient) -> None:
    """The playground allows no inline script, no frame and no foreign source."""
    response = client.get("/", headers=HOST)
    policy = response.headers["Content-Security-Policy"]
    assert response.status_code == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_whatever_is_answered_carries_each_strict_header_once(client: FlaskClient) -> None:
    """A page, a file, a lint, and each kind of refusal."""
    asked = [
        client.get("/", headers=HOST),
        client.get("/static/playground.js", headers=HOST),
        client.post("/api/v1/lint", json={"text": "Hello"}, headers=HOST),
        client.post("/api/v1/lint", data="{", content_type="application/json", headers=HOST),
        client.post("/api/v1/lint", data="a=b", headers=HOST),
        client.get("/api/v1/lint", headers=HOST),
        client.get("/nothing", headers=HOST),
        client.get("/", headers={"Host": "elsewhere:1"}),
    ]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 400, 415, 405, 404, 403]
    for answer in asked:
        assert {name: answer.headers.getlist(name) for name in PAGE_HEADERS} == {name: [value] for name, value in PAGE_HEADERS.items()}


def test_a_fault_of_ours_gives_no_traceback_and_logs_no_text(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """An unforeseen error is a plain 500 whose log line does not quote the message."""
    def fail(self: Reviewer, request: object) -> None:
        raise ValueError("secret words")

    monkeypatch.setattr(Reviewer, "review", fail)
    app = create_app(LIBRARY, PORT, today=lambda: date(2026, 1, 1))
    status, answer = lint(app.test_client(), {"text": "secret words"})
    assert (status, answer["error"]["code"]) == (500, "internal_error")
    assert "secret" not in caplog.text + json.dumps(answer)


def test_a_doubled_slash_leads_to_the_same_server(client: FlaskClient) -> None:
    """Where an address is put right, host and port stay those that were asked; a missing or foreign host leads nowhere."""
    response = client.get("/api//v1/health", headers=HOST)
    assert (response.status_code, response.headers["Location"]) == (308, f"http://127.0.0.1:{PORT}/api/v1/health")
    assert [client.get("/api//v1/health", headers={"Host": host}).status_code for host in ("", "evil.example")] == [403, 403]


SCENARIOS = Path(__file__).parents[2] / "server" / "coltiva" / "web" / "static" / "scenarios.js"
SHOWN = re.findall(r"language: '(..)', text: '(.+)' }", SCENARIOS.read_text("utf-8").partition("SCENES = [")[2].partition("];")[0])


@pytest.mark.parametrize(("code", "text"), SHOWN)
def test_the_scenes_that_the_playground_shows(code: str, text: str) -> None:
    """In each of six languages the scene asks for one introduction, and for nothing else."""
    body = {"text": text.replace("\\n", "\n"), "contact": {"name": "Ivan Misner"}, "today": "2026-05-14"}
    report = Reviewer(LIBRARY).review(request_from_json(body, today=None))
    assert report.language == code
    assert [finding.kind for finding in report.findings if finding.category == "ask"] == ["introduction"]


def test_every_language_has_its_scene() -> None:
    """None is left out of what the test before looks at."""
    assert [code for code, _ in SHOWN] == list(LANGUAGES)
