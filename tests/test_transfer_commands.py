"""Importing and exporting on the command line: what it prints, its files, its exit codes."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from coltiva.cli import main
from coltiva.speech import Speech
from coltiva.transfer_commands import ProgressBar

from .importers import archives


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep contacts in a folder of this test."""
    monkeypatch.setenv("COLTIVA_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_import_twice_and_export(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run, an import, a second one, and an export that imports elsewhere as the same."""
    path = str(archives.archive(tmp_path / "a.zip", archives.of_2023()))
    assert main(["import", path, "--dry-run"]) == 0
    assert "new events would be imported" in capsys.readouterr().out
    assert not data.exists()
    assert main(["import", path]) == 0
    out = capsys.readouterr().out
    assert "4  new contacts" in out
    assert "2  hidden members" in out.partition("Left out:\n")[2]
    assert "messages.csv:5: Casey Morgan" in out
    for options in (["--dry-run"], []):
        assert main(["import", path, *options]) == 0
        out = capsys.readouterr().out
        assert out.startswith("LinkedIn archive: nothing new in here\n")
        assert "4  known already" in out
        assert "event" not in out
    assert main(["import", path, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["counts"]["added"]["number"], report["counts"]["unchanged"]["number"], report["new_events"], report["change"]) == (0, 4, 0, "")
    target = tmp_path / "all.json"
    assert main(["export", str(target)]) == 0
    assert (capsys.readouterr().out, stat.S_IMODE(target.stat().st_mode)) == (f"{target}: 4 contacts\n", 0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLTIVA_DATA", str(tmp_path / "other"))
        assert main(["import", str(target)]) == 0
        capsys.readouterr()
        assert main(["export"]) == 0
        assert capsys.readouterr().out == target.read_text("utf-8")


@pytest.mark.parametrize(("name", "start"), [("all.csv", "\ufeffName,"), ("all.vcf", "BEGIN:VCARD\r\n"), ("all.json", '{"format": "coltiva"')])
def test_the_ending_names_the_format(tmp_path: Path, data: Path, name: str, start: str) -> None:
    """Where no format is given, the file's ending decides."""
    assert main(["import", str(archives.archive(tmp_path / "a.zip", archives.of_2021()))]) == 0
    assert main(["export", str(tmp_path / name)]) == 0
    with (tmp_path / name).open(encoding="utf-8", newline="") as stream:
        assert stream.read().startswith(start)


def test_errors_exit_2(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read, and a place that cannot be written, are said in one line."""
    assert main(["import", str(tmp_path / "nothing.zip")]) == 2
    assert capsys.readouterr().err == f"coltiva: {tmp_path / 'nothing.zip'} cannot be read: No such file or directory\n"
    assert main(["export", str(tmp_path / "no" / "all.json")]) == 2
    assert "cannot be written: No such file or directory" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_progress_bar() -> None:
    """On a terminal the line is drawn ten times a second at most, and removed; elsewhere nothing is written."""
    times = iter([0.0, 0.05, 0.2, 0.21])
    terminal, file = Terminal(), io.StringIO()
    bar = ProgressBar(terminal, Speech("en"), lambda: next(times))
    for done in (1, 2, 3, 4):
        bar.show("reading", done * 1_000_000, 4_000_000)
    bar.clear()
    shown = [line.strip("\033[K") for line in terminal.getvalue().split("\r") if line]
    assert [line.split()[2] for line in shown[:-1]] == ["25%", "75%", "100%"]
    assert shown[-1] == ""
    ProgressBar(file, Speech("en")).show("reading", 1, 2)
    ProgressBar(terminal, Speech("en"), quiet=True).show("reading", 1, 2)
    assert (file.getvalue(), terminal.getvalue().count("25%")) == ("", 1)
