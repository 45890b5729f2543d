"""``coltiva open``, ``coltiva lock``, ``coltiva pair`` and ``coltiva paired …``: the way in, from the command line."""

from __future__ import annotations

import argparse
import json
import socket
import time
import webbrowser
from typing import Any

from coltiva.access import (
    LINK_MINUTES,
    PageSessions,
    PairedExtensions,
    PairingCodes,
    mint_link,
    serving_port,
    shown_code,
)
from coltiva.commands import add_json_option, begin
from coltiva.contact_store import default_folder
from coltiva.errors import InputFileError, ServerStartError
from coltiva.speech import Speech

_ASK_SECONDS = 2


def add_access_commands(commands: Any, say: Speech) -> None:
    """Add the commands to the subparsers of ``coltiva``."""
    opening = begin(commands, "open", say("help", "open"))
    opening.add_argument("page", nargs="?", default="/", metavar=say("metavars", "page"), help=say("help", "open_page"))
    opening.add_argument("--print", action="store_true", dest="prints", help=say("help", "open_print"))
    opening.set_defaults(run=_open)
    begin(commands, "lock", say("help", "lock")).set_defaults(run=_lock)
    pairing = begin(commands, "pair", say("help", "pair"))
    pairing.set_defaults(run=_pair)
    paired = begin(commands, "paired", say("help", "paired"))
    actions = paired.add_subparsers(required=True, metavar=say("metavars", "command"))
    listing = begin(actions, "list", say("help", "paired_list"))
    add_json_option(listing, say)
    listing.set_defaults(run=_list)
    revoking = begin(actions, "revoke", say("help", "paired_revoke"))
    revoking.add_argument("pairing", metavar="ID", help=say("help", "paired_id"))
    revoking.set_defaults(run=_revoke)


def _open(options: argparse.Namespace) -> int:
    folder = default_folder()
    port, secret = serving_port(folder), mint_link(folder, time.time())
    if port is None or secret is None or not _listens(port):
        raise ServerStartError("the server is not running; start it with coltiva serve", "not_serving")
    page = "/" + str(options.page).lstrip("/")
    link = f"http://127.0.0.1:{port}/open/{secret}" + (f"?to={page}" if page != "/" else "")
    if options.prints or not webbrowser.open(link):
        print(link)
        if not options.prints:
            print(options.say("access", "by_hand", minutes=LINK_MINUTES))
    return 0


def _lock(options: argparse.Namespace) -> int:
    ended = PageSessions(default_folder(), time.time).end_all()
    print(options.say.counted("access", "locked", ended))
    return 0


def _pair(options: argparse.Namespace) -> int:
    folder = default_folder()
    port = serving_port(folder)
    code, minutes = PairingCodes(folder, time.time).show()
    print(options.say("access", "code", code=shown_code(code)))
    print(options.say("access", "type_it", minutes=minutes))
    if port is None or not _listens(port):
        print(options.say("access", "not_running"))
    return 0


def _list(options: argparse.Namespace) -> int:
    paired = PairedExtensions(default_folder()).all()
    if options.format == "json":
        shown = [{"id": p.id, "name": p.name, "origin": p.origin, "paired_on": p.paired_on} for p in paired]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return 0
    for one in paired:
        print(f"{one.id}  {one.paired_on}  {one.name or options.say('access', 'unnamed')}  {one.origin}")
    if not paired:
        print(options.say("access", "none"))
    return 0


def _revoke(options: argparse.Namespace) -> int:
    if not PairedExtensions(default_folder()).revoke(options.pairing):
        message = f"expected the id of a paired extension; got {options.pairing!r}"
        raise InputFileError(message, "no_pairing", got=repr(options.pairing))
    print(options.say("access", "revoked", pairing=options.pairing))
    return 0


def _listens(port: int) -> bool:
    """Return whether something listens on this machine's own address at *port*."""
    try:
        socket.create_connection(("127.0.0.1", port), _ASK_SECONDS).close()
    except OSError:
        return False
    return True
