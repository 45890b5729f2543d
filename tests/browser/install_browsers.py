"""Make sure that there are a Chromium and a Firefox for the browser tests; run by ``make test``, with any Python.

Looks for them on the PATH, else installs what is missing through the system's package manager where that is allowed
without asking, else says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

INSTALL = {
    "apt-get": [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq"]],
    "dnf": [["dnf", "install", "-y", "-q"]],
    "pacman": [["pacman", "-Sy", "--noconfirm"]],
    "apk": [["apk", "add", "--quiet"]],
    "brew": [["brew", "install", "--quiet", "--cask"]],
}


@dataclass(frozen=True)
class Browser:
    """A browser: the names of its program, the likeliest first, and its package by package manager."""

    name: str
    programs: Sequence[str]
    packages: Mapping[str, str]

    @property
    def variable(self) -> str:
        """The environment variable that may name another program."""
        return self.name.upper()

    def find(self) -> str | None:
        """Return the path of the program that the variable names, or of an installed one."""
        chosen = os.environ.get(self.variable)
        return next(filter(None, map(shutil.which, [chosen] if chosen else self.programs)), None)


CHROMIUM = Browser(
    "Chromium",
    ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
    dict.fromkeys(INSTALL, "chromium"),
)
FIREFOX = Browser(
    "Firefox", ("firefox-esr", "firefox"), dict.fromkeys(INSTALL, "firefox") | {"apt-get": "firefox-esr"}
)


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, or of the one that ``CHROMIUM`` names."""
    return CHROMIUM.find()


def find_firefox() -> str | None:
    """Return the path of an installed Firefox, or of the one that ``FIREFOX`` names."""
    return FIREFOX.find()


def privilege(manager: str) -> list[str] | None:
    """Return what to put before an install command, or None where installing needs a password."""
    if manager == "brew" or os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


def install(browsers: Sequence[Browser]) -> None:
    """Install *browsers* in one go, or leave with a message that says what to do."""
    names = " and ".join(browser.name for browser in browsers)
    variables = " and ".join(browser.variable for browser in browsers)
    manager = next(filter(shutil.which, INSTALL), None)
    before = privilege(manager) if manager else None
    commands = [[*command] for command in INSTALL[manager]] if manager else [["your package manager"]]
    if manager:
        commands[-1] += [browser.packages[manager] for browser in browsers]
    if manager is None or before is None:
        sys.exit(
            f"The browser tests need {names}, and they may not be installed from here.\n"
            f"Install them with: {' && '.join(map(' '.join, commands))} (as root), or set {variables} to the browsers to use; "
            "then run make test again."
        )
    print(f"Installing {names} with {manager} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        done = subprocess.run([*before, *command], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed; install {names} by hand, then run make test again.")


def make_sure(browsers: Sequence[Browser]) -> None:
    """Install those of *browsers* that are not there, and say which ones the tests use."""
    missing = [browser for browser in browsers if not browser.find()]
    if missing:
        install(missing)
    for browser in browsers:
        found = browser.find()
        if not found:
            sys.exit(
                f"{browser.name} was installed but is not on the PATH; set {browser.variable} to it, then run make test again."
            )
        print(f"Browser tests use {found}")


if __name__ == "__main__":
    make_sure((CHROMIUM, FIREFOX))
