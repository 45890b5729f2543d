"""What is chosen on the options page counts at once: sites, the least severity, and the language of reasons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from .drawing import drawn_texts, wait_for_drawn
from .extension_pages import ASK, EDITOR, contact_report, open_card, open_page, store_contact, write_to

QUESTION = ASK.rstrip("?")
MEETING = [{"date": "2026-05-02", "kind": "meeting", "summary": "Boat fair in Genoa"}]


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
    options.wait_for_function("async () => !(await chrome.storage.local.get('settings')).settings.off.length")
    page.bring_to_front()
    assert drawn_texts(page) == []
    write_to(page, "", "", f"Hi there! {ASK}")
    wait_for_drawn(page, [QUESTION])


def test_the_least_severity(page: Page, options: Page, extension_context: BrowserContext) -> None:
    """A warning is not underlined where only errors are wanted; the verdict is the same."""
    store_contact(extension_context, "Thea Threshold", profiles=["https://www.linkedin.com/in/thea-threshold"], history=MEETING)
    page.bring_to_front()
    tab = write_to(page, "Thea Threshold", "thea-threshold", f"Hi Thea! {ASK}")
    wait_for_drawn(page, [QUESTION])
    options.bring_to_front()
    options.get_by_label("Only what comes far too early").check()
    options.wait_for_function("async () => (await chrome.storage.local.get('settings')).settings?.threshold === 'error'")
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
    options.wait_for_function("async () => (await chrome.storage.local.get('settings')).settings?.language === 'it'")
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
    options.wait_for_function("async () => (await chrome.storage.local.get('settings')).settings?.autoSent.includes('linkedin')")
    page.bring_to_front()
    write_to(page, "Selma Sent", "selma-sent", f"Hello Selma! {ASK}")
    wait_for_drawn(page, [QUESTION])
    send_message(page)
    panel = open_page(extension_context, f"panel/panel.html?tab={tab}")
    panel.locator("#timeline", has_text="Hello Selma!").wait_for()
    panel.close()
    report = contact_report(extension_context, contact_id)
    assert sorted(event["kind"] for event in report["history"]) == ["asked", "meeting", "message"]
