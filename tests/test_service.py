"""What each system is given to start the server at login, and what happens where that does not work."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from coltiva.cli import main
from coltiva.service import install, is_running, own_command, remove, service_for

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


def test_install_and_remove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is written and removed; commands that the system does not have are named, to be run by hand."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    service = service_for("linux", tmp_path, COMMAND, {})
    assert install(service) == ["systemctl --user daemon-reload", "systemctl --user enable --now coltiva.service"]
    assert service.path.read_bytes() == service.content
    assert not is_running(service)
    assert remove(service) == ["systemctl --user disable --now coltiva.service"]
    assert not service.path.exists()


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Status says what is the case before, between and after; the file runs this Python."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert main(["service", "status"]) == 1
    assert main(["service", "install"]) == 0
    (written,) = (path for path in tmp_path.rglob("*coltiva*") if path.is_file())
    assert sys.executable.encode() in written.read_bytes().replace(b"\0", b"")
    assert main(["service", "status"]) == 1
    assert main(["service", "remove"]) == 0
    assert main(["service", "status"]) == 1
    out = capsys.readouterr().out
    assert out.count("Coltiva does not start at login") == 2
    assert "set to start at login, and does not run now" in out
    assert own_command()[0] == sys.executable
