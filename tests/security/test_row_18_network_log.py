"""Row 18 seen from the browser: its own log of all that it asked for while the extension was used from end to end."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Playwright

from ..browser.conftest import launch, worker_of
from ..browser.extension_pages import ASK, open_card, open_page, store_contact, wait_for_closed_card, write_to
from .evidence import Evidence
from .rig import Target, weakened_extension

# Where the extension might send something: what an address that nobody knows looks like in the log.
ELSEWHERE = "https://outside.example/kept"
SENDS = f"fetch('{ELSEWHERE}', {{ mode: 'no-cors' }}).catch(() => 0);\n"


def use(context: BrowserContext, target: Target) -> list[str]:
    """Use the extension from pairing to what it shows of a contact, and return what was done."""
    target.pair(context)
    history = [{"date": "2026-05-02", "kind": "meeting", "summary": "Fair"}]
    store_contact(context, "Nora Net", profiles=["https://www.linkedin.com/in/nora-net"], history=history)
    page = context.new_page()
    tab = write_to(page, "Nora Net", "nora-net", f"Hi Nora! {ASK}")
    open_card(page, tab)
    page.keyboard.press("1")
    wait_for_closed_card(page)
    done = ["pair", "store a contact", "write", "open the card", "apply"]
    panel = open_page(context, f"panel/panel.html?tab={tab}")
    panel.locator("#name", has_text="Nora Net").wait_for()
    panel.fill("#line", "met at BNI")
    panel.press("#line", "Enter")
    panel.locator("#timeline", has_text="met at BNI").wait_for()
    done.append("log an event in the panel")
    for path in ("panel/panel.html?in=popup", "options/options.html"):
        opened = open_page(context, path)
        opened.wait_for_load_state("networkidle")
        opened.close()
        done.append(path)
    return done


def asked_for(log: Path) -> list[tuple[str, str]]:
    """Return every address that the browser asked for, each with who started it; the log is complete once the browser is closed."""
    stored = json.loads(log.read_text("utf-8"))
    kind = stored["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    found = [event["params"] for event in stored["events"] if event["type"] == kind and "url" in event.get("params", {})]
    return [(str(one["url"]), str(one.get("initiator", ""))) for one in found]


def by_extension(log: Path) -> list[str]:
    """Return what the extension asked for."""
    return [url for url, initiator in asked_for(log) if initiator.startswith("chrome-extension://")]


def test_row_18_a_whole_scene_in_the_browsers_own_log(
    playwright: Playwright, tmp_path: Path, pages_port: int, target: Target, evidence: Evidence
) -> None:
    """All that the extension asked for went to this machine, and the pages it stood on asked for nothing because of it."""
    log = tmp_path / "a.json"
    context = launch(playwright, tmp_path / "a", pages_port, more=[f"--log-net-log={log}"])
    done = use(context, target)
    context.close()
    asked = by_extension(log)
    assert sum(f":{target.port}/api/v1/lint" in url for url in asked) >= 1, "the log does not show the scene"
    elsewhere = [url for url in asked if urlsplit(url).hostname != "127.0.0.1"]
    pages = {url for url, initiator in asked_for(log) if initiator.startswith("https://www.linkedin.com")}
    assert {urlsplit(url).hostname for url in pages} <= {"www.linkedin.com"}, pages

    loose = [("manifest.json", r"connect-src http://127\.0\.0\.1:\*", "connect-src *"), ("background/worker.js", r"\A", SENDS)]
    log = tmp_path / "b.json"
    context = launch(playwright, tmp_path / "b", pages_port, extension=weakened_extension(tmp_path, *loose), more=[f"--log-net-log={log}"])
    worker_of(context).evaluate(SENDS.strip().removesuffix(";"))
    context.close()
    caught = by_extension(log).count(ELSEWHERE)
    evidence.add(18, "the extension asks elsewhere in a whole scene", len(done), len(elsewhere), "the policy of its pages, and code that sends", min(caught, 1))
