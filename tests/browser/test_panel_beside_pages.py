"""The panel goes by the page that lies in its tab, and by who of those it names is stored."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from .conftest import GMAIL, SITE, worker_of
from .drawing import wait_for_drawn
from .extension_pages import ASK, EDITOR, NOW_SHOWN, ask, open_card, open_page, store_contact, write_to


def open_panel(page: Page, tab: int) -> Page:
    """Open the panel of a tab in a tab of its own."""
    return open_page(page.context, f"panel/panel.html?tab={tab}")


def test_who_of_several_is_stored_is_not_offered(page: Page, extension_context: BrowserContext) -> None:
    """Of three to whom a mail goes only the two who are not stored can be added, in card and panel; who is added is one of them from then on."""
    store_contact(extension_context, "Birk Berg", emails=["birk@example.org"])
    page.goto(f"{GMAIL}/gmail.html#birk@example.org+nele@example.org")
    tab = worker_of(extension_context).evaluate(NOW_SHOWN)
    page.locator("#compose [g_editable]").click()
    page.keyboard.type(f"Hello all! {ASK}")
    card = open_card(page, tab)
    page.keyboard.press("w")
    card.locator("#who-choice button").first.wait_for()
    assert card.locator("#who-choice > button").all_inner_texts() == ["Add Ivan Misner", "Add nele@example.org"]
    panel = open_panel(page, tab)
    panel.get_by_role("button", name="Add nele@example.org").click()
    panel.locator("#done", has_text="Added").wait_for()
    panel.locator("#who-add button", has_text="nele").wait_for(state="detached")
    assert panel.locator("#who-add button").all_inner_texts() == ["Add Ivan Misner"]
    draft = ask(extension_context, {"type": "panel-view", "tab": tab, "pinned": None})["draft"]
    assert [len(draft["verdicts"]), len(draft["contacts"])] == [3, 2]
    panel.close()


def test_who_of_several_is_in_doubt_is_chosen(page: Page, extension_context: BrowserContext) -> None:
    """Only the one whom the report is about is asked about; who is chosen counts for that one, and the other stays who it is."""
    history = [{"date": "2026-05-02", "kind": "meeting", "summary": "Boat fair in Genoa"}]
    ids = [store_contact(extension_context, "Ida Doubt", history=history), store_contact(extension_context, "Bea Berg", emails=["bea@example.org"], history=history)]
    page.goto(f"{GMAIL}/gmail.html#bea@example.org")
    page.evaluate("() => { document.querySelector('#compose [data-name]').dataset.name = 'Ida Doubt'; }")
    tab = worker_of(extension_context).evaluate(NOW_SHOWN)
    page.locator("#compose [g_editable]").click()
    page.keyboard.type(f"Hello both! {ASK}")
    wait_for_drawn(page, [ASK.rstrip("?")])
    panel = open_panel(page, tab)
    likely = panel.locator("#who-likely button")
    likely.first.wait_for()
    assert panel.locator("#who-line").inner_text() == "For 2 people; judged for Ida Doubt, the strictest case. Is Ida Doubt this contact? A name alone decides nothing."
    assert [name.splitlines()[0] for name in likely.all_inner_texts()] == ["Ida Doubt"]
    assert panel.locator("#who-add button").all_inner_texts() == ["Somebody else: add Ida Doubt"]
    likely.click()
    panel.locator("#name", has_text="Ida Doubt").wait_for()
    assert panel.locator("#verdicts li").all_inner_texts() == ["Ida Doubt: Revise", "Bea Berg: Revise"]
    draft = ask(extension_context, {"type": "panel-view", "tab": tab, "pinned": None})["draft"]
    assert [one["id"] for one in draft["contacts"]] == ids
    panel.close()


def test_what_is_shown_is_of_the_page_that_is_there(page: Page, extension_context: BrowserContext) -> None:
    """Gone on to a page where Coltiva is off, neither the message nor what was amiss with it is shown; the popup offers to switch it on again."""
    page.goto(f"{GMAIL}/gmail.html")
    tab = worker_of(extension_context).evaluate(NOW_SHOWN)
    page.locator("#compose [g_editable]").click()
    page.keyboard.type(f"Hello! {ASK}")
    wait_for_drawn(page, [ASK.rstrip("?")])
    panel = open_panel(page, tab)
    panel.locator("#verdict-word", has_text="Wait").wait_for()
    page.goto("https://forum.example/forum.html")
    panel.locator("#draft").wait_for(state="hidden")
    assert panel.locator("#who").is_hidden()

    write_to(page, "", "", ASK)
    page.keyboard.insert_text("far too long " * 1600)
    panel.locator("#notice-text", has_text="longer than").wait_for()
    page.goto("https://forum.example/forum.html")
    panel.locator("#notice").wait_for(state="hidden")
    panel.evaluate("() => chrome.storage.local.set({ settings: { off: ['linkedin'] } })")
    page.goto(f"{SITE}/messaging.html")
    # Only a press of the button in the toolbar lets the extension see where it is.
    panel.evaluate(f"""async () => {{ chrome.tabs.get = async () => ({{ url: '{SITE}/messaging.html' }});
      await (await import('/panel/notices.js')).showSite(1); }}""")
    assert panel.locator("#site-text").inner_text() == "Coltiva does not look at www.linkedin.com."
    panel.locator("#site-on").click()
    panel.locator("#site-text", has_text="Saved").wait_for()
    panel.evaluate("() => chrome.storage.local.remove('settings')")
    panel.close()
    page.bring_to_front()
    page.locator(EDITOR).click()
    page.keyboard.type(f"Hello! {ASK}")
    wait_for_drawn(page, [ASK.rstrip("?")])
