"""What belongs to one message, contact or reader never comes to another."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from .conftest import GMAIL, SITE, worker_of
from .drawing import coloured_pixels, wait_for_drawn
from .extension_pages import (
    ASK,
    EDITOR,
    MEETING,
    NEXT_FRAME,
    NOW_SHOWN,
    ask,
    contact_report,
    is_card,
    open_card,
    open_page,
    store_contact,
    wait_for_badge,
    wait_for_true,
    write_to,
)
from .test_card_mouse import written

WORDS = ASK.rstrip("?")
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
DRAFT = "async (tab) => (await chrome.runtime.sendMessage({ type: 'panel-view', tab, pinned: null })).draft"


@pytest.fixture
def beside(extension_context: BrowserContext) -> Iterator[Page]:
    """An own page of the extension, which may ask the background."""
    page = open_page(extension_context, "options/options.html")
    yield page
    page.close()


def frames_pass(page: Page, count: int) -> None:
    """Let so many frames of a page go by."""
    for _ in range(count):
        page.evaluate(NEXT_FRAME)


def test_a_card_that_is_written_in_stays_under_the_pointer(page: Page, extension_context: BrowserContext) -> None:
    """Words meant for the card never go on in the message, wherever the pointer has gone."""
    _, _, card = written(page, extension_context, "Polly Pointer")
    card.get_by_role("button", name="I know them").click()
    card.locator("#know-reason:focus").wait_for()
    page.keyboard.type("We sai")
    page.mouse.move(1000, 700)
    page.mouse.move(1005, 705)
    frames_pass(page, 40)
    page.keyboard.type("led together")
    assert card.locator("#know-reason").input_value() == "We sailed together"
    assert page.locator(EDITOR).inner_text().strip() == f"Hi! {ASK}"


def test_escape_that_closes_a_card_is_not_the_pages(page: Page, extension_context: BrowserContext) -> None:
    """The page's own Escape would close the dialog with the message in it; the next one is the page's again."""
    written(page, extension_context, "Esther Scape")
    page.evaluate("() => { window.seen = []; for (const type of ['keydown', 'keyup']) document.addEventListener(type, ({ key }) => window.seen.push(`${type} ${key}`)); }")
    page.keyboard.press("Escape")
    for _ in range(200):
        if not any(is_card(frame) for frame in page.frames):
            break
        frames_pass(page, 1)
    assert not any(is_card(frame) for frame in page.frames)
    assert page.evaluate("() => window.seen") == []
    page.keyboard.press("Escape")
    assert page.evaluate("() => window.seen") == ["keydown Escape", "keyup Escape"]


def test_a_message_is_recorded_with_whom_it_went_to(page: Page, extension_context: BrowserContext, beside: Page) -> None:
    """Where the addressee is exchanged after writing, the verdict is theirs, and nothing is recorded with the first."""
    ann = store_contact(extension_context, "Ann Friend", emails=["ann@example.org"], history=MEETING)
    cleo = store_contact(extension_context, "Cleo Friend", emails=["cleo@example.org"], history=MEETING)
    worker_of(extension_context).evaluate("() => chrome.storage.local.set({ settings: { language: 'browser', threshold: 'info', off: [], autoSent: ['gmail'] } })")
    address = "([email, name]) => { const chip = document.querySelector('#compose [data-hovercard-id]'); chip.dataset.hovercardId = email; chip.dataset.name = name; chip.firstChild.data = name; }"
    page.goto(f"{GMAIL}/gmail.html")
    page.bring_to_front()
    page.evaluate(address, ["ann@example.org", "Ann Friend"])
    page.evaluate("() => { document.querySelector('.aoO').onclick = () => document.querySelector('#compose [g_editable]').replaceChildren(); }")
    tab = worker_of(extension_context).evaluate(NOW_SHOWN)
    page.locator("#compose [g_editable]").click()
    page.keyboard.type(f"Hello! Here are the numbers. {ASK}")
    wait_for_true(beside, f"async (tab) => (await ({DRAFT})(tab))?.recipient === 'Ann Friend'", tab)
    page.evaluate(address, ["bob@example.org", "Bob Stranger"])
    page.locator("#compose input").click()
    wait_for_true(beside, f"async (tab) => {{ const draft = await ({DRAFT})(tab); return draft.recipient === 'Bob Stranger' && !draft.contacts.length && draft.report.verdict === 'wait'; }}", tab)
    # Exchanged once more, at the last moment.
    page.evaluate(address, ["cleo@example.org", "Cleo Friend"])
    page.locator(".aoO").click()
    try:
        wait_for_true(beside, "async (id) => (await chrome.runtime.sendMessage({ type: 'contact', id })).history.some(({ summary }) => summary.includes('numbers'))", cleo)
        assert [event["summary"] for event in contact_report(extension_context, ann)["history"]] == ["Boat fair in Genoa"]
    finally:
        worker_of(extension_context).evaluate("() => chrome.storage.local.remove('settings')")


def test_what_was_begun_for_one_contact_stays_theirs(page: Page, extension_context: BrowserContext) -> None:
    """Half-written words and an opened note go with their contact, and are there when the contact comes back."""
    ada = store_contact(extension_context, "Ada Alpha", profiles=["https://www.linkedin.com/in/ada-alpha"], history=MEETING)
    bea = store_contact(extension_context, "Bea Beta", profiles=["https://www.linkedin.com/in/bea-beta"], history=MEETING)
    note = {"type": "write", "method": "POST", "path": f"/contacts/{ada}/notes", "body": {"text": "Private, of Ada", "date": "2026-05-02"}, "what": "note", "words": "", "who": ""}
    ask(extension_context, note)
    tab = write_to(page, "Ada Alpha", "ada-alpha", f"Hi! {ASK}")
    wait_for_drawn(page, [WORDS])
    panel = open_page(extension_context, f"panel/panel.html?tab={tab}")
    panel.locator("#name", has_text="Ada Alpha").wait_for()
    panel.locator("#notes button").first.click()
    panel.locator("#notes textarea").fill("Private, of Ada, and more")
    panel.locator("#line").fill("promised her the list")
    addressed_to = "([slug, name]) => { const link = document.querySelector('a.msg-thread__link-to-profile'); link.href = `/in/${slug}/`; link.querySelector('h2').textContent = name; }"
    page.bring_to_front()
    page.evaluate(addressed_to, ["bea-beta", "Bea Beta"])
    page.locator(EDITOR).click()
    page.keyboard.press("End")
    page.keyboard.type(" Well.")
    panel.bring_to_front()
    panel.locator("#name", has_text="Bea Beta").wait_for()
    assert "Ada" not in panel.locator("#contact").inner_text()
    assert (panel.locator("#notes textarea").count(), panel.locator("#line").input_value()) == (0, "")
    panel.keyboard.type("x")
    panel.keyboard.press("Enter")
    assert panel.locator("#line").input_value() == ""
    page.bring_to_front()
    page.evaluate(addressed_to, ["ada-alpha", "Ada Alpha"])
    page.keyboard.type(" Yes.")
    panel.bring_to_front()
    panel.locator("#name", has_text="Ada Alpha").wait_for()
    assert panel.locator("#notes textarea").input_value() == "Private, of Ada, and more"
    assert panel.locator("#line").input_value() == "promised her the list"
    record = contact_report(extension_context, bea)
    assert ([event["kind"] for event in record["history"]], record["contact"]["promises"]) == (["meeting"], [])
    panel.close()


def test_what_is_asked_again_for_one_message_leaves_the_panel_where_it_is(page: Page, extension_context: BrowserContext, beside: Page) -> None:
    """The panel shows the message that was written last, whichever of several is read again for another reason."""
    page.goto(f"{SITE}/bubbles.html")
    page.bring_to_front()
    tab = worker_of(extension_context).evaluate(NOW_SHOWN)
    for bubble, told in (("second", "Second"), ("first", "First")):
        page.locator(f"#{bubble} [role=textbox]").click()
        page.keyboard.type(f"{told}. {ASK}")
        wait_for_true(beside, f"async ([tab, told]) => (await ({DRAFT})(tab))?.text.startsWith(told)", [tab, told])
    draft = beside.evaluate(DRAFT, tab)
    before = contact_names(beside, tab)
    ask(extension_context, {"type": "ask-again", "tab": tab, "frame": draft["frame"], "editor": draft["editor"]})
    wait_for_true(beside, "async () => { await new Promise((next) => setTimeout(next, 1500)); return true; }")
    assert beside.evaluate(DRAFT, tab)["text"].startswith("First")
    assert contact_names(beside, tab) == before


def contact_names(beside: Page, tab: int) -> str:
    """Return whom the panel's message goes to."""
    return json.dumps(beside.evaluate(DRAFT, tab)["recipients"])


def test_a_new_line_sends_nothing(page: Page, extension_context: BrowserContext, beside: Page) -> None:
    """Enter and then closing is no sending; Enter that empties the box where it stays is."""
    page.goto(f"{SITE}/bubbles.html")
    page.bring_to_front()
    tab = worker_of(extension_context).evaluate(NOW_SHOWN)
    for bubble, ends, is_sent in (("first", "first.closest('body'), first.remove()", False), ("second", "second.querySelector('[role=textbox]').replaceChildren()", True)):
        page.locator(f"#{bubble} [role=textbox]").click()
        page.keyboard.type(f"{bubble}. {ASK}")
        wait_for_true(beside, f"async ([tab, told]) => (await ({DRAFT})(tab))?.text.startsWith(told)", [tab, bubble])
        page.keyboard.press("Enter")
        page.evaluate(f"() => {{ const {bubble} = document.querySelector('#{bubble}'); {ends}; }}")
        wait_for_true(beside, f"async ([tab, sent]) => {{ await new Promise((next) => setTimeout(next, sent ? 50 : 1500)); return (await ({DRAFT})(tab)).sent === sent; }}", [tab, is_sent])


def test_a_picture_among_the_words_is_not_lost(page: Page, extension_context: BrowserContext) -> None:
    """Where an emoji is a picture, a suggestion that would take it away is refused, and says why."""
    store_contact(extension_context, "Ima Ge", profiles=["https://www.linkedin.com/in/ima-ge"], history=MEETING)
    tab = write_to(page, "Ima Ge", "ima-ge", f"Hi! {ASK}")
    wait_for_drawn(page, [WORDS])
    page.evaluate(
        """([editor, pixel]) => { const words = document.createTreeWalker(document.querySelector(editor), NodeFilter.SHOW_TEXT);
          while (words.nextNode()) { const node = words.currentNode; const at = node.data.indexOf('me to'); if (at < 0) continue;
            const picture = Object.assign(document.createElement('img'), { src: pixel, alt: '😀', width: 16, height: 16 });
            node.splitText(at).before(picture); return; } }""",
        [EDITOR, PIXEL],
    )
    page.keyboard.press("End")
    page.keyboard.type(" ")
    card = open_card(page, tab)
    before = page.locator(EDITOR).inner_html()
    page.keyboard.press("1")
    card.locator("#acts .hint", has_text="There is a picture in these words").wait_for()
    assert page.locator(EDITOR).inner_html() == before
    assert page.evaluate("() => document.getSelection().isCollapsed")


def test_an_emptied_message_is_spoken_of_no_more(page: Page, extension_context: BrowserContext, beside: Page) -> None:
    """Button and panel forget a message of which the user has left nothing."""
    tab = write_to(page, "Emma Tied", "emma-tied", f"Hi! {ASK}")
    wait_for_badge(extension_context, tab, "1")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    wait_for_badge(extension_context, tab, "")
    wait_for_true(beside, f"async (tab) => (await ({DRAFT})(tab)) === null", tab)


def test_no_line_stays_in_a_field_that_enter_has_emptied(page: Page) -> None:
    """A page tells nobody that it has emptied a field of its own."""
    page.goto(f"{SITE}/sales.html")
    page.bring_to_front()
    field = page.locator("textarea.compose-form__message-field").first
    field.click()
    page.keyboard.type(f"Hi! {ASK}")
    box = field.bounding_box()
    assert box
    for _ in range(200):
        if coloured_pixels(page, dict(box), whole=True):
            break
        frames_pass(page, 1)
    assert coloured_pixels(page, dict(box), whole=True) > 0
    field.evaluate("(field) => field.addEventListener('keydown', (event) => { event.preventDefault(); setTimeout(() => { field.value = ''; }, 50); })")
    page.keyboard.press("Enter")
    for _ in range(200):
        if not coloured_pixels(page, dict(box), whole=True):
            break
        frames_pass(page, 1)
    assert coloured_pixels(page, dict(box), whole=True) == 0


def test_reports_of_pages_that_are_gone_are_dropped(page: Page, extension_context: BrowserContext) -> None:
    """A tab keeps what it needs, however often it goes on; a full storage makes room by itself."""
    count = "async () => Object.keys(await chrome.storage.session.get(null)).filter((key) => key.startsWith(`report/${%d}/`)).length"
    worker = worker_of(extension_context)
    for _ in range(3):
        tab = write_to(page, "Rita Ported", "rita-ported", f"Hi! {ASK}")
        wait_for_drawn(page, [WORDS])
    kept = f"async () => {{ while ((await ({count % tab})()) !== 1); }}"
    worker.evaluate(kept)
    worker.evaluate("async () => { const used = await chrome.storage.session.getBytesInUse(null); await chrome.storage.session.set({ 'report/999/0/old': 'x'.repeat(chrome.storage.session.QUOTA_BYTES - used - 100) }); }")
    tab = write_to(page, "Rita Ported", "rita-ported", f"Hello! {ASK}")
    wait_for_drawn(page, [WORDS])
    open_card(page, tab)
    worker.evaluate("async () => { while ((await chrome.storage.session.get('report/999/0/old'))['report/999/0/old']); }")
