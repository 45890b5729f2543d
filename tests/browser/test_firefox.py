"""The same folder in Firefox: it loads, underlines, explains, and opens its panel and options."""

from __future__ import annotations

import json

import pytest

from ..scenes import SCENES
from .firefox import Firefox

EDITOR = ".msg-form__contenteditable"
TEXT, ASK = SCENES["en"]
DRAWN = "[...CSS.highlights.values()].flatMap((highlight) => [...highlight].map(String))"


@pytest.fixture(scope="module")
def written(firefox: Firefox, pages_port: int) -> str:
    """Return the context of a page in which the scene of the article has been typed and is underlined."""
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/messaging.html")
    firefox.click(page, EDITOR)
    firefox.type(page, TEXT)
    # A hand that rests is shown what stands there so far, and the keys of a busy machine rest.
    firefox.wait(page, f"JSON.stringify({DRAWN}) === {json.dumps(json.dumps([ASK]))}")
    return page


def test_the_ask_is_underlined(firefox: Firefox, written: str) -> None:
    """What is typed key by key is underlined, and the text stays as typed."""
    assert str(firefox.run(written, f"document.querySelector('{EDITOR}').innerText")).strip() == TEXT


def test_the_card_opens_by_key_and_gives_the_focus_back(firefox: Firefox, written: str) -> None:
    """The shortcut opens the card with the focus inside; Escape closes it, and typing goes on."""
    firefox.call("browsingContext.activate", context=written)
    firefox.click(written, EDITOR)
    firefox.press_shortcut("C")
    card = firefox.find(f"{firefox.origin}/card/card.html")
    firefox.wait(card, "document.activeElement?.id === 'card'")
    assert "Ivan Misner" in str(firefox.run(card, "document.getElementById('why').textContent"))
    assert firefox.run(card, "document.getElementById('needed').textContent") == "Credibility"
    firefox.press(card, "Escape")
    firefox.wait(written, f"!document.querySelector('iframe') && document.activeElement === document.querySelector('{EDITOR}')")


def test_the_panel_shows_the_message_and_its_state(firefox: Firefox, written: str) -> None:
    """The panel's page names the verdict on the message in the tab beside it, and the server's state."""
    options = firefox.open_page("options/options.html")
    find_tab = "chrome.tabs.query({}).then((tabs) => tabs.map(({ id }) => id).join(' '))"
    kept = "chrome.storage.session.get(null).then((all) => Object.keys(all).find((key) => key.startsWith('active/')).split('/')[1])"
    # The report is put down once the keys rest.
    firefox.wait(options, "chrome.storage.session.get(null).then((all) => Object.keys(all).some((key) => key.startsWith('active/')))")
    tab = str(firefox.run(options, kept))
    assert tab in str(firefox.run(options, find_tab)).split()
    panel = firefox.open_page(f"panel/panel.html?tab={tab}")
    firefox.wait(panel, "document.getElementById('verdict-word').textContent === 'Wait'")
    assert "Server running" in str(firefox.run(panel, "document.getElementById('state').textContent"))


def test_the_sidebar_opens_by_key(firefox: Firefox, written: str) -> None:
    """The shortcut for the panel opens Firefox's sidebar with it."""
    firefox.call("browsingContext.activate", context=written)
    firefox.press_shortcut("P")
    inside = "SidebarController.browser.contentDocument?.getElementById('webext-panels-browser')?.currentURI.spec"
    firefox.wait(firefox.chrome, f"SidebarController.isOpen && {inside} === {json.dumps(f'{firefox.origin}/panel/panel.html')}")


def test_a_site_is_switched_on_and_off(firefox: Firefox, pages_port: int) -> None:
    """On a site that the user adds what is written in fields and in rich editors is underlined; once it is removed nothing is read there any more."""
    site = f"https://forum.example:{pages_port}"
    page = firefox.open(f"{site}/forum.html")
    firefox.click(page, "#rich")
    firefox.type(page, TEXT)
    options = firefox.open_page("options/options.html")
    firefox.click(options, "#site")
    firefox.type(options, site)
    firefox.click(options, "#site-form button")
    firefox.wait(options, f"document.getElementById('sites').textContent.includes({json.dumps(site.removeprefix('https://'))})")
    assert firefox.run(page, f"{DRAWN}.length") == 0
    page = firefox.open(f"{site}/forum.html")
    firefox.click(page, "#rich")
    firefox.type(page, TEXT)
    firefox.wait(page, f"JSON.stringify({DRAWN}) === {json.dumps(json.dumps([ASK]))}")
    firefox.click(page, "#field")
    firefox.type(page, TEXT)
    firefox.wait(page, "document.documentElement.lastElementChild !== document.body")

    firefox.call("browsingContext.activate", context=options)
    firefox.click(options, "#sites li:last-child button")
    firefox.wait(options, f"!document.getElementById('sites').textContent.includes({json.dumps(site.removeprefix('https://'))})")
    assert firefox.run(options, "chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length)") == 0
    assert firefox.run(options, "chrome.permissions.contains({ origins: ['https://forum.example/*'] })") is False
