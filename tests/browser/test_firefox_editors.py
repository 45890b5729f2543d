"""Writing in the real editors, in Firefox: underlined, composed by an input method, suggested, applied and undone."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from .drawing import DRAWN_RANGES
from .editors import EDITORS, build_editors
from .firefox import Firefox
from .firefox_ime import commit, compose
from .steps import InFirefox, Steps

LINES = ("Hi Ivan 😀, good to see you.", "", "Could you introduce me to Richard Branson? Thanks, Greg")
DRAFT = "\n".join(LINES)
ASK = "Could you introduce me to Richard Branson?"
WORDS = "How is the new book going?"
REWRITE = "Dear Ivan,\n\nyour book helped me:\n- to listen <more>\n\n\nHow are you? 👨‍👩‍👧\n\nGreg"
UNDERLINED = f"{DRAWN_RANGES}.some((range) => `${{range}}?` === {json.dumps(ASK)})"
ANSWERED = "chrome.storage.session.get(null).then((all) => Object.values(all).some((one) => one?.text?.endsWith(' ni') || one?.text?.endsWith('\\u00a0ni')))"
STEPS = 4  # some hundreds by tests/benchmarks/editor_steps.py
# Before each step these wait until their undo would not take the one before for a part of it.
SLOW_STEPS = dict.fromkeys(("quill1", "quill2", "prosemirror", "tiptap"), 2)


@pytest.fixture(scope="module")
def options(firefox: Firefox) -> str:
    """Return the context of a page of the extension's own."""
    return firefox.open_page("options/options.html")


@pytest.fixture(scope="module", params=EDITORS)
def filled(firefox: Firefox, options: str, pages_port: int, request: pytest.FixtureRequest) -> Iterator[InFirefox]:
    """Yield a hand in one of the editors, which its tests find as they leave it."""
    build_editors()
    page = firefox.open(f"https://www.linkedin.com:{pages_port}/editor.html#{request.param}")
    firefox.wait(page, "document.querySelector('[data-ready]')")
    firefox.click(page, "[data-ready]")
    yield InFirefox(firefox, page, options)
    firefox.close(page)


@pytest.fixture
def hand(filled: InFirefox) -> InFirefox:
    """Return a hand in an editor that has been emptied."""
    filled.press("Control", "a")
    filled.press("Backspace")
    filled.expect("")
    return filled


def test_a_suggestion_and_a_rewrite(hand: InFirefox) -> None:
    """A message is underlined and rewritten, one undo takes that back; a suggestion lands exactly, Send sends just that, and the caret stands behind it."""
    firefox, page = hand.firefox, hand.page
    for number, line in enumerate(LINES):
        if number:
            hand.press("Enter")
        hand.type(line)
    hand.expect(DRAFT)
    if firefox.run(page, "!document.querySelector('textarea')"):
        firefox.wait(page, UNDERLINED)
    assert hand.apply(DRAFT, 0, len(DRAFT), REWRITE) == {"applied": True}
    hand.expect(REWRITE)
    hand.press("Control", "z")
    hand.expect(DRAFT)

    start = DRAFT.index(ASK)
    assert hand.apply(DRAFT, start, start + len(ASK), WORDS) == {"applied": True}
    hand.expect(DRAFT.replace(ASK, WORDS))
    firefox.click(page, "button:enabled")
    firefox.wait(page, f"sentText?.replaceAll('\\u00a0', ' ') === {json.dumps(DRAFT.replace(ASK, WORDS))}")
    hand.type(" Really")
    hand.expect(DRAFT.replace(ASK, f"{WORDS} Really"))


def test_whole_paragraphs_are_replaced(hand: InFirefox) -> None:
    """Of paragraphs that a suggestion replaces from the first letter to the last nothing is left, and what comes lies in paragraphs again."""
    for number, line in enumerate(("Hi Ivan.", "Come", "", "soon")):
        if number:
            hand.press("Enter")
        hand.type(line)
    before, after = "Hi Ivan.\nCome\n\nsoon", "Hi Ivan.\nDo call\nsoon"
    assert hand.apply(before, before.index("Come"), before.index("soon") - 1, "Do call") == {"applied": True}
    hand.expect(after)


def test_an_input_method_composes(hand: InFirefox) -> None:
    """Letters that an input method composes, changes and takes back come out as composed, behind underlined words, within them and before all others."""
    firefox, ask = hand.firefox, "I sail. Could you introduce me to Ada? "
    hand.type(ask)
    for composed in ("k", "ko", "こ", "こn", "こん", "こんに", "こんにち", "こんにちは"):
        compose(firefox, composed)
    commit(firefox, "今日は")
    # The browser drops a key that comes before the page has learnt of the end, and so does an editor, without any extension.
    hand.pause()
    hand.type(" Ada, ")
    # An answer that comes while the method is still open must not end it.
    compose(firefox, "ni")
    firefox.wait(hand.options, ANSWERED)
    compose(firefox, "に")
    commit(firefox, "二")
    hand.expect(f"{ask}今日は Ada, 二")
    for _ in range(len("Ada? 今日は Ada, 二")):
        hand.press("ArrowLeft")
    hand.pause()
    compose(firefox, "´")
    commit(firefox, "é")
    hand.expect(f"{ask}今日は Ada, 二".replace("Ada?", "éAda?"))
    hand.press("Home")
    hand.pause()
    for composed in ("ㅎ", "하", "한", "하", ""):
        compose(firefox, composed)
    commit(firefox, "")
    hand.pause()
    hand.type("So ")
    hand.expect(f"So {ask}今日は Ada, 二".replace("Ada?", "éAda?"))


def test_random_steps_keep_the_text_right(hand: InFirefox, request: pytest.FixtureRequest) -> None:
    """Typing, erasing, applying and undoing in any order leave what a model of the text predicts."""
    editor = request.node.callspec.params["filled"]
    Steps(hand, random.Random(20261129)).take(SLOW_STEPS.get(editor, STEPS))
