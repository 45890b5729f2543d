"""An import over HTTP: pieces in, a dry run, then all of it or nothing; exports come back the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from coltiva.contact_store import ContactStore
from coltiva.importing import run_import
from coltiva.library import Library
from coltiva.web import create_app, import_jobs

from ..conftest import TODAY
from ..importers import archives
from .signing_in import signed_in

PORT = 7333
HOST = {"Host": f"127.0.0.1:{PORT}"}


@pytest.fixture
def store(tmp_path: Path, library: Library) -> Iterator[ContactStore]:
    """Yield an empty store."""
    with ContactStore(tmp_path / "data", library.tending, "a test") as one:
        yield one


@pytest.fixture
def client(store: ContactStore, library: Library) -> FlaskClient:
    """Return a client of a server with that store."""
    return signed_in(create_app(library, PORT, today=lambda: TODAY, store=store))


def send(client: FlaskClient, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Call the API with JSON."""
    extra = {} if method == "GET" else {"json": {} if body is None else body}
    response = client.open(f"/api/v1{path}", method=method, headers=HOST, **extra)
    return response.status_code, response.get_json()


def put(client: FlaskClient, path: str, content: bytes, **headers: str) -> tuple[int, Any]:
    """Send a piece of a file."""
    response = client.put(f"/api/v1{path}", data=content, headers=HOST | {"Content-Type": "application/octet-stream"} | headers)
    return response.status_code, response.get_json()


def wait(client: FlaskClient, job: str) -> dict[str, Any]:
    """Return an import once its thread has ended."""
    for thread in threading.enumerate():
        if thread.name == f"import-{job}":
            thread.join()
    return send(client, "GET", f"/imports/{job}")[1]


def upload(client: FlaskClient, path: Path, piece: int = 1000) -> str:
    """Upload a file in pieces and return the import's id."""
    content = path.read_bytes()
    status, job = send(client, "POST", "/imports", {"files": [{"name": path.name, "size": len(content)}]})
    assert (status, job["state"]) == (201, "uploading")
    for offset in range(0, len(content), piece):
        status, answer = put(client, f"/imports/{job['id']}/files/0?offset={offset}", content[offset : offset + piece])
        assert (status, answer["received"]) == (200, [min(offset + piece, len(content))])
    return str(job["id"])


def test_plan_apply_undo(tmp_path: Path, client: FlaskClient, store: ContactStore) -> None:
    """The dry run writes nothing, the import adds what it said, and undo takes it back."""
    job = upload(client, archives.archive(tmp_path / "a.zip", archives.of_2023()))
    assert send(client, "POST", f"/imports/{job}/plan")[0] == 202
    planned = wait(client, job)
    assert (planned["state"], planned["report"]["counts"]["added"]["number"], planned["report"]["dry_run"], len(store)) == ("planned", 4, True, 0)
    assert planned["report"]["counts"]["spam"]["examples"] == ["messages.csv:7: Rex Dorn, 2023-08-05 02:00:00 UTC: Guaranteed returns!!!"]
    italian = client.get(f"/api/v1/imports/{job}", headers=HOST | {"Accept-Language": "it"}).get_json()["report"]
    assert (italian["formats"], italian["counts"]["groups"]) == (["archivio LinkedIn"], planned["report"]["counts"]["groups"])
    assert send(client, "POST", f"/imports/{job}/apply")[0] == 202
    done = wait(client, job)
    assert (done["state"], done["progress"], len(store)) == ("done", {"phase": "gathering", "done": 4, "total": 4}, 4)
    assert list((store.folder / "uploads").iterdir()) == []
    assert send(client, "POST", f"/changes/{done['report']['change']}/undo")[0] == 200
    assert len(store) == 0


def test_histories_speak_the_pages_language(tmp_path: Path, client: FlaskClient, store: ContactStore) -> None:
    """What an import writes itself is in the language of the page that it was begun on."""
    job = upload(client, archives.archive(tmp_path / "a.zip", archives.of_2022()))
    for step in ("plan", "apply"):
        assert client.post(f"/api/v1/imports/{job}/{step}", headers=HOST | {"Accept-Language": "es"}, json={}).status_code == 202
        wait(client, job)
    summaries = {event.summary for one in store.summaries() for event in store.get(one.id).history}
    assert "Recomendación en LinkedIn: Priya explains numbers." in summaries


def test_a_damaged_file(tmp_path: Path, client: FlaskClient, store: ContactStore) -> None:
    """The error says what is wrong; nothing was imported, and the import cannot go on."""
    whole = archives.archive(tmp_path / "a.zip", archives.of_2023()).read_bytes()
    path = tmp_path / "cut off.zip"
    path.write_bytes(whole[: len(whole) // 2])
    job = upload(client, path)
    send(client, "POST", f"/imports/{job}/plan")
    failed = wait(client, job)
    assert failed["state"] == "failed"
    assert failed["error"]["code"] == "bad_file"
    assert "cut off.zip is damaged or cut off; download it once more" in failed["error"]["message"]
    status, answer = send(client, "POST", f"/imports/{job}/apply")
    assert (status, answer["error"]["code"], len(store)) == (409, "wrong_state", 0)


def test_the_owner_can_be_told_afterwards(tmp_path: Path, client: FlaskClient, store: ContactStore) -> None:
    """Where the file does not say who the user is, the dry run is started again with it."""
    path = tmp_path / "messages.csv"
    path.write_text(archives.table(archives.MESSAGES_2023, [("1", "", "A One", archives.at("a"), "B Two", archives.at("b"), "2023-06-01 14:03:22 UTC", "", "Hello", "INBOX")]), encoding="utf-8")
    job = upload(client, path)
    send(client, "POST", f"/imports/{job}/plan")
    assert wait(client, job)["error"]["code"] == "unknown_owner"
    send(client, "POST", f"/imports/{job}/plan", {"owner": "B Two"})
    assert wait(client, job)["report"]["counts"]["added"]["examples"] == ["A One"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"files": []}, "Between 1 and 200 files can be imported at a time; these are 0."),
        ({"files": [{"name": "a", "size": -1}]}, "files[0].size: expected a number of bytes; got -1"),
        ({"files": [{"size": 1}]}, "A value is missing here."),
        ({"files": [{"name": "a", "size": 1 << 40}]}, "At most 4096 MiB can be imported at a time; these are 1048576."),
    ],
)
def test_what_cannot_begin(client: FlaskClient, store: ContactStore, body: object, message: str) -> None:
    """Sizes and names are checked before anything is stored."""
    status, answer = send(client, "POST", "/imports", body)
    assert status == 400
    assert message in answer["error"]["message"]
    assert not (store.folder / "uploads").exists()


def test_pieces_out_of_order(client: FlaskClient) -> None:
    """Only the next piece of a known file is taken, and no more than was announced."""
    job = send(client, "POST", "/imports", {"files": [{"name": "../../a.zip", "size": 10}]})[1]["id"]
    status, answer = put(client, f"/imports/{job}/files/0?offset=5", b"x", **{"Accept-Language": "de"})
    assert (status, answer["error"]["message"]) == (400, "Die Dateien kamen nicht vollständig an; wähle sie bitte noch einmal.")
    assert put(client, f"/imports/{job}/files/0?offset=0", b"x" * 11)[0] == 400
    assert put(client, f"/imports/{job}/files/1?offset=0", b"x")[0] == 400
    assert put(client, f"/imports/{job}/files/0", b"x")[0] == 400
    assert put(client, "/imports/0000/files/0?offset=0", b"x")[0] == 404
    assert put(client, f"/imports/{job}/files/0?offset=0", b"x" * (3 << 20))[0] == 413
    assert put(client, f"/imports/{job}/files/0?offset=0", b"x", Origin="https://evil.example")[0] == 403
    assert send(client, "POST", f"/imports/{job}/plan")[0] == 400


def test_uploads_stay_private_and_are_removed(client: FlaskClient, store: ContactStore) -> None:
    """A name leads nowhere else, the file is the user's alone, and dropping the import removes it."""
    job = send(client, "POST", "/imports", {"files": [{"name": "../../a.zip", "size": 1}]})[1]["id"]
    (path,) = (path for path in (store.folder / "uploads").rglob("*") if path.is_file())
    assert (path.name, path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == ("a.zip", 0o600, 0o700)
    assert send(client, "DELETE", f"/imports/{job}")[0] == 200
    assert not path.exists()
    assert send(client, "GET", f"/imports/{job}")[0] == 404


def test_adding_without_a_dry_run(tmp_path: Path, client: FlaskClient, store: ContactStore) -> None:
    """Who wants no dry run adds at once, and only what has come whole."""
    whole = archives.archive(tmp_path / "a.zip", archives.of_2023())
    half = send(client, "POST", "/imports", {"files": [{"name": "a.zip", "size": whole.stat().st_size}]})[1]["id"]
    assert send(client, "POST", f"/imports/{half}/apply")[0] == 400
    job = upload(client, whole)
    assert send(client, "POST", f"/imports/{job}/apply")[0] == 202
    assert (wait(client, job)["state"], len(store)) == ("done", 4)
    assert send(client, "POST", f"/imports/{job}/apply")[0] == 409


def test_an_import_that_is_dropped_stops(tmp_path: Path, client: FlaskClient, store: ContactStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody waits for any more adds nothing, and its files are gone."""
    begun, dropped = threading.Event(), threading.Event()

    def held_up(*given: Any, **more: Any) -> Any:
        begun.set()
        assert dropped.wait(10)
        return run_import(*given, **more)

    monkeypatch.setattr(import_jobs, "run_import", held_up)
    job = upload(client, archives.archive(tmp_path / "a.zip", archives.of_2023()))
    assert send(client, "POST", f"/imports/{job}/apply")[0] == 202
    assert begun.wait(10)
    assert send(client, "DELETE", f"/imports/{job}")[0] == 200
    dropped.set()
    assert wait(client, job)["error"]["code"] == "unknown_import"
    assert (len(store), list((store.folder / "uploads").iterdir())) == (0, [])


def test_octet_streams_only_where_files_go(client: FlaskClient) -> None:
    """No other route takes anything but JSON."""
    response = client.put("/api/v1/imports", data=b"{}", headers=HOST | {"Content-Type": "application/octet-stream"})
    assert (response.status_code, response.get_json()["error"]["code"]) == (415, "not_json")


def test_export(tmp_path: Path, client: FlaskClient) -> None:
    """Each format is a download; the JSON imports as the same."""
    job = upload(client, archives.archive(tmp_path / "a.zip", archives.of_2023()))
    for step in ("plan", "apply"):
        send(client, "POST", f"/imports/{job}/{step}")
        wait(client, job)
    for ending, start in (("json", b'{"format": "coltiva"'), ("csv", b"\xef\xbb\xbfName,"), ("vcf", b"BEGIN:VCARD")):
        response = client.get(f"/api/v1/export/contacts.{ending}", headers=HOST)
        assert (response.status_code, response.headers["Content-Disposition"]) == (200, f"attachment; filename=contacts.{ending}")
        assert response.data.startswith(start)
    path = tmp_path / "contacts.json"
    path.write_bytes(client.get("/api/v1/export/contacts.json", headers=HOST).data)
    again = upload(client, path)
    send(client, "POST", f"/imports/{again}/plan")
    counts = wait(client, again)["report"]["counts"]
    assert (counts["added"]["number"], counts["updated"]["number"], counts["unchanged"]["number"]) == (0, 0, 4)
