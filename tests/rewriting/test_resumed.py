"""What takes the ask up again goes without what follows it, and several senders are not given the words of one."""

from __future__ import annotations

import pytest

from coltiva.cues import folded_words

from .holding import LIBRARY
from .test_voice import texts

ASKED = {
    "en": ("Could you introduce me to Richard Branson?", "Either way, thank you for the jam.", "Thank you for the jam."),
    "it": ("Potresti presentarmi Richard Branson?", "In ogni caso, grazie per la tua marmellata.", "Grazie per la tua marmellata."),
    "es": ("¿Podrías presentarme a Richard Branson?", "De todos modos, gracias por tu mermelada de higos.", "Gracias por tu mermelada de higos."),
    "fr": ("Pourrais-tu me présenter à Richard Branson ?", "En tout cas, merci pour la confiture de figues.", "Merci pour la confiture de figues."),
    "de": ("Könntest du mich Richard Branson vorstellen?", "So oder so: danke für die gute Marmelade.", "Danke für die gute Marmelade."),
    "pt": ("Você poderia me apresentar ao Richard Branson?", "De qualquer forma, obrigada pela geleia de figo.", "Obrigada pela geleia de figo."),
}
CHOIRS = {
    "en": "Hi Ivan,\n\nWe're a small choir from Genoa and our concert is in May. Could you donate 200 euros?\n\nThe Sea Choir",
    "it": "Ciao Ivan,\n\nsiamo un piccolo coro di Genova e a maggio facciamo il nostro concerto. Potresti donare 200 euro?\n\nIl Coro del Mare",
    "es": "Hola Ivan:\n\nSomos un coro pequeño de Génova y en mayo damos nuestro concierto. ¿Podrías donar 200 euros?\n\nEl Coro del Mar",
    "fr": "Bonjour Ivan,\n\nNous sommes un petit chœur de Gênes et notre concert est en mai. Pourrais-tu donner 200 euros ?\n\nLe Chœur de la Mer",
    "de": "Hallo Ivan,\n\nwir sind ein kleiner Chor aus Genua und unser Konzert ist im Mai. Könntest du 200 Euro spenden?\n\nDer Meerchor",
    "pt": "Olá Ivan,\n\nSomos um pequeno coro de Génova e em maio damos o nosso concerto. Você poderia doar 200 euros?\n\nO Coro do Mar",
}


@pytest.mark.parametrize("code", ASKED)
def test_what_follows_either_way_stays_and_begins_the_sentence(code: str) -> None:
    """The thanks stays, with a capital; nothing is taken up again that nobody has asked."""
    ask, resumed, thanks = ASKED[code]
    for found in texts(f"Ivan,\n\n{ask} {resumed}\n\nAnna", code):
        assert thanks in found
        assert resumed not in found


def test_what_is_typed_small_gets_no_capital_there() -> None:
    """A sender who begins sentences small keeps doing so."""
    found = texts("hi ivan,\n\ncould you introduce me to richard branson? anyway, thank you for the jam.\n\nanna")
    assert all("\nthank you for the jam." in one or " thank you for the jam." in one for one in found)
    assert not any("anyway" in one for one in found)


@pytest.mark.parametrize("code", CHOIRS)
def test_a_choir_does_not_speak_as_one(code: str) -> None:
    """None of the words by which one person speaks of themselves is added."""
    lines = LIBRARY.rewrite_lines(code)
    assert lines is not None
    alone = lines.words["alone"]
    for found in texts(CHOIRS[code], code):
        assert alone.isdisjoint(folded_words(found)), found


def test_what_is_told_before_a_lead_in_stays() -> None:
    """A clause that only leads up to the ask goes; what the sender tells before it in the same sentence stays, whole."""
    text = "Hi Ivan,\n\nI loved your tour of the lighthouse, and I have a quick question. Could you introduce me to Richard Branson?\n\nAnna"
    for found in texts(text):
        assert "I loved your tour of the lighthouse." in found
        assert "quick question" not in found


def test_a_conjunction_goes_with_the_condition_behind_it() -> None:
    """No clause is left to end on "so that"."""
    found = texts("Hi Ivan,\n\nI mend sails in Genoa, so that, if it suits you, could you introduce me to your boss?\n\nAnna")
    assert all("I mend sails in Genoa. " in one for one in found)
