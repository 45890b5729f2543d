"""The extension and the server's pages look alike; neither can read the other's style sheets, so both say it."""

from __future__ import annotations

import re
from pathlib import Path

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
