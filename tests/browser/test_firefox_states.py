"""Firefox: the acts of the card, by key and by mouse; and what keeps Coltiva from checking is said by the button and in the popup."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from .conftest import RunningServer, free_port
from .extension_pages import ASK, EDITOR, undoing
from .firefox import EXTENSION_ID, Firefox, pair
from .test_firefox import DRAWN
from .test_firefox_surfaces import POPUP

LONG = "far too long " * 1600
# What is written where, what the button shows, and what its title and the popup say.
STATES = {
    "server away": ("messaging.html", EDITOR, "Hello!", "!", "coltiva serve", "coltiva serve"),
    "not paired": ("messaging.html", EDITOR, "Hello!", "!", "not paired", "not paired"),
    "selectors drifted": ("messaging/drifted", "#editor", "Hello!", "!", "has changed", "This site has changed"),
    "unknown language": ("messaging.html", EDITOR, "Bedankt voor het fijne gesprek van dinsdag, ik denk er nog vaak aan.", "?", "does not know", "does not know this language"),
    "message too long": ("messaging.html", EDITOR, LONG, "!", "longer than 20,000", "longer than 20,000 characters"),
}
BUTTON = """chrome.tabs.query({ active: true }).then(([{ id }]) => Promise.all([chrome.action.getBadgeText({ tabId: id }), chrome.action.getTitle({ tabId: id })]))
  .then(([text, title]) => text === %s && title.includes(%s))"""
SUGGESTED = """((shown) => { shown.querySelectorAll('del, .visually-hidden').forEach((part) => part.remove()); return shown.textContent; })(
  document.querySelector('#suggestion-list p').cloneNode(true))"""
# As the browser's own page of its add-ons does it.
TAKE_BACK = f"""(async (id, {{ ExtensionPermissions }}) => {{
  await ExtensionPermissions.remove(id, {{ permissions: [], origins: ["https://www.linkedin.com/*"] }}, WebExtensionPolicy.getByID(id).extension);
}})({json.dumps(EXTENSION_ID)}, ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs"))"""
# A key of the card, and its button.
ACTS = {"apply": ("1", "#suggestion-list button"), "ignored": ("i", "#acts [aria-keyshortcuts=I]"), "no_ask": ("n", "#acts [aria-keyshortcuts=N]")}


@pytest.fixture(scope="module")
def options(firefox: Firefox) -> str:
    """Return the context of a page of the extension's own."""
    return firefox.open_page("options/options.html?states")


def tell(firefox: Firefox, options: str, message: dict[str, object]) -> object:
    """Send a message as the extension's own pages do, and return the answer."""
    return json.loads(str(firefox.run(options, f"chrome.runtime.sendMessage({json.dumps(message)}).then((answer) => JSON.stringify(answer ?? null))")))


@pytest.fixture
def whole_again(firefox: Firefox, server: RunningServer, options: str) -> Iterator[None]:
    """Bring the server back and pair again where a test has ended that."""
    yield
    firefox.run(options, f"chrome.storage.local.set({{ serverOrigin: {json.dumps(server.origin)} }})")
    if tell(firefox, options, {"type": "pairing-state"}) != {"paired": True, "origin": server.origin}:
        pair(firefox, server.origin, server.new_code())


def insert(firefox: Firefox, page: str, text: str) -> None:
    """Type a text, or paste one that is longer than a hand types."""
    if len(text) < 1000:
        return firefox.type(page, text)
    helper = "Cc['@mozilla.org/widget/clipboardhelper;1'].getService(Ci.nsIClipboardHelper)"
    firefox.run(firefox.chrome, f"void {helper}.copyString({json.dumps(text)})")
    firefox.press(page, "Control", "v")


# What the browser tells a screen reader of the tab in front, frames in it too: a text in a live region.
HEARD = """(() => {
  const service = Cc['@mozilla.org/accessibilityService;1'].getService(Ci.nsIAccessibilityService);
  const all = (one) => (one ? [one, ...[...Array(one.childCount).keys()].flatMap((at) => all(one.getChildAt(at)))] : []);
  return all(service.getAccessibleFor(gBrowser.selectedBrowser))
    .some((one) => one.name === %s && one.parent && [one.parent, one.parent.parent].some((above) => above.attributes?.has('live') && above.attributes.getStringProperty('live') === 'polite'));
})()"""
HEARD_OF = {"apply": "Done. Undo in the message takes it back.", "ignored": "Ignored here.", "no_ask": "Noted: this is no ask."}


@pytest.mark.parametrize(("act", "by"), [(act, by) for act in ACTS for by in ("key", "mouse")])
def test_an_act_of_the_card(firefox: Firefox, options: str, pages_port: int, act: str, by: str) -> None:
    """A suggestion is applied, an ask ignored or no ask: by its key in the card that the shortcut opens, and by its button in the one under the mouse."""
    words = f"{ASK.rstrip('?')} for {act} by {by}"
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/messaging.html")
    firefox.click(page, EDITOR)
    firefox.type(page, f"{words}?")
    firefox.wait(page, f"JSON.stringify({DRAWN}) === {json.dumps(json.dumps([words]))}")
    key, button = ACTS[act]
    wanted = f"{words}?"
    if by == "key":
        firefox.press_shortcut("C")
    else:
        box = json.loads(str(firefox.run(page, "JSON.stringify([...[...CSS.highlights.values()].find(({ size }) => size)][0].getClientRects?.()[0] ?? null)")))
        assert box
        firefox.hover(page, box["x"] + 30, box["y"] + box["height"] / 2)
    card = firefox.find(f"{firefox.origin}/card/card.html")
    firefox.wait(card, "!document.getElementById('card').hidden")
    if act == "apply":
        wanted = str(firefox.run(card, SUGGESTED)).strip()
        assert wanted != f"{words}?"
    if by == "key":
        firefox.wait(card, "document.activeElement?.id === 'card'")
        firefox.press(card, key)
    else:
        firefox.click(card, button)
    firefox.wait(firefox.chrome, HEARD % json.dumps(HEARD_OF[act]))
    firefox.wait(page, f"!document.querySelector('iframe') && !{DRAWN}.includes({json.dumps(words)})")
    assert str(firefox.run(page, f"document.querySelector('{EDITOR}').innerText")).strip() == wanted
    kept = tell(firefox, options, {"type": "dismissals"})
    dismissed = [one for one in kept["value"]["dismissals"] if words in one["quote"]]  # type: ignore[index]
    assert [one["reason"] for one in dismissed] == ([] if act == "apply" else [act])
    for one in dismissed:  # what other tests write is not dismissed
        tell(firefox, options, undoing(one["id"]))
    firefox.close(page)


@pytest.mark.usefixtures("whole_again")
@pytest.mark.parametrize("state", STATES)
def test_a_state_is_never_silent(firefox: Firefox, options: str, pages_port: int, state: str) -> None:
    """The button shows a sign with what to do as its title, and the popup under it says so in words."""
    address, editor, text, sign, title, words = STATES[state]
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/{address}")
    if state == "server away":
        firefox.run(options, f"chrome.storage.local.set({{ serverOrigin: 'http://127.0.0.1:{free_port()}' }})")
    elif state == "not paired":
        tell(firefox, options, {"type": "unpair"})
    firefox.click(page, editor)
    insert(firefox, page, text)
    firefox.wait(options, BUTTON % (json.dumps(sign), json.dumps(title)))
    firefox.press_button()
    firefox.wait(options, f"Boolean({POPUP}?.document.body.innerText.includes({json.dumps(words)}))")
    firefox.run(options, f"void {POPUP}.close()")
    firefox.wait(options, f"!{POPUP}")
    firefox.close(page)


def test_a_built_in_site_taken_back_in_the_browser(firefox: Firefox, options: str, pages_port: int) -> None:
    """Pages that lie open are read no more at once, the popup says so, and a click there asks the browser for the site again."""
    address = f"https://www.linkedin.com:{pages_port}/messaging.html"
    page = firefox.open(address)
    firefox.click(page, EDITOR)
    firefox.type(page, f"Hello! {ASK}")
    firefox.wait(page, f"{DRAWN}.length === 1")
    firefox.run(firefox.chrome, TAKE_BACK)
    firefox.wait(page, f"{DRAWN}.length === 0")
    firefox.press_button()
    firefox.wait(options, f"Boolean({POPUP}?.document.body.innerText.includes('Coltiva does not look at www.linkedin.com'))")
    firefox.run(options, f"void {POPUP}.close()")
    panel = firefox.open_page("panel/panel.html")
    firefox.run(panel, f"""void (async () => {{ chrome.tabs.get = async () => ({{ url: {json.dumps(address)} }});
      await (await import('/panel/notices.js')).showSite(1); }})()""")
    firefox.wait(panel, "!document.getElementById('site').hidden")
    firefox.click(panel, "#site-on")
    firefox.wait(panel, "document.getElementById('site-text').textContent.includes('Load the page again')")
    firefox.close(panel)
    firefox.call("browsingContext.activate", context=page)
    firefox.click(page, EDITOR)
    firefox.type(page, " Thanks!")
    firefox.wait(page, f"{DRAWN}.length === 1")
    firefox.close(page)


def test_a_built_in_site_taken_back_is_not_ticked(firefox: Firefox, options: str, pages_port: int) -> None:
    """The options page shows at once what the browser keeps from Coltiva, and ticking it asks the browser for the site again."""
    ticked = "document.querySelector('#sites input').checked"
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/messaging.html")
    firefox.wait(options, ticked)
    firefox.run(firefox.chrome, TAKE_BACK)
    firefox.wait(options, f"!{ticked}")
    firefox.call("browsingContext.activate", context=options)
    firefox.click(options, "#sites input")
    firefox.wait(options, f"document.getElementById('saved').textContent !== '' && {ticked}")
    firefox.call("browsingContext.activate", context=page)
    firefox.click(page, EDITOR)
    firefox.type(page, f"Hello! {ASK}")
    firefox.wait(page, f"{DRAWN}.length === 1")
    firefox.close(page)
