"""The same folder in Firefox: it loads, underlines, explains, and opens its panel and options."""

from __future__ import annotations

import json

import pytest

from ..scenes import SCENES
from .drawing import DRAWN_RANGES
from .firefox import Firefox
from .spying import CLICKS, FILES, LISTEN, LOOK, PAUSE, PROBE, PUT_WORDS, told

EDITOR = ".msg-form__contenteditable"
TEXT, ASK = SCENES["en"]
# Keeps what the background asks the server about.
RECORD = """{
  const background = chrome.extension.getBackgroundPage();
  const before = background.fetch;
  background.asked = [];
  background.fetch = (address, options) => {
    if (address.endsWith('/api/v1/lint')) background.asked.push(JSON.parse(options.body).text);
    return before.call(background, address, options);
  };
}"""
DRAWN = f"{DRAWN_RANGES}.map(String)"


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


# Words that stand in the stored contact alone.
SPIED = ("quokkafeather", "pelican breakfast")
STORED = {"name": "Fiona Fox", "company": SPIED[0], "history": [{"date": "2026-05-02", "kind": "meeting", "summary": f"{SPIED[0]}: {SPIED[1]}"}]}
WRITE = {"type": "write", "method": "POST", "path": "/contacts", "what": "contact", "words": "Fiona Fox", "who": "Fiona Fox"}
NAMED = """(link) => { link.href = '/in/fiona-fox/'; link.querySelector('h2').textContent = 'Fiona Fox'; }"""
HIDDEN = """(words) => { const host = document.createElement('div'); host.attachShadow({ mode: 'closed' }).append(words); document.body.append(host); }"""


def test_a_hostile_page_learns_nothing(firefox: Firefox, pages_port: int) -> None:
    """Words and clicks of the page's own do nothing; while the card is open no way of looking tells a word of it, nor whose it is; in a closed shadow tree search does."""
    site, text = f"https://www.linkedin.com:{pages_port}", TEXT.replace("Ivan", "Fiona")
    options = firefox.open_page("options/options.html?spied")
    write = WRITE | {"body": STORED | {"profiles": [f"{site}/in/fiona-fox"]}}
    assert firefox.run(options, f"chrome.runtime.sendMessage({json.dumps(write)}).then(({{ state }}) => state)") == "done"
    page = firefox.open(f"{site}/messaging.html")
    editor = f"document.querySelector('{EDITOR}')"
    firefox.run(page, f"({NAMED})(document.querySelector('a.msg-thread__link-to-profile'))")
    # The card's own address can be asked for; but it is another one in every installation.
    probe = f"({PROBE})({json.dumps([firefox.origin, [path for path in FILES if not path.startswith('card/')]])}).then(JSON.stringify)"
    assert json.loads(str(firefox.run(page, probe))) | {"tried": 0} == {"tried": 0, "found": [], "told": []}
    firefox.run(page, f"({LISTEN})()")
    firefox.click(page, EDITOR)
    firefox.type(page, "Hi")
    # The one look for each pause of the person's that SECURITY.md speaks of.
    firefox.run(page, f"({PAUSE})()")
    firefox.run(page, f"({PUT_WORDS})({editor}, {json.dumps(text)})")
    firefox.run(page, f"({PAUSE})()")
    assert firefox.run(page, f"{DRAWN}.length") == 0

    firefox.press(page, "Control", "a")
    firefox.type(page, text)
    firefox.wait(page, f"{DRAWN}.includes({json.dumps(ASK)})")
    place = "(({ left, top, height }) => [Math.round(left + 20), Math.round(top + height / 2)])([...[...CSS.highlights.values()].find(({ size }) => size)][0].getClientRects()[0])"
    x, y = json.loads(str(firefox.run(page, f"JSON.stringify({place})")))
    made_up = f"({CLICKS})({editor}, [{x}, {y}])"
    firefox.run(page, made_up)
    firefox.run(page, f"({PAUSE})()")
    assert firefox.run(page, "document.documentElement.lastElementChild === document.body"), "the page has opened a card"
    moves = [{"type": "pointerMove", "x": x + step, "y": y} for step in range(4)]
    firefox.call("input.performActions", context=page, actions=[{"type": "pointer", "id": "mouse", "actions": moves}])
    card = firefox.find(f"{firefox.origin}/card/card.html")
    firefox.wait(card, f"document.body.textContent.includes({json.dumps(SPIED[1])}) && document.getElementById('card').checkVisibility()")
    firefox.run(page, made_up)
    words = [*SPIED, firefox.origin.removeprefix("moz-extension://"), "moz-extension:", "oltiva"]
    look = f"JSON.stringify(({LOOK})({json.dumps(words)}))"
    looked = json.loads(str(firefox.run(page, look)))
    assert ASK in looked["highlights"]
    assert told(looked, words) == []
    assert firefox.run(card, "document.getElementById('card').checkVisibility()") is True
    assert str(firefox.run(page, f"{editor}.innerText")).strip() == text
    firefox.run(page, f"({HIDDEN})({json.dumps(SPIED[1])})")
    assert told(json.loads(str(firefox.run(page, look))), words) == [f"search: {SPIED[1]}"]
    firefox.close(page)


def test_the_panel_shows_the_message_and_its_state(firefox: Firefox, written: str, pages_port: int) -> None:
    """The panel's page names the verdict on the message in the tab beside it while that lies there, and the server's state."""
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
    firefox.call("browsingContext.navigate", context=written, url=f"https://forum.example:{pages_port}/forum.html", wait="complete")
    firefox.wait(panel, "document.getElementById('draft').hidden")
    firefox.call("browsingContext.traverseHistory", context=written, delta=-1)
    firefox.wait(written, f"JSON.stringify({DRAWN}) === {json.dumps(json.dumps([ASK]))}")
    firefox.wait(panel, "!document.getElementById('draft').hidden")


def test_the_sidebar_opens_by_key(firefox: Firefox, written: str) -> None:
    """The shortcut for the panel opens Firefox's sidebar with it."""
    firefox.call("browsingContext.activate", context=written)
    firefox.press_shortcut("P")
    inside = "SidebarController.browser.contentDocument?.getElementById('webext-panels-browser')?.currentURI.spec"
    firefox.wait(firefox.chrome, f"SidebarController.isOpen && {inside} === {json.dumps(f'{firefox.origin}/panel/panel.html')}")


def add_site(firefox: Firefox, options: str, site: str) -> None:
    """Switch a site on as its user does, by its address on the options page."""
    firefox.click(options, "#site")
    firefox.type(options, site)
    firefox.click(options, "#site-form button")
    firefox.wait(options, f"document.getElementById('sites').textContent.includes({json.dumps(site.removeprefix('https://'))})")


def test_the_options_name_the_keys(firefox: Firefox) -> None:
    """The browser's own keys stand in the options, and a button leads to where they are changed."""
    options = firefox.open_page("options/options.html?keys")
    firefox.wait(options, "[...document.querySelectorAll('#keys kbd')].map((key) => key.textContent).join() === 'Alt+Shift+C,Alt+Shift+P'")
    firefox.click(options, "#change-keys")
    firefox.wait(firefox.chrome, "gBrowser.selectedBrowser.currentURI.spec.startsWith('about:addons')")
    firefox.run(firefox.chrome, "void gBrowser.removeCurrentTab()")


def test_a_site_is_switched_on_and_off(firefox: Firefox, pages_port: int) -> None:
    """On a site that the user adds what is written in fields and in rich editors is underlined; once it is removed nothing is read any more.

    That holds at once for the page that lies open there, which is read again once the site is back.
    """
    site = f"https://forum.example:{pages_port}"
    page = firefox.open(f"{site}/forum.html")
    firefox.click(page, "#rich")
    firefox.type(page, TEXT)
    options = firefox.open_page("options/options.html")
    add_site(firefox, options, site)
    assert firefox.run(page, f"{DRAWN}.length") == 0
    page = firefox.open(f"{site}/forum.html")
    firefox.click(page, "#rich")
    firefox.type(page, TEXT)
    firefox.wait(page, f"JSON.stringify({DRAWN}) === {json.dumps(json.dumps([ASK]))}")
    firefox.click(page, "#field")
    firefox.type(page, TEXT)
    firefox.wait(page, "document.documentElement.lastElementChild !== document.body")
    frame = firefox.find("about:srcdoc", others={page}, root=page)
    firefox.click(frame, "[role=textbox]")
    firefox.type(frame, TEXT)
    firefox.wait(frame, f"JSON.stringify({DRAWN}) === {json.dumps(json.dumps([ASK]))}")

    firefox.call("browsingContext.activate", context=options)
    firefox.click(options, "#sites li:last-child button")
    firefox.wait(options, f"!document.getElementById('sites').textContent.includes({json.dumps(site.removeprefix('https://'))})")
    assert firefox.run(options, "chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length)") == 0
    assert firefox.run(options, "chrome.permissions.contains({ origins: ['https://forum.example/*'] })") is False
    firefox.run(options, RECORD)
    firefox.call("browsingContext.activate", context=page)
    firefox.wait(page, f"{DRAWN}.length === 0 && document.documentElement.lastElementChild === document.body")
    firefox.wait(frame, f"{DRAWN}.length === 0")
    firefox.click(page, "#rich")
    firefox.type(page, " Goodbye.")
    firefox.call("browsingContext.activate", context=options)
    add_site(firefox, options, site)
    firefox.call("browsingContext.activate", context=page)
    firefox.click(page, "#field")
    firefox.press(page, "Control", "a")
    firefox.type(page, f"Hello again! {ASK}")
    firefox.wait(page, "document.documentElement.lastElementChild !== document.body")
    asked = json.loads(str(firefox.run(options, "JSON.stringify(chrome.extension.getBackgroundPage().asked)")))
    assert any("again" in text for text in asked)
    assert [text for text in asked if "Goodbye" in text] == []
