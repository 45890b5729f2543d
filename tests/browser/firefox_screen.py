"""A page in Firefox whose pixels are looked at."""

from __future__ import annotations

import json
from typing import Any

from .firefox import Firefox
from .fitting import Place


class FirefoxScreen:
    """What ``fitting`` measures, in Firefox."""

    def __init__(self, firefox: Firefox, page: str) -> None:
        self._firefox, self._page = firefox, page

    def run(self, function: str, *arguments: object) -> Any:
        """Call a function of JavaScript in the page."""
        answer = self._firefox.run(self._page, f"Promise.resolve(({function})(...{json.dumps(arguments)})).then((value) => JSON.stringify(value ?? null))")
        return json.loads(str(answer))

    def shot(self, place: Place | None) -> tuple[str, int, int]:
        """Take the window's picture; the whole of it takes no longer than a part."""
        return self._firefox.call("browsingContext.captureScreenshot", context=self._page)["data"], 0, 0

    def stroke(self) -> None:
        """Press a key and take it back."""
        self._firefox.type(self._page, "x")
        self._firefox.press(self._page, "Backspace")

    def enlarge(self, factor: float) -> None:
        """Give the screen another resolution; pictures show nothing of the user's zoom."""
        self._firefox.run(self._firefox.chrome, f"void Services.prefs.setStringPref('layout.css.devPixelsPerPx', '{factor}')")
        self._firefox.wait(self._page, f"Math.abs(devicePixelRatio - {factor}) < .01")
