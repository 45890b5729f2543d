"""Marks stay on their words while the text around them changes, and go where the words themselves do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .node import run_node

SCRIPT = """import '../../extension/content/edit-shift.js';
const { between, shift } = coltiva.editShift;
console.log(JSON.stringify(JSON.parse(process.argv[1]).map(([marks, before, after]) =>
  [shift(marks, before, after), between(before, after), shift(marks, before, before) === marks])));"""


def ask_node(cases: list[tuple[list[dict[str, int]], str, str]]) -> list[Any]:
    """Return for each case the marks as moved, the edit, and whether marks of a text that stays are left alone."""
    done = run_node(["node", "--input-type=module", "--eval", SCRIPT, json.dumps(cases)])
    assert done.returncode == 0, done.stderr
    answer: list[Any] = json.loads(done.stdout)
    return answer


def marked(text: str) -> tuple[str, list[dict[str, int]]]:
    """Return a text without its «signs», and what they enclose, counted as browsers count."""
    plain, marks = "", []
    for part in text.replace("»", "«").split("«"):
        start = len(plain.encode("utf-16-le")) // 2
        plain += part
        marks.append({"start": start, "end": len(plain.encode("utf-16-le")) // 2})
    return plain, marks[1::2]


MOVED = [
    ("Hi «one» two", "Oh, hi «one» two"), ("Hi «one»", "😀 Hi «one»"), ("😀 Hi «one»", "Hi «one»"), ("Hi «one»", "Hi, «one»"), ("«one»", "(«one»"),
    ("«one»", "\n\n«one»"), ("«one» two", "«one»"), ("«one» two", "«one», two"), ("«one»two", "«one»"), ("a «one» b «two» c", "a «one» bbb «two» c"),
    ("a «one» b", "«one» b"), ("«one» two", "«one» two and three"),
]
HIDDEN = [
    ("«one» two", "ones two"), ("«one» two", "xone two"), ("«one» two", "oe two"), ("«one» two", "onze two"), ("a «one»", "aone"),
    ("«one» «two»", "onetwo"), ("«cafe» x", "cafe\u0301 x"), ("«one»", ""), ("«one two» three", "one three"), ("«one»", "one1"), ("«ему»", "нему"),
    ("«one two» «three»", "one, two «three»"), ("«one» «two» «three»", "«one» to «three»"),
]


@pytest.mark.parametrize("cases", [MOVED, HIDDEN], ids=["moved", "hidden"])
def test_marks_follow_an_edit(cases: list[tuple[str, str]]) -> None:
    """What is written around words moves their mark along; a change inside them, or a letter joined to an end of them, hides it."""
    texts = [(marked(before), marked(after)) for before, after in cases]
    answers = ask_node([(marks, before, after) for (before, marks), (after, _) in texts])
    assert [moved for moved, _, _ in answers] == [marks for _, (_, marks) in texts]


def test_a_text_that_stays_leaves_the_marks_as_they_are() -> None:
    """Whoever draws sees by that that there is nothing to draw."""
    (_, edit, is_same), = ask_node([([{"start": 0, "end": 3}], "one", "one")])
    assert (edit, is_same) == (None, True)


@pytest.mark.parametrize(("before", "after", "edit"), [("abc", "abxc", (2, 2, 3)), ("aa", "aaa", (2, 2, 3)), ("abcb", "ab", (2, 4, 2)), ("", "x", (0, 0, 1))])
def test_the_edit_is_the_smallest(before: str, after: str, edit: tuple[int, int, int]) -> None:
    """One stretch becomes another; of several possible ones it is the last."""
    (_, found, _), = ask_node([([], before, after)])
    assert (found["start"], found["oldEnd"], found["newEnd"]) == edit
