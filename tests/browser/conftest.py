"""A real server, pages that look like LinkedIn's on its own name, and a real Chromium with the extension."""

from __future__ import annotations

import datetime
import http.server
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Worker, expect, sync_playwright

from coltiva.access import PairingCodes, mint_link

from .editors import BUILT
from .firefox import Firefox, pair, running_firefox
from .install_browsers import find_chromium
from .programs import ended_with
from .site_names import SITE_NAMES

# A shared machine may hold an answer up for seconds; what never comes still fails.
expect.set_options(timeout=20_000)

HERE = Path(__file__).resolve().parent
EXTENSION = HERE.parents[1] / "extension"
SITE = "https://www.linkedin.com"
GMAIL = "https://mail.google.com"
# No graphics card is imitated and no process kept in reserve for pages: a third less to do, measured. Sites and the extension stay in processes of their own.
LEAN = ("--disable-gpu", "--disable-software-rasterizer", "--renderer-process-limit=1")
ADDRESSES = {
    "/in/": "profile.html", "/feed/": "profile.html", "/preload/custom-invite/": "custom-invite.html",
    "/messaging/thread/": "variants.html", "/messaging/": "drifted.html",
}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class RunningServer:
    """A server that runs: its origin, and the folder of its contacts."""

    origin: str
    data: Path

    def read_rules(self, language: str, text: str) -> None:
        """Let the first message of a language be read, which takes long on a machine that is busy."""
        body = json.dumps({"text": text, "language": language}).encode()
        request = urllib.request.Request(f"{self.origin}/api/v1/lint", body, {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=120).close()

    def link(self, path: str = "/") -> str:
        """Return a one-time link to one of the own pages, as ``coltiva open`` makes it."""
        secret = mint_link(self.data, time.time())
        assert secret is not None
        return f"{self.origin}/open/{secret}?to={path}"

    def sign_in(self, tab: Page, path: str = "/") -> None:
        """Open one of the own pages behind a one-time link."""
        tab.goto(self.link(path))
        tab.wait_for_url(self.origin + path)

    @staticmethod
    def headers(tab: Page) -> dict[str, str]:
        """Return what a request beside the page's own scripts must carry, of a tab that is signed in."""
        return {"X-Coltiva-CSRF": tab.evaluate("localStorage.getItem('coltiva-session')")}

    def new_code(self) -> str:
        """Return a pairing code, as ``coltiva pair`` makes it."""
        return PairingCodes(self.data, time.time).make()

    def pair(self, context: BrowserContext) -> None:
        """Pair the extension of a browser with this server, as its options page does."""
        worker = worker_of(context)
        worker.evaluate("origin => chrome.storage.local.set({ serverOrigin: origin })", self.origin)
        tab = context.new_page()
        tab.goto(f"chrome-extension://{worker.url.split('/')[2]}/options/options.html")
        answer = tab.evaluate("code => chrome.runtime.sendMessage({ type: 'pair', code, name: 'a test' })", self.new_code())
        assert answer == {"paired": True}, answer
        tab.close()


@contextmanager
def running_server(data: Path, port: int | None = None, program: Sequence[str] = ("-m", "coltiva.cli")) -> Iterator[RunningServer]:
    """Run ``coltiva serve`` on *data*; the block begins once it says that it listens, on a free port where none is named.

    *program* is what Python runs as ``coltiva``.
    """
    port = port or free_port()
    command = [sys.executable, "-u", *program, "serve", "--port", str(port)]
    environment = os.environ | {"COLTIVA_DATA": str(data)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process, ended_with(process):
        assert process.stdout is not None
        line = process.stdout.readline()
        assert f"127.0.0.1:{port}" in line, f"expected the server's address; got {line!r}"
        yield RunningServer(f"http://127.0.0.1:{port}", data)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Yield a server with contacts of its own."""
    with running_server(tmp_path_factory.mktemp("contacts")) as running:
        running.read_rules("en", "Could you introduce me to your publisher?")
        running.read_rules("it", "Potrebbe presentarmi il Suo editore?")
        yield running


@pytest.fixture(scope="session")
def server_origin(server: RunningServer) -> str:
    """Return the origin of the server; ``server`` signs browsers in and pairs extensions."""
    return server.origin


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return a TLS context with a certificate made for this run."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "www.linkedin.com")])
    today = datetime.datetime(2020, 1, 1)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(today)
        .not_valid_after(today + datetime.timedelta(days=36500)).sign(key, hashes.SHA256())
    )
    pem = folder / "page.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


class PageHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the fixture pages, silently."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, directory=str(HERE / "pages"), **options)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Find the bundled editors, which lie where they are built, and pages whose address tells something."""
        if path.startswith("/built/"):
            return str(BUILT / path.removeprefix("/built/"))
        page = next((page for start, page in ADDRESSES.items() if path.startswith(start)), None)
        return str(HERE / "pages" / page) if page and not path.endswith(".css") else super().translate_path(path)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serving_pages(folder: Path) -> Iterator[int]:
    """Serve the fixture pages over TLS, with a certificate in *folder*; the block gets the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), PageHandler)
    server.socket = self_signed(folder).wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()


@pytest.fixture(scope="session")
def pages_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve the fixture pages over TLS and yield the port."""
    with serving_pages(tmp_path_factory.mktemp("tls")) as port:
        yield port


# One for the whole run: tests elsewhere use this fixture too, and Playwright starts once in a process.
_STARTED: list[Playwright] = []


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Yield Playwright, which drives the machine's own Chromium."""
    if _STARTED:
        yield _STARTED[0]
        return
    with sync_playwright() as started:
        _STARTED.append(started)
        yield started
        _STARTED.clear()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Yield a Chromium without the extension: starting one takes longer than most tests, and each test has a context of its own."""
    with playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", *LEAN]) as started:
        yield started


def launch(
    playwright: Playwright, profile: Path, pages_port: int, extension: Path = EXTENSION, more: Sequence[str] = (), **options: object
) -> BrowserContext:
    """Start Chromium with the extension, *more* arguments, and the fixture pages as the sites."""
    chromium = find_chromium()
    assert chromium, "no Chromium; make test installs it"
    return playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium, headless=False, ignore_default_args=["--disable-extensions"],
        args=[
            "--headless=new", "--no-sandbox", f"--load-extension={extension}", f"--disable-extensions-except={extension}",
            f"--host-resolver-rules={', '.join(f'MAP {name} 127.0.0.1:{pages_port}' for name in SITE_NAMES)}", "--ignore-certificate-errors", *LEAN, *more,
        ],
        viewport={"width": 1100, "height": 800}, **options,  # type: ignore[arg-type]
    )


def worker_of(context: BrowserContext) -> Worker:
    """Return the extension's background worker."""
    return context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")


@pytest.fixture(scope="session")
def extension_context(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, pages_port: int, server: RunningServer
) -> Iterator[BrowserContext]:
    """Yield a browser whose extension is paired with the real server."""
    context = launch(playwright, tmp_path_factory.mktemp("profile"), pages_port)
    server.pair(context)
    yield context
    context.close()


@pytest.fixture
def page(extension_context: BrowserContext) -> Iterator[Page]:
    """Yield a new tab that fails the test where the page itself reports an error."""
    tab = extension_context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    tab.close()
    assert errors == []


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory, server: RunningServer) -> Iterator[Firefox]:
    """Yield a Firefox whose extension is paired with the real server."""
    with running_firefox(tmp_path_factory.mktemp("firefox"), EXTENSION) as started:
        pair(started, server.origin, server.new_code())
        yield started
