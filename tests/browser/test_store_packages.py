"""What the stores get is what runs: both packages, loaded as they are built, underline the ask once they are paired."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright

from coltiva.extension_packages import extension_folder, write_packages

from ..scenes import SCENES
from .conftest import SITE, RunningServer, launch, worker_of
from .drawing import DRAWN_RANGES, wait_for_drawn
from .extension_pages import EDITOR, open_page
from .firefox import pair, running_firefox

TEXT, ASK = SCENES["en"]


@pytest.fixture
def packages(tmp_path: Path) -> dict[str, Path]:
    """Return the package of each store."""
    return {path.stem.rsplit("-", 1)[1]: path for path in write_packages(extension_folder(), tmp_path / "packages")}


def test_the_package_for_chrome(playwright: Playwright, packages: dict[str, Path], tmp_path: Path, pages_port: int, server: RunningServer) -> None:
    """In Chromium it asks for what its manifest names, underlines, and its side panel fits the width that the browser gives."""
    with zipfile.ZipFile(packages["chrome"]) as package:
        package.extractall(tmp_path / "unpacked")
    context = launch(playwright, tmp_path / "profile", pages_port, tmp_path / "unpacked")
    try:
        server.pair(context)
        page = context.new_page()
        page.goto(f"{SITE}/messaging.html")
        page.locator(EDITOR).click()
        page.keyboard.type(TEXT)
        wait_for_drawn(page, [ASK])
        tab = worker_of(context).evaluate("async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id")
        beside = open_page(context, f"panel/panel.html?in=popup&tab={tab}")
        # The popup closes itself, maybe before the click's own answer has come.
        with beside.expect_event("close"), suppress(Error):
            beside.locator("#to-panel").click()
        panel = open_page(context, "options/options.html")
        shown = "chrome.extension.getViews().find((one) => one.location.pathname === '/panel/panel.html' && !one.location.search)"
        panel.wait_for_function(f"() => {shown}?.document.getElementById('state').textContent.includes('Server running')")
        width, needed = panel.evaluate(f"() => [{shown}.innerWidth, {shown}.document.documentElement.scrollWidth]")
        assert needed <= width < 500
    finally:
        context.close()


def test_the_package_for_firefox(packages: dict[str, Path], tmp_path: Path, pages_port: int, server: RunningServer) -> None:
    """Firefox takes the archive itself, and what is typed is underlined."""
    profile = tmp_path / "profile"
    profile.mkdir()
    with running_firefox(profile, packages["firefox"]) as firefox:
        pair(firefox, server.origin, server.new_code())
        page = firefox.open(f"https://www.linkedin.com:{pages_port}/messaging.html")
        firefox.click(page, EDITOR)
        firefox.type(page, TEXT)
        firefox.wait(page, f"JSON.stringify({DRAWN_RANGES}.map(String)) === {json.dumps(json.dumps([ASK]))}")
