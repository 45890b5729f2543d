"""The verdict and the score follow from the findings."""

import pytest

from coltiva.history import Stage
from coltiva.linting.finding import Finding, Severity
from coltiva.spans import Span
from coltiva.verdict import Decision, decide


def ask(gap: int, kind: str = "introduction") -> Finding:
    """Return an ask that comes *gap* stages early."""
    severity = (Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.ERROR)[gap]
    return Finding("ask", kind, "x", Span(0, 1), severity, Stage.CREDIBILITY, gap > 0, gap)


def signal(kind: str, category: str = "signal", severity: Severity = Severity.WARNING) -> Finding:
    """Return a signal."""
    return Finding(category, kind, "x", Span(0, 1), severity)


@pytest.mark.parametrize(
    ("findings", "decision", "score"),
    [
        ([], Decision.SEND, 100),
        ([ask(0)], Decision.SEND, 100),
        ([ask(1)], Decision.REVISE, 75),
        ([ask(2)], Decision.WAIT, 50),
        ([ask(3)], Decision.WAIT, 50),
        ([ask(2), ask(2)], Decision.WAIT, 25),
        ([ask(2), ask(2, "sale"), ask(2, "job")], Decision.WAIT, 0),
        ([signal("pitch")], Decision.REVISE, 92),
        ([signal("presumption", severity=Severity.INFO)], Decision.SEND, 97),
        ([ask(1), signal("thanks", "growing", Severity.INFO)], Decision.REVISE, 79),
        ([signal("thanks", "growing", Severity.INFO)], Decision.SEND, 100),
    ],
)
def test_decision_and_score(findings: list[Finding], decision: Decision, score: int) -> None:
    """Two stages early waits, one revises, hunting warnings revise; the score adds up as documented."""
    verdict = decide(findings)
    assert (verdict.decision, verdict.score) == (decision, score)


def test_because_names_what_led_to_the_decision() -> None:
    """A message to wait with names the early asks alone."""
    assert decide([signal("pitch"), ask(2)]).because == (ask(2),)
