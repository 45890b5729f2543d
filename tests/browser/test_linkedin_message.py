"""The scene of the article, typed key by key into a LinkedIn-like composer with the real extension and server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ..scenes import SCENES
from .conftest import SITE
from .drawing import coloured_pixels, drawn_texts, text_box, wait_for_drawn

EDITOR = ".msg-form__contenteditable"


def card_of(page: Page):
    """Return the frame of the open card."""
    page.wait_for_function("() => true")
    for _ in range(100):
        for frame in page.frames:
            if "card/card.html" in frame.url and frame.locator("#card:visible").count():
                return frame
        page.wait_for_load_state()
        page.evaluate("() => new Promise((resolve) => { requestAnimationFrame(resolve); setTimeout(resolve, 50); })")
    raise AssertionError("no card opened")


@pytest.mark.parametrize("code", SCENES)
@pytest.mark.parametrize("page_name", ["messaging.html", "shadow.html"])
def test_the_scene_is_underlined_and_explained(page: Page, code: str, page_name: str) -> None:
    """Typed, underlined with the reason and the stage in the card, untouched, and gone once the ask is deleted."""
    text, ask = SCENES[code]
    page.goto(f"{SITE}/{page_name}")
    editor = page.locator(EDITOR)
    editor.click()
    page.keyboard.type(text)
    wait_for_drawn(page, [ask])
    assert editor.inner_text().strip() == text
    handle = editor.element_handle()
    assert handle is not None
    box = text_box(page, handle, ask)
    page.mouse.move(5, 5)
    assert coloured_pixels(page, box) > box["width"], "nothing red is drawn below the ask"

    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + 24, box["y"] + box["height"] / 2)
    card = card_of(page)
    assert card.locator("#card").get_attribute("data-severity") == "error"
    assert "Ivan Misner" in card.locator("#why").inner_text()
    assert card.locator("#needed").inner_text() == "Credibility"
    assert card.locator("#reached").inner_text() == "Stranger"
    assert "Ivan Misner" in card.locator("#recipient").inner_text()

    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelectorAll('iframe').length === 0")
    editor.click()
    page.keyboard.press("Control+End")
    tail = text[text.index(ask) + len(ask):]
    for _ in tail:
        page.keyboard.press("ArrowLeft")
    for _ in ask:
        page.keyboard.press("Backspace")
    wait_for_drawn(page, [])
    assert editor.inner_text().strip() == text.replace(ask, "")


def test_the_card_by_keyboard(page: Page, extension_context) -> None:
    """The command opens the card with the focus inside, Escape gives the focus back to the editor."""
    text, ask = SCENES["en"]
    page.goto(f"{SITE}/messaging.html")
    page.locator(EDITOR).click()
    page.keyboard.type(text)
    wait_for_drawn(page, [ask])
    # Chromium does not hand synthetic keys to extension commands; what the command does is asked for directly.
    extension_context.service_workers[0].evaluate(
        """async () => { const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        await chrome.tabs.sendMessage(tab.id, { type: 'next-finding' }); }""")
    card = card_of(page)
    card.wait_for_function("() => document.activeElement?.id === 'card'")
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => document.activeElement === document.querySelector('{EDITOR}')")
    page.keyboard.type("!")
    assert page.locator(EDITOR).inner_text().strip().endswith("!")


def test_events_made_by_the_page_draw_nothing(page: Page) -> None:
    """A page that fills the editor and sends its own input events learns nothing; a real key then draws."""
    text, ask = SCENES["en"]
    page.goto(f"{SITE}/messaging.html")
    editor = page.locator(EDITOR)
    editor.click()
    page.keyboard.type("a")
    # What the user typed is asked about once more when they pause, after a second: that is theirs, not the page's.
    page.evaluate("() => new Promise((done) => setTimeout(done, 1500))")
    editor.evaluate(
        """(element, text) => { element.innerHTML = ''; element.append(text);
        element.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true })); }""",
        text,
    )
    page.evaluate("() => fetch('/messaging.html').then(() => new Promise((done) => setTimeout(done, 300)))")
    assert drawn_texts(page) == []
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    wait_for_drawn(page, [ask])


def test_the_page_sees_no_word_about_the_contact(page: Page) -> None:
    """While the card is open neither the document nor the browser's own search holds its words."""
    text, ask = SCENES["en"]
    page.goto(f"{SITE}/messaging.html")
    known = page.locator("html").inner_text()
    page.locator(EDITOR).click()
    page.keyboard.type(text)
    wait_for_drawn(page, [ask])
    handle = page.locator(EDITOR).element_handle()
    assert handle is not None
    box = text_box(page, handle, ask)
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.move(box["x"] + 24, box["y"] + 8)
    why = card_of(page).locator("#why").inner_text()
    words = [word for word in why.replace(".", "").split() if word not in text + known and len(word) > 5]
    assert words
    assert page.evaluate(
        "(words) => words.filter((word) => document.documentElement.outerHTML.includes(word) || window.find(word, false, false, true))", words) == []
    assert page.evaluate("(word) => window.find(word, false, false, true)", known.split()[0]), "the search finds nothing at all"
