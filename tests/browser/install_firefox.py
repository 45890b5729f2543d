"""Make sure that there is a Firefox for the browser tests, as ``install_chromium`` does for Chromium; run by ``make test``."""

from __future__ import annotations

import os
import shutil

NAMES = ("firefox-esr", "firefox")
PACKAGES = dict.fromkeys(("dnf", "pacman", "apk", "brew"), "firefox") | {"apt-get": "firefox-esr"}


def find_firefox() -> str | None:
    """Return the path of an installed Firefox, or of the one that ``FIREFOX`` names."""
    chosen = os.environ.get("FIREFOX")
    return shutil.which(chosen) if chosen else next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    from install_chromium import make_sure

    make_sure("Firefox", find_firefox, PACKAGES)
