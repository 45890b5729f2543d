"""A suggestion written into the real editors: exact, one undo step, sent by Send, the caret behind it, nothing else touched."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import worker_of
from .editors import EDITORS, build_editors
from .steps import InChromium, Steps
from .writing import apply, expect_text, open_editor

STEPS = 16  # some hundreds by tests/benchmarks/editor_steps.py
# Before each step these wait until their undo would not take the one before for a part of it.
SLOW_STEPS = dict.fromkeys(("quill1", "quill2", "prosemirror", "tiptap"), 6)
# Editors that join what is typed at one place into one step of their undo, whoever types it.
JOIN_TYPING = ("slate", "lexical", "draft")
DRAFT = "Hi Ivan 😀, good to see you.\n\nCould you introduce me to Richard Branson? Thanks, Greg"
ASK = "Could you introduce me to Richard Branson?"


@pytest.fixture(scope="module", autouse=True)
def editors_built() -> None:
    """Bundle the editors once."""
    build_editors()


def write_draft(page: Page, editor: str) -> None:
    """Open an editor and enter the draft, line by line; key by key is for the random steps and the typing tests."""
    open_editor(page, editor)
    for number, line in enumerate(DRAFT.split("\n")):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(line)
    expect_text(page, DRAFT)


def send(page: Page, text: str) -> None:
    """Press Send, which a page holds back until its editor tells of something new, and look at what it has sent."""
    button = page.get_by_role("button", name="Send")
    button.click()
    assert page.evaluate("sentText").replace("\u00a0", " ") == text
    expect(button).to_be_disabled()


@pytest.mark.parametrize("editor", EDITORS)
def test_a_suggestion_replaces_its_words(page: Page, extension_context: BrowserContext, editor: str) -> None:
    """The words change, the caret stands behind them, Send sends them, one undo brings the draft back; another text than the draft is left alone."""
    write_draft(page, editor)
    send(page, DRAFT)
    start = DRAFT.index(ASK)
    new = "How is the new book going?"
    assert apply(worker_of(extension_context), DRAFT, start, start + len(ASK), new) == {"applied": True}
    expect_text(page, DRAFT.replace(ASK, new))
    send(page, DRAFT.replace(ASK, new))
    page.keyboard.press("Control+z")
    expect_text(page, DRAFT)
    assert apply(worker_of(extension_context), DRAFT, start, start + len(ASK), new) == {"applied": True}
    page.keyboard.type(" Really")
    expect_text(page, DRAFT.replace(ASK, new + " Really"))
    assert apply(worker_of(extension_context), DRAFT, 0, 2, "Dear") == {"applied": False, "reason": "changed"}
    expect_text(page, DRAFT.replace(ASK, new + " Really"))


@pytest.mark.parametrize("editor", EDITORS)
def test_a_rewrite_keeps_its_lines(page: Page, extension_context: BrowserContext, editor: str) -> None:
    """A whole message with paragraphs, lines and an empty line more lands exactly, and one undo takes it back."""
    write_draft(page, editor)
    new = "Dear Ivan,\n\nyour book helped me:\n- to listen <more>\n- to ask later & less\n\n\nHow are you? 👨‍👩‍👧\n\nGreg"
    assert apply(worker_of(extension_context), DRAFT, 0, len(DRAFT), new) == {"applied": True}
    expect_text(page, new)
    page.keyboard.press("Control+z")
    expect_text(page, DRAFT)


@pytest.mark.parametrize("editor", ["ckeditor5", "slate"])
@pytest.mark.parametrize("new", ["Dear Ivan,\n\nHow are you?", "Dear Ivan"])
def test_empty_lines_at_the_end_go_with_the_rest(page: Page, extension_context: BrowserContext, editor: str, new: str) -> None:
    """Editors that leave an empty line standing below what is replaced leave none, and one undo brings all lines back."""
    write_draft(page, editor)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect_text(page, DRAFT + "\n\n")
    assert apply(worker_of(extension_context), DRAFT + "\n\n", 0, len(DRAFT) + 2, new) == {"applied": True}
    expect_text(page, new)
    page.keyboard.press("Control+z")
    expect_text(page, DRAFT + "\n\n")


@pytest.mark.parametrize("editor", ["tiptap", "ckeditor5"])
@pytest.mark.parametrize("new", ["www.greg.it", "Read it.\nit.", "greg.\nit", "Dear **Ivan**, `how` are *you*?"])
def test_words_that_paste_as_something_else(page: Page, extension_context: BrowserContext, editor: str, new: str) -> None:
    """What reads as an address is no link laid under the words that should go, signs of Markdown stay, and one undo takes all back."""
    write_draft(page, editor)
    assert apply(worker_of(extension_context), DRAFT, 0, len(DRAFT), new) == {"applied": True}
    expect_text(page, new)
    page.keyboard.press("Control+z")
    expect_text(page, DRAFT)
    assert not page.locator("[data-ready] a").count()


@pytest.mark.parametrize(("editor", "own"), [*((editor, "erased") for editor in EDITORS), *((editor, "typed") for editor in JOIN_TYPING)])
def test_undo_leaves_what_the_user_did_just_before(page: Page, extension_context: BrowserContext, editor: str, own: str) -> None:
    """What was erased or typed beside the words that a suggestion erases or adds stays as it was when the suggestion is taken back."""
    write_draft(page, editor)
    if own == "erased":
        for _ in range(len(" Greg")):
            page.keyboard.press("Backspace")
    before = DRAFT.removesuffix(" Greg") if own == "erased" else DRAFT
    new = "" if own == "erased" else "Thanks, Greg of Genoa"
    start = len(before) - len(" Thanks," if own == "erased" else "Thanks, Greg")
    expect_text(page, before)
    assert apply(worker_of(extension_context), before, start, len(before), new) == {"applied": True}
    expect_text(page, before[:start] + new)
    page.keyboard.press("Control+z")
    expect_text(page, before)


@pytest.mark.parametrize("editor", EDITORS)
def test_random_steps_keep_the_text_right(page: Page, extension_context: BrowserContext, editor: str) -> None:
    """Typing, erasing, applying and undoing in any order leave what a model of the text predicts."""
    open_editor(page, editor)
    Steps(InChromium(page, worker_of(extension_context)), random.Random(20261129)).take(SLOW_STEPS.get(editor, STEPS))
