"""Signals that phrases find: hunting ones that spoil a message, growing ones that build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coltiva.draft import Draft, Sentence
from coltiva.library import SignalKind
from coltiva.linting.finding import Finding, Severity
from coltiva.linting.matching import Match
from coltiva.spans import Span


def find_signals(
    draft: Draft, matched: Sequence[tuple[Sentence, tuple[Match, ...]]], kinds: Mapping[str, SignalKind]
) -> list[Finding]:
    """Return one finding for each signal and sentence, in order of place."""
    findings = []
    for sentence, matches in matched:
        seen: set[str] = set()
        for match in sorted(matches, key=lambda m: (m.start, -m.end)):
            kind = kinds.get(match.kind)
            if kind is None or match.kind in seen:
                continue
            seen.add(match.kind)
            span = Span(
                draft.tokens.starts[sentence.first + match.start], draft.tokens.ends[sentence.first + match.end - 1]
            )
            findings.append(Finding(kind.category, match.kind, match.rule, span, Severity(kind.severity)))
    return findings
