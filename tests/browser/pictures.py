"""Pictures of every state that people see, light and dark, to be looked at.

Run: ``.venv/bin/python -m tests.browser.pictures FOLDER [--language de] [--only card]``; ``--readme`` renews those of the README.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from .conftest import EXTENSION, launch, running_server, serving_pages
from .pictured import Gallery, Studio
from .pictured_messages import show_cards, show_underlines
from .pictured_pages import show_contacts, show_first_steps, show_playground, show_rules
from .pictured_panels import show_options, show_panels, show_popups

SCREENSHOTS = Path(__file__).resolve().parents[2] / ".github" / "screenshots"
OF_README = {"card-early-whole-light": "card", "panel-known-light": "panel"}
_PATIENCE_MS = 90_000
# Those that need nobody else come last: they lose the server or pair anew.
PARTS: dict[str, Callable[[Studio], None]] = {
    "underline": show_underlines, "card": show_cards, "panel": show_panels, "popup": show_popups, "options": show_options,
    "playground": show_playground, "contacts": show_contacts, "rules": show_rules, "first": show_first_steps,
}


def _taken(show: Callable[[Studio], None], studio: Studio) -> bool:
    """Take the pictures of a part; what fails there is told and does not keep the other parts from being seen."""
    try:
        show(studio)
    except (AssertionError, Error):
        traceback.print_exc()
        return False
    return True


def _speaking(language: str, home: Path) -> Path:
    """Return a copy of the extension whose words are of a *language*, whatever languages the browser has."""
    copy = shutil.copytree(EXTENSION, home / "extension")
    spoken, shown = (copy / "_locales" / code / "messages.json" for code in (language, "en"))
    shown.write_bytes(spoken.read_bytes())
    return copy


def main() -> None:
    """Take the pictures with a server, pages and a browser of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--only", choices=PARTS, nargs="*", default=list(PARTS))
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    gallery = Gallery(asked.folder)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        (home / "tls").mkdir()
        with running_server(home / "data") as server, serving_pages(home / "tls") as port:
            server.read_rules("en", "Could you introduce me to your publisher?")
            context = launch(playwright, home / "profile", port, extension=_speaking(asked.language, home), locale=asked.language)
            context.set_default_timeout(_PATIENCE_MS)
            try:
                server.pair(context)
                studio = Studio(context, server, gallery, asked.language)
                studio.store_people()
                failed = [part for part in asked.only if not _taken(PARTS[part], studio)]
            finally:
                context.close()
    print(f"{asked.folder}: {len(gallery.taken)} states, each light and dark")
    if failed:
        raise SystemExit(f"not all could be taken: {', '.join(failed)}")
    if asked.readme:
        for taken, shown in OF_README.items():
            shutil.copyfile(asked.folder / f"{taken}.png", SCREENSHOTS / f"{shown}.png")


if __name__ == "__main__":
    main()
