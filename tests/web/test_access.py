"""Who gets in: links, codes and pairings, what they open, and when they end."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coltiva.access import CODE_MINUTES, LINK_MINUTES, Door
from coltiva.access.proofs import Transcript, answer_proof, key_from_code, session_keys, verifier_of
from coltiva.access.sessions import EXTENSION_IDLE_SECONDS
from coltiva.contact_store import ContactStore
from coltiva.library import Library
from coltiva.web import create_app

from .signing_in import signed_in

PORT = 7333
SERVER = f"http://127.0.0.1:{PORT}"
EXTENSION = "chrome-extension://" + "abcdefghijklmnop" * 2
OTHERS = (
    "chrome-extension://" + "abcdefghijklmnop" * 2 + ".evil.example", "chrome-extension://" + "a" * 32, EXTENSION.upper(), EXTENSION[:-1], EXTENSION + "a",
    "moz-extension://0b0b0b0b-1111-2222-3333-444444444444", "https://evil.example", "https://" + EXTENSION[19:], "null", "*", "http://127.0.0.1:7334", "",
)
TOKEN = bytes(range(32))


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return the clock of the server."""
    return Clock()


@pytest.fixture
def app(tmp_path: Path, library: Library, clock: Clock) -> Iterator[Flask]:
    """Yield an application whose clock is the test's."""
    with ContactStore(tmp_path / "data", library.tending, "a test") as store:
        yield create_app(library, PORT, store=store, door=Door(tmp_path / "data", PORT, clock, clock))


def post(client: FlaskClient, path: str, body: object, origin: str = EXTENSION, **headers: str) -> tuple[int, Any]:
    """Send JSON as an extension does."""
    sent = {"Origin": origin} | {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.post(f"/api/v1{path}", json=body, headers={k: v for k, v in sent.items() if v}, base_url=SERVER)
    return response.status_code, response.get_json()


def pair(app: Flask, origin: str = EXTENSION) -> str:
    """Pair an extension as its own code does, and return the pairing's id."""
    client, code = app.test_client(), app.extensions["coltiva_door"].codes.make()
    _, begun = post(client, "/pairing/begin", {"nonce": "0" * 32}, origin)
    transcript = Transcript(SERVER, origin, "", "0" * 32, begun["nonce"])
    key = key_from_code(code, bytes.fromhex(begun["salt"]))
    assert begun["proof"] == transcript.proof(key, "server").hex()
    stored, server = (one.hex() for one in verifier_of(TOKEN))
    proof = transcript.proof(key, "client", stored, server).hex()
    status, done = post(client, "/pairing", {"nonce": begun["nonce"], "proof": proof, "stored_key": stored, "server_key": server, "name": "x"}, origin)
    assert status == 201, done
    assert done["proof"] == transcript.proof(key, "paired", done["id"]).hex()
    return str(done["id"])


def begin_session(app: Flask, pairing: str, origin: str = EXTENSION) -> tuple[str, bytes]:
    """Begin a session and return its token and the key of its answers."""
    client = app.test_client()
    _, begun = post(client, "/sessions/begin", {"pairing": pairing, "nonce": "1" * 32}, origin)
    transcript = Transcript(SERVER, origin, pairing, "1" * 32, begun["nonce"])
    client_key = hmac.digest(TOKEN, b"coltiva client key", "sha256")
    stored = hashlib.sha256(client_key).digest()
    assert begun["proof"] == transcript.proof(verifier_of(TOKEN)[1], "server").hex()
    proof = bytes(a ^ b for a, b in zip(client_key, transcript.proof(stored, "client"), strict=True))
    assert post(client, "/sessions", {"nonce": begun["nonce"], "proof": proof.hex()}, origin)[0] == 201
    keys = session_keys(client_key, transcript)
    return keys.token, keys.answer_key


def test_only_paired_origins_may_read_across_origins(app: Flask) -> None:
    """CORS names the exact origin of a paired extension and nobody else's, never a star, never credentials; before and after."""
    client = app.test_client()
    preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}

    def shared(origin: str, method: str) -> dict[str, str]:
        headers = ({"Origin": origin} if origin else {}) | (preflight if method == "OPTIONS" else {})
        answer = client.open("/api/v1/lint" if method == "OPTIONS" else "/api/v1/health", method=method, headers=headers, base_url=SERVER)
        return {name: value for name, value in answer.headers if name.startswith("Access-Control")}

    for method in ("GET", "OPTIONS"):
        assert [origin for origin in (EXTENSION, *OTHERS) if shared(origin, method)] == []
    pairing = pair(app)
    for method in ("GET", "OPTIONS"):
        assert shared(EXTENSION, method)["Access-Control-Allow-Origin"] == EXTENSION
        assert "Access-Control-Allow-Credentials" not in shared(EXTENSION, method)
        assert [origin for origin in OTHERS if shared(origin, method)] == []
    app.extensions["coltiva_door"].paired.revoke(pairing)
    assert shared(EXTENSION, "GET") == {}


def test_a_session_reads_and_proves_each_answer(app: Flask) -> None:
    """The token of a proved session lets its own origin in, and the answer carries the server's proof."""
    token, answer_key = begin_session(app, pair(app))
    headers = {"Authorization": f"Bearer {token}", "X-Coltiva-Nonce": "2" * 32}
    client = app.test_client()
    for origin, status in ((EXTENSION, 200), (None, 200), ("chrome-extension://" + "a" * 32, 403)):
        answer = client.get("/api/v1/contacts", headers=headers | ({"Origin": origin} if origin else {}), base_url=SERVER)
        assert answer.status_code == status
        assert (answer.headers.get("X-Coltiva-Proof") == answer_proof(answer_key, "2" * 32, status)) == (status == 200)


def test_a_session_of_another_origin_is_refused(app: Flask) -> None:
    """A token is bound to the exact origin that was paired, even where another origin is paired too."""
    other = "chrome-extension://" + "b" * 32
    token, _ = begin_session(app, pair(app))
    pair(app, other)
    status, _ = post(app.test_client(), "/lint", {"text": "Hi"}, other, Authorization=f"Bearer {token}")
    assert status == 401


def test_revoking_ends_the_session_at_once(app: Flask) -> None:
    """A page lists and revokes a pairing; the extension's running session is refused from then on."""
    pairing = pair(app)
    token, _ = begin_session(app, pairing)
    page = signed_in(app)
    (listed,) = page.get("/api/v1/pairings", base_url=SERVER).get_json()["pairings"]
    assert (listed["id"], listed["origin"], set(listed)) == (pairing, EXTENSION, {"id", "name", "origin", "paired_on"})
    assert post(app.test_client(), "/lint", {"text": "Hi"}, Authorization=f"Bearer {token}")[0] == 200
    assert page.delete(f"/api/v1/pairings/{pairing}", json={}, base_url=SERVER).status_code == 200
    assert post(app.test_client(), "/lint", {"text": "Hi"}, Authorization=f"Bearer {token}")[1]["error"]["code"] == "not_paired"


def test_what_an_extension_may_not_do(app: Flask) -> None:
    """A paired extension makes no code, lists no others, and revokes nobody but itself; it may ask for a link."""
    token, _ = begin_session(app, pair(app))
    other = pair(app)
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}", "Origin": EXTENSION}
    assert post(client, "/pairing/code", {}, Authorization=f"Bearer {token}")[0] == 403
    assert client.get("/api/v1/pairings", headers=headers, base_url=SERVER).status_code == 403
    assert client.delete(f"/api/v1/pairings/{other}", json={}, headers=headers, base_url=SERVER).status_code == 403
    status, made = post(client, "/links", {"to": "/contacts"}, Authorization=f"Bearer {token}")
    assert (status, made["link"].endswith("?to=/contacts")) == (201, True)


@pytest.mark.parametrize("seconds", [LINK_MINUTES * 60 + 1, -5])
def test_a_link_ends(app: Flask, clock: Clock, seconds: int) -> None:
    """A link is void once it is old, and where the clock has been put back; before that it works once."""
    door = app.extensions["coltiva_door"]
    late, good = door.links.mint(), door.links.mint()
    assert door.links.redeem(good)
    assert not door.links.redeem(good)
    clock.now += seconds
    assert not door.links.redeem(late)


@pytest.mark.parametrize("seconds", [CODE_MINUTES * 60 + 1, -5])
def test_a_code_ends(app: Flask, clock: Clock, seconds: int) -> None:
    """A code is void once it is old, and where the clock has been put back."""
    door = app.extensions["coltiva_door"]
    door.codes.make()
    assert door.codes.key() is not None
    clock.now += seconds
    assert door.codes.key() is None


def test_the_same_code_is_shown_until_it_is_nearly_over(app: Flask, clock: Clock) -> None:
    """What the terminal shows and what the page shows is one code, with the minutes that are left; later it is a new one."""
    codes = app.extensions["coltiva_door"].codes
    first = codes.make()
    assert codes.show() == (first, CODE_MINUTES)
    clock.now += (CODE_MINUTES - 3) * 60
    assert codes.show() == (first, 3)
    clock.now += 2 * 60
    assert (codes.show()[0] == first, codes.show()[1]) == (False, CODE_MINUTES)
    codes.take()
    assert codes.show()[1] == CODE_MINUTES


def test_an_idle_session_ends(app: Flask, clock: Clock) -> None:
    """A session that was not used for long is over; one that is used goes on."""
    token, _ = begin_session(app, pair(app))
    door = app.extensions["coltiva_door"]
    for _ in range(3):
        clock.now += EXTENSION_IDLE_SECONDS - 1
        assert door.extension_session(token) is not None
    clock.now += EXTENSION_IDLE_SECONDS + 1
    assert door.extension_session(token) is None


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "/%09/evil.example", "javascript:alert(1)", "/a b", "/\n//x"])
def test_a_link_leads_nowhere_else(app: Flask, to: str) -> None:
    """Whatever a link says, it goes on to a path of this server."""
    door = app.extensions["coltiva_door"]
    page = app.test_client().get(f"/open/{door.links.mint()}", query_string={"to": to}, base_url=SERVER)
    assert 'name="coltiva-to" content="/"' in page.text


@pytest.mark.parametrize(("language", "words"), [("en", "These pages are locked"), ("it", "Queste pagine sono chiuse"), ("de", "Diese Seiten sind verschlossen")])
def test_who_comes_without_a_session_is_told_how(app: Flask, language: str, words: str) -> None:
    """Pages and API say in the user's language how to get in, and show nothing stored."""
    client = app.test_client()
    page = client.get("/contacts", headers={"Accept-Language": language}, base_url=SERVER)
    assert (page.status_code, words in page.text, "coltiva open" in page.text) == (401, True, True)
    answer = client.get("/api/v1/contacts", headers={"Accept-Language": language}, base_url=SERVER)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (401, "no_session")
    assert "coltiva open" in answer.get_json()["error"]["message"]


def test_the_lint_of_strangers_knows_nobody(app: Flask) -> None:
    """Without a session a text may be linted, but not for a stored contact."""
    client = app.test_client()
    assert post(client, "/lint", {"text": "Hi", "contact": {"name": "Ivan"}}, "")[0] == 200
    for field in ("id", "profile", "email"):
        assert post(client, "/lint", {"text": "Hi", "contact": {field: "x"}}, "")[1]["error"]["code"] == "no_session"
