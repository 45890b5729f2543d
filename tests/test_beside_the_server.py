"""Commands that change the contacts say and do the same while the server works on them, which then does it for them."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from coltiva import running_server
from coltiva.access import Links, serving_port
from coltiva.cli import main
from coltiva.contact_store import ContactStore
from coltiva.library import Library
from coltiva.running_server import RunningServer
from coltiva.transfer_commands import ProgressBar

from .browser.conftest import free_port
from .browser.conftest import running_server as real_server
from .importers import archives

Said = list[tuple[int, str, str]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the data folder of a server that runs."""
    folder = tmp_path_factory.mktemp("served") / "data"
    with real_server(folder):
        yield folder


@pytest.fixture
def beside(served: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let commands work on the folder of the server, which holds nobody at first."""
    monkeypatch.setenv("COLTIVA_DATA", str(served))
    with closing(RunningServer(served, "en")) as server:
        for one in server.ask("GET", "/contacts", limit=200)["contacts"]:
            server.ask("DELETE", f"/contacts/{one['id']}")
    return served


def both(
    served: Path, alone: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Said]
) -> tuple[Said, Said]:
    """Return what *act* says on a folder that nobody works on, then beside the server, with what differs made the same."""
    told = []
    for folder in (alone, served):
        monkeypatch.setenv("COLTIVA_DATA", str(folder))
        told.append([(code, plain(out, folder), plain(err, folder)) for code, out, err in act()])
    return told[0], told[1]


def plain(text: str, folder: Path) -> str:
    """Return what a command says without ids, and without the folder that it works on."""
    text = re.sub(r"\d{8}T\d{12}-[0-9a-f]{6}", "CHANGE", text.replace(str(folder), "DATA"))
    return re.sub(r"coltiva-\d{4}-\d\d-\d\dT\d{6}\.zip", "BACKUP", re.sub(r"\b[0-9a-f]{12}\b", "ID", text))


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command and returns its exit code and what it prints."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


Command = Callable[..., tuple[int, str, str]]


def a_scene(command: Command, *options: str) -> Said:
    """Make, record, merge, delete and take back, and do each wrong as well."""
    said: Said = []

    def contacts(*arguments: str) -> str:
        said.append(command(*options, "contacts", *arguments))
        return said[-1][1]

    contacts("new", "Ivan Misner", "--company", "BNI", "--email", "Ivan@BNI.com", "--profile", "linkedin.com/in/ivan-misner")
    contacts("log", "ivan", "met at BNI 2020-01-01, promised the report by 2020-01-02; likes sailing")
    contacts("log", "Ivan Misner", "incontrato 2020-02-01", "--explain-in", "it", "--json")
    contacts("show", "Ivan Misner")
    contacts("new", "Bo Li", "--json")
    merged = contacts("merge", "Ivan Misner", "Bo Li")
    contacts("list")
    contacts("undo", change_in(merged))
    deleted = contacts("delete", "Bo Li", "--json")
    contacts("undo", change_in(deleted), "--json")
    contacts("list")
    contacts("backup")
    contacts("new", "")
    contacts("new", "x" * 5_000)
    contacts("new", "Ada", "--email", "nobody")
    contacts("new", "Ada", "--profile", "https://www.linkedin.com/in/ivan-misner/")
    contacts("log", "Ivan Misner", "met 4/5")
    contacts("log", "Ivan Misner", "met 5/4", "--explain-in", "fr")
    contacts("log", "Ivan Misner", " ")
    contacts("log", "Ivan Misner", "met " * 1_000)
    contacts("log", "nobody", "met")
    contacts("delete", "Ivan")
    contacts("merge", "Bo Li", "Bo Li")
    contacts("undo", change_in(merged))
    for odd in ("abc", "../contacts", "a b", "", "é?x=1#y"):
        contacts("undo", odd)
    return said


def change_in(told: str) -> str:
    """Return the id of the change that a command has told."""
    (found,) = set(re.findall(r"\d{8}T\d{12}-[0-9a-f]{6}", told))
    return str(found)


@pytest.mark.parametrize("language", ["en", "de"])
def test_contacts_say_the_same(language: str, beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """Every word, exit code and error of a whole scene is the same with and without the server."""
    alone, through = both(beside, tmp_path / "alone", monkeypatch, lambda: a_scene(command, "--language", language))
    assert through == alone
    assert {code for code, _, _ in through} == {0, 2}
    assert sum(code == 2 for code, _, _ in through) >= 15


def test_the_server_knows_at_once(beside: Path, command: Command) -> None:
    """What a command has made is there on the pages with its history; no session is left behind."""
    command("contacts", "new", "Ada Byron", "--company", "Engines")
    command("contacts", "log", "Ada Byron", "met 2020-01-01")
    assert list((beside / "access").glob("page-*.json")) == []
    with closing(RunningServer(beside, "en")) as server:
        (found,) = server.ask("GET", "/contacts", q="engines")["contacts"]
        (event,) = server.ask("GET", f"/contacts/{found['id']}")["history"]
    assert (found["name"], found["stage"], event["date"], event["kind"]) == ("Ada Byron", "visibility", "2020-01-01", "meeting")


def test_what_was_made_alone_is_taken_back(own_data_folder: Path, command: Command) -> None:
    """The hint that every command prints works without the server too, though each command is a process of its own."""
    made = command("contacts", "new", "Ada")[1]
    recorded = command("contacts", "log", "Ada", "met 2020-01-01")[1]
    assert command("contacts", "undo", change_in(recorded))[0] == 0
    assert "met" not in command("contacts", "show", "Ada")[1]
    assert command("contacts", "undo", change_in(made))[0] == 0
    assert command("contacts", "list")[1] == ""


def imports(command: Command, folder: Path, *options: str) -> Said:
    """Import files that are whole, known already, damaged, unknown, missing, and of nobody knows whom."""
    whole = archives.archive(folder / "a.zip", archives.of_2023())
    cut_off = folder / "cut off.zip"
    cut_off.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    rotten = archives.archive(folder / "rotten.zip", archives.of_2023() | {"Invitations.csv": archives.of_2023()["Invitations.csv"].encode() + b"\xff\n"})
    strange = folder / "strange.bin"
    strange.write_bytes(b"\0\1\2")
    messages = folder / "messages.csv"
    row = ("1", "", "A One", archives.at("a"), "B Two", archives.at("b"), "2023-06-01 14:03:22 UTC", "", "Hello", "INBOX")
    messages.write_text(archives.table(archives.MESSAGES_2023, [row]), encoding="utf-8")
    unpacked = folder / "unpacked"
    unpacked.mkdir(exist_ok=True)
    for name, content in archives.of_2019().items():
        (unpacked / name).write_text(str(content), encoding="utf-8")
    said = [command(*options, "import", str(path)) for path in (cut_off, rotten, strange, folder / "nothing.zip", messages)]
    said.append(command(*options, "import", str(messages), "--owner", "B Two"))
    said.append(command(*options, "import", str(whole)))
    said.append(command(*options, "import", str(whole), "--json"))
    said.append(command(*options, "import", str(unpacked), str(whole)))
    said.append(command(*options, "contacts", "undo", change_in(said[6][1])))
    said.append(command(*options, "contacts", "list"))
    return said


@pytest.mark.parametrize("language", ["en", "es"])
def test_imports_say_the_same(language: str, beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """Reports, examples, what is known already, errors of every kind, an unpacked folder, and taking it back."""
    alone, through = both(beside, tmp_path / "alone", monkeypatch, lambda: imports(command, tmp_path, "--language", language))
    assert through == alone
    assert [code for code, _, _ in through] == [2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0]
    report = json.loads(through[7][1])
    assert (report["counts"]["unchanged"]["number"], report["dry_run"], report["change"]) == (4, False, "")
    assert [path.name for path in (beside / "uploads").iterdir()] == []


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_progress_of_an_import(beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the bar shows what is sent, and how far the server is with it; it is gone at the end."""
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    assert main(["import", str(archives.archive(tmp_path / "a.zip", archives.of_2023()))]) == 0
    lines = shown.getvalue().split("\r\033[K")
    assert "copying" in lines[1]
    assert "gathering" in lines[-2]
    assert "4 of 4 people" in lines[-2]
    assert lines[-1] == ""


def test_an_import_that_is_stopped(beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """Ctrl+C leaves neither contacts nor files with the server."""

    def stop(self: ProgressBar, phase: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ProgressBar, "show", stop)
    assert command("import", str(archives.archive(tmp_path / "a.zip", archives.of_2023())))[0] == 2
    assert list((beside / "uploads").iterdir()) == []
    assert command("contacts", "list")[1] == ""


def test_files_that_are_too_many_to_hand_on(beside: Path, tmp_path: Path, command: Command) -> None:
    """Without the server they could be imported, so the command says that it is to be stopped."""
    cards = tmp_path / "a.vcf"
    cards.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEND:VCARD\n", encoding="utf-8")
    code, _, told = command("import", *[str(cards)] * 201)
    assert (code, "in use by coltiva serve --port" in told, "stop it first" in told) == (2, True, True)


def lose_answers(monkeypatch: pytest.MonkeyPatch, method: str) -> list[str]:
    """Let the first answer to a *method* be lost on its way; returns the requests of that method."""
    asked: list[str] = []
    exchange = RunningServer._exchange

    def losing(self: RunningServer, given: str, target: str, *rest: object) -> object:
        answer = exchange(self, given, target, *rest)  # type: ignore[arg-type]
        if given == method:
            asked.append(target)
            if len(asked) == 1:
                raise ConnectionResetError
        return answer

    monkeypatch.setattr(RunningServer, "_exchange", losing)
    return asked


def test_an_answer_that_is_lost(beside: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """What can be asked for again is done once; of the rest the command says that it does not know."""
    asked = lose_answers(monkeypatch, "POST")
    assert command("contacts", "new", "Ada Byron")[0] == 0
    assert len(asked) == 2
    asked.clear()
    assert command("contacts", "log", "Ada", "met and called 2020-01-01")[0] == 0
    assert len(asked) == 2
    history = json.loads(command("contacts", "show", "Ada", "--json")[1])["history"]
    assert sorted(event["kind"] for event in history) == ["call", "meeting"]
    assert len(command("contacts", "list")[1].splitlines()) == 1
    lose_answers(monkeypatch, "DELETE")
    code, said, told = command("contacts", "delete", "Ada Byron")
    assert (code, said, "the server has stopped answering" in told) == (2, "", True)
    assert list((beside / "access").glob("page-*.json")) == []


def test_pages_that_are_locked_meanwhile(beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """``coltiva lock`` ends the command's session too; it begins another, since it may read the folder anyway."""
    ask = RunningServer.ask

    def locking(self: RunningServer, method: str, path: str, *rest: object, **more: object) -> object:
        if method == "GET":
            for session in (beside / "access").glob("page-*.json"):
                session.unlink()
        return ask(self, method, path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(RunningServer, "ask", locking)
    code, said, _ = command("import", str(archives.archive(tmp_path / "a.zip", archives.of_2023())))
    assert (code, "4  new contacts" in said) == (0, True)


@pytest.mark.parametrize("version", ["0.0.0", None])
def test_what_is_no_server_of_this_version_is_left_alone(
    version: str | None, served: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """A server of another version, which may read a line otherwise, and one that does not listen yet: the command says who is there."""
    monkeypatch.setenv("COLTIVA_DATA", str(served))
    if version is None:
        monkeypatch.setattr(running_server, "serving_port", lambda folder: free_port())
    else:
        monkeypatch.setattr(running_server, "__version__", version)
    code, _, told = command("contacts", "new", "Ada")
    assert (code, "in use by coltiva serve --port" in told) == (2, True)


def test_another_command_is_waited_for(own_data_folder: Path, command: Command) -> None:
    """Where another command holds the contacts, what a server left behind that was killed leads nowhere."""
    Links(own_data_folder, free_port(), lambda: 0.0)
    with closing(ContactStore(own_data_folder, Library().tending, "coltiva import")):
        code, _, told = command("contacts", "new", "Ada")
    assert (code, "in use by coltiva import (process" in told) == (2, True)


def test_restore_refuses_still(beside: Path, tmp_path: Path, command: Command) -> None:
    """A backup is put back into a folder that nobody works on."""
    backup = command("contacts", "backup")[1].strip()
    assert Path(backup).parent == beside / "backups"
    assert "in use by coltiva serve --port" in command("restore", backup)[2]


def test_the_server_proves_itself_to_whoever_asks_for_it(served: Path) -> None:
    """It does so where nothing is told yet, for its own port and for the number that it was given."""
    port = serving_port(served)
    assert port is not None
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    proofs = []
    for nonce in ("0" * 32, "1" * 32, "x", None):
        connection.request("GET", "/api/v1/health", headers={} if nonce is None else {"X-Coltiva-Nonce": nonce})
        response = connection.getresponse()
        response.read()
        proofs.append(response.getheader("X-Coltiva-Proof", ""))
    connection.close()
    assert [running_server.is_servers_proof(served, "0" * 32, proof) for proof in (*proofs, "é")] == [True, False, False, False, False]
    assert proofs[2:] == ["", ""]
