"""A server that does not run is said at once, by the badge and in the popup."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Playwright

from ..scenes import SCENES
from .conftest import SITE, RunningServer, free_port, launch, worker_of

# The button follows the answer after a moment: the loop ends once it shows what is wanted, or the test's time is up.
BADGE = """async (wanted) => {
  for (;;) {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    if ((await chrome.action.getBadgeText({ tabId: tab.id })) === wanted) return chrome.action.getTitle({ tabId: tab.id });
  }
}"""


def test_the_badge_and_the_popup_say_what_to_do(playwright: Playwright, tmp_path: Path, pages_port: int, server: RunningServer) -> None:
    """The badge shows "!", its title and the popup name the command; once the server answers both are content."""
    context = launch(playwright, tmp_path, pages_port)
    try:
        worker = worker_of(context)
        set_origin = "origin => chrome.storage.local.set({ serverOrigin: origin })"
        server.pair(context)
        page = context.new_page()
        page.goto(f"{SITE}/messaging.html")
        page.locator(".msg-form__contenteditable").click()
        page.keyboard.type(SCENES["en"][0])
        page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
        worker.evaluate(BADGE, "1")

        worker.evaluate(set_origin, f"http://127.0.0.1:{free_port()}")
        page.keyboard.type("!")
        page.wait_for_function("() => [...CSS.highlights.values()].every((highlight) => highlight.size === 0)")
        assert "coltiva serve" in worker.evaluate(BADGE, "!")

        popup = context.new_page()
        popup.goto(f"chrome-extension://{worker.url.split('/')[2]}/panel/panel.html?in=popup")
        popup.locator("#notice-text", has_text="coltiva serve").wait_for()
        assert popup.locator("#state").inner_text() == "The server is not running"
        assert popup.get_by_role("button", name="Try again").is_visible()
        # Beside the button, the popup looks again by itself.
        worker.evaluate(set_origin, server.origin)
        popup.locator("#state", has_text="Server running").wait_for()
        popup.locator("#notice").wait_for(state="hidden")
    finally:
        context.close()
