"""All checks over one message: pure functions of its draft, relation, contact and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from coltiva.contacts import Contact
from coltiva.draft import Draft
from coltiva.history import Relation
from coltiva.library import Library
from coltiva.linting.address import find_mixed_address
from coltiva.linting.asks import find_asks
from coltiva.linting.claims import find_false_history
from coltiva.linting.finding import Finding, Severity
from coltiva.linting.following_up import find_third_follow_up
from coltiva.linting.lengths import find_hard_to_read, find_many_links, find_self_centred, find_too_long
from coltiva.linting.match import Matched
from coltiva.linting.matching import SentenceMatcher
from coltiva.linting.names import find_wrong_name
from coltiva.linting.overasking import find_early_calendar, find_many_asks
from coltiva.linting.placeholders import find_placeholders
from coltiva.linting.signals import find_signals
from coltiva.linting.subject import Subject
from coltiva.rule_pack import Pack

__all__ = ["CHECKS", "Finding", "SentenceMatcher", "Severity", "lint", "lint_matched"]

CHECKS: tuple[Callable[[Subject], Iterable[Finding]], ...] = (
    find_asks,
    find_signals,
    find_false_history,
    find_placeholders,
    find_wrong_name,
    find_mixed_address,
    find_third_follow_up,
    find_too_long,
    find_many_links,
    find_many_asks,
    find_early_calendar,
    find_self_centred,
    find_hard_to_read,
)


def lint(
    draft: Draft,
    relation: Relation,
    contact: Contact,
    channel: str,
    library: Library,
    matcher: SentenceMatcher,
    caret: int | None = None,
    limit: int | None = None,
) -> tuple[Finding, ...]:
    """Return everything found in *draft*, in order of place.

    Args:
        caret: where the user is typing, in code points; what the next words may still change is held back.
        limit: how many UTF-16 units the page itself takes; None where it does not say.
    """
    matched = matcher.matches(draft, caret)
    return lint_matched(draft, matched, relation, contact, channel, library, matcher.pack, limit)


def lint_matched(
    draft: Draft,
    matched: Matched,
    relation: Relation,
    contact: Contact,
    channel: str,
    library: Library,
    pack: Pack,
    limit: int | None = None,
) -> tuple[Finding, ...]:
    """Return what ``lint`` does, of a draft whose sentences are *matched* already."""
    found_in = tuple([(sentence, matches) for sentence, matches in matched if matches])
    subject = Subject(draft, found_in, relation, contact, channel, library, pack, limit)
    findings = [tuned for check in CHECKS for found in check(subject) if (tuned := _tuned(found, library)) is not None]
    return tuple(sorted(findings, key=lambda f: (f.span, f.category, f.kind)))


def _tuned(finding: Finding, library: Library) -> Finding | None:
    """Return a finding as ``signals.yml`` wants its kind: with its severity, or not at all."""
    kind = library.signals.get(finding.kind)
    if kind is None:
        return finding
    if not kind.enabled:
        return None
    if finding.rule.startswith("core/") and finding.severity != kind.severity:
        return replace(finding, severity=Severity(kind.severity))
    return finding  # rules of their own have weighed it
