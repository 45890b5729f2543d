"""What the tests of single families share: a day, a close relation, and a message cut or rewritten."""

from __future__ import annotations

from datetime import date
from typing import Any

from coltiva.contacts import Contact
from coltiva.draft import read_draft
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from coltiva.rewriting.change import Rewrite
from coltiva.rewriting.pieces import Layout, cut
from tests.shipped import LIBRARY

REVIEWER = Reviewer(LIBRARY)
TODAY = date(2026, 5, 14)
CLOSE = [
    {"date": "2025-09-03", "kind": "meeting"},
    {"date": "2025-11-05", "kind": "call"},
    {"date": "2026-02-09", "kind": "message", "direction": "received"},
    {"date": "2026-03-01", "kind": "gave"},
    {"date": "2026-03-20", "kind": "received"},
]


def layout(text: str, language: str, name: str = "") -> Layout:
    """Cut a message to a contact."""
    pack, lines = LIBRARY.pack(language), LIBRARY.rewrite_lines(language)
    assert lines is not None
    return cut(read_draft(text, pack.wording), pack.words, lines, Contact(name), ())


def rewrites(text: str, language: str, name: str = "", **others: Any) -> list[Rewrite]:
    """Return the rewrites of a message."""
    body = {"text": text, "language": language, "contact": {"name": name}, "rewrites": True} | others
    return list(REVIEWER.review(request_from_json(body, today=TODAY)).rewriting.rewrites)


def texts(text: str, language: str, name: str = "", **others: Any) -> list[str]:
    """Return the texts of the rewrites of a message; there are some."""
    found = [rewrite.text for rewrite in rewrites(text, language, name, **others)]
    assert found
    return found
