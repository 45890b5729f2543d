"""The wheel, built once and unpacked, and the browser of ``tests/browser``."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..browser.conftest import pages_port, playwright

__all__ = ["pages_port", "playwright"]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it, as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        content.extractall(folder / "site")
    return folder / "site"


@dataclass(frozen=True)
class Installed:
    """The command of an installed Coltiva, and the home that it runs in."""

    command: Sequence[str]
    environment: dict[str, str]
    home: Path

    def run(self, *arguments: str, code: int = 0, text: str = "") -> str:
        """Return what the command prints; fails where it ends with another exit code."""
        done = subprocess.run([*self.command, *arguments], cwd=self.home, env=self.environment, input=text.encode(), capture_output=True, check=False)
        assert done.returncode == code, done.stderr.decode()
        return done.stdout.decode()


@pytest.fixture
def installed(unpacked: Path, tmp_path: Path) -> Installed:
    """Return the unpacked command in an empty home, without this checkout."""
    environment = {
        "PYTHONPATH": str(unpacked), "HOME": str(tmp_path), "COLTIVA_DATA": str(tmp_path / "data"), "PATH": os.environ["PATH"],
        "COLTIVA_CONFIG": str(tmp_path / "none.toml"), "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
    }  # fmt: skip
    # -P keeps the working folder out; the checkout's own editable install stands behind PYTHONPATH.
    return Installed([sys.executable, "-P", "-m", "coltiva"], environment, tmp_path)
