"""What people wrote stands apart from Coltiva's own words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from tests.shipped import LIBRARY

TODAY = datetime.date(2026, 5, 14)
WROTE = {"date": "2026-05-02", "kind": "message", "direction": "received"}


def why(summary: str, language: str) -> str:
    """Return why an introduction is asked for too early, of somebody who wrote once."""
    body: dict[str, Any] = {
        "text": "Could you introduce me to Richard Branson?", "language": "en", "explain_in": language,
        "contact": {"name": "Rita Regular"}, "history": [WROTE | {"summary": summary}],
    }
    (finding,) = (one for one in Reviewer(LIBRARY).review(request_from_json(body, today=TODAY)).to_dict()["findings"] if one["category"] == "ask")
    return str(finding["why"])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Last time: “Likewise! Thanks for Paul”. It takes"),
        ("it", "L'ultima volta: «Likewise! Thanks for Paul». Servono"),
        ("es", "La última vez: «Likewise! Thanks for Paul». Falta"),
        ("fr", "La dernière fois : «\u00a0Likewise! Thanks for Paul\u00a0». Il manque"),
        ("de", "Zuletzt: „Likewise! Thanks for Paul“. Es fehlen"),
        ("pt", "Da última vez: “Likewise! Thanks for Paul”. Falta"),
    ],
)
def test_a_message_is_quoted_as_the_language_quotes(language: str, said: str) -> None:
    """What they wrote last ends where its quotation marks end, with one full stop."""
    assert said in why("Likewise! Thanks for Paul.", language)


@pytest.mark.parametrize(
    ("wrote", "quoted"),
    [
        ("How are you?", "“How are you?”."),
        ("One line,\n\nand another", "“One line, and another”."),
        ("harbour " * 40, "“" + "harbour " * 14 + "harbour…”."),
        ("h" * 300, "“" + "h" * 120 + "…”."),
    ],
)
def test_long_words_are_cut(wrote: str, quoted: str) -> None:
    """A letter of many lines is cut at a word, on one line."""
    assert f"Last time: {quoted}" in why(wrote, "en")
