"""What a line says of the week fits the day on which the message is written."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from coltiva.payloads import request_from_json
from coltiva.rewrite_file import DAYS
from tests.rewriting.close import REVIEWER
from tests.shipped import LIBRARY

WEEK = re.compile(r"(?i)\b(?:week|weekend|week-end|settimana|semana|semaine|woche|wochenende)\b")
MONDAY = date(2026, 5, 11)
ASK = "Hi Anil, could you introduce me to somebody at the bank?"


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_what_speaks_of_the_week_says_on_which_days(language: str) -> None:
    """Nobody wishes a good week on a Friday, nor asks on a Monday how the week has been."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    of_the_week = [line for said in lines.lines.values() for line in said if WEEK.search(line.text)]
    assert of_the_week
    for line in of_the_week:
        assert line.days, line.text
        assert line.days < set(DAYS), line.text


def test_the_day_of_the_message_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a week each line of English that names the week comes out on its days alone, and some do."""
    monkeypatch.setattr(LIBRARY.reader("en"), "ranker", None)
    lines = LIBRARY.rewrite_lines("en")
    assert lines is not None
    days = {line.id: line.days for line in lines.lines["wait"] if line.days}
    said: dict[str, set[str]] = {}
    for number in range(7):
        for seed in range(40):
            body = {"text": ASK, "language": "en", "contact": {"name": "Anil"}, "rewrites": True, "seed": seed}
            report = REVIEWER.review(request_from_json(body, today=MONDAY + timedelta(number)))
            for rewrite in report.rewriting.rewrites:
                for line in rewrite.lines:
                    said.setdefault(line, set()).add(DAYS[number])
    on_their_days = {line: on for line, on in said.items() if line in days}
    assert on_their_days
    assert all(on <= days[line] for line, on in on_their_days.items())
    assert len(set().union(*on_their_days.values())) > 1
