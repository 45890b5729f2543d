"""A day written in numbers: 2026-05-14, 14/5, 14.5.2026; and which of its numbers is the month."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from coltiva.errors import AmbiguousDayError, NoSuchDayError

_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_AND_MONTH = re.compile(r"(?<![\w/.-])(\d{1,2})(/|-|\.\s?)(\d{1,2})(?:(?:/|-|\.\s?)(\d{4}|\d{2}))?(\.?)(?![\w/-])")
# The 29th of February may be eight years away.
_YEARS_NEAR = range(-8, 9)
_FRACTIONS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)})


def find_numbered_day(
    text: str, today: date, month_may_lead: bool, follows_on: Callable[[str], bool], towards: int
) -> date | None:
    """Return the first day that *text* writes in numbers; one written 2026-05-14 goes before all others.

    Args:
        month_may_lead: whether people who write this language may write the month first.
        follows_on: whether what stands before the numbers leads to a day, such as “by”.
        towards: where no year is named, the nearest such day before *today* (-1) or after it (1).

    Raises:
        AmbiguousDayError: either number could be the month.
        NoSuchDayError: no calendar has the day.
    """
    iso = _ISO_DATE.search(text)
    if iso:
        day = calendar_day(int(iso[1]), int(iso[2]), int(iso[3]))
        if day is None:
            raise NoSuchDayError(iso[0])
        return day
    for found in _DAY_AND_MONTH.finditer(text):
        if _is_day(found, text[found.end() :], follows_on(text[: found.start()])):
            day = _read(found, today, month_may_lead, towards)
            if day is not None:
                return day
    return None


def is_numbered_day(text: str) -> bool:
    """Whether *text* is a day in numbers and nothing else."""
    text = text.strip(" ,;:")
    return (_ISO_DATE.fullmatch(text) or _DAY_AND_MONTH.fullmatch(text)) is not None


def nearest_day(today: date, month: int, day: int, towards: int) -> date | None:
    """Return the nearest such day up to *today* (-1) or from it on (1); None where no calendar has it."""
    days = [found for years in _YEARS_NEAR if (found := calendar_day(today.year + years, month, day))]
    later, earlier = [d for d in days if d >= today], [d for d in days if d <= today]
    return (min(later) if later else None) if towards > 0 else (max(earlier) if earlier else None)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_day(found: re.Match[str], after: str, follows_on: bool) -> bool:
    """Whether the numbers are a day, and no fraction, decimal number or range."""
    if follows_on or found[4]:
        return True
    if found[2] == "/":
        counts_something = after[:1].isspace() and after.strip()[:1].isalpha()
        return not ((int(found[1]), int(found[3])) in _FRACTIONS and counts_something)
    return found[2].startswith(".") and found[5] == "." and bool(after.strip())


def _read(found: re.Match[str], today: date, month_may_lead: bool, towards: int) -> date | None:
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) if found[4] else None
    if year is not None and year < 100:
        year += 2000

    def of(day: int, month: int) -> date | None:
        return calendar_day(year, month, day) if year is not None else nearest_day(today, month, day, towards)

    day_first, month_first = of(first, second), of(second, first)
    # Without a year the numbers may be something else, such as a result.
    if year is not None and not day_first and not month_first:
        raise NoSuchDayError(found[0].rstrip("."))
    if day_first and month_first and day_first != month_first and month_may_lead:
        raise AmbiguousDayError(found[0].rstrip("."), (day_first, month_first))
    return day_first or month_first
