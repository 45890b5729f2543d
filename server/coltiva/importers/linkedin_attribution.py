"""Whose archive it is, and with whom each conversation was.

Whose profile stands on the other side is clear only when all messages of a conversation are known: before mid-2023
recipients have no address, before 2020 nobody has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from coltiva.contacts import Direction, Event, EventKind
from coltiva.errors import UnknownOwnerError
from coltiva.importers.linkedin_messages import NO_NAME, Conversations, Message
from coltiva.importers.linkedin_tables import INVITATION, SOURCE
from coltiva.importers.people import People, Person, folded_name
from coltiva.importers.reading import LeftOut, Reading, stable_id


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose archive it is: profile keys and folded names; either may be empty."""

    keys: frozenset[str]
    names: frozenset[str]

    def wrote(self, message: Message) -> bool:
        """Whether the message is the owner's."""
        if message.sender and self.keys:
            return message.sender in self.keys
        return folded_name(message.sender_name) in self.names


def find_owner(
    conversations: Conversations, names: Iterable[str], votes: tuple[Counter[str], Counter[str]], people: People,
    reading: Reading,
) -> Owner:  # fmt: skip
    """Return whose archive it is.

    The user's own word counts first, then the invitations, then the profile's name, then who writes in most
    conversations.

    Raises:
        UnknownOwnerError: nothing tells it.
    """
    key_votes, name_votes = votes
    given_key = people.key_of(reading.owner)
    given = [reading.owner] if reading.owner and not given_key else []
    own_names = {folded_name(n) for n in given or names} or {folded_name(n) for n, _ in name_votes.most_common(1)}
    own_names |= {folded_name(n) for n in conversations.sent_by_direction}
    everything = [message for messages in conversations.messages.values() for message in messages]
    if given_key:
        keys = [given_key]
    elif key_votes and not given:
        keys = [key_votes.most_common(1)[0][0]]
    else:
        by_name = Counter(m.sender for m in everything if folded_name(m.sender_name) in own_names)
        alone = (m for m in everything if len(m.recipients) == 1)
        by_name.update(m.recipients[0] for m in alone if folded_name(m.recipient_names) in own_names)
        del by_name[""]
        keys = [key for key, _ in by_name.most_common(1)]
    if not keys and not own_names and everything:
        keys = _most_present(conversations)
        if not keys:
            raise UnknownOwnerError(
                "who you are cannot be told from these messages; give the whole archive, or say it (--owner): your "
                "name or profile address",
                "unknown_owner",
            )
    own_names |= {folded_name(m.sender_name) for m in everything if m.sender in keys}
    return Owner(frozenset(keys), frozenset(own_names - {""}))


def attribute(conversations: Conversations, owner: Owner, people: People, reading: Reading) -> None:
    """Give each message to the person on the other side; groups, hidden members and doubtful names are counted."""
    for thread, messages in conversations.messages.items():
        others, names = _other_side(messages, owner, people)
        label = conversations.titles.get(thread) or ", ".join(sorted(names.values())) or "?"
        # Where the archive gives addresses, several names may still be one person's.
        are_several = len(names) > 1 and not (others and conversations.has_recipient_addresses)
        if len(others) > 1 or are_several:
            reading.tally.add(LeftOut.GROUPS, f"{label} ({len(messages)})")
            continue
        if others:
            person: Person | None = people.with_profile(next(iter(others)))
        else:
            name = next(iter(names.values()), "")
            person = _person_without_address(name, messages, owner, conversations, people, reading)
        if person is None:
            continue
        person.is_known = True
        person.history.extend(_events(messages, owner, reading))
        messages.clear()


def drop_repeated_invitations(people: Iterable[Person]) -> None:
    """Forget invitations' notes that stand among the messages too, where an accepted invitation puts them."""
    for person in people:
        notes = [event for event in person.history if event.id.startswith(INVITATION)]
        for note in notes:
            if any(_repeats(event, note) for event in person.history if event not in notes):
                person.history.remove(note)


def _repeats(event: Event, note: Event) -> bool:
    # Invitations carry local times, messages UTC.
    is_near = abs(event.date - note.date) <= timedelta(days=1)
    same = (event.kind, event.direction, event.summary) == (note.kind, note.direction, note.summary)
    return is_near and same


def _most_present(conversations: Conversations) -> list[str]:
    """Return the key that takes part in most conversations, where it is one alone."""
    present = Counter(
        key
        for messages in conversations.messages.values()
        for key in {key for m in messages for key in (m.sender, *m.recipients) if key}
    )
    best = present.most_common(2)
    if not best or best[0][1] < 2 or (len(best) > 1 and best[0][1] == best[1][1]):
        return []
    return [best[0][0]]


def _other_side(messages: Iterable[Message], owner: Owner, people: People) -> tuple[set[str], dict[str, str]]:
    """Return the others' profile keys, and their names by folded name."""
    keys: set[str] = set()
    names: dict[str, str] = {}
    for message in messages:
        keys.update((message.sender, *message.recipients))
        mine = owner.wrote(message)
        for name in _names(message.recipient_names, owner, people) if mine else (message.sender_name,):
            names.setdefault(folded_name(name), name)
        if not mine:
            for name in _names(message.recipient_names, owner, people):
                names.setdefault(folded_name(name), name)
    keys -= {"", *owner.keys}
    return keys, {key: name for key, name in names.items() if key and key not in owner.names}


def _names(joined: str, owner: Owner, people: People) -> Iterator[str]:
    """Yield the names of a list joined by commas, where names hold commas themselves ("Jane Doe, Ph.D.")."""
    if ", " not in joined or folded_name(joined) in owner.names or people.named(joined):
        yield joined
        return
    parts = joined.split(", ")
    name = parts[0]
    for part in parts[1:]:
        longer = f"{name}, {part}"
        # One word behind a comma is a title rather than a person, unless the archive knows better.
        is_known = folded_name(part) in owner.names or people.named(part)
        if people.named(longer) or (" " not in part and not is_known):
            name = longer
        else:
            yield name
            name = part
    yield name


def _person_without_address(
    name: str, messages: list[Message], owner: Owner, conversations: Conversations, people: People, reading: Reading
) -> Person | None:
    label = f"{name or '?'} ({len(messages)})"
    found = people.named(name) if name else []
    if len(found) > 1:
        reading.tally.add(LeftOut.AMBIGUOUS, label)
        return None
    if found:
        return found[0]
    is_mine = all(owner.wrote(message) for message in messages)
    era_has_address = conversations.has_recipient_addresses if is_mine else conversations.has_sender_addresses
    if not name or NO_NAME.search(name) or era_has_address:
        reading.tally.add(LeftOut.HIDDEN, label)
        return None
    return people.without_profile(name)


def _events(messages: Iterable[Message], owner: Owner, reading: Reading) -> Iterator[Event]:
    for message in messages:
        acted = Direction.SENT if owner.wrote(message) else Direction.RECEIVED
        at = reading.local(message.seconds)
        event_id = stable_id(SOURCE, str(message.seconds), acted, "".join(message.text.split()).casefold())
        yield Event(event_id, at.date(), EventKind.MESSAGE, acted, message.text, source=SOURCE, time_of_day=at.time())
