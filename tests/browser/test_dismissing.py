"""From "This is no ask" in the card or the panel to a change of the rules, with the extension running all the while."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .conftest import RunningServer
from .drawing import wait_for_drawn
from .extension_pages import open_card, open_page, wait_for_closed_card, write_to

OTHER = "Could you introduce me to your landlord"
MEETING = "Could we have a quick call on Tuesday"


@pytest.fixture
def rules(extension_context: BrowserContext, server: RunningServer) -> Iterator[Page]:
    """Yield the rules page in the extension's own browser."""
    tab = extension_context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    server.sign_in(tab, "/rules")
    yield tab
    tab.close()
    assert errors == []


def dismiss_in_card(page: Page, tab: int, quote: str) -> None:
    """Say in the card, by its key, that it is no ask."""
    card = open_card(page, tab)
    card.get_by_role("button", name="This is no ask").wait_for()
    page.keyboard.press("n")
    wait_for_closed_card(page)


def dismiss_in_panel(page: Page, tab: int, quote: str) -> None:
    """Say in the panel, by its button, that it is no ask; what was pressed is gone, so the way back has the focus."""
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    panel = open_page(page.context, f"panel/panel.html?tab={tab}")
    finding = panel.locator("#findings li", has_text=quote)
    finding.locator("summary").click()
    finding.get_by_role("button", name="This is no ask").click()
    expect(panel.locator("#done")).to_contain_text("this is no ask")
    expect(panel.locator("#done").get_by_role("button", name="Undo")).to_be_focused()
    expect(finding).to_have_count(0)
    panel.close()


def queue_card(rules: Page, sentence: str) -> Locator:
    """Return a sentence's card on the rules page."""
    rules.bring_to_front()
    rules.locator("[data-part=dismissed]").click()
    return rules.locator(".queue li", has_text=sentence)


def write_on(page: Page, text: str) -> None:
    """Go on writing in the page of the message."""
    page.bring_to_front()
    page.keyboard.type(text)


@pytest.mark.parametrize(
    ("dismiss", "how", "object_"), [(dismiss_in_card, "pass", "tailor"), (dismiss_in_panel, "unless", "gardener"), (dismiss_in_panel, "off", "grocer")]
)
def test_a_dismissal_becomes_a_change_of_the_rules(page: Page, rules: Page, dismiss: object, how: str, object_: str) -> None:
    """One click on the rules page makes an example, an exception, or a rule switched off; the extension that runs goes by it."""
    quote = f"Could you introduce me to your {object_}"
    page.bring_to_front()
    tab = write_to(page, "Dora Dismissed", "dora-dismissed", f"Hi Dora! {quote}?")
    wait_for_drawn(page, [quote])
    assert callable(dismiss)
    dismiss(page, tab, quote)
    page.bring_to_front()
    wait_for_drawn(page, [])

    waiting = queue_card(rules, quote)
    expect(waiting.locator("mark")).to_have_text(quote)
    expect(waiting).to_contain_text("introduction")
    expect(waiting).to_contain_text("stranger")
    if how == "unless":
        waiting.get_by_role("button", name="Propose an exception").click()
        expect(waiting.locator(".proposals button").first).to_be_focused()
        waiting.locator(".proposals button").first.click()
    else:
        waiting.get_by_role("button", name={"pass": "Make it an example", "off": "Switch the rule off"}[how], exact=True).click()
    expect(rules.locator("#done-text")).to_be_visible()
    expect(rules.locator("#badge-dismissed")).to_be_hidden()
    if how != "pass":  # an example changes nothing that is found; the dismissal goes on counting beside it
        queue_card(rules, quote).get_by_role("button", name="Take back").click()
        expect(queue_card(rules, quote)).to_have_count(0)
    other = MEETING if how == "off" else OTHER
    write_on(page, f" {other}?")
    wait_for_drawn(page, [other])

    rules.bring_to_front()
    rules.locator("[data-part=changes]").click()
    rules.locator("#changes button").first.click()
    expect(rules.locator("#done-text")).to_have_text("Taken back.", timeout=60_000)
    if how == "pass":
        queue_card(rules, quote).get_by_role("button", name="Take back").click()
        expect(queue_card(rules, quote)).to_have_count(0)
    write_on(page, " Bye.")
    wait_for_drawn(page, [quote, other])
