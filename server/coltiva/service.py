"""Starting the server at every login: a systemd user unit, a launchd agent or a task of Windows, by the system."""

from __future__ import annotations

import errno
import os
import plistlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from coltiva.errors import InputFileError, ServiceError

UNIT, AGENT, TASK = "coltiva.service", "org.coltiva.serve", "Coltiva"

_PATIENCE_SECONDS = 30

Commands = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Service:
    """What a system needs to start the server at login.

    Attributes:
        path: the file that says so.
        content: what it holds.
        start, stop: the system's own commands after it is written, and before it is removed.
        ask: the command that works where it runs.
        is_set: the command that works where it is to start at login; without it, *ask* is that too.
    """

    path: Path
    content: bytes
    start: Commands
    stop: Commands
    ask: tuple[str, ...]
    is_set: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A command of the system's that did not work.

    Attributes:
        command: as it is typed.
        reason: the first line of what the system said, in its words.
        is_fault: whether it complained; else it only answered no.
    """

    command: str
    reason: str
    is_fault: bool


State = Literal["absent", "running", "written", "unstarted"]


def service_for(platform: str, home: Path, command: Sequence[str], environment: Mapping[str, str]) -> Service:
    """Return the service that runs *command* on *platform* (as ``sys.platform`` names it) for the user of *home*.

    Args:
        environment: variables that the server needs, such as ``COLTIVA_DATA``.
    """
    if platform == "win32":
        return _task(home, command, environment)
    if platform == "darwin":
        return _agent(home, command, environment)
    return _unit(home, command, environment)


def _unit(home: Path, command: Sequence[str], environment: Mapping[str, str]) -> Service:
    lines = [
        "[Unit]",
        "Description=Coltiva, a linter for outreach, on this machine alone",
        "",
        "[Service]",
        f"ExecStart={' '.join(map(_quoted, command))}",
        *(f"Environment={_quoted(f'{name}={value}')}" for name, value in environment.items()),
        "Restart=on-failure",
        "RestartSec=5",
        "",
        "[Install]",
        "WantedBy=default.target",
        "",
    ]
    control = ("systemctl", "--user")
    return Service(
        home / ".config" / "systemd" / "user" / UNIT,
        "\n".join(lines).encode(),
        ((*control, "daemon-reload"), (*control, "enable", "--now", UNIT)),
        ((*control, "disable", "--now", UNIT),),
        (*control, "is-active", UNIT),
        (*control, "is-enabled", UNIT),
    )


def _quoted(word: str) -> str:
    """Return a word as systemd reads it: in quotes, with its own signs doubled."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _agent(home: Path, command: Sequence[str], environment: Mapping[str, str]) -> Service:
    path = home / "Library" / "LaunchAgents" / f"{AGENT}.plist"
    content: dict[str, object] = {
        "Label": AGENT,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Background",
    }
    if environment:
        content["EnvironmentVariables"] = dict(environment)
    control = "launchctl"
    return Service(
        path,
        plistlib.dumps(content),
        ((control, "load", "-w", str(path)),),
        ((control, "unload", "-w", str(path)),),
        (control, "list", AGENT),
    )


def _task(home: Path, command: Sequence[str], environment: Mapping[str, str]) -> Service:
    path = home / "AppData" / "Local" / "Coltiva" / "coltiva-task.xml"
    program, *words = command
    # A task has no variables of its own; what the server needs goes with the command.
    if environment:
        sets = " && ".join(f'set "{name}={value}"' for name, value in environment.items())
        program, words = "cmd.exe", ["/c", f"{sets} && {subprocess.list2cmdline(command)}"]
    spoken = words[0] + " " + words[1] if environment else subprocess.list2cmdline(words)
    content = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Coltiva, a linter for outreach, on this machine alone</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Hidden>true</Hidden>
  </Settings>
  <Actions><Exec><Command>{escape(program)}</Command><Arguments>{escape(spoken)}</Arguments></Exec></Actions>
</Task>
"""
    control = "schtasks"
    return Service(
        path,
        content.encode("utf-16"),
        ((control, "/Create", "/F", "/TN", TASK, "/XML", str(path)), (control, "/Run", "/TN", TASK)),
        ((control, "/End", "/TN", TASK), (control, "/Delete", "/F", "/TN", TASK)),
        (control, "/Query", "/TN", TASK),
    )


def install(service: Service) -> None:
    """Write the service's file and start it.

    Raises:
        InputFileError: the file cannot be written.
        ServiceError: the file is written, and the system does not start it.
    """
    try:
        service.path.parent.mkdir(parents=True, exist_ok=True)
        service.path.write_bytes(service.content)
    except OSError as error:
        message = f"{service.path}: cannot be written: {error.strerror}"
        raise InputFileError(message, "unwritable", file=service.path, reason=error.strerror) from None
    for command in service.start:
        failure = _run(command)
        # What comes after it needs it.
        if failure is not None:
            typed, why, path = failure.command, failure.reason, service.path
            message = f"{typed} did not work: {why}; {path} is written"
            raise ServiceError(message, "service_not_started", command=typed, reason=why, file=path)


def remove(service: Service) -> list[Failure]:
    """Stop the service and remove its file; returns the commands that did not work."""
    failed = [failure for failure in map(_run, service.stop) if failure is not None]
    service.path.unlink(missing_ok=True)
    return failed


def state_of(service: Service) -> tuple[State, str]:
    """Return how things stand, and what the system says where it does not start what is written."""
    if not service.path.exists():
        return "absent", ""
    failure = _run(service.ask)
    if failure is None:
        return "running", ""
    if not failure.is_fault and service.is_set:
        failure = _run(service.is_set)
    return ("unstarted", failure.reason) if failure is not None else ("written", "")


def own_command() -> list[str]:
    """Return the command that starts the server with this Python."""
    return [sys.executable, "-m", "coltiva", "serve"]


def _run(command: Sequence[str]) -> Failure | None:
    """Run a command of the system's; None where it works."""
    typed = subprocess.list2cmdline(command)
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, errors="replace", timeout=_PATIENCE_SECONDS
        )
    except OSError as error:
        return Failure(typed, error.strerror or str(error), is_fault=True)
    except subprocess.TimeoutExpired:
        return Failure(typed, os.strerror(errno.ETIMEDOUT), is_fault=True)
    if done.returncode == 0:
        return None
    said = [line.strip() for line in (*done.stderr.splitlines(), *done.stdout.splitlines()) if line.strip()]
    return Failure(typed, said[0] if said else f"exit {done.returncode}", is_fault=bool(done.stderr.strip()))
