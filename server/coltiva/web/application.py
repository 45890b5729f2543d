"""Flask as Coltiva needs it: the same strict headers on whatever is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Request
from werkzeug.routing import MapAdapter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Application(Flask):
    """A Flask application that answers nothing without ``PAGE_HEADERS``; no route sets one of them itself."""

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; the headers come last, so that Flask need not carry them through the answer."""

        def start(status: str, headers: list[tuple[str, str]], fault: Any = None) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *PAGE_HEADERS.items()], fault)

        return super().wsgi_app(environ, start)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds a request's route: by its path alone, for the guard has looked at the host by itself."""
        if request is None:
            return super().create_url_adapter(None)
        host, query = request.environ.get("HTTP_HOST", ""), request.environ.get("QUERY_STRING", "")
        return MapAdapter(self.url_map, host, "/", "", "http", request.path, request.method, query)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return *func*: nothing here is a coroutine, which Flask would look for several times a request."""
        return func
