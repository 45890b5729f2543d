"""The server's own pages."""

from __future__ import annotations

from flask import Blueprint, Response

from coltiva.extension_packages import extension_folder
from coltiva.history import Stage
from coltiva.library import Library
from coltiva.payloads import MAX_TEXT_CHARACTERS
from coltiva.web.guard import CONTACTS_PATH
from coltiva.web.page_texts import page_language, render_page


def page_routes(library: Library) -> Blueprint:
    """Return the routes of the pages."""
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    def playground() -> Response:
        return render_page(
            "playground",
            channels={name: channel.limit for name, channel in library.channels.items()},
            stages=[stage.word for stage in Stage],
            languages_with_rules=library.languages,
            most_characters=MAX_TEXT_CHARACTERS,
        )

    @routes.get(CONTACTS_PATH)
    def contacts() -> Response:
        return render_page(
            "contacts",
            stages=[stage.word for stage in Stage],
            asks=list(library.asks),
            example=library.quick_line_words(page_language()).example,
        )

    @routes.get("/welcome")
    def welcome() -> Response:
        return render_page("welcome", folder=extension_folder())

    @routes.get("/pair")
    def pair() -> Response:
        return render_page("pair")

    @routes.get("/rules")
    def rules() -> Response:
        return render_page(
            "rules",
            rule_languages=library.languages,
            stages=[stage.word for stage in Stage],
            ask_kinds=list(library.asks),
            signal_kinds=[kind for kind, row in library.signals.items() if row.category == "signal"],
            channels=list(library.channels),
        )

    @routes.get("/report")
    def report() -> Response:
        return render_page("report")

    return routes
