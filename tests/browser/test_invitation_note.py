"""The invitation note is a textarea: its underline lies in a mirror that must fit to the pixel."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ..scenes import SCENES
from .conftest import SITE
from .drawing import coloured_pixels

FIELD = "textarea#custom-message"
# A copy of the field's text in the page's own document, laid out by the browser alone.
PROBE = """(field, words) => {
  const copy = document.createElement('div');
  const style = getComputedStyle(field);
  for (const name of style) copy.style.setProperty(name, style.getPropertyValue(name));
  const box = field.getBoundingClientRect();
  Object.assign(copy.style, { position: 'fixed', left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px`,
    whiteSpace: 'pre-wrap', overflow: 'hidden', visibility: 'hidden' });
  copy.textContent = field.value;
  document.body.append(copy);
  const range = document.createRange();
  const at = field.value.indexOf(words);
  range.setStart(copy.firstChild, at);
  range.setEnd(copy.firstChild, at + words.length);
  // A blank at which a line is wrapped has a box of its own, and no line.
  const boxes = [...range.getClientRects()].filter(({ width }) => width > 8).map(({ left, top, width, height }) => ({ x: left, y: top - field.scrollTop, width, height }));
  copy.remove();
  return boxes;
}"""


@pytest.mark.parametrize("code", SCENES)
def test_the_scene_in_a_note(page: Page, code: str) -> None:
    """Each line of the ask is underlined where its words stand, and the text stays as typed."""
    text, ask = SCENES[code]
    page.goto(f"{SITE}/invitation.html")
    field = page.locator(FIELD)
    field.click()
    page.keyboard.type(text)
    page.wait_for_function("() => document.documentElement.lastElementChild !== document.body")
    assert field.input_value() == text
    handle = field.element_handle()
    assert handle is not None
    boxes = handle.evaluate(PROBE, ask)
    assert len(boxes) >= 1
    for box in boxes:
        assert coloured_pixels(page, box) > box["width"]
    above = boxes[0] | {"y": boxes[0]["y"] - 2 * boxes[0]["height"]}
    if above["y"] > field.bounding_box()["y"] + 12:
        assert coloured_pixels(page, above) == 0

    field.press("Control+a")
    page.keyboard.type("Thanks!")
    page.wait_for_function("() => document.documentElement.lastElementChild === document.body")
    assert field.input_value() == "Thanks!"
