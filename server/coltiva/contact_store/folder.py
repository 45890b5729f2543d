"""Where the contacts live, who may read them, and in which format they are."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from coltiva.contact_store.durable import Transaction, recover, sweep, write_durably
from coltiva.contacts import is_small_by_origin
from coltiva.errors import StoreVersionError

FORMAT = 2
CONTACTS, UNDO, ASIDE, BACKUPS = "contacts", "undo", "set-aside", "backups"
VERSION_FILE = "store.json"

Tables = dict[str, dict[str, dict[str, Any]]]


def _mark_small_gifts(tables: Tables) -> Tables:
    """Return a contact's tables with skills endorsed on LinkedIn marked as the small gifts that they are."""
    events = {
        number: event | ({"small": True} if is_small_by_origin(event.get("source", ""), event.get("id", "")) else {})
        for number, event in tables.get("events", {}).items()
    }
    return tables | {"events": events} if events else tables


# Format n → how a contact's tables become those of format n + 1.
MIGRATIONS: Mapping[int, Callable[[Tables], Tables]] = {1: _mark_small_gifts}


def default_folder() -> Path:
    """Return the user's own folder, as the system wants it; ``COLTIVA_DATA`` names another."""
    named = os.environ.get("COLTIVA_DATA")
    if named:
        return Path(named).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Coltiva"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Coltiva"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "coltiva"


def check_format(folder: Path, newest: int = FORMAT) -> int:
    """Return the format of the contacts in *folder*; *newest* where there are none yet.

    Raises:
        StoreVersionError: a newer Coltiva wrote them, or the format cannot be read.
    """
    path = folder / VERSION_FILE
    try:
        content: object = msgspec.json.decode(path.read_bytes())
    except FileNotFoundError:
        # Files put there by hand, from a backup, are of the first format until they say otherwise.
        return 1 if any((folder / CONTACTS).glob("*.json")) else newest
    except msgspec.DecodeError as error:
        message = f"{path}: expected the format of the contacts; {error}"
        raise StoreVersionError(message, "no_store_format", file=path, reason=error) from None
    found = content.get("format") if isinstance(content, dict) else None
    if not isinstance(found, int) or found < 1:
        message = f"{path}: expected a format from 1 to {newest}; got {content!r}"
        raise StoreVersionError(message, "no_store_format", file=path, reason=f"{content!r}"[:80])
    if found > newest:
        message = (
            f"{folder}: the contacts are in format {found}, and this Coltiva knows formats up to {newest}; "
            "update Coltiva, or name another folder with COLTIVA_DATA"
        )
        raise StoreVersionError(message, "newer_store", file=folder, got=found, known=newest)
    return found


def contact_files(folder: Path) -> dict[str, Path]:
    """Return the ids of the contacts below *folder*, each with its file."""
    place = folder / CONTACTS
    return {name[:-5]: place / name for name in os.listdir(place) if name.endswith(".json")}


# Rules of the user's own with their history, what was dismissed, and how often rules fired: what a backup holds besides
# the contacts. Messages that were sent are not among it: they are gone once the user wants them gone.
_PART = r"[^./\\:\0][^/\\:\0]*"
BESIDES = re.compile(rf"rules/(?:{_PART}/){{0,2}}{_PART}\.(?:yml|json)|tuning/(?:dismissals|counts)\.json")


def besides_contacts(folder: Path) -> list[str]:
    """Return the names of the files below the data folder that a backup holds besides the contacts."""
    paths = (path for part in ("rules", "tuning") for path in (folder / part).rglob("*") if path.is_file())
    return sorted(name for path in paths if BESIDES.fullmatch(name := path.relative_to(folder).as_posix()))


def make_private_folders(folder: Path) -> None:
    """Make the data folder and its parts, open to the user alone."""
    for one in (folder, *(folder / name for name in (CONTACTS, UNDO, ASIDE, BACKUPS))):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Folders that were there before, or made under a strange mask.
        one.chmod(0o700)


def tidy(folder: Path) -> None:
    """Complete the change that a crash stopped, and remove what it left half-written."""
    recover(folder)
    for one in (folder, *(folder / name for name in (CONTACTS, UNDO, BACKUPS))):
        sweep(one)


def migrate(
    folder: Path,
    found: int,
    newest: int = FORMAT,
    migrations: Mapping[int, Callable[[Tables], Tables]] = MIGRATIONS,
) -> None:
    """Bring all contacts from format *found* to *newest*, all or none; files that cannot be read stay as they are."""
    version = msgspec.json.encode({"format": newest})
    if found == newest:
        if not (folder / VERSION_FILE).exists():
            write_durably(folder / VERSION_FILE, version)
        return
    transaction = Transaction(folder)
    try:
        for path in sorted((folder / CONTACTS).glob("*.json")):
            try:
                tables: Tables = msgspec.json.decode(path.read_bytes(), type=Tables)
            except msgspec.DecodeError:
                continue  # opening the store sets it aside and reports it
            for step in range(found, newest):
                tables = migrations[step](tables)
            transaction.put(f"{CONTACTS}/{path.name}", msgspec.json.encode(tables))
        transaction.put(VERSION_FILE, version)
        transaction.commit()
    except BaseException:
        transaction.abandon()
        raise
