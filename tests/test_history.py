"""The stage follows from the history alone, by the gates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coltiva.history import Stage, relate
from coltiva.library import Library

from .conftest import TODAY, event

TALKS = [event("2026-03-02", "meeting"), event("2026-03-20", "call"), event("2026-04-20", "message", "received")]
GAVE, RECEIVED = event("2026-04-01", "gave", "sent"), event("2026-04-02", "received", "received")


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ([], Stage.STRANGER),
        ([event("2026-05-01", "connected"), event("2026-05-02", "message", "sent"), GAVE], Stage.STRANGER),
        ([event("2026-05-02", "message", "received")], Stage.VISIBILITY),
        (TALKS, Stage.VISIBILITY),
        ([*TALKS, GAVE], Stage.CREDIBILITY),
        ([*TALKS, RECEIVED], Stage.CREDIBILITY),
        ([*TALKS, GAVE, RECEIVED], Stage.PROFITABILITY),
        ([event(f"2026-05-0{d}", "call") for d in (1, 2, 3)] + [GAVE], Stage.VISIBILITY),
        ([event("2026-06-01", "meeting")], Stage.STRANGER),
    ],
)
def test_stage_by_the_gates(events: list, stage: Stage, library: Library) -> None:
    """Each gate opens with what it needs and no earlier; events after today do not count."""
    assert relate(events, TODAY, library.gates).stage is stage


def test_a_long_silence_lowers_by_one_but_not_below_visibility(library: Library) -> None:
    """366 quiet days are dormant, 365 are not."""
    later = date(2027, 4, 21)
    dormant = relate([*TALKS, GAVE, RECEIVED], later, library.gates)
    assert (dormant.quiet_days, dormant.dormant, dormant.stage) == (366, True, Stage.CREDIBILITY)
    assert relate(TALKS, later, library.gates).stage is Stage.VISIBILITY
    assert not relate(TALKS, date(2027, 4, 20), library.gates).dormant


def test_a_long_silence_before_visibility_leaves_a_stranger(library: Library) -> None:
    """Where the user's gates ask for more days than there were, silence neither lowers nor raises."""
    gates = replace(library.gates, visibility_days=4)
    relation = relate([*TALKS, GAVE], date(2027, 4, 21), gates)
    assert (relation.dormant, relation.stage) == (True, Stage.STRANGER)


def test_small_gifts_alone_show_no_trust(library: Library) -> None:
    """Clicks that endorse a skill never bring credibility by themselves; where the gates weigh them, enough do."""
    clicks = [replace(RECEIVED, id=f"c{i}", small=True) for i in range(4)]
    assert relate([*TALKS, *clicks], TODAY, library.gates).stage is Stage.VISIBILITY
    assert relate([*TALKS, GAVE, *clicks], TODAY, library.gates).stage is Stage.CREDIBILITY
    weighing = replace(library.gates, small_gift_percent=25)
    assert relate([*TALKS, *clicks[:3]], TODAY, weighing).stage is Stage.VISIBILITY
    assert relate([*TALKS, *clicks], TODAY, weighing).stage is Stage.CREDIBILITY


def test_evidence_names_the_events_in_order(library: Library) -> None:
    """The ids of conversations and gifts, by date."""
    relation = relate([GAVE, *TALKS], TODAY, library.gates)
    assert relation.evidence == ("2026-03-02/meeting", "2026-03-20/call", "2026-04-01/gave", "2026-04-20/message")


@pytest.mark.parametrize(
    ("events", "answering"),
    [
        ([event("2026-05-10", "was_asked", "received")], True),
        ([event("2026-05-07", "was_asked", "received")], True),
        ([event("2026-05-06", "was_asked", "received")], False),
        ([event("2026-05-10", "was_asked", "received"), event("2026-05-10", "message", "received")], True),
        ([event("2026-05-10", "was_asked", "received"), event("2026-05-11", "message", "sent")], False),
        ([event("2026-05-10", "was_asked", "received"), event("2026-05-11", "connected")], True),
        ([event("2026-05-10", "call")], False),
    ],
)
def test_a_recent_request_awaits_its_answer(events: list, answering: bool, library: Library) -> None:
    """What the contact asked within a week, and nothing since, is what the message answers."""
    assert (relate(events, TODAY, library.gates).answers is not None) == answering
