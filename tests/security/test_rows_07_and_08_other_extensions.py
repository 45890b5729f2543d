"""Rows 7 and 8: another extension talks to the port, and tries to be paired without the person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, Worker

from coltiva.access import CODE_MINUTES, MOST_ATTEMPTS, codes
from coltiva.web.doorkeeper import Doorkeeper

from ..browser.conftest import launch, worker_of
from .evidence import Evidence
from .other_extension import other_extension
from .rig import CANARY, Target, nothing

CALLS = """async (server) => { const json = { 'Content-Type': 'application/json' };
  const tries = [['/api/v1/contacts', {}], ['/api/v1/export/contacts.json', {}], ['/api/v1/pairings', {}], ['/api/v1/tending', {}],
    ['/api/v1/lint', { method: 'POST', headers: json, body: '{"text": "Hi"}' }],
    ['/api/v1/contacts', { method: 'POST', headers: json, body: '{"name": "attacker"}' }],
    ['/api/v1/pairing/code', { method: 'POST', headers: json, body: '{}' }],
    ['/api/v1/links', { method: 'POST', headers: json, body: '{"to": "/"}' }],
    ['/api/v1/contacts', { headers: { Authorization: 'Bearer ' + '0'.repeat(64) } }],
    ['/api/v1/contacts', { headers: { 'X-Coltiva-CSRF': 'guess' }, credentials: 'include' }]];
  const answers = await Promise.all(tries.map(([path, options]) => fetch(server + path, options).then((r) => r.ok, () => false)));
  return { tried: answers.length, ok: answers.filter(Boolean).length }; }"""


@pytest.fixture
def attacker(playwright: Playwright, tmp_path: Path, target: Target) -> Iterator[Worker]:
    """Yield the worker of the attacker's extension, in the browser of a user who is signed in."""
    context = launch(playwright, tmp_path / "profile", 1, extension=other_extension(tmp_path))
    target.sign_in(context.new_page())
    yield worker_of(context)
    context.close()


def test_another_extension(attacker: Worker, target: Target, monkeypatch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    """It reads and writes nothing, lint included; without the doorkeeper it does."""
    before = target.contacts()
    found = attacker.evaluate(CALLS, target.origin)
    assert target.contacts() == before
    monkeypatch.setattr(Doorkeeper, "check", nothing)
    then = attacker.evaluate(CALLS, target.origin)["ok"]
    evidence.add(7, "another extension reads or writes", found["tried"], found["ok"], "sessions and pairing", then)


def guesses(attacker: Worker, target: Target, code: str, count: int) -> list[str]:
    """Return what came of proofs without the code, and of the code itself after them."""
    tries = [attacker.evaluate("([server, guess]) => proveBlindly(server, guess)", [target.origin, str(i)]) for i in range(count)]
    return [*tries, attacker.evaluate("([server, code]) => tryCode(server, code)", [target.origin, code])]


def test_forced_pairing(attacker: Worker, target: Target, monkeypatch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    """After five wrong proofs the code is void, so that even the right one pairs nobody; without the cap guessing goes on."""
    count = MOST_ATTEMPTS + 3
    found = guesses(attacker, target, target.door.codes.make(), count)
    assert found == ["wrong_code"] * MOST_ATTEMPTS + ["no_code"] * 4
    assert target.door.paired.all() == []
    monkeypatch.setattr(codes, "MOST_ATTEMPTS", 10_000)
    then = guesses(attacker, target, target.door.codes.make(), count)
    evidence.add(8, "pairing by guessing goes on after five attempts", len(found), found.count("paired"), "the cap on attempts", then.count("paired"))


def test_a_code_is_not_used_twice_nor_late(attacker: Worker, target: Target, monkeypatch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    """A used code, an expired one, one from the future and none at all pair nobody."""
    used = target.door.codes.make()
    pairing = "([server, code]) => tryCode(server, code)"
    assert attacker.evaluate(pairing, [target.origin, used]) == "paired"
    found = [attacker.evaluate(pairing, [target.origin, used])]
    real = target.door.codes._now
    for seconds in (CODE_MINUTES * 60 + 1, -60):
        late = target.door.codes.make()
        target.door.codes._now = lambda seconds=seconds: real() + seconds
        found.append(attacker.evaluate(pairing, [target.origin, late]))
        target.door.codes._now = real
    assert found == ["no_code"] * 3
    fresh = target.door.codes.make()
    target.door.codes._now = lambda: real() + CODE_MINUTES * 60 + 1
    monkeypatch.setattr(codes, "CODE_MINUTES", 10_000)
    then = attacker.evaluate(pairing, [target.origin, fresh])
    evidence.add(8, "pairing by a code that was used or has run out", len(found), found.count("paired"), "the expiry", [then].count("paired"))


def test_a_page_cannot_pair(evil_page: Page, target: Target) -> None:
    """A page, even with the right code, is no extension: browsers write its Origin, and it is refused."""
    target.door.codes.make()
    status = evil_page.evaluate(
        """(url) => fetch(url + '/api/v1/pairing/begin', { method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ nonce: '0'.repeat(32) }) }).then((r) => r.status, () => 'refused')""", target.origin)
    assert status == "refused"
    assert CANARY not in evil_page.content()
