"""The message's language: ours, none of ours, or too short to tell."""

import pytest

from coltiva.language import LanguageDetector

DETECTOR = LanguageDetector()
SENTENCES = {
    "en": "Thanks for the lovely talk on Tuesday, I am still thinking about it.",
    "it": "Grazie per la bella chiacchierata di martedì, ci sto ancora pensando.",
    "es": "Gracias por la charla del martes, todavía estoy pensando en ello.",
    "fr": "Merci pour la belle conversation de mardi, j'y pense encore.",
    "de": "Danke für das schöne Gespräch am Dienstag, ich denke noch daran.",
    "pt": "Obrigado pela conversa de terça-feira, ainda estou a pensar nela.",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_detects_the_six(code: str, text: str) -> None:
    """Each of the six, as typed and in capitals."""
    assert DETECTOR.detect(text) == code
    assert DETECTOR.detect(text.upper()) == code


@pytest.mark.parametrize("text", [
    "Bedankt voor het fijne gesprek van dinsdag, ik denk er nog steeds aan.",
    "Dziękuję za miłą rozmowę we wtorek, ciągle o niej myślę.",
    "Спасибо за прекрасный разговор во вторник, я всё ещё думаю о нём.",
])
def test_other_languages_are_none_of_ours(text: str) -> None:
    """Dutch, Polish and Russian are not claimed."""
    assert DETECTOR.detect(text) is None


def test_short_text_keeps_the_last_answer() -> None:
    """Below 25 letters the language found before stands."""
    assert DETECTOR.detect("Ciao Anna", last="it") == "it"
    assert DETECTOR.detect("😀😀😀 123 456 789 000 111 222") is None


def test_what_is_near_two_languages_is_asked_again() -> None:
    """Spanish that shares its words with Portuguese, of which a few trials are no proof."""
    text = "Hola, Mila: Este mes nuestra central ha pasado de tres a cinco compradores. Por mi parte eso es todo de momento; seguiré con gusto las novedades de Ponce Suministros."
    assert DETECTOR.detect(text) == "es"
