"""A day named in words is the day that is meant."""

from __future__ import annotations

from datetime import date

import pytest

from coltiva.day_words import find_day
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
        ("de", "am 30. Februar", 1, None),
        ("pt", "até segunda", 1, "2026-05-18"),
        ("pt", "a segunda reunião", -1, None),
        ("pt", "na terça-feira", -1, "2026-05-12"),
        ("pt", "depois de amanhã", 1, "2026-05-16"),
        ("pt", "1º de junho", 1, "2026-06-01"),
    ],
)
def test_days(library: Library, language: str, text: str, towards: int, day: str | None) -> None:
    """Near days, weekdays and dates, in the direction asked for; what names no day gives none."""
    found = find_day(text, THURSDAY, library.quick_line_words(language).days, towards)
    assert (found and found.isoformat()) == day
