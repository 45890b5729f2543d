"""Whether underlines lie along words that are turned, slanted or mirrored: all that is drawn has the edges of the field's own underline."""

from __future__ import annotations

import time
from dataclasses import replace

from .drawing import EDGES
from .fitting import ASK, Field, Screen, build, type_in_all

# Each is looked at alone: what a turned line covers is told by its edges.
TURNED = {
    "turned a little": Field(around="transform: rotate(7deg)"),
    "turned by a quarter, zoomed": Field("rotate: 90deg; width: 400px", around="zoom: 1.25"),
    "upside down": Field(around="transform: rotate(180deg)"),
    "slanted and scaled": Field("transform: skewX(12deg)", around="scale: .9 1.2"),
    "mirrored": Field(around="scale: -1 1; padding-right: 20px"),
    "in a turned page": Field("border-width: 1px 6px 4px 9px", around="rotate: -20deg"),
}
_PAGE = {"in a turned page": "html { rotate: 30deg; scale: 1.1; transform-origin: 500px 400px }"}
_MOST_SECONDS = 20


def _edges(screen: Screen, colour: str) -> dict[str, int] | None:
    """Return the edges, in pixels of the window, of all that is clearly *red* or *blue*; None where nothing is."""
    found: dict[str, int] | None = screen.run(EDGES, [screen.shot(None)[0], colour])
    return found


def expect_fit_turned(screen: Screen, name: str) -> None:
    """Expect the underline of the field *name* of ``TURNED`` within a pixel of its words."""
    field = replace(TURNED[name], text=ASK)
    build(screen, [field], "#fields { padding: 400px } " + _PAGE.get(name, ""))
    screen.run("() => { document.activeElement.blur(); document.body.classList.add('plain'); }")
    words = _edges(screen, "blue")
    assert words, "expected the field's own underline"
    screen.run("() => document.body.classList.remove('plain')")
    type_in_all(screen, [field])
    latest = time.monotonic() + _MOST_SECONDS
    while True:
        drawn = _edges(screen, "red")
        if drawn and all(abs(drawn[side] - words[side]) <= 1 for side in words):
            return
        assert time.monotonic() < latest, (drawn, words)
