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


SO_THAT = {
    "en": ("Hi Ivan,\n\nI mend sails in Genoa, so that, if it suits you, could you introduce me to your boss?\n\nAnna", "so that"),
    "it": ("Ciao Ivan,\n\nriparo vele a Genova, cosicché, se ti va bene, mi presenteresti il tuo capo?\n\nAnna", "cosicché"),
    "es": ("Hola Ivan:\n\nArreglo velas en Génova, de modo que, si te parece bien, ¿me presentarías a tu jefe?\n\nAna", "de modo que"),
    "fr": ("Bonjour Ivan,\n\nJe répare des voiles à Gênes, de sorte que, si cela te va, pourrais-tu me présenter à ta patronne ?\n\nAnne", "de sorte que"),
    "de": ("Hallo Ivan,\n\nich flicke Segel in Genua, sodass ich dich, wenn es dir passt, bitte, mich deiner Chefin vorzustellen.\n\nAnna", "sodass"),
    "pt": ("Olá Ivan,\n\nConserto velas em Génova, de modo que, se der, você poderia me apresentar à sua chefe?\n\nAna", "de modo que"),
}  # fmt: skip


@pytest.mark.parametrize("code", SO_THAT)
def test_a_conjunction_goes_with_the_condition_behind_it(code: str) -> None:
    """No clause is left to end on "so that"."""
    text, conjunction = SO_THAT[code]
    for found in texts(text, code, "Ivan Misner"):
        assert conjunction not in found


def test_what_stands_before_the_conjunction_stays() -> None:
    """The clause that only tells ends the sentence."""
    assert all("I mend sails in Genoa." in one for one in texts(SO_THAT["en"][0], "en", "Ivan Misner"))


THANKS = {
    "en": "Thanks in advance!",
    "it": "Grazie in anticipo!",
    "es": "¡Gracias de antemano!",
    "fr": "Merci d'avance !",
    "de": "Vielen Dank im Voraus!",
    "pt": "Obrigada desde já!",
}


@pytest.mark.parametrize("code", THANKS)
def test_nobody_is_thanked_in_advance_for_what_is_not_asked(code: str) -> None:
    """The thanks in advance goes with the ask, right behind it, in a paragraph of its own, or above the name."""
    ask, words = ASKED[code][0], THANKS[code].strip("¡!").strip()
    for between, behind in ((" ", "\n\n"), ("\n\n", "\n\n"), ("\n\n", "\n")):
        text = f"Ivan,\n\n{ask}{between}{THANKS[code]}{behind}Anna"
        assert not [one for one in texts(text, code, "Ivan Misner") if words in one]
