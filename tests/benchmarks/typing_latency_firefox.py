"""The same as ``typing_latency.py`` in Firefox, as the page itself sees it.

``python tests/benchmarks/typing_latency_firefox.py [EDITOR …]``: rich editors alone, for nothing in a page can see a
textarea's underlines.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from tests.browser.conftest import EXTENSION, RunningServer  # noqa: E402
from tests.browser.firefox import Firefox, pair, running_firefox  # noqa: E402
from typing_latency import ASKS_AND_WORDS, CADENCE_MS, KEYS, figures, message, run  # noqa: E402

BACKSPACE, ENTER = "\ue003", "\ue007"
# Where a line is wrapped an ask is drawn in parts, of which the first is counted.
UNDERLINES = """() => [...CSS.highlights.values()].flatMap((one) => [...one]).filter(({ startContainer: { data }, startOffset }) =>
  data?.startsWith('Could', startOffset)).length"""
BOX = "document.querySelector('[data-ready]')"
# Firefox lets nobody into the extension's world, but the page sees how many ranges are drawn: it looks every millisecond. Looking
# without a pause would keep a core busy that the browser, the background and the server need. A timer set by a timer waits for
# 4 ms, one set by a message does not.
WATCH_FROM_THE_PAGE = """((box, underlines) => {
  const all = underlines();
  const state = globalThis.latency = { all, drawn: [], written: [], waits: [], tasks: [] };
  const { port1, port2 } = new MessageChannel();
  let pressed = null;
  let isWritten = true;
  let isBroken = false;
  port1.onmessage = () => {
    if (pressed === null) return;
    const isWhole = underlines() >= all;
    if (isBroken && isWhole) {
      document.documentElement.getBoundingClientRect();
      state.drawn.push(performance.now() - pressed);
      pressed = null;
      return;
    }
    isBroken ||= !isWhole;
    setTimeout(() => port2.postMessage(''), 1);
  };
  addEventListener('keydown', (event) => {
    isBroken = false;
    isWritten = event.key !== 'Backspace';
    pressed = isWritten ? null : event.timeStamp;
    if (!isWritten) port2.postMessage('');
  }, true);
  const wrote = () => {
    if (!isWritten) state.written.push(performance.now() - pressed);
    isWritten = true;
  };
  addEventListener('input', wrote, true);
  new MutationObserver(wrote).observe(box, { childList: true, characterData: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const { processingEnd, startTime } of list.getEntries()) state.waits.push(processingEnd - startTime);
  }).observe({ type: 'event', durationThreshold: 16 });
})(%s, %s)"""


def in_firefox(names: Sequence[str], folder: Path, server: RunningServer, port: int) -> None:
    """Print the figures of each editor."""
    (folder / "profile").mkdir()
    with running_firefox(folder / "profile", EXTENSION) as firefox:
        pair(firefox, server.origin, server.new_code())
        for name in names:
            for asks, words in ASKS_AND_WORDS:
                print(name, words, "words:", measure_in_firefox(firefox, port, name, asks, words), flush=True)


def measure_in_firefox(firefox: Firefox, port: int, editor: str, asks: int, words: int) -> dict[str, object]:
    """Return the figures of one editor, in milliseconds."""
    page = firefox.open(f"https://www.linkedin.com:{port}/editor.html#{editor}")
    firefox.wait(page, BOX)
    firefox.click(page, "[data-ready]")
    firefox.type(page, "x")
    firefox.press(page, ENTER)
    paste(firefox, page, message(asks, words))
    firefox.type(page, "x")
    firefox.press(page, BACKSPACE)
    firefox.wait(page, f"({UNDERLINES})() >= {min(asks, 20)}")
    place_caret(firefox, page, BOX)
    press_keys(firefox, page, WATCH_FROM_THE_PAGE % (BOX, UNDERLINES))
    found = json.loads(str(firefox.run(page, "JSON.stringify(latency)")))
    firefox.close(page)
    return figures(found)


def paste(firefox: Firefox, page: str, text: str) -> None:
    """Put a text into the box that has the focus, by the clipboard."""
    copied = json.dumps(text)
    firefox.run(firefox.chrome, f"void Cc['@mozilla.org/widget/clipboardhelper;1'].getService(Ci.nsIClipboardHelper).copyString({copied})")
    firefox.press(page, "Control", "v")


def place_caret(firefox: Firefox, page: str, box: str) -> None:
    """Place the caret inside the first ask of a rich *box* (an expression)."""
    firefox.run(page, f"""(() => {{
      const walker = document.createTreeWalker({box}, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {{
        const at = walker.currentNode.data.indexOf('duce');
        if (at < 0) continue;
        // The page scrolls to the caret with the first key; other underlines would come near then.
        walker.currentNode.parentElement.scrollIntoView({{ block: 'center' }});
        return void getSelection().collapse(walker.currentNode, at);
      }}
    }})()""")


def press_keys(firefox: Firefox, page: str, watch: str) -> None:
    """Wait for rest, begin to watch, and press the keys."""
    keys: list[dict[str, object]] = [{"type": "pause", "duration": 2500}]
    firefox.call("input.performActions", context=page, actions=[{"type": "key", "id": "keys", "actions": keys}])
    firefox.run(page, watch)
    for number in range(KEYS):
        key = BACKSPACE if number % 2 else "x"
        keys += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}, {"type": "pause", "duration": CADENCE_MS}]
    firefox.call("input.performActions", 60.0, context=page, actions=[{"type": "key", "id": "keys", "actions": keys[1:]}])


if __name__ == "__main__":
    run(in_firefox)
