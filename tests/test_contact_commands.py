"""The contacts on the command line: what is printed, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coltiva.cli import main
from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact, ContactRecord
from coltiva.library import Library

from .contact_store.test_reading import everything
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
    assert said.startswith("recorded for Ivan Misner: meeting 20")
    assert "promise by you, due 2020-01-01: the report" in said
    shown = run("show", "https://www.linkedin.com/in/Ivan-Misner/")
    assert "Ivan Misner  BNI" in shown
    assert "next: Do what you promised: “the report”." in shown
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
    assert "Fai ciò che hai promesso: «il rapporto»." in run("show", "Anna Bianchi")
    assert "Du hast etwas versprochen, das am 1. Januar 2020 fällig war." in run("tending", "--explain-in", "de")
    monkeypatch.setenv("LC_ALL", "nl_NL")
    assert "Do what you promised: “il rapporto”." in run("show", "Anna Bianchi")


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
        (["new", "Ada", "--email", "nobody"], "nobody is no email address"),
        (["log", "nobody", "met"], "there is no contact"),
    ],
)
def test_errors(run: Run, arguments: list[str], message: str) -> None:
    """What is wrong is said, and the exit code is 2."""
    assert message in run(*arguments, code=2)


@pytest.fixture
def served(run: Run, tmp_path: Path) -> Iterator[Path]:
    """Return the folder of a contact while a server works on it."""
    run("new", "Ada Byron", "--email", "ada@example.org")
    run("log", "Ada Byron", "met 2020-01-01, promised the report by 2020-01-02")
    with closing(ContactStore(tmp_path / "data", Library().tending, "coltiva serve --port 7333")) as store:
        yield store.folder


def test_what_only_reads_works_beside_the_server(served: Path, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lists, a contact, whom to tend, lint, export and a dry run are answered, and not a byte of the folder changes."""
    before = everything(served)
    assert "Ada Byron" in run("list")
    assert "promise by you" in run("show", "ada@example.org")
    assert "Ada Byron: You promised something" in run("tending")
    assert run("where").strip() == str(served)
    (tmp_path / "message.txt").write_text("Thanks for the chart, Ada.", "utf-8")
    assert main(["lint", str(tmp_path / "message.txt"), "--stored", "Ada Byron", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["contact"]["name"] == "Ada Byron"
    exported = tmp_path / "all.json"
    assert main(["export", str(exported)]) == 0
    assert capsys.readouterr().out == f"{exported}: 1 contact\n"
    assert main(["import", str(exported), "--dry-run"]) == 0
    assert "nothing new in here" in capsys.readouterr().out
    assert everything(served) == before


@pytest.mark.parametrize("arguments", [["new", "Bo"], ["log", "Ada Byron", "met"], ["delete", "Ada Byron"], ["undo", "x"], ["backup"]])
def test_what_writes_names_the_server_and_the_pages(served: Path, run: Run, arguments: list[str]) -> None:
    """While the server works on the contacts, a change is refused, and the way that is open is named."""
    told = run(*arguments, code=2)
    assert "in use by coltiva serve --port 7333 (process" in told
    assert "use the pages in the browser" in told


def test_an_import_waits_for_the_server(served: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --dry-run an import writes, and so is refused."""
    assert main(["import", str(tmp_path / "x.vcf")]) == 2
    assert "in use by coltiva serve" in capsys.readouterr().err


def test_a_broken_file_is_told_and_left_where_it_is(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reading names it on standard error and goes on; only what writes sets it aside."""
    run("new", "Ada")
    broken = tmp_path / "data" / "contacts" / "zzzzzzzz.json"
    broken.write_text("{")
    for arguments in (["contacts", "list"], ["export"]):
        assert main(arguments) == 0
        told = capsys.readouterr()
        assert "Ada" in told.out
        assert f"left out: {broken}: This is no contact as Coltiva writes it" in told.err
        assert broken.is_file()


def test_contacts_of_an_older_coltiva(run: Run, tmp_path: Path) -> None:
    """What reads says that they are to be brought up to date, and how; what writes does it."""
    run("new", "Ada")
    version = tmp_path / "data" / "store.json"
    version.write_text('{"format": 1}')
    assert "in the format of an older Coltiva (1); the server brings them up to date" in run("list", code=2)
    assert version.read_text() == '{"format": 1}'
    run("new", "Bo")
    assert len(run("list").splitlines()) == 2


def test_a_list_says_how_many_it_leaves_out(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beyond the limit the number is told on standard error with the option that shows all; --quiet leaves it out."""
    with closing(ContactStore(tmp_path / "data", Library().tending, "a test")) as store:
        store.absorb(ContactRecord(Contact(f"Ada {number}")) for number in range(53))
    for options, shown, told in (
        ([], 50, "3 more contacts are not shown; --limit 53 shows all\n"),
        (["--limit", "52"], 52, "1 more contact is not shown; --limit 53 shows all\n"),
        (["--limit", "53"], 53, ""),
        (["ada", "1", "--limit", "1"], 1, "14 more contacts are not shown; --limit 15 shows all\n"),
    ):
        assert main(["contacts", "list", *options]) == 0
        out, err = capsys.readouterr()
        assert (len(out.splitlines()), err) == (shown, told)
    assert main(["--quiet", "contacts", "list"]) == 0
    assert capsys.readouterr().err == ""


def test_part_of_a_name_is_enough_for_one(run: Run) -> None:
    """Whole words of one name mean its contact, whatever their case and order; the answer says whose it is."""
    run("new", "Ada Byron", "--company", "Engines")
    run("new", "Élodie de la Tour")
    for who in ("Ada", "byron", "BYRON ada"):
        assert run("log", who, "met 2020-01-01").startswith("recorded for Ada Byron: meeting 2020-01-01")
    assert "Élodie de la Tour" in run("show", "elodie tour")
    for who in ("Ad", "Ada Li", "", "-"):
        assert "there is no contact" in run("show", who, code=2)


def test_part_of_several_names_is_ambiguous(run: Run) -> None:
    """Where several have the words, each is listed with id and name, unless one is called just so."""
    byron = run("new", "Ada Byron", "--company", "Engines").split()[1]
    lovely = run("new", "Ada Lovely").split()[1]
    assert f"2 contacts are called Ada; name one by id: {byron} (Ada Byron, Engines), {lovely} (Ada Lovely)" in run("log", "Ada", "met", code=2)
    run("new", "Ada")
    assert run("log", "Ada", "met").startswith("recorded for Ada: meeting")


@pytest.mark.parametrize("arguments", [["delete", "Ada"], ["merge", "Ada", "Bo Li"], ["merge", "Bo Li", "Ada"]])
def test_deleting_and_merging_want_the_whole_name(run: Run, arguments: list[str]) -> None:
    """What is not done by mistake names whom the words could mean, and changes nothing."""
    byron = run("new", "Ada Byron").split()[1]
    run("new", "Bo Li")
    assert f"no contact is called exactly Ada; name the one you mean in full, or by id: {byron} (Ada Byron)" in run(*arguments, code=2)
    assert len(run("list").splitlines()) == 2


def test_lint_for_a_stored_contact(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The stored history decides the verdict."""
    run("new", "Ivan Misner")
    for line in ("met 2020-01-01", "call 2020-03-01", "they replied 2020-03-02", "gave him a chart 2020-03-03"):
        run("log", "Ivan Misner", line)
    path = tmp_path / "message.txt"
    path.write_text(SCENES["en"][0], encoding="utf-8")
    main(["lint", str(path), "--stored", "Ivan Misner", "--today", "2020-04-01", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["relationship"]["stage"] == "credibility"


def test_the_list_names_stages_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    """What a stage is called depends on who reads it; programs get its word."""
    assert main(["contacts", "new", "Ada Byron"]) == 0
    capsys.readouterr()
    assert main(["--language", "de", "contacts", "list"]) == 0
    assert "Fremde" in capsys.readouterr().out
    assert main(["--language", "de", "contacts", "list", "--json"]) == 0
    assert '"stage": "stranger"' in capsys.readouterr().out
