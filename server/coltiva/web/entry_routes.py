"""The way in: a one-time link opens the own pages; who comes without a session is told how to get one."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, request

from coltiva.access import PAGE_IDLE_DAYS, Door, can_tell_users, is_other_user
from coltiva.errors import RequestRefused
from coltiva.speech import typed_command
from coltiva.web.doorkeeper import Doorkeeper, SessionNeeded, ends_of
from coltiva.web.lint_routes import as_json
from coltiva.web.page_texts import page_language, page_texts, render_page

# A path of this server and nothing else: one slash, then no character that browsers read in another way.
_OWN_PATH = re.compile(r"/(?:[\w-][\w./-]*)?(?:\?[\w.~=&%+-]*)?(?:#[\w.~=&%/-]*)?", re.ASCII)


def entry_routes(door: Door, keeper: Doorkeeper) -> Blueprint:
    """Return ``GET /open/SECRET?to=PATH``, which begins a session and goes on to one of the own pages."""
    routes = Blueprint("entry", __name__)

    @routes.get("/open/<secret>")
    def open_link(secret: str) -> Response:
        if request.method != "GET":
            raise RequestRefused("method_not_allowed", "expected GET", 405)
        if _is_from_other_user():
            return _page("stranger", 403)  # the link stays good for its owner
        session = door.open_link(secret)
        if session is None:
            return _page("used", 403)
        # A page, not a redirection: browsers hold a strict cookie back on a way that another program has begun.
        response = _page("entering", 200, secret=session.secret, to=own_path(request.args.get("to", "/")))
        keeper.set_cookie(response, session.id)
        return response

    return routes


def _is_from_other_user() -> bool:
    """Tell whether somebody else on this machine asks, who may have seen the link in the list of processes."""
    ends = ends_of(request)
    return ends is not None and is_other_user(*ends)


def own_path(wanted: str) -> str:
    """Return *wanted* where it is a path of this server; else the first page."""
    return wanted if _OWN_PATH.fullmatch(wanted) else "/"


def refuse_without_session(error: SessionNeeded) -> Response:
    """Answer a request that needs a session: a page says how to get one, the API says it as JSON."""
    if error.is_page and request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        # Behind a link on another site browsers hold the cookie back; asked again from here they send it.
        return _page("entering", 200, again=True)
    if error.is_page:
        return _page("locked", 401, to=own_path(request.path))
    message = page_texts("entry", page_language())["locked"]["short"]
    return as_json({"error": {"code": error.code, "message": message}}, error.status)


def _page(state: str, status: int, **values: object) -> Response:
    # The command may be a path that counts from the folder in which the server was started.
    is_found_anywhere = len(Path(typed_command()).parts) == 1 or Path(typed_command()).is_absolute()
    shown = {"days": PAGE_IDLE_DAYS, "outlasts": can_tell_users(), "is_found_anywhere": is_found_anywhere}
    response = render_page("entry", state=state, **shown, **values)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
