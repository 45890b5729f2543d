"""``coltiva import``, ``export`` and ``restore``: contacts and history in and out on the command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from coltiva.commands import add_json_option, begin
from coltiva.contact_lookup import contacts_to_read
from coltiva.contact_store import ContactStore, ContactView, default_folder, restore_backup
from coltiva.contacts import ContactRecord
from coltiva.errors import InputFileError, StoreLockedError
from coltiva.exporters import export_csv, export_json, export_vcard
from coltiva.importing import TAKEN_IN, run_import
from coltiva.library import Library
from coltiva.sent_imports import import_in_place_of
from coltiva.speech import Speech
from coltiva.user_library import user_library

_BAR_WIDTH = 30
_REDRAW_SECONDS = 0.1
_ENDINGS = {".json": "json", ".csv": "csv", ".vcf": "vcard"}


def add_import_command(commands: Any, say: Speech) -> None:
    """Add ``coltiva import``."""
    parser = begin(commands, "import", say("help", "import"))
    file = say("metavars", "file")
    parser.add_argument("files", nargs="+", type=Path, metavar=file, help=say("help", "import_files"))
    parser.add_argument("--dry-run", action="store_true", help=say("help", "import_dry_run"))
    parser.add_argument("--owner", default="", metavar=say("metavars", "who"), help=say("help", "import_owner"))
    add_json_option(parser, say)
    parser.set_defaults(run=_import)


def add_export_command(commands: Any, say: Speech) -> None:
    """Add ``coltiva export``."""
    parser = begin(commands, "export", say("help", "export"))
    parser.add_argument(
        "file", nargs="?", default="-", metavar=say("metavars", "file"), help=say("help", "export_file")
    )
    parser.add_argument("--format", choices=("json", "csv", "vcard"), help=say("help", "export_format"))
    parser.set_defaults(run=_export)


def add_restore_command(commands: Any, say: Speech) -> None:
    """Add ``coltiva restore``."""
    parser = begin(commands, "restore", say("help", "restore"))
    parser.add_argument("backup", type=Path, metavar=say("metavars", "backup"), help=say("help", "restore_backup"))
    parser.set_defaults(run=_restore)


def report_text(report: Mapping[str, Any], say: Speech) -> str:
    """Return what an import did as text, with examples of what was left out.

    Args:
        report: as ``ImportReport.to_dict`` and the API tell it.
    """
    formats, counts = ", ".join(report["formats"]), report["counts"]
    if not any(counts[name]["number"] for name in ("added", "updated")):
        lines = [say("import", "nothing_new", formats=formats)]
    elif report["dry_run"]:
        lines = [say.counted("import", "would_be_imported", report["new_events"], formats=formats)]
    else:
        lines = [say.counted("import", "imported", report["events"], formats=formats)]
    is_head_said = False
    for name, count in counts.items():
        number = count["number"]
        if number and name not in TAKEN_IN and not is_head_said:
            is_head_said = True
            lines.append(say("counts", "left_out"))
        if number or name in ("added", "updated", "unchanged"):
            lines.append(f"{number:>9,}  {say.counted('counts', name, number)}")
        if name != "unchanged":
            lines.extend(f"{'':>11}{example}" for example in count["examples"])
    if report["change"]:
        lines.append(say("import", "undo", change=report["change"]))
    return "\n".join(lines)


class ProgressBar:
    """One line that shows how far an import is, on a terminal; nothing elsewhere."""

    def __init__(
        self, stream: TextIO, say: Speech, clock: Callable[[], float] = time.monotonic, *, quiet: bool = False
    ) -> None:
        self._stream, self._clock, self._say = stream, clock, say
        self._is_shown = stream.isatty() and not quiet
        self._drawn_at, self._phase = float("-inf"), ""

    def show(self, phase: str, done: int, total: int) -> None:
        """Draw the line again, at most ten times a second."""
        now = self._clock()
        if not self._is_shown or (phase == self._phase and done < total and now - self._drawn_at < _REDRAW_SECONDS):
            return
        self._drawn_at, self._phase = now, phase
        part = done / total if total else 1.0
        filled = round(part * _BAR_WIDTH)
        if phase in ("copying", "reading"):
            counted = self._say("import", "megabytes", done=f"{done / 1e6:.1f}", total=f"{total / 1e6:.1f}")
        else:
            counted = self._say.counted("import", "people", total, done=f"{done:,}")
        named = self._say("import", phase)
        self._stream.write(f"\r\033[K{named:<10}{'█' * filled}{'░' * (_BAR_WIDTH - filled)} {part:>4.0%}  {counted}")
        self._stream.flush()

    def clear(self) -> None:
        """Remove the line."""
        if self._is_shown and self._phase:
            self._stream.write("\r\033[K")
            self._stream.flush()


def _import(options: argparse.Namespace) -> int:
    bar = ProgressBar(sys.stderr, options.say, quiet=options.quiet)
    try:
        report = _imported(options, bar.show)
    finally:
        bar.clear()
    if options.format == "json":
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print(report_text(report, options.say))
    return 0


def _imported(options: argparse.Namespace, progress: Callable[[str, int, int], None]) -> Mapping[str, Any]:
    """Import, or only look; returns the report as JSON."""
    folder, library, language = default_folder(), user_library(), options.say.language
    opening: AbstractContextManager[ContactView]
    if options.dry_run:
        # What only looks does not wait for the process that works on the contacts.
        opening = contacts_to_read(library, options.say)
    else:
        try:
            opening = ContactStore(folder, library.tending, "coltiva import")
        except StoreLockedError as refusal:
            return import_in_place_of(refusal, folder, options.files, options.owner, language, progress)
    with opening as contacts:
        report = run_import(
            options.files,
            contacts,
            today=date.today(),
            dry_run=options.dry_run,
            owner=options.owner,
            language=language,
            progress=progress,
        )
    return report.to_dict(options.say)


def _restore(options: argparse.Namespace) -> int:
    folder = default_folder()
    restore_backup(options.backup, folder)
    with ContactStore(folder, user_library().tending, "coltiva restore") as store:
        print(options.say.counted("import", "restored", len(store), folder=folder, backup=options.backup))
        for problem in store.problems:
            print(options.say.set_aside(problem.path, problem.fault))
    return 0


def _export(options: argparse.Namespace) -> int:
    library = user_library()
    kind = options.format or _ENDINGS.get(Path(options.file).suffix.lower(), "json")
    with contacts_to_read(library, options.say) as contacts:
        pieces = _pieces(kind, contacts.records(), library)
        if options.file == "-":
            for piece in pieces:
                sys.stdout.write(piece)
        else:
            _write_private(Path(options.file), pieces)
            print(options.say.counted("import", "exported", len(contacts), file=options.file))
    return 0


def _pieces(kind: str, records: Iterable[ContactRecord], library: Library) -> Iterable[str]:
    if kind == "csv":
        return export_csv(records, date.today(), library.gates)
    return export_vcard(records) if kind == "vcard" else export_json(records)


def _write_private(path: Path, pieces: Iterable[str]) -> None:
    """Write a file that only the user may read; one that was there before stays until the new one is whole."""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
                stream.writelines(pieces)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise InputFileError(message, "unwritable", file=path, reason=error.strerror) from None
