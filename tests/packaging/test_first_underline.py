"""From the installed package alone to the first underline, by what its commands print and its pages show."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from ..browser.conftest import free_port, launch, worker_of
from ..browser.extension_pages import ASK, open_page, write_to
from ..browser.programs import ended_with
from .conftest import Installed


def pair_by_hand(welcome: Page, context: BrowserContext, port: int) -> None:
    """Let the welcome page show a code, and type it into the extension's options."""
    welcome.locator("#step-pair #make").click()
    code = welcome.locator("#code")
    expect(code).not_to_be_empty()
    options = open_page(context, "options/options.html")
    options.locator("#pair-port").fill(str(port))
    options.locator("#pair-code").fill(code.inner_text())
    options.locator("#pair-button").click()
    expect(options.locator("#pair-forget")).to_be_visible()
    options.close()


def add_first_contact(tab: Page, name: str) -> None:
    """Follow the welcome page to the contacts, and add one."""
    tab.locator("#step-contacts a.go").click()
    # A button answers once its page's script runs, which on a busy machine is some time after it is shown.
    expect(tab.locator("#count")).not_to_be_empty()
    tab.get_by_role("button", name="New contact").click()
    tab.locator("#form [name=name]").fill(name)
    tab.get_by_role("button", name="Save").click()
    expect(tab.locator("#name")).to_have_text(name)


def walk(installed: Installed, playwright: Playwright, pages_port: int) -> dict[str, float]:
    """Go the whole way, and return the seconds that each step took."""
    begun, took = time.monotonic(), {}

    def done(step: str) -> None:
        took[step] = round(time.monotonic() - begun - sum(took.values()), 1)

    port = free_port()
    serve = [*installed.command, "serve", "--port", str(port)]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True, cwd=installed.home, env=installed.environment) as server, ended_with(server):
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}" in server.stdout.readline()
        done("coltiva serve listens")
        folder = Path(installed.run("extension").strip())
        context = launch(playwright, installed.home / "profile", pages_port, extension=folder, locale="en-GB")
        worker_of(context)
        done("coltiva extension, and the browser with that folder")
        try:
            welcome = context.new_page()
            welcome.goto(installed.run("open", "/welcome", "--print").strip())
            expect(welcome.locator("#folder")).to_have_text(str(folder))
            done("coltiva open /welcome")
            pair_by_hand(welcome, context, port)
            welcome.goto(f"http://127.0.0.1:{port}/welcome")
            expect(welcome.locator("#step-pair")).to_have_attribute("data-done", "yes")
            done("a code shown, typed, paired")
            add_first_contact(welcome, "Ada Prima")
            done("the first contact added")
            page = context.new_page()
            write_to(page, "Ada Prima", "ada-prima", f"Hi Ada, {ASK}")
            page.wait_for_function(f"() => [...CSS.highlights.values()].some((one) => [...one].some((range) => '{ASK}'.startsWith(`${{range}}`)))")
            done("a message typed, and its first underline")
        finally:
            context.close()
    return took


def test_from_the_package_to_the_first_underline(installed: Installed, playwright: Playwright, pages_port: int) -> None:
    """The server, the extension's folder, the welcome page, pairing, the first contact and the first underline, without the checkout."""
    print(walk(installed, playwright, pages_port))  # pytest -s shows where the time goes
