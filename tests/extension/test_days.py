"""A day is written in one form: in the reasons, in the extension and on the pages."""

from __future__ import annotations

import json
from datetime import date

import pytest

from coltiva.explaining import Explainer
from coltiva.library import LANGUAGES, Library

from .node import run_node

# What the modules ask a browser for; its own language is American English, which puts the month first.
SCRIPT = """const [language, day] = JSON.parse(process.argv[1]);
globalThis.document = { documentElement: { lang: language }, getElementById: () => ({ textContent: '{}' }), addEventListener() {}, querySelectorAll: () => [] };
globalThis.chrome = { i18n: { getMessage: (name) => (name === 'languageCode' ? language : ''), getUILanguage: () => 'en-US' } };
Object.defineProperty(globalThis, 'navigator', { value: { languages: ['en-US'] }, configurable: true });
const extension = await import('../../extension/pages/dom.js');
const pages = await import('../../server/coltiva/web/static/page.js');
console.log(JSON.stringify([extension.dayText(day), pages.dayText(day), pages.momentText(`${day}T09:30:00`)]));"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_has_one_form(language: str, library: Library) -> None:
    """The card's list of events and the pages write a day as the sentence above it does."""
    day = date(2026, 5, 14)
    done = run_node(["node", "--input-type=module", "-e", SCRIPT, json.dumps([language, day.isoformat()])])
    assert done.returncode == 0, done.stderr
    extension, page, moment = json.loads(done.stdout)
    written = Explainer(library.texts(language)).day(day)
    assert (extension, page) == (written, written)
    assert moment.startswith(f"{written}, ")
