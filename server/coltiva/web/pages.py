"""The server's own pages, each with the strictest headers that it can live with."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Blueprint, Response, render_template

from coltiva.history import Stage
from coltiva.library import LANGUAGES, Library
from coltiva.payloads import MAX_TEXT_CHARACTERS
from coltiva.web.guard import CONTACTS_PATH

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
_OWN_NAMES = {
    "en": "English",
    "it": "Italiano",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "pt": "Português",
}


def page_routes(library: Library) -> Blueprint:
    """Return the routes of the pages."""
    routes = Blueprint("pages", __name__)
    # All words of the pages stand in one file, so that a translation is one more file.
    folder = Path(__file__).parent / "texts"
    texts, contact_texts = (json.loads((folder / name).read_text("utf-8")) for name in ("en.json", "contacts.en.json"))

    @routes.get("/")
    def playground() -> str:
        return render_template(
            "playground.html",
            texts=texts,
            channels={name: channel.limit for name, channel in library.channels.items()},
            stages=[stage.word for stage in Stage],
            languages={code: _OWN_NAMES[code] for code in LANGUAGES},
            languages_with_rules=library.languages,
            most_characters=MAX_TEXT_CHARACTERS,
        )

    @routes.get(CONTACTS_PATH)
    def contacts() -> str:
        return render_template(
            "contacts.html",
            texts=contact_texts,
            stages=[stage.word for stage in Stage],
            asks=list(library.asks),
            languages={code: _OWN_NAMES[code] for code in LANGUAGES},
            examples={code: library.quick_line_words(code).example for code in LANGUAGES},
        )

    return routes


def add_page_headers(response: Response) -> Response:
    """Add the headers to every response."""
    for name, value in PAGE_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
