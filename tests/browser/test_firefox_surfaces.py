"""Firefox on every surface: underlined where the words are, the recipient known; the toolbar button with its popup, and what the options change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import pytest

from ..scenes import SCENES
from . import test_surfaces
from .drawing import DRAWN_RANGES
from .firefox import Firefox
from .firefox_screen import FirefoxScreen
from .fitting import Field, expect_fit
from .site_names import SITE_NAMES
from .test_fit_dressed import FROM_RIGHT, METRICS, ONE_COLUMN, WIDE, ZOOMED
from .test_invitation_note import FIELD, PROBE
from .test_surfaces import DRAWN_IN, SURFACES, Surface
from .turning import TURNED, expect_fit_turned

TEXT, ASK = SCENES["en"]
DRAWN = f"{DRAWN_RANGES}.map(String)"
POPUP = "chrome.extension.getViews({ type: 'popup' })[0]"
FORGET = "chrome.storage.session.get(null).then((all) => chrome.storage.session.remove(Object.keys(all).filter((key) => key.startsWith('report/'))))"
KEPT = "chrome.storage.session.get(null).then((all) => JSON.stringify(Object.values(all).find((one) => one?.channel && one.text === %s) ?? null))"
# A name in a label is the same in every browser, and so is another class.
HERE = [name for name in SURFACES if not name.startswith(("label: ", "variant: "))]


@pytest.fixture
def empty_memory(firefox: Firefox) -> Iterator[str]:
    """Yield a page of the extension's, after the background has forgotten all reports."""
    options = firefox.open_page("options/options.html")
    firefox.run(options, FORGET)
    yield options
    firefox.close(options)


def frame_of(firefox: Firefox, page: str, surface: Surface) -> str:
    """Return the context of a surface's frame in a page, which may be the page itself."""
    starts = {"": "https://", "vanityName": "https://www.linkedin.com", "about:srcdoc": "about:srcdoc"}
    return firefox.find(starts[surface.frame], others={page}, root=page) if surface.frame else page


def test_the_note_is_underlined_where_its_words_are(firefox: Firefox, pages_port: int) -> None:
    """Each line of the ask in a textarea gets its line just below the words, nothing above, and all goes with the text."""
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/invitation.html")
    firefox.click(page, FIELD)
    firefox.type(page, TEXT)
    firefox.wait(page, "document.documentElement.lastElementChild !== document.body")
    assert firefox.run(page, f"document.querySelector('{FIELD}').value") == TEXT
    boxes = json.loads(str(firefox.run(page, f"JSON.stringify(({PROBE})(document.querySelector('{FIELD}'), {json.dumps(ASK)}))")))
    for box in boxes:
        line = {"x": box["x"], "y": box["y"] + box["height"] - 6, "width": box["width"], "height": 10}
        assert firefox.reddish_pixels(page, line) > box["width"]
    above = {"x": boxes[0]["x"], "y": boxes[0]["y"] - boxes[0]["height"], "width": boxes[0]["width"], "height": boxes[0]["height"] / 2}
    assert firefox.reddish_pixels(page, above) == 0
    firefox.press(page, "Control", "a")
    firefox.type(page, "Thanks!")
    firefox.wait(page, "document.documentElement.lastElementChild === document.body")


@pytest.mark.parametrize("name", HERE)
def test_a_surface(firefox: Firefox, empty_memory: str, pages_port: int, name: str) -> None:
    """The ask is underlined, the text is as typed, and the recipient is who the page shows, or those who may be meant."""
    # A text of its own: what is kept of the page before may come late.
    surface, typed = SURFACES[name], f"{test_surfaces.TEXT} {HERE.index(name)}"
    text = json.dumps(typed)
    here = {f"https://{name}": f"https://{name}:{pages_port}" for name in SITE_NAMES}

    def on_this_port(address: str) -> str:
        return next((address.replace(site, served, 1) for site, served in here.items() if address.startswith(site)), address)

    page = firefox.open(on_this_port(surface.address))
    if surface.press:
        firefox.click(page, surface.press)
    frame = frame_of(firefox, page, surface)
    firefox.click(frame, surface.editor)
    firefox.type(frame, typed)
    focused = "((root) => { while (root.activeElement?.shadowRoot) root = root.activeElement.shadowRoot; return root.activeElement; })(document)"
    is_field = firefox.run(frame, f"{focused}.matches('textarea, input')") is True
    firefox.wait(frame, f"({DRAWN_IN[is_field]})()")
    assert str(firefox.run(frame, f"{focused}.value ?? {focused}.innerText")).strip() == typed
    box = json.loads(str(firefox.run(frame, f"JSON.stringify({focused}.getBoundingClientRect())")))
    if not surface.frame:
        assert firefox.reddish_pixels(page, {side: box[side] for side in ("x", "y", "width", "height")}) > 20
    firefox.wait(empty_memory, f"({KEPT % text}).then((kept) => kept !== 'null')")
    kept = json.loads(str(firefox.run(empty_memory, KEPT % text)))
    assert kept["channel"] == surface.channel
    unsaid = {"profile": None, "otherProfile": None, "email": None}
    assert kept["recipients"] == [unsaid | {key: on_this_port(value) for key, value in one.items()} for one in surface.recipients]
    assert [one["name"] for one in kept["candidates"]] == surface.candidates
    assert kept["gap"] is None
    firefox.close(page)


def test_the_button_counts_and_opens_the_popup(firefox: Firefox, pages_port: int) -> None:
    """The toolbar button says how many asks there are; its popup names the verdict on the message under it, and fits."""
    beside = firefox.open_page("options/options.html")
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/messaging.html")
    firefox.click(page, ".msg-form__contenteditable")
    firefox.type(page, TEXT)
    firefox.wait(page, f"{DRAWN}.length > 0")
    firefox.wait(beside, "chrome.tabs.query({ active: true }).then(([{ id }]) => chrome.action.getBadgeText({ tabId: id })).then((text) => Number(text) > 0)")
    firefox.press_button()
    firefox.wait(beside, f"{POPUP}?.document.getElementById('verdict-word').textContent === 'Wait'")
    firefox.wait(beside, f"{POPUP}.document.documentElement.scrollWidth <= {POPUP}.innerWidth && {POPUP}.innerWidth <= 800 && {POPUP}.innerHeight <= 600")
    firefox.run(beside, f"void {POPUP}.close()")
    firefox.wait(beside, f"!{POPUP}")


def test_the_least_severity_counts_at_once(firefox: Firefox, pages_port: int) -> None:
    """What the options page says about severity holds for the next key, and stays when the page is opened again."""
    # Addresses of their own: other tests leave their options page open.
    options = firefox.open_page("options/options.html?first")
    firefox.click(options, "[name=threshold][value=error]")
    firefox.wait(options, "chrome.storage.local.get('settings').then(({ settings }) => settings?.threshold === 'error')")
    again = firefox.open_page("options/options.html?again")
    firefox.wait(again, "document.querySelector('[name=threshold][value=error]').checked")
    firefox.run(again, "chrome.storage.local.remove('settings')")


@pytest.fixture
def screen(firefox: Firefox, pages_port: int) -> Iterator[FirefoxScreen]:
    """Yield a page on which invitations and messages are read, with room for all fields."""
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/invitation.html")
    firefox.call("browsingContext.setViewport", context=page, viewport={"width": 1100, "height": 1000})
    yield FirefoxScreen(firefox, page)
    firefox.close(page)


# What differs between browsers; the rest of the fields is for Chromium.
ALIKE = ("capitals close together", "padding and border in em", "long word", "Hebrew by itself", "Arabic", "English")
DRESSED, FROM_THE_RIGHT = ({name: field for name, field in some.items() if name not in ALIKE} for some in (METRICS | ZOOMED, FROM_RIGHT))


@pytest.mark.parametrize(("fields", "css"), [(DRESSED, ""), (FROM_THE_RIGHT, "html { zoom: 1.05 }")])
def test_underlines_fit(screen: FirefoxScreen, fields: dict[str, Field], css: str) -> None:
    """Within a pixel of their words, in fields that are dressed in all ways and from right to left."""
    expect_fit(screen, fields, css)


def test_underlines_fit_at_every_resolution(screen: FirefoxScreen) -> None:
    """While they stand the window is moved to screens of other resolutions; the user's zoom does the same to the page."""
    try:
        expect_fit(screen, WIDE, ONE_COLUMN, [partial(screen.enlarge, factor) for factor in (1.25, 2, 1.5)])
    finally:
        screen.enlarge(1)


@pytest.mark.parametrize("name", TURNED)
def test_turned_fields(screen: FirefoxScreen, name: str) -> None:
    """Underlines lie along words that are turned, slanted or mirrored."""
    expect_fit_turned(screen, name)
