"""Editors that do not take what is written into them: it is noticed, taken back, tried in another way, and told."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from .conftest import worker_of
from .editors import build_editors
from .extension_pages import NOW_SHOWN, open_card
from .writing import apply, expect_text, open_editor

ASK = "Could you introduce me to Richard Branson?"
DRAFT = f"Hi Ivan! {ASK} Thanks, Greg"
NEW = "How is the new book going?"
START = DRAFT.index(ASK)


@pytest.fixture(scope="module", autouse=True)
def editors_built() -> None:
    """Bundle the editors once."""
    build_editors()


def write_draft(page: Page, **ways: object) -> None:
    """Write the draft into an editor that from then on takes things in its own *ways*."""
    open_editor(page, "stubborn")
    page.keyboard.insert_text(DRAFT)
    expect_text(page, DRAFT)
    page.evaluate("(ways) => Object.assign(stubborn, { writings: [] }, ways)", ways)


@pytest.mark.parametrize("words", ["refuse", "spoil"])
def test_the_whole_message_is_the_second_way(page: Page, extension_context: BrowserContext, words: str) -> None:
    """Words that an editor refuses, or makes something else of, come in with the whole message; one undo brings the draft back."""
    write_draft(page, words=words)
    assert apply(worker_of(extension_context), DRAFT, START, START + len(ASK), NEW) == {"applied": True}
    expect_text(page, DRAFT.replace(ASK, NEW))
    assert page.evaluate("stubborn.writings") == ["words", "whole"]
    page.keyboard.press("Control+z")
    expect_text(page, DRAFT)


@pytest.mark.parametrize(("words", "whole", "reason"), [("spoil", "refuse", "refused"), ("refuse", "spoil", "undone")])
def test_a_message_that_the_page_spoils_is_as_it_was(page: Page, extension_context: BrowserContext, words: str, whole: str, reason: str) -> None:
    """Where neither way leaves what was promised, the draft stands there again, and the answer says which it was."""
    write_draft(page, words=words, whole=whole)
    assert apply(worker_of(extension_context), DRAFT, START, START + len(ASK), NEW) == {"applied": False, "reason": reason}
    expect_text(page, DRAFT)
    assert page.locator("[data-ready]").inner_text() == DRAFT
    assert page.evaluate("stubborn.writings") == ["words", "whole"]


def test_what_cannot_be_taken_back_is_told(page: Page, extension_context: BrowserContext) -> None:
    """The card stays and says that the message has to be looked at, to ears too; nothing more is written into it."""
    write_draft(page, words="spoil", canUndo=False)
    card = open_card(page, worker_of(extension_context).evaluate(NOW_SHOWN))
    page.keyboard.press("1")
    told = card.locator("#acts .hint", has_text="The page changed something else. Please check your message")
    told.wait_for()
    assert card.locator("#announcement").inner_text() == told.inner_text()
    card.locator("#card:focus").wait_for()
    assert page.evaluate("stubborn.writings") == ["words"]
