"""What the extension draws, read from the browser as a person or the page would."""

from __future__ import annotations

from playwright.sync_api import ElementHandle, Page

DRAWN_TEXTS = """() => [...CSS.highlights.values()].flatMap((highlight) => [...highlight].map(String)).sort()"""


def wait_for_drawn(page: Page, texts: list[str]) -> None:
    """Wait until exactly *texts* are highlighted in the page."""
    page.wait_for_function(
        f"(expected) => JSON.stringify(({DRAWN_TEXTS})()) === JSON.stringify(expected)", arg=sorted(texts), timeout=8000
    )


def drawn_texts(page: Page) -> list[str]:
    """Return the highlighted stretches of text, sorted."""
    texts: list[str] = page.evaluate(DRAWN_TEXTS)
    return texts


def text_box(page: Page, editor: ElementHandle, words: str) -> dict[str, float]:
    """Return the box, in viewport pixels, of the first line of *words* in a rich editor."""
    box: dict[str, float] = editor.evaluate(
        """(element, words) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const { left, top, width, height } = range.getClientRects()[0];
            return { x: left, y: top, width, height };
          }
          throw new Error(`not in the editor: ${words}`);
        }""",
        words,
    )
    return box


def coloured_pixels(page: Page, box: dict[str, float], *, whole: bool = False) -> int:
    """Count the clearly reddish pixels just below a line of text, or in the *whole* box."""
    clip = box if whole else {"x": box["x"], "y": box["y"] + box["height"] - 6, "width": box["width"], "height": 10}
    png = page.screenshot(clip=clip)
    count: int = page.context.new_page().evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, image.width, image.height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) count += data[i] > 150 && data[i] - data[i + 1] > 90;
          return count;
        }""",
        list(png),
    )
    page.context.pages[-1].close()
    return count


def extent(page: Page, colour: str) -> dict[str, int] | None:
    """Return the edges, in pixels of the viewport, of all that is clearly *red* or *blue*; None where nothing is."""
    png = page.screenshot()
    reader = page.context.new_page()
    found: dict[str, int] | None = reader.evaluate(
        """async ([bytes, colour]) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, image.width, image.height);
          const [own, other] = colour === 'red' ? [0, 2] : [2, 0];
          let edges = null;
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + own] < 180 || data[i + own] - data[i + 1] < 110 || data[i + own] - data[i + other] < 110) continue;
            const [x, y] = [(i / 4) % image.width, Math.floor(i / 4 / image.width)];
            edges ??= { left: x, right: x, top: y, bottom: y };
            edges.left = Math.min(edges.left, x);
            edges.right = Math.max(edges.right, x);
            edges.bottom = y;
          }
          return edges;
        }""",
        [list(png), colour],
    )
    reader.close()
    return found
