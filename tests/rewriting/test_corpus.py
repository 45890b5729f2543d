"""Every rewrite of the labelled messages, linted again, asks for nothing too early and claims nothing unrecorded."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from coltiva.library import Library
from coltiva.payloads import request_from_json
from coltiva.report import Report
from coltiva.review import Reviewer, ReviewRequest

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
LIBRARY = Library()
REVIEWER = Reviewer(LIBRARY)
LANGUAGES = [code for code in LIBRARY.languages if LIBRARY.rewrite_lines(code)]
# A name inside a sentence, a date, a number: what could be invented.
CLAIM = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][\w'’-]+|\d[\d.,:]*")


def records(language: str) -> list[dict[str, Any]]:
    """Return the labelled messages of a language."""
    files = [CORPUS / folder / f"{language}.jsonl" for folder in ("development", "training")]
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def reviewed(language: str) -> list[tuple[ReviewRequest, Report]]:
    """Return each message that asks too early, with its report."""
    requests = [request_from_json(record | {"rewrites": True}, today=None) for record in records(language)]  # type: ignore[arg-type]
    both = [(request, REVIEWER.review(request)) for request in requests]
    return [(request, report) for request, report in both if any(f.premature for f in report.findings)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rewrites_hold(language: str) -> None:
    """No rewrite holds an early ask, an unmarked placeholder, a new hunting signal, or a claim without a source."""
    messages = reviewed(language)
    assert len(messages) > 100
    assert sum(bool(report.rewriting.rewrites) for _, report in messages) >= 0.98 * len(messages)
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    spoken = " ".join(line.text for group in lines.lines.values() for line in group) + lines.file.when.months
    for request, report in messages:
        events = {e.id: e for e in request.history}
        known = {f.kind for f in report.findings if f.category == "signal"}
        for rewrite in report.rewriting.rewrites:
            again = REVIEWER.review(
                ReviewRequest(rewrite.text, request.channel, language, "en", request.today, request.contact, request.history)
            )
            signals = {f.kind for f in again.findings if f.category == "signal" and f.span.of(rewrite.text) not in rewrite.blanks}
            assert not [f for f in again.findings if f.premature], rewrite.text
            assert signals <= known, rewrite.text
            assert set(rewrite.uses) <= set(events)
            used = [events[i] for i in rewrite.uses]
            sources = " ".join([request.text, request.contact.name, request.contact.company, spoken,
                                *(f"{e.summary} {e.date.year}" for e in used)])
            invented = [claim for claim in CLAIM.findall(rewrite.text) if claim.lower().rstrip(".,:") not in sources.lower()]
            assert not invented, (invented, rewrite.text)
