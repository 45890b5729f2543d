"""All checks over one draft: pure functions of draft, relation and rules."""

from __future__ import annotations

from coltiva.draft import Draft
from coltiva.history import Relation
from coltiva.library import Library
from coltiva.linting.asks import find_asks
from coltiva.linting.finding import Finding, Severity
from coltiva.linting.matching import SentenceMatcher
from coltiva.linting.signals import find_signals

__all__ = ["Finding", "SentenceMatcher", "Severity", "lint"]


def lint(draft: Draft, relation: Relation, library: Library, matcher: SentenceMatcher) -> tuple[Finding, ...]:
    """Return everything found in *draft*, in order of place."""
    matched = matcher.matches(draft)
    findings = [*find_asks(draft, matched, relation, library.asks), *find_signals(draft, matched, library.signals)]
    return tuple(sorted(findings, key=lambda f: (f.span, f.category, f.kind)))
