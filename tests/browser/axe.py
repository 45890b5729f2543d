"""axe-core in a page: what a screen reader or the keyboard would stumble over."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

NODE = Path(__file__).resolve().parents[1] / "extension"
sys.path.insert(0, str(NODE))
from node import install_packages  # noqa: E402


@cache
def axe_source() -> str:
    """Return axe-core, installed once beside the other checks in Node."""
    install_packages()
    return (NODE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Return each rule of axe that the page breaks, with the first element that does."""
    page.evaluate(axe_source())
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0]['failureSummary'][:300]}" for v in found["violations"]]
