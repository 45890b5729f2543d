"""Try Coltiva with the oldest or the newest dependencies that it names: an environment of its own, and the quick tests.

Run: ``python tests/packaging/try_ranges.py oldest`` or ``newest``.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ["tests/test_cli.py", "tests/test_speech.py", "tests/test_manual.py", "tests/test_review.py", "tests/test_reader.py", "tests/test_reader_network.py", "tests/test_language.py",
         "tests/contact_store", "tests/importers", "tests/web", "tests/linting", "tests/tuning"]
# Held to the document by a tool with dependencies of its own, which would decide what is installed here.
LEFT_OUT = ["--ignore=tests/web/test_openapi.py"]


def pinned(requirement: str) -> str:
    """Return *requirement* with its oldest version alone."""
    name, version = re.match(r"([\w-]+)(?:>=|==)([\w.]+)", requirement).groups()  # type: ignore[union-attr]
    return f"{name}=={version}"


def main(end: str) -> int:
    """Install one end of the ranges and run the quick tests; returns their exit code."""
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(next(p for p in (Path(folder) / "bin" / "python", Path(folder) / "Scripts" / "python.exe") if p.exists()))
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        wanted = [pinned(one) for one in dependencies] if end == "oldest" else dependencies
        subprocess.run([*install, "--upgrade", *wanted, "pytest>=8", "pytest-timeout", "hypothesis", "hatchling"], check=True)
        subprocess.run([*install, "--no-deps", "--no-build-isolation", str(ROOT)], check=True)
        subprocess.run([python, "-m", "pip", "list", "--disable-pip-version-check"], check=True)
        return subprocess.run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *LEFT_OUT, *TESTS], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
