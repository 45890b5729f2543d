"""What takes the ask up again, leads up to it or hangs on it goes without what stands beside it in its sentence."""

from __future__ import annotations

import pytest

from tests.rewriting.close import texts

ASKED = {
    "en": ("Could you introduce me to Richard Branson?", "Either way, thank you for the jam.", "Thank you for the jam."),
    "it": ("Potresti presentarmi Richard Branson?", "In ogni caso, grazie per la tua marmellata.", "Grazie per la tua marmellata."),
    "es": ("¿Podrías presentarme a Richard Branson?", "De todos modos, gracias por tu mermelada de higos.", "Gracias por tu mermelada de higos."),
    "fr": ("Pourrais-tu me présenter à Richard Branson ?", "En tout cas, merci pour la confiture de figues.", "Merci pour la confiture de figues."),
    "de": ("Könntest du mich Richard Branson vorstellen?", "So oder so: danke für die gute Marmelade.", "Danke für die gute Marmelade."),
    "pt": ("Você poderia me apresentar ao Richard Branson?", "De qualquer forma, obrigada pela geleia de figo.", "Obrigada pela geleia de figo."),
}


@pytest.mark.parametrize("code", ASKED)
def test_what_follows_either_way_stays_and_begins_the_sentence(code: str) -> None:
    """The thanks stays, with a capital; nothing is taken up again that nobody has asked."""
    ask, resumed, thanks = ASKED[code]
    for found in texts(f"Ivan,\n\n{ask} {resumed}\n\nAnna", code, "Ivan Misner"):
        assert thanks in found
        assert resumed not in found


def test_what_is_typed_small_gets_no_capital_there() -> None:
    """A sender who begins sentences small keeps doing so."""
    found = texts("hi ivan,\n\ncould you introduce me to richard branson? anyway, thank you for the jam.\n\nanna", "en", "Ivan Misner")
    assert all("\nthank you for the jam." in one or " thank you for the jam." in one for one in found)
    assert not any("anyway" in one for one in found)


def test_what_is_told_before_a_lead_in_stays() -> None:
    """A clause that only leads up to the ask goes; what the sender tells before it in the same sentence stays, whole."""
    text = "Hi Ivan,\n\nI loved your tour of the lighthouse, and I have a quick question. Could you introduce me to Richard Branson?\n\nAnna"
    for found in texts(text, "en", "Ivan Misner"):
        assert "I loved your tour of the lighthouse." in found
        assert "quick question" not in found


def test_a_conjunction_goes_with_the_condition_behind_it() -> None:
    """No clause is left to end on "so that"."""
    found = texts("Hi Ivan,\n\nI mend sails in Genoa, so that, if it suits you, could you introduce me to your boss?\n\nAnna", "en", "Ivan Misner")
    assert all("I mend sails in Genoa. " in one for one in found)
