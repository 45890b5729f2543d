"""Labels and findings are matched as a careful reader would."""

from __future__ import annotations

from datetime import date

import pytest

from coltiva.evaluation import Outcome, compare, tally
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from tests.shipped import LIBRARY

TODAY = date(2026, 5, 14)
REVIEWER = Reviewer(LIBRARY)


def outcome_of(text: str, *asks: object) -> Outcome:
    """Compare the labels of one English message with its report."""
    record = {"id": "x", "lang": "en", "text": text, "asks": list(asks), "today": "2026-05-14"}
    return compare(record, REVIEWER.review(request_from_json(record, today=TODAY)), LIBRARY)


ASK = "Could you introduce me to Ann"


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (outcome_of(ASK + "?", {"kind": "introduction", "quote": ASK}), (1, 0, 0, 1)),
        (outcome_of(ASK + "?", {"kind": "sale", "quote": ASK}), (1, 0, 0, 0)),
        (outcome_of(ASK + "?", "introduction"), (1, 0, 0, 1)),
        (outcome_of(ASK + "?"), (0, 0, 1, 0)),
        (outcome_of("The weather is lovely.", {"kind": "sale", "quote": "weather"}), (0, 1, 0, 0)),
        (outcome_of(ASK + "? The weather is lovely.", {"kind": "introduction", "quote": "lovely"}), (0, 1, 1, 0)),
    ],
)
def test_counts(outcome: Outcome, counts: tuple[int, int, int, int]) -> None:
    """Found, missed, wrong and of the right kind."""
    one = tally([outcome])["en"]
    assert (one.found, one.missed, one.wrong, one.right_kind) == counts


def test_ratios_without_base_are_none() -> None:
    """No division by nothing: a figure without base is None."""
    figures = tally([outcome_of("The weather is lovely.")])["en"].to_dict()
    assert (figures["f1"], figures["right_kind"], figures["false_alarms"]) == (None, None, 0.0)
