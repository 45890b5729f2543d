"""Which other origins may read answers: exactly those of paired extensions, without credentials."""

from __future__ import annotations

from flask import Flask, Request, Response
from flask_cors.core import get_cors_options, set_cors_headers

from coltiva.access import NONCE_HEADER, PROOF_HEADER, Door
from coltiva.web.guard import is_extension


def share_with_paired(app: Flask, door: Door, request: Request, response: Response) -> None:
    """Let a paired extension read the answer; nobody else.

    The origins are looked up for each request, for pairings come and go while the server runs. What goes to the
    library is one exact origin, never a list that it might take for a pattern.
    """
    origin = request.headers.get("Origin", "")
    if is_extension(origin) and door.paired.is_paired(origin):
        options = get_cors_options(
            app,
            {
                "origins": [origin],
                "methods": ["GET", "POST", "PATCH", "DELETE"],
                "allow_headers": ["Authorization", "Content-Type", NONCE_HEADER],
                "expose_headers": [PROOF_HEADER],
                "supports_credentials": False,
                "send_wildcard": False,
                "always_send": False,
                "vary_header": True,
            },
        )
        set_cors_headers(response, options)
