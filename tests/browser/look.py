"""How an underline looks on the screen: its colour against the ground, and where it has gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from playwright.sync_api import Page

Colour = tuple[int, int, int]
READ = """async (bytes) => {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const pixels = Array.from({ length: data.length / 4 }, (_, at) => [...data.slice(4 * at, 4 * at + 3)]);
  return Array.from({ length: image.height }, (_, y) => pixels.slice(y * image.width, (y + 1) * image.width));
}"""


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21.

    Source: WCAG 2.2, relative luminance.
    """
    def luminance(colour: Colour) -> float:
        parts = [part / 255 for part in colour]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@dataclass(frozen=True)
class Line:
    """A line as drawn: how far it stands out from its ground, how much of the words' width it covers, and its gaps there."""

    contrast: float
    share: float
    gaps: int


def pixels(page: Page, clip: dict[str, float]) -> list[list[Colour]]:
    """Return the colours of a part of the window, row by row."""
    rows = page.evaluate(READ, list(page.screenshot(clip=clip)))  # type: ignore[arg-type]
    return [[(red, green, blue) for red, green, blue in row] for row in rows]


def line_under(page: Page, words: dict[str, float], *, above: float, below: float) -> Line:
    """Return the line that is drawn from so many pixels *above* the lower edge of the *words*' box to so many *below* it."""
    rows = pixels(page, {"x": words["x"] + 2, "y": words["y"] + words["height"] - above, "width": words["width"] - 4, "height": above + below})
    ground, _ = Counter(colour for row in rows for colour in row).most_common(1)[0]
    # Letters that hang below have many shades, the line has one.
    found, _ = Counter(colour for row in rows for colour in row if contrast(colour, ground) > 1.2).most_common(1)[0]
    row = max(rows, key=lambda one: one.count(found))
    gaps = sum(is_gap for is_gap, _ in groupby(row, lambda colour: contrast(colour, ground) < 1.2))
    return Line(contrast(found, ground), row.count(found) / len(row), gaps)
