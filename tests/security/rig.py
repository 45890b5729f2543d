"""A server that can be attacked, with a person in it whom nobody else may see."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import BrowserContext

from coltiva.contacts import Contact
from coltiva.library import Library
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer

from ..browser.conftest import EXTENSION
from ..browser.in_process import ServerHere as Target
from ..browser.in_process import server_here
from ..conftest import TODAY
from ..scenes import SCENES

# A word that stands in the stored contact alone.
CANARY = "quokkafeather"
EVIL = "evil.example"


@contextmanager
def target_server(folder: Path, library: Library) -> Iterator[Target]:
    """Run a server with one contact, whose company is the canary; in this process, so that its defences can be taken out."""
    # Reading the rules takes longer than an attack waits.
    Reviewer(library).review(request_from_json({"text": SCENES["en"][0], "language": "en"}, today=TODAY))
    with server_here(folder, library) as target:
        target.store.create(Contact("Ivan Misner", CANARY, profiles=("https://www.linkedin.com/in/ivanmisner",)))
        yield target


@contextmanager
def attack_site(pages: dict[str, str]) -> Iterator[int]:
    """Serve pages of an attacker on any name; yields the port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        """Serves the pages, silently."""

        def do_GET(self) -> None:
            """Answer with the page of this path."""
            body = pages.get(self.path.partition("?")[0], "<!doctype html><title>attack</title>").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def weakened_extension(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """Return a copy of the extension in which defences are taken out.

    Args:
        changes: of each a file's path, a regular expression that must match in it, and what stands there instead.
    """
    copy = folder / "weakened"
    shutil.copytree(EXTENSION, copy)
    for name, old, new in changes:
        path = copy / name
        text, count = re.subn(old, new, path.read_text("utf-8"))
        assert count, f"{name} holds no {old!r} to take out"
        path.write_text(text, encoding="utf-8")
    return copy


def extension_id(context: BrowserContext) -> str:
    """Return the id of the extension that a browser has loaded."""
    worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
    return worker.url.split("/")[2]


def raw(port: int, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
    """Send one request as any program can; underscores in the names of headers stand for hyphens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    data = None if body is None else json.dumps(body)
    sent = {"Content-Type": "application/json"} if body is not None else {}
    connection.request(method, path, data, sent | {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    text = response.read().decode("utf-8", "replace")
    connection.close()
    return response.status, text


def nothing(*_: object) -> None:
    """Stand in for a check that has been taken out."""
