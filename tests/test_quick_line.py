"""A line of history is read as a person means it."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from coltiva.library import Library
from coltiva.quick_line import QuickLine, read_quick_line

THURSDAY = date(2026, 5, 14)


def read(library: Library, line: str) -> QuickLine:
    """Return what *line* records, typed on a Thursday."""
    numbers = count(1)
    return read_quick_line(line, THURSDAY, library.quick_line_words("en"), lambda: f"i{next(numbers)}")


@pytest.mark.parametrize(
    ("line", "events"),
    [
        ("met at BNI", [("2026-05-14", "meeting", "both", "met at BNI")]),
        ("Called yesterday, talked about sailing", [("2026-05-13", "call", "both", "Called yesterday"), ("2026-05-13", "call", "both", "talked about sailing")]),
        ("met on Tuesday and gave her the chart", [("2026-05-12", "meeting", "both", "met on Tuesday"), ("2026-05-12", "gave", "sent", "gave her the chart")]),
        ("lunch with Ivan, Anna and Bo on 3 March", [("2026-03-03", "meeting", "both", "lunch with Ivan, Anna and Bo on 3 March")]),
        ("they asked for the slides", [("2026-05-14", "was_asked", "received", "they asked for the slides")]),
        ("asked for an introduction; wrote again 2026-04-30", [("2026-04-30", "asked", "sent", "asked for an introduction"), ("2026-04-30", "message", "sent", "wrote again 2026-04-30")]),
        ("introduced me to a client", [("2026-05-14", "received", "received", "introduced me to a client")]),
        ("they replied", [("2026-05-14", "message", "received", "they replied")]),
        ("met Thursday", [("2026-05-14", "meeting", "both", "met Thursday")]),
    ],
)
def test_events(library: Library, line: str, events: list[tuple[str, str, str, str]]) -> None:
    """What happened, when, and who acted."""
    found = read(library, line)
    assert [(e.date.isoformat(), e.kind.value, e.direction.value, e.summary) for e in found.events] == events
    assert (found.promises, found.notes) == ((), ())


@pytest.mark.parametrize(
    ("line", "text", "by_user", "due"),
    [
        ("promised the report by Friday", "the report", True, "2026-05-15"),
        ("promised a book", "a book", True, None),
        ("they promised an answer until 1 June", "an answer", False, "2026-06-01"),
        ("I will send the slides tomorrow", "send the slides tomorrow", True, "2026-05-15"),
        ("promised to stand by her", "to stand by her", True, None),
        ("promised the list by 31 February", "the list by 31 February", True, None),
    ],
)
def test_promises(library: Library, line: str, text: str, by_user: bool, due: str | None) -> None:
    """Who owes what, and until when."""
    (promise,) = read(library, line).promises
    assert (promise.text, promise.by_user, promise.due_on and promise.due_on.isoformat()) == (text, by_user, due)


def test_the_line_of_the_page(library: Library) -> None:
    """A meeting and a promise in one line; the day of the promise is not the day of the meeting."""
    found = read(library, "met at BNI, promised the report by Friday")
    assert [(e.kind.value, e.date) for e in found.events] == [("meeting", THURSDAY)]
    assert [(p.text, p.made_on, p.due_on) for p in found.promises] == [("the report", THURSDAY, date(2026, 5, 15))]


@pytest.mark.parametrize("line", ["likes old maps, and sails", "note: met her father once", "🌱"])
def test_anything_else_is_a_note(library: Library, line: str) -> None:
    """A line that says nothing that happened is kept whole, as a note; nothing typed is lost."""
    found = read(library, line)
    assert (found.events, found.promises) == ((), ())
    assert [n.text for n in found.notes] == [line]
    assert read(library, "  ").notes == ()
