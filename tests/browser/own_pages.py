"""The server's own pages, in a browser without the extension."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from .conftest import RunningServer


@contextmanager
def fresh_tab(browser: Browser, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """Yield a tab that knows nothing of any other, and the errors of its page so far."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    try:
        tab, errors = context.new_page(), []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        yield tab, errors
    finally:
        context.close()


@contextmanager
def own_page(browser: Browser, server: RunningServer, path: str, **options: object) -> Iterator[Page]:
    """Yield one of the server's pages, signed in; errors of the page fail the test."""
    with fresh_tab(browser, **{"locale": "en-GB", "base_url": server.origin} | options) as (tab, errors):
        server.sign_in(tab, path)
        yield tab
    assert errors == []
