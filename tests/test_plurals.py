"""Counts are told in the singular and the plural, on the command line, the pages and in the extension."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coltiva.cli import main
from coltiva.contact_store import ContactStore
from coltiva.contacts import Contact
from coltiva.doctor import examine
from coltiva.importing import Count, ImportReport
from coltiva.library import LANGUAGES, Library
from coltiva.speech import Speech
from coltiva.transfer_commands import report_text

ROOT = Path(__file__).resolve().parents[1]
TEXTS = [path for folder in ("speech_texts", "web/texts") for path in sorted((ROOT / "server" / "coltiva" / folder).rglob("*.json"))]
# What is several whenever it is told.
NEVER_ONE = {"several_contacts"}
COUNTED = re.compile(r"\{(?:count|contacts|events|total|moved)\} (?!von |de |di |of |sur |MiB|MB|Mo|su |em )[^\W\d_]")
CONTACTS = {
    "en": ["0 contacts", "1 contact", "2 contacts"], "it": ["0 contatti", "1 contatto", "2 contatti"], "es": ["0 contactos", "1 contacto", "2 contactos"],
    "fr": ["0 contact", "1 contact", "2 contacts"], "de": ["0 Kontakte", "1 Kontakt", "2 Kontakte"], "pt": ["0 contatos", "1 contato", "2 contatos"],
}  # fmt: skip
IMPORTED = {
    "en": [(0, "nothing new in here", "0  new contacts"), (1, "1 new event would be imported", "1  new contact"), (2, "2 new events would be imported", "2  new contacts")],
    "fr": [(0, "rien de nouveau ici", "0  nouveau contact"), (1, "1 nouvel événement serait importé", "1  nouveau contact"), (2, "2 nouveaux événements seraient importés", "2  nouveaux contacts")],
    "it": [(1, "si importerebbe 1 evento nuovo", "1  nuovo contatto"), (2, "si importerebbero 2 eventi nuovi", "2  nuovi contatti")],
    "es": [(1, "se importaría 1 hecho nuevo", "1  contacto nuevo"), (2, "se importarían 2 hechos nuevos", "2  contactos nuevos")],
    "de": [(1, "1 neues Ereignis würde importiert", "1  neuer Kontakt"), (1200, "1,200 neue Ereignisse würden importiert", "1,200  neue Kontakte")],
    "pt": [(0, "não há nada de novo aqui", "0  contatos novos"), (1, "1 evento novo seria importado", "1  contato novo")],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_doctor_counts_contacts(language: str, tmp_path: Path, library: Library) -> None:
    """None, one and two contacts are each told as the language does."""
    for number, said in enumerate(CONTACTS[language]):
        with ContactStore(tmp_path, library.tending, "a test") as store:
            if number:
                store.create(Contact(f"Ada {number}"))
        found = next(check.found for check in examine(tmp_path, 1, library, Speech(language)) if check.name == "data")
        assert found.endswith(f": {said}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_counts_events_and_contacts(language: str) -> None:
    """Both the heading and what was added follow their numbers."""
    for number, events, added in IMPORTED[language]:
        report = ImportReport(("vcard",), {"added": Count(number), "updated": Count(0)}, 5, number, "", dry_run=True)
        told = report_text(report.to_dict(Speech(language)), Speech(language))
        assert events in told
        assert f" {added}" in told


def test_the_rules_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Each of the counts of a check has its own number; a list of rules keeps its columns."""
    assert main(["rules", "new", "en/asks/mine", "--kind", "favor"]) == 0
    capsys.readouterr()
    main(["rules", "list", "en", "--own"])
    assert "   1 phrase        0 exceptions  favor" in capsys.readouterr().out
    say = Speech("fr")
    assert [say.counted("rules", "faults", number) for number in (0, 1, 2)] == ["0 défaut", "1 défaut", "2 défauts"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_number_stands_before_one_form_alone(path: Path) -> None:
    """What follows a number has both its forms, and no text offers the reader the choice of one in brackets."""
    for texts in json.loads(path.read_text("utf-8")).values():
        assert {key[:-4] for key in texts if key.endswith("_one")} == {key[:-5] for key in texts if key.endswith("_many")}
        for key, text in texts.items():
            assert not re.search(r"\w\((?:s|es|n|i)\)", text), text
            assert key.endswith(("_one", "_many")) or key in NEVER_ONE or not COUNTED.search(text), f"{key}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_extension_has_both_forms(language: str) -> None:
    """Each text of the extension that counts has a singular and a plural; what tells the number in one tells none in the other."""
    texts = json.loads((ROOT / "extension" / "_locales" / language / "messages.json").read_text("utf-8"))
    singular = {key[:-4] for key in texts if key.endswith("_one")}
    assert singular == {key[:-5] for key in texts if key.endswith("_many")} != set()
    # Whoever is asked after is named in both; how many there are is not said.
    counting = singular - {"cardSameName"}
    assert all("$1" in texts[f"{key}_many"]["message"] and "$1" not in texts[f"{key}_one"]["message"] for key in counting)
    assert all("$2" in texts[f"cardSameName_{form}"]["message"] for form in ("one", "many"))
