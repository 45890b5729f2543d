"""What an import leaves out, and the formats that it read, are told in the user's language."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from coltiva.cli import main
from coltiva.contact_store import ContactStore
from coltiva.errors import InputFileError
from coltiva.importers import choose_importers
from coltiva.importing import run_import
from coltiva.library import LANGUAGES, Library
from coltiva.speech import Speech
from coltiva.web.import_jobs import ImportJobs, State

from .conftest import TODAY
from .importers import archives

SERVER = Path(__file__).resolve().parents[1] / "server" / "coltiva"
# Codes that are put together where something is counted: kinds of cards, of Monica's collections and of its events.
PUT_TOGETHER = {"group", "location", "reminder", "address", "pet", "undated_call", "undated_message", "undated_meeting", "undated_gift"}

CARDS = "BEGIN:VCARD\nFN:Lost\nBEGIN:VCARD\nKIND:group\nFN:Rowers\nEND:VCARD\nBEGIN:VCARD\nKIND:location\nFN:Oslo\nEND:VCARD\nBEGIN:VCARD\nTEL:1\nEND:VCARD\n"
GOOGLE = 'First Name,Last Name,E-mail 1 - Value,Organization Name,Labels\nAda,Byron,ada@example.org,,\n,,,,Friends\n"Bo"b,,,,\n'
LINKEDIN = {
    "Connections.csv": archives.table(("First Name", "Last Name", "URL", "Connected On"), [("Ada", "Byron", archives.at("ada"), "21 Jun 2023")]),
    "Invitations.csv": archives.table(
        ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"),
        [("Me Myself", "Bo Lind", "6/1/23, 2:03 PM", "", "OUTGOING", archives.at("me"), archives.at("bo"))],
    ),
    "Endorsement_Received_Info.csv": archives.table(
        ("Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name", "Endorser Public Url", "Endorsement Status"),
        [("2023/06/20 10:00:00 UTC", "Baking", "Cy", "Holm", "", "HIDDEN")],
    ),
}


def properties(**values: object) -> dict[str, object]:
    """Return an item of Monica's."""
    return {"properties": values}


def collection(kind: str, values: list[object]) -> dict[str, object]:
    """Return one of the lists of Monica's export."""
    return {"count": len(values), "type": kind, "values": values}


def monica() -> str:
    """Return an export with one person whose events have no day, one without a name, and one known through the first."""
    lists = [
        collection("call", [properties(called_at="soon", content="Hi")]),
        collection("conversation", [properties(messages=[properties(written_at="", content="Hello")])]),
        collection("gift", [properties(name="Tea", status="offered", date="x")]),
        collection("activity", ["a"]),
        *(collection(kind, [properties()]) for kind in ("reminder", "address", "pet")),
    ]
    people = [
        {"uuid": "z"} | properties(first_name="Zoë") | {"data": lists},
        {"uuid": "y"} | properties(first_name="Yan", is_partial=True),
        {"uuid": "x"} | properties(is_partial=True),
    ]
    activities = collection("activity", [{"uuid": "a"} | properties(summary="Lunch", happened_at="x")])
    return json.dumps({"app_version": "4", "account": {"data": [collection("contact", people), activities]}})


FILES = {"cards.vcf": CARDS, "google.csv": GOOGLE, "monica.json": monica()}
TOLD = {
    "it": [
        "cards.vcf:1: una scheda senza la sua fine", "cards.vcf:3: Rowers: un gruppo", "cards.vcf:7: Oslo: un luogo", "cards.vcf:11: né un nome né un’email",
        "google.csv:3: né un nome né un’email", "google.csv:4: questa riga non è CSV (", "Invitations.csv:2: Bo Lind: un invito senza nota",
        "Endorsement_Received_Info.csv:2: Cy Holm: una conferma di competenze nascosta", "monica.json: Zoë: promemoria: 1", "monica.json: Zoë: indirizzi: 1",
        "monica.json: Zoë: animali di casa: 1", "monica.json: Zoë: soon: Hi: una chiamata senza un giorno leggibile", "monica.json: Zoë: Hello: un messaggio senza",
        "monica.json: Zoë: x: Tea: un regalo senza", "monica.json: Zoë: x: Lunch: un incontro senza", "monica.json: Yan: noto solo tramite qualcun altro", "monica.json: #3: noto solo",
    ],
    "de": [
        "cards.vcf:1: eine Karte ohne ihr Ende", "cards.vcf:3: Rowers: eine Gruppe", "cards.vcf:7: Oslo: ein Ort", "google.csv:3: weder Name noch E-Mail",
        "google.csv:4: diese Zeile ist kein CSV (", "Invitations.csv:2: Bo Lind: eine Einladung ohne Nachricht", "monica.json: Zoë: soon: Hi: ein Anruf ohne lesbaren Tag",
        "monica.json: Yan: nur über jemand anderen bekannt",
    ],
}  # fmt: skip


def write_files(folder: Path) -> list[Path]:
    """Write a file of each format that has something to leave out."""
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [*(folder / name for name in FILES), archives.archive(folder / "archive.zip", LINKEDIN)]


@pytest.mark.parametrize("language", TOLD)
def test_what_is_left_out_on_the_command_line(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each example says in the language chosen why it was left out, as text and in JSON."""
    for answer in ("text", "json"):
        shown = ""
        for path in write_files(tmp_path):
            assert main(["--language", language, "import", str(path), "--dry-run", "--format", answer]) == 0
            shown += capsys.readouterr().out
        for said in TOLD[language]:
            assert said in shown, said


@pytest.mark.parametrize("language", TOLD)
def test_what_is_left_out_on_the_pages(language: str, tmp_path: Path, library: Library) -> None:
    """The page that asks again in another language gets the same report in that language."""
    examples = []
    for path in write_files(tmp_path):
        with ContactStore(tmp_path / path.stem, library.tending, "a test") as store:
            job = ImportJobs(store, lambda: TODAY).begin([(path.name, 0)])
            job.report = run_import([path], store, today=TODAY, dry_run=True)
            job.state = State.PLANNED
            report = job.to_dict(Speech(language))["report"]
            assert isinstance(report, dict)
            examples += [example for count in report["counts"].values() for example in count["examples"]]
    for said in TOLD[language]:
        assert any(example.startswith(said) for example in examples), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_formats_in_six_languages(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report is headed by what the language calls the format."""
    path = archives.archive(tmp_path / "archive.zip", LINKEDIN)
    assert main(["--language", language, "import", str(path), "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith(Speech(language)("formats", "linkedin"))


@pytest.mark.parametrize(("language", "said"), [("fr", "Recommandation sur LinkedIn : Priya explains numbers."), ("pt", "Recomendação no LinkedIn: Priya explains numbers.")])
def test_histories_speak_the_users_language(language: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the command writes into a history itself is in the language that it speaks."""
    path = archives.archive(tmp_path / "archive.zip", archives.of_2022())
    assert main(["--language", language, "import", str(path)]) == 0
    assert main(["contacts", "show", "Priya Raman"]) == 0
    assert said in capsys.readouterr().out


def test_nothing_to_import() -> None:
    """A folder without files is told as such, not as a file of this name."""
    with pytest.raises(InputFileError) as refused:
        choose_importers([])
    assert Speech("it").error(refused.value) == "Qui dentro non ci sono file, quindi nulla da importare."


def test_every_reason_has_a_text_and_every_text_a_reason() -> None:
    """What an importer counts with a code stands in the texts with the same values; no text is never told."""
    texts = json.loads((SERVER / "speech_texts" / "en.json").read_text("utf-8"))["left_out"]
    spelt = {}
    for path in sorted((SERVER / "importers").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("tally.add") and len(node.args) == 3:
                if isinstance(node.args[2], ast.Constant):
                    spelt[node.args[2].value] = {word.arg for word in node.keywords}
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("tally.add"):
                # What is told without a code may hold what files say, but no words of ours.
                assert not re.search(r"[a-z]{3} [a-z]", re.sub(r"{[^}]*}", "", ast.unparse(node.args[1]))), f"{path.name}:{node.lineno}"
    assert set(texts) == {*spelt, *PUT_TOGETHER}
    for code, values in spelt.items():
        assert set(re.findall(r"{(\w+)}", texts[code])) == values, code
