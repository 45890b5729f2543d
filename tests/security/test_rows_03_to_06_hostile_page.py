"""Rows 3 to 6: a hostile page around the editor spies on what the extension draws, says, is, and does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import ElementHandle, Page, Playwright

from coltiva.contacts import Direction, Event, EventKind, Note
from coltiva.editing import in_turn, with_events, with_item

from ..browser.conftest import EXTENSION, SITE, launch
from ..browser.drawing import drawn_texts, text_box, wait_for_drawn
from ..scenes import SCENES
from .evidence import Evidence
from .rig import CANARY, Target, extension_id, weakened_extension

EDITOR = ".msg-form__contenteditable"
TEXT, ASK = SCENES["en"]
NOTE_WORDS = ("wombatscarf", "pelicanlamp")
TRUSTS_ALL = ("content/start.js", r"!event\.isTrusted", "false")
# Waits until whatever the extension may have been made to do is done.
SETTLE = "() => fetch('/messaging.html').then(() => new Promise((done) => setTimeout(done, 500)))"
# Longer than the pause after which the extension looks once more at what was typed.
PAUSE = "() => new Promise((done) => setTimeout(done, 1400))"


@pytest.fixture
def browse(playwright: Playwright, pages_port: int, target: Target, tmp_path: Path) -> Callable[..., object]:
    """Return a way to start a browser with an extension, paired with the server in which the contact has notes and a history."""
    (known,) = target.store.summaries()
    when = target.store.get(known.id)
    assert when.contact.company == CANARY
    target.store.update(known.id, "edited", in_turn((
        with_events(Event("e1", date(2026, 3, 2), EventKind.MEETING, Direction.BOTH, f"{CANARY} breakfast")),
        with_item(Note("n1", date(2026, 3, 2), " ".join(NOTE_WORDS), True)),
    )))

    @contextmanager
    def start(extension: Path = EXTENSION) -> Iterator[Page]:
        context = launch(playwright, tmp_path / f"profile-{extension.name}", pages_port, extension=extension)
        try:
            target.pair(context)
            page = context.new_page()
            page.goto(f"{SITE}/messaging.html")
            page.locator(EDITOR).click()
            yield page
        finally:
            context.close()

    return start


def editor_of(page: Page) -> ElementHandle:
    """Return the editor."""
    handle = page.locator(EDITOR).element_handle()
    assert handle is not None
    return handle


def put_words(page: Page, words: str) -> None:
    """Let the page put words into the editor and send the events that typing sends."""
    editor_of(page).evaluate(
        """(element, words) => { element.textContent = words; for (const type of ['beforeinput', 'input', 'keyup', 'compositionend'])
          element.dispatchEvent(new InputEvent(type, { bubbles: true, composed: true, data: words, inputType: 'insertText' })); }""", words)


def learnt(page: Page) -> int:
    """Return how many of the page's own guesses the underlines told it, the rules' and the notes'."""
    told = 0
    for words in (TEXT, *(f"I hear about {word}." for word in NOTE_WORDS)):
        put_words(page, words)
        page.evaluate(PAUSE)
        told += bool(drawn_texts(page))
    return told


def test_the_oracle(browse: Callable, tmp_path: Path, evidence: Evidence) -> None:
    """Words that the page puts in by events of its own draw nothing; where such events count, they do."""
    with browse() as page:
        page.keyboard.type("Hello")
        page.evaluate(PAUSE)
        got_in = learnt(page)
    with browse(weakened_extension(tmp_path, TRUSTS_ALL)) as page:
        page.keyboard.type("Hello")
        page.evaluate(PAUSE)
        evidence.add(3, "a page learns rules and notes from what is underlined", 1 + len(NOTE_WORDS), got_in, "the check that a person types", learnt(page))


def test_no_note_is_ever_underlined(browse: Callable) -> None:
    """Even typed by the person, the words of notes and history about the contact draw nothing; the ask does."""
    with browse() as page:
        page.keyboard.type(f"Hello, {' '.join(NOTE_WORDS)} {CANARY}. {TEXT}")
        page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
        assert not [text for text in drawn_texts(page) if CANARY in text or any(word in text for word in NOTE_WORDS)]


def open_card(page: Page) -> None:
    """Type the scene and point at the ask until the card is there."""
    page.keyboard.type(TEXT)
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    box = text_box(page, editor_of(page), drawn_texts(page)[0])
    for step in range(4):
        page.mouse.move(box["x"] + 20 + step, box["y"] + box["height"] / 2)
    for _ in range(200):
        if any("card/card.html" in frame.url and CANARY in frame.locator("body").inner_text() for frame in page.frames[1:]):
            return
        page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 30))")
    raise AssertionError("the card does not show what is known of the contact; nothing is shown")


SPY = """(words) => words.filter((word) => {
  const roots = [document.documentElement, ...[...document.querySelectorAll('*')].map((element) => element.shadowRoot).filter(Boolean)];
  return roots.some((root) => (root.outerHTML ?? root.innerHTML).includes(word)) || window.find(word, false, false, true);
}).length"""


def test_the_card_is_not_read(browse: Callable, tmp_path: Path, evidence: Evidence) -> None:
    """While the card shows the history, neither document nor search finds its words; in a closed shadow tree search does."""
    words = [CANARY, f"{CANARY} breakfast", "Ivan Misner's history"]
    with browse() as page:
        open_card(page)
        got_in = page.evaluate(SPY, words)
    shown = ("content/card-frame.js", r"over\.layer\.append\(frame\);", f"over.layer.append(frame, '{CANARY} breakfast');")
    with browse(weakened_extension(tmp_path, shown)) as page:
        open_card(page)
        evidence.add(4, "a page reads what the card says of the contact", len(words), got_in, "the frame of another origin", page.evaluate(SPY, words))


PROBES = """async (id) => { const paths = ['manifest.json', 'card/card.html', 'panel/panel.html', 'options/options.html', 'icons/coltiva-32.png',
    'background/worker.js', 'content/start.js', '_locales/en/messages.json'];
  const told = [typeof chrome?.runtime?.id === 'string', 'coltiva' in window, /coltiva/i.test(document.documentElement.outerHTML), CSS.highlights.size > 0];
  const seen = await Promise.all(paths.flatMap((path) => { const url = `chrome-extension://${id}/${path}`; return [
    fetch(url).then(() => 1, () => 0),
    new Promise((done) => { const image = new Image(); image.onload = () => done(1); image.onerror = () => done(0); image.src = url; }),
    new Promise((done) => { const style = document.createElement('link'); style.rel = 'stylesheet'; style.onload = () => done(1); style.onerror = () => done(0);
      style.href = url; document.head.append(style); }),
  ]; }));
  return { tried: seen.length + told.length, found: seen.filter(Boolean).length + told.filter(Boolean).length }; }"""


def test_the_extension_is_not_recognised(browse: Callable, tmp_path: Path, evidence: Evidence) -> None:
    """No file of the extension answers a page, and nothing tells it is there before anything is drawn."""
    with browse() as page:
        page.reload()
        found = page.evaluate(PROBES, extension_id(page.context))
    open_to_all = ("manifest.json", r'"resources": \["card/card\.html"\]', '"resources": ["icons/*", "card/card.html", "manifest.json"]')
    static = ("manifest.json", r'"use_dynamic_url": true', '"use_dynamic_url": false')
    with browse(weakened_extension(tmp_path, open_to_all, static)) as page:
        page.reload()
        then = page.evaluate(PROBES, extension_id(page.context))["found"]
    evidence.add(5, "a page finds out that the extension is there", found["tried"], found["found"], "the dynamic address of the card", then)


def test_names_of_highlights_change(browse: Callable) -> None:
    """Two loads of a page draw under different names, so a list of names recognises nothing."""
    names = []
    with browse() as page:
        for _ in range(2):
            page.goto(f"{SITE}/messaging.html")
            page.locator(EDITOR).click()
            page.keyboard.type(TEXT)
            wait_for_drawn(page, [ASK])
            names.append(set(page.evaluate("() => [...CSS.highlights.keys()]")))
    assert names[0]
    assert names[0].isdisjoint(names[1])
    assert not [name for name in names[0] | names[1] if "coltiva" in name]


CLICKS = """(element, [x, y]) => { const at = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, pointerType: 'mouse' };
  for (const aim of [element, document.elementFromPoint(x, y) ?? element])
    for (const type of ['pointermove', 'pointerdown', 'pointerup', 'mousemove', 'mousedown', 'mouseup', 'click'])
      aim.dispatchEvent(new (type.startsWith('pointer') ? PointerEvent : MouseEvent)(type, at));
  for (const key of ['F8', 'Enter', '1', 'Escape']) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true, bubbles: true, composed: true })); }"""


def test_made_up_clicks_do_nothing(browse: Callable, tmp_path: Path, evidence: Evidence) -> None:
    """Events that the page makes over an underline open no card; where they count, they do."""

    def opened(page: Page) -> int:
        page.keyboard.type(TEXT)
        wait_for_drawn(page, [ASK])
        box = text_box(page, editor_of(page), ASK)
        editor_of(page).evaluate(CLICKS, [box["x"] + 20, box["y"] + box["height"] / 2])
        page.evaluate(SETTLE)
        return sum("card/card.html" in frame.url for frame in page.frames)

    with browse() as page:
        got_in = opened(page)
    pointing = ("content/pointing.js", r"!event\.isTrusted \|\|", "false ||")
    stays = ("content/pointing.js", r"if \(event\.isTrusted && ", "if (false && ")
    with browse(weakened_extension(tmp_path, pointing, stays)) as page:
        evidence.add(6, "a page clicks and points in the person's place", 18, got_in, "the check that a person points", opened(page))
