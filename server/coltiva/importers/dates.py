"""Dates as exports write them, one parser for each kind of column; what cannot be told apart is not guessed."""

from __future__ import annotations

import re
import unicodedata
from calendar import timegm
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

# In six languages, without accents. LinkedIn writes English ones; others are accepted in case a language differs.
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january gen gennaio ene enero janv janvier januar janeiro",
            "feb february febbraio febrero fev fevr fevrier februar fevereiro",
            "mar march marzo mars marz maerz marco mrz",
            "apr april aprile abr abril avr avril",
            "may mag maggio mayo mai maio",
            "jun june giu giugno junio juin juni junho",
            "jul july lug luglio julio juil juillet juli julho",
            "aug august ago agosto aou aout",
            "sep sept september set settembre setiembre septiembre septembre setembro",
            "oct october ott ottobre octubre octobre okt oktober out outubro",
            "nov november novembre noviembre novembro",
            "dec december dic dicembre diciembre decembre dez dezember dezembro",
        ),
        1,
    )
    for word in words.split()
}
_DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|er|º|°)?[\s/-]*(?:de\s+)?([^\W\d_]{3,})\.?[\s/-]*(?:de\s+)?(\d{4}|\d{2})\b")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})\b")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_CLOCK = re.compile(r"[ T,]\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap])?\.?(?:m\b)?", re.IGNORECASE)
# In the first year and the last one a zone could lead out of the calendar.
_FIRST_YEAR, _LAST_YEAR = date.min.year + 1, date.max.year - 1
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})$")


@lru_cache(maxsize=4096)
def written_date(text: str) -> date | None:
    """Return a date with a year first or a month in words, such as ``08 Feb 2026`` or ``4-apr-21``; else None."""
    if found := _YEAR_FIRST.match(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(text):
        return _date(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.match(text):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    return None


def numeric_date(text: str, *, month_first: bool) -> date | None:
    """Return a date in numbers such as ``1/29/26``; None where it is none."""
    found = _NUMBERS.match(text)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    month, day = (first, second) if month_first else (second, first)
    return _date(_year(found[3]), month, day)


def month_comes_first(column: Iterable[str]) -> bool | None:
    """Return the order of the numeric dates of a column; None where nothing tells it, or they contradict."""
    pairs = [(int(found[1]), int(found[2])) for text in column if (found := _NUMBERS.match(text))]
    is_possible = {
        True: all(first <= 12 for first, _ in pairs),
        False: all(second <= 12 for _, second in pairs),
    }
    return is_possible[True] if is_possible[True] != is_possible[False] else None


def utc_seconds(text: str) -> int | None:
    """Return seconds after 1970 of a time in UTC such as ``2025-06-01 14:03:22 UTC``, or with an offset; else None."""
    midnight = _midnight_seconds(text[:10])
    if midnight is None:
        return None
    clock = _CLOCK.match(text, 10)
    hour, minute, second = _clock(clock) if clock else (0, 0, 0)
    offset = None if text.endswith("C") else _OFFSET.search(text, 16)
    shift = (int(offset[2]) * 60 + int(offset[3])) * 60 * (1 if offset[1] == "+" else -1) if offset else 0
    if hour > 23 or minute > 59 or second > 60:
        return None
    return midnight + (hour * 60 + minute) * 60 + second - shift


@lru_cache(maxsize=4096)
def _midnight_seconds(text: str) -> int | None:
    day = written_date(text)
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    return timegm((day.year, day.month, day.day, 0, 0, 0))


def local_time(text: str, *, month_first: bool = True) -> datetime | None:
    """Return a local time such as ``1/29/26, 2:37 PM``, or one with the year first; None where it is none."""
    day = written_date(text) or numeric_date(text, month_first=month_first)
    if day is None:
        return None
    clock = _CLOCK.search(text)
    hour, minute, second = _clock(clock) if clock else (0, 0, 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    return hour, int(found[2]), int(found[3] or 0)


def _month(word: str) -> int:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return _MONTHS.get("".join(c for c in plain if not unicodedata.combining(c)), 0)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
