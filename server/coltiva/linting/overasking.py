"""Asking too much at once, or for a slot before a yes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject

# Services whose links open somebody's calendar; the path may come first (meet.example.com/ann).
_CALENDAR = re.compile(
    r"calendly\.|cal\.com|meetings\.hubspot|savvycal|youcanbook\.me|koalendar|tidycal|zcal\.co|doodle\.com"
    r"|outlook\.office\d*\.com/book|bookings\.cloud\.microsoft|calendar\.app\.google|calendar\.google\.com/calendar/(?:u/\d/)?appointments"
    r"|acuityscheduling|setmore|simplybook|lemcal|appointlet|vyte\.in|chilipiper",
    re.IGNORECASE,
)


def find_many_asks(subject: Subject) -> Iterable[Finding]:
    """Yield a finding at the first ask beyond the limit."""
    kinds, limit = subject.library.asks, subject.library.limits.asks
    if len(subject.matched) <= limit:
        return
    asking = [
        (sentence, match)
        for sentence, matches in subject.matched
        for match in [m for m in matches if m.kind in kinds and not m.fallback][:1]
    ]
    if len(asking) > limit:
        sentence, match = asking[limit]
        span = subject.word_span(sentence.first + match.start, sentence.first + match.end)
        yield Finding("signal", "many_asks", "core/many-asks", span, Severity.WARNING)


def find_early_calendar(subject: Subject) -> Iterable[Finding]:
    """Yield a finding for a link to a calendar where the contact has neither answered yet nor asked for one."""
    relation, tokens = subject.relation, subject.draft.tokens
    if "url" not in tokens.shapes or relation.conversation_days or relation.answers is not None:
        return
    for i, shape in enumerate(tokens.shapes):
        if shape == "url" and _CALENDAR.search(subject.draft.text, tokens.starts[i], tokens.ends[i]):
            yield Finding(
                "signal", "early_calendar", "core/early-calendar", subject.word_span(i, i + 1), Severity.WARNING
            )
            return
