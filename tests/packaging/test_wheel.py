"""The wheel holds all that Coltiva needs, and works far away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from .conftest import ROOT, Installed


def test_it_works_away_from_the_checkout(unpacked: Path, installed: Installed) -> None:
    """The rules, the extension and the texts come along: lint, doctor and the extension's folder answer from the wheel."""
    message = "Hi Ivan, could you introduce me to Richard Branson?"
    report = json.loads(installed.run("lint", "--json", code=1, text=message))
    assert report["findings"][0]["kind"] == "introduction"
    folder = Path(installed.run("extension").strip())
    assert folder == unpacked / "coltiva" / "extension"
    assert (folder / "manifest.json").is_file()
    checks = {check["name"]: check for check in json.loads(installed.run("--language", "it", "doctor", "--json"))}
    assert {name for name, check in checks.items() if check["state"] == "broken"} == set()
    assert "it" in checks["rules"]["found"]


def test_every_page_comes_along(unpacked: Path) -> None:
    """Templates, scripts, styles and texts of the server stand in the wheel as in the checkout."""
    for part in ("server/coltiva", "shared_rules", "extension"):
        home = unpacked / "coltiva" if part == "server/coltiva" else unpacked / "coltiva" / part
        tracked = [p.relative_to(ROOT / part) for p in (ROOT / part).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        assert [str(one) for one in tracked if not (home / one).is_file()] == []


def test_labelled_messages_come_along(unpacked: Path, tmp_path: Path) -> None:
    """From the wheel the effect of a change of the rules is measured on the messages of the checkout, all that it has."""
    code = (
        "from pathlib import Path\nfrom coltiva.library import Library\nfrom coltiva.tuning.effect import Effect, EffectMeter\n"
        "from coltiva.tuning.own_layer import OwnLayer\nlayer = OwnLayer(Path('rules'))\n"
        "steps = EffectMeter(Library(own=layer.folder)).measure(layer, {'pt/asks/meeting.yml': 'extends: pt/asks/meeting\\nenabled: false\\n'})\n"
        "effect = list(steps)[-1]\nassert effect.moved, effect.problems\nprint(effect.messages)"
    )
    environment = {"PYTHONPATH": str(unpacked), "PATH": os.environ["PATH"], "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    run = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    lines = [path.read_text("utf-8").split("\n") for path in (ROOT / "tests" / "corpus").glob("*/pt.jsonl") if path.parent.name in ("own", "development")]
    assert int(run.stdout) == sum(bool(line.strip()) for one in lines for line in one)


def test_dependencies_have_both_ends() -> None:
    """Every dependency names the oldest and the newest version that is tried, or one exactly."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    loose = [one for one in project["dependencies"] if "==" not in one and not (">=" in one and "<" in one)]
    assert loose == []
