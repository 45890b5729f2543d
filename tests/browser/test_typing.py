"""Nothing that is typed is lost or moved: by a fast hand, by an input method, beside underlines that come and go."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from .conftest import SITE, worker_of
from .drawing import DRAWN_TEXTS, wait_for_drawn
from .editors import EDITORS, build_editors
from .writing import expect_text, open_editor

ASK = "Could you introduce me to Ada"
START = f"I run a small sail loft in Genoa and would love your advice. {ASK}? "
ANSWERED = """async () => {
  while (!Object.values(await chrome.storage.session.get(null)).some((one) => one?.text?.includes('Ada, ni')));
}"""
KEPT = """async (text) => {
  const lastMoment = Date.now() + 20_000;
  while (!Object.values(await chrome.storage.session.get(null)).some((one) => one?.text?.trim() === text)) {
    if (Date.now() > lastMoment) throw new Error('the message was not read');
  }
}"""
BURST = "Could you introduce me to Ada? " * 6 + "So, that 😀 was quick."


@pytest.fixture(scope="module", autouse=True)
def editors_built() -> None:
    """Bundle the editors once."""
    build_editors()


@pytest.mark.parametrize("editor", EDITORS)
def test_an_input_method_composes(page: Page, extension_context: BrowserContext, editor: str) -> None:
    """Letters that an input method composes, changes and takes back come out as composed, in a text with underlines."""
    open_editor(page, editor)
    page.keyboard.type(START)
    keys = extension_context.new_cdp_session(page)
    for composed in ("k", "ko", "こ", "こn", "こん", "こんに", "こんにち", "こんにちは"):
        keys.send("Input.imeSetComposition", {"text": composed, "selectionStart": len(composed), "selectionEnd": len(composed)})
    keys.send("Input.insertText", {"text": "今日は"})
    page.keyboard.type(" Ada, ")
    # An answer that comes while the method is still open must not end it.
    keys.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    worker_of(extension_context).evaluate(ANSWERED)
    keys.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    keys.send("Input.insertText", {"text": "二"})
    expect_text(page, f"{START}今日は Ada, 二")


@pytest.mark.parametrize("editor", EDITORS)
def test_a_fast_hand(page: Page, editor: str) -> None:
    """Keys without any pause between them leave every letter where it was typed, while underlines come and go."""
    open_editor(page, editor)
    page.keyboard.type(BURST)
    expect_text(page, BURST)
    if editor != "textarea":
        page.wait_for_function("(ask) => [...CSS.highlights.values()].some((one) => [...one].map(String).includes(ask))", arg=ASK)


# The background sleeps and takes a while to wake: so long it hears nothing.
BUSY = "() => { setTimeout(() => { const until = Date.now() + 1500; while (Date.now() < until); }, 0); }"


@pytest.mark.parametrize("editor", ["textarea", "plain", "lexical"])
def test_what_is_written_before_the_background_has_woken_is_read(page: Page, extension_context: BrowserContext, editor: str) -> None:
    """A text that comes in one stroke, as by a paste, before the page knows its editors is asked about all the same."""
    page.goto(f"{SITE}/editor.html#{editor}")
    worker_of(extension_context).evaluate(BUSY)
    page.locator("[data-ready]").click()
    page.keyboard.insert_text(f"{ASK}?")
    worker_of(extension_context).evaluate(KEPT, f"{ASK}?")


def test_underlines_move_with_their_words(page: Page) -> None:
    """A letter before the words moves the line at once; a letter in them hides it, and taken back it comes again."""
    page.goto(f"{SITE}/messaging.html")
    editor = page.locator(".msg-form__contenteditable")
    editor.click()
    page.keyboard.type(f"Ciao. {ASK}? Thanks.")
    wait_for_drawn(page, [ASK])
    # What stands at the end of the very task of the key is read: no answer of a server can be there yet.
    page.evaluate("""() => addEventListener('input', () => {
      globalThis.drawn = [...CSS.highlights.values()].flatMap((one) => [...one].map(String));
    })""")
    page.keyboard.press("Home")
    page.keyboard.press("x")
    assert page.evaluate("drawn") == [ASK]
    for _ in range(len("Ciao. Could")):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("x")
    assert page.evaluate("drawn") == []
    page.keyboard.press("Backspace")
    wait_for_drawn(page, [ASK])


def test_keys_that_overtake_the_answers(page: Page, extension_context: BrowserContext) -> None:
    """While answers come slower than keys the newest text is asked about as one that is being typed, the rest of the keys not at all."""
    page.goto(f"{SITE}/messaging.html")
    page.locator(".msg-form__contenteditable").click()
    page.keyboard.type("Ciao. ")
    worker = worker_of(extension_context)
    worker.evaluate("""() => {
      globalThis.asked = [];
      globalThis.fetchItself = fetch;
      globalThis.fetch = async (url, options) => {
        if (url.endsWith('/lint')) asked.push(JSON.parse(options.body));
        await new Promise((resolve) => setTimeout(resolve, 200));
        return fetchItself(url, options);
      };
    }""")
    page.keyboard.type(f"{ASK}? So", delay=20)
    wait_for_drawn(page, [ASK])
    asked = worker.evaluate("() => { globalThis.fetch = fetchItself; return asked; }")
    typed = [one for one in asked if "caret" in one]
    assert 2 <= len(typed) < len(ASK)
    assert all(one["caret"] == len(one["text"]) for one in typed)
    assert len(asked) - len(typed) <= 1, "a whole message was asked about before the keys rested"


def test_a_long_message_is_read_around_the_change(page: Page, extension_context: BrowserContext) -> None:
    """In a long message most keys ask about what lies around them alone, and every ask of the message stays underlined."""
    plain = "Sails and maps are a fine thing to talk about. The harbour was quiet, as it is in spring. "
    first, second = "Could you introduce me to Ada Byron", "Could you introduce me to Richard Branson"
    page.goto(f"{SITE}/messaging.html")
    page.locator(".msg-form__contenteditable").click()
    page.keyboard.insert_text(f"{plain * 6}{first}? {plain * 20}")
    wait_for_drawn(page, [first])
    worker = worker_of(extension_context)
    worker.evaluate("""() => {
      globalThis.lengths = [];
      globalThis.fetchItself = fetch;
      globalThis.fetch = (url, options) => {
        if (url.endsWith('/lint')) lengths.push(JSON.parse(options.body).text.length);
        return fetchItself(url, options);
      };
    }""")
    page.keyboard.type(f"{second}? ")
    wait_for_drawn(page, [first, second])
    lengths = worker.evaluate("() => { globalThis.fetch = fetchItself; return lengths; }")
    assert sorted(lengths)[len(lengths) // 2] < 1000


def test_a_long_message_with_many_asks_is_drawn_where_it_is_seen(page: Page) -> None:
    """Of many asks those near the view are drawn, the others as soon as they are scrolled to, on their own words."""
    asks = [f"Could you introduce me to person number {number}" for number in range(100, 160)]
    page.goto(f"{SITE}/messaging.html")
    page.locator(".msg-form__contenteditable").click()
    page.keyboard.insert_text("\n".join(f"{ask}? Sails and maps are a fine thing to talk about, as is the harbour in spring." for ask in asks))
    page.keyboard.press("Control+Home")
    drawn = f"({DRAWN_TEXTS})()"
    page.wait_for_function(f"([first, last]) => {drawn}.includes(first) && !{drawn}.includes(last)", arg=[asks[0], asks[-1]])
    page.keyboard.type("So. ")
    page.keyboard.press("Control+End")
    page.wait_for_function(f"([first, last]) => {drawn}.includes(last) && !{drawn}.includes(first)", arg=[asks[0], asks[-1]])
    page.mouse.wheel(0, -100_000)
    page.wait_for_function(f"([first, last]) => {drawn}.includes(first) && !{drawn}.includes(last)", arg=[asks[0], asks[-1]])


def test_a_background_that_was_stopped_answers_again(page: Page, extension_context: BrowserContext) -> None:
    """The browser may stop the background between two keys; the next key is answered all the same."""
    page.goto(f"{SITE}/messaging.html")
    page.locator(".msg-form__contenteditable").click()
    page.keyboard.type(f"Ciao. {ASK}? ")
    wait_for_drawn(page, [ASK])
    browser = extension_context.new_cdp_session(page)
    browser.send("ServiceWorker.enable")
    browser.send("ServiceWorker.stopAllWorkers")
    page.keyboard.type(f"{ASK}? ")
    wait_for_drawn(page, [ASK, ASK])
