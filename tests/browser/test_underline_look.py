"""What an underline looks like: told apart by shape as well as by colour, on light and dark pages and in forced colours."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from .conftest import SITE
from .drawing import text_box, wait_for_drawn
from .extension_pages import open_page
from .look import line_under, pixels

ASK = "Could you introduce me to Ada Byron"
PRAISE = "Impressed by your"
LINES = (f"{ASK}?", f"{PRAISE} profile.")
MEDIA: dict[str, dict[str, Any]] = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "forced": {"forced_colors": "active"}}
LINE_HEIGHT = 22.4


def expect_looks(page: Page, ask: dict[str, float], praise: dict[str, float], **edges: float) -> None:
    """Expect a whole line under the one and a broken line under the other, both 3:1 against what they stand on."""
    error, warning = (line_under(page, words, **edges) for words in (ask, praise))
    assert (error.contrast >= 3, error.share > 0.85, error.gaps) == (True, True, 0), error
    assert (warning.contrast >= 3, 0.4 < warning.share < 0.8, warning.gaps > 5) == (True, True, True), warning


@pytest.mark.parametrize("media", MEDIA)
def test_in_an_editor(page: Page, media: str) -> None:
    """Under words that the browser itself highlights; in forced colours the line lies on the ground that these then have."""
    page.goto(f"{SITE}/messaging.html")
    page.emulate_media(**MEDIA[media])
    page.locator(".msg-form__contenteditable").click()
    page.keyboard.insert_text(" ".join(LINES))
    wait_for_drawn(page, [ASK, PRAISE])
    editor = page.locator(".msg-form__contenteditable").element_handle()
    assert editor
    edges = {"above": 9, "below": -1} if media == "forced" else {"above": 6, "below": 2}
    expect_looks(page, text_box(page, editor, ASK), text_box(page, editor, PRAISE), **edges)


@pytest.mark.parametrize("media", MEDIA)
def test_in_a_field(page: Page, media: str) -> None:
    """Under the words of a text field, whose own letters and selection stay seen."""
    page.goto(f"{SITE}/invitation.html")
    page.emulate_media(**MEDIA[media])
    field = page.locator("textarea")
    field.click()
    page.keyboard.insert_text("\n".join(LINES))
    page.wait_for_function("() => document.documentElement.lastElementChild !== document.body")
    left, top = field.evaluate("""(field) => { const { left, top } = field.getBoundingClientRect(); const style = getComputedStyle(field);
      return [left + field.clientLeft + parseFloat(style.paddingLeft), top + field.clientTop + parseFloat(style.paddingTop)]; }""")
    ask, praise = ({"x": left, "y": top + number * LINE_HEIGHT, "width": 120, "height": LINE_HEIGHT} for number in (0, 1))
    expect_looks(page, ask, praise, above=6, below=0)
    before = pixels(page, ask)
    page.keyboard.press("Control+a")
    changed = [old != new for rows in zip(before, pixels(page, ask), strict=True) for old, new in zip(*rows, strict=True)]
    assert sum(changed) > 0.8 * len(changed)


MOVING = """() => [...document.querySelectorAll('*')].flatMap((one) => [null, '::before', '::after'].map((part) => getComputedStyle(one, part)))
  .some(({ transitionDuration, animationName, scrollBehavior }) =>
    /[1-9]/u.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth')"""


@pytest.mark.parametrize("path", ["card/card.html", "panel/panel.html", "options/options.html"])
def test_nothing_moves_for_whoever_wants_no_motion(extension_context: BrowserContext, path: str) -> None:
    """The extension's pages fade and slide for those alone who did not ask for less of it."""
    page = open_page(extension_context, path)
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING)
    page.emulate_media(reduced_motion="reduce")
    assert not page.evaluate(MOVING)
    page.close()
