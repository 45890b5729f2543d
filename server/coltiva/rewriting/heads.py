"""Subject and greeting of a message whose open fields nobody has filled."""

from __future__ import annotations

import re

from coltiva.contacts import Contact
from coltiva.cues import folded_words
from coltiva.rewriting.change import Change
from coltiva.rewriting.facts import spoken_company
from coltiva.rewriting.pieces import Layout
from coltiva.spans import Span

_OPEN_FIELD = re.compile(r"[ ,]*(\{\{?[^{}\n]{1,40}\}?\}|%%?\w{2,30}%%?|<<?[^<>@\n]{1,40}>>?|\[[^\]\n]{2,40}\])")
# A field for the house is filled with the house, not with whoever works there.
_PLACEHOLDER_COMPANY = re.compile(
    r"(?i)firm|unternehmen|company|organi[sz]ation|azienda|impresa|empresa|entreprise|soci[eé]t"
)
_PLACEHOLDER_NAME = re.compile(r"(?i)name|nome|nombre|nom\b|apellido|cognome")
_PLACEHOLDER_LAST_NAME = re.compile(r"(?i)last.?name|surname|nachname|nom de famille|cognome|apellido|sobrenome")


def mended_head(
    layout: Layout, contact: Contact, titles: frozenset[str]
) -> tuple[str, tuple[Change, ...], tuple[str, ...]]:
    """Put the contact's name or company in place of an unfilled placeholder in subject and greeting, or take it out.

    Behind a title stands the last name; where that is not known the field stays, as a blank: "Dear Mr [last name]".
    """
    changes: list[Change] = []
    blanks: list[str] = []
    head, names = layout.head, contact.name.split()
    for match in reversed(list(_OPEN_FIELD.finditer(head))):
        field, before = match.group(1), folded_words(head[: match.start()])[-1:]
        titled = bool(before) and before[0] in titles
        if titled and len(names) <= 1 and field.startswith("["):
            blanks.append(field)
            continue
        filling = _filling(field, contact, titled)
        name = f"{match.group()[: match.start(1) - match.start()]}{filling}" if filling else ""
        changes.insert(0, Change(Span(*match.span()), match.group(), name, "placeholder"))
        head = head[: match.start()] + name + head[match.end() :]
    return head, tuple(changes), tuple(reversed(blanks))


def _filling(field: str, contact: Contact, titled: bool) -> str:
    """Return what the record has for a field: house, last name (always behind a title) or first name; or nothing."""
    if _PLACEHOLDER_COMPANY.search(field):
        return spoken_company(contact.company)
    names = contact.name.split()
    if not names or not _PLACEHOLDER_NAME.search(field):
        return ""
    return names[-1] if titled or _PLACEHOLDER_LAST_NAME.search(field) else names[0]
