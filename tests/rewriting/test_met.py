"""How the two met is still spoken of after they met again, and only where the record begins with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.payloads import request_from_json
from coltiva.rewriting import Rewrite
from coltiva.rewriting.facts import facts_of
from tests.rewriting.close import REVIEWER
from tests.rewriting.test_record import ASKS, TODAY, rewrites
from tests.shipped import LIBRARY

# Where the two met, how a line names it, and that they met there; then where they met again.
FAIRS = {
    "en": ("Book fair in Genoa", "book fair in Genoa", "we met at", "Lunch in Turin"),
    "it": ("Fiera del libro di Genova", "fiera del libro di Genova", "nostro primo incontro", "Pranzo a Torino"),
    "es": ("Feria del libro de Génova", "feria del libro de Génova", "nos conocimos", "Almuerzo en Turín"),
    "fr": ("Salon du livre de Gênes", "salon du livre de Gênes", "fait connaissance", "Déjeuner à Turin"),
    "de": ("Buchmesse in Genua", "die Buchmesse in Genua", "kennengelernt", "Mittagessen in Turin"),
    "pt": ("Feira do livro de Génova", "feira do livro de Génova", "nos conhecemos", "Almoço em Turim"),
}
FAIR = Event("fair", date(2024, 3, 2), EventKind.MEETING, Direction.BOTH)
LUNCH = Event("lunch", date(2026, 4, 2), EventKind.MEETING, Direction.BOTH)


def told(language: str, *history: Event) -> list[Rewrite]:
    """Return the rewrites that say how the two met."""
    met = FAIRS[language][2]
    return [r for r in rewrites(Contact("Ivan Misner"), *history, text=ASKS[language], language=language) if met in r.text]


@pytest.mark.parametrize("language", FAIRS)
def test_a_later_meeting_does_not_hide_the_first(language: str) -> None:
    """A fair two years ago, lunch lately: a rewrite says that they met at the fair, and names that event."""
    first, named, _, again = FAIRS[language]
    fair, lunch = replace(FAIR, summary=first), replace(LUNCH, summary=again)
    found = told(language, fair, lunch)
    assert found
    assert all("fair" in r.uses and named in r.text for r in found)
    assert told(language, fair) == []


@pytest.mark.parametrize("language", FAIRS)
def test_old_acquaintances_are_reminded_of_it(language: str) -> None:
    """After a long silence the thread is picked up at a recorded event, and a rewrite tells how it began; which is the ranker's affair."""
    history = (replace(FAIR, summary=FAIRS[language][0]), Event("call", date(2024, 9, 2), EventKind.CALL, Direction.BOTH))
    every = rewrites(Contact("Ivan Misner"), *history, text=ASKS[language], language=language)
    picked_up = [r.uses for r in every if r.strategy == "reconnect"]
    assert picked_up
    assert set(picked_up) <= {(), ("fair",), ("call",)}
    assert any(r.uses == ("fair",) for r in told(language, *history))


def test_what_came_later_or_lately_is_no_first_meeting() -> None:
    """A record that begins with a call, or a few weeks ago, does not tell how the two met."""
    lines = LIBRARY.rewrite_lines("en")
    assert lines is not None
    fair, call = replace(FAIR, summary="Fair in Genoa"), Event("call", date(2023, 3, 2), EventKind.CALL, Direction.BOTH)
    assert facts_of((fair, LUNCH), Contact(), TODAY, lines)["met"].uses == ("fair",)
    assert "met" not in facts_of((call, fair, LUNCH), Contact(), TODAY, lines)
    assert "met" not in facts_of((replace(fair, date=date(2026, 4, 1)), LUNCH), Contact(), TODAY, lines)


@pytest.mark.parametrize(("language", "text", "memory"), [
    ("en", "Hi Ada, we met at the fair in Genoa in March and talked about tides. Could you introduce me to your publisher?", "we met at the fair in Genoa in March and talked about tides."),
    ("it", "Gentile Ada, ci siamo incrociati alla fiera di Genova e abbiamo parlato di maree. Mi presenterebbe al Suo editore?", "ci siamo incrociati alla fiera di Genova e abbiamo parlato di maree."),
    ("de", "Hallo Ada, wir haben uns in Genua auf der Messe kennengelernt. Stellst du mich deinem Verleger vor?", "wir haben uns in Genua auf der Messe kennengelernt."),
])
def test_what_the_sender_remembers_stays(language: str, text: str, memory: str) -> None:
    """A meeting that nobody recorded is told of, to be recorded; the sender's own words on it are not taken away."""
    body = {"text": text, "language": language, "contact": {"name": "Ada"}}
    review = REVIEWER.review(request_from_json(body, today=TODAY))
    assert "false_history" in {finding.kind for finding in review.findings}
    found = [rewrite.text for rewrite in review.rewriting.rewrites]
    assert found
    assert all(memory in text for text in found), found
