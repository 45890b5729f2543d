"""A backup put back into a data folder that holds no contacts: all of it or nothing."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import Transaction
from coltiva.contact_store.folder import CONTACTS, FORMAT, UNDO, VERSION_FILE, make_private_folders, tidy
from coltiva.contact_store.locking import FolderLock
from coltiva.errors import InputFileError, StoreNotEmptyError, StoreVersionError, StoreWriteError

_MEMBER = re.compile(rf"(?:{CONTACTS}|{UNDO})/[A-Za-z0-9-]+\.json")
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
        raise InputFileError(f"{backup}: cannot be read: {error.strerror}") from None
    except _UNREADABLE as error:
        raise InputFileError(f"{backup}: expected a backup, a zip archive; {error}") from None
    with archive:
        _check(archive, backup)
        try:
            return _write(archive, backup, folder)
        except OSError as error:
            raise StoreWriteError(f"{folder}: the backup could not be put back: {error.strerror}") from error


def _check(archive: zipfile.ZipFile, backup: Path) -> None:
    """Raise unless all members are those of a backup, in a format that is known."""
    names = archive.namelist()
    strange = [name for name in names if name != VERSION_FILE and not _MEMBER.fullmatch(name)]
    if VERSION_FILE not in names or strange or len(set(names)) < len(names):
        got = f"{strange[0]!r}" if strange else "an archive without it" if VERSION_FILE not in names else "a name twice"
        raise InputFileError(f"{backup}: expected a backup with {VERSION_FILE}, {CONTACTS} and {UNDO}; got {got}")
    for info in archive.infolist():
        if info.file_size > _MOST_BYTES:
            raise InputFileError(f"{backup}: {info.filename}: expected at most {_MOST_BYTES:,} bytes unpacked")
    try:
        found = msgspec.json.decode(_read(archive, VERSION_FILE, backup), type=dict[str, int]).get("format", 0)
    except msgspec.DecodeError as error:
        raise InputFileError(f"{backup}: {VERSION_FILE}: expected the format of the contacts; {error}") from None
    if not 1 <= found <= FORMAT:
        message = f"{backup}: the contacts are in format {found}, and this Coltiva knows formats up to {FORMAT}"
        raise StoreVersionError(message)


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
        try:
            for name in archive.namelist():
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


def _read(archive: zipfile.ZipFile, name: str, backup: Path) -> bytes:
    try:
        return archive.read(name)
    except _UNREADABLE as error:
        raise InputFileError(f"{backup}: {name}: expected a whole backup; it is damaged ({error})") from None
