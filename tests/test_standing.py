"""Give and take, rhythm, what is open, and the next step: each by a history that anybody can check by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coltiva.contacts import Contact, ContactRecord, Event, Promise, StageOverride
from coltiva.history import Stage, relate
from coltiva.library import Library
from coltiva.standing import Standing, Step, stand

from .conftest import TODAY, event


def standing(library: Library, *events: Event, contact: Contact | None = None, today: date = TODAY) -> Standing:
    """Return how a contact with *events* stands."""
    return stand(ContactRecord(contact or Contact("Ivan"), events), today, library.gates, library.tending)


def talks(*days_ago: int) -> list[Event]:
    """Return a call so many days before today, for each."""
    return [event((TODAY - timedelta(days)).isoformat(), "call") for days in days_ago]


def test_balance_counts_ninety_days(library: Library) -> None:
    """What happened on the 90th day before today no longer counts, the day after does; the future never does."""
    ago = {days: (TODAY - timedelta(days)).isoformat() for days in (-1, 89, 90)}
    found = standing(
        library,
        event(ago[90], "gave"), event(ago[89], "gave"), event(ago[-1], "gave"),
        event(ago[89], "asked", event_id="a1"), event(ago[89], "asked", event_id="a2"), event(ago[89], "received"),
    ).balance
    assert [e.date.isoformat() for e in found.gave] == [ago[89]]
    assert (len(found.asked), len(found.received), found.asks_beyond_giving) == (2, 1, 1)


def test_rhythm_is_the_middle_gap(library: Library) -> None:
    """Calls every 20 days and one long gap: the middle counts, and twice it is overdue, not sooner."""
    history = talks(240, 220, 200, 60, 40)
    rhythm = standing(library, *history).rhythm
    assert rhythm is not None
    assert (rhythm.usual_days, rhythm.is_known, rhythm.quiet_days, rhythm.is_overdue) == (20, True, 40, False)
    later = standing(library, *history, today=TODAY + timedelta(1))
    assert later.rhythm is not None
    assert later.rhythm.is_overdue
    assert later.next_steps[0].step is Step.GET_IN_TOUCH
    assert later.next_steps[0].events == (history[-1].id,)


def test_rhythm_that_cannot_be_told(library: Library) -> None:
    """Three days of conversation do not make a rhythm; none at all has none; daily talk counts as fortnightly."""
    three, none, daily = (standing(library, *h).rhythm for h in (talks(30, 20, 10), [], talks(5, 4, 3, 2, 1)))
    assert three is not None
    assert daily is not None
    assert none is None
    assert (three.is_known, three.usual_days) == (False, 90)
    assert (daily.is_known, daily.usual_days) == (True, 14)


def test_an_ask_is_open_until_they_react(library: Library) -> None:
    """An ask waits a week, then may be followed up; any sign of the contact settles it, a further message does not."""
    asked = event("2026-05-10", "asked", "sent")
    assert standing(library, asked).next_steps[0].step is Step.AWAIT_ANSWER
    late = standing(library, asked, event("2026-05-12", "message", "sent"), today=date(2026, 5, 18))
    assert late.unanswered_asks == (asked,)
    assert late.next_steps[0].step is Step.FOLLOW_UP
    assert standing(library, asked, event("2026-05-11", "message", "received")).unanswered_asks == ()


def test_a_gift_wants_thanks(library: Library) -> None:
    """What they gave last is to be thanked for, until the user writes, meets or gives."""
    gift = event("2026-05-01", "received", "received")
    found = standing(library, *talks(60), gift)
    assert (found.to_thank, found.next_steps[0].step, found.next_steps[0].events) == ((gift,), Step.SAY_THANKS, (gift.id,))
    assert standing(library, *talks(60), gift, event("2026-05-02", "message", "sent")).to_thank == ()
    assert standing(library, *talks(60), gift, event("2026-05-02", "message", "received")).to_thank == (gift,)


def test_promises_come_first(library: Library) -> None:
    """A promise due soon is the first step; a kept one, a far one and the contact's own are none."""
    made = date(2026, 5, 1)
    soon, far, theirs, kept = (
        Promise("p1", made, "the report", due_on=TODAY + timedelta(3)),
        Promise("p2", made, "a book", due_on=TODAY + timedelta(4)),
        Promise("p3", made, "an answer", by_user=False, due_on=made),
        Promise("p4", made, "a call", due_on=made, kept_on=made),
    )
    found = standing(library, *talks(400), contact=Contact("Ivan", promises=(far, theirs, kept, soon)))
    assert (found.owed, found.expected) == ((soon, far), (theirs,))
    assert [(s.step, s.promises) for s in found.next_steps[:2]] == [(Step.KEEP_PROMISE, ("p1",)), (Step.RECONNECT, ())]


@pytest.mark.parametrize(
    ("history", "step"),
    [
        ([], Step.BEGIN_CONVERSATION),
        (talks(10), Step.GIVE_FIRST),
        ([*talks(10), event("2026-05-09", "gave")], Step.KEEP_TALKING),
        ([*talks(12, 11, 10), event("2026-05-09", "gave")], Step.LET_TIME_PASS),
        ([*talks(60, 30, 10), event("2026-05-09", "gave")], Step.ASK_LIGHTLY),
        ([event("2026-03-09", "received"), *talks(60, 30, 10)], Step.GIVE_MORE),
        ([event("2026-03-09", "received"), event("2026-03-10", "gave"), *talks(60, 30, 10)], Step.KEEP_GIVING),
    ],
)
def test_the_step_that_moves_it_forward(library: Library, history: list[Event], step: Step) -> None:
    """The last step is the one that brings the next stage."""
    assert standing(library, *history).next_steps[-1].step is step


def test_the_users_own_word_counts(library: Library) -> None:
    """An override sets the stage that counts from its day on, and leaves what the gates say to be read."""
    said = StageOverride("credibility", "we worked together for years", date(2026, 5, 1))
    found = standing(library, contact=Contact("Ivan", stage_override=said)).relation
    assert (found.stage, found.reached, found.override) == (Stage.CREDIBILITY, Stage.STRANGER, said)
    # Whom the user knows is not to be begun with again.
    steps = standing(library, contact=Contact("Ivan", stage_override=said)).next_steps
    assert [step.step for step in steps] == [Step.ASK_LIGHTLY]
    assert relate((), date(2026, 4, 30), library.gates, said).stage is Stage.STRANGER
    lowered = relate(talks(10), TODAY, library.gates, StageOverride("stranger", "another Ivan", TODAY))
    assert (lowered.stage, lowered.reached) == (Stage.STRANGER, Stage.VISIBILITY)
