"""Rows 3 to 6: a hostile page around the editor spies on what the extension draws, says, is, and does."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import ElementHandle, Error, Page, Playwright

from coltiva.contacts import Direction, Event, EventKind, Note
from coltiva.editing import in_turn, with_events, with_item

from ..browser.conftest import EXTENSION, SITE, launch
from ..browser.drawing import drawn_texts, text_box, wait_for_drawn
from ..browser.spying import CLICKS, FILES, LISTEN, LOOK, PAUSE, PROBE, PUT_WORDS, told
from ..scenes import SCENES
from .evidence import Evidence
from .rig import CANARY, Target, extension_id, weakened_extension

EDITOR = ".msg-form__contenteditable"
TEXT, ASK = SCENES["en"]
NOTE_WORDS = ("wombatscarf", "pelicanlamp")
TRUSTS_ALL = ("content/start.js", r"!event\.isTrusted", "false")
# Waits until whatever the extension may have been made to do is done.
SETTLE = "() => fetch('/messaging.html').then(() => new Promise((done) => setTimeout(done, 500)))"


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
    editor_of(page).evaluate(PUT_WORDS, words)


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
    point_at_ask(page)


def point_at_ask(page: Page) -> None:
    """Point at what is underlined until the card shows what is known of the contact; again where it gave way to an answer that came late."""
    box = text_box(page, editor_of(page), drawn_texts(page)[0])
    for turn in range(400):
        if turn % 100 == 0:
            for step in range(4):
                page.mouse.move(box["x"] + 20 + step + turn // 100, box["y"] + box["height"] / 2)
        if is_card_shown(page):
            return
        page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 30))")
    raise AssertionError("the card does not show what is known of the contact; nothing is shown")


def is_card_shown(page: Page) -> bool:
    """Return whether a card shows what is known of the contact."""
    with contextlib.suppress(Error):
        return any("card/card.html" in frame.url and CANARY in frame.locator("body").inner_text() for frame in page.frames[1:])
    return False


def test_the_card_is_not_read(browse: Callable, tmp_path: Path, evidence: Evidence) -> None:
    """While the card shows the history, no way of looking tells the page its words; in a closed shadow tree search does."""
    words = [CANARY, f"{CANARY} breakfast", "Ivan Misner's history"]

    def spied(page: Page) -> tuple[int, list[str]]:
        page.evaluate(LISTEN)
        open_card(page)
        looked = page.evaluate(LOOK, words)
        assert "Hi Ivan" in looked["document"], "the page does not even see what is its own"
        assert ASK in looked["highlights"]
        return len(looked) * len(words), told(looked, words)

    with browse() as page:
        tried, found = spied(page)
        assert found == []
    shown = ("content/card-frame.js", r"over\.layer\.append\(frame\);", f"over.layer.append(frame, '{CANARY} breakfast');")
    with browse(weakened_extension(tmp_path, shown)) as page:
        evidence.add(4, "a page reads what the card says of the contact", tried, len(found), "the frame of another origin", len(spied(page)[1]))


def probed(page: Page) -> tuple[int, list[str]]:
    """Return how much of the extension a page has looked for, and what it has found: before anything is drawn, and while a card is open."""
    origin = f"chrome-extension://{extension_id(page.context)}"
    page.reload()
    before = page.evaluate(PROBE, [origin, FILES])
    page.evaluate(LISTEN)
    page.locator(EDITOR).click()
    open_card(page)
    looked = page.evaluate(LOOK, [])
    then = page.evaluate(PROBE, [origin, FILES])
    names = (extension_id(page.context), "chrome-extension:", "oltiva")
    found = [f"{way}: {path}" for probe in (before, then) for way, path in probe["found"]] + told(looked, names)
    return before["tried"] + then["tried"] + len(looked) * len(names), [*found, *before["told"]]


def test_the_extension_is_not_recognised(browse: Callable, tmp_path: Path, evidence: Evidence) -> None:
    """No file of the extension answers a page; nothing tells that it is there before anything is drawn, nor which it is while its card is open."""
    with browse() as page:
        tried, found = probed(page)
        assert found == []
    open_to_all = ("manifest.json", r'"resources": \["card/card\.html"\]', '"resources": ["icons/*", "card/card.html", "manifest.json"]')
    static = ("manifest.json", r'"use_dynamic_url": true', '"use_dynamic_url": false')
    seen = ("content/overlay.js", r"mode: 'closed'", "mode: 'open'")
    with browse(weakened_extension(tmp_path, open_to_all, static, seen)) as page:
        # Whether the page hears of the card as a part of its layout that has moved depends on the machine.
        then = [one for one in probed(page)[1] if not one.startswith(("heard:", "entry:"))]
    assert [one for one in then if one.startswith("document: chrome-extension:")]
    evidence.add(5, "a page finds out that the extension is there", tried, len(found), "the dynamic address of the card", len(then))


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


def test_made_up_clicks_do_nothing(browse: Callable, tmp_path: Path, evidence: Evidence) -> None:
    """Events that the page makes over an underline open no card, and over an open one do nothing; where they count, they do."""

    def opened(page: Page) -> int:
        page.keyboard.type(TEXT)
        wait_for_drawn(page, [ASK])
        box = text_box(page, editor_of(page), ASK)
        editor_of(page).evaluate(CLICKS, [box["x"] + 20, box["y"] + box["height"] / 2])
        page.evaluate(SETTLE)
        return sum("card/card.html" in frame.url for frame in page.frames)

    def closed_or_used(page: Page) -> int:
        point_at_ask(page)
        frame = next(frame for frame in page.frames if "card/card.html" in frame.url)
        box = frame.locator("button.main").first.bounding_box()
        assert box is not None
        editor_of(page).evaluate(CLICKS, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
        page.evaluate(SETTLE)
        return (not is_card_shown(page)) + (drawn_texts(page) != [ASK]) + (page.locator(EDITOR).inner_text().strip() != TEXT)

    with browse() as page:
        got_in = opened(page) + closed_or_used(page)
    pointing = ("content/pointing.js", r"!event\.isTrusted \|\|", "false ||")
    stays = ("content/pointing.js", r"if \(event\.isTrusted && ", "if (false && ")
    with browse(weakened_extension(tmp_path, pointing, stays)) as page:
        evidence.add(6, "a page clicks and points in the person's place", 56, got_in, "the check that a person points", opened(page))
