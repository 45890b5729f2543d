"""Guards have a name in every language that the pages speak."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shipped import LIBRARY

TEXTS = Path(__file__).resolve().parents[2] / "server" / "coltiva" / "web" / "texts"


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_every_shipped_guard_is_named(language: str) -> None:
    """Whatever language the guard is of, and no name is left that no guard has."""
    named = json.loads((TEXTS / language / "rules.json").read_text("utf-8"))["guard_names"]
    files = {guard.rpartition("/")[2] for code in LIBRARY.languages for guard in LIBRARY.pack(code).guards}
    assert named.keys() == files
    assert len(set(named.values())) == len(named)
