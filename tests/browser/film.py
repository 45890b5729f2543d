"""The film of the README: a message typed, its underline, the card, and the suggestion taken over, as an animated PNG.

Run: ``.venv/bin/python -m tests.browser.film``; it writes ``.github/screenshots/first-underline.png``.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from .conftest import SITE, launch, running_server, serving_pages, worker_of
from .extension_pages import EDITOR, NOW_SHOWN, open_card, store_contact, wait_for_closed_card

TARGET = Path(__file__).resolve().parents[2] / ".github" / "screenshots" / "first-underline.png"
WORDS = ("Hi Ada,", " it was good", " to see you in Genoa.", "\nCould you", " introduce me", " to Richard", " Branson?")
STAGE = {"x": 225, "y": 20, "width": 650, "height": 660}
SCALE = 2
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RENAME = """() => { const link = document.querySelector('a.msg-thread__link-to-profile');
  link.href = '/in/ada-byron/'; link.querySelector('h2').textContent = 'Ada Byron';
  document.documentElement.style.colorScheme = 'light'; }"""


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and content of each part of a PNG."""
    at = len(_SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a part of a PNG as it stands in the file."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@dataclass
class Film:
    """Screenshots, each laid over those before it where it was taken.

    Attributes:
        frames: a PNG with its left and upper edge, and how many thousandths of a second it is shown.
    """

    frames: list[tuple[bytes, int, int, int]] = field(default_factory=list)

    def take(self, page: Page, milliseconds: int, box: dict[str, float] | None = None) -> None:
        """Take what the page shows in *box*, or on the whole stage."""
        shown = box or STAGE
        png = page.screenshot(clip=shown)  # type: ignore[arg-type]
        self.frames.append((png, int(shown["x"] - STAGE["x"]) * SCALE, int(shown["y"] - STAGE["y"]) * SCALE, milliseconds))

    def animated(self) -> bytes:
        """Return all as one PNG that moves; who cannot show that shows its first frame."""
        head = next(content for _, content in chunks(self.frames[0][0]))
        parts = [chunk(b"IHDR", head), chunk(b"acTL", struct.pack(">II", len(self.frames), 0))]
        number = 0
        for first, (png, left, top, milliseconds) in enumerate(self.frames):
            kinds = list(chunks(png))
            width, height = struct.unpack_from(">II", kinds[0][1])
            assert kinds[0][1][8:] == head[8:], "expected frames of one kind of colour"
            control = struct.pack(">IIIIIHHBB", number, width, height, left, top, milliseconds, 1000, 0, 0)
            parts.append(chunk(b"fcTL", control))
            number += 1
            for content in (content for kind, content in kinds if kind == b"IDAT"):
                parts.append(chunk(b"IDAT", content) if not first else chunk(b"fdAT", struct.pack(">I", number) + content))
                number += bool(first)
        return b"".join((_SIGNATURE, *parts, chunk(b"IEND", b"")))


def play(context: BrowserContext, film: Film) -> None:
    """Write the message, read the card and take its suggestion, and film it."""
    history = [{"date": "2026-05-02", "kind": "meeting", "summary": "Boat fair in Genoa"}]
    store_contact(context, "Ada Byron", profiles=[f"{SITE}/in/ada-byron"], history=history)
    page = context.new_page()
    page.goto(f"{SITE}/messaging.html")
    page.evaluate(_RENAME)
    page.locator(EDITOR).click()
    film.take(page, 600)
    box = page.locator(EDITOR).bounding_box()
    assert box is not None
    strip = {name: float(round(value)) for name, value in box.items()}
    for words in WORDS:
        page.keyboard.type(words)  # a line's end is the key Enter
        film.take(page, 260, strip)
    page.wait_for_function("() => [...CSS.highlights.values()].some((highlight) => highlight.size)")
    film.take(page, 1600, strip)
    open_card(page, worker_of(context).evaluate(NOW_SHOWN))
    page.wait_for_timeout(400)  # the card grows to the size of what it says
    film.take(page, 4200)
    page.keyboard.press("1")
    wait_for_closed_card(page)
    page.wait_for_function("() => ![...CSS.highlights.values()].some((highlight) => highlight.size)")
    film.take(page, 3600)


def main() -> None:
    """Film it with a server, pages and a browser of its own."""
    film = Film()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        (home / "tls").mkdir()
        with running_server(home / "data") as server, serving_pages(home / "tls") as port:
            context = launch(playwright, home / "profile", port, device_scale_factor=SCALE, color_scheme="light")
            try:
                server.pair(context)
                play(context, film)
            finally:
                context.close()
    TARGET.write_bytes(film.animated())
    print(f"{TARGET}: {len(film.frames)} frames, {TARGET.stat().st_size >> 10} KiB")


if __name__ == "__main__":
    main()
