"""A server in the test's own process: it is there at once, and its parts are at hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from coltiva.access import Door
from coltiva.contact_store import ContactStore
from coltiva.library import Library
from coltiva.tuning.workshop import Workshop
from coltiva.web import create_app

from .conftest import RunningServer, free_port


@dataclass(frozen=True)
class ServerHere(RunningServer):
    """A server in this process."""

    store: ContactStore
    door: Door
    app: Flask

    @property
    def port(self) -> int:
        """Return the port."""
        return int(self.origin.rpartition(":")[2])

    def contacts(self) -> int:
        """Return how many contacts there are."""
        return len(self.store)


@contextmanager
def server_here(folder: Path, library: Library) -> Iterator[ServerHere]:
    """Run a server on the contacts in *folder*, by the shipped rules of *library* and the user's own in the folder."""
    port = free_port()
    with ContactStore(folder, library.tending, "a test") as store:
        door = Door(folder, port)
        workshop = Workshop.open(folder, library.trial(folder / "rules"))
        app = create_app(library, port, store=store, workshop=workshop, door=door)
        sockets: dict[int, object] = {}
        server = create_server(app, host="127.0.0.1", port=port, threads=4, ident=None, map=sockets)
        stopping = threading.Event()

        def serve() -> None:
            while not stopping.is_set():
                wasyncore.loop(timeout=0.1, map=sockets, count=1)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield ServerHere(f"http://127.0.0.1:{port}", folder, store, door, app)
        finally:
            stopping.set()
            thread.join()
            server.close()
            door.close()
