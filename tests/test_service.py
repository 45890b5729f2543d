"""What each system is given to start the server at login, and what happens where that does not work."""

from __future__ import annotations

import plistlib
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from coltiva.cli import main
from coltiva.service import install, own_command, remove, service_for, state_of

COMMAND = ["/opt/my tools/python", "-m", "coltiva", "serve"]
DATA = {"COLTIVA_DATA": "/home/ada/my data 100%"}


def test_systemd(tmp_path: Path) -> None:
    """Spaces, quotes and percent signs reach the program as they are."""
    service = service_for("linux", tmp_path, COMMAND, DATA)
    assert service.path == tmp_path / ".config/systemd/user/coltiva.service"
    lines = service.content.decode().splitlines()
    assert 'ExecStart="/opt/my tools/python" "-m" "coltiva" "serve"' in lines
    assert 'Environment="COLTIVA_DATA=/home/ada/my data 100%%"' in lines
    assert "WantedBy=default.target" in lines
    assert service.start[-1] == ("systemctl", "--user", "enable", "--now", "coltiva.service")


def test_launchd(tmp_path: Path) -> None:
    """The agent runs at login and is begun again after a crash."""
    service = service_for("darwin", tmp_path, COMMAND, DATA)
    assert service.path == tmp_path / "Library/LaunchAgents/org.coltiva.serve.plist"
    content = plistlib.loads(service.content)
    assert (content["ProgramArguments"], content["RunAtLoad"], content["EnvironmentVariables"]) == (COMMAND, True, DATA)


@pytest.mark.parametrize("environment", [{}, {"COLTIVA_DATA": "C:\\A & B"}])
def test_windows(tmp_path: Path, environment: dict[str, str]) -> None:
    """The task starts at logon, without end, with its variables where there are any."""
    service = service_for("win32", tmp_path, ["C:\\Py <3>\\python.exe", "-m", "coltiva", "serve"], environment)
    root = ElementTree.fromstring(service.content.decode("utf-16"))
    name = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    program, words = root.findtext(f".//{name}Command"), root.findtext(f".//{name}Arguments") or ""
    assert root.find(f".//{name}LogonTrigger") is not None
    assert root.findtext(f".//{name}ExecutionTimeLimit") == "PT0S"
    if environment:
        assert (program, words) == ("cmd.exe", '/c set "COLTIVA_DATA=C:\\A & B" && "C:\\Py <3>\\python.exe" -m coltiva serve')
    else:
        assert (program, words) == ("C:\\Py <3>\\python.exe", "-m coltiva serve")


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Return a function that puts a systemctl of this test in the place of the system's; it returns the list of its calls.

    What is given is shell: ``$2`` is the word after ``--user``.
    """
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "platform", "linux")

    def put(script: str) -> Path:
        program, calls = tmp_path / "bin" / "systemctl", tmp_path / "calls"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "$*" >> {calls}\n{script}\n', encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent))
        return calls

    return put


def test_install_and_remove(tmp_path: Path, system: Callable[[str], Path]) -> None:
    """The file is written and its commands run in order; it is removed with what undoes them."""
    calls = system("exit 0")
    service = service_for("linux", tmp_path, COMMAND, {})
    install(service)
    assert service.path.read_bytes() == service.content
    assert state_of(service) == ("running", "")
    assert remove(service) == []
    assert not service.path.exists()
    assert calls.read_text().splitlines() == [
        "--user daemon-reload", "--user enable --now coltiva.service", "--user is-active coltiva.service", "--user disable --now coltiva.service",
    ]  # fmt: skip


def test_a_system_that_starts_nothing(tmp_path: Path, system: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    """What failed and why is said once, with the file and what to do instead; status and remove say the truth after it."""
    calls = system('echo "Failed to connect to bus: No medium found" >&2; echo "See the manual." >&2; exit 1')
    assert main(["service", "status"]) == 1
    assert "Coltiva does not start at login; coltiva service install" in capsys.readouterr().out
    assert main(["service", "install"]) == 2
    out, err = capsys.readouterr()
    written = tmp_path / "home/.config/systemd/user/coltiva.service"
    assert sys.executable in written.read_text("utf-8")
    assert (out, err.count("\n"), err.count("systemctl")) == ("", 1, 1)
    assert "systemctl --user daemon-reload does not work here (Failed to connect to bus: No medium found)." in err
    assert f"{written} is written" in err
    assert "start coltiva serve by hand, or put it into your desktop's autostart" in err
    assert calls.read_text().splitlines() == ["--user daemon-reload"]
    assert main(["service", "status"]) == 1
    assert "does not start at login, though" in (told := capsys.readouterr().out)
    assert "(Failed to connect to bus: No medium found)" in told
    assert main(["--language", "it", "service", "install"]) == 2
    assert "qui non funziona (Failed to connect to bus: No medium found)" in capsys.readouterr().err
    assert main(["service", "remove"]) == 0
    out, err = capsys.readouterr()
    assert err == "This did not work here (Failed to connect to bus: No medium found): systemctl --user disable --now coltiva.service\n"
    assert "no longer starts at login" in out
    assert not written.exists()


def test_a_system_without_the_command(tmp_path: Path, system: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no systemctl at all, that is the reason, in the user's language."""
    system("exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert main(["--language", "de", "service", "install"]) == 2
    assert "systemctl --user daemon-reload geht hier nicht (nicht vorhanden)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("script", "state", "code"),
    [
        ("exit 0", "is started at login, and runs", 0),
        ('case $2 in is-active) echo inactive; exit 3;; *) echo enabled; exit 0;; esac', "is set to start at login, and does not run now", 1),
        ('case $2 in is-active) echo inactive; exit 3;; *) echo disabled; exit 1;; esac', "the system does not start it (disabled)", 1),
        ("exit 7", "the system does not start it (exit 7)", 1),
    ],
)
def test_status_says_the_truth(system: Callable[[str], Path], capsys: pytest.CaptureFixture[str], script: str, state: str, code: int) -> None:
    """It runs, it will at the next login, or the system does nothing with the file."""
    system("exit 0")
    assert main(["service", "install"]) == 0
    assert "Coltiva now starts at every login" in capsys.readouterr().out
    system(script)
    assert main(["service", "status"]) == code
    assert state in capsys.readouterr().out


def test_the_file_runs_this_python() -> None:
    """What starts at login is the Coltiva that was asked."""
    assert own_command()[0] == sys.executable
