"""The welcome page in a real browser: it ticks off what is done, shows what is next, keeps its language, and is found again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from coltiva.access import PairedExtensions

from ..shipped import LIBRARY
from .axe import violations
from .conftest import RunningServer
from .in_process import server_here
from .own_pages import own_page

STEPS = ("load", "pair", "contacts", "try")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[RunningServer]:
    """Yield a server that nobody has used yet."""
    with server_here(tmp_path / "data", LIBRARY) as server:
        yield server


@pytest.fixture
def tab(browser: Browser, fresh: RunningServer) -> Iterator[Page]:
    """Yield the welcome page of a new user; errors of the page fail the test."""
    with own_page(browser, fresh, "/welcome", locale="it-IT") as page:
        yield page


def pair_something(server: RunningServer) -> None:
    """Pair an extension, as if its user had typed the code."""
    PairedExtensions(server.data).add("chrome-extension://" + "a" * 32, "Chromium", "2026-05-14", ("0" * 64, "0" * 64))


def expect_reached(tab: Page, *done: str) -> None:
    """Expect these steps to be ticked off and folded, and the first of the others to stand out."""
    expect(tab.locator("[data-done=yes]")).to_have_count(len(done))
    for name in STEPS:
        expect(tab.locator(f"#step-{name} .body")).to_be_visible(visible=name not in done)
    left = [f"step-{name}" for name in STEPS if name not in done]
    current = tab.locator(".way > [aria-current=step]")
    expect(current).to_have_count(1 if left else 0)
    if left:
        expect(current).to_have_id(left[0])


def test_the_first_steps(tab: Page) -> None:
    """Nothing is ticked off at first; the first contact ticks its step, and the playground is one click away."""
    expect(tab.locator(".lead h2")).to_have_text("Ti diamo il benvenuto")
    expect(tab.locator("#folder")).to_contain_text("extension")
    expect_reached(tab)
    tab.get_by_role("link", name="Ai contatti").click()
    tab.get_by_role("button", name="Nuovo contatto").click()
    tab.locator("#form [name=name]").fill("Ada Prima")
    tab.get_by_role("button", name="Salva").click()
    expect(tab.locator("#name")).to_have_text("Ada Prima")
    tab.locator("footer").get_by_role("link", name="Primi passi").click()
    expect(tab.locator("#step-contacts[data-done=yes]")).to_contain_text("C’è 1 contatto.")
    expect_reached(tab, "contacts")
    tab.locator("#language").select_option("de")
    expect(tab.locator(".lead h2")).to_have_text("Willkommen")
    tab.get_by_role("link", name="Zum Probieren").click()
    expect(tab.locator("#editor")).to_be_visible()


def test_a_code_is_shown_in_place(tab: Page, fresh: RunningServer) -> None:
    """One click shows the code, without another page; once it was used both steps are ticked off by themselves."""
    tab.get_by_role("button", name="Mostra un codice").click()
    expect(tab.locator("#code")).not_to_be_empty()
    expect(tab.locator(".way > [aria-current=step]")).to_have_id("step-pair")
    assert tab.url.endswith("/welcome")
    pair_something(fresh)
    expect_reached(tab, "load", "pair")
    expect(tab.locator("#step-pair .state")).to_have_text("Abbinata.")
    tab.locator("#step-pair summary").click()
    expect(tab.get_by_role("button", name="Mostra un altro codice")).to_be_visible()


def test_an_underline_ticks_the_last_step(tab: Page) -> None:
    """An underline seen in the playground ticks it off, and so does anything that the extension has found."""
    expect_reached(tab)
    tab.goto("/")
    tab.locator("#editor").click()
    tab.keyboard.type("Could you introduce me to Richard Branson?")
    tab.locator("#findings button").first.wait_for()
    tab.goto("/welcome")
    expect_reached(tab, "try")
    tab.evaluate("localStorage.removeItem('coltiva-underline-seen')")
    tab.reload()
    expect_reached(tab)
    tab.route("**/api/v1/first-steps", lambda route: route.fulfill(body=json.dumps({"paired": 0, "contacts": 0, "found": 1})))
    tab.reload()
    expect_reached(tab, "try")


def test_what_is_done_is_quiet(tab: Page, fresh: RunningServer) -> None:
    """Only the next step has a button of full strength; a step that was unfolded again stays so; all done is said; no step stumbles a screen reader."""
    filled = """() => [...document.querySelectorAll('.way .go')]
      .filter((go) => go.checkVisibility() && getComputedStyle(go).backgroundColor === getComputedStyle(go).borderColor).map((go) => go.closest('li').id)"""
    expect_reached(tab)
    assert tab.evaluate(filled) == ["step-load"]
    assert violations(tab) == []
    pair_something(fresh)
    tab.evaluate("window.dispatchEvent(new Event('focus'))")
    expect_reached(tab, "load", "pair")
    assert tab.evaluate(filled) == ["step-contacts"]
    tab.locator("#step-pair summary").click()
    with tab.expect_response("**/api/v1/first-steps"):
        tab.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(tab.locator("#step-pair .body")).to_be_visible()
    assert tab.evaluate(filled) == ["step-contacts"]
    assert violations(tab) == []
    tab.route("**/api/v1/first-steps", lambda route: route.fulfill(body=json.dumps({"paired": 1, "contacts": 7, "found": 1})))
    tab.reload()
    expect_reached(tab, *STEPS)
    expect(tab.locator("#lead")).to_have_text("Fatti tutti e quattro. D’ora in poi Coltiva legge con te mentre scrivi.")
    assert tab.evaluate(filled) == []


def test_the_way_back_is_there_while_steps_are_open(tab: Page) -> None:
    """The empty contacts page and the page of the extension lead back; not once all is done."""
    for path in ("/contacts", "/pair"):
        tab.goto(path)
        tab.get_by_role("link", name="Torna ai primi passi").click()
        expect(tab.locator(".lead h2")).to_have_text("Ti diamo il benvenuto")
    tab.route("**/api/v1/first-steps", lambda route: route.fulfill(body=json.dumps({"paired": 1, "contacts": 7, "found": 1})))
    for path in ("/contacts", "/pair"):
        with tab.expect_response("**/api/v1/first-steps"):
            tab.goto(path)
        expect(tab.locator("#way-back")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280, 1600])
def test_headings_stand_over_what_they_head(tab: Page, width: int) -> None:
    """On every page the head begins and ends where the content does, and nothing sticks out."""
    tab.set_viewport_size({"width": width, "height": 900})
    edges = """(selector) => { const found = document.querySelector(selector), box = found.getBoundingClientRect(), style = getComputedStyle(found);
      return [box.left + parseFloat(style.paddingLeft), box.right - parseFloat(style.paddingRight)]; }"""
    for path in ("/", "/contacts", "/rules", "/report", "/pair", "/welcome"):
        tab.goto(path)
        head, content = (tab.evaluate(edges, selector) for selector in (".masthead", "main"))
        assert [abs(a - b) <= 4 for a, b in zip(head, content, strict=True)] == [True, True], (path, head, content)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
