"""The welcome page in a real browser: it ticks off what is done, keeps its language, and leads on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from .conftest import RunningServer, running_server
from .install_chromium import find_chromium


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[RunningServer]:
    """Yield a server that nobody has used yet."""
    with running_server(tmp_path / "data") as server:
        yield server


@pytest.fixture
def tab(playwright: Playwright, fresh: RunningServer) -> Iterator[Page]:
    """Yield the welcome page of a new user; errors of the page fail the test."""
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
    page = browser.new_context(locale="it-IT", base_url=fresh.origin).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    fresh.sign_in(page, "/welcome")
    yield page
    browser.close()
    assert errors == []


def test_the_first_steps(tab: Page) -> None:
    """Nothing is ticked off at first; the first contact ticks its step, and the playground is one click away."""
    expect(tab.locator(".lead h2")).to_have_text("Ti diamo il benvenuto")
    expect(tab.locator("#folder")).to_contain_text("extension")
    expect(tab.locator("[data-done=yes]")).to_have_count(0)
    tab.get_by_role("link", name="Ai contatti").click()
    tab.get_by_role("button", name="Nuovo contatto").click()
    tab.locator("#form [name=name]").fill("Ada Prima")
    tab.get_by_role("button", name="Salva").click()
    expect(tab.locator("#name")).to_have_text("Ada Prima")
    tab.goto("/welcome")
    expect(tab.locator("#step-contacts[data-done=yes]")).to_contain_text("C’è 1 contatto.")
    expect(tab.locator("#step-pair")).to_have_attribute("data-done", "no")
    tab.locator("#language").select_option("de")
    expect(tab.locator(".lead h2")).to_have_text("Willkommen")
    tab.get_by_role("link", name="Zum Probieren").click()
    expect(tab.locator("#editor")).to_be_visible()
