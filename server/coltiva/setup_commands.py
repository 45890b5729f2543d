"""``coltiva doctor``, ``service``, ``completion`` and ``manual``: setting Coltiva up and keeping it well."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import shtab

from coltiva import __version__
from coltiva.commands import add_json_option, begin
from coltiva.contact_store import default_folder
from coltiva.doctor import examine
from coltiva.manual import manual_page
from coltiva.service import Service, install, own_command, remove, service_for, state_of
from coltiva.settings import VARIABLES, chosen_port
from coltiva.speech import Speech
from coltiva.user_library import user_library

EXIT_BROKEN = 1
_SIGNS = {"well": "✓", "hint": "·", "broken": "✗"}


def add_setup_commands(commands: Any, parser: argparse.ArgumentParser, say: Speech) -> None:
    """Add the commands to the subparsers of *parser*."""
    doctor = begin(commands, "doctor", say("help", "doctor"), say("help", "doctor_long"))
    add_json_option(doctor, say)
    doctor.set_defaults(run=_doctor)
    service = begin(commands, "service", say("help", "service"))
    actions = service.add_subparsers(required=True, metavar=say("metavars", "command"))
    for name, run in (("install", _install), ("remove", _remove), ("status", _status)):
        begin(actions, name, say("help", f"service_{name}")).set_defaults(run=run)
    completing = begin(commands, "completion", say("help", "completion"), say("help", "completion_long"))
    completing.add_argument("shell", choices=("bash", "zsh", "fish"), help=say("help", "completion_shell"))
    completing.set_defaults(run=lambda options: _print(shtab.complete(parser, options.shell)))
    manual = begin(commands, "manual", say("help", "manual"), say("help", "manual_long"))
    manual.set_defaults(run=lambda options: _print(manual_page(parser, __version__, options.say)))


def _print(text: str) -> int:
    print(text, end="" if text.endswith("\n") else "\n")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    say = options.say
    checks = list(examine(default_folder(), chosen_port(os.environ), user_library(), say))
    broken = sum(check.state == "broken" for check in checks)
    if options.format == "json":
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
        return EXIT_BROKEN if broken else 0
    for check in checks:
        print(f"{_SIGNS[check.state]} {check.found}")
        if check.mend:
            print(f"    → {check.mend}")
    has_hints = any(check.state == "hint" for check in checks)
    print(say("doctor", "some_broken" if broken else "some_hints" if has_hints else "all_well", count=broken))
    return EXIT_BROKEN if broken else 0


def _service() -> Service:
    # The service must work on the same data as the commands, whatever this shell has set.
    kept = {name: os.environ[name] for name in VARIABLES.values() if os.environ.get(name)}
    return service_for(sys.platform, Path.home(), own_command(), kept)


def _install(options: argparse.Namespace) -> int:
    service = _service()
    install(service)
    print(options.say("service", "installed", path=service.path))
    return 0


def _remove(options: argparse.Namespace) -> int:
    service = _service()
    if not service.path.exists():
        print(options.say("service", "absent"))
        return 0
    for failure in remove(service):
        print(options.say("service", "by_hand", command=failure.command, reason=failure.reason), file=sys.stderr)
    print(options.say("service", "removed"))
    return 0


def _status(options: argparse.Namespace) -> int:
    service = _service()
    state, reason = state_of(service)
    print(options.say("service", state, path=service.path, reason=reason))
    return 0 if state == "running" else EXIT_BROKEN
