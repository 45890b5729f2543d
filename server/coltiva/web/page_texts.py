"""The words of the server's pages, in the user's language: the one chosen on a page, else what the browser asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Response, make_response, render_template, request

from coltiva.errors import ColtivaError
from coltiva.library import LANGUAGES
from coltiva.speech import Speech, typed_command

# Set by the page when somebody chooses a language; it holds nothing else.
LANGUAGE_COOKIE = "coltiva_language"
OWN_NAMES = {
    "en": "English",
    "it": "Italiano",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "pt": "Português",
}
# One folder for each language, one file for each page; what all pages share stands in page.json.
_FOLDER = Path(__file__).parent / "texts"

Texts = Mapping[str, Mapping[str, str]]


def page_language() -> str:
    """Return the language of the page that is asked for; English where the browser asks for none of the six."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, default="en") or "en"


@cache
def page_texts(page: str, language: str) -> Texts:
    """Return all words of *page*, those that every page shares included, with the command as it is typed here."""
    shared, own = (json.loads((_FOLDER / language / f"{n}.json").read_text("utf-8")) for n in ("page", page))
    return {
        group: {
            name: text.replace("{coltiva}", typed_command())
            for name, text in (shared.get(group, {}) | own.get(group, {})).items()
        }
        for group in (*shared, *own)
    }


def asked_speech() -> Speech:
    """Return the words of the language that the request asks for reasons in, else of the page's."""
    asked = request.args.get("explain_in")
    return Speech(asked if asked in LANGUAGES else page_language())


def spoken(error: ColtivaError) -> str:
    """Return what went wrong, in the reader's language."""
    return asked_speech().error(error)


def render_page(page: str, **values: object) -> Response:
    """Return the page made of ``templates/PAGE.html``, ``static/PAGE.css``, ``static/PAGE.js`` and its texts."""
    language = page_language()
    texts = page_texts(page, language)
    shared = {"page": page, "texts": texts, "language": language, "languages": OWN_NAMES, "coltiva": typed_command()}
    shown = render_template(f"{page}.html", **shared, **values)
    response = make_response(shown)
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Content-Language"] = language
    return response
