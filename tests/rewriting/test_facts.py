"""Facts are read from the record only where they can be told for sure."""

from datetime import date

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind, Promise
from coltiva.library import Library
from coltiva.rewriting.facts import facts_of, spoken_date
from coltiva.rewriting.summaries import occasion_of, topic_of

LIBRARY = Library()
TODAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("language", "summary", "expected"),
    [
        ("en", "CFO forum in Portland", "the CFO forum in Portland"),
        ("en", "Golf day", "the golf day"),
        ("en", "Spoke at the strings fair in Cremona", ""),
        ("en", "Met at fair", ""),
        ("it", "Fiera di Forlì", "alla fiera di Forlì"),
        ("it", "Mercatino di Natale, mi ha dato un panettone", "al mercatino di Natale"),
        ("es", "Curso de compra pública", "del curso de compra pública"),
        ("fr", "Colloque à Louvain-la-Neuve", "du colloque à Louvain-la-Neuve"),
        ("de", "Weiterbildung in Luzern", "an die Weiterbildung in Luzern"),
        ("de", "Agritechnica, am Stand", ""),
        ("pt", "Festa da freguesia", "da festa da freguesia"),
    ],
)
def test_occasions(language: str, summary: str, expected: str) -> None:
    """A noun phrase around a known head is an occasion; a sentence is none."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    assert occasion_of(summary, lines) == expected


def test_topics() -> None:
    """What was talked about is read up to the next comma, unless it speaks of persons."""
    lines = LIBRARY.rewrite_lines("en")
    assert lines is not None
    assert topic_of("Breakfast in Turin, talked about sailing, then left", lines) == "sailing"
    assert topic_of("Talked about her divorce", lines) == ""
    assert topic_of("Nothing much", lines) == ""


def test_dates_are_said_as_one_says_them() -> None:
    """A few days, this month, a month, a month of another year."""
    lines = LIBRARY.rewrite_lines("en")
    assert lines is not None
    days = [date(2026, 5, 10), date(2026, 5, 1), date(2026, 3, 2), date(2024, 3, 2)]
    said = ["the other day", "earlier this month", "in March", "in March 2024"]
    assert [spoken_date(day, TODAY, lines.file.when) for day in days] == said


def test_each_fact_names_its_events() -> None:
    """The latest event of a kind is the fact; kept promises are none."""
    lines = LIBRARY.rewrite_lines("en")
    assert lines is not None
    past = [
        Event("c1", date(2026, 1, 2), EventKind.CALL, Direction.BOTH, "Spoke about sailing"),
        Event("c2", date(2026, 2, 2), EventKind.CALL, Direction.BOTH),
        Event("s1", date(2026, 3, 2), EventKind.MESSAGE, Direction.SENT),
    ]
    promises = (
        Promise("p1", date(2026, 1, 2), "a book", kept_on=date(2026, 1, 9)),
        Promise("p2", date(2026, 2, 2), "a call"),
    )
    facts = facts_of(past, Contact("Ann", promises=promises), TODAY, lines)
    assert {ground: fact.uses for ground, fact in facts.items()} == {
        "": (), "call": ("c2",), "topic": ("c1",), "promise": ("p2",),
    }
