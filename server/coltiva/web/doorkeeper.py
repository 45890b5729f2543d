"""Who a request comes from, and whether that is enough for what it wants.

Nothing that is stored is read or changed without a session: one of a paired extension, by its bearer token, or one of
the own pages, by cookie and secret. The cookie alone opens pages, which hold nothing stored; browsers show it to every
server on this machine, whatever its port, so what is stored wants the secret too, which they keep for this origin.
"""

from __future__ import annotations

import re
from weakref import WeakSet

from flask import Request, Response, g

from coltiva.access import (
    CSRF_HEADER,
    NONCE_HEADER,
    PAGE_IDLE_DAYS,
    PROOF_HEADER,
    Door,
    ExtensionSession,
    PageSession,
    answer_proof,
    is_own_user,
)
from coltiva.errors import RequestRefused
from coltiva.web.guard import API, is_extension

# These show and change nothing stored; the lint looks for stored contacts only for those who have a session.
_OPEN_TO_ALL = frozenset(
    {"static", "pages.playground", "entry.open_link", "lint.lint", "lint.health", "lint.sites", "openapi.document"}
)
_OPEN_TO_EXTENSIONS = frozenset({"pairing.begin", "pairing.finish"})
_OPEN_TO_PAIRED = frozenset({"pairing.begin_session", "pairing.finish_session"})
_FOR_PAGES_ALONE = frozenset({"pairing.make_code", "pairing.list_all", "first_steps.reached", "exports.backup"})
# The rules are tuned on the pages; an extension needs to dismiss, no more.
_GROUPS_FOR_PAGES_ALONE = ("rules.", "rule_changes.")
_NONCE = re.compile(r"[0-9a-f]{32}")


class SessionNeeded(RequestRefused):
    """A request for what is stored that comes without a session."""

    def __init__(self, is_page: bool) -> None:
        super().__init__("no_session", "expected a session; coltiva open begins one", 401)
        self.is_page = is_page


Address = tuple[str, int]


def ends_of(request: Request) -> tuple[Address, Address] | None:
    """Return both ends of the connection that a request came over, the asker's first; None where it is no system's."""
    seen = request.environ
    try:
        return (str(seen["REMOTE_ADDR"]), int(seen["REMOTE_PORT"])), ("127.0.0.1", int(seen["SERVER_PORT"]))
    except (KeyError, ValueError):
        return None


def asker() -> PageSession | ExtensionSession | None:
    """Return the session of this request; None for one that may not see what is stored."""
    found: PageSession | ExtensionSession | None = g.get("asker")
    return found


def _nonce_of(request: Request) -> str:
    """Return what the asker wants proved; empty where that is nothing."""
    nonce = request.headers.get(NONCE_HEADER, "")
    return nonce if _NONCE.fullmatch(nonce) else ""


class Doorkeeper:
    """Lets requests in.

    Args:
        door: what opens sessions; None where nothing is stored that a session would protect.
        port: tells the cookie from that of another server of the same user.
    """

    def __init__(self, door: Door | None, port: int) -> None:
        self._door = door
        self.cookie = f"coltiva-{port}"
        self._own_connections: WeakSet[object] = WeakSet()

    def check(self, request: Request) -> None:
        """Find out who asks, and let the request pass where that is enough.

        Raises:
            RequestRefused: an extension that is not paired.
            SessionNeeded: there is no session, or not the right one.
        """
        origin = request.headers.get("Origin", "")
        endpoint = request.endpoint or ""
        if is_extension(origin):
            self._check_extension(request, origin, endpoint)
        elif self._door is not None and endpoint:
            self._check_others(request, self._door, endpoint)
        for_pages = endpoint in _FOR_PAGES_ALONE or endpoint.startswith(_GROUPS_FOR_PAGES_ALONE)
        if for_pages and not isinstance(asker(), PageSession):
            raise RequestRefused("pages_alone", "expected a request from this server's own pages", 403)

    def finish(self, request: Request, response: Response) -> None:
        """Let answers prove where they come from, and the browser keep the cookie of who opens a page.

        What proves itself is every answer to an extension, and to a command of this user the first one, before the
        command says anything. The cookie lasts as long as the session does from now on.
        """
        session = asker()
        if isinstance(session, ExtensionSession):
            if nonce := _nonce_of(request):
                response.headers[PROOF_HEADER] = answer_proof(session.answer_key, nonce, response.status_code)
        elif session is not None and (request.endpoint or "").startswith("pages."):
            self.set_cookie(response, request.cookies[self.cookie])
        elif request.endpoint == "lint.health" and self._door is not None and (nonce := _nonce_of(request)):
            response.headers[PROOF_HEADER] = self._door.links.prove(nonce)

    def set_cookie(self, response: Response, session_id: str) -> None:
        """Give a browser its session's cookie, which outlasts the browser as the session does."""
        seconds = PAGE_IDLE_DAYS * 86_400
        response.set_cookie(self.cookie, session_id, max_age=seconds, httponly=True, samesite="Strict", path="/")

    def _check_extension(self, request: Request, origin: str, endpoint: str) -> None:
        if endpoint in _OPEN_TO_EXTENSIONS:
            return
        if self._door is None or not self._door.paired.is_paired(origin):
            raise RequestRefused("not_paired", "this extension is not paired; coltiva pair shows a code for it", 403)
        # The browser asks by OPTIONS, without a token, what the extension may send.
        if endpoint in _OPEN_TO_PAIRED or request.method == "OPTIONS":
            return
        session = self._bearer(request, self._door)
        if session is None or session.origin != origin:
            raise SessionNeeded(is_page=False)
        g.asker = session

    def _check_others(self, request: Request, door: Door, endpoint: str) -> None:
        is_page = not request.path.startswith(API)
        if "Authorization" in request.headers:
            g.asker = self._bearer(request, door)
            if g.asker is None:
                raise SessionNeeded(is_page)
            return
        # Reading cookies costs more than anything else here, and most who lint send none.
        known_by = request.cookies.get(self.cookie, "") if "HTTP_COOKIE" in request.environ else ""
        page = door.page_session(known_by)
        # A false server on the port may have heard all that a browser sends; another user gets in nowhere with it.
        if page is not None and page.is_resumed and not self._comes_from_own_user(request):
            page = None
        if page is not None and (is_page or page.has_secret(request.headers.get(CSRF_HEADER, ""))):
            g.asker = page
        elif endpoint not in _OPEN_TO_ALL and endpoint not in _OPEN_TO_EXTENSIONS | _OPEN_TO_PAIRED:
            raise SessionNeeded(is_page)

    def _comes_from_own_user(self, request: Request) -> bool:
        """Tell whether this user made the connection; asked once of each, for the system takes milliseconds to say."""
        connection = getattr(request.environ.get("waitress.client_disconnected"), "__self__", None)
        if connection is not None and connection in self._own_connections:
            return True
        ends = ends_of(request)
        is_own = ends is not None and is_own_user(*ends)
        if is_own and connection is not None:
            self._own_connections.add(connection)
        return is_own

    @staticmethod
    def _bearer(request: Request, door: Door) -> ExtensionSession | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return door.extension_session(token.strip()) if scheme.lower() == "bearer" else None
