"""``coltiva open``, ``coltiva pair`` and ``coltiva paired …``: the way in, from the command line."""

from __future__ import annotations

import argparse
import json
import socket
import time
import webbrowser
from typing import Any

from coltiva.access import (
    CODE_MINUTES,
    LINK_MINUTES,
    PairedExtensions,
    PairingCodes,
    mint_link,
    serving_port,
    shown_code,
)
from coltiva.contact_store import default_folder
from coltiva.errors import InputFileError, ServerStartError

_ASK_SECONDS = 2


def add_access_commands(commands: Any) -> None:
    """Add the commands to the subparsers of ``coltiva``."""
    opening = commands.add_parser("open", help="open your own pages in the browser; coltiva serve must run")
    opening.add_argument("page", nargs="?", default="/", help="the page's path, such as /contacts (default: the first)")
    opening.add_argument("--print", action="store_true", dest="prints", help="print the one-time link only")
    opening.set_defaults(run=_open)
    pairing = commands.add_parser("pair", help="show a one-time code to type in the extension's options")
    pairing.set_defaults(run=_pair)
    paired = commands.add_parser("paired", help="look after the extensions that are paired")
    actions = paired.add_subparsers(required=True, metavar="COMMAND")
    listing = actions.add_parser("list", help="list them")
    listing.add_argument("--format", choices=("text", "json"), default="text")
    listing.set_defaults(run=_list)
    revoking = actions.add_parser("revoke", help="let one in no more, at once")
    revoking.add_argument("pairing", help="the id, as coltiva paired list shows it")
    revoking.set_defaults(run=_revoke)


def _open(options: argparse.Namespace) -> int:
    folder = default_folder()
    port, secret = serving_port(folder), mint_link(folder, time.time())
    if port is None or secret is None or not _listens(port):
        raise ServerStartError("the server is not running; start it with coltiva serve")
    page = "/" + str(options.page).lstrip("/")
    link = f"http://127.0.0.1:{port}/open/{secret}" + (f"?to={page}" if page != "/" else "")
    if options.prints or not webbrowser.open(link):
        print(link)
        if not options.prints:
            print(f"Open this link in your browser within {LINK_MINUTES} minutes; it works once.")
    return 0


def _pair(options: argparse.Namespace) -> int:
    folder = default_folder()
    port = serving_port(folder)
    print(f"Code: {shown_code(PairingCodes(folder, time.time).make())}")
    print(f"Type it in the options of the Coltiva extension within {CODE_MINUTES} minutes; it works once.")
    if port is None or not _listens(port):
        print("The server is not running yet; start it with: coltiva serve")
    return 0


def _list(options: argparse.Namespace) -> int:
    paired = PairedExtensions(default_folder()).all()
    if options.format == "json":
        shown = [{"id": p.id, "name": p.name, "origin": p.origin, "paired_on": p.paired_on} for p in paired]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return 0
    for one in paired:
        print(f"{one.id}  {one.paired_on}  {one.name or 'an extension'}  {one.origin}")
    if not paired:
        print("No extension is paired; coltiva pair shows a code for one.")
    return 0


def _revoke(options: argparse.Namespace) -> int:
    if not PairedExtensions(default_folder()).revoke(options.pairing):
        raise InputFileError(f"expected the id of a paired extension; got {options.pairing!r}")
    print(f"revoked {options.pairing}; it is let in no more")
    return 0


def _listens(port: int) -> bool:
    """Return whether something listens on this machine's own address at *port*."""
    try:
        socket.create_connection(("127.0.0.1", port), _ASK_SECONDS).close()
    except OSError:
        return False
    return True
