"""Rows 11 to 18: what people write, what floods, what is logged, and what goes out."""

from __future__ import annotations

import errno
import json
import logging
import re
import socket
import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright

from coltiva import cli
from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact, Direction, Event, EventKind, Note, Promise
from coltiva.editing import in_turn, with_events, with_item
from coltiva.library import Library
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from coltiva.web import MAX_BODY_BYTES

from ..browser.conftest import EXTENSION, launch, worker_of
from ..conftest import TODAY
from .evidence import Evidence
from .rig import CANARY, Target, raw, weakened_extension

PAYLOADS = (
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "\"><svg onload=alert(1)>", "javascript:alert(1)",
    "</script><script>alert(1)</script>", "{{7*7}}", "<iframe srcdoc='<script>alert(1)</script>'>", "<a href=javascript:alert(1)>x</a>",
)


def test_row_11_what_people_write_is_text(victim: BrowserContext, target: Target) -> None:
    """Markup in every field shows as it was written; no dialog opens, nothing runs and nothing is asked for elsewhere."""
    for payload in PAYLOADS:
        (contact_id,) = target.store.create(Contact(payload, payload, payload)).contacts
        target.store.update(contact_id, "edited", in_turn((
            with_events(Event("e", TODAY, EventKind.CALL, Direction.BOTH, payload)), with_item(Note("n", TODAY, payload)), with_item(Promise("p", TODAY, payload)),
        )))
    page = victim.new_page()
    problems: list[str] = []
    page.on("dialog", lambda dialog: problems.append(dialog.message))
    page.on("request", lambda request: problems.append(request.url) if not request.url.startswith(target.origin) else None)
    for summary in target.store.summaries():
        page.goto(f"{target.origin}/contacts#{summary.id}")
        page.reload()
        page.locator("#name").wait_for()
        assert page.locator("#name").inner_text() == (summary.name or "")
    assert page.locator("#people li").count() == len(PAYLOADS) + 1
    assert page.evaluate("document.querySelectorAll('svg[onload], img[onerror], iframe, #people script').length") == 0
    assert problems == []


def test_row_11_no_markup_is_made_from_text() -> None:
    """No script of ours turns text into markup or code, and no template lets text through unescaped."""
    root = EXTENSION.parent
    scripts = [*EXTENSION.rglob("*.js"), *(root / "server").rglob("*.js")]
    banned = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|DOMParser|createContextualFragment|\.setHTML")
    assert scripts
    assert [path.name for path in scripts if banned.search(path.read_text("utf-8"))] == []
    templates = list((root / "server").rglob("templates/*.html"))
    assert templates
    assert [path.name for path in templates if re.search(r"\|\s*safe|autoescape|<script(?![^>]*\b(src=|type=\"application/json\"))", path.read_text("utf-8"))] == []


def test_row_12_uploads_are_capped_while_they_come(target: Target) -> None:
    """A piece beyond its cap and a file beyond its own size are refused; archives are shown in tests/importers/test_sources.py."""
    link = target.door.open_link(target.door.links.mint())
    assert link is not None
    known = {"Host": f"127.0.0.1:{target.port}", "Cookie": f"coltiva-{target.port}={link.id}", "X_Coltiva_CSRF": link.secret}
    status, text = raw(target.port, "POST", "/api/v1/imports", {"files": [{"name": "../../etc/passwd", "size": 10}]}, **known)
    assert status == 201
    job = json.loads(text)["id"]
    inside = [path.relative_to(target.data).parts[0] for path in target.data.rglob("passwd")]
    assert inside == ["uploads"]
    status, _ = raw(target.port, "PUT", f"/api/v1/imports/{job}/files/0?offset=0", "x" * 100, **known | {"Content_Type": "application/octet-stream"})
    assert status == 400


def test_row_15_two_servers_and_one_folder(target: Target, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A second server on the same data is told who is there, and changes nothing."""
    monkeypatch.setenv("COLTIVA_DATA", str(target.data))
    assert cli.main(["serve", "--port", "7399"]) == 2
    assert "in use by a test" in capsys.readouterr().err


def test_row_16_large_and_endless_bodies(target: Target) -> None:
    """A body beyond the cap gets 413, a body without end is cut off, and the server goes on answering."""
    host = f"127.0.0.1:{target.port}"
    assert raw(target.port, "POST", "/api/v1/lint", {"text": "x" * MAX_BODY_BYTES}, Host=host)[0] == 413
    with socket.create_connection(("127.0.0.1", target.port), 10) as endless:
        endless.sendall(f"POST /api/v1/lint HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n".encode())
        assert b" 413 " in endless.recv(200)
    assert raw(target.port, "GET", "/api/v1/health", Host=host)[0] == 200


def test_row_16_slow_clients_hold_nobody_up(target: Target) -> None:
    """Fifty connections that never finish their request leave the server answering others."""
    slow = [socket.create_connection(("127.0.0.1", target.port), 10) for _ in range(50)]
    for one in slow:
        one.sendall(b"POST /api/v1/lint HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{")
    try:
        assert raw(target.port, "GET", "/api/v1/health", Host=f"127.0.0.1:{target.port}")[0] == 200
    finally:
        for one in slow:
            one.close()


@pytest.mark.parametrize("text", ["a" * 19_000, "(" * 19_000, "can you " * 2_400, "!?" * 9_500, "\u0301" * 19_000, "https://a.b/" * 1_600, "👩‍👩‍👧" * 2_500])
def test_row_16_no_text_runs_away(library: Library, text: str) -> None:
    """Work on a text that is built to hurt grows with its length, not with its square: twice the text, not four times the steps."""
    reviewer = Reviewer(library)
    half, whole = (_steps(reviewer, part) for part in (text[: len(text) // 2], text))
    assert whole < 3 * half + 20_000, (half, whole)


def _steps(reviewer: Reviewer, text: str) -> int:
    """Return how many calls a review makes."""
    request = request_from_json({"text": text, "language": "en", "rewrites": False}, today=TODAY)
    reviewer.review(request)
    count = 0

    def tick(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tick)
    try:
        reviewer.review(request_from_json({"text": text + " ", "language": "en", "rewrites": False}, today=TODAY))
    finally:
        sys.setprofile(None)
    return count


def test_row_17_the_log_holds_nothing_private(target: Target, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], evidence: Evidence) -> None:
    """Requests of every kind, and faults in the middle of them, log no message, note, name, link, code or token."""
    caplog.set_level(logging.DEBUG)
    host = {"Host": f"127.0.0.1:{target.port}"}

    def run() -> int:
        caplog.clear()
        session = target.door.open_link(target.door.links.mint())
        assert session is not None
        known = host | {"Cookie": f"coltiva-{target.port}={session.id}", "X_Coltiva_CSRF": session.secret}
        raw(target.port, "POST", "/api/v1/lint", {"text": f"{CANARY}\r\nFAKE line"}, **known)
        raw(target.port, "POST", "/api/v1/contacts", {"name": CANARY, "emails": [CANARY]}, **known)
        raw(target.port, "GET", f"/api/v1/contacts?q={CANARY}", **known)
        raw(target.port, "GET", f"/open/{CANARY}", **host)
        raw(target.port, "GET", "/api/v1/contacts", **host | {"Authorization": f"Bearer {CANARY}"})
        with monkeypatch.context() as broken:
            broken.setattr(Reviewer, "review", _fail)
            raw(target.port, "POST", "/api/v1/lint", {"text": CANARY}, **known)
            broken.setattr(ContactStore, "search", _fail)
            raw(target.port, "GET", f"/api/v1/contacts?q={CANARY}", **known)
        written = capfd.readouterr()
        lines = f"{caplog.text}\n{written.out}\n{written.err}"
        assert "failed: ValueError" in lines, "the faults were not logged at all"
        return sum(word in lines for word in (CANARY, session.id, session.secret, "FAKE line"))

    got_in = run()
    monkeypatch.setattr(logging.Logger, "handle", _tell_the_exception)
    evidence.add(17, "a log line holds a message, a name or a secret", 4, got_in, "the rule that only an error's type is logged", run())


def _fail(*arguments: object, **_: object) -> None:
    raise ValueError(f"{arguments[-1]} {CANARY}")


def _tell_the_exception(self: logging.Logger, record: logging.LogRecord) -> None:
    record.msg = f"{record.getMessage()} {sys.exc_info()[1]}"
    record.args = ()
    self.callHandlers(record)


def test_row_18_nothing_goes_out_of_server_and_commands(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], evidence: Evidence
) -> None:
    """With every connection and look-up of a name watched, serving and all commands stay on this machine."""
    sought: list[object] = []

    def watched(real, is_address: bool):
        def call(*arguments, **options):
            place = arguments[1] if is_address else arguments[0]
            host = place[0] if isinstance(place, tuple) else place
            if host not in ("127.0.0.1", "localhost", None) and not isinstance(host, bytes):
                sought.append(host)
            return real(*arguments, **options)
        return call

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, watched(getattr(socket.socket, name), True), raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", watched(socket.getaddrinfo, False))
    monkeypatch.setattr(socket, "gethostbyname", watched(socket.gethostbyname, False))
    monkeypatch.setenv("COLTIVA_DATA", str(tmp_path / "other"))
    message, cards = tmp_path / "message.txt", tmp_path / "a.vcf"
    message.write_text("Can you introduce me to https://example.org/x and mail a@example.org?", encoding="utf-8")
    cards.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:A One\nPHOTO;VALUE=uri:http://example.org/p.png\nEMAIL:a@example.org\nEND:VCARD\n", encoding="utf-8")
    commands = [
        ["lint", str(message)], ["lint", str(message), "--format", "json"], ["import", str(cards)], ["contacts", "list"], ["contacts", "tending"],
        ["contacts", "backup"], ["contacts", "where"], ["export", str(tmp_path / "out.json")], ["rules", "check", "it"], ["pair"], ["paired", "list"],
    ]
    for command in commands:
        assert cli.main(command) in (0, 1), (command, capsys.readouterr())
    for path in ("/api/v1/health", "/api/v1/sites", "/", "/static/base.css"):
        assert raw(target.port, "GET", path, Host=f"127.0.0.1:{target.port}")[0] == 200
    got_out, tried = len(sought), len(commands) + 4
    with pytest.raises(OSError, match=r"."):
        socket.create_connection(("192.0.2.1", 9), 0.01)
    evidence.add(18, "server or command reaches another machine", tried, got_out, "nothing; a connection made on purpose", len(sought) - got_out)


REACHES = """async ([port, path]) => { const reach = (url) => fetch(url, { mode: 'no-cors' }).then(() => 1, () => 0);
  return await reach(`http://localhost:${port}${path}`) + await reach('https://www.linkedin.com/'); }"""


def test_row_18_the_extension_talks_to_loopback_alone(
    playwright: Playwright, tmp_path: Path, pages_port: int, target: Target, evidence: Evidence
) -> None:
    """Not even code of the extension itself can reach another address, worker and pages alike; with another policy it can."""

    def reached(context: BrowserContext) -> int:
        worker = worker_of(context)
        page = context.new_page()
        page.goto(f"chrome-extension://{worker.url.split('/')[2]}/options/options.html")
        return sum(place.evaluate(REACHES, [target.port, "/api/v1/health"]) for place in (worker, page))

    context = launch(playwright, tmp_path / "a", pages_port)
    got_out = reached(context)
    context.close()
    loose = ("manifest.json", r"connect-src http://127\.0\.0\.1:\*", "connect-src *")
    context = launch(playwright, tmp_path / "b", pages_port, extension=weakened_extension(tmp_path, loose))
    evidence.add(18, "the extension reaches another address", 4, got_out, "the policy of its pages", reached(context))
    context.close()


def test_row_18_no_code_from_elsewhere() -> None:
    """The manifest allows scripts of the extension itself alone, and no dependency of the extension exists."""
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    policy = manifest["content_security_policy"]["extension_pages"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "externally_connectable" not in manifest
    assert not [path for path in EXTENSION.rglob("*") if path.name in ("node_modules", "package.json")]
    assert not [path.name for path in EXTENSION.rglob("*.html") if re.search(r"(src|href)=\"https?:", path.read_text("utf-8"))]


def test_a_full_and_a_read_only_disk_are_told(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that does not fit, or may not be made, answers 507 with the reason; what was there stays."""
    session = target.door.open_link(target.door.links.mint())
    assert session is not None
    known = {"Host": f"127.0.0.1:{target.port}", "Cookie": f"coltiva-{target.port}={session.id}", "X_Coltiva_CSRF": session.secret}
    for code, words in ((errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system")):
        with monkeypatch.context() as broken:
            def refuse(*_: object, code: int = code, words: str = words) -> None:
                raise OSError(code, words)

            broken.setattr("coltiva.contact_store.durable.os.write", refuse)
            status, text = raw(target.port, "POST", "/api/v1/contacts", {"name": "New"}, **known)
        assert (status, words in text) == (507, True), text
    assert target.contacts() == 1
    assert raw(target.port, "POST", "/api/v1/contacts", {"name": "New"}, **known)[0] == 201

