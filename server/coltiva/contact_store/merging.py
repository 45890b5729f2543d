"""Two records of the same person made into one: for merging by hand, and for importing what is known already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from coltiva.addresses import email_key, name_key, profile_key
from coltiva.contacts import Contact, ContactRecord, Event, Note, Promise, in_order


def merge_records(kept: ContactRecord, other: ContactRecord) -> ContactRecord:
    """Return *kept* with all that *other* adds; where both say something, *kept* counts.

    Events of the same id, or of the same day, kind and words, are one; notes and promises likewise.
    """
    contact = replace(_merge_contacts(kept.contact, other.contact), id=kept.contact.id)
    known_ids, known_facts = {e.id for e in kept.history}, {_fact(e) for e in kept.history}
    added = [e for e in other.history if e.id not in known_ids and _fact(e) not in known_facts]
    if not added and contact == kept.contact:
        return kept
    return ContactRecord(contact, in_order((*kept.history, *added)))


def told_apart(kept: ContactRecord, other: ContactRecord, new_id: Callable[[], str]) -> ContactRecord:
    """Return *other* with a new id for each event that shares one with another event of *kept*."""
    facts = {e.id: _fact(e) for e in kept.history}
    history = (replace(e, id=new_id()) if facts.get(e.id, _fact(e)) != _fact(e) else e for e in other.history)
    return ContactRecord(other.contact, tuple(history))


def _merge_contacts(kept: Contact, other: Contact) -> Contact:
    names = (other.name, *other.other_names) if other.name else other.other_names
    known = {name_key(kept.name)} if kept.name else {name_key(other.name)}
    return replace(
        kept,
        name=kept.name or other.name,
        company=kept.company or other.company,
        role=kept.role or (other.role if not kept.company or kept.company == other.company else ""),
        other_names=tuple(
            name
            for name in _union(kept.other_names, names, name_key)
            if name in kept.other_names or name_key(name) not in known
        ),
        profiles=_union(kept.profiles, other.profiles, profile_key),
        emails=_union(kept.emails, other.emails, email_key),
        phones=_union(kept.phones, other.phones, _digits),
        language=kept.language or other.language,
        address_form=kept.address_form or other.address_form,
        tags=_union(kept.tags, other.tags, str.casefold),
        notes=_new_items(kept.notes, other.notes),
        promises=_new_items(kept.promises, other.promises),
        stage_override=kept.stage_override or other.stage_override,
    )


def _fact(event: Event) -> tuple[object, ...]:
    return (event.date, event.kind, event.direction, event.summary, event.ask)


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit() or c == "+") or phone


def _union(kept: Iterable[str], other: Iterable[str], key: Callable[[str], str]) -> tuple[str, ...]:
    """Return texts in order without those whose *key* came already; in doubt the earlier spelling counts."""
    found: dict[str, str] = {}
    for text in (*kept, *other):
        found.setdefault(key(text) or text, text)
    return tuple(found.values())


Item = TypeVar("Item", Note, Promise)


def _new_items(kept: tuple[Item, ...], other: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return *kept* and those of *other* with another id and other words."""
    ids, texts = {item.id for item in kept}, {item.text for item in kept}
    return kept + tuple(item for item in other if item.id not in ids and item.text not in texts)
