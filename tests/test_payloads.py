"""Input from outside is read whole or refused with the field named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coltiva.contacts import Direction, EventKind
from coltiva.errors import PayloadError
from coltiva.payloads import request_from_json

from .conftest import TODAY


def test_reads_a_full_request() -> None:
    """All fields arrive, and a missing direction is what the kind implies."""
    request = request_from_json(
        {"text": "Ciao", "channel": "email", "language": "it", "explain_in": "en", "today": "2026-01-02",
         "contact": {"name": "Ann", "company": "X", "role": "Y", "history": [{"date": "2025-01-01", "kind": "gave"}]}},
        today=TODAY)
    assert (request.text, request.channel, request.language, request.explain_in) == ("Ciao", "email", "it", "en")
    assert request.today == date(2026, 1, 2)
    assert (request.contact.name, request.contact.company, request.contact.role) == ("Ann", "X", "Y")
    (event,) = request.history
    assert (event.id, event.kind, event.direction) == ("e1", EventKind.GAVE, Direction.SENT)


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ([], "", "expected an object"),
        ({}, "text", "missing"),
        ({"text": None}, "text", "null"),
        ({"text": 3}, "text", "got 3"),
        ({"text": "x" * 100_000}, "text", "at most 20000 characters; got 100000"),
        ({"text": "a\ud800b"}, "text", "lone surrogate"),
        ({"text": "a", "channel": "fax"}, "channel", "linkedin_invite, linkedin_message, inmail, email; got 'fax'"),
        ({"text": "a", "language": "nl"}, "language", "got 'nl'"),
        ({"text": "a", "today": "14/5/2026"}, "today", "a date such as"),
        ({"text": "a", "today": "2026-02-30"}, "today", "a date such as"),
        ({"text": "a", "contact": "Ann"}, "contact", "expected an object"),
        ({"text": "a", "contact": {"nam": "Ann"}}, "contact.nam", "unknown field"),
        ({"text": "a", "history": {}}, "history", "expected a list"),
        ({"text": "a", "history": [{"kind": "call"}]}, "history[0].date", "missing"),
        ({"text": "a", "contact": {"history": [{"date": "2026-01-01", "kind": "hug"}]}}, "contact.history[0].kind", "got 'hug'"),
        ({"text": "a", "history": [{"date": "2026-01-01", "kind": "call", "direction": "up"}]}, "history[0].direction", "got 'up'"),
        ({"text": "a", "nonsense": 1}, "nonsense", "unknown field"),
    ],
)
def test_refuses_with_the_field_named(body: object, field: str, message: str) -> None:
    """Each fault names its field, what was expected and what came."""
    with pytest.raises(PayloadError) as raised:
        request_from_json(body, today=TODAY)
    assert raised.value.field == field
    assert message in raised.value.message


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["text", "channel", "contact", "history", "today", "name", "date", "kind", "id"]), inner, max_size=4))


@given(JSON)
def test_never_fails_in_another_way(value: object) -> None:
    """Any JSON value is read or refused with a PayloadError."""
    try:
        assert isinstance(request_from_json(value, today=TODAY).text, str)
    except PayloadError as error:
        assert str(error)
