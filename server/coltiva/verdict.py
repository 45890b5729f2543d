"""Send, revise or wait: what all findings of a message come to, with a score from 0 to 100.

The score starts at 100. Each finding costs or earns, the first of its kind in full, the next ones half:

==============================  ====
premature ask, error            −50
premature ask, warning          −25
hunting signal, warning         −8
hunting signal, info            −3
growing signal                  +4
==============================  ====

The sum is kept between 0 and 100. Strength D: own choice, so that one early ask alone loses a quarter or a half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coltiva.linting.finding import Finding, Severity


class Decision(StrEnum):
    """What to do with the message."""

    WAIT = "wait"
    REVISE = "revise"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision, the findings that led to it, and the score."""

    decision: Decision
    because: tuple[Finding, ...]
    score: int


def decide(findings: Sequence[Finding]) -> Verdict:
    """Weigh all findings: an ask two stages early means wait, one stage early or a hunting warning means revise.

    A rule may set another severity for its early asks; then that counts instead of the stages.
    """
    wait = tuple(f for f in findings if f.premature and f.severity is Severity.ERROR)
    revise = tuple(f for f in findings if (f.premature or f.category == "signal") and f.severity is not Severity.INFO)
    decision = Decision.WAIT if wait else Decision.REVISE if revise else Decision.SEND
    return Verdict(decision, wait or revise, _score(findings))


def _score(findings: Sequence[Finding]) -> int:
    total = 100.0
    seen: set[tuple[str, str]] = set()
    for finding in findings:
        weight = _weight(finding)
        total += weight / 2 if (finding.category, finding.kind) in seen else weight
        seen.add((finding.category, finding.kind))
    return round(min(100.0, max(0.0, total)))


def _weight(finding: Finding) -> float:
    if finding.category == "growing":
        return 4
    if finding.category == "signal":
        return -3 if finding.severity is Severity.INFO else -8
    if not finding.premature or finding.severity is Severity.INFO:
        return 0
    return -50 if finding.severity is Severity.ERROR else -25
