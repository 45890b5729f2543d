"""From key to underline, in a long message with many findings: how long, and how long any key was held.

Run it with a built environment: ``python tests/benchmarks/typing_latency.py [EDITOR …]``. One key every 80 ms goes into a
message of 2,000 words with 100 asks, and into one of 100 words with 5; the page's own clock is read, in the browser as
shipped. Some editors take long themselves: "to text" is the time from the key until they have written. Give it a quiet
machine: page, background and server share it. ``typing_latency_firefox.py`` does the same in Firefox.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import SITE, RunningServer, launch, running_server, serving_pages  # noqa: E402
from tests.browser.editors import build_editors  # noqa: E402

ASKS_AND_WORDS, KEYS, CADENCE_MS = ((5, 100), (100, 2000)), 120, 80
# Watches beside the extension's own scripts, which alone know of the underlines in a textarea: when the one that a key breaks
# and the next one mends is drawn and laid out again, and how long any event waited or was worked on.
WRITTEN = "coltiva.editors.all().find(({ editor }) => editor.read().includes('person number'))"
WATCH = f"""(() => {{
  const {{ editor, loop }} = {WRITTEN};
  const all = loop.marks.length;
  const state = globalThis.latency = {{ all, drawn: [], written: [], waits: [], tasks: [] }};
  let pressed = null;
  let isWritten = true;
  let isBroken = false;
  addEventListener('keydown', (event) => {{
    if (event.key === 'Backspace') pressed = event.timeStamp;
    else isBroken = false;
    isWritten = event.key !== 'Backspace';
  }}, true);
  const wrote = () => {{
    if (!isWritten) state.written.push(performance.now() - pressed);
    isWritten = true;
  }};
  addEventListener('input', wrote, true);
  new MutationObserver(wrote).observe(editor.element, {{ childList: true, characterData: true, subtree: true }});
  const {{ draw }} = editor;
  editor.draw = (marks) => {{
    draw(marks);
    if (marks.length < all) isBroken = true;
    else if (pressed !== null && isBroken) {{
      document.documentElement.getBoundingClientRect();
      state.drawn.push(performance.now() - pressed);
      pressed = null;
    }}
  }};
  new PerformanceObserver((list) => {{
    for (const {{ processingEnd, startTime }} of list.getEntries()) state.waits.push(processingEnd - startTime);
  }}).observe({{ type: 'event', durationThreshold: 16 }});
  new PerformanceObserver((list) => {{ for (const {{ duration }} of list.getEntries()) state.tasks.push(duration); }}).observe({{ type: 'longtask' }});
}})()"""

PASTE = """(element, text) => { const data = new DataTransfer(); data.setData('text/plain', text);
  if (element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))) document.execCommand('insertText', false, text); }"""


class Inside:
    """The world in which the extension's scripts run in a page."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._worlds: list[int] = []
        self._session.on("Runtime.executionContextCreated", self._note)
        self._session.send("Runtime.enable")

    def _note(self, event: dict[str, Any]) -> None:
        world = event["context"]
        if world["name"] == "Coltiva" and world["auxData"]["type"] == "isolated":
            self._worlds.append(world["id"])

    def run(self, expression: str) -> Any:
        """Evaluate JavaScript in the world, of those of the page and its frames, in which the message is written, and return its value."""
        for world in reversed(self._worlds):
            if self._evaluate(world, f"Boolean({WRITTEN})"):
                return self._evaluate(world, expression)
        return None

    def _evaluate(self, world: int, expression: str) -> Any:
        try:
            answer = self._session.send("Runtime.evaluate", {"contextId": world, "expression": expression, "returnByValue": True})
        except Error:
            return None  # a frame that has gone
        return answer["result"].get("value")


def message(asks: int, words: int) -> str:
    """Return a message of about so many words: every ask in a sentence of its own, with plain words between."""
    filler = "The harbour was quiet and we talked about sails and maps for a while that day."
    sentences = [f"Could you introduce me to person number {number}?" for number in range(asks)]
    words_each = words // asks - 8
    plain = " ".join(filler.split() * 3)
    return "\n".join(f"{ask} {' '.join(plain.split()[:words_each])}." for ask in sentences)


def measure(page: Page, editor: str, asks: int, words: int) -> dict[str, object]:
    """Return the figures of one editor, in milliseconds."""
    page.goto(f"{SITE}/editor.html#{editor}")
    return measure_in(page, Inside(page), page.locator("[data-ready]"), asks, words)


def measure_in(page: Page, inside: Inside, box: Locator, asks: int, words: int) -> dict[str, object]:
    """Return the figures of a box to write in, in milliseconds."""
    box.click()
    page.keyboard.insert_text("x")
    text = message(asks, words)
    if box.evaluate("(element) => element.matches('textarea')"):
        box.fill(text)
    else:
        box.evaluate(PASTE, text)
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    for _ in range(100):
        if inside.run(f"{WRITTEN}?.loop.marks.length ?? 0") >= asks:
            break
        page.wait_for_timeout(200)
    inside.run(f"(({{ editor }}) => {{ const at = editor.read().indexOf('duce'); editor.select(at, at); }})({WRITTEN})")
    page.wait_for_timeout(2500)
    inside.run(WATCH)
    for number in range(KEYS):
        page.keyboard.press("Backspace" if number % 2 else "x")
        page.wait_for_timeout(CADENCE_MS)
    page.wait_for_timeout(500)
    return figures(inside.run("latency"))


def figures(found: dict[str, Any]) -> dict[str, object]:
    """Return what a watch has seen, in milliseconds."""
    waits, drawn, written = [*found["waits"], 0.0], sorted(found["drawn"]) or [0.0], sorted(found["written"]) or [0.0]
    return {
        "underlines": found["all"], "keys": KEYS, "underlined": len(found["drawn"]),
        "to text p50": _share(written, 0.5), "to text p95": _share(written, 0.95),
        "to underline p50": _share(drawn, 0.5), "p95": _share(drawn, 0.95), "worst": round(drawn[-1], 1),
        "events over 50 ms": sum(wait > 50 for wait in waits), "longest event": round(max(waits), 1), "long tasks": len(found["tasks"]),
    }


def _share(times: Sequence[float], share: float) -> float:
    return round(times[int(len(times) * share)], 1)


def in_chromium(names: Sequence[str], folder: Path, server: RunningServer, port: int) -> None:
    """Print the figures of each editor."""
    with sync_playwright() as playwright:
        context = launch(playwright, folder / "profile", port)
        server.pair(context)
        for name in names:
            for asks, words in ASKS_AND_WORDS:
                print(name, words, "words:", measure(context.new_page(), name, asks, words), flush=True)
        context.close()


def run(measured: Callable[[Sequence[str], Path, RunningServer, int], None]) -> None:
    """Measure the editors named in the command line, with a server and pages of their own."""
    build_editors()
    names = sys.argv[1:] or ["plain", "quill2", "textarea"]
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "data") as server, serving_pages(Path(folder)) as port:
        measured(names, Path(folder), server, port)


if __name__ == "__main__":
    run(in_chromium)
