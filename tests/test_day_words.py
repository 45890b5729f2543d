"""A day named in words is the day that is meant."""

from __future__ import annotations

from datetime import date

import pytest

from coltiva.day_words import find_day
from coltiva.errors import AmbiguousDayError, NoSuchDayError
from coltiva.library import Library

THURSDAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("language", "text", "towards", "day"),
    [
        ("en", "the day before yesterday", -1, "2026-05-12"),
        ("en", "on the 3rd of March", -1, "2026-03-03"),
        ("en", "March 3rd, 2025", -1, "2025-03-03"),
        ("en", "yesterday about Monday's talk", -1, "2026-05-13"),
        ("en", "may call them at 3", -1, None),
        ("it", "l'altro ieri", -1, "2026-05-12"),
        ("it", "entro dopodomani", 1, "2026-05-16"),
        ("it", "il 1º marzo", -1, "2026-03-01"),
        ("it", "venerdi", 1, "2026-05-15"),
        ("es", "el martes por la mañana", -1, "2026-05-12"),
        ("es", "esta mañana", -1, None),
        ("es", "mañana por la mañana", 1, "2026-05-15"),
        ("es", "pasado mañana", 1, "2026-05-16"),
        ("es", "el 3 de marzo de 2025", -1, "2025-03-03"),
        ("fr", "avant-hier", -1, "2026-05-12"),
        ("fr", "aujourd’hui", -1, "2026-05-14"),
        ("fr", "le 1er août", 1, "2026-08-01"),
        ("de", "Montag morgen", -1, "2026-05-11"),
        ("de", "gestern Morgen", -1, "2026-05-13"),
        ("de", "am Morgen", -1, None),
        ("de", "bis zum 3. März", 1, "2027-03-03"),
        ("en", "on 29 February", -1, "2024-02-29"),
        ("en", "won 31/45 points", -1, None),
        ("pt", "até segunda", 1, "2026-05-18"),
        ("pt", "a segunda reunião", -1, None),
        ("pt", "na terça-feira", -1, "2026-05-12"),
        ("pt", "depois de amanhã", 1, "2026-05-16"),
        ("pt", "1º de junho", 1, "2026-06-01"),
        ("en", "on 14/5", -1, "2026-05-14"),
        ("en", "on 5/13", -1, "2026-05-13"),
        ("en", "by 20/5/26", 1, "2026-05-20"),
        ("en", "3/4 of the report", -1, None),
        ("en", "two weeks ago", -1, "2026-04-30"),
        ("en", "in a month", 1, "2026-06-14"),
        ("en", "last Thursday", -1, "2026-05-07"),
        ("en", "next Thursday", -1, "2026-05-21"),
        ("it", "il 4/5", -1, "2026-05-04"),
        ("it", "giovedì scorso", -1, "2026-05-07"),
        ("it", "tre mesi fa", -1, "2026-02-14"),
        ("es", "antes del 1/6", 1, "2026-06-01"),
        ("es", "hace una semana", -1, "2026-05-07"),
        ("fr", "le 13/05", -1, "2026-05-13"),
        ("fr", "il y a 10 jours", -1, "2026-05-04"),
        ("fr", "d’ici deux semaines", 1, "2026-05-28"),
        ("de", "am 13.5. beim Kaffee", -1, "2026-05-13"),
        ("de", "am 13. 5. 2025", -1, "2025-05-13"),
        ("de", "mit 3.5 Punkten", -1, None),
        ("de", "vor einem Monat", -1, "2026-04-14"),
        ("pt", "até 1/6", 1, "2026-06-01"),
        ("pt", "há duas semanas", -1, "2026-04-30"),
        ("pt", "na terça-feira passada", -1, "2026-05-12"),
    ],
)
def test_days(library: Library, language: str, text: str, towards: int, day: str | None) -> None:
    """Near days, weekdays and dates, in the direction asked for; what names no day gives none."""
    found = find_day(text, THURSDAY, library.quick_line_words(language).days, towards)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "said", "days"),
    [
        ("on 4/5", "4/5", (date(2026, 5, 4), date(2026, 4, 5))),
        ("4/5/2025", "4/5/2025", (date(2025, 5, 4), date(2025, 4, 5))),
    ],
)
def test_a_day_that_may_be_two(library: Library, text: str, said: str, days: tuple[date, date]) -> None:
    """In English the month may come first; where both readings are days, nothing is guessed."""
    with pytest.raises(AmbiguousDayError) as raised:
        find_day(text, THURSDAY, library.quick_line_words("en").days, -1)
    assert (raised.value.said, raised.value.days) == (said, days)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [("de", "am 30. Februar", "30 februar"), ("en", "met on 31/02/2026", "31/02/2026"), ("en", "met in 2025-13-45", "2025-13-45"), ("es", "31 de abril", "31 abril")],
)
def test_a_day_that_no_calendar_has(library: Library, language: str, text: str, said: str) -> None:
    """It is told, not taken for no day, which would be today."""
    with pytest.raises(NoSuchDayError) as raised:
        find_day(text, THURSDAY, library.quick_line_words(language).days, -1)
    assert raised.value.said == said


def test_the_end_of_a_shorter_month(library: Library) -> None:
    """A month after 31 January is the last of February."""
    assert find_day("in a month", date(2026, 1, 31), library.quick_line_words("en").days, 1) == date(2026, 2, 28)
