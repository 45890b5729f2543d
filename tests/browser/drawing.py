"""What the extension draws, read from the browser as a person or the page would."""

from __future__ import annotations

import base64

from playwright.sync_api import ElementHandle, Page

# The ranges that are drawn, whole: at a blank where its line is wrapped the extension parts a mark.
DRAWN_RANGES = """[...CSS.highlights.values()].flatMap((highlight) => [...highlight].reduce((whole, part) => {
  const last = whole.at(-1);
  if (last?.endContainer.getRootNode() === part.startContainer.getRootNode() && last.comparePoint(part.startContainer, part.startOffset) > 0) {
    const between = document.createRange();
    between.setStart(last.endContainer, last.endOffset);
    between.setEnd(part.startContainer, part.startOffset);
    if (!between.collapsed && !String(between).trim()) {
      last.setEnd(part.endContainer, part.endOffset);
      return whole;
    }
  }
  return [...whole, part.cloneRange()];
}, []))"""
DRAWN_TEXTS = f"() => {DRAWN_RANGES}.map(String).sort()"
# The page itself reads its pictures: to open a tab for each takes longer than all else.
_PIXELS = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}"""
_COUNT_REDDISH = f"""async (png) => {{
  const {{ data }} = await ({_PIXELS})(png);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) count += data[i] > 150 && data[i] - data[i + 1] > 90;
  return count;
}}"""
EDGES = f"""async ([png, colour]) => {{
  const {{ data, width }} = await ({_PIXELS})(png);
  const [own, other] = colour === 'red' ? [0, 2] : [2, 0];
  let edges = null;
  for (let i = 0; i < data.length; i += 4) {{
    if (data[i + own] < 180 || data[i + own] - data[i + 1] < 110 || data[i + own] - data[i + other] < 110) continue;
    const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
    edges ??= {{ left: x, right: x, top: y, bottom: y }};
    edges.left = Math.min(edges.left, x);
    edges.right = Math.max(edges.right, x);
    edges.bottom = y;
  }}
  return edges;
}}"""


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
    count: int = page.evaluate(_COUNT_REDDISH, base64.b64encode(page.screenshot(clip=clip)).decode())
    return count


def extent(page: Page, colour: str) -> dict[str, int] | None:
    """Return the edges, in pixels of the viewport, of all that is clearly *red* or *blue*; None where nothing is."""
    found: dict[str, int] | None = page.evaluate(EDGES, [base64.b64encode(page.screenshot()).decode(), colour])
    return found
