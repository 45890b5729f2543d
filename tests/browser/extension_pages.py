"""The extension's own pages, opened and asked as its user would, and messages written to people of the tests' own."""

from __future__ import annotations

import contextlib
import datetime
from typing import Any

from playwright.sync_api import BrowserContext, Error, Frame, Page

from .conftest import SITE, worker_of

EDITOR = ".msg-form__contenteditable"
ASK = "Could you introduce me to Richard Branson?"
# So lately that it is remembered; and how the pages say that a line rests on it.
MET_ON = datetime.date.today() - datetime.timedelta(days=30)
MEETING = [{"date": MET_ON.isoformat(), "kind": "meeting", "summary": "Boat fair in Genoa"}]
USED = f"ses: {MET_ON.day} {MET_ON:%B %Y}, Boat fair in Genoa"
NOW_SHOWN = """async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id"""


# An answer that never comes is an error, not a test that never ends.
ANSWER_IN_TIME = """message => Promise.race([
  chrome.runtime.sendMessage(message),
  new Promise((_, refuse) => setTimeout(() => refuse(new Error('no answer to ' + message.type + ' in 30 s')), 30000)),
])"""
# A tab that another one covers draws no frames.
NEXT_FRAME = "() => new Promise((resolve) => { requestAnimationFrame(resolve); setTimeout(resolve, 50); })"


def open_page(context: BrowserContext, path: str) -> Page:
    """Open a page of the extension in a new tab; an error in it fails the test where it is closed by ``close_page``."""
    page = context.new_page()
    page.goto(f"chrome-extension://{worker_of(context).url.split('/')[2]}/{path}")
    return page


def undoing(dismissal: str) -> dict[str, object]:
    """Return what the extension's own pages say to bring back what was dismissed."""
    return {"type": "write", "method": "DELETE", "path": f"/dismissals/{dismissal}", "body": {}, "what": "undo_ignored", "words": "", "who": ""}


def undo_dismissals(context: BrowserContext) -> None:
    """Bring back all that was dismissed: the server is shared by the tests that follow."""
    for one in ask(context, {"type": "dismissals"})["value"]["dismissals"]:
        ask(context, undoing(one["id"]))


def ask(context: BrowserContext, message: dict[str, Any]) -> Any:
    """Send a message to the background as the extension's own pages do."""
    page = open_page(context, "options/options.html")
    answer = page.evaluate(ANSWER_IN_TIME, message)
    page.close()
    return answer


def store_contact(context: BrowserContext, name: str, **fields: Any) -> str:
    """Store a contact and return its id."""
    body = {"name": name} | fields
    write = {"type": "write", "method": "POST", "path": "/contacts", "body": body, "what": "contact", "words": name, "who": name}
    outcome = ask(context, write)
    assert outcome["state"] == "done", outcome
    contact_id: str = outcome["answer"]["contact"]["contact"]["id"]
    return contact_id


def contact_report(context: BrowserContext, contact_id: str) -> Any:
    """Return all that the server knows of a contact."""
    return ask(context, {"type": "contact", "id": contact_id})


def write_to(page: Page, name: str, slug: str, text: str) -> int:
    """Write to somebody on the page that looks like LinkedIn's, and return the tab's id; without a name nobody is named."""
    page.goto(f"{SITE}/messaging.html")
    page.bring_to_front()
    page.evaluate(
        """([name, slug]) => { const link = document.querySelector('a.msg-thread__link-to-profile');
          if (!name) return document.querySelector('header').remove();
          link.href = `/in/${slug}/`; link.querySelector('h2').textContent = name; }""",
        [name, slug],
    )
    tab: int = worker_of(page.context).evaluate(NOW_SHOWN)
    page.locator(EDITOR).click()
    page.keyboard.type(text)
    return tab


def wait_for_true(page: Page, promise: str, arg: Any = None) -> None:
    """Return once *promise*, a function of *arg*, promises what is true; ``wait_for_function`` takes any promise for true."""
    page.evaluate(f"async (arg) => {{ while (!await ({promise})(arg)) await new Promise((next) => setTimeout(next, 20)); }}", arg)


def wait_for_badge(context: BrowserContext, tab: int, text: str) -> None:
    """Return once the button of *tab* says *text*, which follows the answer after a moment."""
    shown = "async ([tab, text]) => { while ((await chrome.action.getBadgeText({ tabId: tab })) !== text); }"
    worker_of(context).evaluate(shown, [tab, text])


def is_card(frame: Frame) -> bool:
    """Return whether a frame holds a card that is open or opens; one that has closed stays for a while to say what came of it."""
    with contextlib.suppress(Error):
        return "card/card.html" in frame.url and not frame.locator("body:has(#card[hidden]):has(#announcement:not(:empty))").count()
    return False


def open_card(page: Page, tab: int) -> Frame:
    """Do what the shortcut does, and return the card's frame once it has the focus.

    The key is pressed again where the card gave way to an answer that came late, as a person would.
    """
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    for turn in range(400):
        if turn % 100 == 0 and not any(is_card(frame) for frame in page.frames):
            # Nothing is waited for: a worker that is stopped under way would never answer.
            worker_of(page.context).evaluate("tab => void chrome.tabs.sendMessage(tab, { type: 'next-finding' }).catch(() => {})", tab)
        for frame in page.frames:
            with contextlib.suppress(Error):
                if "card/card.html" in frame.url and frame.locator("#card:focus").count():
                    return frame
        page.evaluate(NEXT_FRAME)
    raise AssertionError("no card has the focus")


def wait_for_closed_card(page: Page) -> None:
    """Wait until the card is gone and the editor has the focus again."""
    page.wait_for_function(f"() => document.activeElement === document.querySelector('{EDITOR}')")
