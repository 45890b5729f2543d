"""``coltiva doctor``: what Coltiva needs to work, looked at one by one, each with what mends it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from importlib import metadata
from pathlib import Path
from typing import Literal

from coltiva import __version__
from coltiva.access import PairedExtensions, serving_port
from coltiva.contact_store import ContactStore
from coltiva.errors import ColtivaError, StoreLockedError
from coltiva.extension_packages import extension_folder
from coltiva.library import Library
from coltiva.speech import Speech

State = Literal["well", "hint", "broken"]
_ANSWER_SECONDS = 2
_TEXTSTAT = "0.7.4"
_PROGRAMS = {
    "Chrome": ("google-chrome", "google-chrome-stable", "chrome"),
    "Chromium": ("chromium", "chromium-browser"),
    "Edge": ("microsoft-edge", "microsoft-edge-stable", "msedge"),
    "Firefox": ("firefox",),
}
_APPLICATIONS = {
    "Chrome": ("/Applications/Google Chrome.app", r"Google\Chrome\Application\chrome.exe"),
    "Edge": ("/Applications/Microsoft Edge.app", r"Microsoft\Edge\Application\msedge.exe"),
    "Firefox": ("/Applications/Firefox.app", r"Mozilla Firefox\firefox.exe"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what, for programs.
        found: what there is, in the user's language.
        mend: what to do about it; empty where nothing is to be done.
    """

    name: str
    state: State
    found: str
    mend: str = ""


Checked = Callable[..., Check]


def examine(folder: Path, port: int, library: Library, say: Speech) -> Iterator[Check]:
    """Yield the checks in the order in which things are needed.

    Args:
        folder: the data folder.
        port: where the server is to listen.
    """

    def check(name: str, state: State, key: str, mend: str = "", **values: object) -> Check:
        return Check(name, state, say("doctor", key, **values), say("doctor", mend, **values) if mend else "")

    yield _versions(check)
    yield from _data(folder, library, check, say)
    yield _server(folder, port, check)
    yield _rules(library, check, say)
    yield _extension(check)
    # Looking makes no folder.
    paired = [one.name or one.origin for one in PairedExtensions(folder).all()] if folder.exists() else []
    yield (
        check("pairing", "well", "paired", names=", ".join(paired))
        if paired
        else check("pairing", "hint", "not_paired", "mend_pairing")
    )
    browsers = find_browsers()
    yield (
        check("browser", "well", "browser", names=", ".join(browsers))
        if browsers
        else check("browser", "hint", "no_browser", "mend_browser")
    )


def find_browsers() -> list[str]:
    """Return the browsers of this machine that the extension runs in."""
    found = [name for name, programs in _PROGRAMS.items() if any(map(shutil.which, programs))]
    roots = [Path(root) for root in (os.environ.get("PROGRAMFILES"), os.environ.get("PROGRAMFILES(X86)")) if root]
    for name, (application, program) in _APPLICATIONS.items():
        if name not in found and (Path(application).exists() or any((root / program).exists() for root in roots)):
            found.append(name)
    return found


def _versions(check: Checked) -> Check:
    python = ".".join(map(str, sys.version_info[:3]))
    found = metadata.version("textstat")
    if found != _TEXTSTAT:
        return check("versions", "broken", "wrong_textstat", "mend_install", found=found, wanted=_TEXTSTAT)
    return check("versions", "well", "versions", version=__version__, python=python)


def _data(folder: Path, library: Library, check: Checked, say: Speech) -> Iterator[Check]:
    if not folder.exists():
        yield check("data", "hint", "no_data", folder=folder)
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield check("data", "broken", "data_not_writable", "mend_data_not_writable", folder=folder)
        return
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield check("data", "broken", "data_open", "mend_data_open", folder=folder)
    try:
        with ContactStore(folder, library.tending, "coltiva doctor") as store:
            yield Check("data", "well", say.counted("doctor", "data", len(store), folder=folder))
            if store.problems:
                values = {"count": len(store.problems), "first": store.problems[0].path}
                yield check("damage", "broken", "data_damaged", "mend_data_damaged", **values)
    except StoreLockedError as error:
        yield check("data", "well", "data_in_use", folder=folder, holder=say.holder(error.holder))
    except ColtivaError as error:
        yield Check("data", "broken", say.error(error))


def _server(folder: Path, port: int, check: Checked) -> Check:
    port = (serving_port(folder) if folder.exists() else None) or port
    try:
        socket.create_connection(("127.0.0.1", port), _ANSWER_SECONDS).close()
    except OSError:
        return check("server", "hint", "server_away", "mend_server_away", port=port)
    if _is_coltiva(port):
        return check("server", "well", "server", port=port)
    return check("server", "broken", "port_taken", "mend_port_taken", port=port, other=port + 1)


def _is_coltiva(port: int) -> bool:
    """Return whether what listens at *port* of this machine answers like Coltiva."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/api/v1/health", timeout=_ANSWER_SECONDS) as answer:
            content = json.loads(answer.read(10_000))
    except (OSError, ValueError, HTTPException):
        return False
    return isinstance(content, dict) and "version" in content


def _rules(library: Library, check: Checked, say: Speech) -> Check:
    problems = library.problems
    if problems:
        first = say.problem(problems[0])
        return check("rules", "broken", "rules_broken", "mend_rules", count=len(problems), first=first)
    return check("rules", "well", "rules", languages=", ".join(library.languages))


def _extension(check: Checked) -> Check:
    manifest = extension_folder() / "manifest.json"
    try:
        found = json.loads(manifest.read_text("utf-8"))["version"]
    except (OSError, ValueError, KeyError):
        return check("extension", "broken", "no_extension", "mend_install", folder=manifest.parent)
    if found != __version__:
        return check("extension", "broken", "other_extension", "mend_install", found=found, version=__version__)
    return check("extension", "well", "extension", folder=manifest.parent, version=found)
