"""Make sure that there is a Chromium for the browser tests; run by ``make test``.

Looks for one on the PATH, else installs it through the system's package manager where that is allowed
without asking, else says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = dict.fromkeys(("apt-get", "dnf", "pacman", "apk", "brew"), "chromium")
INSTALL = {
    "apt-get": [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq"]],
    "dnf": [["dnf", "install", "-y", "-q"]],
    "pacman": [["pacman", "-Sy", "--noconfirm"]],
    "apk": [["apk", "add", "--quiet"]],
    "brew": [["brew", "install", "--quiet", "--cask"]],
}


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, or of the one that ``CHROMIUM`` names."""
    chosen = os.environ.get("CHROMIUM")
    return shutil.which(chosen) if chosen else next(filter(None, map(shutil.which, NAMES)), None)


def privilege(manager: str) -> list[str] | None:
    """Return what to put before an install command, or None where installing needs a password."""
    if manager == "brew" or os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


def install(browser: str, packages: Mapping[str, str]) -> None:
    """Install a browser, whose package *packages* names by package manager, or leave with a message that says what to do."""
    variable = browser.upper()
    manager = next(filter(shutil.which, INSTALL), None)
    before = privilege(manager) if manager else None
    commands = [[*command] for command in INSTALL[manager]] if manager else [["your package manager"]]
    if manager:
        commands[-1].append(packages[manager])
    if manager is None or before is None:
        sys.exit(
            f"The browser tests need {browser}, and it may not be installed from here.\n"
            f"Install it with: {' && '.join(map(' '.join, commands))} (as root), or set {variable} to the browser to use; "
            "then run make test again."
        )
    print(f"Installing {browser} with {manager} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        done = subprocess.run([*before, *command], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed; install {browser} by hand, then run make test again.")


def make_sure(browser: str, find: Callable[[], str | None], packages: Mapping[str, str]) -> None:
    """Install a browser unless it is there, and say which one the tests use."""
    if not find():
        install(browser, packages)
    found = find()
    if not found:
        sys.exit(f"{browser} was installed but is not on the PATH; set {browser.upper()} to it, then run make test again.")
    print(f"Browser tests use {found}")


if __name__ == "__main__":
    make_sure("Chromium", find_chromium, PACKAGES)
