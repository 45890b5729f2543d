"""What nobody wants to be reminded of by somebody's message is never named, though the record speaks of it."""

from __future__ import annotations

from datetime import date

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind, Note, Promise
from coltiva.rewriting.summaries import occasion_of, promised_of, topic_of
from tests.rewriting.test_record import ASKS, rewrites
from tests.shipped import LIBRARY

# Before a subject, how a summary names one; then one of illness, death, divorce, dismissal, debts, pregnancy, faith, politics, sexuality and courts.
PRIVATE = {
    "en": ("Talked about", "cancer", "the funeral", "the divorce", "being laid off", "debts", "the pregnancy", "faith", "the election", "coming out", "the lawsuit"),
    "it": ("Parlato di", "tumori", "un funerale", "divorzio", "licenziamento", "debiti", "gravidanza", "fede", "elezioni", "omosessualità", "una causa in tribunale"),
    "es": ("Hablamos de", "la enfermedad", "la muerte", "la separación", "el despido", "las deudas", "el embarazo", "religión", "política", "sexualidad", "el juicio"),
    "fr": ("Parlé de", "la maladie", "la mort", "la séparation", "la perte d'emploi", "dettes", "la grossesse", "religion", "la politique", "sexualité", "la plainte"),
    "de": ("Gespräch über", "die Brustkrebsdiagnose", "die Beerdigung", "die Scheidung", "die Kündigung", "Schulden", "die Schwangerschaft", "den Glauben", "Politik", "Homosexualität", "den Prozess"),
    "pt": ("Falámos sobre", "a doença", "o funeral", "o divórcio", "o despedimento", "as dívidas", "a gravidez", "a fé", "as eleições", "a sexualidade", "o tribunal"),
}  # fmt: skip
PROMISED = {
    "en": ("the divorce papers", "the garden papers"),
    "it": ("i documenti del divorzio", "i documenti del giardino"),
    "es": ("los papeles del divorcio", "los papeles del jardín"),
    "fr": ("les papiers du divorce", "les papiers du jardin"),
    "de": ("die Scheidungspapiere", "die Gartenpapiere"),
    "pt": ("os papéis do divórcio", "os papéis do jardim"),
}
OCCASIONS = {
    "en": ("Divorce seminar in Leeds", "Garden seminar in Leeds"),
    "it": ("Seminario sul divorzio", "Seminario sul giardino"),
    "es": ("Seminario sobre el divorcio", "Seminario sobre el jardín"),
    "fr": ("Séminaire sur le divorce", "Séminaire sur le jardin"),
    "de": ("Scheidungsseminar in Leipzig", "Gartenseminar in Leipzig"),
    "pt": ("Seminário sobre o divórcio", "Seminário sobre o jardim"),
}
NOTED = {
    "en": "interested in politics",
    "it": "appassionata di politica",
    "es": "le gusta la política",
    "fr": "s'intéresse à la politique",
    "de": "interessiert sich für Politik",
    "pt": "gosta de política",
}


@pytest.mark.parametrize("language", PRIVATE)
def test_private_subjects_are_not_named(language: str) -> None:
    """Of each family one, in a conversation; what was promised and where the two met likewise; other subjects are named."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    spoken, *subjects = PRIVATE[language]
    assert topic_of(f"{spoken} jazz", lines) == "jazz"
    assert {subject: topic_of(f"{spoken} {subject}", lines) for subject in subjects} == dict.fromkeys(subjects, "")
    private, harmless = PROMISED[language]
    assert (promised_of(private, lines), promised_of(harmless, lines)) == ("", harmless)
    private, harmless = OCCASIONS[language]
    assert occasion_of(private, lines) == ""
    assert occasion_of(harmless, lines)


@pytest.mark.parametrize("language", PRIVATE)
def test_a_line_without_subject_takes_its_place(language: str) -> None:
    """The conversation and the promise are spoken of, but not what they were about."""
    spoken, _, _, divorce, *_ = PRIVATE[language]
    talk = Event("m1", date(2026, 3, 2), EventKind.MEETING, Direction.BOTH, f"{spoken} {divorce}")
    promise = Promise("p1", date(2026, 3, 2), PROMISED[language][0])
    told = rewrites(Contact("Ivan Misner", promises=(promise,)), talk, text=ASKS[language], language=language)
    assert {"m1", "p1"} <= {use for r in told for use in r.uses}
    private = divorce.split()[-1].lower()[:6]
    assert not [r.text for r in told if private in r.text.lower()]


@pytest.mark.parametrize("language", NOTED)
def test_a_usable_note_is_the_senders_own_choice(language: str) -> None:
    """A note that its writer marked as usable is said, whatever it is about."""
    note = Note("n1", date(2026, 4, 1), NOTED[language], usable=True)
    met = Event("m1", date(2026, 3, 2), EventKind.MEETING, Direction.BOTH)
    told = rewrites(Contact("Ivan Misner", notes=(note,)), met, text=ASKS[language], language=language)
    assert any(NOTED[language].split()[-1] in r.text and "n1" in r.uses for r in told)
