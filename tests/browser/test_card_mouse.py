"""The card by mouse alone: the pointer on the words opens it, and a click does what each of its buttons says."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import BrowserContext, Error, Frame, Page

from .drawing import text_box, wait_for_drawn
from .extension_pages import (
    ASK,
    EDITOR,
    MEETING,
    NEXT_FRAME,
    ask,
    contact_report,
    open_page,
    store_contact,
    undo_dismissals,
    wait_for_closed_card,
    write_to,
)

READS = "([editor, text]) => document.querySelector(editor).innerText.trim() === text"


def hovered(page: Page, words: str) -> Frame:
    """Rest the pointer on *words*, and return the card that opens."""
    wait_for_drawn(page, [words])
    editor = page.locator(EDITOR).element_handle()
    assert editor
    box = text_box(page, editor, words)
    page.mouse.move(5, 5)
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    for _ in range(400):
        for frame in page.frames:
            with contextlib.suppress(Error):
                if "card/card.html" in frame.url and frame.locator("#card:visible").count():
                    return frame
        page.evaluate(NEXT_FRAME)
    raise AssertionError("no card has opened")


def written(page: Page, context: BrowserContext, name: str, sentence: str = ASK) -> tuple[str, int, Frame]:
    """Write an ask to somebody met once; return their id, the tab, and the card that the pointer opens."""
    slug = name.lower().replace(" ", "-")
    contact_id = store_contact(context, name, profiles=[f"https://www.linkedin.com/in/{slug}"], history=MEETING)
    tab = write_to(page, name, slug, f"Hi! {sentence}")
    return contact_id, tab, hovered(page, sentence.rstrip("?"))


def test_a_click_applies(page: Page, extension_context: BrowserContext) -> None:
    """The card tells ears what it is about, leaves the focus where it was, and its button writes what it shows."""
    _, _, card = written(page, extension_context, "Mia Mouse")
    said = [card.locator(one).inner_text() for one in ("#announcement", "#title", "#why")]
    assert said[0] == f"{said[1]}. {said[2]}"
    assert page.evaluate(f"() => document.activeElement === document.querySelector('{EDITOR}')")
    comes = card.locator("#suggestion-list p").first.evaluate(
        "(shown) => { const copy = shown.cloneNode(true); copy.querySelectorAll('del, .visually-hidden').forEach((one) => one.remove()); return copy.textContent; }")
    card.locator("#suggestion-list").get_by_role("button", name="Apply").click()
    wait_for_closed_card(page)
    page.wait_for_function(READS, arg=[EDITOR, f"Hi! {comes}"])


@pytest.mark.parametrize(("button", "name", "what"), [("Ignore here", "Ina Ignore", "mice"), ("This is no ask", "Nora Noask", "cats")])
def test_a_click_dismisses(page: Page, extension_context: BrowserContext, button: str, name: str, what: str) -> None:
    """The underline goes, the words stay, and the options list what was dismissed."""
    sentence = f"{ASK[:-1]} for {what}?"
    _, _, card = written(page, extension_context, name, sentence)
    card.get_by_role("button", name=button).click()
    wait_for_closed_card(page)
    wait_for_drawn(page, [])
    assert page.evaluate(READS, [EDITOR, f"Hi! {sentence}"])
    options = open_page(extension_context, "options/options.html")
    options.locator("#ignored li", has_text=f"for {what}").wait_for()
    options.close()
    undo_dismissals(extension_context)


def test_a_click_lets_the_word_of_the_user_count(page: Page, extension_context: BrowserContext) -> None:
    """The stage and the reason that are chosen and written in the form are kept with the contact, and the verdict follows."""
    contact_id, tab, card = written(page, extension_context, "Karl Known")
    card.get_by_role("button", name="I know them").click()
    card.locator("#know-stage").select_option("profitability")
    card.locator("#know-reason").fill("Sailed with me for years")
    card.locator("#know button.main").click()
    wait_for_closed_card(page)
    wait_for_drawn(page, [])
    override = contact_report(extension_context, contact_id)["contact"]["stage_override"]
    assert (override["stage"], override["reason"]) == ("profitability", "Sailed with me for years")
    assert ask(extension_context, {"type": "panel-view", "tab": tab, "pinned": None})["draft"]["report"]["verdict"] == "send"


def test_a_click_closes(page: Page, extension_context: BrowserContext) -> None:
    """The cross closes the card and changes nothing; so does a pointer that goes away."""
    _, _, card = written(page, extension_context, "Cleo Close")
    card.locator("#close").click()
    page.wait_for_function("() => document.querySelectorAll('iframe').length === 0 && document.documentElement.lastElementChild === document.body")
    hovered(page, ASK.rstrip("?"))
    page.mouse.move(5, 5)
    page.wait_for_function("() => document.documentElement.lastElementChild === document.body")
    wait_for_drawn(page, [ASK.rstrip("?")])
