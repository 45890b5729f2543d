"""A suggestion written where messages are written: in shadow roots and frames, in notes, mails and lines of one row."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Worker

from .test_surfaces import ASK, SURFACES, TEXT, empty_memory, write
from .writing import apply

__all__ = ["empty_memory"]

NEW = "How is the new book going?"
# What stands in an editor; a no-break space at the end of a line is a space.
READS = "([element, text]) => (element.value ?? element.innerText.replace(/\\n$/u, '')).replaceAll('\\u00a0', ' ') === text"
PLACES = ("shadow", "frame without address", "mail", "reply in the thread", "profile that the dialog names", "subject of a mail")


@pytest.mark.parametrize("name", PLACES)
def test_a_suggestion_replaces_its_words(page: Page, empty_memory: Worker, name: str) -> None:
    """The text is exactly as it should be, the caret stands behind the new words, and one undo brings the old ones back."""
    frame, _ = write(page, SURFACES[name])
    editor = frame.locator(SURFACES[name].editor).element_handle()
    start = TEXT.index(ASK)
    assert apply(empty_memory, TEXT, start, start + len(ASK), NEW) == {"applied": True}
    frame.wait_for_function(READS, arg=[editor, TEXT.replace(ASK, NEW)])
    page.keyboard.press("Control+z")
    frame.wait_for_function(READS, arg=[editor, TEXT])
    assert apply(empty_memory, TEXT, start, start + len(ASK), NEW) == {"applied": True}
    page.keyboard.type(" Well?")
    frame.wait_for_function(READS, arg=[editor, TEXT.replace(ASK, f"{NEW} Well?")])
