"""The server that works on the contacts already, as a command of the same user asks it: once it has proved itself."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from coltiva import __version__
from coltiva.access import (
    CSRF_HEADER,
    NONCE_HEADER,
    PROOF_HEADER,
    PageSessions,
    is_servers_proof,
    mint_link,
    new_nonce,
    serving_port,
)
from coltiva.errors import AnsweredError, ServerStartError, StoreLockedError

# A server that is there says so at once; what it then does may take as long as it does here.
_BEGIN_SECONDS, _WORK_SECONDS = 5, 600
_API = "/api/v1"
_JSON, _PIECE = "application/json", "application/octet-stream"

# No answer, or none that can be read.
_LOST = (OSError, HTTPException, ValueError, CookieError)
_MOST_BYTES = 10_000

Answer = dict[str, Any]


class _NoServerError(ConnectionError):
    """Nothing answers that is this user's server, of the version of this command."""


class RunningServer:
    """A session with the server that works on *folder*, over one connection.

    The connection is never opened anew by itself: whoever listens then has to prove itself first.

    Args:
        language: in which the server says what it will not do.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self._folder, self._language = folder, language
        self._session, self._headers = "", dict[str, str]()
        self._begin()

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        is_once: bool = False,
        **query: object,
    ) -> Answer:
        """Return what the server answers.

        Args:
            is_once: whether it is done once however often it is sent, so that it may be sent again.

        Raises:
            AnsweredError: the server will not do it.
            ServerStartError: the server has stopped answering.
        """
        content = None if method == "GET" else json.dumps(body or {}).encode()
        return self._send(method, path, query, content, _JSON, is_once=is_once or method == "GET")

    def send_piece(self, path: str, content: bytes, **query: object) -> Answer:
        """Send a piece of a file; see ``ask``."""
        return self._send("PUT", path, query, content, _PIECE, is_once=False)

    def close(self) -> None:
        """End the session."""
        self._connection.close()
        if self._session:
            PageSessions(self._folder, time.time).end(self._session)

    def _send(
        self, method: str, path: str, query: dict[str, object], content: bytes | None, kind: str, *, is_once: bool
    ) -> Answer:
        target = f"{_API}{path}?{urlencode({'explain_in': self._language} | query)}"
        try:
            try:
                status, answer = self._exchange(method, target, content, kind)
            except _LOST:
                if not is_once:
                    raise
                self.close()
                self._begin()
                status, answer = self._exchange(method, target, content, kind)
        except _LOST:
            message = "the server has stopped answering; whether this was done is not known"
            raise ServerStartError(message, "no_answer") from None
        if status >= 400:
            refused = answer["error"]
            raise AnsweredError(refused["message"], refused["code"], refused.get("field", ""))
        return answer

    def _begin(self) -> None:
        """Connect, let the server prove itself, and open a one-time link, as a browser would."""
        port = serving_port(self._folder)
        if port is None:
            raise _NoServerError
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_BEGIN_SECONDS)
        try:
            self._connection.connect()
            self._connection.auto_open = 0
            self._check_server()
            self._open_link()
            self._connection.sock.settimeout(_WORK_SECONDS)
        except _LOST:
            self.close()
            raise _NoServerError from None

    def _check_server(self) -> None:
        """Have the server prove that it has the key that only this user can read, before it hears anything."""
        nonce = new_nonce()
        self._connection.request("GET", f"{_API}/health", headers={NONCE_HEADER: nonce})
        response = self._connection.getresponse()
        said: object = json.loads(response.read(_MOST_BYTES))
        is_proved = is_servers_proof(self._folder, nonce, response.getheader(PROOF_HEADER, ""))
        # Another version may read a line in another way than what is told here.
        if not (is_proved and isinstance(said, dict) and said.get("version") == __version__):
            raise _NoServerError

    def _open_link(self) -> None:
        secret = mint_link(self._folder, time.time())
        self._connection.request("GET", f"/open/{secret}")
        response = self._connection.getresponse()
        page = _Page()
        page.feed(response.read(_MOST_BYTES).decode())
        cookies = list(SimpleCookie(response.getheader("Set-Cookie", "")).values())
        if not (page.secret and cookies):
            raise _NoServerError
        self._session = cookies[0].value
        self._headers = {"Cookie": f"{cookies[0].key}={self._session}", CSRF_HEADER: page.secret}

    def _exchange(self, method: str, target: str, content: bytes | None, kind: str) -> tuple[int, Answer]:
        self._connection.request(method, target, content, self._headers | {"Content-Type": kind})
        response = self._connection.getresponse()
        answer: Answer = json.loads(response.read())
        if response.status == HTTPStatus.UNAUTHORIZED:
            raise _NoServerError  # the user has locked all sessions meanwhile
        return response.status, answer


class _Page(HTMLParser):
    """The page behind a one-time link: *secret* goes with every request."""

    secret = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Find the secret among what the page's head tells its scripts."""
        named = dict(attrs)
        if tag == "meta" and named.get("name") == "coltiva-csrf":
            self.secret = named.get("content") or ""


@contextmanager
def server_in_place_of(refusal: StoreLockedError, folder: Path, language: str) -> Iterator[RunningServer]:
    """Give a session with the server that keeps a command from working on the contacts itself.

    Raises:
        StoreLockedError: *refusal* itself, where no server keeps it, or one of another version.
    """
    try:
        server = RunningServer(folder, language)
    except _NoServerError:
        raise refusal from None
    try:
        yield server
    finally:
        server.close()
