"""The baseline worked out ahead: by a process beside the server, and by a thread that lets lints go first."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from pathlib import Path

import pytest

from coltiva.library import Library
from coltiva.tuning import preparing as module
from coltiva.tuning.baseline import Baseline
from coltiva.tuning.effect import EffectMeter
from coltiva.tuning.labelled import labelled_folder
from coltiva.tuning.own_layer import OwnLayer
from coltiva.tuning.preparing import prepare, preparing
from coltiva.tuning.quiet import Quiet

from ..web.tuning_server import tuning_client

COUNT = 6


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Return a folder with the first labelled messages in English, and none in other languages."""
    (tmp_path / "labelled" / "own").mkdir(parents=True)
    lines = (labelled_folder() / "own" / "en.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "labelled" / "own" / "en.jsonl").write_text("\n".join(lines[:COUNT]), "utf-8")
    return tmp_path / "labelled"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with each message that is judged by the shipped rules."""
    seen: list[str] = []
    judge = Baseline.judge
    monkeypatch.setattr(Baseline, "judge", lambda self, message: seen.append(message.language) or judge(self, message))
    return seen


def test_what_is_prepared_need_not_be_judged_again(tmp_path: Path, library: Library, few: Path, judged: list[str]) -> None:
    """The first effect after it judges nothing by the shipped rules; nor does preparing a second time."""
    shipped = library.trial(None)
    shipped.languages = ("en",)
    prepare(tmp_path / "kept", shipped, few)
    assert judged == ["en"] * COUNT
    prepare(tmp_path / "kept", shipped, few)
    layer = OwnLayer(tmp_path / "rules")
    meter = EffectMeter(library.trial(layer.folder), few, tmp_path / "kept")
    list(meter.measure(layer, {"en/asks/meeting.yml": "extends: en/asks/meeting\nenabled: false\n"}))
    assert judged == ["en"] * COUNT


def test_the_process_beside_the_server_is_of_low_priority_and_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps a language's baseline, gives way to everything else, and stops when the server does."""
    children: list[subprocess.Popen[bytes]] = []
    start = module._start
    started = threading.Event()

    def begin(kept: Path) -> subprocess.Popen[bytes]:
        children.append(start(kept))
        started.set()
        return children[0]

    monkeypatch.setattr(module, "_start", begin)
    kept, priority = tmp_path / "kept", 0
    with preparing(kept, after_seconds=0):
        assert started.wait(60)
        while children[0].poll() is None and not (kept / "baseline-en.bin").exists():
            if hasattr(os, "getpriority"):
                priority = max(priority, os.getpriority(os.PRIO_PROCESS, children[0].pid))
            with contextlib.suppress(subprocess.TimeoutExpired):
                children[0].wait(0.05)
        assert (kept / "baseline-en.bin").exists()
    assert [child.poll() is not None for child in children] == [True]
    assert priority == 19 or not hasattr(os, "getpriority")


def test_the_process_ends_where_the_server_is_killed(tmp_path: Path) -> None:
    """A server that could not end it leaves nothing running: its end of the pipe is closed by the system."""
    child = module._start(tmp_path / "kept")
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(300) == 0
    assert not (tmp_path / "kept" / "baseline-pt.bin").exists(), "it ended because all was done"


def test_a_server_that_stops_at_once_begins_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before its time has come no process is started."""
    monkeypatch.setattr(module, "_start", lambda kept: pytest.fail("a process was started"))
    with preparing(tmp_path / "kept"):
        pass


def test_judging_ahead_waits_while_somebody_lints(tmp_path: Path, library: Library, few: Path, judged: list[str]) -> None:
    """No message is judged ahead as long as a lint is on; afterwards all are."""
    quiet = Quiet()
    meter = EffectMeter(library.trial(tmp_path / "rules"), few, tmp_path / "kept", quiet)
    ahead = threading.Thread(target=meter.warm, args=("en",))
    with quiet.broken():
        ahead.start()
        ahead.join(0.4)
        assert (ahead.is_alive(), judged) == (True, [])
    ahead.join(60)
    assert (ahead.is_alive(), judged) == (False, ["en"] * COUNT)


def test_a_lint_breaks_the_quiet(tmp_path: Path, library: Library) -> None:
    """While a message is reviewed, and just after, nothing is quiet."""
    with tuning_client(tmp_path, library) as (client, workshop):
        assert workshop.quiet.is_on
        assert client.post("/api/v1/lint", json={"text": "Hello", "language": "en"}).status_code == 200
        assert not workshop.quiet.is_on
