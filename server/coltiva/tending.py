"""Who needs tending: promises that are due, contacts that are losing touch, asks without an answer, old ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coltiva.contact_store import Summary
from coltiva.history import Gates
from coltiva.standing import Rhythm, TendingLimits, rhythm_of


class Reason(StrEnum):
    """Why a contact needs tending, the most urgent first."""

    PROMISE_DUE = "promise_due"
    LOSING_TOUCH = "losing_touch"
    ASK_UNANSWERED = "ask_unanswered"
    LOST_TOUCH = "lost_touch"


@dataclass(frozen=True, slots=True)
class TendingEntry:
    """One contact that needs tending.

    Attributes:
        day: when the promise is due, or when the user asked; None for the other reasons.
        rhythm: how long it has been quiet; None where the two never talked.
    """

    summary: Summary
    reason: Reason
    day: date | None
    rhythm: Rhythm | None


def tending_list(summaries: Iterable[Summary], today: date, gates: Gates, limits: TendingLimits) -> list[TendingEntry]:
    """Return who needs tending on *today*, each with the most urgent reason.

    Promises come by the day on which they are due, contacts losing touch by how many usual gaps have passed, asks by
    age, and old ties by how much the two have talked.
    """
    found = [entry for summary in summaries if (entry := _entry(summary, today, gates, limits)) is not None]
    return sorted(found, key=_urgency)


def _entry(summary: Summary, today: date, gates: Gates, limits: TendingLimits) -> TendingEntry | None:
    now = today.toordinal()
    rhythm = None
    if summary.conversation_days:
        rhythm = rhythm_of(summary.gap_days, max(0, now - summary.last_day), limits)
    if summary.due_day and summary.due_day <= now + limits.promise_soon_days:
        return TendingEntry(summary, Reason.PROMISE_DUE, date.fromordinal(summary.due_day), rhythm)
    if summary.ahead_day > now:
        return None  # something is planned with them already
    is_dormant = rhythm is not None and rhythm.quiet_days > gates.dormant_quiet_days
    if rhythm is not None and rhythm.is_overdue and not is_dormant:
        return TendingEntry(summary, Reason.LOSING_TOUCH, None, rhythm)
    if summary.ask_day and now - summary.ask_day > limits.answer_wait_days and not is_dormant:
        return TendingEntry(summary, Reason.ASK_UNANSWERED, date.fromordinal(summary.ask_day), rhythm)
    return TendingEntry(summary, Reason.LOST_TOUCH, None, rhythm) if is_dormant else None


def _urgency(entry: TendingEntry) -> tuple[object, ...]:
    order = list(Reason).index(entry.reason)
    day = entry.day.toordinal() if entry.day is not None else 0
    passed = -entry.rhythm.times_passed if entry.rhythm is not None and entry.reason is Reason.LOSING_TOUCH else 0.0
    return order, day, passed, -entry.summary.conversation_days, entry.summary.text
