"""Where what is given stands, what is not said since the message does it, and how what has become the first sentence begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.rewriting.saying import filled
from coltiva.rewriting.summaries import occasion_of
from tests.rewriting.close import layout, texts
from tests.rewriting.holding import LIBRARY
from tests.rewriting.test_record import MET, rewrites

# A call is ripe for somebody whom the sender has met; an introduction is not.
BOTH = "Hi Ivan,\n\nThe loft is open again. Could you introduce me to Richard Branson? Would you have time for a call on Friday?\n\nAnna"
HELPED = Event("g1", date(2026, 4, 2), EventKind.RECEIVED, Direction.RECEIVED, "Introduced me to Marta")
GAVE = Event("g2", date(2026, 4, 2), EventKind.GAVE, Direction.SENT, "Introduced him to Marta")
WISH = Event("w1", date(2026, 5, 4), EventKind.WAS_ASKED, Direction.RECEIVED, "Asked for the prices")


@pytest.fixture
def without_ranker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any line be said that is meant for what stays, whether or not people would sign it there."""
    reader = LIBRARY.reader("en")
    assert reader is not None
    monkeypatch.setattr(reader, "ranker", None)


@pytest.mark.usefixtures("without_ranker")
def test_what_is_owed_stands_first_and_an_offer_does_not_part_what_still_asks() -> None:
    """A thanks comes right behind the greeting; an offer never between a sentence and the ask of its paragraph."""
    given = [r for r in rewrites(Contact("Ivan Misner"), MET, HELPED, text=BOTH) if r.strategy == "give_first"]
    assert given
    assert all(r.text.startswith("Hi Ivan,\n\n") and r.text.endswith("a call on Friday?\n\nAnna") for r in given)
    assert all(r.text.index("The loft") > len("Hi Ivan,\n\n") for r in given)
    offered = [r for r in rewrites(Contact("Ivan Misner"), MET, GAVE, text=BOTH) if r.strategy == "give_first"]
    assert offered
    assert all("open again. Would you have time for a call on Friday?" in r.text for r in offered)


@pytest.mark.usefixtures("without_ranker")
def test_an_offer_stands_before_the_paragraph_that_still_asks() -> None:
    """Between two paragraphs there is a place for it."""
    text = BOTH.replace(" Could", "\n\nCould")
    offered = [r for r in rewrites(Contact("Ivan Misner"), MET, GAVE, text=text) if r.strategy == "give_first"]
    assert offered
    assert all(r.text.endswith("Would you have time for a call on Friday?\n\nAnna") for r in offered)


def test_nothing_is_said_of_a_wish_that_the_message_fulfils() -> None:
    """"As you asked, here are the prices" needs no "I haven't forgotten what you asked me"."""
    ask = "Hi Ivan,\n\n{}Could you introduce me to Richard Branson?\n\nAnna"
    assert any("w1" in r.uses for r in rewrites(Contact("Ivan Misner"), MET, WISH, text=ask.format("")))
    answered = rewrites(Contact("Ivan Misner"), MET, WISH, text=ask.format("Here are the prices, as you asked. "))
    assert answered
    assert not any("w1" in r.uses for r in answered)


@pytest.mark.parametrize(
    ("code", "text", "first"),
    [
        ("en", "Hi Ivan,\n\nCould you introduce me to Richard Branson? And thank you for the rice and the beans.\n\nAnna", "Thank you for the rice"),
        ("de", "Hallo Ivan,\n\nkönntest du mich Richard Branson vorstellen? Und danke für den Reis und die Bohnen.\n\nAnna", "danke für den Reis"),
    ],
)
def test_what_has_become_the_first_sentence_needs_no_and(code: str, text: str, first: str) -> None:
    """It begins without its connector, with the capital that stands there."""
    found = texts(text, code, "Ivan Misner")
    assert any(f",\n\n{first}" in one for one in found)
    assert not any(",\n\nund" in one or ",\n\nAnd" in one for one in found)


def test_a_polite_capital_does_not_tell_how_an_italian_begins() -> None:
    """After a greeting's comma the line begins small, though the sentence that went began with the polite Le."""
    for found in texts("Gentile Marta Bini,\nLe chiedo di presentarmi il Suo editore.\n\nAnna", "it", "Marta Bini"):
        first = found.split("\n")[1].split()[0]
        assert first[:1].islower() or first == "Le", found  # a line may begin with the polite pronoun itself


def test_names_of_occasions_and_houses_are_whole() -> None:
    """A wedding that is somebody's has no article; "Cía." ends a sentence by itself; "D." ends no greeting."""
    english = LIBRARY.rewrite_lines("en")
    assert english is not None
    assert occasion_of("Wedding in Leeds", english) == "the wedding in Leeds"
    assert occasion_of("Keeley's wedding in Leeds", english) == "Keeley's wedding in Leeds"
    spanish = LIBRARY.rewrite_lines("es")
    assert spanish is not None
    line = replace(spanish.lines["wait"][0], text="Un saludo a {company}.", slots=frozenset({"company"}))
    assert filled(line, {"company": "Iriarte & Cía."}, (), spanish).text == "Un saludo a Iriarte & Cía."
    assert layout("Estimada Senhora D. Clotilde, junto a tabela de preços.", "pt", "Clotilde Reis").head == "Estimada Senhora D. Clotilde, "


def test_a_name_behind_a_thanks_in_advance_still_signs() -> None:
    """The thanks goes with the ask; who signs in the same line stays."""
    found = texts("Hi Ivan,\n\nI run a small sail loft. Could you introduce me to your boss?\n\nThanks in advance, Anna Keller", "en", "Ivan Misner")
    assert all(one.endswith("\n\nAnna Keller") and "advance" not in one for one in found)
