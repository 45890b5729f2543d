"""Small files that the user alone may read."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TypeVar

import msgspec

from coltiva.contact_store.durable import write_durably
from coltiva.errors import StoreWriteError

ACCESS = "access"
_Kind = TypeVar("_Kind", bound=msgspec.Struct)


def access_folder(data_folder: Path) -> Path:
    """Return the private folder beside the contacts, made where it is missing."""
    folder = data_folder / ACCESS
    try:
        for one in (data_folder, folder):
            one.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        message = f"{folder}: cannot be made: {error.strerror}"
        raise StoreWriteError(message, "unwritable", file=folder, reason=error.strerror) from error
    return folder


def read_private(path: Path, kind: type[_Kind]) -> _Kind | None:
    """Return what a file holds; None where it is missing or holds something else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None


def write_private(path: Path, content: msgspec.Struct) -> None:
    """Put *content* in the place of a file that the user alone may read."""
    try:
        write_durably(path, msgspec.json.encode(content))
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise StoreWriteError(message, "unwritable", file=path, reason=error.strerror) from error


def take_away(path: Path) -> bool:
    """Remove a file; returns whether it was this call that did."""
    with contextlib.suppress(OSError):
        path.unlink()
        return True
    return False
