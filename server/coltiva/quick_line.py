"""One line typed by the user, such as “met at BNI, promised the report by Friday”, read as events and promises."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coltiva.addresses import name_key
from coltiva.contacts import Direction, Event, EventKind, Note, Promise

# What each group of words in ``relation.yml`` records, besides promises and notes.
_EVENTS = {
    "meeting": (EventKind.MEETING, Direction.BOTH),
    "call": (EventKind.CALL, Direction.BOTH),
    "sent": (EventKind.MESSAGE, Direction.SENT),
    "got": (EventKind.MESSAGE, Direction.RECEIVED),
    "gave": (EventKind.GAVE, Direction.SENT),
    "received": (EventKind.RECEIVED, Direction.RECEIVED),
    "asked": (EventKind.ASKED, Direction.SENT),
    "was_asked": (EventKind.WAS_ASKED, Direction.RECEIVED),
}
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True, slots=True)
class QuickLineWords:
    """The words of one language, as in ``relation.yml``; weekdays from Monday, months from January."""

    kinds: Mapping[str, Sequence[str]]
    parts: Sequence[str]
    due: Sequence[str]
    today: Sequence[str]
    yesterday: Sequence[str]
    tomorrow: Sequence[str]
    weekdays: Sequence[str]
    months: Sequence[str]


@dataclass(frozen=True, slots=True)
class QuickLine:
    """What a line records; a line in which no part says what happened is a note."""

    events: tuple[Event, ...]
    promises: tuple[Promise, ...]
    notes: tuple[Note, ...]


def read_quick_line(line: str, today: date, words: QuickLineWords, new_id: Callable[[], str]) -> QuickLine:
    """Read *line*, which was typed on *today*.

    A comma, a semicolon or a joining word begins a new part only where the part begins with a known word; a day named
    anywhere but in a promise counts for all events of the line.
    """
    parts = _parts(line.strip(), words)
    spoken_of = [day for kind, part in parts if kind in _EVENTS for day in [_day(part, today, words, -1)] if day]
    day = spoken_of[0] if spoken_of else today
    events, promises, notes = [], [], []
    for kind, part in parts:
        if kind in _EVENTS:
            events.append(Event(new_id(), day, *_EVENTS[kind], part))
        elif kind in ("promised", "was_promised"):
            text, due_on = _promise(part, today, words)
            promises.append(Promise(new_id(), day, text, kind == "promised", due_on))
        elif part:
            notes.append(Note(new_id(), today, part))
    return QuickLine(tuple(events), tuple(promises), tuple(notes))


def _parts(line: str, words: QuickLineWords) -> list[tuple[str, str]]:
    """Split *line* where a part begins with a known word; each part with its kind, ``note`` for a first one without."""
    joints = "|".join(map(re.escape, words.parts))
    pieces = re.split(rf"([,;.]\s+|\s+(?:{joints})\s+)", line)
    found = [(_kind(pieces[0], words) or "note", pieces[0])]
    for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        kind = _kind(piece, words)
        if kind is None:
            found[-1] = (found[-1][0], found[-1][1] + joint + piece)
        else:
            found.append((kind, piece))
    return [(kind, part.strip(" ,;.\t\n")) for kind, part in found]


def _kind(piece: str, words: QuickLineWords) -> str | None:
    key = name_key(piece) + " "
    fits = [(len(w), kind) for kind, group in words.kinds.items() for w in group if key.startswith(name_key(w) + " ")]
    return max(fits)[1] if fits else None


def _promise(part: str, today: date, words: QuickLineWords) -> tuple[str, date | None]:
    """Return what was promised, without the verb and the day, and the day on which it is due."""
    verbs = sorted((*words.kinds["promised"], *words.kinds["was_promised"]), key=len, reverse=True)
    text = re.sub(rf"^(?:{'|'.join(map(re.escape, verbs))})\s+", "", part, flags=re.IGNORECASE)
    cut = re.search(rf"\s+(?:{'|'.join(map(re.escape, words.due))})\s+(.+)$", text, re.IGNORECASE)
    due_on = _day(cut[1], today, words, 1) if cut else None
    if due_on is not None and cut:
        return text[: cut.start()], due_on
    return text, _day(text, today, words, 1)


def _day(text: str, today: date, words: QuickLineWords, towards: int) -> date | None:
    """Return the day that *text* names: the nearest such day before today (-1) or after it (1)."""
    iso = _ISO_DATE.search(text)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    named = name_key(text).split()
    for offset, group in ((0, words.today), (-1, words.yesterday), (1, words.tomorrow)):
        if any(name_key(word) in named for word in group):
            return today + timedelta(days=offset)
    weekdays = [name_key(word) for word in words.weekdays]
    for word in named:
        if word in weekdays:
            ahead = (weekdays.index(word) - today.weekday()) % 7
            return today + timedelta(days=ahead if towards > 0 else ahead - 7 if ahead else 0)
    return _day_of_month(named, today, words, towards)


def _day_of_month(named: Sequence[str], today: date, words: QuickLineWords, towards: int) -> date | None:
    """Return the day of “12 May” or “May 12” without a year, the nearest in the direction."""
    months = [name_key(word) for word in words.months]
    for i, word in enumerate(named):
        numbers = [n for n in (*named[max(0, i - 1) : i], *named[i + 1 : i + 2]) if n.isdigit() and len(n) <= 2]
        if word in months and numbers:
            month, day = months.index(word) + 1, int(numbers[0])
            days = [found for year in (-1, 0, 1) if (found := _date(today.year + year, month, day))]
            later, earlier = [d for d in days if d >= today], [d for d in days if d <= today]
            return (min(later) if later else None) if towards > 0 else (max(earlier) if earlier else None)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
