"""What stands above the body: open fields of a template, and the first letter behind a greeting."""

from __future__ import annotations

import pytest

from tests.rewriting.close import texts

ASK = "Buchen Sie jetzt Ihre Vorführung in meinem Kalender: termin.example/brandt"
PITCH = "Unsere Waagen zählen Schrauben."


@pytest.mark.parametrize(
    ("field", "filled"),
    [("{{Firmenname}}", "Okafor Papier"), ("[company]", "Okafor Papier"), ("{{azienda}}", "Okafor Papier"), ("{{Vorname}}", "Ada"), ("{{last_name}}", "Okafor")],
)
def test_an_open_field_is_filled_with_what_it_names(field: str, filled: str) -> None:
    """A field for the house takes the house as it is spoken of, one for a name the name."""
    text = f"Betreff: Weniger Zählen für {field}\n\nSehr geehrte Frau Okafor,\n\n{PITCH} {ASK}\n\nMit besten Grüßen\nPatrick Seidel"
    contact = {"name": "Ada Okafor", "company": "Okafor Papier GmbH"}
    for rewrite in texts(text, "de", "Ada Okafor", contact=contact):
        assert rewrite.startswith(f"Betreff: Weniger Zählen für {filled}\n")


@pytest.mark.parametrize("company", ["", "{{Firma}}", "[Company]"])
def test_an_open_field_is_not_filled_with_another(company: str) -> None:
    """Where the house is not known, or is an open field in the record too, the field goes."""
    text = f"Betreff: Waagen für {{{{Firmenname}}}}\n\nSehr geehrte Frau Okafor,\n\n{PITCH} {ASK}\n\nMit besten Grüßen\nPatrick Seidel"
    for rewrite in texts(text, "de", "Ada Okafor", contact={"name": "Ada Okafor", "company": company}):
        assert rewrite.startswith("Betreff: Waagen für\n")


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
