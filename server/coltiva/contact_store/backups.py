"""Backups that rotate: zips of contacts and of the user's rules, the newest few kept, and one of each month."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from coltiva.contact_store.durable import TEMPORARY, sync_folder
from coltiva.contact_store.folder import BACKUPS, CONTACTS, UNDO, besides_contacts

_NEWEST, _MONTHS = 7, 6  # D: own choice: a week to notice a slip, half a year for the rest
_NAME = "coltiva-%Y-%m-%dT%H%M%S.zip"


def newest_backup(folder: Path) -> datetime | None:
    """Return when the newest backup below *folder* was made, local time; None where there is none."""
    names = _names(folder)
    return _made_at(names[-1]) if names else None


def make_backup(folder: Path, now: datetime, generation: Callable[[], int]) -> Path:
    """Write a backup and remove those that are too many; returns its path.

    Args:
        generation: a number that rises with every change to several files; a backup across one starts again, since
            it could hold one of two merged contacts before and the other after.

    Raises:
        OSError: it could not be written; the older ones are there still.
    """
    path = folder / BACKUPS / now.strftime(_NAME)
    temporary = path.with_name(f".{path.name}{TEMPORARY}")
    try:
        while True:
            started = generation()
            _write(temporary, folder)
            if generation() == started:
                break
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
    kept = names_to_keep(_names(folder))
    for name in _names(folder):
        if name not in kept:
            (path.parent / name).unlink(missing_ok=True)
    return path


def names_to_keep(names: Iterable[str]) -> set[str]:
    """Return the newest names, and the first of each of the latest months."""
    ordered = sorted(names)
    first_of_month: dict[str, str] = {}
    for name in ordered:
        first_of_month.setdefault(name[:15], name)
    return {*ordered[-_NEWEST:], *list(first_of_month.values())[-_MONTHS:]}


def _names(folder: Path) -> list[str]:
    """Return the backups made here, oldest first; copies that somebody renamed are theirs."""
    return sorted(path.name for path in (folder / BACKUPS).glob("coltiva-*.zip") if _made_at(path.name))


def _made_at(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, _NAME)
    except ValueError:
        return None


def _write(temporary: Path, folder: Path) -> None:
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            names = [f"{part}/{path.name}" for part in (CONTACTS, UNDO) for path in (folder / part).glob("*.json")]
            for name in (*sorted(names), *besides_contacts(folder)):
                try:
                    content = (folder / name).read_bytes()
                except FileNotFoundError:
                    continue  # deleted meanwhile
                archive.writestr(name, content)
            archive.writestr("store.json", (folder / "store.json").read_bytes())
        file.flush()
        os.fsync(file.fileno())
