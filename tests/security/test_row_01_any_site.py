"""Row 1: a page of any site sends requests to the port, in the browser of a user who is signed in."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from coltiva.web.doorkeeper import Doorkeeper
from coltiva.web.guard import Guard

from .evidence import Evidence
from .rig import CANARY, EVIL, Target, nothing

# Each tries to write a contact or to read the one that is stored, and returns what it could read.
SHAPES = {
    "fetch": "(url) => fetch(url + '/api/v1/contacts', { credentials: 'include' }).then((r) => r.text()).catch(() => '')",
    "fetch with a preflight": """(url) => fetch(url + '/api/v1/contacts', { method: 'POST', credentials: 'include',
      headers: { 'Content-Type': 'application/json' }, body: '{"name": "attacker"}' }).then((r) => r.text()).catch(() => '')""",
    "no-cors post of text": """(url) => fetch(url + '/api/v1/contacts', { method: 'POST', mode: 'no-cors', credentials: 'include',
      headers: { 'Content-Type': 'text/plain' }, body: '{"name": "attacker"}' }).then((r) => r.text()).catch(() => '')""",
    "beacon": """async (url) => { navigator.sendBeacon(url + '/api/v1/contacts', new Blob(['{"name": "attacker"}'], { type: 'text/plain' }));
      await fetch(url + '/health', { mode: 'no-cors' }).catch(() => ''); return ''; }""",
    "script tag": """(url) => new Promise((done) => { const script = document.createElement('script'); script.src = url + '/api/v1/export/contacts.json';
      script.onload = () => done('loaded'); script.onerror = () => done(''); document.head.append(script); })""",
    "frame": """(url) => new Promise((done) => { const frame = document.createElement('iframe'); frame.src = url + '/contacts';
      frame.onload = () => { try { done(frame.contentDocument.body.innerText); } catch { done(''); } }; document.body.append(frame); })""",
    "form": """(url) => new Promise((done) => { const frame = document.createElement('iframe'); frame.name = 'answer'; document.body.append(frame);
      const form = document.createElement('form'); form.method = 'post'; form.enctype = 'text/plain'; form.target = 'answer'; form.action = url + '/api/v1/contacts';
      const field = document.createElement('input'); field.name = '{"name": "attacker", "company": "'; field.value = '"}'; form.append(field);
      document.body.append(form); frame.onload = () => done(''); form.submit(); })""",
}


def harm(page: Page, target: Target) -> int:
    """Try every shape, and return how many wrote or read."""
    done = 0
    for shape in SHAPES.values():
        before = target.contacts()
        # Some shapes wait for an answer that browsers withhold.
        read = page.evaluate(f"(url) => Promise.race([({shape})(url), new Promise((done) => setTimeout(() => done(''), 1500))])", target.origin)
        done += CANARY in read or "loaded" in read or target.contacts() != before
    return done


def test_a_page_of_another_site(evil_page: Page, target: Target, monkeypatch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    """Seven shapes of request from another site write and read nothing; without guard and doorkeeper some do."""
    got_in = harm(evil_page, target)
    monkeypatch.setattr(Guard, "check", nothing)
    monkeypatch.setattr(Doorkeeper, "check", nothing)
    evidence.add(1, "a page of another site writes or reads contacts", len(SHAPES), got_in, "guard and sessions", harm(evil_page, target))


def test_a_page_of_another_port(victim: BrowserContext, evil_port: int, target: Target, monkeypatch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    """A page of another server on this machine, to which browsers do send the cookie, does no better."""
    page = victim.new_page()
    page.goto(f"http://127.0.0.1:{evil_port}/")
    got_in = harm(page, target)
    monkeypatch.setattr(Guard, "check", nothing)
    monkeypatch.setattr(Doorkeeper, "check", nothing)
    evidence.add(1, "a page on another port of this machine writes or reads contacts", len(SHAPES), got_in, "guard and sessions", harm(page, target))


def test_the_guard_alone_and_the_session_alone_suffice(evil_page: Page, target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the two defences holds by itself."""
    with monkeypatch.context() as without_guard:
        without_guard.setattr(Guard, "check", nothing)
        assert harm(evil_page, target) == 0
    monkeypatch.setattr(Doorkeeper, "check", nothing)
    assert harm(evil_page, target) == 0


def test_the_cookie_alone_reads_nothing(victim: BrowserContext, target: Target) -> None:
    """Whoever catches the cookie, as any server on this machine can, still lacks the secret."""
    (cookie,) = (c for c in victim.cookies() if c["name"] == f"coltiva-{target.port}")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    stolen = {"Cookie": f"{cookie['name']}={cookie['value']}"}
    page = victim.new_page()
    assert page.request.get(f"{target.origin}/contacts", headers=stolen).ok, "the cookie opens pages"
    assert CANARY not in page.request.get(f"{target.origin}/contacts", headers=stolen).text()
    assert page.request.get(f"{target.origin}/api/v1/contacts", headers=stolen).status == 401
    assert EVIL not in target.origin
