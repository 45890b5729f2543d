"""Signals that phrases find: hunting ones that spoil a message, growing ones that build."""

from __future__ import annotations

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject

_JUDGED_ELSEWHERE = frozenset({"false_history"})  # claims are checked against the record


def find_signals(subject: Subject) -> list[Finding]:
    """Return one finding for each signal and sentence, in order of place."""
    findings = []
    kinds, are_known = subject.library.signals, bool(subject.relation.conversation_days)
    for sentence, matches in subject.matched:
        signals = [match for match in matches if match.kind in kinds]
        seen = set(_JUDGED_ELSEWHERE)
        for match in sorted(signals, key=lambda m: (m.start, -m.end)):
            kind = kinds[match.kind]
            if match.kind in seen:
                continue
            seen.add(match.kind)
            span = subject.word_span(sentence.first + match.start, sentence.first + match.end)
            rule = subject.pack.rules.get(match.rule)
            usual = (are_known and kind.known) or kind.severity
            severity = (rule.severity if rule else "") or usual
            findings.append(Finding(kind.category, match.kind, match.rule, span, Severity(severity)))
    return findings
