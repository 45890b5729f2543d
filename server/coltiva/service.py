"""Starting the server at every login: a systemd user unit, a launchd agent or a task of Windows, by the system."""

from __future__ import annotations

import plistlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from coltiva.errors import InputFileError

UNIT, AGENT, TASK = "coltiva.service", "org.coltiva.serve", "Coltiva"

Commands = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Service:
    """What a system needs to start the server at login.

    Attributes:
        path: the file that says so.
        content: what it holds.
        start, stop, ask: the system's own commands after it is written, before it is removed, and for its state.
    """

    path: Path
    content: bytes
    start: Commands
    stop: Commands
    ask: tuple[str, ...]


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
        (*control, "is-active", "--quiet", UNIT),
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


def install(service: Service) -> list[str]:
    """Write the service's file and start it; returns the commands that did not work, to be run by hand.

    Raises:
        InputFileError: the file cannot be written.
    """
    try:
        service.path.parent.mkdir(parents=True, exist_ok=True)
        service.path.write_bytes(service.content)
    except OSError as error:
        message = f"{service.path}: cannot be written: {error.strerror}"
        raise InputFileError(message, "unwritable", file=service.path, reason=error.strerror) from None
    return _run_all(service.start)


def remove(service: Service) -> list[str]:
    """Stop the service and remove its file; returns the commands that did not work."""
    failed = _run_all(service.stop)
    service.path.unlink(missing_ok=True)
    return failed


def is_running(service: Service) -> bool:
    """Return whether the system says that the service runs."""
    return not _run_all((service.ask,))


def own_command() -> list[str]:
    """Return the command that starts the server with this Python."""
    return [sys.executable, "-m", "coltiva", "serve"]


def _run_all(commands: Commands) -> list[str]:
    failed = []
    for command in commands:
        try:
            done = subprocess.run(command, check=False, capture_output=True, timeout=30)
        except (OSError, subprocess.TimeoutExpired):
            failed.append(subprocess.list2cmdline(command))
            continue
        if done.returncode != 0:
            failed.append(subprocess.list2cmdline(command))
    return failed
