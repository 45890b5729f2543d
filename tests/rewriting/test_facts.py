"""Facts are read from the record only where they can be told for sure."""

from datetime import date

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind, Promise
from coltiva.library import LANGUAGES
from coltiva.rewriting.facts import facts_of, spoken_date
from coltiva.rewriting.summaries import occasion_of, topic_of
from coltiva.speech import Speech
from tests.shipped import LIBRARY

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


@pytest.mark.parametrize(
    ("company", "told"),
    [
        ("Okafor Paper", "Okafor Paper"),
        ("Okafor Paper, Leeds", "Okafor Paper"),
        ("Cabanha Sul / Vereança", "Cabanha Sul"),
        ("Okafor Paper Pvt Ltd", "Okafor Paper"),
        ("Okafor & Ruas, Lda.", "Okafor & Ruas"),
        ("Malga Verde S.r.l.", "Malga Verde"),
        ("Okafor Bau GmbH & Co. KG", "Okafor Bau"),
        ("Salzburg AG", "Salzburg AG"),
        ("Okafor Sales", "Okafor Sales"),
        ("{{Cuenta}}", ""),
        ("[Company]", ""),
        ("<firm>", ""),
        ("Octagon Theatre", ""),
        ("retired", ""),
    ],
)
def test_companies(company: str, told: str) -> None:
    """A house is named by its first name, without its legal form; an open field, a house that needs an article and what is none are not."""
    lines = LIBRARY.rewrite_lines("en")
    assert lines is not None
    fact = facts_of((), Contact("Ada", company=company), TODAY, lines).get("company")
    assert (fact.values["company"] if fact else "") == told


@pytest.mark.parametrize(
    ("language", "company"),
    [
        ("en", "out of work"),
        ("it", "in cerca di occupazione"),
        ("es", "Sin empleo"),
        ("fr", "en reconversion"),
        ("de", "ohne Anstellung"),
        ("pt", "À procura de emprego"),
    ],
)
def test_who_has_no_house_is_not_asked_after_it(language: str, company: str) -> None:
    """What people write in place of an employer is never said as the name of one."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    assert "company" in facts_of((), Contact("Ada", company="Okafor"), TODAY, lines)
    assert "company" not in facts_of((), Contact("Ada", company=company), TODAY, lines)


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


RECOMMENDED = {
    "en": "the recommendation", "it": "la raccomandazione", "es": "la recomendación", "fr": "la recommandation", "de": "die Empfehlung", "pt": "a recomendação",
}  # fmt: skip
# Of each language a word that would name a gift, as a skill or within what somebody wrote.
OTHER_GIFTS = "Book, Article, Contact, Help, Libro, Articolo, Artículo, Livre, Conseil, Buch, Kontakt, Livro, Artigo"


@pytest.mark.parametrize("writing", LANGUAGES)
@pytest.mark.parametrize("importing", LANGUAGES)
def test_what_an_import_wrote_is_read_in_every_language(importing: str, writing: str) -> None:
    """A recommendation is thanked for as such, a skill or a word of its text never; a first meeting names no occasion."""
    say, lines = Speech(importing), LIBRARY.rewrite_lines(writing)
    assert lines is not None
    recommended = say("imported", "recommendation", text=OTHER_GIFTS)
    gift = Event("g", date(2026, 3, 2), EventKind.RECEIVED, Direction.RECEIVED, recommended, source="linkedin")
    assert facts_of((gift,), Contact(), TODAY, lines)["unthanked"].values["thing"] == RECOMMENDED[writing]
    endorsed = say("imported", "endorsement", skills=OTHER_GIFTS)
    click = Event("c", date(2026, 3, 2), EventKind.RECEIVED, Direction.RECEIVED, endorsed, source="linkedin", small=True)
    named = facts_of((click,), Contact(), TODAY, lines)["unthanked"].values.get("thing", "")
    assert named == ("the endorsement" if importing == writing == "en" else "")
    met = Event("m", date(2026, 3, 2), EventKind.MEETING, Direction.BOTH, say("imported", "first_met"), source="monica")
    assert not {"topic", "place"} & set(facts_of((met,), Contact(), TODAY, lines))
