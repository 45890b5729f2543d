"""Dates as exports write them."""

from __future__ import annotations

import pytest

from coltiva.importers.dates import utc_seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1970-01-02 00:00:01 UTC", 86_401), ("0001-01-01 00:00:00 UTC", None), ("9999-12-31T23:59:59Z", None), ("1970-01-01T01:00:00+01:00", 0)],
)
def test_a_time_that_a_zone_could_lead_out_of_the_calendar_is_none(text: str, seconds: int | None) -> None:
    """Such a row is counted as unreadable, and the others are imported."""
    assert utc_seconds(text) == seconds
