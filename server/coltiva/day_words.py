"""The day that a person names in a few words: yesterday, by Friday, last week, 12 May, 14/5."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from coltiva.addresses import name_key
from coltiva.day_numbers import calendar_day, find_numbered_day, is_numbered_day, nearest_day
from coltiva.errors import NoSuchDayError

_YEAR = re.compile(r"[12]\d{3}")
# 12, 1st, 3rd, and as names are compared 1er, 1º and 1ª.
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o|a)?")
_LONGEST_DAY_WORDS = 6
_MOST_DAYS = 31  # of a month


@dataclass(frozen=True, slots=True)
class DayWords:
    """The words of one language for days; all that mean the same day stand together.

    Attributes:
        weekdays: from Monday.
        months: from January.
        of_month: what stands between a day and its month, such as “of”.
        no_day: phrases that name no day although a word of theirs would, such as “por la mañana”.
        on: what leads to a day written in numbers, such as “by”.
        last, next: what beside a weekday says on which side of today it lies.
        last_week, last_month, next_week, next_month: phrases for that long before or after today.
        ago, ahead: sentences with ``{n}`` and ``{unit}``, such as “{n} {unit} ago”.
        units: the words for days, for weeks and for months.
        numbers: the words for one, two and so on.
        month_may_lead: whether people may write the month before the day.
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
    on: Sequence[str]
    last: Sequence[str]
    next: Sequence[str]
    last_week: Sequence[str]
    last_month: Sequence[str]
    next_week: Sequence[str]
    next_month: Sequence[str]
    ago: Sequence[str]
    ahead: Sequence[str]
    units: Sequence[Sequence[str]]
    numbers: Sequence[Sequence[str]]
    month_may_lead: bool

    @property
    def near(self) -> tuple[Sequence[str], ...]:
        """The words for the days from two before today to two after it."""
        return self.before_yesterday, self.yesterday, self.today, self.tomorrow, self.after_tomorrow


def find_day(text: str, today: date, words: DayWords, towards: int) -> date | None:
    """Return the first day that *text* names: the nearest such day before *today* (-1) or after it (1).

    A day in numbers goes before all others. None where no day is named.

    Raises:
        AmbiguousDayError: a day is written in numbers of which either could be the month.
        NoSuchDayError: no calendar has the day.
    """
    is_led_to = partial(_ends_with, phrases=words.on)
    numbered = find_numbered_day(text, today, words.month_may_lead, is_led_to, towards)
    if numbered:
        return numbered
    key = f" {name_key(text)} "
    for phrase in words.no_day:
        key = key.replace(f" {name_key(phrase)} ", " ")
    distant = re.search(rf" (?:{_distances(words)}) ", key)
    if distant:
        return _day_at_distance(distant, today, words)
    named = key.split()
    for i in range(len(named)):
        day = _near_day(named, i, today, words, towards) or _day_of_month(named, i, today, words, towards)
        if day is not None:
            return day
    return None


def day_end(raw: Sequence[str], start: int, words: DayWords) -> int:
    """Return where the longest naming of a day that begins at word *start* of *raw* ends; 0 where none begins there."""
    for end in range(min(len(raw), start + _LONGEST_DAY_WORDS), start, -1):
        if _is_day(" ".join(raw[start:end]), words):
            return end
    return 0


def _is_day(text: str, words: DayWords) -> bool:
    key = name_key(text)
    day, month, of = _DAY_OF_MONTH.pattern, _any(w for group in words.months for w in group), _any(words.of_month)
    of_month = f"(?:(?:{of}) )?" if of else ""
    dated = rf"{day} {of_month}(?:{month})(?: {of_month}{_YEAR.pattern})?|(?:{month}) {day}(?: {_YEAR.pattern})?"
    near = _any(w for group in (*words.near, *words.weekdays) for w in group)
    beside = _any((*words.last, *words.next))
    named = rf"(?:(?:{beside}) )?(?:{near})(?: (?:{beside}))?"
    return is_numbered_day(text) or re.fullmatch(rf"{named}|{_distances(words)}|{dated}", key) is not None


def _any(phrases: Iterable[str]) -> str:
    """Return a pattern for any of *phrases*, the longest first."""
    return "|".join(re.escape(key) for key in sorted(map(name_key, phrases), key=len, reverse=True))


def _ends_with(text: str, phrases: Sequence[str]) -> bool:
    return f" {name_key(text)}".endswith(tuple(f" {name_key(phrase)}" for phrase in phrases))


def _distances(words: DayWords) -> str:
    """Return a pattern for what names a distance from today, such as “last week” or “two days ago”."""
    number = rf"\d{{1,3}}|{_any(w for group in words.numbers for w in group)}"
    unit = _any(w for group in words.units for w in group)
    patterns = []
    for name, sentences in (("ago", words.ago), ("ahead", words.ahead)):
        for i, sentence in enumerate(sentences):
            # Named apart, since a pattern knows each name once.
            parts = {"n": rf"(?P<{name}_n{i}>{number})", "unit": rf"(?P<{name}_u{i}>{unit})"}
            pieces = re.split(r"\{(n|unit)\}", sentence)
            keys = [parts[piece] if j % 2 else name_key(piece) for j, piece in enumerate(pieces)]
            patterns.append(" ".join(key for key in keys if key))
    for name in ("last_week", "last_month", "next_week", "next_month"):
        patterns.append(rf"(?P<{name}>{_any(getattr(words, name))})")
    return "|".join(patterns)


def _day_at_distance(found: re.Match[str], today: date, words: DayWords) -> date | None:
    groups = {name: text for name, text in found.groupdict().items() if text}
    for name, text in groups.items():
        if name.endswith(("_week", "_month")):
            side, _, unit = name.partition("_")
            return _moved(today, -1 if side == "last" else 1, 1 if unit == "week" else 2)
        if "_n" in name:
            number = int(text) if text.isdigit() else 1 + _group_of(text, words.numbers)
            unit_word = groups[name.replace("_n", "_u")]
            return _moved(today, -number if name.startswith("ago") else number, _group_of(unit_word, words.units))
    return None


def _group_of(key: str, groups: Sequence[Sequence[str]]) -> int:
    return next(i for i, group in enumerate(groups) if key in map(name_key, group))


def _moved(today: date, number: int, unit: int) -> date | None:
    """Return the day so many days (0), weeks (1) or months (2) from *today*; the last of a shorter month."""
    if unit < 2:
        return today + timedelta(days=number * (7 if unit else 1))
    months = today.year * 12 + today.month - 1 + number
    year, month = months // 12, months % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _near_day(named: Sequence[str], i: int, today: date, words: DayWords, towards: int) -> date | None:
    """Return the day whose name begins at word *i*, such as yesterday or Friday."""
    rest = " ".join(named[i:]) + " "
    offsets = [(_longest(rest, group), number - 2) for number, group in enumerate(words.near)]
    for number, group in enumerate(words.weekdays):
        length = _longest(rest, group)
        ahead = (number - today.weekday()) % 7
        offset = ahead if towards > 0 else ahead - 7 if ahead else 0
        beside = {*named[max(0, i - 1) : i], *rest[length:].split()[:1]} if length else set()
        if beside & set(map(name_key, words.last)):
            offset = ahead - 7
        elif beside & set(map(name_key, words.next)):
            offset = ahead or 7
        offsets.append((length, offset))
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
    found = calendar_day(year, month, day) if year is not None else nearest_day(today, month, day, towards)
    if found is None and 1 <= day <= _MOST_DAYS:
        raise NoSuchDayError(f"{numbers[0][0]} {named[i]}")
    return found
