"""A server with contacts and a workshop, for the tests of the routes on tuning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from coltiva.contact_store import ContactStore
from coltiva.library import Library
from coltiva.tuning.workshop import Workshop
from coltiva.web import create_app

from ..conftest import TODAY
from .signing_in import signed_in


class OwnClient(FlaskClient):
    """Asks as the server's own pages do."""

    def open(self, *arguments: Any, **options: Any) -> Any:
        """Send a request to the server's own address."""
        options.setdefault("base_url", "http://127.0.0.1:7333")
        return super().open(*arguments, **options)


@contextmanager
def tuning_client(folder: Path, library: Library) -> Iterator[tuple[FlaskClient, Workshop]]:
    """Yield a client and the workshop behind it, over the shipped rules that *library* has read."""
    own = library.trial(folder / "rules")
    with ContactStore(folder, own.tending, "test") as store:
        workshop = Workshop.open(folder, own)
        app = create_app(own, 7333, today=lambda: TODAY, store=store, workshop=workshop)
        app.test_client_class = OwnClient
        yield signed_in(app), workshop
