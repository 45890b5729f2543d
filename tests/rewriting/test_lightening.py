"""Pressure that shares its sentence with an ask goes, and the ask stays, whole."""

from __future__ import annotations

import pytest

from coltiva.payloads import request_from_json
from coltiva.report import Report
from coltiva.verdict import Decision
from tests.rewriting.close import CLOSE, REVIEWER, TODAY

GREETINGS = {"en": "Hi Ivan,", "it": "Ciao Ivan,", "es": "Hola Ivan:", "fr": "Bonjour Ivan,", "de": "Hallo Ivan,", "pt": "Olá Ivan,"}
# The pressure before its ask, behind it as what the linter reads as another ask, and within it; what has to be left.
BEFORE = {
    "en": ("This is your last chance, so could you read my draft?", "Could you read my draft?"),
    "it": ("È l'ultima occasione, quindi potresti leggere la mia bozza?", "Potresti leggere la mia bozza?"),
    "es": ("Es la última oportunidad, así que ¿podrías leer mi borrador?", "¿Podrías leer mi borrador?"),
    "fr": ("C'est ta dernière chance, alors pourrais-tu lire mon brouillon ?", "Pourrais-tu lire mon brouillon ?"),
    "de": ("ich brauche noch heute eine Antwort: Könntest du meinen Entwurf lesen?", "könntest du meinen Entwurf lesen?"),
    "pt": ("É a última chance, então você poderia ler meu rascunho?", "Você poderia ler meu rascunho?"),
}
BEHIND = {
    "en": ("Could you read my draft?", "I need your reply today, it is urgent."),
    "it": ("Potresti leggere la mia bozza?", "Ho bisogno di una risposta entro stasera, è l'ultima occasione."),
    "es": ("¿Podrías leer mi borrador?", "Necesito una respuesta hoy mismo, es la última oportunidad."),
    "fr": ("Pourrais-tu lire mon brouillon ?", "Il me faut une réponse avant ce soir, c'est ta dernière chance."),
    "de": ("Könntest du meinen Entwurf lesen?", "Ich brauche bis heute Abend deine Antwort, das ist die letzte Chance."),
    "pt": ("Você poderia ler meu rascunho?", "Preciso de uma resposta ainda hoje, é a última chance."),
}
WITHIN = {
    "en": ("Could you urgently introduce me to your editor?", "Could you introduce me to your editor?"),
    "it": ("Potresti leggere la mia bozza entro stasera?", "Potresti leggere la mia bozza?"),
    "es": ("¿Podrías leer cuanto antes mi borrador?", "¿Podrías leer mi borrador?"),
    "fr": ("Pourrais-tu lire mon brouillon avant minuit ?", "Pourrais-tu lire mon brouillon ?"),
    "de": ("Könntest du bis spätestens Freitag meinen Entwurf lesen?", "Könntest du meinen Entwurf lesen?"),
    "pt": ("Você poderia ler meu rascunho com urgência?", "Você poderia ler meu rascunho?"),
}
WAYS_OUT = {
    "en": "No worries if not.",
    "it": "Se non puoi, nessun problema.",
    "es": "Si no puedes, no pasa nada.",
    "fr": "Aucun souci si tu n'as pas le temps.",
    "de": "Wenn es nicht passt, ist das kein Problem.",
    "pt": "Se não puder, está tudo bem.",
}
INSEPARABLE = "Could you tell your readers that the last chance to register is Friday?"


def reviewed(body: str, code: str) -> Report:
    """Return the report on a message to a close contact, of whom much may be asked."""
    text = f"{GREETINGS[code]}\n\n{body}\n\nAnna"
    payload = {"text": text, "language": code, "contact": {"name": "Ivan Misner"}, "history": CLOSE, "rewrites": True}
    return REVIEWER.review(request_from_json(payload, today=TODAY))


def lightened(body: str, code: str) -> str:
    """Return what stands between greeting and name in the lighter version; there is one, and it may be sent."""
    found = reviewed(body, code)
    assert found.verdict.decision is Decision.REVISE
    (light,) = found.rewriting.rewrites
    assert light.strategy == "lighter"
    start, end = f"{GREETINGS[code]}\n\n", "\n\nAnna"
    assert light.text.startswith(start)
    assert light.text.endswith(end)
    left = light.text[len(start) : -len(end)]
    again = reviewed(left, code)
    assert again.verdict.decision is Decision.SEND
    assert "pressure" not in [finding.kind for finding in again.findings]
    return left


@pytest.mark.parametrize("code", GREETINGS)
@pytest.mark.parametrize("messages", [BEFORE, WITHIN], ids=["before", "within"])
def test_pressure_in_the_sentence_of_an_ask_goes(code: str, messages: dict[str, tuple[str, str]]) -> None:
    """A clause that presses, or the words that say how soon, are cut; the ask begins and ends as a sentence does."""
    body, left = messages[code]
    assert lightened(body, code).startswith(f"{left} ")


@pytest.mark.parametrize("code", GREETINGS)
def test_pressure_that_reads_like_an_ask_goes(code: str) -> None:
    """To want an answer by tonight is no ask of its own."""
    ask, pressure = BEHIND[code]
    light = lightened(f"{ask} {pressure}", code)
    assert light.startswith(f"{ask} ")
    assert not set(pressure.rstrip(".").split()[-2:]) <= set(light.rstrip(".").split())


@pytest.mark.parametrize("code", GREETINGS)
def test_the_senders_own_way_out_stays_alone(code: str) -> None:
    """Beside a way out the pressure goes as well, and no second way out comes."""
    ask, pressure = BEHIND[code]
    assert lightened(f"{ask} {pressure} {WAYS_OUT[code]}", code) == f"{ask} {WAYS_OUT[code]}"
    assert not reviewed(f"{ask} {WAYS_OUT[code]}", code).rewriting.rewrites


def test_what_cannot_be_parted_is_left_to_the_sender() -> None:
    """No version is called lighter that still presses."""
    found = reviewed(INSEPARABLE, "en")
    assert {"ask", "signal"} <= {finding.category for finding in found.findings}
    assert found.verdict.decision is Decision.REVISE
    assert not found.rewriting.rewrites


@pytest.mark.parametrize("code", GREETINGS)
def test_changes_lead_to_the_lighter_message(code: str) -> None:
    """What goes stands in the message where the change says, and nothing comes that is not said."""
    for body in (BEFORE[code][0], WITHIN[code][0], " ".join(BEHIND[code])):
        found = reviewed(body, code)
        (light,) = found.rewriting.rewrites
        for change in light.changes:
            assert change.span.of(found.text) == change.goes
            assert change.comes in light.text
        assert {change.why for change in light.changes} == {"pressure", "lighter"}
