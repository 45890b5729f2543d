"""Underlines lie under their words to the pixel, on the renderer as shipped: the browser's own selection says where the words are."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from .conftest import SITE, worker_of
from .drawing import extent

ASK = "Could you introduce me to Ada"
TEXT = f"Ciao 😀.\n{ASK}? Thanks."
CSS = "::selection { background: rgb(0 0 255); color: transparent } button { visibility: hidden }"
FIELDS = {
    "as it is": "textarea { color: inherit }",
    "borders and odd padding": "textarea { border: 7px solid #999; padding: 3.5px 21px 9px 5.25px }",
    "spaces and indent": "textarea { word-spacing: 5px; letter-spacing: 1.3px; text-indent: 24px; tab-size: 3; font: italic 500 17px/1.9 Georgia, serif }",
    "right to left": "textarea { direction: rtl }",
    "centred capitals": "textarea { text-align: center; text-transform: uppercase; font-size: 13px }",
    "small and scrolled": "textarea { height: 40px }",
    "zoomed": "body { zoom: 1.25 }",
    "scaled": "[role=dialog] { transform: translate(13px, 7px) scale(1.2); transform-origin: 0 0 }",
    "moved by what is above": "h2 { padding-top: 61px }",
    "narrower": "textarea { width: 410px }",
    "lines that do not wrap": "textarea { white-space: nowrap }",
    "line breaks that collapse": "textarea { white-space-collapse: collapse }",
    "each line in its own direction": "textarea { unicode-bidi: plaintext }",
    "words at both edges": "textarea { text-align: justify; width: 300px }",
}
WRAPPED = "This line is long enough to be wrapped at the edge of the field, and becomes two or even three of them."
STEPS = [
    ("Control+Home", "Enter"), ("Control+Home", "Enter"), ("Control+Home", WRAPPED), ("Control+Home", "Delete"),
    ("Control+End", "Enter"), ("Control+End", "😀"), ("Control+End", "Enter"), ("Control+End", "Backspace"), ("Control+End", "x"),
    ("Control+Home", "\n\n"), ("Control+Home", "Delete"), ("Control+Home", "Delete"),
]
SELECT = """(element, [words]) => {
  element.focus();
  if (element.matches('textarea, input')) return element.setSelectionRange(element.value.indexOf(words), element.value.indexOf(words) + words.length);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (!walker.nextNode().data.includes(words));
  const { currentNode: node } = walker;
  getSelection().setBaseAndExtent(node, node.data.indexOf(words), node, node.data.indexOf(words) + words.length);
}"""

UNSELECT = """element => {
  if (element.matches('textarea, input')) return element.setSelectionRange(element.value.length, element.value.length);
  getSelection().selectAllChildren(element);
  getSelection().collapseToEnd();
}"""


def expect_fit(page: Page, selector: str) -> None:
    """Compare where the red line comes to lie with where the browser shows the words as selected."""
    element = page.locator(selector)
    element.evaluate(SELECT, [ASK])
    words = extent(page, "blue")
    assert words
    element.evaluate(UNSELECT)
    underline = None
    # While the answer to the last key is on its way, the line may still be that of the words typed before it.
    for _ in range(100):
        underline = extent(page, "red")
        if underline and underline["right"] - underline["left"] >= words["right"] - words["left"] - 2:
            break
    assert underline, "nothing red is drawn"
    assert abs(underline["left"] - words["left"]) <= 1, (underline, words)
    assert abs(underline["right"] - words["right"]) <= 1, (underline, words)
    assert words["top"] < underline["top"] <= underline["bottom"] <= words["bottom"] + 4, (underline, words)


@pytest.mark.parametrize("name", FIELDS)
def test_a_field(page: Page, name: str) -> None:
    """In a textarea, however it is dressed before or after the words are typed."""
    page.goto(f"{SITE}/invitation.html")
    page.add_style_tag(content=CSS)
    field = page.locator("textarea")
    if name != "narrower":
        page.add_style_tag(content=FIELDS[name])
    field.click()
    page.keyboard.type(TEXT)
    page.wait_for_function("() => document.documentElement.lastElementChild !== document.body")
    page.add_style_tag(content=FIELDS[name])
    expect_fit(page, "textarea")


def test_a_field_whose_lines_come_and_go(page: Page) -> None:
    """Lines that are begun, joined, emptied and wrapped before the words and behind them move the underline along."""
    page.goto(f"{SITE}/invitation.html")
    page.add_style_tag(content=f"{CSS} textarea {{ color: inherit; height: 300px; text-indent: 11px }}")
    field = page.locator("textarea")
    field.click()
    page.keyboard.type(TEXT)
    expect_fit(page, "textarea")
    for place, key in STEPS:
        page.keyboard.press(place)
        page.keyboard.press(key) if key in ("Enter", "Delete", "Backspace") else page.keyboard.insert_text(key)
        expect_fit(page, "textarea")


HOLD_ANSWERS = """() => {
  globalThis.fetchItself = fetch;
  globalThis.held = new Promise((resolve) => { globalThis.letGo = resolve; });
  globalThis.fetch = async (url, options) => {
    if (url.endsWith('/lint')) await held;
    return fetchItself(url, options);
  };
}"""


def test_a_field_whose_answers_are_late(page: Page, extension_context: BrowserContext) -> None:
    """Before any answer comes, a letter before the words moves the line along, and one in them hides it until they are read again."""
    page.goto(f"{SITE}/invitation.html")
    page.add_style_tag(content=f"{CSS} textarea {{ color: inherit }}")
    field = page.locator("textarea")
    field.click()
    page.keyboard.type(TEXT)
    expect_fit(page, "textarea")
    worker = worker_of(extension_context)
    worker.evaluate(HOLD_ANSWERS)
    for key in ("Control+Home", "x", "Enter"):
        page.keyboard.press(key)
    expect_fit(page, "textarea")
    field.evaluate("(field, words) => { const at = field.value.indexOf(words) + 1; field.setSelectionRange(at, at); }", ASK)
    page.keyboard.press("x")
    assert extent(page, "red") is None
    page.keyboard.press("Backspace")
    assert extent(page, "red") is None
    worker.evaluate("() => { globalThis.fetch = fetchItself; letGo(); }")
    expect_fit(page, "textarea")


@pytest.mark.parametrize("address", ["messaging.html", "shadow.html", "inmail.html"])
def test_a_rich_editor_or_a_line(page: Page, address: str) -> None:
    """In a rich editor, in a shadow root, and in a field of one line."""
    page.goto(f"{SITE}/{address}")
    selector = "[name=subject]" if address == "inmail.html" else ".msg-form__contenteditable"
    page.locator(selector).evaluate("(element, css) => { const style = document.createElement('style'); style.textContent = css; (element.getRootNode().head ?? element.getRootNode()).append(style); }", CSS)
    page.locator(selector).click()
    page.keyboard.type(TEXT.replace("\n", " ") + " x")
    expect_fit(page, selector)
