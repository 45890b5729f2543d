"""Underlines within a pixel of their words in Chromium: in fields that are dressed in all ways, from right to left, and at every zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from .conftest import SITE, worker_of
from .fitting import ASK, WRAPPED, Field, Place, expect_fit
from .turning import TURNED, expect_fit_turned

LONG = f"The word that you were looking for is {'Pneumonoultramicroscopicsilicovolcanoconiosis' * 2}. {ASK}? Thanks."
HEBREW = f"שלום דוד, תודה\n{ASK}? Thanks. תודה רבה"
HEBREW_NAME = f"שלום דוד, Good morning from Genoa. {ASK} לייבלי? Thanks. תודה"
ARABIC = f"مرحبا يا أحمد، شكرا\n{ASK}? Thanks. شكرا"
MIXED = f"Good morning, שלום דוד, what a day. {ASK}? Thanks תודה."
BELOW = f"שלום\n\n\n\n{HEBREW}"
NAMED = f"{ASK} לייבלי"
METRICS = {
    "as it is": Field(text=WRAPPED),
    "letters and words apart": Field("letter-spacing: 1.3px; word-spacing: .4em; tab-size: 3; text-indent: 3em", scroll=(0, 20)),
    "capitals close together": Field("letter-spacing: -.4px; text-transform: uppercase; font-size: 13px; line-height: normal; tab-size: 37px"),
    "typewriter, high lines": Field("font: 13.3px/2.3 monospace; text-transform: capitalize", scroll=(0, 60)),
    "features of the font": Field("font: italic 700 15.7px/1.37 serif; font-feature-settings: 'liga' 0, 'kern' 0, 'smcp'"),
    "padding and border in em": Field("padding: .7em 1.3em .4em 2.1em; border: .37em solid #ccc", scroll=(0, 40)),
    "box of the content": Field("box-sizing: content-box; height: 80px !important; width: 270px; padding: .7em; border: 3.3px solid #ccc", scroll=(0, 30)),
    "no wrap, scrolled": Field("white-space: nowrap", text=WRAPPED, scroll=(140, 0)),
    "long word": Field(text=LONG, scroll=(0, 60)),
    "small capitals, broken": Field("word-break: break-all; font-variant-caps: all-small-caps", text=LONG.replace(". ", "\n"), scroll=(0, 40)),
    "both edges": Field("text-align: justify; width: 260px", text=WRAPPED, scroll=(0, 20)),
    "gutters, centred": Field("scrollbar-gutter: stable both-edges; text-align: center", scroll=(0, 20)),
    "wrapped in an editor": Field("white-space: break-spaces", text=WRAPPED, rich=True),
    "wrapped often in an editor": Field("white-space: break-spaces; font: 17px/1.3 serif; letter-spacing: 2px; word-spacing: 9px; padding-right: 60px", text=WRAPPED, rich=True, scroll=(0, 60)),
}
FROM_RIGHT = {
    "Hebrew": Field(text=HEBREW, dir="rtl"),
    "Hebrew by itself": Field(text=HEBREW, dir="auto"),
    "Hebrew name in the ask": Field(text=HEBREW_NAME, dir="rtl", ask=NAMED),
    "Arabic": Field(text=ARABIC, dir="rtl"),
    "mixed": Field(text=MIXED, dir="auto"),
    "English": Field(dir="rtl"),
    "scroll bar on the left": Field("border-style: solid; border-width: 2px 3.5px 4px 9px", text=BELOW, dir="rtl", scroll=(0, 80)),
    "no wrap": Field("white-space: nowrap", text=HEBREW_NAME, dir="rtl", ask=NAMED, scroll=(-20, 0)),
    "Hebrew name in an editor": Field(text=HEBREW_NAME, dir="auto", ask=NAMED, rich=True),
    "Arabic in an editor": Field(text=ARABIC, dir="rtl", rich=True),
    "scroll bar on an editor's left": Field(text=BELOW, dir="rtl", rich=True, scroll=(0, 70)),
}
ZOOMED = {
    "zoom": Field(text=WRAPPED, around="zoom: 1.25; width: 264px", scroll=(0, 40)),
    "zoom of the field": Field("zoom: .9; font: 15.7px/1.4 serif", text=WRAPPED),
    "scale": Field(around="transform: scale(1.2); transform-origin: 0 0; width: 270px", scroll=(0, 20)),
    "more in height": Field("transform: scale(.8, 1.1); transform-origin: 0 0"),
    "zoom in scale, from right": Field(text=BELOW, dir="rtl", around="zoom: 1.5; width: 200px; scale: .8; transform-origin: 0 0", scroll=(0, 90)),
    "scale of an editor": Field(text=f"{ASK}?", around="transform: scale(.9); transform-origin: 0 0", rich=True),
}
# On a page that is neither zoomed nor scaled itself.
ALONE = {name: ZOOMED[name] for name in ("zoom", "scale", "zoom in scale, from right")}
# Each ask in a line of its own, which is long enough for letters to drift.
WIDE = {
    "as it is": Field(text=f"Greetings from Genoa. {ASK}? Thanks."),
    # Of this font the browser holds another ascent at some resolutions.
    "serif, padding and border in em": Field("font: 16px/1.5 serif; padding: .75em 1.25em; border: .375em solid #ccc"),
    "scroll bar on the left": replace(FROM_RIGHT["scroll bar on the left"], scroll=(0, 60)),
    "editor": Field(text=HEBREW, dir="rtl", rich=True),
}
LEVELS = [(1.25, True), (2, True), (1.5, False), (3, False)]
ZOOM = "async (factor) => chrome.tabs.setZoom((await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id, factor)"
# Fields and their lines lie at whole pixels of every screen.
ONE_COLUMN = "#fields { grid-template-columns: 520px; gap: 12px; padding: 4px }"


@dataclass
class ChromiumScreen:
    """A page in Chromium."""

    page: Page
    session: CDPSession
    is_zoomed: bool = False

    def run(self, function: str, *arguments: object) -> Any:
        """Call a function of JavaScript in the page."""
        return self.page.evaluate(f"(all) => ({function})(...all)", list(arguments))

    def shot(self, place: Place | None) -> tuple[str, int, int]:
        """Take the window's picture, whole where a pixel of the page is not one of the screen."""
        fast = {"optimizeForSpeed": True}
        if not place or self.is_zoomed:
            return self.session.send("Page.captureScreenshot", fast)["data"], 0, 0
        left, top, right, bottom = place
        clip = {"x": left, "y": top, "width": right - left, "height": bottom - top, "scale": 1}
        return self.session.send("Page.captureScreenshot", fast | {"clip": clip})["data"], left, top

    def enlarge(self, factor: float, by_user: bool) -> None:
        """Zoom as the user does, or give the screen another resolution; the other one is 1."""
        worker_of(self.page.context).evaluate(ZOOM, factor if by_user else 1)
        size = {"width": 1100, "height": 1000} if by_user else {"width": 560, "height": 540}
        self.session.send("Emulation.setDeviceMetricsOverride", size | {"deviceScaleFactor": 1 if by_user else factor, "mobile": False})
        self.page.wait_for_function("(factor) => Math.abs(devicePixelRatio - factor) < .01", arg=factor)
        self.is_zoomed = factor != 1

    def stroke(self) -> None:
        """Write a letter and take it back."""
        self.page.keyboard.insert_text("x")
        self.page.keyboard.press("Backspace")


@pytest.fixture
def screen(page: Page) -> ChromiumScreen:
    """Return a page on which invitations and messages are read."""
    page.set_viewport_size({"width": 1440, "height": 1100})
    page.goto(f"{SITE}/invitation.html")
    return ChromiumScreen(page, page.context.new_cdp_session(page))


@pytest.mark.parametrize(("fields", "css"), [(METRICS | FROM_RIGHT | ALONE, ""), (ZOOMED, "html { zoom: 1.1; transform: scale(1.05); transform-origin: 0 0 }")])
def test_fields(screen: ChromiumScreen, fields: dict[str, Field], css: str) -> None:
    """Many fields on one page, each in its own dress; the last page is zoomed and scaled as a whole."""
    expect_fit(screen, fields, css)


def test_every_zoom_and_scale_factor(screen: ChromiumScreen) -> None:
    """While the underlines stand the user zooms, or moves the window to a screen of another resolution."""
    try:
        expect_fit(screen, WIDE, ONE_COLUMN, [partial(screen.enlarge, factor, by_user) for factor, by_user in LEVELS])
    finally:
        screen.enlarge(1, True)


def test_other_sizes(screen: ChromiumScreen) -> None:
    """While the underlines stand the window becomes narrower, and the user draws a field's handle."""
    fields = {"as it is": Field(text=WRAPPED, scroll=(0, 20)), "from right": Field(text=WRAPPED, dir="rtl", scroll=(0, 20)), "editor": Field("white-space: break-spaces", text=WRAPPED, rich=True)}

    def widen() -> None:
        screen.page.set_viewport_size({"width": 900, "height": 600})

    def resize() -> None:
        screen.page.set_viewport_size({"width": 700, "height": 600})
        box = screen.page.locator("textarea").first.bounding_box()
        assert box
        screen.page.mouse.move(box["x"] + box["width"] - 6, box["y"] + box["height"] - 6)
        screen.page.mouse.down()
        screen.page.mouse.move(box["x"] + box["width"] - 47, box["y"] + box["height"] - 6)
        screen.page.mouse.up()
        assert screen.page.locator("textarea").first.evaluate("(field) => field.style.width") == f"{box['width'] - 41:g}px"

    expect_fit(screen, fields, "#fields { grid-template-columns: 1fr 1fr } textarea { width: 100% }", [widen, resize])


@pytest.mark.parametrize("name", TURNED)
def test_turned_fields(screen: ChromiumScreen, name: str) -> None:
    """Underlines lie along words that are turned, slanted or mirrored, and hide none of the field's own."""
    expect_fit_turned(screen, name)
