"""The tables of a LinkedIn archive about connections: one function each, from rows to people.

Source: relationships.md §2 for columns and eras.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from coltiva.addresses import email_key, profile_key
from coltiva.contacts import Direction, Event, EventKind, Note
from coltiva.importers.csv_tables import Table
from coltiva.importers.dates import local_time, month_comes_first, numeric_date, utc_seconds, written_date
from coltiva.importers.people import People, Person
from coltiva.importers.reading import LeftOut, Reading, excerpt, stable_id

SOURCE = "linkedin"
INVITATION = f"{SOURCE}-invitation"


def read_owner(table: Table, reading: Reading) -> list[str]:
    """Return the names that the owner's own profile gives."""
    pick = table.picker("first name", "last name", "maiden name")
    for _, row in table.rows(reading):
        first, last, maiden = pick(row)
        return [" ".join(filter(None, (first, one))) for one in dict.fromkeys((last, maiden or last))]
    return []


def read_connections(table: Table, people: People, reading: Reading) -> None:
    """Add each connection; rows of members who hid themselves hold a date alone and are counted."""
    pick = table.picker("first name", "last name", "url", "email address", "company", "position", "connected on")
    rows = [(line, pick(row)) for line, row in table.rows(reading)]
    # A spreadsheet may have saved the dates its own way; only the whole column tells which way that is.
    month_first = month_comes_first(cells[6] for _, cells in rows)
    for line, (first, last, url, email, company, role, connected_on) in rows:
        name = " ".join(filter(None, (first, last)))
        where = f"{table.file.name}:{line}"
        if not name and not profile_key(url):
            reading.tally.add(LeftOut.HIDDEN, f"{where}: {connected_on}")
            continue
        person = people.with_profile(url, name) if profile_key(url) else people.without_profile(name, company, role)
        person.is_known = True
        person.company, person.role = person.company or company, person.role or role
        if email_key(email):
            person.emails.append(email)
        day = written_date(connected_on)
        if day is None and month_first is not None:
            day = numeric_date(connected_on, month_first=month_first)
        if day is not None:
            person.history.append(_connected(day))
        elif connected_on:
            reading.tally.add(LeftOut.UNPARSED, f"{where}: {name}: {connected_on}")


def _connected(day: date) -> Event:
    # One a day: a later archive gives the same connection the same id.
    return Event(f"{SOURCE}-connected-{day}", day, EventKind.CONNECTED, Direction.BOTH, source=SOURCE)


def vote_for_owner(table: Table, people: People, reading: Reading) -> tuple[Counter[str], Counter[str]]:
    """Return how often each profile key, and each name, is the owner's by the directions of the invitations."""
    pick = table.picker("from", "to", "direction", "inviterprofileurl", "inviteeprofileurl")
    keys, names = Counter[str](), Counter[str]()
    for _, row in table.rows(reading):
        sender, recipient, direction, inviter, invitee = pick(row)
        is_sent = direction.upper() == "OUTGOING"
        if not is_sent and direction.upper() != "INCOMING":
            continue
        keys[people.key_of(inviter if is_sent else invitee)] += 1
        names[sender if is_sent else recipient] += 1
        other, name = (invitee, recipient) if is_sent else (inviter, sender)
        if people.key_of(other):
            people.with_profile(other, name)
    for votes in (keys, names):
        del votes[""]
    return keys, names


def read_invitations(table: Table, people: People, reading: Reading) -> None:
    """Add the note of each invitation as a message; without a note an invitation says nothing but a wish."""
    pick = table.picker("from", "to", "sent at", "message", "direction", "inviterprofileurl", "inviteeprofileurl")
    for line, row in table.rows(reading):
        sender, recipient, sent_at, note, direction, inviter, invitee = pick(row)
        is_sent = direction.upper() == "OUTGOING"
        name, url = (recipient, invitee) if is_sent else (sender, inviter)
        where = f"{table.file.name}:{line}: {name}"
        if not note:
            reading.tally.add(LeftOut.SKIPPED, where, "no_note")
            continue
        at = local_time(sent_at)
        if at is None or direction.upper() not in ("OUTGOING", "INCOMING"):
            reading.tally.add(LeftOut.UNPARSED, f"{where}: {sent_at}, {direction or '?'}")
            continue
        person = find_person(people, url, name, "", where, reading)
        if person is not None:
            person.is_known = True
            event_id = stable_id(INVITATION, f"{at.date()}", "".join(note.split()).casefold())
            acted = Direction.SENT if is_sent else Direction.RECEIVED
            summary = excerpt(note)
            person.history.append(
                Event(event_id, at.date(), EventKind.MESSAGE, acted, summary, source=SOURCE, time_of_day=at.time())
            )


def read_endorsements(table: Table, people: People, reading: Reading, *, is_given: bool) -> None:
    """Add endorsements: all skills that one person endorsed on one day are one event."""
    role = "endorsee" if is_given else "endorser"
    pick = table.picker(
        "endorsement date", "skill name", f"{role} first name", f"{role} last name", f"{role} public url",
        "endorsement status",
    )  # fmt: skip
    skills: dict[tuple[Person, date, str], list[str]] = {}
    for line, row in table.rows(reading):
        on, skill, first, last, url, status = pick(row)
        name = " ".join(filter(None, (first, last)))
        where = f"{table.file.name}:{line}: {name}"
        seconds = utc_seconds(on)
        if status.upper() == "HIDDEN":
            reading.tally.add(LeftOut.SKIPPED, where, "hidden_endorsement")
        elif not name and not people.key_of(url):
            reading.tally.add(LeftOut.HIDDEN, f"{where}: {on}")
        elif seconds is None:
            reading.tally.add(LeftOut.UNPARSED, f"{where}: {on}")
        else:
            person = find_person(people, url, name, "", where, reading)
            if person is not None:
                day = reading.local(seconds).date()
                skills.setdefault((person, day, on[:10].replace("/", "-")), []).append(skill)
    kind, acted = (EventKind.GAVE, Direction.SENT) if is_given else (EventKind.RECEIVED, Direction.RECEIVED)
    for (person, day, utc_day), named in skills.items():
        person.is_known = True
        skills_named = ", ".join(dict.fromkeys(filter(None, named)))
        summary = excerpt(reading.say("imported", "endorsement", skills=skills_named))
        event_id = f"{SOURCE}-endorsement-{kind}-{utc_day}"
        person.history.append(Event(event_id, day, kind, acted, summary, source=SOURCE, small=True))


def read_recommendations(table: Table, people: People, reading: Reading, *, is_given: bool) -> None:
    """Add recommendations, which name a person and a company and give no address."""
    pick = table.picker("first name", "last name", "company", "job title", "text", "creation date")
    kind, acted = (EventKind.GAVE, Direction.SENT) if is_given else (EventKind.RECEIVED, Direction.RECEIVED)
    for line, row in table.rows(reading):
        first, last, company, role, text, created = pick(row)
        name = " ".join(filter(None, (first, last)))
        where = f"{table.file.name}:{line}: {name}"
        at = local_time(created)
        if at is None or not name:
            reading.tally.add(LeftOut.UNPARSED, f"{where}: {created}")
            continue
        person = find_person(people, "", name, company, where, reading)
        if person is not None:
            person.is_known = True
            if not person.company:
                person.company, person.role = company, person.role or role
            event_id = stable_id(SOURCE, "recommendation", kind, f"{at.date()}")
            summary = excerpt(reading.say("imported", "recommendation", text=text))
            person.history.append(Event(event_id, at.date(), kind, acted, summary, source=SOURCE))


def read_notes(table: Table, people: People, reading: Reading) -> None:
    """Add the user's own notes on connections, with their dates."""
    pick = table.picker(
        "connection first name", "connection last name", "connection profile url", "note", "created on", "edited on"
    )
    for line, row in table.rows(reading):
        first, last, url, text, created, edited = pick(row)
        name = " ".join(filter(None, (first, last)))
        where = f"{table.file.name}:{line}: {name}"
        seconds = utc_seconds(edited or created)
        person = find_person(people, url, name, "", where, reading) if text and (name or url) else None
        if person is not None:
            day = reading.local(seconds).date() if seconds is not None else reading.today
            person.is_known = True
            person.notes.append(Note(stable_id(SOURCE, "note", created or text), day, text))


def find_person(people: People, url: str, name: str, company: str, where: str, reading: Reading) -> Person | None:
    """Return whom a row names, a new person where nobody is known; None, and counted, where several could be meant."""
    if people.key_of(url):
        return people.with_profile(url, name)
    found = people.named(name, company)
    if len(found) > 1:
        reading.tally.add(LeftOut.AMBIGUOUS, f"{where}: {name}")
        return None
    return found[0] if found else people.without_profile(name, company)
