"""One line typed by the user, such as “met at BNI, promised the report by Friday”, read as events and promises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from coltiva.addresses import name_key
from coltiva.contacts import Direction, Event, EventKind, Note, Promise
from coltiva.day_words import DayWords, day_end, find_day

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
# Whose promise it is, by kind.
_PROMISES = {"promised": True, "plan": True, "was_promised": False, "was_plan": False}
# What a word means where the contact is the one who acts: “she promised”.
_BY_CONTACT = {"sent": "got", "gave": "received", "asked": "was_asked", "promised": "was_promised", "plan": "was_plan"}


@dataclass(frozen=True, slots=True)
class QuickLineWords:
    """The words of one language, as in ``relation.yml``.

    Attributes:
        example: a line that shows how to write one.
        kinds: by kind, what a part begins with; ``answered`` is by the contact, and by the user after *leading*.
        verbs: by kind, what counts wherever it stands in a part that begins otherwise, such as German participles.
        negations: words with which none of *verbs* counts.
        leading: what may come before those words, such as “I” or “we have”.
        others: the same, where the contact is the one who acts, such as “she” or “he has”.
        parts: what joins two parts of a line.
        due: what comes before the day on which a promise is due.
    """

    example: str
    kinds: Mapping[str, Sequence[str]]
    verbs: Mapping[str, Sequence[str]]
    negations: Sequence[str]
    leading: Sequence[str]
    others: Sequence[str]
    parts: Sequence[str]
    due: Sequence[str]
    days: DayWords


@dataclass(frozen=True, slots=True)
class QuickLine:
    """What a line records; a line in which no part says what happened is a note."""

    events: tuple[Event, ...]
    promises: tuple[Promise, ...]
    notes: tuple[Note, ...]


class _Part(NamedTuple):
    """One part of a line: its kind, its text, and the text without the words that tell the kind."""

    kind: str
    text: str
    rest: str
    is_opened: bool = True


def read_quick_line(line: str, today: date, words: QuickLineWords, new_id: Callable[[], str]) -> QuickLine:
    """Read *line*, which was typed on *today*.

    A comma, a semicolon or a joining word begins a new part only where the part says what happened. A day named
    anywhere but in a promise counts for all events of the line. What is yet to come, such as “lunch tomorrow”, is
    a promise: nothing is recorded that has not happened.

    Raises:
        AmbiguousDayError: a day is written in numbers of which either could be the month.
    """
    parts = [_as_planned(part, today, words) for part in _parts(line.strip(), words)]
    days = (find_day(part.text, today, words.days, -1) for part in parts if part.kind in _EVENTS)
    day = next((found for found in days if found), today)
    events, promises, notes = [], [], []
    for kind, text, rest, _ in parts:
        if kind in _EVENTS:
            events.append(Event(new_id(), day, *_EVENTS[kind], text))
        elif kind in _PROMISES:
            promised, due_on = _due(text if kind in ("plan", "was_plan") else rest, today, words)
            promises.append(Promise(new_id(), min(day, today), promised, _PROMISES[kind], due_on))
        elif text:
            notes.append(Note(new_id(), today, text))
    return QuickLine(tuple(events), tuple(promises), tuple(notes))


def _as_planned(part: _Part, today: date, words: QuickLineWords) -> _Part:
    """Return *part* as a plan where the day that it names is still to come."""
    if part.kind not in _EVENTS:
        return part
    day = find_day(part.text, today, words.days, -1)
    is_by_contact = _EVENTS[part.kind][1] is Direction.RECEIVED
    return part._replace(kind="was_plan" if is_by_contact else "plan") if day and day > today else part


def _parts(line: str, words: QuickLineWords) -> list[_Part]:
    """Split *line* where a part says what happened; a first part that does not is a note."""
    joints = "|".join(map(re.escape, words.parts))
    # A full stop after a number ends no part: “am 3. März”.
    pieces = re.split(rf"([,;]\s+(?:(?:{joints})\s+)?|(?<!\d)\.\s+|\s+(?:{joints})\s+)", line, flags=re.IGNORECASE)
    found = [_read_part(pieces[0], words) or _Part("note", pieces[0], pieces[0])]
    for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        part, last = _read_part(piece, words), found[-1]
        if part is None:
            found[-1] = last._replace(text=last.text + joint + piece, rest=last.rest + joint + piece)
        elif last.kind == "note" and _belongs_to_next(last.text.split(), joint.strip(), part, words):
            found[-1] = part._replace(text=last.text + joint + part.text, rest=last.rest + joint + part.rest)
        else:
            found.append(part)
    return [p._replace(text=p.text.strip(" ,;.\t\n"), rest=p.rest.strip(" ,;.:\t\n")) for p in found]


def _read_part(piece: str, words: QuickLineWords) -> _Part | None:
    """Return the part that *piece* is; None where it does not say what happened."""
    raw = piece.split()
    start, is_by_contact, is_by_user = 0, False, False
    while True:
        fits = [(end, kind) for kind, group in words.kinds.items() if (end := _end(raw, start, group))]
        if fits:
            end, kind = max(fits)
            return _Part(_who(kind, is_by_contact, is_by_user), piece, " ".join(raw[end:]))
        others_end, leading_end = _end(raw, start, words.others), _end(raw, start, words.leading)
        end = max(others_end, leading_end, day_end(raw, start, words.days))
        if end == 0:
            break
        is_by_contact = is_by_contact or end == others_end
        is_by_user = is_by_user or end == leading_end
        start = end
    if any(_end(raw, i, words.negations) for i in range(start, len(raw))):
        return None
    for kind, group in words.verbs.items():
        for i in range(start, len(raw)):
            end = _end(raw, i, group)
            if end:
                rest = " ".join((*raw[start:i], *raw[end:]))
                return _Part(_who(kind, is_by_contact, is_by_user), piece, rest, is_opened=False)
    return None


def _belongs_to_next(raw: Sequence[str], joint: str, part: _Part, words: QuickLineWords) -> bool:
    """Whether *raw*, which says nothing that happened, is only the beginning of the part after it."""
    # “Yesterday, lunch with Ivan”; “den Bericht und das Buch versprochen”, where the verb at the end counts for both.
    is_only_day = bool(raw) and _day_alone(raw, words) == len(raw)
    return is_only_day or (not part.is_opened and joint[:1] not in (",", ";", "."))


def _who(kind: str, is_by_contact: bool, is_by_user: bool) -> str:
    """Return the kind as it is recorded, by who acted."""
    if kind == "answered":
        return "sent" if is_by_user and not is_by_contact else "got"
    return _BY_CONTACT.get(kind, kind) if is_by_contact else kind


def _day_alone(raw: Sequence[str], words: QuickLineWords) -> int:
    """Return where a day that begins *raw* ends, with what leads to it; 0 where none does."""
    return day_end(raw, _end(raw, 0, words.leading), words.days)


def _end(raw: Sequence[str], start: int, phrases: Iterable[str]) -> int:
    """Return where the longest of *phrases* that begins at word *start* ends; 0 where none begins there."""
    keys = {name_key(phrase) for phrase in phrases}
    longest = max(map(len, keys), default=0)
    found, key = 0, ""
    for end in range(start + 1, len(raw) + 1):
        key = f"{key} {name_key(raw[end - 1])}".strip()
        if key in keys:
            found = end
        if len(key) > longest:
            break
    return found


def _due(promised: str, today: date, words: QuickLineWords) -> tuple[str, date | None]:
    """Return what was promised, without its day where that stands last, and the day on which it is due."""
    raw = promised.split()
    for i in reversed(range(1, len(raw))):
        if _end(raw, i, words.due):
            due_on = find_day(" ".join(raw[i:]), today, words.days, 1)
            if due_on is not None:
                # “para el 1 de junio”: words for due may follow each other.
                while i > 1 and _end(raw, i - 1, words.due) >= i:
                    i -= 1
                return " ".join(raw[:i]).rstrip(" ,;:"), due_on
    return promised, find_day(promised, today, words.days, 1)
