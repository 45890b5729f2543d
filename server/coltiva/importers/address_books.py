"""What all address books have in common: which addresses are a person's, and notes without a date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coltiva.addresses import email_key, profile_address
from coltiva.contacts import Note
from coltiva.importers.reading import stable_id

# Elsewhere an address may be a company's, which several people share.
_PROFILE_HOSTS = (
    "linkedin.com", "xing.com", "github.com", "gitlab.com", "twitter.com", "x.com", "facebook.com", "instagram.com",
    "threads.net", "bsky.app", "mastodon.social", "t.me", "medium.com", "about.me",
)  # fmt: skip


def personal_profiles(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses that are a person's own profile, each once, in one spelling."""
    found = dict.fromkeys(filter(None, map(profile_address, addresses)))
    return tuple(one for one in found if _is_profile_host(_host(one)))


def known_emails(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return email addresses in lower case, each once, in order."""
    return tuple(dict.fromkeys(filter(None, map(email_key, addresses))))


def texts(values: Iterable[str]) -> tuple[str, ...]:
    """Return trimmed texts that are not empty, each once, in order."""
    return tuple(dict.fromkeys(filter(None, (value.strip() for value in values))))


def notes_of(values: Iterable[str], source: str, day: date) -> tuple[Note, ...]:
    """Return notes; their ids depend on the words alone, since address books date no note."""
    lines = (value.replace("\r\n", "\n") for value in values)
    return tuple(Note(stable_id(f"{source}-note", text), day, text) for text in texts(lines))


def _is_profile_host(host: str) -> bool:
    return host in _PROFILE_HOSTS or host.endswith(tuple(f".{one}" for one in _PROFILE_HOSTS))


def _host(address: str) -> str:
    return address.removeprefix("https://").partition("/")[0]
