"""Sessions of the own pages: they outlast the server and the browser, end when idle or locked, and are kept as hashes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coltiva.access import PAGE_IDLE_DAYS, Door, PageSessions, neighbours
from coltiva.cli import main
from coltiva.contact_store import ContactStore
from coltiva.library import LANGUAGES, Library
from coltiva.speech import typed_command
from coltiva.web import create_app
from coltiva.web.page_texts import page_texts

from .signing_in import signed_in
from .test_access import PORT, SERVER, Clock

PEER_PORT = 50_000
DAY = 86_400


@pytest.fixture
def clock() -> Clock:
    """Return the clock of the server."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path, library: Library) -> Iterator[ContactStore]:
    """Yield an empty store."""
    with ContactStore(tmp_path / "data", library.tending, "a test") as opened:
        yield opened


def start(store: ContactStore, library: Library, clock: Clock) -> Flask:
    """Return the application of a server that has just been started."""
    return create_app(library, PORT, store=store, door=Door(store.folder, PORT, clock, clock))


def over_connection(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch, folder: Path, user: int) -> FlaskClient:
    """Return the same browser at another server, over a connection that the system shows as *user*'s."""
    table = folder / "table"
    here = "".join(f"{part:02X}" for part in ((1, 0, 0, 127) if sys.byteorder == "little" else (127, 0, 0, 1)))
    table.write_text(f"head\n 0: {here}:{PEER_PORT:04X} {here}:{PORT:04X} 01 0:0 0:0 0 {user} 0 0\n", "ascii")
    monkeypatch.setattr(neighbours, "TABLES", (table,))
    client.application = app
    client.environ_base |= {"REMOTE_PORT": str(PEER_PORT), "SERVER_PORT": str(PORT)}
    return client


def status(client: FlaskClient, path: str = "/api/v1/contacts") -> int:
    """Return what a request of the browser is answered with."""
    return client.get(path, base_url=SERVER).status_code


def test_a_session_outlasts_the_server_for_its_user(
    store: ContactStore, library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After a restart the browser goes on over a connection of its own user; over another user's, or one that nobody can tell, it does not."""
    client = signed_in(start(store, library, clock))
    assert status(client) == 200
    restarted = start(store, library, clock)
    client.application = restarted
    assert (status(client), status(client, "/contacts")) == (401, 401)
    for user, expected in ((os.getuid(), 200), (os.getuid() + 1, 401), (os.getuid(), 200)):
        over_connection(client, restarted, monkeypatch, tmp_path, user)
        assert (status(client), status(client, "/contacts")) == (expected, expected)
    client.environ_base["HTTP_X_COLTIVA_CSRF"] = "guess"
    assert (status(client), status(client, "/contacts")) == (401, 200), "the cookie alone opens pages, which hold nothing stored"


def test_a_session_that_is_not_used_ends(store: ContactStore, library: Library, clock: Clock) -> None:
    """Used once within thirty days it goes on; unused for longer it is over, and its file is gone."""
    client = signed_in(start(store, library, clock))
    for _ in range(3):
        clock.now += PAGE_IDLE_DAYS * DAY - 60
        assert status(client) == 200
    clock.now += PAGE_IDLE_DAYS * DAY + 60
    assert status(client) == 401
    assert list((store.folder / "access").glob("page-*")) == []


def test_a_clock_put_back_ends_no_session(store: ContactStore, library: Library, clock: Clock) -> None:
    """A use that lies ahead counts as one of now."""
    client = signed_in(start(store, library, clock))
    clock.now -= 365 * DAY
    assert status(client) == 200
    clock.now += PAGE_IDLE_DAYS * DAY + 60
    assert status(client) == 401


def test_locking_ends_all_sessions_at_once(
    store: ContactStore, library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``coltiva lock`` shuts the pages in every browser while the server runs; a new link opens them again."""
    app = start(store, library, clock)
    browsers = [signed_in(app), signed_in(app)]
    assert [status(one) for one in browsers] == [200, 200]
    monkeypatch.setenv("COLTIVA_DATA", str(store.folder))
    assert main(["lock"]) == 0
    assert "your pages are locked: 2 browsers need a new link" in capsys.readouterr().out
    assert [status(one) for one in browsers] == [401, 401]
    assert status(signed_in(app)) == 200


def test_what_is_kept_opens_nothing(store: ContactStore, library: Library, clock: Clock) -> None:
    """The file is the user's alone, and holds neither cookie nor secret, nor anything that does in their place."""
    app = start(store, library, clock)
    door = app.extensions["coltiva_door"]
    keys = door.open_link(door.links.mint())
    (path,) = (store.folder / "access").glob("page-*.json")
    assert path.stat().st_mode & 0o777 == 0o600
    kept = path.name + path.read_text("utf-8")
    assert keys.id not in kept
    assert keys.secret not in kept
    name = path.stem.removeprefix("page-")
    assert door.page_session(name) is None
    session = door.page_session(keys.id)
    assert [session.has_secret(one) for one in (keys.secret, session.secret_hash, name, keys.id, "", "é\ud800")] == [True, False, False, False, False, False]


def test_the_longest_idle_gives_way(tmp_path: Path, clock: Clock) -> None:
    """No more than 64 browsers stay let in; the one that was not used for longest is let go."""
    sessions = PageSessions(tmp_path, clock)
    keys = []
    for _ in range(65):
        clock.now += 1
        keys.append(sessions.begin())
    assert [sessions.get(one.id) is not None for one in keys] == [False] + [True] * 64


def test_the_browser_keeps_the_cookie_as_long(store: ContactStore, library: Library, clock: Clock) -> None:
    """The link's answer and every page give the cookie thirty days from then on, as strict as before; what is asked of the API does not."""
    app = start(store, library, clock)
    door = app.extensions["coltiva_door"]
    client = signed_in(app)
    opened = app.test_client().get(f"/open/{door.links.mint()}", base_url=SERVER)
    for response in (opened, client.get("/contacts", base_url=SERVER)):
        (cookie,) = response.headers.getlist("Set-Cookie")
        parts = [part.strip() for part in cookie.split(";")]
        assert {f"Max-Age={PAGE_IDLE_DAYS * DAY}", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(parts)
    assert "Set-Cookie" not in client.get("/api/v1/contacts", base_url=SERVER).headers
    assert "Set-Cookie" not in app.test_client().get("/", base_url=SERVER).headers


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Let the server be one that ``make run`` has started in a checkout."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / ".venv" / "bin" / "coltiva"), "serve"])
    for cached in (typed_command, page_texts):
        cached.cache_clear()
    yield
    for cached in (typed_command, page_texts):
        cached.cache_clear()


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_name_the_command_as_it_is_typed(store: ContactStore, library: Library, clock: Clock, language: str) -> None:
    """In a checkout the locked page, the first steps and the pairing page name the path, and in which folder it counts."""
    app, asked = start(store, library, clock), {"Accept-Language": language}
    command = str(Path(".venv", "bin", "coltiva"))
    locked = app.test_client().get("/contacts", base_url=SERVER, headers=asked)
    assert locked.status_code == 401
    assert f"<code>{command} open /contacts</code>" in locked.text
    assert page_texts("entry", language)["how"]["open_there"] in locked.text
    assert "coltiva serve" not in locked.text, "whoever sees this page has a server that runs"
    refused = app.test_client().get("/api/v1/contacts", base_url=SERVER, headers=asked).get_json()
    assert f" {command} open" in refused["error"]["message"]
    client = signed_in(app)
    assert f"<code>{command} doctor</code>" in client.get("/welcome", base_url=SERVER, headers=asked).text
    for page in ("welcome", "pair", "contacts", "imports", "playground", "report"):
        assert f"{command} serve" in page_texts(page, language)["problems"]["away"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_locked_page_says_for_how_long(store: ContactStore, library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str) -> None:
    """Where the system tells users apart, a browser stays let in; elsewhere each start needs a link, and why is said."""
    client, how = start(store, library, clock).test_client(), page_texts("entry", language)["how"]
    stays, each_start = how["stays"].replace("{days}", "30"), how["each_start"]
    for table, expected in ((tmp_path, (True, False)), (tmp_path / "none", (False, True))):
        monkeypatch.setattr(neighbours, "TABLES", (table,))
        page = client.get("/contacts", base_url=SERVER, headers={"Accept-Language": language})
        assert (stays in page.text, each_start in page.text) == expected
