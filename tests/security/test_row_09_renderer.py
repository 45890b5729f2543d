"""Row 9: somebody runs code where content scripts run, and sends the background their own messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Playwright

from ..browser.conftest import EXTENSION, SITE, launch
from .evidence import Evidence
from .rig import CANARY, Target, extension_id, weakened_extension

FORGED = [
    {"type": "search-contacts", "query": ""},
    {"type": "contact", "id": "ID"},
    {"type": "panel-view", "tab": 1, "pinned": "ID"},
    {"type": "card-ready"},
    {"type": "dismissals"},
    {"type": "pairing-state"},
    {"type": "server-state"},
    {"type": "write", "method": "DELETE", "path": "/contacts/ID", "what": "contact", "words": "", "who": ""},
    {"type": "unpair"},
    {"type": "constructor"},
]


@contextmanager
def content_world(playwright: Playwright, profile: Path, pages_port: int, target: Target, extension: Path = EXTENSION) -> Iterator[Any]:
    """Yield a way to run an expression where content scripts run."""
    context = launch(playwright, profile, pages_port, extension=extension)
    try:
        target.pair(context)
        page = context.new_page()
        session: CDPSession = context.new_cdp_session(page)
        worlds: list[dict[str, Any]] = []
        session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
        session.send("Runtime.enable")
        page.goto(f"{SITE}/messaging.html")
        (world,) = (one["id"] for one in worlds[-4:] if one["origin"] == f"chrome-extension://{extension_id(context)}")

        def run(expression: str) -> Any:
            answer = session.send("Runtime.evaluate", {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True})
            return answer["result"].get("value")

        yield run
    finally:
        context.close()


def forge(run: Any, target: Target) -> int:
    """Send every forged message and return how many were answered."""
    contact = target.store.summaries()[0].id if target.contacts() else "none"
    answered = 0
    for message in FORGED:
        sent = json.dumps(message).replace('"ID"', json.dumps(contact)).replace("/ID", f"/{contact}")
        answered += run(f"""Promise.race([chrome.runtime.sendMessage({sent}), new Promise((done) => setTimeout(done, 700))])
          .then((answer) => answer !== undefined && answer !== null, () => false)""") is True
    return answered


def test_forged_messages(playwright: Playwright, tmp_path: Path, pages_port: int, target: Target, evidence: Evidence) -> None:
    """Content scripts get no answer to what extension pages may ask; where senders are not told apart, they do."""
    with content_world(playwright, tmp_path / "a", pages_port, target) as run:
        got_in = forge(run, target)
        assert target.contacts() == 1
        assert run("chrome.runtime.sendMessage({ type: 'sites' }).then((answer) => answer !== undefined)") is True, "nothing answers at all"
    all_trusted = ("background/worker.js", r"action\.from !== kindOfSender\(sender\)", "false")
    with content_world(playwright, tmp_path / "b", pages_port, target, weakened_extension(tmp_path, all_trusted)) as run:
        evidence.add(9, "a content script asks what only extension pages may", len(FORGED), got_in, "the check of the sender", forge(run, target))


READS = [
    "chrome.storage.local.get(null).then((all) => JSON.stringify(all).includes('token'))",
    "chrome.storage.session.get(null).then((all) => JSON.stringify(all).includes('answerKey'))",
]


def test_the_token_is_out_of_reach(playwright: Playwright, tmp_path: Path, pages_port: int, target: Target, evidence: Evidence) -> None:
    """Content scripts cannot read the stores of token and session; without the access level they read the token."""
    reads = [f"{read}.catch(() => false)" for read in READS]
    with content_world(playwright, tmp_path / "a", pages_port, target) as run:
        got_in = sum(run(read) is True for read in reads)
    open_store = ("background/worker.js", r"accessLevel: 'TRUSTED_CONTEXTS'", "accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS'")
    with content_world(playwright, tmp_path / "b", pages_port, target, weakened_extension(tmp_path, open_store)) as run:
        then = sum(run(read) is True for read in reads)
    evidence.add(9, "a content script reads the token or the session", len(READS), got_in, "the access level of the store", then)
    assert CANARY
