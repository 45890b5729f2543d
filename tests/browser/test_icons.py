"""The extension is known by the same sprout as the server's pages."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Page

from .icons import ICONS, SIZES, SPROUT, icon

# How far two pictures lie apart in a pixel, on average over colours and transparency; 0 to 255.
APART = """async (sources) => {
  const [one, other] = await Promise.all(sources.map(async (source) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${source}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    return context.getImageData(0, 0, picture.width, picture.height);
  }));
  if (one.width !== other.width || one.height !== other.height) return 255;
  return one.data.reduce((sum, value, at) => sum + Math.abs(value - other.data[at]), 0) / one.data.length;
}"""


def test_the_sprout_is_the_servers() -> None:
    """What the options and the panel show is the picture of the server's pages."""
    assert (ICONS / "coltiva.svg").read_bytes() == SPROUT.read_bytes()


@pytest.mark.parametrize("size", SIZES)
def test_each_size_is_drawn_from_it(page: Page, size: int) -> None:
    """The toolbar's and the stores' icons are the same sprout; another Chromium may smooth its edges otherwise."""
    pictures = [base64.b64encode(png).decode() for png in ((ICONS / f"coltiva-{size}.png").read_bytes(), icon(page, size))]
    assert page.evaluate(APART, pictures) < 3
