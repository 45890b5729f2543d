"""What stands above the body: open fields of a template, and the first letter behind a greeting."""

from __future__ import annotations

import pytest

from tests.rewriting.close import texts

ASK = "Buchen Sie jetzt Ihre Vorführung in meinem Kalender: termin.example/brandt"
PITCH = "Unsere Waagen zählen Schrauben."


@pytest.mark.parametrize(
    ("field", "filled"),
    [("{{Firmenname}}", "Okafor Papier"), ("[company]", "Okafor Papier"), ("{{azienda}}", "Okafor Papier"), ("{{Vorname}}", "Ada"), ("{{last_name}}", "Ada Okafor")],
)
def test_an_open_field_is_filled_with_what_it_names(field: str, filled: str) -> None:
    """A field for the house takes the house as it is spoken of, one for a name the name."""
    text = f"Betreff: Weniger Zählen für {field}\n\nSehr geehrte Frau Okafor,\n\n{PITCH} {ASK}\n\nMit besten Grüßen\nPatrick Seidel"
    contact = {"name": "Ada Okafor", "company": "Okafor Papier GmbH"}
    for rewrite in texts(text, "de", "Ada Okafor", contact=contact):
        assert rewrite.startswith(f"Betreff: Weniger Zählen für {filled}\n")


@pytest.mark.parametrize("company", ["", "{{Firma}}", "[Company]"])
def test_an_open_field_is_not_filled_with_another(company: str) -> None:
    """Where the house is not known, or is an open field in the record too, the field stays as a blank."""
    text = f"Betreff: Waagen für {{{{Firmenname}}}}\n\nSehr geehrte Frau Okafor,\n\n{PITCH} {ASK}\n\nMit besten Grüßen\nPatrick Seidel"
    for rewrite in texts(text, "de", "Ada Okafor", contact={"name": "Ada Okafor", "company": company}):
        assert rewrite.startswith("Betreff: Waagen für [Firmenname]\n")


@pytest.mark.parametrize(("ask", "begins_low"), [
    ("Geld brauche ich, könnten Sie mir 500 Euro leihen?", True),
    ("Könnten Sie mir 500 Euro leihen?", False),
    ("könnten Sie mir 500 Euro leihen?", True),
])
def test_a_noun_does_not_tell_how_one_goes_on_behind_a_comma(ask: str, begins_low: bool) -> None:
    """In German a line behind the greeting's comma begins small, unless the sender begins there with a capital that is a choice."""
    text = f"Sehr geehrte Damen und Herren,\n\n{ask}\n\nMit freundlichem Gruß\nRadDepot GmbH"
    bodies = [rewrite.split("\n\n")[1] for rewrite in texts(text, "de", "Rieger")]
    assert all(body[0].islower() is begins_low for body in bodies)


@pytest.mark.parametrize(
    ("language", "greeting", "name", "company", "filled"),
    [
        ("en", "Dear [SITE OWNER],", "Hollis Grant", "", "Dear Hollis,"),
        ("en", "Dear Mr/Ms [SURNAME],", "Trevor Bannister", "", "Dear Trevor Bannister,"),
        ("en", "Dear Mr [SURNAME],", "Trevor Bannister", "", "Dear Mr Bannister,"),
        ("en", "Dear [Site owner],", "", "", "Dear [Site owner],"),
        ("en", "Hi {{first}},", "", "", "Hi,"),
        ("it", "Gentile [NOME],", "Geom. Ivano Castagna", "", "Gentile Ivano Castagna,"),
        ("it", "Gentile Dott./Dott.ssa [cognome],", "Dott.ssa Federica Landi", "", "Gentile Federica Landi,"),
        ("it", "Spett.le [RAGIONE SOCIALE],", "Gino Tartaglia", "Tartaglia Conserve", "Spett.le Tartaglia Conserve,"),
        ("it", "Gentile redazione di [SITO],", "Redazione", "Cammini Lenti", "Gentile redazione di Cammini Lenti,"),
        ("it", "Buongiorno Dottor [cognome],", "Dott. Osvaldo Manera", "", "Buongiorno Dottor Manera,"),
        ("es", "Estimado(a) [NOMBRE Y APELLIDO]:", "Raúl Chinchay", "", "Hola Raúl Chinchay:"),
        ("es", "Hola [NOMBRE]:", "Dr. Álvaro Quintanilla", "", "Hola Álvaro:"),
        ("fr", "Chère Madame, cher Monsieur [NOM],", "Vincent Lambotte", "", "Bonjour Vincent Lambotte,"),
        ("fr", "Bonjour {{civilité}} {{nom}},", "Sandrine Aebischer", "", "Bonjour Sandrine Aebischer,"),
        ("de", "Sehr geehrte/r [ANREDE] [NACHNAME],", "Dkfm. Heinrich Leitgeb", "", "Guten Tag Heinrich Leitgeb,"),
        ("de", "Guten Tag Herr [Nachname],", "", "", "Guten Tag Herr [Nachname],"),
        ("de", "Sehr geehrte/r [Anrede] Dahlmann,", "Volker Dahlmann", "", "Guten Tag Volker Dahlmann,"),
        ("de", "Sehr geehrte/r [Anrede] Meier,", "Volker Dahlmann", "", "Sehr geehrte/r Meier,"),
        ("pt", "Caro(a) {{primeiro_nome}},", "Filipe Abrantes", "", "Olá Filipe,"),
    ],
)
def test_a_greeting_is_whole(language: str, greeting: str, name: str, company: str, filled: str) -> None:
    """Whoever it is is greeted by name and as people greet; what needs a name and has none keeps a blank."""
    asks = {
        "en": "Could you lend me 500 euros?", "it": "Potrebbe prestarmi 500 euro?", "es": "¿Podría prestarme 500 euros?",
        "fr": "Pourriez-vous me prêter 500 euros ?", "de": "Könnten Sie mir 500 Euro leihen?", "pt": "Poderia emprestar-me 500 euros?",
    }  # fmt: skip
    message = f"{greeting}\n\n{asks[language]}\n\nAda"
    found = texts(message, language, name, contact={"name": name, "company": company})
    assert found
    assert {rewrite.partition("\n")[0] for rewrite in found} == {filled}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Offices like {{company}} cut their paper by half.", "Offices like Okafor cut their paper by half."),
        ("I liked your talk at [COMPANY].", "I liked your talk at Okafor."),
        ("I work at [MY COMPANY] in Leeds.", None),
        ("My name is Tom and I come from [COMPANY].", None),
        ("At {{company}} we bake bread.", None),
        ("[COMPANY], makers of paper, is in Leeds.", None),
    ],
)
def test_a_house_in_the_body_is_theirs_or_nobodys(told: str, expected: str | None) -> None:
    """What stands for the contact's house is filled, and the sentence stays; the sender's own house is not known."""
    message = f"Hi Ada,\n\nThe mill has run since May. {told}\n\nCould you lend me 500 euros?\n\nTom"
    for rewrite in texts(message, "en", "Ada Okafor", contact={"name": "Ada Okafor", "company": "Okafor"}):
        assert (expected in rewrite) if expected else ("Okafor" not in rewrite)
