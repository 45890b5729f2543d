"""The wheel holds all that Coltiva needs, and works far away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it, as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        content.extractall(folder / "site")
    return folder / "site"


def coltiva(site: Path, folder: Path, *arguments: str, code: int = 0, text: str = "") -> str:
    """Run the unpacked command in an empty home, without this checkout, and return what it prints."""
    environment = {
        "PYTHONPATH": str(site), "HOME": str(folder), "COLTIVA_DATA": str(folder / "data"), "PATH": os.environ["PATH"],
        "COLTIVA_CONFIG": str(folder / "none.toml"), "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
    }  # fmt: skip
    # -P keeps the working folder out; the checkout's own editable install stands behind PYTHONPATH.
    command = [sys.executable, "-P", "-m", "coltiva", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, input=text.encode(), capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode()


def test_it_works_away_from_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    """The rules, the extension and the texts come along: lint, doctor and the extension's folder answer from the wheel."""
    message = "Hi Ivan, could you introduce me to Richard Branson?"
    report = json.loads(coltiva(unpacked, tmp_path, "lint", "--json", code=1, text=message))
    assert report["findings"][0]["kind"] == "introduction"
    folder = Path(coltiva(unpacked, tmp_path, "extension").strip())
    assert folder == unpacked / "coltiva" / "extension"
    assert (folder / "manifest.json").is_file()
    checks = {check["name"]: check for check in json.loads(coltiva(unpacked, tmp_path, "--language", "it", "doctor", "--json"))}
    assert {name for name, check in checks.items() if check["state"] == "broken"} == set()
    assert "it" in checks["rules"]["found"]


def test_every_page_comes_along(unpacked: Path) -> None:
    """Templates, scripts, styles and texts of the server stand in the wheel as in the checkout."""
    for part in ("server/coltiva", "shared_rules", "extension"):
        home = unpacked / "coltiva" if part == "server/coltiva" else unpacked / "coltiva" / part
        tracked = [p.relative_to(ROOT / part) for p in (ROOT / part).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        assert [str(one) for one in tracked if not (home / one).is_file()] == []


def test_dependencies_have_both_ends() -> None:
    """Every dependency names the oldest and the newest version that is tried, or one exactly."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    loose = [one for one in project["dependencies"] if "==" not in one and not (">=" in one and "<" in one)]
    assert loose == []
