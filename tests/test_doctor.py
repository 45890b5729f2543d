"""What the doctor sees, and the mend that it names."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coltiva.cli import main
from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact
from coltiva.doctor import Check, examine
from coltiva.library import Library
from coltiva.speech import Speech


def look(folder: Path, library: Library, port: int = 1) -> dict[str, Check]:
    """Return the checks by name."""
    return {check.name: check for check in examine(folder, port, library, Speech("en"))}


def test_a_new_machine(tmp_path: Path, library: Library) -> None:
    """Before the first use nothing is broken; what is left to do is said."""
    seen = look(tmp_path / "none", library)
    assert {name for name, check in seen.items() if check.state == "broken"} == set()
    assert "made at first use" in seen["data"].found
    assert "coltiva serve" in seen["server"].mend
    assert "coltiva pair" in seen["pairing"].mend
    assert not (tmp_path / "none").exists()


def test_the_data_folder(tmp_path: Path, library: Library) -> None:
    """Contacts are counted, another process is named, open doors and damage are broken."""
    folder = tmp_path / "data"
    with ContactStore(folder, library.tending, "a test") as store:
        made = store.create(Contact("Ada")).contacts[0]
        assert "in use by a test" in look(folder, library)["data"].found
    assert look(folder, library)["data"].found.endswith(": 1 contact")
    (folder / "contacts" / f"{made}.json").write_text("{")
    assert "coltiva restore" in look(folder, library)["damage"].mend
    if os.name == "posix":
        folder.chmod(0o755)
        opened = [check for check in examine(folder, 1, library, Speech("en")) if check.mend == f"chmod 700 {folder}"]
        assert [check.state for check in opened] == ["broken"]


def test_another_program_at_the_port(tmp_path: Path, library: Library) -> None:
    """What listens there and is no Coltiva is told from the server."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        seen = look(tmp_path, library, port)["server"]
    assert (seen.state, f"--port {port + 1}" in seen.mend) == ("broken", True)


def test_broken_rules(own_data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault in the user's own rules is shown with its place, and the exit code says that something is broken."""
    rules = own_data_folder / "rules" / "en" / "asks"
    rules.mkdir(parents=True)
    (rules / "mine.yml").write_text("nonsense: [")
    assert main(["doctor", "--json"]) == 1
    found = {check["name"]: check for check in json.loads(capsys.readouterr().out)}
    assert "mine.yml" in found["rules"]["found"]
    assert main(["--language", "it", "doctor"]) == 1
    out = capsys.readouterr().out
    assert "difetti nelle regole: 1" in out
    assert out.endswith("Da sistemare: 1.\n") or "Da sistemare:" in out


def test_each_line_comes_when_its_check_is_done(monkeypatch: pytest.MonkeyPatch, own_data_folder: Path) -> None:
    """Even into a pipe, which keeps back what is not pushed out, a line is there before the next check begins."""
    pipe = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(Raw(pipe), 1 << 16), "utf-8"))
    seen: list[str] = []

    def checks(*arguments: object) -> Iterator[Check]:
        for name in ("first", "second", "third"):
            seen.append(pipe.getvalue().decode())
            yield Check(name, "hint", f"the {name} one", "mend it")

    monkeypatch.setattr("coltiva.setup_commands.examine", checks)
    assert main(["doctor"]) == 0
    one, two = "· the first one\n    → mend it\n", "· the second one\n    → mend it\n"
    assert seen == ["", one, one + two]


class Raw(io.RawIOBase):
    """The end of a pipe: what arrives is kept in *kept*."""

    def __init__(self, kept: io.BytesIO) -> None:
        self._kept = kept

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Keep what comes."""
        return self._kept.write(data)
