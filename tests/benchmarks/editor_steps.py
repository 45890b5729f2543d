"""Many random steps of typing, erasing, applying and undoing in each real editor, each compared with a model of the text.

Run it with a built environment: ``python tests/benchmarks/editor_steps.py chromium|firefox [STEPS [SEED,SEED… [EDITOR …]]]``.
Editors that group their undo by time wait before each step, so 500 steps take them some minutes.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.conftest import EXTENSION, RunningServer, launch, running_server, serving_pages, worker_of
from tests.browser.editors import EDITORS, build_editors
from tests.browser.firefox import pair, running_firefox
from tests.browser.steps import Hand, InChromium, InFirefox, Steps
from tests.browser.writing import open_editor

STEPS, SEEDS = "500", "7"


def in_chromium(folder: Path, server: RunningServer, port: int, names: list[str]) -> Iterator[Hand]:
    """Yield a hand in a new page for each editor."""
    with sync_playwright() as playwright:
        context = launch(playwright, folder / "profile", port)
        server.pair(context)
        for name in names:
            page = context.new_page()
            open_editor(page, name)
            yield InChromium(page, worker_of(context))
            page.close()
        context.close()


def in_firefox(folder: Path, server: RunningServer, port: int, names: list[str]) -> Iterator[Hand]:
    """Yield a hand in a new page for each editor."""
    (folder / "profile").mkdir()
    with running_firefox(folder / "profile", EXTENSION) as firefox:
        pair(firefox, server.origin, server.new_code())
        options = firefox.open_page("options/options.html?steps")
        for name in names:
            page = firefox.open(f"https://www.linkedin.com:{port}/editor.html#{name}")
            firefox.wait(page, "document.querySelector('[data-ready]')")
            firefox.click(page, "[data-ready]")
            yield InFirefox(firefox, page, options)
            firefox.close(page)


@contextmanager
def told(name: str, seed: int, steps: Steps) -> Iterator[None]:
    """Print what became of the steps in the block."""
    began = time.monotonic()
    try:
        yield
        outcome = "the text is as predicted"
    except (AssertionError, TimeoutError) as error:
        outcome = f"{error}; {steps.log[-4:]}"
    print(f"{name}, seed {seed}: {steps.taken} steps in {time.monotonic() - began:.0f} s, {len(steps.text)} characters; {outcome}", flush=True)


def main() -> None:
    """Take the steps that the command line asks for, with a server and pages of their own."""
    browser, count, seeds, *names = [*sys.argv[1:], *("chromium", STEPS, SEEDS)[len(sys.argv) - 1 :]]
    build_editors()
    pairs = [(name, int(seed)) for name in names or EDITORS for seed in seeds.split(",")]
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "data") as server, serving_pages(Path(folder)) as port:
        hands = {"chromium": in_chromium, "firefox": in_firefox}[browser](Path(folder), server, port, [name for name, _ in pairs])
        for (name, seed), hand in zip(pairs, hands, strict=True):
            steps = Steps(hand, random.Random(seed))
            with told(name, seed, steps):
                steps.take(int(count))


if __name__ == "__main__":
    main()
