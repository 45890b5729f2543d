"""Everything that is known of one contact, as the API and the contacts page show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from coltiva.contact_payloads import to_json
from coltiva.contact_store import Summary
from coltiva.contacts import ContactRecord, Event, Promise
from coltiva.explaining import Explainer
from coltiva.library import Library
from coltiva.standing import NextStep, Rhythm, Standing, Step, stand
from coltiva.tending import Reason, TendingEntry


class ContactReporter:
    """Puts contacts into JSON, with the reasons in one language."""

    def __init__(self, library: Library, language: str) -> None:
        self._library = library
        self._explainer = Explainer(library.texts(language))
        self._words = Explainer(library.relation_texts(language))

    def contact(self, record: ContactRecord, today: date) -> dict[str, Any]:
        """Return the contact, the history in order, and how the two stand on *today*."""
        standing = stand(record, today, self._library.gates, self._library.tending)
        return {
            "contact": to_json(record.contact),
            "history": [to_json(event) for event in record.history],
            "relationship": self._relationship(standing),
            "balance": {"days": standing.balance.days} | _balance(standing),
            "rhythm": _rhythm(standing.rhythm),
            "unanswered_messages": _ids(standing.relation.unanswered),
            "unanswered_asks": _ids(standing.unanswered_asks),
            "to_thank": _ids(standing.to_thank),
            "owed": _ids(standing.owed),
            "expected": _ids(standing.expected),
            "next_steps": [self._next_step(step, standing) for step in standing.next_steps],
        }

    def brief(self, summary: Summary, record: ContactRecord, today: date) -> dict[str, Any]:
        """Return a contact as a list shows it."""
        relation = stand(record, today, self._library.gates, self._library.tending).relation
        return _brief(summary) | {"stage": relation.stage.word, "dormant": relation.dormant}

    def tending(self, entry: TendingEntry, today: date) -> dict[str, Any]:
        """Return why a contact needs tending."""
        rhythm = entry.rhythm
        name = entry.reason.value
        if entry.reason is Reason.PROMISE_DUE and entry.day is not None and entry.day < today:
            name = "promise_overdue"
        if entry.reason is Reason.LOSING_TOUCH and rhythm is not None and not rhythm.is_known:
            name = "losing_touch_unknown"
        values = {"quiet_days": rhythm.quiet_days, "usual_days": rhythm.usual_days} if rhythm else {}
        day = entry.day.isoformat() if entry.day else None
        written = self._explainer.day(entry.day) if entry.day else ""
        why = self._words.text("tending", name, date=written, **values)
        return _brief(entry.summary) | {"reason": entry.reason.value, "why": why, "day": day, "rhythm": _rhythm(rhythm)}

    def _relationship(self, standing: Standing) -> dict[str, Any]:
        relation, gates = standing.relation, self._library.gates
        why = self._explainer.evidence(relation, gates)
        if relation.override is not None:
            why.insert(0, self._words.text("override", reason=self._explainer.quoted(relation.override.reason)))
        return {
            "stage": relation.stage.word,
            "reached": relation.reached.word,
            "dormant": relation.dormant,
            "quiet_days": relation.quiet_days,
            "why": why,
            "events": list(relation.evidence),
            "counters": {
                "conversation_days": {
                    "count": len(relation.conversation_days),
                    "needed": gates.credibility_days,
                    "events": _ids(relation.conversations),
                },
                "span_days": {"count": relation.span_days, "needed": gates.credibility_span_days},
                "gave": {"count": len(relation.gave), "events": _ids(relation.gave)},
                "received": {"count": len(relation.received), "events": _ids(relation.received)},
            },
        }

    def _next_step(self, step: NextStep, standing: Standing) -> dict[str, Any]:
        promises = [self._explainer.quoted(promise.text) for promise in standing.owed if promise.id in step.promises]
        rhythm = standing.rhythm
        name = step.step.value
        if step.step is Step.GET_IN_TOUCH and rhythm is not None and not rhythm.is_known:
            name = "get_in_touch_unknown"
        values = {"quiet_days": rhythm.quiet_days, "usual_days": rhythm.usual_days} if rhythm else {}
        text = self._words.text("next_steps", name, promises="; ".join(promises), **values)
        return {"step": step.step.value, "text": text, "events": list(step.events), "promises": list(step.promises)}


def _brief(summary: Summary) -> dict[str, Any]:
    return {
        "id": summary.id,
        "name": summary.name or next(iter((*summary.emails, *summary.profiles)), ""),
        "company": summary.company,
        "role": summary.role,
        "events": summary.events,
        "conversation_days": summary.conversation_days,
        "last_day": date.fromordinal(summary.last_day).isoformat() if summary.last_day else None,
    }


def _balance(standing: Standing) -> dict[str, Any]:
    kinds = ("gave", "received", "asked", "was_asked")
    return {kind: _ids(getattr(standing.balance, kind)) for kind in kinds}


def _rhythm(rhythm: Rhythm | None) -> dict[str, Any] | None:
    return None if rhythm is None else asdict(rhythm) | {"times_passed": round(rhythm.times_passed, 1)}


def _ids(items: Iterable[Event | Promise]) -> list[str]:
    return [item.id for item in items]
