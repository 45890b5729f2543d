"""Who was let in once stays in, in a real browser: over a restart of the server, and of the browser."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

from .conftest import running_server
from .install_browsers import find_chromium

# Elsewhere nobody tells whose connection one is, and a link is needed after each start.
OUTLASTS_THE_SERVER = sys.platform == "linux"


def test_restarts_lock_nobody_out(playwright: Playwright, tmp_path: Path) -> None:
    """After the browser, and then the server, was started again, the same page opens without a link; what it asks for is answered."""
    data, profile = tmp_path / "data", str(tmp_path / "profile")
    chromium = playwright.chromium

    def browser_tab() -> Page:
        return chromium.launch_persistent_context(profile, executable_path=find_chromium(), args=["--no-sandbox"], locale="en-GB").new_page()

    with running_server(data) as server:
        tab = browser_tab()
        server.sign_in(tab, "/contacts")
        expect(tab.locator("#count")).to_contain_text("Nobody here yet")
        tab.context.close()
        tab = browser_tab()
        tab.goto(f"{server.origin}/contacts")
        expect(tab.locator("#count")).to_contain_text("Nobody here yet")
    with running_server(data, int(server.origin.rpartition(":")[2])):
        tab.reload()
        if OUTLASTS_THE_SERVER:
            expect(tab.locator("#count")).to_contain_text("Nobody here yet")
        else:
            expect(tab.locator("h1")).to_have_text("These pages are locked")
        tab.context.close()
