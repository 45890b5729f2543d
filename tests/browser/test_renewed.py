"""An extension that is renewed under an open page: nobody reads on, and the page says so instead of looking fine."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Playwright

from .conftest import SITE, RunningServer, launch, worker_of
from .drawing import coloured_pixels, text_box, wait_for_drawn
from .extension_pages import ASK, NEXT_FRAME

EDITOR = "#first [role=textbox]"


def test_a_page_that_lay_open_says_that_it_has_to_be_loaded_again(playwright: Playwright, tmp_path: Path, pages_port: int, server: RunningServer) -> None:
    """The first word is marked as unread, and resting on it tells what to do; the text and the page go on undisturbed."""
    context = launch(playwright, tmp_path / "profile", pages_port)
    try:
        server.pair(context)
        page = context.new_page()
        page.goto(f"{SITE}/bubbles.html")
        page.locator(EDITOR).click()
        page.keyboard.type(f"Hello there. {ASK}")
        wait_for_drawn(page, [ASK.rstrip("?")])
        worker_of(context).evaluate("() => { setTimeout(() => chrome.runtime.reload(), 50); }")
        page.bring_to_front()
        page.locator(EDITOR).click()
        page.keyboard.press("End")
        for _ in range(40):
            page.keyboard.type(" x")
            page.evaluate(NEXT_FRAME)
            if page.evaluate("() => [...CSS.highlights.values()].flatMap((one) => [...one]).map(String).join() === 'Hello'"):
                break
        wait_for_drawn(page, ["Hello"])
        assert page.locator(EDITOR).inner_text().startswith(f"Hello there. {ASK} x")
        editor = page.locator(EDITOR).element_handle()
        assert editor
        box = text_box(page, editor, "Hello")
        hosts = page.evaluate("() => document.documentElement.children.length")
        page.mouse.move(5, 5)
        page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
        page.wait_for_function("(before) => document.documentElement.children.length > before", arg=hosts)
        assert coloured_pixels(page, box) == 0
    finally:
        context.close()
