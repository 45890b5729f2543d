"""``coltiva contacts …``: the contacts on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from coltiva.commands import add_json_option, begin
from coltiva.contact_lookup import contacts_to_read, find_contact
from coltiva.contact_payloads import contact_from_json, line_from_json
from coltiva.contact_report import ContactReporter
from coltiva.contact_store import ContactView, Summary, default_folder, new_id
from coltiva.contact_writing import ContactWriter, TypedLine, contacts_to_change
from coltiva.contacts import Contact
from coltiva.errors import UnknownContactError
from coltiva.explaining import Explainer
from coltiva.library import LANGUAGES, Library
from coltiva.recorded import event_name, note_in_words, promise_in_words
from coltiva.speech import Speech
from coltiva.tending import tending_list
from coltiva.user_library import user_library


def add_contact_commands(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Add the subcommands; each sets ``run`` to a function of the parsed options that returns the exit code."""
    commands = parser.add_subparsers(required=True, metavar=say("metavars", "command"))

    def add(
        name: str, function: Callable[..., int], *arguments: tuple[str, str, str], reads: bool = False
    ) -> argparse.ArgumentParser:
        one = begin(commands, name, say("help", f"contacts_{name}"))
        for argument, shown, meaning in arguments:
            one.add_argument(argument, metavar=say("metavars", shown), help=say("help", meaning))
        add_json_option(one, say)
        one.add_argument("--explain-in", choices=LANGUAGES, help=say("help", "contacts_explain"))
        one.set_defaults(run=lambda options: _run(function, options, reads=reads))
        return one

    finding = add("list", _list, reads=True)
    finding.add_argument("query", nargs="*", metavar=say("metavars", "word"), help=say("help", "contacts_query"))
    finding.add_argument("--limit", type=int, metavar="N", default=50, help=say("help", "contacts_limit"))
    add("show", _show, ("who", "who", "who"), reads=True)
    new = add("new", _new, ("name", "name", "new_name"))
    for name in ("company", "role"):
        new.add_argument(f"--{name}", default="", metavar=say("metavars", name), help=say("help", f"new_{name}"))
    for name in ("email", "profile"):
        shown, meaning = say("metavars", name), say("help", f"new_{name}")
        new.add_argument(f"--{name}", action="append", default=[], metavar=shown, help=meaning)
    add("log", _log, ("who", "who", "who"), ("line", "line", "log_line"))
    add("delete", _delete, ("who", "who", "who_in_full"))
    add("merge", _merge, ("who", "who", "merge_kept"), ("other", "who", "merge_other"))
    add("undo", _undo, ("change", "change", "undo_change"))
    add("tending", _tending, reads=True)
    add("backup", _backup)
    begin(commands, "where", say("help", "contacts_where")).set_defaults(run=_where)


def _run(function: Callable[..., int], options: argparse.Namespace, *, reads: bool) -> int:
    library = user_library()
    options.explain_in = options.explain_in or options.say.language
    if reads:
        with contacts_to_read(library, options.say) as contacts:
            return function(options, contacts, ContactReporter(library, options.explain_in), library)
    with contacts_to_change(library, options.say) as writer:
        return function(options, writer, library)


def _list(options: argparse.Namespace, contacts: ContactView, reporter: ContactReporter, library: Library) -> int:
    found = contacts.search(" ".join(options.query))
    shown = found[: max(0, options.limit)]
    briefs = []
    for one in shown:
        with suppress(UnknownContactError):  # removed since it was listed
            briefs.append(reporter.brief(one, contacts.get(one.id), date.today()))
    if len(shown) < len(found) and not options.quiet:
        more = len(found) - len(shown)
        print(options.say.counted("contacts", "more", more, all=len(found)), file=sys.stderr)
    if options.format == "json":
        return _print_json(briefs)
    explainer = Explainer(library.texts(options.explain_in))
    for brief in briefs:
        stage = explainer.text("stages", str(brief["stage"]))
        print(f"{brief['id']}  {stage:<15}  {brief['last_day'] or '':<10}  {_called(brief)}")
    return 0


def _show(options: argparse.Namespace, contacts: ContactView, reporter: ContactReporter, library: Library) -> int:
    record = contacts.get(find_contact(contacts, options.who).id)
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
        print(promise_in_words(promise, say))
    for event in record.history:
        print(f"{event.date}  {event_name(event, say):<9}  {event.summary}".rstrip())
    for note in contact.notes:
        print(note_in_words(note, say))
    return 0


def _new(options: argparse.Namespace, writer: ContactWriter, library: Library) -> int:
    given = {"emails": options.email, "profiles": options.profile}
    given |= {name: getattr(options, name) for name in ("name", "company", "role")}
    contact = contact_from_json(given, Contact(id=new_id()), date.today())
    return _changed(options, writer.create(contact), options.say("contacts", "made", contact=contact.id))


def _log(options: argparse.Namespace, writer: ContactWriter, library: Library) -> int:
    say, today, words = options.say, date.today(), library.quick_line_words(options.explain_in)
    found = line_from_json({"line": options.line}, today, words, new_id)
    whose = find_contact(writer.contacts, options.who)
    change = writer.record(whose.id, TypedLine(options.line, today, options.explain_in, found))
    said = [f"{event_name(event, say)} {event.date}" for event in found.events]
    said += [promise_in_words(one, say) for one in found.promises]
    said += [note_in_words(one, say) for one in found.notes]
    return _changed(options, change, say("contacts", "recorded", name=_name(whose), what="; ".join(said)))


def _delete(options: argparse.Namespace, writer: ContactWriter, library: Library) -> int:
    found = find_contact(writer.contacts, options.who, in_full=True)
    return _changed(options, writer.delete(found.id), options.say("contacts", "deleted", name=_name(found)))


def _merge(options: argparse.Namespace, writer: ContactWriter, library: Library) -> int:
    kept, other = (find_contact(writer.contacts, who, in_full=True) for who in (options.who, options.other))
    said = options.say("contacts", "merged", other=other.id, kept=kept.id)
    return _changed(options, writer.merge(kept.id, other.id), said)


def _undo(options: argparse.Namespace, writer: ContactWriter, library: Library) -> int:
    change = writer.undo(options.change)
    return _changed(options, change, options.say("contacts", "took_back", change=options.change))


def _tending(options: argparse.Namespace, contacts: ContactView, reporter: ContactReporter, library: Library) -> int:
    today = date.today()
    found = tending_list(contacts.summaries(), today, library.gates, library.tending)
    entries = [reporter.tending(entry, today) for entry in found]
    if options.format == "json":
        return _print_json(entries)
    for one in entries:
        print(f"{one['id']}  {_called(one)}: {one['why']}")
    return 0


def _backup(options: argparse.Namespace, writer: ContactWriter, library: Library) -> int:
    print(writer.backup())
    return 0


def _where(options: argparse.Namespace) -> int:
    print(default_folder())
    return 0


def _name(one: Summary) -> str:
    return one.name or next(iter((*one.emails, *one.profiles)), one.id)


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
