"""Many random steps of typing, erasing, applying and undoing in each real editor, each compared with a model of the text.

Run it with a built environment: ``python tests/benchmarks/editor_steps.py [STEPS [SEED,SEED… [EDITOR …]]]``. Editors that group
their undo by time wait before each step, so 500 steps take them some minutes.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.conftest import launch, running_server, serving_pages, worker_of
from tests.browser.editors import EDITORS, build_editors
from tests.browser.writing import Steps, open_editor

STEPS, SEEDS = "500", "7"

if __name__ == "__main__":
    count, seeds, *names = [*sys.argv[1:], *(STEPS, SEEDS)[len(sys.argv) - 1 :]]
    build_editors()
    with (
        tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "data") as server,
        serving_pages(Path(folder)) as port, sync_playwright() as playwright,
    ):
        context = launch(playwright, Path(folder) / "profile", port)
        server.pair(context)
        for name, seed in ((name, int(seed)) for name in names or EDITORS for seed in seeds.split(",")):
            page = context.new_page()
            open_editor(page, name)
            steps = Steps(page, worker_of(context), random.Random(seed))
            began = time.monotonic()
            try:
                steps.take(int(count))
                print(f"{name}, seed {seed}: {count} steps, the text is as predicted ({len(steps.text)} characters, {time.monotonic() - began:.0f} s)", flush=True)
            except AssertionError as error:
                print(f"{name}, seed {seed}: {error}", flush=True)
            page.close()
        context.close()
