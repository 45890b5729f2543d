"""A real server, pages that look like LinkedIn's on its own name, and a real Chromium with the extension."""

from __future__ import annotations

import datetime
import http.server
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import BrowserContext, Page, Playwright, Worker, sync_playwright

from .install_chromium import find_chromium

HERE = Path(__file__).resolve().parent
EXTENSION = HERE.parents[1] / "extension"
SITE = "https://www.linkedin.com"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server_origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start ``coltiva serve`` with contacts of its own, and yield its origin once it says that it listens."""
    port = free_port()
    command = [sys.executable, "-u", "-m", "coltiva.cli", "serve", "--port", str(port)]
    environment = os.environ | {"COLTIVA_DATA": str(tmp_path_factory.mktemp("contacts"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert f"127.0.0.1:{port}" in line, f"expected the server's address; got {line!r}"
        yield f"http://127.0.0.1:{port}"
        process.terminate()


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

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def pages_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve the fixture pages over TLS and yield the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), PageHandler)
    server.socket = self_signed(tmp_path_factory.mktemp("tls")).wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Yield Playwright, which drives the machine's own Chromium."""
    with sync_playwright() as started:
        yield started


def launch(playwright: Playwright, profile: Path, pages_port: int, **options: object) -> BrowserContext:
    """Start Chromium with the extension, and with the fixture pages as LinkedIn."""
    chromium = find_chromium()
    assert chromium, "no Chromium; make test installs it"
    return playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium, headless=False, ignore_default_args=["--disable-extensions"],
        args=[
            "--headless=new", "--no-sandbox", f"--load-extension={EXTENSION}", f"--disable-extensions-except={EXTENSION}",
            f"--host-resolver-rules=MAP www.linkedin.com 127.0.0.1:{pages_port}", "--ignore-certificate-errors",
        ],
        viewport={"width": 1100, "height": 800}, **options,  # type: ignore[arg-type]
    )


def worker_of(context: BrowserContext) -> Worker:
    """Return the extension's background worker."""
    return context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")


@pytest.fixture(scope="session")
def extension_context(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, pages_port: int, server_origin: str
) -> Iterator[BrowserContext]:
    """Yield a browser whose extension talks to the real server."""
    context = launch(playwright, tmp_path_factory.mktemp("profile"), pages_port)
    worker_of(context).evaluate("origin => chrome.storage.local.set({ serverOrigin: origin })", server_origin)
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
