"""The people of one archive, told apart by profile address, and by name where it gives no address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from coltiva.addresses import email_key, name_key, profile_address, profile_key
from coltiva.contacts import Contact, ContactRecord, Event, Note, in_order


@lru_cache(maxsize=1 << 16)
def folded_name(name: str) -> str:
    """Return ``name_key`` of a name; remembered, since messages repeat few names."""
    return name_key(name)


@dataclass(slots=True, eq=False)
class Person:
    """One person while an archive is being read; see ``Contact`` for the fields.

    Attributes:
        is_known: whether the archive says more than a name in passing, so that this becomes a contact.
    """

    name: str = ""
    profile: str = ""
    company: str = ""
    role: str = ""
    emails: list[str] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    history: list[Event] = field(default_factory=list)
    is_known: bool = False

    def call(self, name: str) -> None:
        """Note a name; the first one stays the main one."""
        if not self.name:
            self.name = name
        elif name and folded_name(name) not in map(folded_name, (self.name, *self.other_names)):
            self.other_names.append(name)

    def take(self, other: Person) -> None:
        """Take over all that is known of *other*, who is the same person."""
        # What stands in the list of connections is the name that the person chose.
        names = (other.name, self.name) if other.is_known and not self.is_known else (self.name, other.name)
        self.name = ""
        for name in (*names, *other.other_names):
            self.call(name)
        self.company, self.role = self.company or other.company, self.role or other.role
        self.emails.extend(other.emails)
        self.notes.extend(other.notes)
        self.history.extend(other.history)
        self.is_known = self.is_known or other.is_known

    def record(self) -> ContactRecord:
        """Return the person as a contact with the history; an event that came twice counts once."""
        contact = Contact(
            name=self.name,
            company=self.company,
            role=self.role,
            other_names=tuple(self.other_names),
            profiles=(self.profile,) if self.profile else (),
            emails=tuple(dict.fromkeys(filter(None, map(email_key, self.emails)))),
            notes=tuple({note.id: note for note in self.notes}.values()),
        )
        return ContactRecord(contact, in_order({event.id: event for event in self.history}.values()))


class People:
    """All people of an archive."""

    def __init__(self) -> None:
        self._by_profile: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        self._keys: dict[str, str] = {}

    def key_of(self, address: str) -> str:
        """Return the key of a profile address; remembered, since messages repeat few addresses."""
        key = self._keys.get(address)
        if key is None:
            key = self._keys[address] = profile_key(address)
        return key

    def with_profile(self, address: str, name: str = "") -> Person:
        """Return whose profile *address* is, a new person where nobody has it."""
        key = self.key_of(address)
        person = self._by_profile.get(key)
        if person is None:
            person = self._by_profile[key] = Person(profile=profile_address(address))
        if name:
            person.call(name)
            self._index(person, name)
        return person

    def without_profile(self, name: str, company: str = "", role: str = "") -> Person:
        """Return who has this name and company and no address; a new person where nobody has."""
        for known in self._by_name.get(folded_name(name), []):
            if not known.profile and folded_name(known.company) == folded_name(company):
                return known
        person = Person(name=name, company=company, role=role)
        self._index(person, name)
        return person

    def named(self, name: str, company: str = "") -> list[Person]:
        """Return who has this name; where several have, and one is at *company*, that one alone."""
        found = self._by_name.get(folded_name(name), [])
        if len(found) > 1 and company:
            at_company = [person for person in found if folded_name(person.company) == folded_name(company)]
            return at_company if len(at_company) == 1 else list(found)
        return list(found)

    def join_by_name(self) -> None:
        """Make a person without an address and the only one with an address and the same name the same."""
        for name, people in self._by_name.items():
            with_profile = [person for person in people if person.profile]
            without = [person for person in people if not person.profile]
            if len(with_profile) == len(without) == 1:
                with_profile[0].take(without[0])
                self._by_name[name] = with_profile

    def forget(self, keys: Iterable[str]) -> None:
        """Leave out whose profiles these are: the owner is no contact of their own."""
        for key in keys:
            person = self._by_profile.pop(key, None)
            for name, people in list(self._by_name.items()):
                if person is not None and person in people:
                    self._by_name[name] = [one for one in people if one is not person]

    def all_known(self) -> Iterator[Person]:
        """Yield each person who becomes a contact."""
        return (person for person in self._all() if person.is_known)

    def records(self) -> Iterator[ContactRecord]:
        """Yield a record of each person who is known, and let go of it.

        Those without an address come first: only a name tells them, and so they must find each other, in a store
        that knows them, before others of the same name come.
        """
        for person in sorted(self.all_known(), key=lambda person: bool(person.profile)):
            record = person.record()
            person.history = []
            yield record

    def count_known(self) -> int:
        """Return how many records there will be."""
        return sum(1 for _ in self.all_known())

    def _all(self) -> Iterable[Person]:
        found: dict[Person, None] = {}
        for people in (*self._by_name.values(), self._by_profile.values()):
            found.update(dict.fromkeys(people))
        return found

    def _index(self, person: Person, name: str) -> None:
        people = self._by_name.setdefault(folded_name(name), [])
        if person not in people:
            people.append(person)
