"""The extension and the server's pages look alike; neither can read the other's style sheets, so both say it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def properties(path: Path) -> dict[str, str]:
    """Return the custom properties that a style sheet sets."""
    return dict(re.findall(r"^  (--[a-z-]+): (.+);$", path.read_text("utf-8"), re.MULTILINE))


def test_both_have_the_same_colours_and_letters() -> None:
    """What the extension and the pages of the server both name, they set to the same value."""
    extension, server = (properties(ROOT / name) for name in ("extension/pages/page.css", "server/coltiva/web/static/base.css"))
    both = extension.keys() & server.keys()
    assert {"--ground", "--ink", "--leaf", "--error", "--warning", "--info", "--serif", "--sans"} <= both
    assert {name: (extension[name], server[name]) for name in both if extension[name] != server[name]} == {}


def brightness(colour: str) -> float:
    """Return the relative luminance of a colour such as ``#8b8672``, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["extension/pages/page.css", "server/coltiva/web/static/base.css"])
@pytest.mark.parametrize("ground", ["--ground", "--sheet", "--sunken"])
def test_the_edges_of_controls_stand_out(name: str, ground: str) -> None:
    """In both themes an edge has a contrast of at least 3:1 to every ground on which a control may stand."""
    colours = properties(ROOT / name)
    for edge, below in zip(*(re.findall("#[0-9a-f]{6}", colours[one]) for one in ("--edge", ground)), strict=True):
        darker, lighter = sorted((brightness(edge), brightness(below)))
        assert (lighter + 0.05) / (darker + 0.05) >= 3, (edge, below)
