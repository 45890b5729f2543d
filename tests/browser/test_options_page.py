"""What is chosen on the options page counts at once: sites, the least severity, and the language of reasons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Worker

from .conftest import RunningServer, worker_of
from .drawing import drawn_texts, wait_for_drawn
from .extension_pages import (
    ASK,
    EDITOR,
    MEETING,
    contact_report,
    open_card,
    open_page,
    store_contact,
    wait_for_badge,
    wait_for_true,
    write_to,
)

QUESTION = ASK.rstrip("?")


@pytest.fixture
def options(extension_context: BrowserContext) -> Iterator[Page]:
    """Yield the options page, and choose afterwards what was chosen before."""
    page = open_page(extension_context, "options/options.html")
    page.locator("#sites li").first.wait_for()
    yield page
    page.evaluate("() => chrome.storage.local.remove('settings')")
    page.close()


def test_a_site_is_switched_off_and_on(page: Page, options: Page) -> None:
    """Where a site is switched off nothing is read; a page loaded after switching on again is."""
    options.get_by_label("LinkedIn").uncheck()
    options.locator("#saved", has_text="Saved").wait_for(state="attached")
    page.bring_to_front()
    write_to(page, "", "", f"Hi there! {ASK}")
    options.bring_to_front()
    options.get_by_label("LinkedIn").check()
    wait_for_true(options, "async () => !(await chrome.storage.local.get('settings')).settings.off.length")
    page.bring_to_front()
    assert drawn_texts(page) == []
    write_to(page, "", "", f"Hi there! {ASK}")
    wait_for_drawn(page, [QUESTION])


RECORD = """() => {
  Object.assign(globalThis, { asked: [], before: [fetch, chrome.tabs.sendMessage] });
  globalThis.fetch = (address, options) => {
    if (address.endsWith('/api/v1/lint')) asked.push(JSON.parse(options.body).text);
    return before[0].call(globalThis, address, options);
  };
}"""
RESTORE = "() => { [globalThis.fetch, chrome.tabs.sendMessage] = before; }"


@pytest.fixture
def recording(extension_context: BrowserContext) -> Iterator[Worker]:
    """Yield the background, which keeps what it asks the server about; afterwards it is as before."""
    worker = worker_of(extension_context)
    worker.evaluate(RECORD)
    yield worker
    worker.evaluate(RESTORE)


def test_a_page_that_lies_open_is_left_alone(page: Page, options: Page, recording: Worker) -> None:
    """Switched off, its underlines and the count go without a key, and the next key is not read; on again, all is back without a reload.

    A page that could not be told is answered nothing at its next key.
    """
    tab = write_to(page, "Olaf Open", "olaf-open", f"Hello Olaf! {ASK}")
    wait_for_drawn(page, [QUESTION])
    wait_for_badge(page.context, tab, "1")

    def switch(*, on: bool) -> None:
        options.bring_to_front()
        options.get_by_label("LinkedIn").set_checked(on)
        wait_for_true(options, "async (on) => !(await chrome.storage.local.get('settings')).settings.off.length === on", on)
        page.bring_to_front()

    switch(on=False)
    wait_for_drawn(page, [])
    wait_for_badge(page.context, tab, "")
    page.keyboard.type(" Goodbye.")
    for _ in " Goodbye.":  # what stands there is read when it is switched on again
        page.keyboard.press("Backspace")
    switch(on=True)
    page.keyboard.press("Control+a")
    page.keyboard.type(f"Hello again! {ASK}")
    wait_for_drawn(page, [QUESTION])

    recording.evaluate("() => { chrome.tabs.sendMessage = async () => {}; }")
    switch(on=False)
    page.keyboard.type(" Farewell.")
    wait_for_drawn(page, [])
    asked = recording.evaluate("asked")
    assert any("again" in text for text in asked)
    assert [text for text in asked if "Goodbye" in text or "Farewell" in text] == []


def test_the_least_severity(page: Page, options: Page, extension_context: BrowserContext) -> None:
    """A warning is not underlined where only errors are wanted; the verdict is the same."""
    store_contact(extension_context, "Thea Threshold", profiles=["https://www.linkedin.com/in/thea-threshold"], history=MEETING)
    page.bring_to_front()
    tab = write_to(page, "Thea Threshold", "thea-threshold", f"Hi Thea! {ASK}")
    wait_for_drawn(page, [QUESTION])
    options.bring_to_front()
    options.get_by_label("Only what comes far too early").check()
    wait_for_true(options, "async () => (await chrome.storage.local.get('settings')).settings?.threshold === 'error'")
    page.bring_to_front()
    page.locator(EDITOR).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Bye.")
    wait_for_drawn(page, [])
    panel = open_page(extension_context, f"panel/panel.html?tab={tab}")
    panel.locator("#verdict-word", has_text="Revise").wait_for()
    assert panel.locator("#findings details").count() == 0
    panel.close()


def test_the_language_of_reasons(page: Page, options: Page) -> None:
    """Reasons come in the language chosen, whatever the message's is."""
    options.get_by_label("Language of the reasons").select_option("it")
    wait_for_true(options, "async () => (await chrome.storage.local.get('settings')).settings?.language === 'it'")
    page.bring_to_front()
    tab = write_to(page, "", "", f"Hi there! {ASK}")
    card = open_card(page, tab)
    assert "presentazione" in card.locator("#title").inner_text()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("address", ["not an address", "http://example.org", "localhost", "file:///etc/hosts"])
def test_what_is_no_site_is_refused(options: Page, address: str) -> None:
    """Only addresses of sites behind https are taken; the page says what it expected."""
    before = options.locator("#sites li").count()
    assert before >= 2
    options.fill("#site", address)
    options.press("#site", "Enter")
    options.locator("#site-error", has_text="example.org").wait_for()
    assert options.locator("#sites li").count() == before


def test_a_site_that_is_there_already(options: Page) -> None:
    """A site of the manifest is not asked for again; the page says that it is in the list."""
    options.fill("#site", "www.linkedin.com/feed")
    options.press("#site", "Enter")
    options.locator("#site-error", has_text="already").wait_for()
    assert options.evaluate("async () => (await chrome.scripting.getRegisteredContentScripts()).length") == 0


def test_where_the_choice_of_a_site_is_kept(options: Page) -> None:
    """Under its name in the manifest's list, but under its address where the user added it, also where it has an entry of its own."""
    name = """async (added) => {
      await chrome.storage.local.set({ sites: added });
      const { settingName } = await import('/background/sites.js');
      return settingName({ host: 'mail.google.com', origin: 'https://mail.google.com' });
    }"""
    assert options.evaluate(name, ["https://mail.google.com"]) == "https://mail.google.com"
    assert options.evaluate(name, []) == "gmail"


def send_message(page: Page) -> None:
    """Press the page's own Send, which empties the editor as LinkedIn's does."""
    page.evaluate(
        """(editor) => document.querySelector('.msg-form__send-button').addEventListener('click', () => {
          document.querySelector(editor).innerHTML = '<p><br></p>'; })""",
        EDITOR,
    )
    page.locator(".msg-form__send-button").click()


def test_what_is_sent_is_recorded_by_itself_where_the_user_wants_it(page: Page, options: Page, extension_context: BrowserContext) -> None:
    """Not recorded without the choice, though the panel offers it; with the choice it is, with the ask that it held."""
    contact_id = store_contact(extension_context, "Selma Sent", profiles=["https://www.linkedin.com/in/selma-sent"], history=MEETING)
    page.bring_to_front()
    tab = write_to(page, "Selma Sent", "selma-sent", f"Hi Selma! {ASK}")
    wait_for_drawn(page, [QUESTION])
    send_message(page)
    panel = open_page(extension_context, f"panel/panel.html?tab={tab}")
    panel.locator("#sent-row", has_text="It has left the box").wait_for()
    panel.close()
    assert [event["kind"] for event in contact_report(extension_context, contact_id)["history"]] == ["meeting"]

    options.bring_to_front()
    options.get_by_label("Record what I send here").first.check()
    wait_for_true(options, "async () => (await chrome.storage.local.get('settings')).settings?.autoSent.includes('linkedin')")
    page.bring_to_front()
    write_to(page, "Selma Sent", "selma-sent", f"Hello Selma! {ASK}")
    wait_for_drawn(page, [QUESTION])
    send_message(page)
    panel = open_page(extension_context, f"panel/panel.html?tab={tab}")
    panel.locator("#timeline", has_text="Hello Selma!").wait_for()
    panel.close()
    report = contact_report(extension_context, contact_id)
    assert sorted(event["kind"] for event in report["history"]) == ["asked", "meeting", "message"]


def test_the_keys(options: Page, extension_context: BrowserContext) -> None:
    """The keys of the browser and of the card stand there with what they do, and a button leads to where the browser's are changed."""
    given = options.evaluate("async () => (await chrome.commands.getAll()).filter(({ name }) => name !== '_execute_action').map(({ shortcut }) => shortcut || chrome.i18n.getMessage('keyNone'))")
    assert len(given) == 2
    assert sorted(options.locator("#keys dt").all_inner_texts()) == sorted(given)
    assert options.locator("#card-keys kbd").all_inner_texts() == ["1–9", "I", "N", "K", "W", "Esc"]
    assert "" not in options.locator("#keys dd, #card-keys dd").all_inner_texts()
    with extension_context.expect_page() as opened:
        options.locator("#change-keys").click()
    assert opened.value.url == "chrome://extensions/shortcuts"
    opened.value.close()


def test_a_pairing_is_ended(options: Page, extension_context: BrowserContext, server: RunningServer) -> None:
    """After one click nothing is asked of the server any more, which the page says; a new code pairs again."""
    try:
        options.locator("#pair-forget").click()
        options.locator("#pair-unpaired").wait_for()
        assert options.evaluate("() => chrome.runtime.sendMessage({ type: 'server-state' })")["problem"]["code"] == "not_paired"
        assert options.evaluate("() => document.activeElement.id") == "pair-code"
        assert options.locator("#pair-state").inner_text()
    finally:
        server.pair(extension_context)
    assert "version" in options.evaluate("() => chrome.runtime.sendMessage({ type: 'server-state' })")
