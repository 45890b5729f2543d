"""The playground lints while one types, explains, and follows the stage that is picked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from ..scenes import SCENES
from .drawing import coloured_pixels, text_box, wait_for_drawn
from .own_pages import fresh_tab


@pytest.fixture
def plain_page(browser: Browser, server_origin: str) -> Iterator[Page]:
    """Yield the playground in a browser without the extension; errors of the page fail the test."""
    with fresh_tab(browser) as (tab, errors):
        tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        tab.goto(server_origin + "/")
        yield tab
    assert [e for e in errors if "ERR_CONNECTION" not in e and "Failed to fetch" not in e] == []


@pytest.mark.parametrize("code", SCENES)
def test_the_scene_in_the_playground(plain_page: Page, code: str) -> None:
    """Typed key by key: underlined, judged, explained by hover and key, and gone once deleted."""
    page, (text, ask) = plain_page, SCENES[code]
    editor = page.locator("#editor")
    editor.click()
    page.keyboard.type(text)
    page.wait_for_function("(ask) => [...CSS.highlights.get('coltiva-error') ?? []].map(String).includes(ask)", arg=ask)
    assert page.locator("#verdict").get_attribute("data-verdict") == "wait"
    assert page.locator("#editor").inner_text().strip() == text
    handle = editor.element_handle()
    assert handle is not None
    box = text_box(page, handle, ask)
    assert coloured_pixels(page, box) > box["width"]
    page.mouse.move(box["x"] + 30, box["y"] + 8)
    page.locator("#card").wait_for(state="visible")
    assert "Ivan Misner" in page.locator("#card-why").inner_text()
    assert (page.locator("#card-needs").inner_text(), page.locator("#card-reached").inner_text()) == ("credibility", "stranger")
    page.keyboard.press("Escape")
    page.locator("#card").wait_for(state="hidden")
    page.keyboard.press("F8")
    page.locator("#card").wait_for(state="visible")
    assert page.locator("#announcer").inner_text() != ""
    page.keyboard.press("Control+a")
    page.keyboard.type("Ciao!")
    wait_for_drawn(page, [])


def test_the_stage_decides(plain_page: Page) -> None:
    """The same text is too early for a stranger, a little early at visibility, and fine at credibility."""
    page = plain_page
    page.get_by_role("button", name="The scene").click()
    for stage, verdict in (("visibility", "revise"), ("credibility", "send"), ("stranger", "wait")):
        page.get_by_label(stage).check()
        page.locator(f'#verdict[data-verdict="{verdict}"]').wait_for()
    page.get_by_label("credibility").check()
    page.locator('#verdict[data-verdict="send"]').wait_for()
    page.locator("#findings button").first.click()
    assert "nautical chart" in page.locator("#card-events").inner_text()


def test_a_silent_server_is_named_and_nothing_is_lost(plain_page: Page) -> None:
    """Without server the page says what to do, keeps the text, and goes on when the server is back."""
    page = plain_page
    page.route("**/api/v1/lint", lambda route: route.abort("connectionrefused"))
    page.locator("#editor").click()
    page.keyboard.type("Could you introduce me to Richard Branson?")
    page.locator("#notice", has_text="make run").wait_for()
    assert page.locator("#editor").inner_text() == "Could you introduce me to Richard Branson?"
    page.unroute("**/api/v1/lint")
    page.locator("#notice").wait_for(state="hidden")
    wait_for_drawn(page, ["Could you introduce me to Richard Branson"])


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_overflows(plain_page: Page, width: int) -> None:
    """From a narrow phone to a wide screen nothing leaves the page sideways."""
    page = plain_page
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("button", name="The scene").click()
    page.locator("#findings button").first.wait_for()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_rewrite_is_taken_over_by_one_click_and_one_undo_takes_it_back(plain_page: Page) -> None:
    """The rewrites stand below the verdict; one of them replaces the message, and nothing in it is too early."""
    page = plain_page
    editor = page.locator("#editor")
    editor.click()
    text = "Hi Ivan, I run a sail loft in Genoa. Could you introduce me to Richard Branson?"
    page.keyboard.type(text)
    page.locator("#rewrites > li").nth(1).wait_for(state="visible")
    first = page.locator("#rewrites > li").first
    words = first.locator(".rewrite-text").inner_text()
    assert words.startswith("Hi Ivan, I run a sail loft in Genoa. ")
    first.get_by_role("button", name="Use this").click()
    page.wait_for_function("() => document.querySelector('#verdict').dataset.verdict !== 'wait'")
    assert editor.inner_text().strip() == words
    page.locator("#rewrites-section").wait_for(state="hidden")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => document.querySelector('#verdict').dataset.verdict === 'wait'")
    assert editor.inner_text().strip() == text


def test_other_words_are_offered_on_request(plain_page: Page) -> None:
    """The button below the heading gives other rewrites of the same message."""
    page = plain_page
    page.locator("#editor").click()
    page.keyboard.type("Hi Ivan, I run a sail loft in Genoa. Could you introduce me to Richard Branson?")
    page.locator("#rewrites > li").nth(1).wait_for(state="visible")
    before = page.locator("#rewrites").inner_text()
    page.locator("#other-words").click()
    page.wait_for_function("(before) => document.querySelector('#rewrites').innerText !== before", arg=before)
    assert page.locator("#rewrites > li").count() > 1


def test_blank_lines_are_read_as_they_are_seen(plain_page: Page) -> None:
    """An empty line before the name stays one, in what is counted and in a rewrite that is taken over."""
    editor = plain_page.locator("#editor")
    editor.click()
    for line in ("Hi Ivan,", "", "We met a seal. Could you introduce me to Richard Branson?", "", "Greg"):
        plain_page.keyboard.type(line)
        if line != "Greg":
            plain_page.keyboard.press("Enter")
    read = "(async () => (await import('/static/editor-text.js')).readEditor(document.querySelector('#editor')).text)()"
    assert plain_page.evaluate(read) == "Hi Ivan,\n\nWe met a seal. Could you introduce me to Richard Branson?\n\nGreg"
    plain_page.locator("#editor").press("Control+a")
    plain_page.keyboard.press("Delete")
    plain_page.keyboard.insert_text("one\n\ntwo\nthree")
    assert plain_page.evaluate(read) == "one\n\ntwo\nthree"


def test_a_stranger_asks_in_the_scene(plain_page: Page) -> None:
    """Choosing the scene sets the stage with it, whatever stage was tried before."""
    plain_page.locator('[name="stage"][value="credibility"]').check(force=True)
    plain_page.locator("#scenes button").first.click()
    plain_page.wait_for_function("() => document.querySelector('#verdict').dataset.verdict === 'wait'")
    assert plain_page.locator('[name="stage"][value="stranger"]').is_checked()
