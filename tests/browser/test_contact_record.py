"""What the page of a contact tells of the record in a real browser: what is there, in the order in which it matters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import RunningServer
from .own_pages import own_page
from .test_contacts_page import make


@pytest.fixture(scope="module")
def page(browser: Browser, server: RunningServer) -> Iterator[Page]:
    """Yield the contacts page, one for all tests; its errors fail the last."""
    with own_page(browser, server, "/contacts") as tab:
        yield tab


def record(page: Page, line: str) -> None:
    """Type what happened, and wait until it is safe."""
    page.locator("#line").fill(line)
    page.locator("#line").press("Enter")
    expect(page.locator("#line")).to_have_value("")


def test_a_line_that_becomes_a_note_is_told_as_one(page: Page) -> None:
    """What is no event and no promise in the language of the page is kept as a note, and the page says so."""
    make(page, "Nora Noted")
    record(page, "rief wegen der Taue an")
    expect(page.locator("#notes li")).to_have_count(1)
    expect(page.locator("#done-text")).to_have_text("Kept as a note.")
    record(page, "called about ropes")
    expect(page.locator("#timeline li")).to_have_count(1)
    expect(page.locator("#done-text")).to_have_text("Recorded.")


def test_promises_stand_in_the_order_in_which_they_fall_due(page: Page) -> None:
    """The one that was due first comes first, and says that it was; one that is kept goes below those that are open."""
    make(page, "Pia Promised")
    for line in ("promised the map by 2099-12-04", "promised the lamp by 2099-12-01", "promised the rope by 2020-01-01"):
        record(page, line)
    promises = page.locator("#promises li p")
    expect(promises).to_have_text(["the rope", "the lamp", "the map"])
    expect(page.locator("#promises .late")).to_have_text("was due 1 January 2020")
    page.get_by_role("button", name="Mark as kept").first.click()
    expect(promises).to_have_text(["the lamp", "the map", "the rope"])


def test_of_give_and_take_only_what_there_is_is_told(page: Page) -> None:
    """Nothing is counted of a contact without a history, and no zero of what was given and taken of late."""
    make(page, "Zoe Zero")
    expect(page.locator("#counters")).to_be_hidden()
    expect(page.locator("#balance")).to_be_hidden()
    record(page, "gave her the chart")
    expect(page.locator("#balance")).to_have_text("In the last 90 days: given 1.")
    expect(page.locator("#counters")).to_be_visible()


def test_others_are_offered_for_merging_where_nobody_has_the_name(page: Page) -> None:
    """Without a namesake the form begins with an empty search, and with nobody chosen; whoever is searched for can be."""
    make(page, "Ulla Unlike")
    make(page, "Vera Verily")
    page.get_by_role("button", name="Merge", exact=True).click()
    # Of many contacts only the first ones.
    expect(page.locator("#merge-found label").first).to_be_visible()
    search = page.locator("#merge-form [name=other]")
    expect(search).to_have_value("")
    expect(page.locator("#merge-none")).to_be_hidden()
    expect(page.locator("#merge-save")).to_be_disabled()
    search.fill("Ulla")
    page.locator("#merge-found label", has_text="Ulla Unlike").click()
    expect(page.locator("#merge-save")).to_be_enabled()
