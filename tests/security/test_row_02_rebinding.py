"""Row 2: a name of the attacker that points to this machine, and requests whose Host is odd."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from coltiva import cli, serving
from coltiva.web.guard import Guard

from .evidence import Evidence
from .rig import EVIL, Target, nothing

ATTEMPTS = {
    "reading": "() => fetch('/api/v1/health').then((r) => r.ok)",
    "linting": """() => fetch('/api/v1/lint', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"text": "Hi"}' }).then((r) => r.ok)""",
    "framing": "() => fetch('/', { headers: { 'Sec-Test': '1' } }).then((r) => r.ok)",
}


def test_a_rebound_name(victim: BrowserContext, target: Target, monkeypatch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    """A page whose name was rebound to the port reads nothing, not even what needs no session; without the guard it does."""

    def harm() -> int:
        page = victim.new_page()
        page.goto(f"http://{EVIL}:{target.port}/api/v1/health")
        return sum(page.evaluate(attempt) for attempt in ATTEMPTS.values())

    got_in = harm()
    monkeypatch.setattr(Guard, "check", nothing)
    evidence.add(2, "a name rebound to this machine", len(ATTEMPTS), got_in, "the check of Host and Origin", harm())


def answer(port: int, request: str) -> int:
    """Send bytes as they stand and return the status."""
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(request.encode("latin-1"))
        status = connection.recv(4096).split(b" ", 2)[1]
        return int(status)


def test_odd_hosts(target: Target, monkeypatch: pytest.MonkeyPatch, evidence: Evidence) -> None:
    """Missing, doubled, foreign, portless and absolute Hosts are refused; the right one is not."""
    port, path = target.port, "/api/v1/health"
    good = f"Host: 127.0.0.1:{port}\r\n"
    requests = [
        f"GET {path} HTTP/1.1\r\n\r\n",
        f"GET {path} HTTP/1.0\r\n\r\n",
        f"GET {path} HTTP/1.1\r\n{good}Host: {EVIL}\r\n\r\n",
        f"GET {path} HTTP/1.1\r\nHost: {EVIL}\r\n{good}\r\n",
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}.{EVIL}\r\n\r\n",
        f"GET {path} HTTP/1.1\r\nHost: {EVIL}:{port}\r\n\r\n",
        f"GET http://{EVIL}{path} HTTP/1.1\r\nHost: {EVIL}\r\n\r\n",
        f"GET {path} HTTP/1.1\r\nHost: 0.0.0.0:{port}\r\n\r\n",
        f"GET {path} HTTP/1.1\r\nHost: [::1]:{port}\r\n\r\n",
    ]
    assert answer(port, f"GET {path} HTTP/1.1\r\n{good}Connection: close\r\n\r\n") == 200
    got_in = sum(answer(port, request) < 400 for request in requests)
    monkeypatch.setattr(Guard, "check", nothing)
    evidence.add(2, "a Host that is missing, doubled or foreign", len(requests), got_in, "the check of Host and Origin", sum(answer(port, request) < 400 for request in requests))


def test_only_loopback_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``coltiva serve`` listens on this machine's own address, and has no option for another."""
    asked: list[str] = []
    monkeypatch.setenv("COLTIVA_DATA", str(tmp_path))
    monkeypatch.setattr(serving, "serve", lambda host, *_, **__: asked.append(host))
    assert cli.main(["serve", "--port", "7399"]) == 0
    assert asked == ["127.0.0.1"]
    with pytest.raises(SystemExit):
        cli.main(["serve", "--host", "0.0.0.0"])
