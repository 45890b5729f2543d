"""``coltiva contacts …``: the contacts on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date

from coltiva.addresses import email_key, profile_address
from coltiva.commands import add_json_option, begin
from coltiva.contact_report import ContactReporter
from coltiva.contact_store import ContactStore, Summary, default_folder, new_id
from coltiva.contacts import Contact, Event, EventKind, Note, Promise
from coltiva.editing import in_turn, with_events, with_item
from coltiva.errors import InputFileError, UnknownContactError
from coltiva.library import LANGUAGES, Library
from coltiva.quick_line import read_quick_line
from coltiva.speech import Speech
from coltiva.tending import tending_list
from coltiva.user_library import user_library


def add_contact_commands(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Add the subcommands; each sets ``run`` to a function of the parsed options that returns the exit code."""
    commands = parser.add_subparsers(required=True, metavar=say("metavars", "command"))

    def add(name: str, function: Callable[..., int], *arguments: tuple[str, str, str]) -> argparse.ArgumentParser:
        one = begin(commands, name, say("help", f"contacts_{name}"))
        for argument, shown, meaning in arguments:
            one.add_argument(argument, metavar=say("metavars", shown), help=say("help", meaning))
        add_json_option(one, say)
        one.add_argument("--explain-in", choices=LANGUAGES, help=say("help", "contacts_explain"))
        one.set_defaults(run=lambda options: _run(function, options))
        return one

    finding = add("list", _list)
    finding.add_argument("query", nargs="*", metavar=say("metavars", "word"), help=say("help", "contacts_query"))
    finding.add_argument("--limit", type=int, metavar="N", default=50, help=say("help", "contacts_limit"))
    add("show", _show, ("who", "who", "who"))
    new = add("new", _new, ("name", "name", "new_name"))
    for name in ("company", "role"):
        new.add_argument(f"--{name}", default="", metavar=say("metavars", name), help=say("help", f"new_{name}"))
    for name in ("email", "profile"):
        shown, meaning = say("metavars", name), say("help", f"new_{name}")
        new.add_argument(f"--{name}", action="append", default=[], metavar=shown, help=meaning)
    add("log", _log, ("who", "who", "who"), ("line", "line", "log_line"))
    add("delete", _delete, ("who", "who", "who"))
    add("merge", _merge, ("who", "who", "merge_kept"), ("other", "who", "merge_other"))
    add("undo", _undo, ("change", "change", "undo_change"))
    add("tending", _tending)
    add("backup", _backup)
    add("where", _where)


def find_contact(store: ContactStore, who: str) -> Summary:
    """Return the one contact that *who* means.

    Raises:
        UnknownContactError: there is none, or several have that name.
    """
    found = [one for one in store.summaries() if one.id == who] or list(store.find(profile=who, email=who, name=who))
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownContactError("unknown_contact", f"there is no contact {who!r}", who=who)
    ids = ", ".join(sorted(one.id for one in found)[:10])
    message = f"{len(found)} contacts are called {who!r}; name one by id: {ids}"
    raise UnknownContactError("several_contacts", message, who=who, count=len(found), ids=ids)


def _run(function: Callable[..., int], options: argparse.Namespace) -> int:
    library = user_library()
    options.explain_in = options.explain_in or options.say.language
    with ContactStore(default_folder(), library.tending, "coltiva contacts") as store:
        code = function(options, store, ContactReporter(library, options.explain_in), library)
        for problem in store.problems:
            print(options.say.set_aside(problem.path, problem.fault), file=sys.stderr)
    return code


def _list(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    found = store.search(" ".join(options.query))[: max(0, options.limit)]
    briefs = [reporter.brief(one, store.get(one.id), date.today()) for one in found]
    if options.format == "json":
        return _print_json(briefs)
    for one in briefs:
        print(f"{one['id']}  {one['stage']:<13}  {one['last_day'] or '':<10}  {_called(one)}")
    return 0


def _show(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    record = store.get(find_contact(store, options.who).id)
    shown = reporter.contact(record, date.today())
    if options.format == "json":
        return _print_json(shown)
    contact, relation, steps = record.contact, shown["relationship"], shown["next_steps"]
    print(f"{contact.name}  {contact.company}  {contact.role}".rstrip())
    for text in (*contact.emails, *contact.profiles, *contact.phones):
        print(f"  {text}")
    say, stage = options.say, library.texts(options.explain_in)["stages"]
    assert isinstance(stage, dict)
    named = stage[relation["stage"]]
    print(f"{say('contacts', 'dormant', stage=named) if relation['dormant'] else named}: {' '.join(relation['why'])}")
    for step in steps:
        print(say("contacts", "next", step=step["text"]))
    for promise in contact.promises:
        print(_promise_in_words(promise, say))
    for event in record.history:
        print(f"{event.date}  {_event_name(event, say):<9}  {event.summary}".rstrip())
    for note in contact.notes:
        print(say("contacts", "note", day=note.date, text=note.text))
    return 0


def _promise_in_words(promise: Promise, say: Speech) -> str:
    day = promise.kept_on or promise.due_on
    state = say("contacts", "kept" if promise.kept_on else "due" if day else "open", day=day)
    return say("contacts", "yours" if promise.by_user else "theirs", state=state, text=promise.text)


def _event_name(event: Event, say: Speech) -> str:
    return say("events", f"message_{event.direction}" if event.kind is EventKind.MESSAGE else event.kind)


def _new(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    emails, profiles = tuple(map(email_key, options.email)), tuple(map(profile_address, options.profile))
    for given, read in zip((*options.email, *options.profile), (*emails, *profiles), strict=True):
        if not read:
            message = f"expected an email or the address of a profile; got {given!r}"
            raise InputFileError(message, "bad_email" if given in options.email else "bad_profile", got=repr(given))
    contact = Contact(options.name, options.company, options.role, emails=emails, profiles=profiles)
    change = store.create(contact)
    return _changed(options, change.id, options.say("contacts", "made", contact=change.contacts[0]))


def _log(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    words = library.quick_line_words(options.explain_in)
    found = read_quick_line(options.line, date.today(), words, new_id)
    items: tuple[Note | Promise, ...] = (*found.promises, *found.notes)
    edit = in_turn((with_events(*found.events), *map(with_item, items)))
    change = store.update(find_contact(store, options.who).id, "line_added", edit)
    said = [f"{_event_name(event, options.say)} {event.date}" for event in found.events]
    said += [_promise_in_words(one, options.say) for one in found.promises]
    said += [options.say("contacts", "note", day=one.date, text=one.text) for one in found.notes]
    return _changed(options, change.id, options.say("contacts", "recorded", what="; ".join(said)))


def _delete(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    found = find_contact(store, options.who)
    return _changed(options, store.delete(found.id).id, options.say("contacts", "deleted", name=found.name or found.id))


def _merge(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    kept, other = find_contact(store, options.who), find_contact(store, options.other)
    said = options.say("contacts", "merged", other=other.id, kept=kept.id)
    return _changed(options, store.merge(kept.id, other.id).id, said)


def _undo(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    return _changed(options, store.undo(options.change).id, options.say("contacts", "took_back", change=options.change))


def _tending(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    today = date.today()
    found = tending_list(store.summaries(), today, library.gates, library.tending)
    entries = [reporter.tending(entry, today) for entry in found]
    if options.format == "json":
        return _print_json(entries)
    for one in entries:
        print(f"{one['id']}  {_called(one)}: {one['why']}")
    return 0


def _backup(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    print(store.backup())
    return 0


def _where(options: argparse.Namespace, store: ContactStore, reporter: ContactReporter, library: Library) -> int:
    print(store.folder)
    return 0


def _called(one: dict[str, object]) -> str:
    return f"{one['name']}, {one['company']}" if one["company"] else str(one["name"])


def _changed(options: argparse.Namespace, change: str, text: str) -> int:
    if options.format == "json":
        return _print_json({"change": change})
    print(f"{text} ({options.say('contacts', 'undo', change=change)})")
    return 0


def _print_json(value: object) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return 0
