"""How far underlines lie from their words, in pixels of a screenshot, on a page of many fields and in any browser.

Where the words are the browser says itself: left and right are where it shows them as selected, and above and below is where it draws the
field's own underline, which has the same distance and thickness.
"""

from __future__ import annotations

import json
import time
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Protocol

ASK = "Could you introduce me to Ada"
# Behind a line that is wrapped the ask has one of its own, where it is soon measured; or it is wrapped itself.
TEXT = f"Ciao 😀, good to see\tyou. Greetings from Genoa.\n{ASK}? Thanks."
WRAPPED = f"Ciao 😀, good to see\tyou.\nGreetings from Genoa. {ASK}? Thanks."
CSS = """
  body { background: #fff } ::selection { background: rgb(47 65 217); color: transparent }
  #fields { all: unset; display: grid; grid-template-columns: repeat(auto-fit, 330px); gap: 10px; padding: 5px }
  .field { display: block; outline: none; height: 112px !important; min-height: 0; box-sizing: border-box; overflow: auto; color: #222; background: #fff }
  div.field { border: 1px solid #999; white-space: pre-wrap }
  .plain .field { text-decoration: underline 2px rgb(47 65 217); text-underline-offset: 3px; text-decoration-skip-ink: none; color: transparent }
"""
BUILD = """(fields, css) => {
  document.body.innerHTML = '<style></style><div id="fields" role="dialog"></div>';
  document.querySelector('style').textContent = css;
  for (const { css, text, dir, around, rich } of fields) {
    const field = document.createElement(rich ? 'div' : 'textarea');
    Object.assign(field, rich ? { contentEditable: 'true', role: 'textbox', textContent: text } : { name: 'message', value: text, spellcheck: false });
    field.className = rich ? 'field msg-form__contenteditable' : 'field';
    field.style.cssText = css;
    field.dir = dir;
    const holder = document.createElement('div');
    holder.style.cssText = around;
    holder.append(field);
    document.querySelector('#fields').append(holder);
  }
}"""
# The places of all fields in pixels of the screen, each scrolled as far as it should be.
PLACES = """async (scrolls) => {
  const fields = [...document.querySelectorAll('.field')];
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  document.scrollingElement.scrollTo(0, 0);
  fields.forEach((field, at) => field.scrollTo(...scrolls[at]));
  await frame();
  return fields.map((field) => {
    const { left, top, right, bottom } = field.getBoundingClientRect();
    return [left, top].map((one) => Math.max(0, Math.floor(one * devicePixelRatio))).concat([right, bottom].map((one) => Math.ceil(one * devicePixelRatio)));
  });
}"""
SELECT = """async (at, from, words, scroll) => {
  const field = document.querySelectorAll('.field')[at];
  field.focus({ preventScroll: true });
  if (field.matches('textarea')) field.setSelectionRange(from, from + words.length);
  else getSelection().setBaseAndExtent(field.firstChild, from, field.firstChild, from + words.length);
  // Some time afterwards the browser scrolls to what is selected.
  await new Promise(requestAnimationFrame);
  field.scrollTo(...scroll);
}"""
# For each place the rows of a picture that hold a line of a colour: how far down, and the columns where its parts begin and end.
LINES = """async (png, places, colour) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const [own, other] = colour === 'red' ? [0, 2] : [2, 0];
  return places.map(([left, top, right, bottom]) => {
    const { data } = context.getImageData(left, top, right - left, bottom - top);
    const rows = {};
    for (let row = 0; row < bottom - top; row += 1) {
      const parts = [];
      for (let column = 0; column < right - left; column += 1) {
        const i = 4 * (row * (right - left) + column);
        if (data[i + own] < 150 || data[i + own] - data[i + 1] < 90 || data[i + own] - data[i + other] < 90) continue;
        if (column - (parts.at(-1)?.[1] ?? -9) > 3 * devicePixelRatio) parts.push([column, column]);
        parts.at(-1)[1] = column;
      }
      const long = parts.filter(([begin, end]) => end - begin >= 4 * devicePixelRatio);
      if (long.length) rows[row] = long;
    }
    return rows;
  });
}"""

# On a machine that has much to do an answer may take long.
_MOST_SECONDS = 20
Part = tuple[int, int]
Place = tuple[int, int, int, int]
Rows = dict[int, list[Part]]


@dataclass(frozen=True)
class Field:
    """A field of the page: how it and what lies around it are dressed, what is written in it, and how far it is scrolled."""

    css: str = ""
    text: str = TEXT
    ask: str = ASK
    dir: str = "ltr"
    around: str = ""
    rich: bool = False
    scroll: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Line:
    """A line as drawn: the rows of its upper and lower edge, and where its parts begin and end."""

    top: int
    bottom: int
    parts: list[Part]


class Screen(Protocol):
    """A page in a browser with the extension."""

    def run(self, function: str, *arguments: object) -> Any:
        """Call a function of JavaScript, and return what it returns or promises."""

    def shot(self, place: Place | None) -> tuple[str, int, int]:
        """Return a picture that shows a place of the window, or all of it: a PNG in base64, and where in the window it begins."""

    def stroke(self) -> None:
        """Press a key and take back what it wrote."""


def build(screen: Screen, fields: Sequence[Field], css: str = "") -> None:
    """Fill the page with fields in which nobody has typed."""
    screen.run(BUILD, [asdict(field) for field in fields], CSS + css)


def type_in_all(screen: Screen, fields: Sequence[Field]) -> None:
    """Let the extension read every field, by a key that is taken back."""
    for at in range(len(fields)):
        screen.run(SELECT, at, 0, "", [0, 0])
        screen.stroke()


def places_of(screen: Screen, fields: Sequence[Field]) -> list[Place]:
    """Scroll all fields as far as they should be, and return where they lie."""
    return [tuple(one) for one in screen.run(PLACES, [field.scroll for field in fields])]


def looked(screen: Screen, places: Sequence[Place], colour: str) -> list[Rows]:
    """Return the lines of a colour in each place."""
    png, x, y = screen.shot(places[0] if len(places) == 1 else None)
    seen = [(left - x, top - y, right - x, bottom - y) for left, top, right, bottom in places]
    found = screen.run(LINES, png, seen, colour)
    return [{int(row): [(begin, end) for begin, end in parts] for row, parts in one.items()} for one in found]


def lines_of(rows: Rows) -> list[Line]:
    """Join the rows that touch each other."""
    lines: list[list[int]] = []
    for row in sorted(rows):
        if lines and row - lines[-1][-1] == 1:
            lines[-1].append(row)
        else:
            lines.append([row])
    return [Line(line[0], line[-1], rows[line[len(line) // 2]]) for line in lines]


def words_of(screen: Screen, field: Field, at: int, place: Place, own: Sequence[Line], ratio: float) -> list[Line]:
    """Return where a field's ask stands, line by line, without the blanks at which the lines are wrapped."""
    begin = len(field.text[: field.text.index(field.ask)].encode("utf-16-le")) // 2
    words = field.ask.split(" ")

    @cache
    def selected(count: int) -> list[Line]:
        screen.run(SELECT, at, begin, " ".join(words[:count]), field.scroll)
        [rows] = looked(screen, [place], "blue")
        # A line lies below the letters; what is selected there and what has an underline is what has to be underlined.
        lines = []
        for line in own:
            parts = [(max(one[0], two[0]), min(one[1], two[1])) for one in rows.get(round(line.top - 5 * ratio), []) for two in line.parts]
            if found := [part for part in parts if part[1] - part[0] >= 4]:
                lines.append(Line(line.top, line.bottom, found))
        return lines

    whole = selected(len(words))
    for number in range(len(whole) - 1):
        last = bisect_right(range(1, len(words) + 1), number + 1, key=lambda count: len(selected(count)))
        whole[number] = selected(last)[number]
    return whole


def reference(screen: Screen, fields: Sequence[Field]) -> list[list[Line]]:
    """Return where the words of every ask are, as the browser shows them; nothing may have been typed yet."""
    ratio = screen.run("() => devicePixelRatio")
    screen.run("() => { document.activeElement.blur(); getSelection().removeAllRanges(); document.body.classList.add('plain'); }")
    places = places_of(screen, fields)
    own = [lines_of(rows) for rows in looked(screen, places, "blue")]
    screen.run("() => document.body.classList.remove('plain')")
    return [words_of(screen, field, at, places[at], own[at], ratio) for at, field in enumerate(fields)]


def distance(drawn: Sequence[Line], words: Sequence[Line]) -> float:
    """Return how many pixels an edge of an underline lies from where it should be, at most; infinity where a line is missing."""
    if not words or len(drawn) != len(words) or any(len(one.parts) != len(two.parts) for one, two in zip(drawn, words, strict=True)):
        return float("inf")
    pairs = list(zip(drawn, words, strict=True))
    sides = [abs(mine - theirs) for one, two in pairs for a, b in zip(one.parts, two.parts, strict=True) for mine, theirs in zip(a, b, strict=True)]
    return max(*sides, *(abs(one.top - two.top) for one, two in pairs), *(abs(one.bottom - two.bottom) for one, two in pairs))


def distances(screen: Screen, fields: Sequence[Field], words: Sequence[Sequence[Line]]) -> list[float]:
    """Return how far each underline lies from its words in CSS pixels, once it does not come nearer: answers may be under way."""
    ratio = screen.run("() => devicePixelRatio")
    latest = time.monotonic() + _MOST_SECONDS
    while True:
        drawn = [lines_of(rows) for rows in looked(screen, places_of(screen, fields), "red")]
        found = [distance(*pair) / max(1, ratio) for pair in zip(drawn, words, strict=True)]
        if max(found) <= 1 or time.monotonic() > latest:
            return found


def expect_fit(screen: Screen, fields: Mapping[str, Field], css: str = "", changes: Sequence[Callable[[], None]] = (lambda: None,)) -> None:
    """Expect each underline within a pixel of its words after each of the *changes*, which come while the underlines stand."""
    some = list(fields.values())
    build(screen, some, css)
    words = []
    for change in changes:
        change()
        words.append(reference(screen, some))
    build(screen, some, css)
    type_in_all(screen, some)
    for change, right in zip(changes, words, strict=True):
        change()
        found = distances(screen, some, right)
        assert max(found) <= 1, json.dumps({name: round(one, 2) for name, one in zip(fields, found, strict=True)})
