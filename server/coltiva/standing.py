"""How a contact stands beyond the stage: give and take, rhythm, what is open on both sides, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from coltiva.contacts import ContactRecord, Direction, Event, EventKind, Promise
from coltiva.history import Gates, Relation, Stage, past_events, relate, since_they_spoke


@dataclass(frozen=True, slots=True)
class TendingLimits:
    """The thresholds below, from ``stages.yml``.

    Attributes:
        balance_days: the days over which give and take are weighed.
        rhythm_conversation_days: conversation days from which on a usual rhythm can be told.
        rhythm_gaps: how many of the latest gaps between conversation days make the rhythm.
        shortest_rhythm_days: no rhythm counts as shorter.
        default_rhythm_days: the rhythm where it cannot be told.
        overdue_percent: the part of the rhythm that may pass before the contact counts as losing touch.
        promise_soon_days: a promise due within so many days is a next step.
        answer_wait_days: days that an ask waits quietly before it may be followed up.
    """

    balance_days: int
    rhythm_conversation_days: int
    rhythm_gaps: int
    shortest_rhythm_days: int
    default_rhythm_days: int
    overdue_percent: int
    promise_soon_days: int
    answer_wait_days: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Give and take over the latest *days*; each field but *days* holds the events, in order, without small gifts."""

    days: int
    gave: tuple[Event, ...]
    received: tuple[Event, ...]
    asked: tuple[Event, ...]
    was_asked: tuple[Event, ...]

    @property
    def asks_beyond_giving(self) -> int:
        """How many more asks than gifts came from the user; 0 where none."""
        return max(0, len(self.asked) - len(self.gave))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often the two are in touch.

    Attributes:
        usual_days: the usual gap between two conversation days.
        is_known: whether the history tells it; else *usual_days* is the default.
        quiet_days: days since the last conversation day.
        times_passed: *quiet_days* in usual gaps.
        is_overdue: whether more of them have passed than the limits allow.
    """

    usual_days: int
    is_known: bool
    quiet_days: int
    times_passed: float
    is_overdue: bool


class Step(StrEnum):
    """What to do next, the most urgent first."""

    KEEP_PROMISE = "keep_promise"
    ANSWER = "answer"
    SAY_THANKS = "say_thanks"
    AWAIT_ANSWER = "await_answer"
    FOLLOW_UP = "follow_up"
    RECONNECT = "reconnect"
    GET_IN_TOUCH = "get_in_touch"
    GIVE_BACK = "give_back"
    BEGIN_CONVERSATION = "begin_conversation"
    GIVE_FIRST = "give_first"
    KEEP_TALKING = "keep_talking"
    LET_TIME_PASS = "let_time_pass"
    GIVE_MORE = "give_more"
    ASK_LIGHTLY = "ask_lightly"
    KEEP_GIVING = "keep_giving"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step with what it rests on.

    Attributes:
        events: ids of the events that call for it.
        promises: ids of the promises that call for it.
    """

    step: Step
    events: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that a contact's record says on one day.

    Attributes:
        rhythm: None where the two have never talked.
        unanswered_asks: asks of the user that the contact has not reacted to, in order.
        to_thank: what the contact gave since the user last did anything, in order.
        owed, expected: open promises of the user and of the contact, the earliest due first.
        next_steps: at least one, the most urgent first.
    """

    relation: Relation
    balance: Balance
    rhythm: Rhythm | None
    unanswered_asks: tuple[Event, ...]
    to_thank: tuple[Event, ...]
    owed: tuple[Promise, ...]
    expected: tuple[Promise, ...]
    next_steps: tuple[NextStep, ...]


def stand(record: ContactRecord, today: date, gates: Gates, limits: TendingLimits) -> Standing:
    """Work out how a contact stands on *today*, the user's local day."""
    past = past_events(record.history, today)
    relation = relate(past, today, gates, record.contact.stage_override)
    balance = weigh(past, today, limits)
    rhythm = find_rhythm(relation.conversation_days, today, limits)
    unanswered_asks = tuple(e for e in since_they_spoke(past) if e.kind is EventKind.ASKED)
    to_thank = gifts_to_thank_for(past)
    owed, expected = (_open(record.contact.promises, by_user) for by_user in (True, False))
    pressing = _pressing(relation, rhythm, unanswered_asks, to_thank, owed, today, limits)
    if balance.asks_beyond_giving:
        pressing.append(NextStep(Step.GIVE_BACK, tuple(e.id for e in balance.asked)))
    steps = (*pressing, _growing(relation, gates))
    return Standing(relation, balance, rhythm, unanswered_asks, to_thank, owed, expected, steps)


def weigh(past: Sequence[Event], today: date, limits: TendingLimits) -> Balance:
    """Return give and take over the latest days."""
    since = today - timedelta(days=limits.balance_days)
    recent = [e for e in past if e.date > since and not e.small]
    of_kind = {kind: tuple(e for e in recent if e.kind is kind) for kind in EventKind}
    kinds = (EventKind.GAVE, EventKind.RECEIVED, EventKind.ASKED, EventKind.WAS_ASKED)
    return Balance(limits.balance_days, *(of_kind[kind] for kind in kinds))


def find_rhythm(conversation_days: Sequence[date], today: date, limits: TendingLimits) -> Rhythm | None:
    """Return the rhythm of days in order, none after *today*; None where there is no day."""
    if not conversation_days:
        return None
    gap_days = usual_gap_days(conversation_days, limits)
    return rhythm_of(gap_days, (today - conversation_days[-1]).days, limits)


def usual_gap_days(conversation_days: Sequence[date], limits: TendingLimits) -> int:
    """Return the median of the latest gaps between the days; 0 where there are too few to tell."""
    if len(conversation_days) < limits.rhythm_conversation_days:
        return 0
    gaps = [(later - earlier).days for earlier, later in pairwise(conversation_days)]
    return round(median(gaps[-limits.rhythm_gaps :]))


def rhythm_of(gap_days: int, quiet_days: int, limits: TendingLimits) -> Rhythm:
    """Return the rhythm of a usual gap (0 where it is not known) after so many quiet days."""
    usual = max(gap_days, limits.shortest_rhythm_days) if gap_days else limits.default_rhythm_days
    times_passed = quiet_days / usual
    return Rhythm(usual, gap_days > 0, quiet_days, times_passed, 100 * times_passed > limits.overdue_percent)


def gifts_to_thank_for(past: Sequence[Event]) -> tuple[Event, ...]:
    """Return what the contact gave after the user last wrote, met or gave something."""
    acted = [i for i, e in enumerate(past) if _user_acted(e)]
    later = past[acted[-1] + 1 :] if acted else past
    return tuple(e for e in later if e.kind is EventKind.RECEIVED)


def _user_acted(event: Event) -> bool:
    if event.kind in (EventKind.CALL, EventKind.MEETING, EventKind.GAVE):
        return True
    return event.kind is EventKind.MESSAGE and event.direction is not Direction.RECEIVED


def _open(promises: Sequence[Promise], by_user: bool) -> tuple[Promise, ...]:
    found = (p for p in promises if p.kept_on is None and p.by_user is by_user)
    return tuple(sorted(found, key=lambda p: (p.due_on or date.max, p.made_on)))


def _pressing(
    relation: Relation,
    rhythm: Rhythm | None,
    unanswered_asks: Sequence[Event],
    to_thank: Sequence[Event],
    owed: Sequence[Promise],
    today: date,
    limits: TendingLimits,
) -> list[NextStep]:
    """Return the steps that should not wait."""
    soon = today + timedelta(days=limits.promise_soon_days)
    due = tuple(p.id for p in owed if p.due_on is not None and p.due_on <= soon)
    steps = [NextStep(Step.KEEP_PROMISE, promises=due)] if due else []
    if relation.answers is not None:
        steps.append(NextStep(Step.ANSWER, (relation.answers.id,)))
    if to_thank:
        steps.append(NextStep(Step.SAY_THANKS, tuple(e.id for e in to_thank)))
    if unanswered_asks:
        is_late = (today - unanswered_asks[-1].date).days > limits.answer_wait_days
        step = Step.FOLLOW_UP if is_late else Step.AWAIT_ANSWER
        steps.append(NextStep(step, tuple(e.id for e in unanswered_asks)))
    last = tuple(e.id for e in relation.conversations[-1:])
    if relation.dormant:
        steps.append(NextStep(Step.RECONNECT, last))
    elif rhythm is not None and rhythm.is_overdue:
        steps.append(NextStep(Step.GET_IN_TOUCH, last))
    return steps


def _growing(relation: Relation, gates: Gates) -> NextStep:
    """Return what would bring the relation to the next stage, by the record or by a higher word of the user's own."""
    is_raised = relation.override is not None and relation.stage > relation.reached
    stage = relation.stage if is_raised else relation.reached
    gave, received = (tuple(e.id for e in events) for events in (relation.gave, relation.received))
    talked = tuple(e.id for e in relation.conversations)
    if stage is Stage.STRANGER:
        return NextStep(Step.BEGIN_CONVERSATION)
    if stage is Stage.VISIBILITY:
        if not gave and not received:
            return NextStep(Step.GIVE_FIRST, talked)
        enough = len(relation.conversation_days) >= gates.credibility_days
        return NextStep(Step.LET_TIME_PASS if enough else Step.KEEP_TALKING, talked)
    if stage is Stage.CREDIBILITY:
        return NextStep(Step.ASK_LIGHTLY, gave) if gave or is_raised else NextStep(Step.GIVE_MORE, received)
    return NextStep(Step.KEEP_GIVING, (*gave, *received))
