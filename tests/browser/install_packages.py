"""Installs the checkers and bundles the editors that the browser tests use: ``python -m tests.browser.install_packages``.

Before the tests, for these run side by side, and two installations into one folder spoil each other.
"""

from __future__ import annotations

from ..extension.node import CHECKS, install_packages
from .axe import NODE
from .editors import build_editors

if __name__ == "__main__":
    for folder in sorted({NODE, CHECKS}):
        install_packages(folder)
    build_editors()
