"""Who needs tending, in which order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from coltiva.contact_store.index import summarize
from coltiva.contacts import Contact, ContactRecord, Event, Promise
from coltiva.library import Library
from coltiva.tending import Reason, tending_list

from .conftest import TODAY, event


def calls(*days_ago: int) -> tuple[Event, ...]:
    """Return a call so many days before today, for each."""
    return tuple(event((TODAY - timedelta(days)).isoformat(), "call") for days in days_ago)


def test_the_list(library: Library) -> None:
    """Promises first, then who is most overdue by their own rhythm, open asks, and old ties; the others not at all."""
    due = Promise("p", TODAY, "the report", due_on=TODAY + timedelta(3))
    ask = event((TODAY - timedelta(8)).isoformat(), "asked", "sent")
    records = {
        "lost, once": (calls(400), ()),
        "lost, often": (calls(900, 700, 500, 400), ()),
        "asked": ((*calls(40), ask), ()),
        "asked a stranger": ((ask,), ()),
        "asked lately": ((*calls(40), replace(ask, date=TODAY - timedelta(7))), ()),
        "overdue": (calls(140, 120, 100, 80, 60), ()),
        "more overdue": (calls(170, 150, 130, 110, 90), ()),
        "met once": (calls(181), ()),
        "in rhythm": (calls(90, 60, 30), ()),
        "planned": (calls(140, 120, 100, 80, 60, -5), ()),
        "promised": ((), (due,)),
        "promised late": ((), (replace(due, due_on=TODAY - timedelta(9)),)),
        "promised for later": ((), (replace(due, due_on=TODAY + timedelta(4)),)),
        "promised and kept": ((), (replace(due, kept_on=TODAY),)),
        "unknown": ((), ()),
    }
    summaries = [
        summarize(ContactRecord(Contact(name, id=name, promises=promises), history), (0, 0, 0), library.tending, TODAY)
        for name, (history, promises) in records.items()
    ]
    found = tending_list(summaries, TODAY, library.gates, library.tending)
    assert [(entry.summary.name, entry.reason) for entry in found] == [
        ("promised late", Reason.PROMISE_DUE), ("promised", Reason.PROMISE_DUE),
        ("more overdue", Reason.LOSING_TOUCH), ("overdue", Reason.LOSING_TOUCH), ("met once", Reason.LOSING_TOUCH),
        ("asked", Reason.ASK_UNANSWERED), ("asked a stranger", Reason.ASK_UNANSWERED),
        ("lost, often", Reason.LOST_TOUCH), ("lost, once", Reason.LOST_TOUCH),
    ]
    assert found[2].rhythm is not None
    assert (found[2].rhythm.usual_days, found[2].rhythm.quiet_days) == (20, 90)


def test_what_lies_ahead_does_not_count_yet(library: Library) -> None:
    """The last day of conversation is one that has been; where only a planned one is recorded, there is none."""
    summaries = [summarize(ContactRecord(Contact("A", id="a"), calls(*days)), (0, 0, 0), library.tending, TODAY) for days in ((30, -5), (-5,), (30, 0))]
    days = [(one.conversation_days, one.last_day and TODAY.toordinal() - one.last_day, one.ahead_day and one.ahead_day - TODAY.toordinal()) for one in summaries]
    assert days == [(1, 30, 5), (0, 0, 5), (2, 0, 0)]
