"""Files that hold either what they held before or all of what is new, whenever the power fails.

One file is written to a temporary file, synced, and put in the place of the old one; then the folder is synced.
Several files at once go through a journal: all new contents are written and synced beside the old ones, then the
journal that names them is written; from then on the change counts, and whatever stops it, it is completed at the next
opening. Before that point it never happened.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import zlib
from pathlib import Path

import msgspec

if sys.platform == "darwin":
    import fcntl

TEMPORARY = ".tmp"
JOURNAL = "journal.json"
# Beyond so many files one sync of the whole system is quicker than one for each.
_SYNC_ALL_FROM = 64


class _Replacement(msgspec.Struct):
    """A temporary file, the file that it becomes, and the checksum of its content."""

    temporary: str
    final: str
    checksum: int


class _Journal(msgspec.Struct):
    replace: list[_Replacement]
    remove: list[str]


def write_durably(path: Path, data: bytes) -> None:
    """Put *data* in the place of the file at *path*, or leave that as it is.

    Raises:
        OSError: it could not be written; the file then holds the old content or the whole new one.
    """
    temporary = _write_temporary(path, data, sync=True)
    try:
        os.replace(temporary, path)
    except BaseException:
        _discard(temporary)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _sync(descriptor)
    finally:
        os.close(descriptor)


class Transaction:
    """Changes to files below *root* that happen together or not at all.

    Contents are written as they come, so that a transaction may be larger than memory. Names are relative to *root*.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._written: dict[str, tuple[Path, int]] = {}
        self._removed: dict[str, None] = {}

    def put(self, name: str, data: bytes) -> None:
        """Stage a file's new content; OSError where it cannot be written."""
        old = self._written.pop(name, None)
        if old is not None:
            _discard(old[0])
        # Not synced yet: a single file syncs at the end, and many share one sync.
        self._written[name] = (_write_temporary(self._root / name, data, sync=False), zlib.crc32(data))
        self._removed.pop(name, None)

    def remove(self, name: str) -> None:
        """Stage the removal of a file."""
        old = self._written.pop(name, None)
        if old is not None:
            _discard(old[0])
        self._removed[name] = None

    def staged(self, name: str) -> bytes | None:
        """Return the content staged under *name*; None where there is none."""
        found = self._written.get(name)
        return found[0].read_bytes() if found is not None else None

    @property
    def is_journaled(self) -> bool:
        """Whether it touches more than one file, or removes one."""
        return len(self._written) > 1 or bool(self._removed)

    def abandon(self) -> None:
        """Drop everything that was staged."""
        for temporary, _ in self._written.values():
            _discard(temporary)
        self._written.clear()
        self._removed.clear()

    def commit(self) -> None:
        """Make all of it durable.

        Raises:
            OSError: nothing has changed, or, where the journal exists, ``recover`` completes the change.
        """
        if not self._written and not self._removed:
            return
        try:
            self._sync_staged()
            if not self.is_journaled:
                self._commit_one()
                return
            journal = self._write_journal()
        except BaseException:
            # The journal first: without its files it must not be found.
            _discard(self._root / JOURNAL)
            self.abandon()
            raise
        # The journal is in force: from here on nothing is abandoned.
        self._written.clear()
        self._removed.clear()
        _complete(self._root, journal)

    def _sync_staged(self) -> None:
        temporaries = [temporary for temporary, _ in self._written.values()]
        if len(temporaries) >= _SYNC_ALL_FROM and sys.platform == "linux":
            os.sync()
            return
        for temporary in temporaries:
            # Windows syncs only what is open for writing.
            descriptor = os.open(temporary, os.O_RDWR)
            try:
                _sync(descriptor)
            finally:
                os.close(descriptor)

    def _commit_one(self) -> None:
        ((name, (temporary, _)),) = self._written.items()
        os.replace(temporary, self._root / name)
        self._written.clear()
        sync_folder((self._root / name).parent)

    def _write_journal(self) -> _Journal:
        replacements = [
            _Replacement(temporary.relative_to(self._root).as_posix(), name, checksum)
            for name, (temporary, checksum) in self._written.items()
        ]
        for folder in {temporary.parent for temporary, _ in self._written.values()}:
            sync_folder(folder)
        journal = _Journal(replacements, list(self._removed))
        write_durably(self._root / JOURNAL, msgspec.json.encode(journal))
        return journal


def recover(root: Path) -> None:
    """Complete the change that a journal below *root* names; a journal whose files are gone is void.

    Raises:
        OSError: it could not be completed yet; calling this again goes on.
    """
    path = root / JOURNAL
    try:
        journal = msgspec.json.decode(path.read_bytes(), type=_Journal)
    except FileNotFoundError:
        return
    except msgspec.DecodeError:
        # A journal is put in place whole; one that cannot be read was never in force.
        _discard(path)
        return
    if all(_can_complete(root, one) for one in journal.replace):
        _complete(root, journal)
    else:
        _discard(path)


def pending(root: Path) -> dict[str, Path | None]:
    """Return what the journal below *root* names, for who reads while it is in force.

    Returns:
        Each file's name → where its content is for now, or None where the file goes; nothing without a journal.
    """
    try:
        journal = msgspec.json.decode((root / JOURNAL).read_bytes(), type=_Journal)
        if not all(_can_complete(root, one) for one in journal.replace):
            return {}
    except (FileNotFoundError, msgspec.DecodeError):
        return {}
    places = {one.final: (root / one.temporary, root / one.final) for one in journal.replace}
    replaced = {name: next(filter(Path.exists, both), both[1]) for name, both in places.items()}
    return {**replaced} | dict.fromkeys(journal.remove)


def sweep(folder: Path) -> int:
    """Remove temporary files that a crash left in *folder*; returns how many."""
    orphans = [entry.path for entry in os.scandir(folder) if entry.name.endswith(TEMPORARY)]
    for orphan in orphans:
        os.unlink(orphan)
    return len(orphans)


def _complete(root: Path, journal: _Journal) -> None:
    """Put every file in its place; may be called again where it was stopped."""
    for one in journal.replace:
        with contextlib.suppress(FileNotFoundError):
            os.replace(root / one.temporary, root / one.final)
    for name in journal.remove:
        (root / name).unlink(missing_ok=True)
    names = [*(one.final for one in journal.replace), *journal.remove]
    for folder in {(root / name).parent for name in names}:
        sync_folder(folder)
    (root / JOURNAL).unlink()
    sync_folder(root)


def _can_complete(root: Path, one: _Replacement) -> bool:
    for name in (one.temporary, one.final):
        try:
            if zlib.crc32((root / name).read_bytes()) == one.checksum:
                return True
        except FileNotFoundError:
            continue
    return False


def _write_temporary(path: Path, data: bytes, *, sync: bool) -> Path:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if sync:
                _sync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        _discard(temporary)
        raise
    return temporary


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        # There fsync alone stops at the drive's own memory.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
