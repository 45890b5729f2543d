"""The ``coltiva`` command: serve, lint, evaluate, rules."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from coltiva import __version__
from coltiva.access_commands import add_access_commands
from coltiva.commands import add_json_option, begin
from coltiva.contact_commands import add_contact_commands
from coltiva.contact_lookup import contacts_to_read, find_contact
from coltiva.contacts import ContactRecord
from coltiva.errors import ColtivaError, InputFileError, PayloadError, RecordError
from coltiva.evaluation import Outcome, check_labels, compare, tally
from coltiva.extension_packages import add_extension_command
from coltiva.help_examples import evaluate_examples, lint_examples
from coltiva.library import LANGUAGES, Library
from coltiva.payloads import StoredContact, history_from_json, request_from_json
from coltiva.report import Report
from coltiva.review import Reviewer
from coltiva.rule_commands import add_rule_commands
from coltiva.rule_tables import CHANNELS
from coltiva.serving import add_serve_command
from coltiva.settings import apply_settings
from coltiva.setup_commands import add_setup_commands
from coltiva.speech import Speech, system_language
from coltiva.terminal import Painter, evaluation_text, outcome_text, report_text
from coltiva.transfer_commands import add_export_command, add_import_command, add_restore_command
from coltiva.user_library import user_library
from coltiva.verdict import Decision

EXIT_CLEAN, EXIT_FINDINGS, EXIT_ERROR = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 clean, 1 findings, 2 error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    say = Speech(_asked_language(given) or system_language(os.environ))
    try:
        apply_settings()
        say = Speech(_asked_language(given) or system_language(os.environ))
        options = command_parser(say).parse_args(given)
        options.say = say
        return int(options.run(options))
    except ColtivaError as error:
        print(f"coltiva: {say.error(error)}", file=sys.stderr)
        return EXIT_ERROR
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_ERROR
    except KeyboardInterrupt:
        return EXIT_ERROR


def _asked_language(arguments: Sequence[str]) -> str:
    """Return what ``--language`` before the command says, with which the help itself is written; else an empty text."""
    for position, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name == "--language":
            value = value or next(iter(arguments[position + 1 : position + 2]), "")
            return value if value in LANGUAGES else ""
        if not word.startswith("-"):
            break
    return ""


def command_parser(say: Speech) -> argparse.ArgumentParser:
    """Return the parser of all commands, with its help in one language."""
    say.teach_parser()
    parser = argparse.ArgumentParser(
        prog="coltiva",
        description=say("help", "about"),
        epilog=say("help", "first_steps"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"coltiva {__version__}", help=say("help", "version"))
    parser.add_argument("--language", dest="own_language", choices=LANGUAGES, help=say("help", "language"))
    parser.add_argument("--quiet", "-q", action="store_true", help=say("help", "quiet"))
    commands = parser.add_subparsers(required=True, metavar=say("metavars", "command"))
    add_serve_command(commands, say)
    add_access_commands(commands, say)
    _add_lint(begin(commands, "lint", say("help", "lint"), examples=lint_examples(say)), say)
    _add_evaluate(begin(commands, "evaluate", say("help", "evaluate"), examples=evaluate_examples(say)), say)
    add_rule_commands(begin(commands, "rules", say("help", "rules")), say)
    add_contact_commands(begin(commands, "contacts", say("help", "contacts")), say)
    add_import_command(commands, say)
    add_export_command(commands, say)
    add_restore_command(commands, say)
    add_extension_command(commands, say)
    add_setup_commands(commands, parser, say)
    return parser


def _add_evaluate(evaluating: argparse.ArgumentParser, say: Speech) -> None:
    corpus = say("metavars", "corpus")
    evaluating.add_argument("corpora", nargs="+", metavar=corpus, help=say("help", "evaluate_corpora"))
    evaluating.add_argument("--errors", type=int, metavar="N", default=0, help=say("help", "evaluate_errors"))
    add_json_option(evaluating, say)
    evaluating.add_argument("--phrases-alone", action="store_true", help=say("help", "evaluate_phrases"))
    evaluating.add_argument("--shipped", action="store_true", help=say("help", "as_shipped"))
    evaluating.set_defaults(run=_evaluate)


def _add_lint(linting: argparse.ArgumentParser, say: Speech) -> None:
    linting.add_argument("file", nargs="?", default="-", metavar=say("metavars", "file"), help=say("help", "lint_file"))
    linting.add_argument("--batch", metavar=say("metavars", "records"), help=say("help", "lint_batch"))
    linting.add_argument("--contact", default="", metavar=say("metavars", "name"), help=say("help", "lint_contact"))
    linting.add_argument("--stored", metavar=say("metavars", "who"), help=say("help", "lint_stored"))
    linting.add_argument("--history", metavar=say("metavars", "file"), help=say("help", "lint_history"))
    linting.add_argument("--channel", choices=CHANNELS, default="linkedin_message", help=say("help", "lint_channel"))
    linting.add_argument("--language", choices=LANGUAGES, help=say("help", "lint_language"))
    linting.add_argument("--explain-in", choices=LANGUAGES, help=say("help", "lint_explain"))
    linting.add_argument("--today", metavar=say("metavars", "date"), help=say("help", "lint_today"))
    add_json_option(linting, say)
    linting.add_argument("--shipped", action="store_true", help=say("help", "as_shipped"))
    linting.set_defaults(run=_lint)


def _read_text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        message = f"{name}: cannot be read: {error.strerror}"
        raise InputFileError(message, "unreadable", file=name, reason=error.strerror) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name}: expected UTF-8 text; byte {error.start} is none"
        raise InputFileError(message, "not_utf8", file=name, byte=error.start) from None


def _read_json(text: str, name: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits are no JSON error
        raise InputFileError(f"{name}: expected JSON; {error}", "not_json", file=name, reason=error) from None
    return value


def _records(name: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each record of a JSON-lines file with its place."""
    for number, line in enumerate(_read_text(name).split("\n"), 1):
        if line.strip():
            record = _read_json(line, f"{name}:{number}")
            if not isinstance(record, dict):
                message = f"{name}:{number}: expected an object a line"
                raise InputFileError(message, "record_shape", where=f"{name}:{number}")
            yield f"{name}:{number}", record


def _report(reviewer: Reviewer, record: object, where: str, today: date, stored: StoredContact | None = None) -> Report:
    try:
        return reviewer.review(request_from_json(record, today=today, stored=stored))
    except PayloadError as error:
        raise RecordError(where, error) from None


def _history(name: str) -> object:
    """Return the history that a file holds, as JSON that can be used; a fault is named with that file."""
    history = _read_json(_read_text(name), name)
    try:
        history_from_json(history, "")
    except PayloadError as error:
        raise RecordError(name, error) from None
    return history


def _stored_contact(who: str, library: Library, say: Speech) -> ContactRecord:
    """Return the stored contact that *who* means."""
    with contacts_to_read(library, say) as contacts:
        return contacts.get(find_contact(contacts, who).id)


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
    history = _history(options.history) if options.history else None
    body = {
        "text": _read_text(options.file).removesuffix("\n"),
        "channel": options.channel,
        "language": options.language,
        "explain_in": options.explain_in or options.own_language,
        "today": options.today,
        "contact": {"id": options.stored} if options.stored else {"name": options.contact},
        "history": history,
    }
    where = options.file if options.file != "-" else "stdin"
    stored = _stored_contact(options.stored, reviewer.library, options.say) if options.stored else None
    report = _report(reviewer, body, where, today, lambda contact_id, profile, email: stored)
    # "Send" would be said of what nobody has looked at.
    is_read = report.language is not None or not report.text.strip()
    if options.format == "json":
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    elif is_read:
        print(report_text(report, Painter(sys.stdout.isatty())))
    if not is_read:
        print(f"coltiva: {options.say('lint', 'unread')}", file=sys.stderr)
        return EXIT_ERROR
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
            try:
                check_labels(labels, tuple(library.asks))
            except PayloadError as error:
                raise RecordError(where, error) from None
            report = _report(reviewer, labels, where, date.today())
            outcomes.append(compare(labels, report, reviewer.library))
    tallies = tally(outcomes)
    if options.format == "json":
        print(json.dumps({language: one.to_dict() for language, one in tallies.items()}, ensure_ascii=False, indent=2))
        return EXIT_CLEAN
    wrong = [text for text in (outcome_text(one, options.say) for one in outcomes) if text]
    for text in wrong[: options.errors]:
        print(text)
    print(evaluation_text(tallies, options.say))
    return EXIT_CLEAN


if __name__ == "__main__":
    sys.exit(main())
