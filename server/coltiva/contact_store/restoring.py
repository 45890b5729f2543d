"""A backup put back into a data folder that holds no contacts: all of it or nothing."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import Transaction
from coltiva.contact_store.folder import (
    BESIDES,
    CONTACTS,
    FORMAT,
    UNDO,
    VERSION_FILE,
    besides_contacts,
    make_private_folders,
    tidy,
)
from coltiva.contact_store.locking import FolderLock
from coltiva.errors import InputFileError, StoreNotEmptyError, StoreVersionError, StoreWriteError

_MEMBER = re.compile(rf"(?:{CONTACTS}|{UNDO})/[A-Za-z0-9_-]+\.json|{BESIDES.pattern}")
# D: own choice: a contact with a million events needs less.
_MOST_BYTES = 256 * 1024 * 1024
# What zipfile raises for damaged archives, besides its own error.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def restore_backup(backup: Path, folder: Path) -> int:
    """Put all that *backup* holds below *folder*; returns how many contacts that are.

    Rules of the user's own that are there stay as they are, all of them, and so do dismissals and counts.

    Opening the store afterwards brings contacts of an older format to this one, and sets files aside that hold none.

    Raises:
        InputFileError: *backup* cannot be read, is damaged, or is no backup of Coltiva; nothing was changed.
        StoreVersionError: a newer Coltiva wrote it.
        StoreNotEmptyError: there are contacts below *folder*; they are as they were.
        StoreLockedError: another process works on *folder*.
        StoreWriteError: it could not be written; nothing was changed.
    """
    try:
        archive = zipfile.ZipFile(backup)
    except OSError as error:
        message = f"{backup}: cannot be read: {error.strerror}"
        raise InputFileError(message, "unreadable", file=backup, reason=error.strerror) from None
    except _UNREADABLE as error:
        message = f"{backup}: expected a backup, a zip archive; {error}"
        raise InputFileError(message, "no_backup", file=backup, reason=error) from None
    with archive:
        _check(archive, backup)
        try:
            return _write(archive, backup, folder)
        except OSError as error:
            message = f"{folder}: the backup could not be put back: {error.strerror}"
            raise StoreWriteError(message, "unwritable", file=folder, reason=error.strerror) from error


def _check(archive: zipfile.ZipFile, backup: Path) -> None:
    """Raise unless all members are those of a backup, in a format that is known."""
    names = archive.namelist()
    strange = [name for name in names if name != VERSION_FILE and not _MEMBER.fullmatch(name)]
    if VERSION_FILE not in names or strange or len(set(names)) < len(names):
        got = f"{strange[0]!r}" if strange else "an archive without it" if VERSION_FILE not in names else "a name twice"
        message = f"{backup}: expected a backup with {VERSION_FILE}, {CONTACTS} and {UNDO}; got {got}"
        raise InputFileError(message, "no_backup", file=backup, reason=strange[0] if strange else VERSION_FILE)
    for info in archive.infolist():
        if info.file_size > _MOST_BYTES:
            message = f"{backup}: {info.filename}: expected at most {_MOST_BYTES:,} bytes unpacked"
            where, size, most = f"{backup}: {info.filename}", info.file_size >> 20, _MOST_BYTES >> 20
            raise InputFileError(message, "too_large_file", file=where, got=size, most=most)
    try:
        found = msgspec.json.decode(_read(archive, VERSION_FILE, backup), type=dict[str, int]).get("format", 0)
    except msgspec.DecodeError as error:
        message = f"{backup}: {VERSION_FILE}: expected the format of the contacts; {error}"
        raise InputFileError(message, "no_backup", file=backup, reason=VERSION_FILE) from None
    if not 1 <= found <= FORMAT:
        message = f"{backup}: the contacts are in format {found}, and this Coltiva knows formats up to {FORMAT}"
        raise StoreVersionError(message, "newer_store", file=backup, got=found, known=FORMAT)


def _write(archive: zipfile.ZipFile, backup: Path, folder: Path) -> int:
    """Write all members below *folder*, in one transaction."""
    make_private_folders(folder)
    lock = FolderLock(folder, "coltiva restore")
    try:
        tidy(folder)
        there = len(list((folder / CONTACTS).glob("*.json")))
        if there:
            raise StoreNotEmptyError(str(folder), there)
        transaction = Transaction(folder)
        # One layer of rules is not mixed with another.
        there_already = {name.partition("/")[0] for name in besides_contacts(folder)}
        wanted = [name for name in archive.namelist() if name.partition("/")[0] not in there_already]
        try:
            for name in wanted:
                _make_private_parents(folder, name)
                transaction.put(name, _read(archive, name, backup))
            # Changes to contacts that are gone cannot be taken back.
            kept = set(archive.namelist())
            for path in (folder / UNDO).glob("*.json"):
                if f"{UNDO}/{path.name}" not in kept:
                    transaction.remove(f"{UNDO}/{path.name}")
            transaction.commit()
        except BaseException:
            transaction.abandon()
            raise
    finally:
        lock.release()
    return sum(name.startswith(CONTACTS) for name in archive.namelist())


def _make_private_parents(folder: Path, name: str) -> None:
    for parent in reversed(Path(name).parents):
        (folder / parent).mkdir(mode=0o700, exist_ok=True)


def _read(archive: zipfile.ZipFile, name: str, backup: Path) -> bytes:
    try:
        return archive.read(name)
    except _UNREADABLE as error:
        message = f"{backup}: {name}: expected a whole backup; it is damaged ({error})"
        raise InputFileError(message, "damaged_backup", file=backup, reason=f"{name}: {error}") from None
