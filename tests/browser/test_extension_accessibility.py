"""Every page of the extension passes the checks of axe, in both themes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Frame, Page

from ..extension.node import CHECKS, install_packages
from .extension_pages import ASK, open_card, open_page, store_contact, write_to

HISTORY = [{"date": "2026-05-02", "kind": "meeting", "summary": "Boat fair in Genoa"}, {"date": "2026-05-03", "kind": "message", "direction": "sent"}]
# A frame is no whole document: the page around it has the landmarks and headings.
RUN = """async (isFrame) => (await axe.run(document, { rules: isFrame ? { 'page-has-heading-one': { enabled: false } } : {} })).violations
  .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`)"""


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the source of axe."""
    install_packages(CHECKS)
    return (CHECKS / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield the name of a theme."""
    return request.param


def violations(place: Page | Frame, axe: str) -> list[str]:
    """Return what axe finds; its source is evaluated from outside, which the pages' policy does not forbid."""
    place.evaluate(axe)
    found: list[str] = place.evaluate(RUN, isinstance(place, Frame))
    return found


def test_the_card(page: Page, extension_context: BrowserContext, axe: str, theme: str) -> None:
    """With suggestions, events, and the form of “I know them” open."""
    slug = f"axel-axe-{theme}"
    store_contact(extension_context, "Axel Axe", profiles=[f"https://www.linkedin.com/in/{slug}"], history=HISTORY)
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    tab = write_to(page, "Axel Axe", slug, f"Hi Axel! {ASK}")
    card = open_card(page, tab)
    assert violations(card, axe) == []
    page.keyboard.press("k")
    card.locator("#know-reason:focus").wait_for()
    assert violations(card, axe) == []


def test_the_panel(page: Page, extension_context: BrowserContext, axe: str, theme: str) -> None:
    """With a message to somebody who may be one of the stored, and with a contact."""
    name, slug = f"Paul {theme.title()}", f"paul-{theme}"
    contact_id = store_contact(extension_context, name, profiles=[f"https://www.linkedin.com/in/{slug}"], history=HISTORY)
    tab = write_to(page, name, "another-paul", f"Hi Paul! {ASK}")
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    panel = open_page(extension_context, f"panel/panel.html?in=popup&tab={tab}")
    panel.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    panel.locator("#who-likely").get_by_role("button").wait_for()
    assert violations(panel, axe) == []
    panel.locator("#who-likely").get_by_role("button").click()
    panel.locator("#name", has_text=name).wait_for()
    panel.fill("#note", "Likes ropes")
    panel.get_by_role("button", name="Add note").click()
    panel.get_by_role("button", name="Edit: Likes ropes").click()
    assert contact_id
    assert violations(panel, axe) == []
    panel.close()


def test_the_options(extension_context: BrowserContext, axe: str, theme: str) -> None:
    """The whole page, with a complaint about an address."""
    options = open_page(extension_context, "options/options.html")
    options.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    options.locator("#server-state", has_text="running").wait_for()
    options.fill("#site", "not an address")
    options.press("#site", "Enter")
    options.locator("#site-error", has_text="example.org").wait_for()
    assert violations(options, axe) == []
    options.close()
