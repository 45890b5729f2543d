"""``coltiva serve``: the server on this machine, and what it says once it listens."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from typing import Any

from coltiva.access import CODE_MINUTES, LINK_MINUTES, Door, shown_code
from coltiva.collector import kept_for_good
from coltiva.commands import begin
from coltiva.contact_store import ContactStore, backups_in_background, default_folder
from coltiva.errors import ColtivaError
from coltiva.settings import chosen_port, port_from
from coltiva.speech import Speech
from coltiva.tuning.preparing import preparing
from coltiva.tuning.workshop import Workshop, watching
from coltiva.user_library import user_library
from coltiva.web import serve


def add_serve_command(commands: Any, say: Speech) -> None:
    """Add ``coltiva serve``."""
    serving = begin(commands, "serve", say("help", "serve"), say("help", "serve_long"))
    serving.add_argument("--port", metavar=say("metavars", "port"), help=say("help", "serve_port"))
    serving.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    library = user_library(reading=kept_for_good)
    port = chosen_port(os.environ) if options.port is None else port_from(options.port, "--port")
    purpose = f"coltiva serve --port {port}"
    tell = partial(print, file=sys.stderr, flush=True)

    def warn(error: ColtivaError) -> None:
        tell(f"coltiva: {options.say.error(error)}")

    with (
        ContactStore(default_folder(), library.tending, purpose) as store,
        backups_in_background(store, warn=warn),
    ):
        workshop = Workshop.open(default_folder(), library)

        def announce(door: Door | None) -> None:
            for line in _ways_in(f"http://127.0.0.1:{port}", door, options, is_new=len(store) == 0):
                print(line, flush=True)

        for problem in store.problems:
            tell(f"coltiva: {options.say.set_aside(problem.path, problem.fault)}")
        with watching(workshop, tell, options.say), preparing(workshop.cache):
            serve("127.0.0.1", port, library, announce, store=store, workshop=workshop)
    return 0


def _ways_in(origin: str, door: Door | None, options: argparse.Namespace, *, is_new: bool) -> list[str]:
    """Return the lines that say how a person gets in; secrets go to a terminal alone, for a file would keep them."""
    say = options.say
    lines = [say("serve", "listens", address=origin)]
    if options.quiet or door is None:
        return lines
    if not sys.stdout.isatty():
        return [*lines, say("serve", "ways_in"), *([say("serve", "welcome")] if is_new else [])]
    link = f"{origin}/open/{door.links.mint()}" + ("?to=/welcome" if is_new else "")
    lines.append(say("serve", "first_link" if is_new else "pages", minutes=LINK_MINUTES, link=link))
    if not door.paired.all():
        lines.append(say("serve", "code", code=shown_code(door.codes.make()), minutes=CODE_MINUTES))
    return [*lines, say("serve", "later")]
