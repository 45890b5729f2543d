"""Random steps in an editor of either browser, and a model of what must come out."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import Error, Page, Worker

from .firefox import Firefox
from .writing import APPLY, MODEL, apply, cut_points, expect_text, order

WORDS = ("Ivan", "grazie", "👨‍👩‍👧", "𝗯𝗼𝗹𝗱", "Straße", "x\u0301t\u00e9", "ask.", "a", "so, that", "\u202b\u05e9\u05dc\u05d5\u05dd\u202c", "😀")
# Editors learn where the caret is by an event that comes after the key; no hand is faster than that.
_SEEN = "new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 0)); setTimeout(done, 100); })"


class Hand(Protocol):
    """What writes into an editor: keys, and suggestions that are applied."""

    def press(self, *keys: str) -> None:
        """Press keys together."""

    def type(self, line: str) -> None:
        """Type a line, key by key."""

    def pause(self) -> None:
        """Rest until the editor has seen the key before."""

    def apply(self, before: str, start: int, end: int, text: str) -> dict[str, object]:
        """Order a replacement of [start, end), in code points of *before*, and return the page's answer."""

    def expect(self, text: str) -> None:
        """Wait until the editor's model holds *text*, or fail."""

    def model(self) -> str:
        """Return what the editor's model holds."""


@dataclass(frozen=True)
class InChromium:
    """A hand in a page of Chromium, with the extension's background."""

    page: Page
    worker: Worker

    def press(self, *keys: str) -> None:
        self.page.keyboard.press("+".join(keys))

    def type(self, line: str) -> None:
        self.page.keyboard.type(line)

    def pause(self) -> None:
        self.page.evaluate(_SEEN)

    def apply(self, before: str, start: int, end: int, text: str) -> dict[str, object]:
        return apply(self.worker, before, start, end, text)

    def expect(self, text: str) -> None:
        try:
            expect_text(self.page, text)
        except Error as error:
            raise AssertionError(f"never {text!r}") from error

    def model(self) -> str:
        return str(self.page.evaluate("modelText()"))


@dataclass(frozen=True)
class InFirefox:
    """A hand in a page of Firefox, with a page of the extension's own behind it."""

    firefox: Firefox
    page: str
    options: str

    def press(self, *keys: str) -> None:
        self.firefox.press(self.page, *keys)

    def type(self, line: str) -> None:
        self.firefox.type(self.page, line)

    def pause(self) -> None:
        self.firefox.run(self.page, _SEEN)

    def apply(self, before: str, start: int, end: int, text: str) -> dict[str, object]:
        wanted = json.dumps(order(before, start, end, text))
        answer: dict[str, object] = json.loads(str(self.firefox.run(self.options, f"({APPLY})({wanted}).then(JSON.stringify)")))
        return answer

    def expect(self, text: str) -> None:
        self.firefox.wait(self.page, f"{MODEL} === {json.dumps(text)}")

    def model(self) -> str:
        return str(self.firefox.run(self.page, "modelText()"))


@dataclass
class Steps:
    """Random steps in one editor, each followed by a look whether the text is what the model says."""

    hand: Hand
    dice: random.Random
    text: str = ""
    taken: int = 0
    log: list[str] = field(default_factory=list)

    def take(self, count: int) -> None:
        """Take *count* steps; the log tells them where one of them fails."""
        self._type()
        for _ in range(count):
            self.dice.choice((self._type, self._erase, self._apply, self._apply, self._apply_and_undo))()
            self.taken += 1

    def _written(self) -> None:
        try:
            self.hand.expect(self.text)
        except AssertionError as error:
            raise AssertionError(f"expected {self.text!r}, got {self.hand.model()!r}, after {self.log[-4:]}") from error

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
                self.hand.press("Enter")
            self.hand.type(line)
        self.text += phrase
        self._written()

    def _go_to_the_end(self) -> None:
        self.hand.press("Control", "End")
        self.hand.pause()

    def _erase(self) -> None:
        """Erase plain letters from the end; what is one character to the eye is for the browser to count."""
        self._go_to_the_end()
        for _ in range(self.dice.randint(1, 6)):
            if self.text and self.text[-1] in "abcdefghijklmnopqrstuvwxyz,. \n":
                self.log.append("backspace")
                self.hand.press("Backspace")
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
        answer = self.hand.apply(self.text, start, end, replacement)
        assert answer == {"applied": True}, f"{answer}, {self.hand.model()!r}, after {self.log[-4:]}"
        self.text = after
        self._written()

    def _apply_and_undo(self) -> None:
        before = self.text
        self._apply()
        if self.text == before:
            return
        self.log.append("undo")
        self.hand.press("Control", "z")
        self.text = before
        self._written()
