"""What a history supports: the stage, what it rests on, and how long it has been quiet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from coltiva.contacts import Direction, Event, EventKind, StageOverride


class Stage(IntEnum):
    """How far a relationship has come, in order.

    Source: Misner's visibility, credibility, profitability; ``stages.yml`` holds the gates.
    """

    STRANGER = 0
    VISIBILITY = 1
    CREDIBILITY = 2
    PROFITABILITY = 3

    @property
    def word(self) -> str:
        """The stage's name as the report and the rule files write it."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> Stage:
        """Return the stage named *word*; ValueError for any other word."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"expected {', '.join(s.word for s in cls)}; got {word!r}") from None


@dataclass(frozen=True, slots=True)
class Gates:
    """The thresholds between the stages, from ``stages.yml``.

    Attributes:
        visibility_days: conversation days that visibility needs.
        credibility_days: conversation days that credibility needs.
        credibility_span_days: days from the first to the last conversation day, at least.
        dormant_quiet_days: quiet days beyond which the stage counts one lower.
        small_gift_percent: what a small gift weighs beside any other; gifts count once they weigh as much as one.
        answer_days: days within which a message answers what the contact asked last.
    """

    visibility_days: int
    credibility_days: int
    credibility_span_days: int
    dormant_quiet_days: int
    answer_days: int
    small_gift_percent: int


@dataclass(frozen=True, slots=True)
class Relation:
    """What a history supports on one day.

    Attributes:
        reached: the stage by the gates alone.
        stage: the stage that counts; one lower than *reached* when dormant, never below visibility.
        dormant: whether it has been quiet for longer than the gate allows.
        quiet_days: days since the last conversation day; None where there is none.
        conversation_days: the days with a call, a meeting or a message received, in order.
        conversations: the events of those days, in order.
        gave, received: the events of that kind that count, in order; small gifts only where the gates let them.
        asked, was_asked: the events of that kind, in order.
        unanswered: the messages sent since the contact last spoke, in order.
        answers: what the contact asked last, where the next message is most likely the answer; else None.
        override: the user's own word on the stage, where *stage* follows it instead of the gates.
    """

    reached: Stage
    stage: Stage
    dormant: bool
    quiet_days: int | None
    conversation_days: tuple[date, ...]
    conversations: tuple[Event, ...]
    gave: tuple[Event, ...]
    received: tuple[Event, ...]
    asked: tuple[Event, ...]
    was_asked: tuple[Event, ...]
    unanswered: tuple[Event, ...]
    answers: Event | None
    override: StageOverride | None = None

    @property
    def span_days(self) -> int:
        """Days from the first to the last conversation day; 0 where there is at most one."""
        return (self.conversation_days[-1] - self.conversation_days[0]).days if self.conversation_days else 0

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of the events that the stage rests on, in order of date."""
        return tuple(e.id for e in sorted((*self.conversations, *self.gave, *self.received), key=lambda e: e.date))


def is_conversation(event: Event) -> bool:
    """Whether the event shows both sides in touch: a call, a meeting, or a message received."""
    if event.kind in (EventKind.CALL, EventKind.MEETING):
        return True
    return event.kind is EventKind.MESSAGE and event.direction is not Direction.SENT


def relate(events: Sequence[Event], today: date, gates: Gates, override: StageOverride | None = None) -> Relation:
    """Work out what *events* (any order; those after *today* do not count yet) support on *today*.

    Args:
        override: the user's own word on the stage, which counts from its day on.
    """
    relation = _relate(past_events(events, today), today, gates)
    if override is None or override.date > today:
        return relation
    return replace(relation, stage=Stage.from_word(override.stage), override=override)


def past_events(events: Sequence[Event], today: date) -> list[Event]:
    """Return the events up to *today* in order of date; those of one day stay in the order given."""
    return sorted((e for e in events if e.date <= today), key=lambda e: e.date)


def since_they_spoke(past: Sequence[Event]) -> Sequence[Event]:
    """Return what came after the contact last wrote, met, gave or asked something; *past* is in order."""
    spoke = [i for i, e in enumerate(past) if is_conversation(e) or e.kind in (EventKind.RECEIVED, EventKind.WAS_ASKED)]
    return past[spoke[-1] + 1 :] if spoke else past


def _relate(past: Sequence[Event], today: date, gates: Gates) -> Relation:
    conversations = tuple(e for e in past if is_conversation(e))
    days = tuple(sorted({e.date for e in conversations}))
    of_kind: dict[EventKind, list[Event]] = {}
    for event in past:
        of_kind.setdefault(event.kind, []).append(event)
    gave, received = (_counting(of_kind.get(kind, ()), gates) for kind in (EventKind.GAVE, EventKind.RECEIVED))
    reached = Stage.STRANGER
    if len(days) >= gates.visibility_days:
        reached = Stage.VISIBILITY
        enough = len(days) >= gates.credibility_days and (days[-1] - days[0]).days >= gates.credibility_span_days
        if enough and (gave or received):
            reached = Stage.PROFITABILITY if gave and received else Stage.CREDIBILITY
    quiet_days = (today - days[-1]).days if days else None
    dormant = quiet_days is not None and quiet_days > gates.dormant_quiet_days
    # Silence lowers to visibility at most; where the user's gates ask for more talks, it may not be reached at all.
    stage = Stage(reached - 1) if dormant and reached > Stage.VISIBILITY else reached
    return Relation(
        reached,
        stage,
        dormant,
        quiet_days,
        days,
        conversations,
        gave,
        received,
        tuple(of_kind.get(EventKind.ASKED, ())),
        tuple(of_kind.get(EventKind.WAS_ASKED, ())),
        unanswered=_unanswered(past),
        answers=_answers(past, today, gates),
    )


def _counting(gifts: Sequence[Event], gates: Gates) -> tuple[Event, ...]:
    """Return the gifts that count; none where they are small and too few."""
    weights = [gates.small_gift_percent if gift.small else 100 for gift in gifts]
    return tuple(gift for gift, weight in zip(gifts, weights, strict=True) if weight) if sum(weights) >= 100 else ()


def _unanswered(past: Sequence[Event]) -> tuple[Event, ...]:
    """Return the messages sent after the contact last wrote, met or gave something."""
    return tuple(e for e in since_they_spoke(past) if e.kind is EventKind.MESSAGE)


def _answers(past: Sequence[Event], today: date, gates: Gates) -> Event | None:
    """Return the contact's request where it is recent and nothing has happened on a later day."""
    facts = [e for e in past if e.kind is not EventKind.CONNECTED]
    asked = [e for e in facts if e.kind is EventKind.WAS_ASKED and e.date == facts[-1].date]
    return asked[-1] if asked and (today - asked[-1].date).days <= gates.answer_days else None
