"""What many tests need: the shipped library, a reviewer, and a way to make small packs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from coltiva.contacts import Direction, Event, EventKind
from coltiva.library import Library
from coltiva.review import Reviewer
from coltiva.rule_pack import Pack, load_pack
from tests.shipped import LIBRARY

TODAY = date(2026, 5, 14)
# How long an example takes depends on what else the machine does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a data folder, settings and a language of its own, so that none sees the user's."""
    folder = tmp_path / "own-data"
    monkeypatch.setenv("COLTIVA_DATA", str(folder))
    monkeypatch.setenv("COLTIVA_CONFIG", str(tmp_path / "own-config.toml"))
    monkeypatch.setenv("LC_ALL", "C")
    for name in ("COLTIVA_LANGUAGE", "COLTIVA_PORT"):
        monkeypatch.delenv(name, raising=False)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes what the attacks found into SECURITY.md."""
    parser.addoption("--write-security-table", action="store_true", help="write the table of attacks into SECURITY.md")


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the shipped rules."""
    return LIBRARY


@pytest.fixture(scope="session")
def reviewer(library: Library) -> Reviewer:
    """Return a reviewer with the shipped rules."""
    return Reviewer(library)


@pytest.fixture
def make_pack(tmp_path: Path, library: Library) -> Callable[..., Pack]:
    """Return a function that writes files of an English pack and loads it."""

    def make(**files: str) -> Pack:
        folder = tmp_path / "en"
        for name, content in ({"words_yml": "apostrophe: joins\n"} | files).items():
            path = folder / (name.replace("__", "/").removesuffix("_yml") + ".yml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return load_pack(folder, library.kinds)

    return make


def event(day: str, kind: str, direction: str = "both", summary: str = "", event_id: str = "") -> Event:
    """Return an event, named after its day and kind unless *event_id* is given."""
    return Event(event_id or f"{day}/{kind}", date.fromisoformat(day), EventKind(kind), Direction(direction), summary)


def credible_history() -> list[dict[str, str]]:
    """Return a history, as JSON, that reaches credibility on 2026-05-14."""
    return [
        {"date": "2026-03-02", "kind": "meeting", "direction": "both", "summary": "BNI breakfast in Turin"},
        {"date": "2026-03-20", "kind": "call", "direction": "both", "summary": "Call about sailing"},
        {"date": "2026-04-20", "kind": "message", "direction": "received", "summary": "Thanked me for the chart"},
        {"date": "2026-04-18", "kind": "gave", "direction": "sent", "summary": "Sent a nautical chart"},
    ]
