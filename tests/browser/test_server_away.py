"""A server that does not run is said at once: at the message, by the badge and in the popup; and one that is back is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from .conftest import RunningServer, free_port, launch, running_server, worker_of
from .drawing import DRAWN_RANGES, wait_for_drawn
from .extension_pages import ASK, EDITOR, open_card, open_page, wait_for_closed_card, write_to

# The button follows the answer after a moment: the loop ends once it shows what is wanted, or the test's time is up.
BADGE = """async (wanted) => {
  for (;;) {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    if ((await chrome.action.getBadgeText({ tabId: tab.id })) === wanted) return chrome.action.getTitle({ tabId: tab.id });
  }
}"""
SET_ORIGIN = "origin => chrome.storage.local.set({ serverOrigin: origin })"
QUESTION = ASK.rstrip("?")
UNDERLINED = f"(ask) => {DRAWN_RANGES}.map(String).includes(ask)"


@pytest.fixture
def own_browser(playwright: Playwright, tmp_path: Path, pages_port: int) -> Iterator[BrowserContext]:
    """Yield a browser whose extension may lose its server without anybody else's harm."""
    context = launch(playwright, tmp_path / "profile", pages_port)
    yield context
    context.close()


def lose_server(context: BrowserContext) -> None:
    """Let the extension ask where nobody listens."""
    worker_of(context).evaluate(SET_ORIGIN, f"http://127.0.0.1:{free_port()}")


def written(context: BrowserContext) -> tuple[Page, int]:
    """Return a page with an ask that is underlined, and its tab."""
    page = context.new_page()
    tab = write_to(page, "Ada Away", "ada-away", f"Hello Ada! {ASK}")
    page.wait_for_function(UNDERLINED, arg=QUESTION)
    return page, tab


def test_the_badge_and_the_popup_say_what_to_do(own_browser: BrowserContext, server: RunningServer) -> None:
    """The badge shows "!", its title and the popup name both commands; once the server answers all is as before."""
    server.pair(own_browser)
    page, tab = written(own_browser)
    worker = worker_of(own_browser)
    worker.evaluate(BADGE, "1")
    lose_server(own_browser)
    page.keyboard.type("!")
    title = worker.evaluate(BADGE, "!")
    assert "make run" in title
    assert "coltiva serve" in title

    popup = open_page(own_browser, f"panel/panel.html?in=popup&tab={tab}")
    popup.locator("#notice-text code", has_text="coltiva serve").wait_for()
    assert popup.locator("#notice-text code").all_inner_texts() == ["make run", "coltiva serve"]
    assert popup.locator("#state").inner_text() == "The server is not running"
    assert popup.get_by_role("button", name="Try again").is_visible()
    assert popup.locator("#verdict-word").inner_text() == "Not checked", "the verdict on the message as it was is none on what it is"
    # Beside the button, the popup looks again by itself, and lets the message be read.
    worker.evaluate(SET_ORIGIN, server.origin)
    popup.locator("#state", has_text="Server running").wait_for()
    popup.locator("#notice").wait_for(state="hidden")
    popup.locator("#verdict-word", has_text="Wait").wait_for()
    popup.close()
    page.bring_to_front()
    assert worker.evaluate(BADGE, "1") == "Coltiva"


def test_the_message_shows_that_it_is_not_checked(own_browser: BrowserContext, server: RunningServer) -> None:
    """Its first word is marked, in an editor and in a text field; the card there says why, and asks again."""
    server.pair(own_browser)
    page, tab = written(own_browser)
    lose_server(own_browser)
    page.keyboard.type("!")
    wait_for_drawn(page, ["Hello"])
    card = open_card(page, tab)
    assert card.locator("#severity").inner_text() == "Not checked"
    assert card.locator("#title").inner_text() == "The server is not running"
    assert card.locator("#why code").all_inner_texts() == ["make run", "coltiva serve"]
    assert card.locator("#stages, #who, #suggestions, #rests").filter(visible=True).count() == 0
    card.get_by_role("button", name="Try again").click()
    card.locator("#acts .hint", has_text="nothing has changed").wait_for()
    worker_of(own_browser).evaluate(SET_ORIGIN, server.origin)
    card.get_by_role("button", name="Try again").click()
    wait_for_closed_card(page)
    wait_for_drawn(page, [QUESTION])


def test_a_page_that_is_opened_meanwhile_knows_its_editors(own_browser: BrowserContext, server: RunningServer) -> None:
    """Where the server was met once, what it said of the site serves on: the first word is marked there, and the badge says why."""
    server.pair(own_browser)
    page, _ = written(own_browser)
    lose_server(own_browser)
    page.reload()
    page.locator(EDITOR).click()
    page.keyboard.type("Hello again!")
    wait_for_drawn(page, ["Hello"])
    assert "coltiva serve" in worker_of(own_browser).evaluate(BADGE, "!")


def test_a_server_that_starts_is_noticed(own_browser: BrowserContext, tmp_path: Path) -> None:
    """No key is needed: the page asks by itself, and underlines again."""
    port = free_port()
    with running_server(tmp_path / "data", port) as first:
        first.read_rules("en", ASK)
        first.pair(own_browser)
        page, _ = written(own_browser)
    page.keyboard.type("!")
    wait_for_drawn(page, ["Hello"])
    with running_server(tmp_path / "data", port) as second:
        second.read_rules("en", ASK)
        page.wait_for_function(UNDERLINED, arg=QUESTION)


def test_an_extension_that_was_never_paired_says_so(own_browser: BrowserContext, server: RunningServer) -> None:
    """Before the first pairing nothing is known of any site; the badge tells as soon as somebody writes, and the options lead on."""
    page = own_browser.new_page()
    worker_of(own_browser).evaluate(SET_ORIGIN, server.origin)
    write_to(page, "Ada Away", "ada-away", "Hello Ada!")
    assert "not paired" in worker_of(own_browser).evaluate(BADGE, "!")
    options = open_page(own_browser, "options/options.html")
    assert options.locator("#pair-how code").all_inner_texts() == ["coltiva pair"]
    server.sign_in(page, "/contacts")
    with own_browser.expect_page() as opened:
        options.locator("#pair-how a").click()
    opened.value.get_by_role("button", name="Show a code").wait_for()
    assert opened.value.url == f"{server.origin}/pair"
