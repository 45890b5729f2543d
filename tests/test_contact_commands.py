"""The contacts on the command line: what is printed, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coltiva.cli import main
from coltiva.contact_store.locking import FolderLock

from .scenes import SCENES

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs ``coltiva contacts`` on an empty folder and returns what it prints."""
    monkeypatch.setenv("COLTIVA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "C")

    def contacts(*arguments: str, code: int = 0) -> str:
        assert main(["contacts", *arguments]) == code
        captured = capsys.readouterr()
        return captured.out if code == 0 else captured.err

    return contacts


def test_a_contact_from_making_to_deleting(run: Run) -> None:
    """Make, log, show, list, delete and take back, by name, email and profile."""
    assert "made " in run("new", "Ivan Misner", "--company", "BNI", "--email", "Ivan@BNI.com", "--profile", "linkedin.com/in/ivan-misner")
    said = run("log", "ivan@bni.com", "met at BNI, promised the report by 2020-01-01")
    assert said.startswith("recorded: meeting 20")
    assert "promise by you, due 2020-01-01: the report" in said
    shown = run("show", "https://www.linkedin.com/in/Ivan-Misner/")
    assert "Ivan Misner  BNI" in shown
    assert "next: Keep your promise: “the report”." in shown
    assert "met at BNI" in shown
    (listed,) = run("list", "bni").splitlines()
    assert "visibility" in listed
    assert run("list", "nobody") == ""
    assert "You promised something that was due 1 January 2020." in run("tending")
    deleted = run("delete", "Ivan Misner")
    assert run("list") == ""
    run("undo", deleted.split()[-1].rstrip(")"))
    (record,) = json.loads(run("list", "--format", "json"))
    assert (record["name"], record["events"]) == ("Ivan Misner", 1)
    assert json.loads(run("show", record["id"], "--format", "json"))["contact"]["emails"] == ["ivan@bni.com"]


def test_the_users_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are read and reasons given in the system's language, or in the one named."""
    run("new", "Anna Bianchi")
    monkeypatch.setenv("LC_ALL", "it_IT.UTF-8")
    assert "promessa tua, entro il 2020-01-01: il rapporto" in run("log", "Anna Bianchi", "visti al BNI, promesso il rapporto entro 2020-01-01")
    assert "Mantieni la promessa: «il rapporto»." in run("show", "Anna Bianchi")
    assert "Du hast etwas versprochen, das am 1. Januar 2020 fällig war." in run("tending", "--explain-in", "de")
    monkeypatch.setenv("LC_ALL", "nl_NL")
    assert "Keep your promise: “il rapporto”." in run("show", "Anna Bianchi")


def test_merge_and_backup(run: Run) -> None:
    """Two contacts of one name are told apart by id, and merged; a backup says where it is."""
    first, second = (run("new", "Bo Li").split()[1] for _ in range(2))
    told_apart = run("show", "Bo Li", code=2)
    assert "name one by id: " in told_apart
    assert first in told_apart
    assert second in told_apart
    assert f"merged {second} into {first}" in run("merge", first, second)
    assert len(run("list").splitlines()) == 1
    assert Path(run("backup").strip()).is_file()
    assert Path(run("where").strip()).is_dir()


def test_restore(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A backup goes into an empty folder, and not where contacts are."""
    run("new", "Ada")
    backup = run("backup").strip()
    assert main(["restore", backup]) == 2
    assert "holds contacts already (1);" in capsys.readouterr().err
    monkeypatch.setenv("COLTIVA_DATA", str(tmp_path / "new"))
    assert main(["restore", backup]) == 0
    assert ": 1 contact restored from " in capsys.readouterr().out
    assert "Ada" in run("list")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "nobody"], "there is no contact nobody"),
        (["undo", "20260101"], "The change 20260101 cannot be taken back"),
        (["new", "Ada", "--email", "nobody"], "'nobody' is no email address"),
        (["log", "nobody", "met"], "there is no contact"),
    ],
)
def test_errors(run: Run, arguments: list[str], message: str) -> None:
    """What is wrong is said, and the exit code is 2."""
    assert message in run(*arguments, code=2)


def test_another_process_is_named(run: Run, tmp_path: Path) -> None:
    """While the server holds the contacts the command says so."""
    run("list")
    lock = FolderLock(tmp_path / "data", "coltiva serve --port 7333")
    assert "in use by coltiva serve --port 7333 (process" in run("list", code=2)
    lock.release()


def test_lint_for_a_stored_contact(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The stored history decides the verdict."""
    run("new", "Ivan Misner")
    for line in ("met 2020-01-01", "call 2020-03-01", "they replied 2020-03-02", "gave him a chart 2020-03-03"):
        run("log", "Ivan Misner", line)
    path = tmp_path / "message.txt"
    path.write_text(SCENES["en"][0], encoding="utf-8")
    main(["lint", str(path), "--stored", "Ivan Misner", "--today", "2020-04-01", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["relationship"]["stage"] == "credibility"
