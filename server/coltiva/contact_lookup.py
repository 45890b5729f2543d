"""What every command shares that looks at the contacts: how they are opened to be read, and whom a word means."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from coltiva.addresses import name_key
from coltiva.contact_store import ContactReader, ContactView, Summary, default_folder
from coltiva.errors import UnknownContactError
from coltiva.library import Library
from coltiva.speech import Speech

_NAMED = 10


@contextmanager
def contacts_to_read(library: Library, say: Speech) -> Iterator[ContactReader]:
    """Open the contacts to be read, beside whatever works on them, and say at the end which files gave none."""
    with ContactReader(default_folder(), library.tending) as contacts:
        try:
            yield contacts
        finally:
            for problem in contacts.problems:
                print(say.not_shown(problem.path, problem.fault), file=sys.stderr)


def find_contact(contacts: ContactView, who: str, *, in_full: bool = False) -> Summary:
    """Return the one contact that *who* means: by id, profile, email or name, else by words of one name alone.

    Args:
        in_full: whether words of a name are too little, for what is not done by mistake.

    Raises:
        UnknownContactError: there is none, or several may be meant.
    """
    by_id = [one for one in contacts.summaries() if one.id == who]
    found: Sequence[Summary] = by_id or contacts.find(profile=who, email=who, name=who)
    if not found:
        found = _with_words(contacts, who)
        if found and in_full:
            message = f"expected a whole name or an id; got {who!r}, which may be {_listed(found)}"
            raise UnknownContactError("name_in_full", message, who=who, ids=_listed(found))
    if not found:
        raise UnknownContactError("unknown_contact", f"there is no contact {who!r}", who=who)
    if len(found) > 1:
        message = f"{len(found)} contacts are called {who!r}; name one by id: {_listed(found)}"
        raise UnknownContactError("several_contacts", message, who=who, count=len(found), ids=_listed(found))
    return found[0]


def _with_words(contacts: ContactView, who: str) -> list[Summary]:
    """Return the contacts one of whose names has all words of *who* among its own."""
    words = set(name_key(who).split())
    return [one for one in contacts.summaries() if words and any(words <= set(name.split()) for name in one.names)]


def _listed(found: Sequence[Summary]) -> str:
    """Return ids with names, so that the right one can be taken."""
    listed = sorted(found, key=lambda one: (one.name, one.company, one.id))[:_NAMED]
    told = [f"{one.id} ({', '.join(filter(None, (one.name, one.company)))})" for one in listed]
    return ", ".join([*told, *(["…"] if len(found) > _NAMED else [])])
