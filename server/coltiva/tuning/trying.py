"""The same messages judged at every stage, side by side, and by a history of the user's making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coltiva.contacts import Contact, Event, StageOverride
from coltiva.history import Stage
from coltiva.review import Reviewer, ReviewRequest


def try_messages(
    texts: Sequence[str],
    reviewer: Reviewer,
    channel: str,
    language: str | None,
    explain_in: str,
    history: tuple[Event, ...],
    today: date,
) -> list[dict[str, object]]:
    """Return for each text its report at each stage and by *history*."""
    rows: list[dict[str, object]] = []
    for text in texts:
        request = ReviewRequest(text, channel, language, explain_in, today, Contact(), history)
        by_history = reviewer.review(request).to_dict()
        at = {stage.word: _short(reviewer.review(_at_stage(request, stage)).to_dict()) for stage in Stage}
        rows.append({"text": text, "language": by_history["language"], "history": _short(by_history), "stages": at})
    return rows


def _at_stage(request: ReviewRequest, stage: Stage) -> ReviewRequest:
    override = StageOverride(stage.word, "tried", request.today)
    return replace(request, contact=replace(request.contact, stage_override=override), history=())


def _short(report: dict[str, object]) -> dict[str, object]:
    relationship = report["relationship"]
    assert isinstance(relationship, dict)
    findings = report["findings"]
    assert isinstance(findings, list)
    keys = ("category", "kind", "rule", "severity", "premature", "needs", "start", "end", "quote", "title", "why")
    return {
        "verdict": report["verdict"],
        "score": report["score"],
        "stage": relationship["stage"],
        "why": relationship["why"],
        "findings": [{key: finding[key] for key in keys} for finding in findings],
    }
