"""Marks of a sender's hand: addresses to look something up."""

from __future__ import annotations

import pytest

from coltiva.rewriting.marks import has_link


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("It runs at https://localhost", True),
        ("Have a look at www.", True),
        ("It is on testseite.de, as you know.", True),
        ("Please fill in form.example/survey today.", True),
        ("Write to me at anna@testseite.de.", False),
        ("We met on 3.5. at the fair.", False),
        ("I wait.then I call", False),
        ("Nothing here: really nothing.", False),
    ],
)
def test_addresses_are_found(text: str, links: bool) -> None:
    """What begins as an address does, or ends as a known one, is one; a mail address is none."""
    assert has_link(text) is links
