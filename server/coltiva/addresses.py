"""One spelling for each profile address, email and name, so that the same person is found again."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LINKEDIN = re.compile(
    r"(?:[a-z]{2,3}\.|www\.)?linkedin\.com/(?:mwlite/)?(?:in|sales/lead|sales/people|talent/profile)/([^/?#,\s]+)",
    re.IGNORECASE,
)
_LINKEDIN_URN = re.compile(r"urn:li:(?:fsd_profile|fs_miniProfile|fs_salesProfile|member):\(?([^,)\s]+)", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>\"(),;:]+@[^\s@<>\"(),;:]+")
_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
# An archive names the same few thousand people again in every message.
_KEPT = 1 << 14


@lru_cache(_KEPT)
def profile_address(address: str) -> str:
    """Return a profile's address in one spelling; empty where *address* is none.

    LinkedIn's addresses, with any scheme, country or query, with a readable slug or an opaque id, become
    ``https://www.linkedin.com/in/…``; the case of an opaque id is kept. LinkedIn's pages of companies are no
    profiles. Addresses elsewhere lose query and final slash.
    """
    address = address.strip()
    found = _LINKEDIN_URN.match(address) or _LINKEDIN.match(_SCHEME.sub("", address))
    if found:
        slug = unquote(found[1]).strip()
        # Slugs are written in lower case; opaque ids need theirs.
        return f"https://www.linkedin.com/in/{slug if _is_opaque(slug) else slug.lower()}" if slug else ""
    rest = re.split(r"[?#]", _SCHEME.sub("", address))[0].rstrip("/")
    host, _, path = rest.partition("/")
    if "." not in host or not path or host.lower().endswith("linkedin.com") or re.search(r"[\s@]", rest):
        return ""
    return f"https://{host.lower()}/{path}"


@lru_cache(_KEPT)
def profile_key(address: str) -> str:
    """Return what two addresses of the same profile share; empty where *address* is none."""
    return _SCHEME.sub("", profile_address(address)).casefold()


def email_key(address: str) -> str:
    """Return an email address in lower case without a name around it; empty where there is none."""
    found = _EMAIL.search(address)
    return found[0].strip(".'").lower() if found else ""


@lru_cache(_KEPT)
def name_key(name: str) -> str:
    """Return *name* without case, accents, punctuation and pictures; its words joined by single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _NO_LETTER_OR_DIGIT.sub(" ", plain).strip()


def _is_opaque(slug: str) -> bool:
    return re.fullmatch(r"A[A-Z][a-zA-Z0-9_-]{20,}", slug) is not None
