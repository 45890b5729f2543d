"""The extension's icons, drawn from the sprout of the server's pages, by which people know Coltiva.

Run: ``.venv/bin/python -m tests.browser.icons``; it writes ``extension/icons``.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from .install_browsers import find_chromium

ROOT = Path(__file__).resolve().parents[2]
SPROUT = ROOT / "server" / "coltiva" / "web" / "static" / "sprout.svg"
ICONS = ROOT / "extension" / "icons"
SIZES = (16, 32, 48, 128)
# Without the margins of the pages' own picture, so that the leaves can be told in a toolbar.
CLOSE = 'viewBox="2.5 3 43 43"'
_DRAWN = """async ([source, size]) => {
  const picture = new Image(size, size);
  picture.src = source;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  canvas.getContext('2d').drawImage(picture, 0, 0, size, size);
  return canvas.toDataURL('image/png').split(',')[1];
}"""


def icon(page: Page, size: int) -> bytes:
    """Return the icon of so many pixels as a PNG."""
    picture, count = re.subn(r'viewBox="[^"]+"', CLOSE, SPROUT.read_text("utf-8"))
    assert count == 1
    source = f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"
    return base64.b64decode(page.evaluate(_DRAWN, [source, size]))


def main() -> None:
    """Draw all sizes with a browser of its own."""
    (ICONS / "coltiva.svg").write_bytes(SPROUT.read_bytes())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        for size in SIZES:
            (ICONS / f"coltiva-{size}.png").write_bytes(icon(page, size))
        browser.close()


if __name__ == "__main__":
    main()
