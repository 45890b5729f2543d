"""Writing again to somebody who has not answered: the third time in a row is the last that may be read."""

from __future__ import annotations

from collections.abc import Iterable

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject

RULE = "core/third-follow-up"


def find_third_follow_up(subject: Subject) -> Iterable[Finding]:
    """Yield a finding where this would be the third message, or a later one, since the contact last spoke."""
    unanswered = subject.relation.unanswered
    if len(unanswered) >= subject.library.limits.unanswered_messages and subject.draft.tokens.words:
        events = tuple(event.id for event in unanswered)
        span = subject.draft.sentences[0].span
        yield Finding("signal", "follow_up", RULE, span, Severity.WARNING, events=events)
