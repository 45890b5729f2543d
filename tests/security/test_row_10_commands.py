"""Row 10: a program that has taken the server's port while a command looks for the server."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from coltiva import running_server
from coltiva.access import Links
from coltiva.cli import main
from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact
from coltiva.library import Library

from .evidence import Evidence
from .rig import CANARY
from .test_row_10_others_here import impostor


def heard_by_impostor(folder: Path, files: Path, library: Library) -> tuple[int, int]:
    """Run the commands that would go through a server; returns how many, and in how many a secret or a word was heard."""
    cards = files / "a.vcf"
    cards.write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:{CANARY}\nEND:VCARD\n", encoding="utf-8")
    commands = [
        ["contacts", "new", CANARY], ["contacts", "log", "Ada", f"met {CANARY}"], ["contacts", "delete", "Ada"],
        ["contacts", "undo", CANARY], ["contacts", "backup"], ["import", str(cards)],
    ]  # fmt: skip
    caught = 0
    with impostor() as (origin, heard), closing(ContactStore(folder, library.tending, "coltiva serve")) as store:
        if not len(store):
            store.create(Contact("Ada"))
        # What a server has left that was killed: its port, and the key that it proved itself by.
        Links(folder, int(origin.rpartition(":")[2]), time.time)
        for command in commands:
            heard.clear()
            assert main(command) == 2
            everything = "\n".join(heard)
            assert "/api/v1/health" in everything, "the impostor was never asked"
            caught += CANARY in everything or "/open/" in everything or "cookie:" in everything.lower()
        assert len(store) == 1
    return len(commands), caught


def test_a_command_tells_an_impostor_nothing(
    own_data_folder: Path, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], evidence: Evidence
) -> None:
    """It hears neither a link, a session nor a word, and the command says who works on the contacts; without the proof it hears a link."""
    tried, got_in = heard_by_impostor(own_data_folder, tmp_path, library)
    assert capsys.readouterr().err.count("in use by coltiva serve") == tried
    monkeypatch.setattr(running_server, "is_servers_proof", lambda *_: True)
    _, then = heard_by_impostor(own_data_folder, tmp_path, library)
    evidence.add(10, "a false server hears a link, a session or a word from a command", tried, got_in, "the server's proof", then)
