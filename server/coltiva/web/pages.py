"""The server's own pages, each with the strictest headers that it can live with."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

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


def page_routes() -> Blueprint:
    """Return the routes of the pages."""
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    def playground() -> str:
        return render_template("playground.html")

    return routes


def add_page_headers(response: Response) -> Response:
    """Add the headers to every response."""
    for name, value in PAGE_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
