"""Suggestions applied in a page's editor, as the background asks for them."""

from __future__ import annotations

import unicodedata

from playwright.sync_api import Page, Worker

from .conftest import SITE

# A report that never comes ends the test with what is kept instead, and does not keep it waiting.
APPLY = """async ({ before, start, end, text }) => {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  const lastMoment = Date.now() + 45_000;
  let key;
  while (!key) {
    const kept = Object.keys(await chrome.storage.session.get(null));
    if (Date.now() > lastMoment) throw new Error(`no report for tab ${tab.id}; kept: ${kept.join(', ')}`);
    key = kept.find((one) => one.startsWith(`report/${tab.id}/`));
  }
  const [, , frame, editor] = key.split('/');
  return chrome.tabs.sendMessage(tab.id, { type: 'apply', editor, before, start, end, text }, { frameId: Number(frame) });
}"""
MODEL = "modelText().replaceAll('\\u00a0', ' ')"


def utf16(text: str) -> int:
    """Return a length as browsers count it."""
    return len(text.encode("utf-16-le")) // 2


def order(before: str, start: int, end: int, text: str) -> dict[str, object]:
    """Return the order to replace [start, end), in code points of *before*."""
    return {"before": before, "text": text, "start": utf16(before[:start]), "end": utf16(before[:end])}


def apply(worker: Worker, before: str, start: int, end: int, text: str) -> dict[str, object]:
    """Order a replacement, and return the page's answer."""
    answer: dict[str, object] = worker.evaluate(APPLY, order(before, start, end, text))
    return answer


def open_editor(page: Page, name: str) -> None:
    """Open the page with one of the real editors and put the caret into it."""
    page.goto(f"{SITE}/editor.html#{name}")
    page.locator("[data-ready]").click()


def expect_text(page: Page, text: str) -> None:
    """Wait until the editor's own model holds *text*; no-break spaces that it puts at the ends of lines are spaces."""
    page.wait_for_function(f"(text) => {MODEL} === text", arg=text, timeout=10000)


def cut_points(text: str) -> list[int]:
    """Return where a text can be cut without taking a character apart that is one to the eye."""
    joined = {"\u200d"}
    return [
        at for at in range(len(text) + 1)
        if not (unicodedata.combining(text[at : at + 1] or " ") or {text[at - 1 : at], text[at : at + 1]} & joined)
    ]
