"""The same person is found again however an address or a name is spelt."""

from __future__ import annotations

import pytest

from coltiva.addresses import email_key, name_key, profile_address, profile_key

OPAQUE = "ACoAAAB3xYzQm1pWk7v0Rr5sT9uVwXyZ_aBcDeF"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/in/ivan-misner-é",
        "http://it.linkedin.com/in/Ivan-Misner-%C3%A9/",
        "linkedin.com/in/ivan-misner-%c3%a9?trk=abc#top",
        " www.linkedin.com/mwlite/in/IVAN-MISNER-é/details/experience ",
    ],
)
def test_one_profile_has_one_address(address: str) -> None:
    """Scheme, country, case, escapes, query and what follows the slug make no difference."""
    assert profile_address(address) == "https://www.linkedin.com/in/ivan-misner-é"


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.linkedin.com/in/{OPAQUE}",
        f"https://www.linkedin.com/sales/lead/{OPAQUE},NAME_SEARCH,x1Yz",
        f"urn:li:fsd_profile:{OPAQUE}",
    ],
)
def test_opaque_ids_keep_their_case(address: str) -> None:
    """An opaque id opens the profile only in its own case; as a key its case does not matter."""
    assert profile_address(address) == f"https://www.linkedin.com/in/{OPAQUE}"
    assert profile_key(address) == f"www.linkedin.com/in/{OPAQUE.lower()}"


@pytest.mark.parametrize("address", ["", "Ivan Misner", "https://", "ivan@bni.com", "https://www.linkedin.com/in/", "linkedin.com"])
def test_no_profile(address: str) -> None:
    """Names, emails and sites without a person are no profiles."""
    assert profile_address(address) == profile_key(address) == ""


def test_other_sites() -> None:
    """A profile elsewhere keeps its path and loses query and slash."""
    assert profile_address("HTTPS://GitHub.com/Someone/?tab=stars") == "https://github.com/Someone"


def test_emails_and_names() -> None:
    """Case, accents, a name around the address and decorations of a name make no difference."""
    assert email_key('"Misner, Ivan" <Ivan.Misner@BNI.com>') == "ivan.misner@bni.com"
    assert email_key("nobody") == ""
    assert name_key("  José  D’Àngelo-Müller 🌱, Ph.D.") == "jose d angelo muller ph d"
