"""Who may talk to the server: nobody but this machine's own pages and extensions.

Order: exact Host and port; exact Origin where there is one; Sec-Fetch-Site; JSON only. A rebound name
fails at the Host, a foreign page at the Origin or the fetch metadata, a form at the content type.
What those who pass may do, the doorkeeper decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Request

from coltiva.access import EXTENSION_ORIGIN
from coltiva.errors import RequestRefused

API = "/api/"
CONTACTS_PATH = "/contacts"
# Pieces of files are no JSON; a page of another site cannot send this type without asking first.
_UPLOAD_PATH = re.compile(r"/api/v1/imports/[0-9a-f]+/files/\d+")


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks each request before anything else sees it.

    Attributes:
        hosts: the Host headers that are accepted, with port, in lower case.
    """

    hosts: frozenset[str]

    @classmethod
    def for_port(cls, port: int) -> Guard:
        """Return the guard of a server on 127.0.0.1 at *port*."""
        return cls(frozenset({f"127.0.0.1:{port}", f"localhost:{port}"}))

    def check(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            RequestRefused: with the first check that it fails.
        """
        host = request.environ.get("HTTP_HOST", "").lower()
        if host not in self.hosts:
            raise RequestRefused("wrong_host", "expected the server's own address as Host", 403)
        origin = request.environ.get("HTTP_ORIGIN")
        from_extension = origin is not None and is_extension(origin)
        if origin is not None and origin != f"http://{host}" and not from_extension:
            raise RequestRefused(
                "foreign_origin", "expected a request from this server's own pages or an extension", 403
            )
        site = request.environ.get("HTTP_SEC_FETCH_SITE", "none")
        if site not in ("none", "same-origin") and not from_extension and not _opens_page(request):
            raise RequestRefused("cross_site", "expected a request that no other site has started", 403)
        is_piece = request.method == "PUT" and request.mimetype == "application/octet-stream"
        is_upload = is_piece and _UPLOAD_PATH.fullmatch(request.path) is not None
        if request.method not in ("GET", "HEAD", "OPTIONS") and not request.is_json and not is_upload:
            raise RequestRefused("not_json", "expected Content-Type: application/json", 415)


def is_extension(origin: str) -> bool:
    """Return whether *origin* is one that only browser extensions have."""
    return EXTENSION_ORIGIN.fullmatch(origin) is not None


def _opens_page(request: Request) -> bool:
    """Return whether a link on another site opens a page of ours; pages show nothing by themselves."""
    is_navigation = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    return is_navigation and not request.path.startswith((API, "/static/"))
