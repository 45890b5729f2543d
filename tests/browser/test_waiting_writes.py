"""What is written down while the server is away outlasts all that may happen meanwhile, and reaches the server in order, each once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from .conftest import free_port, launch, running_server
from .extension_pages import ANSWER_IN_TIME, contact_report, open_page, store_contact, wait_for_true

LINES = ["called about ropes", "met at the fair", "gave the chart"]
WAITING = "async () => ((await chrome.storage.local.get('writes')).writes ?? []).map(({ words }) => words)"
# The server itself, which dies between writing a line down and saying so.
DYING = """
import os
import sys
from coltiva.cli import main
from coltiva.web.application import Application

answer = Application.wsgi_app

def die(self, environ, start_response):
    answered = answer(self, environ, start_response)
    if environ["PATH_INFO"].endswith("/lines"):
        os._exit(1)
    return answered

Application.wsgi_app = die
sys.exit(main())
"""


def write_down(own: Page, contact_id: str, line: str) -> Any:
    """Write a line down as the panel does, and return what came of it."""
    path = f"/contacts/{contact_id}/lines"
    write = {"type": "write", "method": "POST", "path": path, "body": {"line": line}, "what": "line", "words": line, "who": "Petra Patient"}
    return own.evaluate(ANSWER_IN_TIME, write)["state"]


def stop_background(context: BrowserContext, own: Page) -> None:
    """Stop the background as the browser does with one that rests."""
    browser = context.new_cdp_session(own)
    browser.send("ServiceWorker.enable")
    browser.send("ServiceWorker.stopAllWorkers")
    wait_for_true(own, "async () => !(await chrome.runtime.getContexts({ contextTypes: ['BACKGROUND'] })).length")


def test_writes_outlast_a_lost_answer_a_stopped_background_and_a_restart(playwright: Playwright, tmp_path: Path, pages_port: int) -> None:
    """The server dies before it answers, the background is stopped, the browser is closed: all three lines arrive, none twice."""
    data, port, profile = tmp_path / "data", free_port(), tmp_path / "profile"
    with closing(launch(playwright, profile, pages_port)) as context:
        with running_server(data, port, ("-c", DYING)) as dying:
            dying.pair(context)
            contact_id = store_contact(context, "Petra Patient")
            own = open_page(context, "options/options.html")
            assert write_down(own, contact_id, LINES[0]) == "waiting"
        assert any(LINES[0] in file.read_text("utf-8", "replace") for file in data.rglob("*") if file.is_file()), "the server wrote it"
        stop_background(context, own)
        assert write_down(own, contact_id, LINES[1]) == "waiting"
        assert own.evaluate(WAITING) == LINES[:2]

    with closing(launch(playwright, profile, pages_port)) as context:
        own = open_page(context, "options/options.html")
        assert write_down(own, contact_id, LINES[2]) == "waiting"
        assert own.evaluate(WAITING) == LINES
        stop_background(context, own)
        with running_server(data, port):
            panel = context.new_page()
            panel.goto(own.url.replace("options/options.html", "panel/panel.html?tab=999999"))
            wait_for_true(panel, f"async () => !(await ({WAITING})()).length")
            history = contact_report(context, contact_id)["history"]
    assert [event["summary"] for event in history] == LINES
