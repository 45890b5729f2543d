"""Where several people write, none of them is made to speak alone."""

from __future__ import annotations

import pytest

from coltiva.cues import folded_words
from tests.rewriting.close import texts
from tests.shipped import LIBRARY

CHOIRS = {
    "en": "Hi Ivan,\n\nWe're a small choir from Genoa and our concert is in May. Could you donate 200 euros?\n\nThe Sea Choir",
    "it": "Ciao Ivan,\n\nsiamo un piccolo coro di Genova e a maggio facciamo il nostro concerto. Potresti donare 200 euro?\n\nIl Coro del Mare",
    "es": "Hola Ivan:\n\nSomos un coro pequeño de Génova y en mayo damos nuestro concierto. ¿Podrías donar 200 euros?\n\nEl Coro del Mar",
    "fr": "Bonjour Ivan,\n\nNous sommes un petit chœur de Gênes et notre concert est en mai. Pourrais-tu donner 200 euros ?\n\nLe Chœur de la Mer",
    "de": "Hallo Ivan,\n\nwir sind ein kleiner Chor aus Genua und unser Konzert ist im Mai. Könntest du 200 Euro spenden?\n\nDer Meerchor",
    "pt": "Olá Ivan,\n\nSomos um pequeno coro de Génova e em maio damos o nosso concerto. Você poderia doar 200 euros?\n\nO Coro do Mar",
}


@pytest.mark.parametrize("code", CHOIRS)
def test_a_choir_does_not_speak_as_one(code: str) -> None:
    """None of the words by which one person speaks of themselves is added."""
    lines = LIBRARY.rewrite_lines(code)
    assert lines is not None
    alone = lines.words["alone"]
    for found in texts(CHOIRS[code], code, "Ivan Misner"):
        assert alone.isdisjoint(folded_words(found)), found
