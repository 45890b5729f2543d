"""A workshop in a folder of its own, over the shipped rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from coltiva.library import Library
from coltiva.tuning.workshop import Workshop


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return an empty data folder."""
    return tmp_path / "data"


@pytest.fixture
def workshop(data: Path, library: Library) -> Workshop:
    """Return the workshop of the data folder; the shipped packs are read once for all tests."""
    return Workshop.open(data, library.trial(data / "rules"))
