"""A client of the application that has a session, as a browser has behind a one-time link."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient


def signed_in(app: Flask, port: int = 7333) -> FlaskClient:
    """Return a client whose every request carries a session's cookie and secret."""
    client = app.test_client()
    door = app.extensions["coltiva_door"]
    session = door.open_link(door.links.mint())
    assert session is not None
    for host in ("127.0.0.1", "localhost"):
        client.set_cookie(f"coltiva-{port}", session.id, domain=host)
    client.environ_base["HTTP_X_COLTIVA_CSRF"] = session.secret
    return client
