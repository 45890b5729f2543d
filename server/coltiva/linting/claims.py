"""Past contact that the message claims and the history does not show."""

from __future__ import annotations

from collections.abc import Iterable

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject


def find_false_history(subject: Subject) -> Iterable[Finding]:
    """Yield a finding for each sentence that claims past contact where no event with the contact is recorded.

    Any recorded event but the connection itself bears the claim out: the record need not name the
    day, and a wrong accusation would cost more than a miss.
    """
    relation, severity = subject.relation, Severity(subject.library.signals["false_history"].severity)
    if relation.conversations or relation.gave or relation.received or relation.asked or relation.was_asked:
        return
    for sentence, matches in subject.matched:
        for match in matches:
            if match.kind == "false_history":
                span = subject.word_span(sentence.first + match.start, sentence.first + match.end)
                yield Finding("signal", "false_history", match.rule, span, severity)
                break
