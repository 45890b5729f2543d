"""Row 10: another user of this machine, and a program that has taken the server's port."""

from __future__ import annotations

import http.server
import json
import os
import socket
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright

from coltiva import __version__
from coltiva.access import PageSessions, PairedExtensions, PairingCodes, neighbours
from coltiva.access.proofs import verifier_of
from coltiva.cli import main
from coltiva.web import doorkeeper

from ..browser.conftest import EXTENSION, SITE, launch, worker_of
from ..scenes import SCENES
from .evidence import Evidence
from .rig import CANARY, Target, raw, weakened_extension

TEXT, _ = SCENES["en"]


def test_nothing_is_open_to_other_users(target: Target) -> None:
    """Every file below the data folder is the user's alone, and so is every folder."""
    target.door.codes.make()
    target.door.paired.add("chrome-extension://" + "a" * 32, "x", "2026-05-14", ("0" * 64, "0" * 64))
    os.umask(0o000)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (target.data, *target.data.rglob("*"))}
    os.umask(0o022)
    assert len(modes) > 8
    assert {path for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == set()


def test_the_store_holds_no_token(target: Target) -> None:
    """What is kept of a pairing proves nobody: the extension's token is not in it, nor what is sent."""
    token = bytes(range(32))
    stored, server = (key.hex() for key in verifier_of(token))
    target.door.paired.add("chrome-extension://" + "a" * 32, "x", "2026-05-14", (stored, server))
    (path,) = (target.data / "access").glob("paired-*.json")
    assert token.hex() not in path.read_text("utf-8")
    for value in (stored, server):
        status, _ = raw(target.port, "GET", "/api/v1/contacts", Host=f"127.0.0.1:{target.port}", Authorization=f"Bearer {value}")
        assert status == 401


def answer_to(
    target: Target, monkeypatch: pytest.MonkeyPatch, table: Path, family: socket.AddressFamily, user: int | None, path: str, *headers: str
) -> bytes:
    """Ask over a connection that the system's table shows as *user*'s; None: as the system has it."""
    with socket.socket(family) as connection:
        connection.settimeout(10)
        connection.connect(("127.0.0.1" if family is socket.AF_INET else "::ffff:127.0.0.1", target.port))
        name = "tcp" if family is socket.AF_INET else "tcp6"
        lines = Path("/proc/net", name).read_text("ascii").splitlines()
        here = f":{connection.getsockname()[1]:04X}"
        rows = [line.split() for line in lines]
        assert any(row[1].endswith(here) for row in rows[1:])
        table.write_text("\n".join(" ".join([*row[:7], str(user), *row[8:]] if user is not None and row[1].endswith(here) else row) for row in rows), "ascii")
        monkeypatch.setattr(neighbours, "TABLES", (Path("/nowhere"), table))
        lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{target.port}", "Connection: close", *headers, "", "")
        connection.sendall("\r\n".join(lines).encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def opens(target: Target, monkeypatch: pytest.MonkeyPatch, table: Path, family: socket.AddressFamily, user: int | None) -> bool:
    """Open a fresh link over a connection of *user*."""
    secret = target.door.links.mint()
    opened = b"Set-Cookie" in answer_to(target, monkeypatch, table, family, user, f"/open/{secret}")
    assert opened is (target.door.open_link(secret) is None), "a link that was refused stays good, one that opened is used up"
    return opened


def test_a_link_opens_for_its_user_alone(target: Target, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, evidence: Evidence) -> None:
    """Another user who has seen a link in the list of processes opens nothing with it, over IPv4 or IPv6; its owner does."""
    table, families = tmp_path / "table", (socket.AF_INET, socket.AF_INET6)
    other = os.getuid() + 1
    got_in = [opens(target, monkeypatch, table, family, other) for family in families]
    assert all(opens(target, monkeypatch, table, family, None) for family in families)
    monkeypatch.setattr(sys.modules["coltiva.web.entry_routes"], "is_other_user", lambda *_: False)
    then = [opens(target, monkeypatch, table, family, other) for family in families]
    evidence.add(10, "another user of this machine opens a one-time link", len(got_in), sum(got_in), "the check of the user's id", sum(then))


def test_what_a_false_server_hears_opens_for_the_user_alone(
    target: Target, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, evidence: Evidence
) -> None:
    """Cookie and secret, which a program of another user hears on the port while the server is away, open nothing for it afterwards."""
    table, families = tmp_path / "table", (socket.AF_INET, socket.AF_INET6)
    keys = target.door.open_link(target.door.links.mint())
    assert keys is not None
    heard = (f"Cookie: coltiva-{target.port}={keys.id}", f"X-Coltiva-CSRF: {keys.secret}")

    def reads(family: socket.AddressFamily, user: int | None) -> bool:
        return CANARY.encode() in answer_to(target, monkeypatch, table, family, user, "/api/v1/contacts", *heard)

    # The server is started again: of what was begun before it knows the files alone.
    target.door.pages = PageSessions(target.data, time.time)
    other = os.getuid() + 1
    got_in = [reads(family, other) for family in families]
    assert all(reads(family, None) for family in families), "the user goes on"
    monkeypatch.setattr(doorkeeper, "is_own_user", lambda *_: True)
    then = [reads(family, other) for family in families]
    evidence.add(10, "another user takes up a session that a false server has heard", len(got_in), sum(got_in), "the check of the user's id", sum(then))


def test_whose_a_connection_is_is_asked_once(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows on a connection of the user's costs no further look at the system's tables; the next connection does."""
    keys = target.door.open_link(target.door.links.mint())
    assert keys is not None
    target.door.pages = PageSessions(target.data, time.time)
    asked: list[object] = []
    monkeypatch.setattr(doorkeeper, "is_own_user", lambda *ends: asked.append(ends) or True)
    headers = {"Host": f"127.0.0.1:{target.port}", "Cookie": f"coltiva-{target.port}={keys.id}", "X-Coltiva-CSRF": keys.secret}
    for connections in (1, 2):
        connection = HTTPConnection("127.0.0.1", target.port, timeout=10)
        for _ in range(3):
            connection.request("GET", "/api/v1/contacts", headers=headers)
            response = connection.getresponse()
            assert (response.status, CANARY in response.read().decode()) == (200, True)
        connection.close()
        assert len(asked) == connections


def test_who_cannot_be_told_is_no_other_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system keeps no table nobody is refused; where it lists this end alone, the other is a stranger's."""
    ends = (("127.0.0.1", 50_000), ("127.0.0.1", 7333))
    table = tmp_path / "table"
    monkeypatch.setattr(neighbours, "TABLES", (table,))
    assert not neighbours.is_other_user(*ends)
    assert not neighbours.is_own_user(*ends), "what was begun before the server goes on for its own user alone"
    table.write_text("head\nodd line\n 0: zz:zz yy:yy 01 0 0 0 0\n", "ascii")
    assert not neighbours.is_other_user(*ends)
    host = f"{int.from_bytes(bytes([127, 0, 0, 1]), sys.byteorder):08X}"
    table.write_text(f"head\n 0: {host}:{7333:04X} {host}:{50_000:04X} 01 0:0 0:0 0 0 0 0\n", "ascii")
    assert neighbours.is_other_user(*ends)


@contextmanager
def impostor() -> Iterator[tuple[str, list[str]]]:
    """Run a program that answers in Coltiva's place and keeps whatever it hears; yields its origin and that."""
    heard: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        """Answers everything as Coltiva might, over a connection that stays open."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Keep the request, and answer."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            heard.append(f"{self.path}\n{self.headers}\n{body}")
            answer = {"nonce": "0" * 32, "proof": "0" * 64, "salt": "0" * 32, "id": "0" * 12, "sites": [], "findings": [], "status": "ok", "version": __version__}
            data = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", heard
    server.shutdown()


def told(context: BrowserContext, target: Target) -> tuple[int, dict[str, object]]:
    """Type a message while an impostor sits on the port; returns how many secrets it heard, and what the user is told."""
    target.pair(context)
    worker = worker_of(context)
    page = context.new_page()
    page.goto(f"{SITE}/messaging.html")
    page.locator(".msg-form__contenteditable").click()
    page.keyboard.type("Hi")
    page.evaluate("() => new Promise((done) => setTimeout(done, 400))")
    stored = json.dumps(worker.evaluate("async () => [await chrome.storage.local.get('pairing'), await chrome.storage.session.get('session')]"))
    secrets = [word for word in stored.replace('"', " ").replace(",", " ").split() if len(word) == 64]
    assert len(secrets) == 3, "the token and the session's two keys"
    with impostor() as (origin, heard):
        worker.evaluate("origin => chrome.storage.local.set({ serverOrigin: origin })", origin)
        page.keyboard.type(TEXT[:60])
        options = context.new_page()
        options.goto(f"chrome-extension://{worker.url.split('/')[2]}/options/options.html")
        state = options.evaluate("() => chrome.runtime.sendMessage({ type: 'server-state' })")
        everything = "\n".join(heard)
        assert "/api/v1/sessions/begin" in everything or "Authorization" in everything, "the impostor was never asked"
        return sum(secret in everything for secret in (*secrets, TEXT[:30])), state


def test_an_impostor_learns_nothing(playwright: Playwright, pages_port: int, target: Target, tmp_path: Path, evidence: Evidence) -> None:
    """It hears neither token, session nor message, and the user is told; without the proof it hears the message."""
    context = launch(playwright, tmp_path / "a", pages_port)
    got_in, state = told(context, target)
    context.close()
    assert state["problem"]["code"] == "impostor"
    credulous = ("background/pairing.js", r"if \(toHex\(await proofOf\(transcript, serverKey, 'server'\)\) !== begun\.proof\) throw new PairingError\('impostor'\);", "")
    context = launch(playwright, tmp_path / "b", pages_port, extension=weakened_extension(tmp_path, credulous))
    then, _ = told(context, target)
    context.close()
    evidence.add(10, "a program on the server's port hears token, session or message", 4, got_in, "the server's proof", then)


def test_an_impostor_learns_no_code(playwright: Playwright, pages_port: int, tmp_path: Path) -> None:
    """A code typed while an impostor answers is not sent, nor anything that it could be found from."""
    context = launch(playwright, tmp_path / "a", pages_port, extension=EXTENSION)
    with impostor() as (origin, heard):
        worker = worker_of(context)
        worker.evaluate("origin => chrome.storage.local.set({ serverOrigin: origin })", origin)
        page = context.new_page()
        page.goto(f"chrome-extension://{worker.url.split('/')[2]}/options/options.html")
        answer = page.evaluate("() => chrome.runtime.sendMessage({ type: 'pair', code: 'ABCD-2345', name: '' })")
        assert answer["problem"]["code"] == "wrong_code"
        pairing = [request for request in heard if "/pairing" in request]
        assert [request.partition("\n")[0] for request in pairing] == ["/api/v1/pairing/begin"]
        assert set(json.loads(pairing[0].rpartition("\n")[2])) == {"nonce"}
    context.close()


def test_commands_pair_and_revoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], target: Target) -> None:
    """A code is shown, pairings are listed and revoked, and a server that runs lets a revoked one in no more."""
    monkeypatch.setenv("COLTIVA_DATA", str(target.data))
    assert main(["pair"]) == 0
    assert "Code: " in capsys.readouterr().out
    assert PairingCodes(target.data, lambda: 4e9).key() is None
    paired = PairedExtensions(target.data).add("chrome-extension://" + "a" * 32, "Chromium", "2026-05-14", ("0" * 64, "0" * 64))
    assert target.door.paired.is_paired(paired.origin)
    main(["paired", "list"])
    assert f"{paired.id}  2026-05-14  Chromium" in capsys.readouterr().out
    assert main(["paired", "revoke", paired.id]) == 0
    assert not target.door.paired.is_paired(paired.origin)
    assert main(["paired", "revoke", "../contacts"]) == 2
    assert main(["open", "--print", "/contacts"]) == 0
    link = capsys.readouterr().out.strip()
    status, text = raw(target.port, "GET", link.partition(str(target.port))[2], Host=f"127.0.0.1:{target.port}")
    assert (status, 'content="/contacts"' in text) == (200, True)
    assert raw(target.port, "GET", link.partition(str(target.port))[2], Host=f"127.0.0.1:{target.port}")[0] == 403
