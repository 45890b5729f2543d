"""Who may talk to the server: nobody but this machine's own pages and extensions.

Order: exact Host and port; exact Origin where there is one; Sec-Fetch-Site; JSON only. A rebound name
fails at the Host, a foreign page at the Origin or the fetch metadata, a form at the content type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Request

from coltiva.errors import RequestRefused

# Extension ids as browsers make them: 32 letters a–p in Chromium, a UUID in Firefox.
# Until extensions are paired, any of them may lint; pairing narrows this to the ids paired.
_EXTENSION_ORIGIN = re.compile(
    r"chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
CONTACTS_PATH = "/contacts"
# Pages that a link on another site may open; they show nothing by themselves.
_PAGE_PATHS = frozenset({"/", CONTACTS_PATH})
# Pieces of files are no JSON; a page of another site cannot send this type without asking first.
_UPLOAD_PATH = re.compile(r"/api/v1/imports/[0-9a-f]+/files/\d+")
_EXTENSION_PATHS = frozenset({"/api/v1/lint", "/api/v1/health", "/api/v1/sites"})


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks each request before anything else sees it.

    Attributes:
        hosts: the Host headers that are accepted, with port, in lower case.
        origins: the server's own origins.
    """

    hosts: frozenset[str]
    origins: frozenset[str]

    @classmethod
    def for_port(cls, port: int) -> Guard:
        """Return the guard of a server on 127.0.0.1 at *port*."""
        hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        return cls(hosts, frozenset(f"http://{host}" for host in hosts))

    def check(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            RequestRefused: with the first check that it fails.
        """
        if (request.headers.get("Host") or "").lower() not in self.hosts:
            raise RequestRefused("wrong_host", "expected the server's own address as Host", 403)
        origin = request.headers.get("Origin")
        from_extension = origin is not None and self._is_extension(origin, request.path)
        if origin is not None and origin not in self.origins and not from_extension:
            raise RequestRefused(
                "foreign_origin", "expected a request from this server's own pages or an extension", 403
            )
        site = request.headers.get("Sec-Fetch-Site", "none")
        is_navigation = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
        opens_page = is_navigation and request.path in _PAGE_PATHS
        if site not in ("none", "same-origin") and not from_extension and not opens_page:
            raise RequestRefused("cross_site", "expected a request that no other site has started", 403)
        is_piece = request.method == "PUT" and request.mimetype == "application/octet-stream"
        is_upload = is_piece and _UPLOAD_PATH.fullmatch(request.path) is not None
        if request.method not in ("GET", "HEAD", "OPTIONS") and not request.is_json and not is_upload:
            raise RequestRefused("not_json", "expected Content-Type: application/json", 415)

    @staticmethod
    def _is_extension(origin: str, path: str) -> bool:
        return path in _EXTENSION_PATHS and _EXTENSION_ORIGIN.fullmatch(origin) is not None
