"""The day that a person names in a few words: yesterday, by Friday, 12 May, 2026-05-12."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coltiva.addresses import name_key

_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_YEAR = re.compile(r"[12]\d{3}")
# 12, 1st, 3rd, and as names are compared 1er, 1º and 1ª.
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o|a)?")


@dataclass(frozen=True, slots=True)
class DayWords:
    """The words of one language for days; all that mean the same day stand together.

    Attributes:
        weekdays: from Monday.
        months: from January.
        of_month: what stands between a day and its month, such as “of”.
        no_day: phrases that name no day although a word of theirs would, such as “por la mañana”.
    """

    before_yesterday: Sequence[str]
    yesterday: Sequence[str]
    today: Sequence[str]
    tomorrow: Sequence[str]
    after_tomorrow: Sequence[str]
    weekdays: Sequence[Sequence[str]]
    months: Sequence[Sequence[str]]
    of_month: Sequence[str]
    no_day: Sequence[str]

    @property
    def near(self) -> tuple[Sequence[str], ...]:
        """The words for the days from two before today to two after it."""
        return self.before_yesterday, self.yesterday, self.today, self.tomorrow, self.after_tomorrow


def find_day(text: str, today: date, words: DayWords, towards: int) -> date | None:
    """Return the first day that *text* names: the nearest such day before *today* (-1) or after it (1).

    A day written 2026-05-12 goes before all others. None where no day is named, or one that no calendar has.
    """
    iso = _ISO_DATE.search(text)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    key = f" {name_key(text)} "
    for phrase in words.no_day:
        key = key.replace(f" {name_key(phrase)} ", " ")
    named = key.split()
    for i in range(len(named)):
        day = _near_day(named, i, today, words, towards) or _day_of_month(named, i, today, words, towards)
        if day is not None:
            return day
    return None


def _near_day(named: Sequence[str], i: int, today: date, words: DayWords, towards: int) -> date | None:
    """Return the day whose name begins at word *i*, such as yesterday or Friday."""
    rest = " ".join(named[i:]) + " "
    offsets = [(_longest(rest, group), number - 2) for number, group in enumerate(words.near)]
    for number, group in enumerate(words.weekdays):
        ahead = (number - today.weekday()) % 7
        offsets.append((_longest(rest, group), ahead if towards > 0 else ahead - 7 if ahead else 0))
    length, offset = max(offsets, key=lambda found: found[0])
    return today + timedelta(days=offset) if length else None


def _longest(rest: str, phrases: Sequence[str]) -> int:
    """Return the length of the longest of *phrases* that *rest* begins with; 0 where there is none."""
    keys = (name_key(phrase) for phrase in phrases)
    return max((len(key) for key in keys if rest.startswith(key + " ")), default=0)


def _day_of_month(named: Sequence[str], i: int, today: date, words: DayWords, towards: int) -> date | None:
    """Return the day whose month is word *i*, such as “12 May”, “May 12” or “12 de mayo de 2027”."""
    month = next((n for n, group in enumerate(words.months, 1) if named[i] in map(name_key, group)), None)
    links = {name_key(word) for word in words.of_month}
    before = [word for word in named[max(0, i - 2) : i] if word not in links][-1:]
    after = [word for word in named[i + 1 : i + 4] if word not in links][:2]
    numbers = [number for word in (*before, *after[:1]) if (number := _DAY_OF_MONTH.fullmatch(word))]
    if month is None or not numbers:
        return None
    day = int(numbers[0][1])
    year = next((int(word) for word in after if _YEAR.fullmatch(word)), None)
    if year is not None:
        return _date(year, month, day)
    days = [found for years in (-1, 0, 1) if (found := _date(today.year + years, month, day))]
    later, earlier = [d for d in days if d >= today], [d for d in days if d <= today]
    return (min(later) if later else None) if towards > 0 else (max(earlier) if earlier else None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
