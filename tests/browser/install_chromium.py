"""Make sure that there is a Chromium for the browser tests; run by ``make test``.

Looks for one on the PATH, else installs it through the system's package manager where that is allowed
without asking, else says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
INSTALL = {
    "apt-get": [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]],
    "dnf": [["dnf", "install", "-y", "-q", "chromium"]],
    "pacman": [["pacman", "-Sy", "--noconfirm", "chromium"]],
    "apk": [["apk", "add", "--quiet", "chromium"]],
    "brew": [["brew", "install", "--quiet", "--cask", "chromium"]],
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


def install() -> None:
    """Install Chromium, or leave with a message that says what to do."""
    manager = next(filter(shutil.which, INSTALL), None)
    before = privilege(manager) if manager else None
    if manager is None or before is None:
        command = " && ".join(" ".join(c) for c in INSTALL[manager]) if manager else "your package manager"
        sys.exit(
            "The browser tests need Chromium, and it may not be installed from here.\n"
            f"Install it with: {command} (as root), or set CHROMIUM to the browser to use; then run make test again."
        )
    print(f"Installing Chromium with {manager} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in INSTALL[manager]:
        done = subprocess.run([*before, *command], env=environment, stdout=subprocess.DEVNULL)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed; install Chromium by hand, then run make test again.")


if __name__ == "__main__":
    if not find_chromium():
        install()
    found = find_chromium()
    if not found:
        sys.exit("Chromium was installed but is not on the PATH; set CHROMIUM to it, then run make test again.")
    print(f"Browser tests use {found}")
