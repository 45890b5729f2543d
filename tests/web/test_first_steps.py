"""How far somebody new has come: what is paired, stored and found counts, and only the own pages hear of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact
from coltiva.library import LANGUAGES, Library
from coltiva.tuning.workshop import Workshop
from coltiva.web import create_app
from tests.shipped import LIBRARY

from ..conftest import TODAY
from ..scenes import SCENES
from .signing_in import signed_in
from .test_access import SERVER, begin_session, pair, post

TEXT, _ = SCENES["en"]


def reached(page: FlaskClient) -> dict[str, int]:
    """Return how far the page says that its reader has come."""
    answer: dict[str, int] = page.get("/api/v1/first-steps", base_url=SERVER).get_json()
    return answer


def test_what_is_done_counts(tmp_path: Path, library: Library) -> None:
    """Pairing, a contact and a finding of the extension's each count at once; a text tried on an own page is counted by nobody here."""
    data = tmp_path / "data"
    with ContactStore(data, library.tending, "a test") as store:
        workshop = Workshop.open(data, library.trial(data / "rules"))
        app = create_app(library, 7333, today=lambda: TODAY, store=store, workshop=workshop)
        page = signed_in(app)
        assert page.post("/api/v1/lint", json={"text": TEXT, "language": "en"}, base_url=SERVER).get_json()["findings"]
        assert reached(page) == {"paired": 0, "contacts": 0, "found": 0}
        token, _ = begin_session(app, pair(app))
        store.create(Contact("Ada"))
        assert reached(page) == {"paired": 1, "contacts": 1, "found": 0}
        assert post(app.test_client(), "/lint", {"text": TEXT, "language": "en"}, Authorization=f"Bearer {token}")[0] == 200
        assert reached(page)["found"] > 0
        headers = {"Authorization": f"Bearer {token}"}
        assert app.test_client().get("/api/v1/first-steps", headers=headers, base_url=SERVER).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/contacts", "/rules", "/report", "/pair", "/welcome"])
def test_every_page_leads_back(path: str, language: str) -> None:
    """At the foot of each page stands the way to the first steps, but on their own page."""
    client = create_app(LIBRARY, 7333).test_client()
    page = client.get(path, base_url=SERVER, headers={"Accept-Language": language}).text
    foot = page.partition("<footer")[2]
    assert ('href="/welcome"' in foot) == (path != "/welcome")
