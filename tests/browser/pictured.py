"""What pictures are taken with: a folder of them, people to write to, and pages that are waited for until they lie still."""

from __future__ import annotations

import datetime
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, FloatRect, Page, TimeoutError

from .conftest import RunningServer, worker_of
from .extension_pages import NEXT_FRAME, open_page

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SET_ORIGIN = "origin => chrome.storage.local.set({ serverOrigin: origin })"
_MOST_LOOKS = 40


def days_ago(days: int) -> str:
    """Return a day before today, or behind it where *days* is negative."""
    return (datetime.date.today() - datetime.timedelta(days=days)).isoformat()


@dataclass
class Gallery:
    """A folder of pictures, each taken in both themes."""

    folder: Path
    taken: list[str] = field(default_factory=list)

    def take(self, page: Page, name: str, *, whole: bool = False, height: int | None = None) -> None:
        """Take what the window shows, down to a *height*, or the *whole* page, once it lies still."""
        width = (page.viewport_size or {"width": 0})["width"]
        clip: FloatRect | None = {"x": 0, "y": 0, "width": width, "height": height} if height else None
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            before = b""
            for _ in range(_MOST_LOOKS):
                now = page.screenshot(full_page=whole, clip=clip)
                if now == before:
                    break
                before = now
                page.evaluate(NEXT_FRAME)
            (self.folder / f"{name}-{theme}.png").write_bytes(before)
        self.taken.append(name)


@dataclass
class Studio:
    """A browser that is paired with a server, and people with a history."""

    context: BrowserContext
    server: RunningServer
    gallery: Gallery
    language: str
    people: dict[str, str] = field(default_factory=dict)

    def store(self, tab: Page, name: str, **fields: Any) -> None:
        """Store a contact, with *lines* recorded one after the other."""
        lines, notes = fields.pop("lines", ()), fields.pop("notes", ())
        slug = name.lower().replace(" ", "-")
        body = {"name": name, "profiles": [f"https://www.linkedin.com/in/{slug}"]} | fields
        contact = self._post(tab, "", body)["contact"]["contact"]["id"]
        for line in lines:
            self._post(tab, f"/{contact}/lines", {"line": line, "today": days_ago(0)})
        for note in notes:
            self._post(tab, f"/{contact}/notes", {"text": note, "date": days_ago(2)})
        self.people[name] = contact

    def _post(self, tab: Page, path: str, body: dict[str, Any]) -> Any:
        address = f"{self.server.origin}/api/v1/contacts{path}"
        answer = tab.request.post(address, data=body, headers=RunningServer.headers(tab))
        assert answer.ok, answer.text()
        return answer.json()

    def store_people(self) -> None:
        """Store one for each stage, one of long acquaintance, and some who wait to hear something."""
        tab = self.own_page("/contacts")
        met = {"date": days_ago(62), "kind": "meeting", "summary": "BNI breakfast in Turin, talked about sailing"}
        sent = {"date": days_ago(42), "kind": "message", "direction": "sent", "summary": "Sent him the photo of the boat"}
        owed = [f"promised the nautical chart by {days_ago(4)}", f"he promised an evening with the Genoa chapter by {days_ago(-7)}"]
        note = "Sails a 9-metre sloop out of Genoa. Hates cold calls; loves a good referral story."
        self.store(tab, "Ivan Misner", company="BNI", role="Founder", profiles=["https://www.linkedin.com/in/ivanmisner"], history=[met, sent], lines=owed, notes=[note])
        letters = [{"date": days_ago(20 * day + 5), "kind": "message", "direction": "received", "summary": f"Letter {day} on boats, sails and harbours"} for day in range(24)]
        self.store(tab, "Lena Long", company="Maritime Museum", history=letters)
        ripe = [{"date": days_ago(day), "kind": "meeting", "summary": "Talked about boats"} for day in (90, 50, 10)]
        self.store(tab, "Rita Ripe", emails=["rita@example.org"], history=[*ripe, {"date": days_ago(10), "kind": "gave", "summary": "A list of harbours"}])
        self.store(tab, "Sam Same", history=[met])
        self.store(tab, "Grace Hopper", company="US Navy", history=[{"date": days_ago(500), "kind": "call", "summary": "Compilers"}])
        self.store(tab, "Marie Curie", company="Sorbonne", role="Professor", history=[met], lines=[f"promised the tables by {days_ago(1)}"])
        tab.close()

    def own_page(self, path: str, width: int = 1280, height: int = 900) -> Page:
        """Open one of the server's own pages, signed in."""
        tab = self.context.new_page()
        tab.set_viewport_size({"width": width, "height": height})
        self.server.sign_in(tab, path)
        return tab

    def panel(self, tab: int | str, width: int = 370, height: int = 900) -> Page:
        """Open the panel of a tab as wide as beside a page."""
        panel = open_page(self.context, f"panel/panel.html?tab={tab}")
        panel.set_viewport_size({"width": width, "height": height})
        panel.locator("#state:not(:empty)").wait_for()
        return panel

    @contextmanager
    def origin(self, address: str) -> Iterator[None]:
        """Let the extension ask elsewhere for as long as the block runs."""
        worker_of(self.context).evaluate(SET_ORIGIN, address)
        try:
            yield
        finally:
            worker_of(self.context).evaluate(SET_ORIGIN, self.server.origin)


class _Stranger(http.server.BaseHTTPRequestHandler):
    """Another program on the port, which knows no proof."""

    def do_POST(self) -> None:
        """Answer whatever is asked."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(b"{}")

    do_GET = do_POST

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def another_program() -> Iterator[str]:
    """Run another program on a port and yield its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Stranger)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def seen(page: Page, selector: str) -> bool:
    """Tell whether something comes to be seen; a picture without it is one more thing to be looked at."""
    try:
        page.locator(selector).locator("visible=true").first.wait_for(timeout=60_000)
    except TimeoutError:
        print(f"not seen: {selector} on {page.url}")
        return False
    return True
