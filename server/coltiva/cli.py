"""The ``coltiva`` command: serve, lint, evaluate, rules."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from coltiva import __version__
from coltiva.access_commands import add_access_commands
from coltiva.contact_commands import add_contact_commands, find_contact
from coltiva.contact_store import ContactStore, backups_in_background, default_folder
from coltiva.contacts import ContactRecord
from coltiva.errors import ColtivaError, InputFileError, PayloadError
from coltiva.evaluation import Outcome, compare, tally
from coltiva.extension_packages import add_extension_command
from coltiva.library import LANGUAGES, Library
from coltiva.payloads import CHANNELS, StoredContact, request_from_json
from coltiva.report import Report
from coltiva.review import Reviewer
from coltiva.rule_commands import add_rule_commands
from coltiva.settings import apply_settings, chosen_port
from coltiva.setup_commands import add_setup_commands
from coltiva.speech import Speech, system_language
from coltiva.terminal import Painter, evaluation_text, outcome_text, report_text
from coltiva.transfer_commands import add_export_command, add_import_command, add_restore_command
from coltiva.tuning.workshop import Workshop, watching
from coltiva.user_library import user_library
from coltiva.verdict import Decision
from coltiva.web import serve

EXIT_CLEAN, EXIT_FINDINGS, EXIT_ERROR = 0, 1, 2
_FIRST_STEPS = """\
first steps:
  coltiva serve                 start the server, and leave it running
  coltiva open /welcome         the page that leads to the first underline
  coltiva import archive.zip    your LinkedIn archive; --dry-run only says what is in it
  coltiva doctor                what is missing, and what mends it

exit codes: 0 done or clean, 1 something was found, 2 an error. coltiva COMMAND --help explains a command.
Settings, variables and all commands: coltiva manual | man -l -
"""
_SHIPPED_HELP = "by the rules as shipped, without what you have changed"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 clean, 1 findings, 2 error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    say = Speech(system_language(os.environ))
    try:
        apply_settings()
        options = _parser().parse_args(arguments)
        say = options.say = Speech(options.own_language or system_language(os.environ))
        return int(options.run(options))
    except ColtivaError as error:
        print(f"coltiva: {say.error(error)}", file=sys.stderr)
        return EXIT_ERROR
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_ERROR
    except KeyboardInterrupt:
        return EXIT_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="coltiva",
        description="An outreach linter: it underlines asks that come too early.",
        epilog=_FIRST_STEPS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"coltiva {__version__}")
    spoken = "your language, for messages, reasons and lines (default: the system's)"
    parser.add_argument("--language", dest="own_language", choices=LANGUAGES, help=spoken)
    parser.add_argument("--quiet", "-q", action="store_true", help="only results and errors; no progress, no hints")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving = commands.add_parser(
        "serve",
        help="start the local server with its pages",
        description="Serve your pages and the browser extension on 127.0.0.1 until Ctrl+C. Nothing leaves the machine.",
    )
    serving.add_argument("--port", type=int, help="the port on 127.0.0.1 (default: COLTIVA_PORT, or 7333)")
    serving.set_defaults(run=_serve)
    add_access_commands(commands)
    _add_lint(commands.add_parser("lint", help="lint a message; exit 0 clean, 1 findings, 2 error"))
    evaluating = commands.add_parser("evaluate", help="measure the rules on labelled messages")
    evaluating.add_argument("corpora", nargs="+", metavar="CORPUS.jsonl")
    evaluating.add_argument("--errors", type=int, metavar="N", default=0, help="show the first N that went wrong")
    evaluating.add_argument("--format", choices=("text", "json"), default="text")
    evaluating.add_argument("--phrases-alone", action="store_true", help="measure without the second readers")
    evaluating.add_argument("--shipped", action="store_true", help=_SHIPPED_HELP)
    evaluating.set_defaults(run=_evaluate)
    add_rule_commands(commands.add_parser("rules", help="look after the rules, shipped and your own"))
    add_contact_commands(commands.add_parser("contacts", help="look after the contacts and their history"))
    add_import_command(commands.add_parser("import", help="take in contacts and history from other programs"))
    add_export_command(commands.add_parser("export", help="write out all contacts"))
    add_restore_command(commands.add_parser("restore", help="put a backup back into an empty data folder"))
    packing = commands.add_parser("extension", help="show the browser extension's folder, or pack it for the stores")
    add_extension_command(packing)
    add_setup_commands(commands, parser)
    return parser


def _add_lint(linting: argparse.ArgumentParser) -> None:
    linting.add_argument("file", nargs="?", default="-", help="the message, or - for standard input (default)")
    linting.add_argument("--batch", metavar="RECORDS.jsonl", help="lint labelled records, one report a line, in order")
    linting.add_argument("--contact", metavar="NAME", default="", help="whom the message is for")
    linting.add_argument("--stored", metavar="WHO", help="a stored contact: id, profile address, email or name")
    linting.add_argument("--history", metavar="FILE", help="the contact's events as a JSON list")
    linting.add_argument("--channel", choices=CHANNELS, default="linkedin_message")
    linting.add_argument("--language", choices=LANGUAGES, help="the message's language (default: detected)")
    linting.add_argument("--explain-in", choices=LANGUAGES, help="language of explanations (default: the message's)")
    linting.add_argument("--today", metavar="DATE", help="the day to judge by, such as 2026-05-14 (default: today)")
    linting.add_argument("--format", choices=("text", "json"), default="text")
    linting.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")
    linting.add_argument("--shipped", action="store_true", help=_SHIPPED_HELP)
    linting.set_defaults(run=_lint)


def _serve(options: argparse.Namespace) -> int:
    library = user_library()
    port = options.port or chosen_port(os.environ)
    purpose = f"coltiva serve on port {port}"
    with ContactStore(default_folder(), library.tending, purpose) as store, backups_in_background(store):
        workshop = Workshop.open(default_folder(), library)
        with watching(workshop, lambda line: print(line, file=sys.stderr, flush=True)):
            serve("127.0.0.1", port, library, _announcer(options, store), store=store, workshop=workshop)
    return EXIT_CLEAN


def _announcer(options: argparse.Namespace, store: ContactStore) -> Callable[[str], None]:
    """Return what says lines once the server listens; who has no contacts yet is shown the way in."""
    lines = 0

    def announce(line: str) -> None:
        nonlocal lines
        lines += 1
        if lines == 1 or not options.quiet:
            print(line, flush=True)
        if lines == 1 and not options.quiet and len(store) == 0:
            print(options.say("serve", "welcome"), flush=True)

    return announce


def _read_text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputFileError(f"{name}: cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputFileError(f"{name}: expected UTF-8 text; byte {error.start} is none") from None


def _read_json(text: str, name: str) -> object:
    try:
        value: object = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputFileError(f"{name}: expected JSON; {error}") from None
    return value


def _records(name: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each record of a JSON-lines file with its place."""
    for number, line in enumerate(_read_text(name).split("\n"), 1):
        if line.strip():
            record = _read_json(line, f"{name}:{number}")
            if not isinstance(record, dict):
                raise InputFileError(f"{name}:{number}: expected an object a line")
            yield f"{name}:{number}", record


def _report(reviewer: Reviewer, record: object, where: str, today: date, stored: StoredContact | None = None) -> Report:
    try:
        return reviewer.review(request_from_json(record, today=today, stored=stored))
    except PayloadError as error:
        raise InputFileError(f"{where}: {error}") from None


def _stored_contact(who: str, library: Library) -> ContactRecord:
    """Return the stored contact that *who* means."""
    with ContactStore(default_folder(), library.tending, "coltiva lint") as store:
        return store.get(find_contact(store, who).id)


def _lint(options: argparse.Namespace) -> int:
    reviewer = Reviewer(Library() if options.shipped else user_library())
    today = date.today()
    if options.batch:
        waiting = False
        for where, record in _records(options.batch):
            report = _report(reviewer, record, where, today)
            waiting = waiting or report.verdict.decision is not Decision.SEND
            print(json.dumps(report.to_dict(), ensure_ascii=False))
        return EXIT_FINDINGS if waiting else EXIT_CLEAN
    history = _read_json(_read_text(options.history), options.history) if options.history else None
    body = {
        "text": _read_text(options.file).removesuffix("\n"),
        "channel": options.channel,
        "language": options.language,
        "explain_in": options.explain_in,
        "today": options.today,
        "contact": {"id": options.stored} if options.stored else {"name": options.contact},
        "history": history,
    }
    where = options.file if options.file != "-" else "standard input"
    stored = _stored_contact(options.stored, reviewer.library) if options.stored else None
    report = _report(reviewer, body, where, today, lambda contact_id, profile, email: stored)
    if options.format == "json":
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(report_text(report, Painter(sys.stdout.isatty())))
    return EXIT_CLEAN if report.verdict.decision is Decision.SEND else EXIT_FINDINGS


def _evaluate(options: argparse.Namespace) -> int:
    library = Library() if options.shipped else user_library()
    if options.phrases_alone:
        library.leave_to_phrases()
    reviewer = Reviewer(library)
    outcomes: list[Outcome] = []
    for corpus in options.corpora:
        default_language = Path(corpus).stem[:2]
        for where, record in _records(corpus):
            labels = {"lang": default_language if default_language in LANGUAGES else None} | record
            labels.pop("frame", None)
            labels["rewrites"] = False
            outcomes.append(compare(labels, _report(reviewer, labels, where, date.today()), reviewer.library))
    tallies = tally(outcomes)
    if options.format == "json":
        print(json.dumps({language: one.to_dict() for language, one in tallies.items()}, ensure_ascii=False, indent=2))
        return EXIT_CLEAN
    wrong = [text for text in map(outcome_text, outcomes) if text]
    for text in wrong[: options.errors]:
        print(text)
    print(evaluation_text(tallies))
    return EXIT_CLEAN


if __name__ == "__main__":
    sys.exit(main())
