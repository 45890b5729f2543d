"""From key to underline on the surfaces themselves: the pages of the tests that stand in for LinkedIn's and Gmail's.

``python tests/benchmarks/surface_latency.py chromium|firefox [SURFACE …]``, with the names of ``test_surfaces.py``. What is
measured is told in ``typing_latency.py`` and ``typing_latency_firefox.py``; a note to an invitation holds 300 characters.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from tests.browser.conftest import EXTENSION, RunningServer, launch, running_server, serving_pages  # noqa: E402
from tests.browser.firefox import Firefox, pair, running_firefox  # noqa: E402
from tests.browser.site_names import SITE_NAMES  # noqa: E402
from tests.browser.test_firefox_surfaces import frame_of  # noqa: E402
from tests.browser.test_surfaces import SURFACES, Surface  # noqa: E402
from typing_latency import ASKS_AND_WORDS, Inside, figures, measure_in, message  # noqa: E402
from typing_latency_firefox import UNDERLINES, WATCH_FROM_THE_PAGE, paste, place_caret, press_keys  # noqa: E402

CHOSEN = (
    "message", "shadow", "first bubble", "profile that the dialog names", "page for one invitation", "frame in a shadow root",
    "frame without address", "InMail", "Sales Navigator", "mail", "reply in the thread",
)
SHORT = ((2, 40),)
# The editor that has the focus, in shadow roots too.
FOCUSED = "((root) => { while (root.activeElement?.shadowRoot) root = root.activeElement.shadowRoot; return root.activeElement; })(document)"
# Only WebDriver can hand over what lies in a closed shadow root; pages cannot reach it.
IN_THE_LAYER = "(layer) => { globalThis.layer = layer; }"
LAYER = "document.querySelector('dialog:modal > :last-child') ?? document.documentElement.lastElementChild"
UNDERLINES_OF_FIELD = "() => layer.querySelectorAll('.copy span').length"


def sizes(surface: Surface) -> Iterator[tuple[int, int]]:
    """Yield the numbers of asks and words that fit on a surface."""
    yield from SHORT if surface.channel == "linkedin_invite" else ASKS_AND_WORDS


def in_chromium(names: list[str], folder: Path, server: RunningServer, port: int) -> None:
    """Print the figures of each surface."""
    with sync_playwright() as playwright:
        context = launch(playwright, folder / "profile", port)
        server.pair(context)
        for name in names:
            surface = SURFACES[name]
            for asks, words in sizes(surface):
                page = context.new_page()
                inside = Inside(page)
                page.goto(surface.address)
                if surface.frame:
                    page.wait_for_load_state("networkidle")
                frame = next(one for one in page.frames if surface.frame in one.url)
                print(name, words, "words:", measure_in(page, inside, frame.locator(surface.editor), asks, words), flush=True)
                page.close()
        context.close()


def in_firefox(names: list[str], folder: Path, server: RunningServer, port: int) -> None:
    """Print the figures of each surface."""
    (folder / "profile").mkdir()
    with running_firefox(folder / "profile", EXTENSION) as firefox:
        pair(firefox, server.origin, server.new_code())
        for name in names:
            for asks, words in sizes(SURFACES[name]):
                print(name, words, "words:", measured_in_firefox(firefox, port, SURFACES[name], asks, words), flush=True)


def measured_in_firefox(firefox: Firefox, port: int, surface: Surface, asks: int, words: int) -> dict[str, object]:
    """Return the figures of one surface, in milliseconds."""
    site = next(f"https://{name}" for name in SITE_NAMES if surface.address.startswith(f"https://{name}"))
    page = firefox.open(surface.address.replace(site, f"{site}:{port}", 1))
    frame = frame_of(firefox, page, surface)
    firefox.click(frame, surface.editor)
    paste(firefox, frame, message(asks, words))
    firefox.type(frame, "x")
    firefox.run(frame, "new Promise((done) => setTimeout(done, 3000))")
    underlines = UNDERLINES
    if firefox.run(frame, f"{FOCUSED}.matches('textarea, input')"):
        firefox.run(frame, f"(({{ value }}) => {FOCUSED}.setSelectionRange(value.indexOf('duce'), value.indexOf('duce')))({FOCUSED})")
        take_layer(firefox, frame)
        underlines = UNDERLINES_OF_FIELD
    else:
        place_caret(firefox, frame, FOCUSED)
    press_keys(firefox, frame, WATCH_FROM_THE_PAGE % (FOCUSED, underlines))
    found = json.loads(str(firefox.run(frame, "JSON.stringify(latency)")))
    firefox.close(page)
    return figures(found)


def take_layer(firefox: Firefox, frame: str) -> None:
    """Let the page's own scripts look into the layer that holds a field's underlines, as none of a site's can."""
    target: dict[str, Any] = {"context": frame}
    options = {"includeShadowTree": "all", "maxDomDepth": 0}
    answer = firefox.call("script.evaluate", expression=LAYER, target=target, awaitPromise=False, serializationOptions=options)
    root = answer["result"]["value"]["shadowRoot"]
    firefox.call("script.callFunction", functionDeclaration=IN_THE_LAYER, arguments=[{"sharedId": root["sharedId"]}], target=target, awaitPromise=False)


def main() -> None:
    """Measure the surfaces named in the command line, with a server and pages of their own."""
    browser, *names = sys.argv[1:] or ["chromium"]
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "data") as server, serving_pages(Path(folder)) as port:
        {"chromium": in_chromium, "firefox": in_firefox}[browser](names or list(CHOSEN), Path(folder), server, port)


if __name__ == "__main__":
    main()
