"""Underlines and suggestions in the real editors, in Firefox."""

from __future__ import annotations

import json

import pytest

from .editors import EDITORS, build_editors
from .firefox import Firefox
from .writing import APPLY, order

LINES = ("Hi Ivan 😀, good to see you.", "", "Could you introduce me to Richard Branson? Thanks, Greg")
DRAFT = "\n".join(LINES)
ASK = "Could you introduce me to Richard Branson?"
WORDS = "How is the new book going?"
REWRITE = "Dear Ivan,\n\nyour book helped me:\n- to listen <more>\n\n\nHow are you? 👨‍👩‍👧\n\nGreg"
MODEL = "modelText().replaceAll('\\u00a0', ' ')"


@pytest.mark.parametrize("editor", EDITORS)
def test_a_suggestion_and_a_rewrite(firefox: Firefox, pages_port: int, editor: str) -> None:
    """What is typed is underlined; a suggestion and then a whole message land exactly, and one undo takes the last back."""
    build_editors()
    options = firefox.open_page("options/options.html")
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/editor.html#{editor}")
    firefox.wait(page, "document.querySelector('[data-ready]')")
    firefox.click(page, "[data-ready]")
    for number, line in enumerate(LINES):
        if number:
            firefox.press(page, "Enter")
        firefox.type(page, line)
    firefox.wait(page, f"{MODEL} === {json.dumps(DRAFT)}")
    if editor != "textarea":
        firefox.wait(page, f"[...CSS.highlights.values()].some((one) => [...one].some((range) => `${{range}}?` === {json.dumps(ASK)}))")

    after = DRAFT.replace(ASK, WORDS)
    start = DRAFT.index(ASK)
    for before, what in ((DRAFT, order(DRAFT, start, start + len(ASK), WORDS)), (after, order(after, 0, len(after), REWRITE))):
        assert firefox.run(options, f"({APPLY})({json.dumps(what)}).then(JSON.stringify)") == '{"applied":true}'
        firefox.wait(page, f"{MODEL} === {json.dumps(after if before == DRAFT else REWRITE)}")
    firefox.press(page, "Control", "z")
    firefox.wait(page, f"{MODEL} === {json.dumps(after)}")
