"""Where the card lies: the words that it speaks of stay seen wherever there is any way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .node import run_node

SCRIPT = """import '../../extension/content/card-place.js';
console.log(JSON.stringify(JSON.parse(process.argv[1]).map((asked) => coltiva.cardPlace(...asked))));"""
DESKTOP = {"width": 1280, "height": 813}
WIDTH = 340


def line(left: int, top: int, width: int = 200, height: int = 18) -> dict[str, int]:
    """Return the edges of a line of words."""
    return {"left": left, "top": top, "right": left + width, "bottom": top + height}


def places(*asked: tuple[list[dict[str, int]], int, dict[str, int], str | None]) -> list[dict[str, Any]]:
    """Return where the card goes for each of what is asked."""
    done = run_node(["node", "--input-type=module", "--eval", SCRIPT, json.dumps(asked)])
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize(
    ("words", "view", "side"),
    [
        ([line(300, 100)], DESKTOP, "below"),
        ([line(300, 760)], DESKTOP, "above"),
        ([line(300, 380)], DESKTOP, "below"),
        ([line(300, 300), line(20, 320, 900)], DESKTOP, "below"),
        ([line(20, 330)], {"width": 390, "height": 844}, "below"),
        ([line(20, 700)], {"width": 390, "height": 844}, "above"),
        ([line(20, 170)], {"width": 900, "height": 360}, "right"),
        ([line(600, 170)], {"width": 900, "height": 360}, "left"),
        ([line(20, 170)], {"width": 390, "height": 360}, "below"),
        ([line(20, 100 + 20 * at, 350) for at in range(30)], {"width": 390, "height": 844}, "below"),
    ],
)
def test_the_words_stay_seen(words: list[dict[str, int]], view: dict[str, int], side: str) -> None:
    """Below, above or beside them, within the window, and with most of the window left to the page."""
    (place,) = places((words, 1200, view, None))
    right, bottom = place["left"] + min(WIDTH, view["width"] - 16), place["top"] + place["height"]
    assert place["side"] == side
    assert min(place["left"], place["top"], view["width"] - right, view["height"] - bottom) >= 8, place
    assert place["height"] <= max(0.6 * view["height"], 360)
    assert place["height"] >= 120
    first = words[0]
    assert bottom < first["top"] or place["top"] > first["bottom"] or right < first["left"] or place["left"] > first["right"]


def test_all_lines_stay_seen_where_they_can() -> None:
    """The card lies under the last line of its words, or over the first, not on the second."""
    words = [line(500, 100), line(40, 120, 600)]
    below, above = places((words, 400, DESKTOP, None), ([line(500, 700), line(40, 720)], 400, DESKTOP, None))
    assert below["top"] > words[1]["bottom"]
    assert below["left"] == 500
    assert above["top"] + above["height"] < 700


def test_the_card_stays_on_its_side() -> None:
    """What was opened above does not jump below when it folds up or the page scrolls, as long as there is room for it."""
    stayed, moved = places(([line(300, 420)], 300, DESKTOP, "above"), ([line(300, 60)], 300, DESKTOP, "above"))
    assert (stayed["side"], moved["side"]) == ("above", "below")


def test_without_any_way_it_lies_over_the_words() -> None:
    """In a window of a few lines the card is read, and Escape brings the words back."""
    (place,) = places(([line(20, 80, 350)], 600, {"width": 390, "height": 200}, None))
    assert place == {"side": None, "left": 20, "top": 8, "height": 184}
