"""What the attacks share: one record of what they found, and the browsers of ``tests/browser``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from coltiva.library import Library

from ..browser.conftest import pages_port, playwright
from ..browser.install_browsers import find_chromium
from .evidence import Evidence
from .rig import EVIL, Target, attack_site, target_server

__all__ = ["pages_port", "playwright"]

_EVIDENCE = pytest.StashKey[Evidence]()


@pytest.fixture(scope="session")
def evidence(request: pytest.FixtureRequest) -> Evidence:
    """Return the record of this run."""
    stash = request.config.stash
    if _EVIDENCE not in stash:
        stash[_EVIDENCE] = Evidence()
    return stash[_EVIDENCE]


@pytest.fixture
def target(tmp_path: Path, library: Library) -> Iterator[Target]:
    """Yield a server of this process with one contact."""
    with target_server(tmp_path / "data", library) as running:
        yield running


@pytest.fixture(scope="session")
def evil_port() -> Iterator[int]:
    """Yield the port of an attacker's site."""
    with attack_site({}) as port:
        yield port


@pytest.fixture(scope="module")
def attackers_browser(playwright: Playwright) -> Iterator[Browser]:
    """Yield a Chromium in which every port of the attacker's name is this machine's: a rebound name."""
    chromium = find_chromium()
    arguments = ["--no-sandbox", f"--host-resolver-rules=MAP {EVIL} 127.0.0.1"]
    browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
    yield browser
    browser.close()


@pytest.fixture
def victim(attackers_browser: Browser, target: Target) -> Iterator[BrowserContext]:
    """Yield a browser in which the user is signed in to the server's own pages."""
    context = attackers_browser.new_context()
    tab = context.new_page()
    target.sign_in(tab, "/contacts")
    tab.locator("#people li").wait_for()
    yield context
    context.close()


@pytest.fixture
def evil_page(victim: BrowserContext, evil_port: int) -> Page:
    """Return a page of the attacker in the browser of the user who is signed in."""
    page = victim.new_page()
    page.goto(f"http://{EVIL}:{evil_port}/")
    return page
