"""What goes wrong with files, commands and requests is told in the user's language, on the command line and in the API."""

from __future__ import annotations

import errno
import json
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coltiva.cli import main
from coltiva.contact_store import ContactStore, StoreProblem, backups_in_background
from coltiva.contacts import Contact
from coltiva.errors import InternalError, StoreWriteError
from coltiva.library import LANGUAGES, Library
from coltiva.speech import Speech
from coltiva.web import create_app

from .conftest import TODAY
from .web.signing_in import signed_in

PORT = 7333
Asked = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path, library: Library) -> Iterator[Asked]:
    """Return a function that asks a server with an empty store, in a language: method, path, language, body."""
    with ContactStore(tmp_path / "data", library.tending, "a test") as store:
        client = signed_in(create_app(library, PORT, today=lambda: TODAY, store=store))

        def send(method: str, path: str, language: str, body: object = None, **headers: str) -> Any:
            sent = {"Host": f"127.0.0.1:{PORT}", "Accept-Language": language}
            sent |= {name.replace("_", "-"): value for name, value in headers.items()}
            extra = {} if method == "GET" else {"json": {} if body is None else body}
            return client.open(path, method=method, headers=sent, **extra)

        yield send


def damage(folder: Path, library: Library) -> None:
    """Put one file with half a contact, one with none, and one of another contact into the contacts' folder."""
    with ContactStore(folder, library.tending, "a test") as store:
        ids = [store.create(Contact(name)).contacts[0] for name in ("Ada", "Bo", "Cy")]
    whole, half, foreign = (folder / "contacts" / f"{one}.json" for one in ids)
    half.write_bytes(half.read_bytes()[:-20])
    foreign.write_bytes(whole.read_bytes())
    (folder / "contacts" / "none.json").write_bytes(b'{"contact": {}}')


WRONG_FILES = {
    "it": ("Questo non è un contatto come li scrive Coltiva (", "Un file contiene un contatto; questo ne contiene 0.", "ma contiene il contatto '"),
    "de": ("Das ist kein Kontakt, wie Coltiva ihn schreibt (", "Eine Datei enthält einen Kontakt; diese enthält 0.", "enthält aber den Kontakt '"),
}


@pytest.mark.parametrize("language", WRONG_FILES)
def test_damaged_contacts_on_the_command_line(
    language: str, own_data_folder: Path, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file that was set aside is told with what is wrong in it."""
    damage(own_data_folder, library)
    assert main(["--language", language, "contacts", "list"]) == 0
    told = capsys.readouterr().err
    for said in WRONG_FILES[language]:
        assert said in told


@pytest.mark.parametrize("language", WRONG_FILES)
def test_damaged_contacts_in_the_api(language: str, tmp_path: Path, library: Library) -> None:
    """The contacts' page gets the same words, in the language that it asks for, and the code."""
    damage(tmp_path, library)
    with ContactStore(tmp_path, library.tending, "a test") as store:
        client = signed_in(create_app(library, PORT, today=lambda: TODAY, store=store))
        answer = client.get(f"/api/v1/contacts?explain_in={language}", headers={"Host": f"127.0.0.1:{PORT}"}).get_json()
    assert {one["code"] for one in answer["problems"]} == {"no_contact_file", "contact_count", "other_contact"}
    for said in WRONG_FILES[language]:
        assert any(said in one["message"] for one in answer["problems"]), said


def test_a_file_that_may_not_be_read(tmp_path: Path, library: Library) -> None:
    """It stays where it is, and what keeps it from being read is told in each language."""
    with ContactStore(tmp_path, library.tending, "a test"):
        pass
    (tmp_path / "contacts" / "folder.json").mkdir()
    with ContactStore(tmp_path, library.tending, "a test") as store:
        (problem,) = store.problems
    assert isinstance(problem, StoreProblem)
    assert problem.fault.code == "unreadable"
    assert len({Speech(language).set_aside(problem.path, problem.fault) for language in LANGUAGES}) == len(LANGUAGES)


REFUSED = [
    ("GET", "/api/v1/nothing", {}, 404, "A questo indirizzo non c’è nulla.", "Unter dieser Adresse ist nichts."),
    ("DELETE", "/api/v1/contacts", {}, 405, "Questo indirizzo non serve a questo.", "Diese Adresse ist dafür nicht da."),
    ("GET", "/api/v1/contacts", {"Host": "example.org"}, 403, "Coltiva risponde solo al proprio indirizzo", "Coltiva antwortet nur unter der eigenen Adresse"),
    ("GET", "/api/v1/contacts", {"Origin": "http://example.org"}, 403, "Qui entrano solo le pagine di Coltiva", "Hier kommen nur Coltivas eigene Seiten"),
    ("GET", "/api/v1/contacts", {"Sec_Fetch_Site": "cross-site"}, 403, "Lo ha chiesto un altro sito", "Eine andere Website hat danach gefragt"),
    ("DELETE", "/api/v1/pairings/abc", {}, 404, "Questa estensione non è più abbinata.", "Diese Erweiterung ist nicht mehr gekoppelt."),
    ("GET", "/api/v1/contacts/abc", {}, 404, "non c’è nessun contatto abc", "es gibt keinen Kontakt abc"),
    ("POST", "/api/v1/changes/abc/undo", {}, 404, "La modifica abc non si può annullare", "Die Änderung abc lässt sich nicht zurücknehmen"),
    ("GET", "/api/v1/imports/abc", {}, 404, "Questa importazione non è più conservata", "Dieser Import wird nicht mehr aufbewahrt"),
]


@pytest.mark.parametrize(("method", "path", "headers", "status", "italian", "german"), REFUSED)
def test_refused_requests(ask: Asked, method: str, path: str, headers: dict[str, str], status: int, italian: str, german: str) -> None:
    """Whatever the server refuses, it says so in the language of the browser; English where it asks for none."""
    for language, said in (("it", italian), ("de", german)):
        answer = ask(method, path, language, **headers)
        assert (answer.status_code, answer.get_json()["error"]["message"][: len(said)]) == (status, said)
    told = {ask(method, path, language, **headers).get_json()["error"]["message"] for language in LANGUAGES}
    assert len(told) == len(LANGUAGES)


def test_parts_of_a_contact_that_are_gone(ask: Asked) -> None:
    """What another page has removed meanwhile is told as gone; so is a merge of a contact with itself."""
    one = ask("POST", "/api/v1/contacts", "it", {"name": "Ada"}).get_json()["contact"]["contact"]["id"]
    for part, said in (("events", "Questa voce della storia non c’è più."), ("notes", "Questa nota non c’è più."), ("promises", "Questa promessa non c’è più.")):
        answer = ask("DELETE", f"/api/v1/contacts/{one}/{part}/abc", "it")
        assert (answer.status_code, answer.get_json()["error"]["message"]) == (404, said)
    answer = ask("POST", f"/api/v1/contacts/{one}/merge", "de", {"other": one})
    assert answer.get_json()["error"]["message"] == "Das ist ein und derselbe Kontakt; zum Zusammenführen braucht es zwei."


def test_too_much_at_once(ask: Asked) -> None:
    """A body over the cap is refused with what fits."""
    answer = ask("POST", "/api/v1/contacts", "it", {"name": "A" * 300_000})
    assert (answer.status_code, answer.get_json()["error"]["message"]) == (413, "È troppo in una volta; ci stanno al massimo 256 KiB.")


def test_what_cannot_be_written(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told with the system's reason in the user's language too."""
    def fail(self: ContactStore, *given: object) -> None:
        raise StoreWriteError("/d: cannot be written: x", "unwritable", file="/d", reason=os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ContactStore, "create", fail)
    for language, said in (("it", "/d non si può scrivere: il disco è pieno"), ("de", "/d lässt sich nicht schreiben: die Platte ist voll")):
        answer = ask("POST", "/api/v1/contacts", language, {"name": "Ada"})
        assert (answer.status_code, answer.get_json()["error"]["message"]) == (507, said)


def test_a_fault_of_coltivas(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is owned up to, without what the fault quotes; so is one within an import."""
    def fail(self: ContactStore, *given: object) -> None:
        raise KeyError("what somebody wrote")

    monkeypatch.setattr(ContactStore, "create", fail)
    for language, said in (("it", "Qualcosa è andato storto in Coltiva stesso; nulla è cambiato."), ("de", "In Coltiva selbst ging etwas schief; nichts wurde geändert.")):
        answer = ask("POST", "/api/v1/contacts", language, {"name": "Ada"})
        assert (answer.status_code, answer.get_json()["error"]["message"]) == (500, said)
        assert Speech(language).error(InternalError("KeyError")) == said


@pytest.mark.parametrize(
    ("language", "command", "said"),
    [
        ("it", ["lint", "missing.txt"], "missing.txt non si può leggere: non c’è"),
        ("de", ["lint", "missing.txt"], "missing.txt lässt sich nicht lesen: nicht vorhanden"),
        ("it", ["lint", ".", "--today", "x"], ". non si può leggere: è una cartella"),
        ("it", ["lint", "message.txt", "--today", "domani"], "message.txt: today: 'domani' non è un giorno"),
        ("de", ["lint", "message.txt", "--today", "morgen"], "message.txt: today: 'morgen' ist kein Tag"),
        ("it", ["contacts", "undo", "x"], "La modifica x non si può annullare"),
        ("de", ["contacts", "undo", "x"], "Die Änderung x lässt sich nicht zurücknehmen"),
        ("de", ["extension", "--zip", "message.txt"], "message.txt lässt sich nicht verwenden: schon vorhanden"),
    ],
)
def test_errors_of_commands(
    language: str, command: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that cannot be done says why in the language chosen, the system's reason included."""
    monkeypatch.chdir(tmp_path)
    Path("message.txt").write_text("Hello", encoding="utf-8")
    assert main(["--language", language, *command]) == 2
    assert said in capsys.readouterr().err


HISTORIES = [
    ("it", {"date": 1}, ": Qui va un elenco; questo è {…}."),
    ("de", [{"kind": "call"}], "[0].date: Hier fehlt ein Wert."),
    ("es", [{"date": "2026-01-02", "kind": "hug"}], "[0].kind: 'hug' no está entre estos: connected, message"),
    ("fr", [{"date": "2026-01-02", "kind": "call", "day": 1}], "[0].day: Ceci n’est pas connu ici ; sont connus : ask, date"),
    ("pt", [{"date": "2026-01-02", "kind": "call", "time_of_day": "noon"}], "[0].time_of_day: 'noon' não é uma hora"),
    ("it", [{"date": "2026-01-02", "kind": "call", "small": 1}], "[0].small: Qui va true o false; questo è 1."),
    ("de", ["call"], "[0]: Hierher gehören benannte Felder"),
]


@pytest.mark.parametrize(("language", "history", "said"), HISTORIES)
def test_what_is_wrong_in_a_history(language: str, history: object, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of events written by hand is refused in the language chosen, with the place of the fault."""
    (tmp_path / "message.txt").write_text("Hello", encoding="utf-8")
    (tmp_path / "history.json").write_text(json.dumps(history), encoding="utf-8")
    assert main(["--language", language, "lint", str(tmp_path / "message.txt"), "--history", str(tmp_path / "history.json")]) == 2
    told = f"history.json{said}" if said.startswith(":") else f"history.json: {said}"
    assert told in capsys.readouterr().err


def test_what_a_form_may_hold_too_much_of(ask: Asked) -> None:
    """Too many entries and half a character, which a form can send, are told in the page's language, with the field."""
    answers = [ask("POST", "/api/v1/contacts", "it", body).get_json()["error"] for body in ({"name": "Ada", "tags": [str(i) for i in range(500)]}, {"name": "A\ud83d"})]
    assert [one["field"] for one in answers] == ["tags", "name"]
    assert "Qui ci stanno al massimo" in answers[0]["message"]
    assert answers[1]["message"] == "In questo testo c’è mezzo carattere alla posizione 1; riscrivilo."


@pytest.mark.parametrize("name", ["dismissals", "sent"])
def test_files_that_stop_the_server(name: str, own_data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged file of dismissals or of messages sent, and one that says no format, are told before the server starts."""
    (own_data_folder / "tuning").mkdir(parents=True)
    (own_data_folder / "tuning" / f"{name}.json").write_bytes(b"{")
    assert main(["--language", "it", "serve"]) == 2
    assert f"{name}.json è danneggiato (" in capsys.readouterr().err
    (own_data_folder / "store.json").write_bytes(b'{"format": "new"}')
    assert main(["--language", "de", "serve"]) == 2
    assert "store.json sollte sagen, welches Format deine Kontakte haben" in capsys.readouterr().err


def test_a_backup_that_cannot_be_written(tmp_path: Path, library: Library) -> None:
    """The terminal gets the error, to be told in the user's language, and the server goes on."""
    warned = threading.Event()
    told: list[str] = []

    def warn(error: StoreWriteError) -> None:
        told.append(Speech("it").error(error))
        warned.set()

    with ContactStore(tmp_path, library.tending, "a test") as store:
        (tmp_path / "backups").rmdir()
        (tmp_path / "backups").write_bytes(b"")
        with backups_in_background(store, first_after_seconds=0, warn=warn):
            assert warned.wait(timeout=30)
    assert told == [f"non si è potuto scrivere un backup in {tmp_path}: una parte del percorso non è una cartella; quelli precedenti ci sono ancora"]


def test_an_archive_made_to_fill_a_disk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not read, and the reason is told in the user's language."""
    with zipfile.ZipFile(tmp_path / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("messages.csv", b"From,To,Date,Content\n" + b"a" * (40 << 20))
    assert main(["--language", "de", "import", str(tmp_path / "archive.zip")]) == 2
    assert "messages.csv wird vorsichtshalber nicht gelesen: entpackt ist es" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "said"), [("it", "ci si aspettava un numero intero; c’è 'x'"), ("de", "erwartet: eine ganze Zahl; bekommen: 'x'")])
def test_a_number_that_is_none(language: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The parser of options names what it expects in words, not by a type of the program's."""
    with pytest.raises(SystemExit):
        main(["--language", language, "evaluate", "--errors", "x", "messages.jsonl"])
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "70000", "-5", "x", "²"])
def test_a_port_that_is_none(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The server does not listen somewhere else instead."""
    assert main(["--language", "en", "serve", f"--port={port}"]) == 2
    assert "one is a number from 1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ({"kind": "nokind", "quote": "hi"}, "e.jsonl:1: asks[0].kind"),
        ("nokind", "e.jsonl:1: asks[0].kind"),
        ({"kind": "sale"}, "e.jsonl:1: asks[0].quote"),
        (5, "e.jsonl:1: asks[0]"),
    ],
)
def test_a_label_that_is_none(label: object, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Labelled messages are read as strictly as any input, with file, line and field."""
    corpus = tmp_path / "e.jsonl"
    corpus.write_text(json.dumps({"lang": "en", "text": "hi", "asks": [label]}), "utf-8")
    assert main(["evaluate", str(corpus)]) == 2
    assert said in capsys.readouterr().err


def test_a_number_without_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Thousands of digits are no JSON that anybody can read."""
    batch = tmp_path / "b.jsonl"
    batch.write_text(f'{{"text": 1{"0" * 5000}}}', "utf-8")
    assert main(["lint", "--batch", str(batch)]) == 2
    assert "b.jsonl:1" in capsys.readouterr().err
