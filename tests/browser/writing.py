"""Suggestions applied in a page's editor, as the background asks for them, and a model of what must come out."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field

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
WORDS = ("Ivan", "grazie", "👨‍👩‍👧", "𝗯𝗼𝗹𝗱", "Straße", "x\u0301t\u00e9", "ask.", "a", "so, that", "\u202b\u05e9\u05dc\u05d5\u05dd\u202c", "😀")


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
    page.wait_for_function(
        "(text) => modelText().replaceAll('\\u00a0', ' ') === text", arg=text, timeout=10000
    )


def cut_points(text: str) -> list[int]:
    """Return where a text can be cut without taking a character apart that is one to the eye."""
    joined = {"\u200d"}
    return [
        at for at in range(len(text) + 1)
        if not (unicodedata.combining(text[at : at + 1] or " ") or {text[at - 1 : at], text[at : at + 1]} & joined)
    ]


@dataclass
class Steps:
    """Random steps in one editor, each followed by a look whether the text is what the model says."""

    page: Page
    worker: Worker
    dice: random.Random
    text: str = ""
    log: list[str] = field(default_factory=list)

    def take(self, count: int) -> None:
        """Take *count* steps; the log tells them where one of them fails."""
        self._type()
        for _ in range(count):
            self.dice.choice((self._type, self._erase, self._apply, self._apply, self._apply_and_undo))()

    def _written(self) -> None:
        try:
            expect_text(self.page, self.text)
        except Exception as error:
            got = self.page.evaluate("modelText()")
            raise AssertionError(f"expected {self.text!r}, got {got!r}, after {self.log[-4:]}") from error

    def _phrase(self, most: int) -> str:
        words = [self.dice.choice(WORDS) for _ in range(self.dice.randint(1, most))]
        return "".join(word + self.dice.choice((" ", " ", "\n", "\n\n", "")) for word in words).strip(" ")

    def _type(self) -> None:
        """Type at the end, key by key."""
        phrase = self._phrase(4)
        self.log.append(f"type {phrase!r}")
        self._go_to_the_end()
        for number, line in enumerate(phrase.split("\n")):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(line)
        self.text += phrase
        self._written()

    def _go_to_the_end(self) -> None:
        self.page.keyboard.press("Control+End")
        # Editors learn where the caret is by an event that comes after the key; no hand is faster than that.
        self.page.evaluate("() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 0)); setTimeout(done, 100); })")

    def _erase(self) -> None:
        """Erase plain letters from the end; what is one character to the eye is for the browser to count."""
        self._go_to_the_end()
        for _ in range(self.dice.randint(1, 6)):
            if self.text and self.text[-1] in "abcdefghijklmnopqrstuvwxyz,. \n":
                self.log.append("backspace")
                self.page.keyboard.press("Backspace")
                self.text = self.text[:-1]
        self._written()

    def _apply(self) -> None:
        cuts = cut_points(self.text)
        start, end = sorted((self.dice.choice(cuts), self.dice.choice(cuts)))
        replacement = self.dice.choice(("", self._phrase(1), self._phrase(5)))
        self.log.append(f"apply {start}-{end} {replacement!r} to {self.text!r}")
        after = self.text[:start] + replacement + self.text[end:]
        if not after.strip():
            return  # nothing that could be suggested
        answer = apply(self.worker, self.text, start, end, replacement)
        assert answer == {"applied": True}, f"{answer}, {self.page.evaluate('modelText()')!r}, after {self.log[-4:]}"
        self.text = after
        self._written()

    def _apply_and_undo(self) -> None:
        before = self.text
        self._apply()
        if self.text == before:
            return
        self.log.append("undo")
        self.page.keyboard.press("Control+z")
        self.text = before
        self._written()
