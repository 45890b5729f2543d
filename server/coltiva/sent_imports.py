"""An import that the running server does: the files go there piece by piece, and how far it is comes back."""

from __future__ import annotations

import os
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from coltiva.errors import AnsweredError, ColtivaError, StoreLockedError
from coltiva.importers import choose_importers, open_sources
from coltiva.importers.sources import reading_errors
from coltiva.running_server import Answer, RunningServer, server_in_place_of

_LOOK_EVERY_SECONDS = 0.1

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Sent:
    """One file on its way."""

    name: str
    size: int
    content: IO[bytes]


def import_in_place_of(
    refusal: StoreLockedError, folder: Path, paths: Sequence[Path], owner: str, language: str, progress: Progress
) -> Answer:
    """Have the server that works on *folder* import files, all or nothing; returns the report as JSON.

    Args:
        progress: gets ``copying``, then what ``Reading`` tells; with how much is done, and of how much.

    Raises:
        StoreLockedError: *refusal* itself, where no server keeps it, or the files are too much to be handed on.
        InputFileError: a file cannot be read, or is nothing to import.
        AnsweredError: the server could not import them.
    """
    with server_in_place_of(refusal, folder, language) as server, ExitStack() as opened:
        # What can be told from a look is told before anything is sent, with the names as they were typed.
        with open_sources(paths) as found:
            choose_importers(found)
        files = [_open(path, opened) for path in paths]
        try:
            job = server.ask("POST", "/imports", {"files": [{"name": one.name, "size": one.size} for one in files]})
        except AnsweredError as error:
            raise (refusal if error.field == "files" else error) from None
        place = f"/imports/{job['id']}"
        try:
            _send(server, place, files, job["piece_bytes"], progress)
            server.ask("POST", f"{place}/apply", {"owner": owner})
            return _followed(server, place, progress)
        finally:
            # Whoever stops the command wants no more of it; one that is done is gone from the disk as well.
            with suppress(ColtivaError):
                server.ask("DELETE", place, is_once=True)


def _send(server: RunningServer, place: str, files: Sequence[_Sent], piece_bytes: int, progress: Progress) -> None:
    total, done = sum(one.size for one in files), 0
    for number, file in enumerate(files):
        sent = 0
        while piece := file.content.read(min(piece_bytes, file.size - sent)):
            server.send_piece(f"{place}/files/{number}", piece, offset=sent)
            sent += len(piece)
            done += len(piece)
            progress("copying", done, total)


def _followed(server: RunningServer, place: str, progress: Progress) -> Answer:
    """Return the report of an import once it is done."""
    while True:
        job = server.ask("GET", place)
        reached = job["progress"]
        if reached["phase"]:
            progress(reached["phase"], reached["done"], reached["total"])
        if job["error"] is not None:
            raise AnsweredError(job["error"]["message"], job["error"]["code"], "")
        if job["state"] == "done":
            report: Answer = job["report"]
            return report
        time.sleep(_LOOK_EVERY_SECONDS)


def _open(path: Path, opened: ExitStack) -> _Sent:
    """Open a file, or a folder packed as one."""
    with reading_errors(str(path)):
        opening: AbstractContextManager[IO[bytes]] = _packed(path) if path.is_dir() else path.open("rb")
        content = opened.enter_context(opening)
        size = content.seek(0, os.SEEK_END)
        content.seek(0)
        return _Sent(path.name, size, content)


@contextmanager
def _packed(folder: Path) -> Iterator[IO[bytes]]:
    """Give an archive of a folder's files, under the names that they have in it."""
    with tempfile.TemporaryFile() as packed:
        with zipfile.ZipFile(packed, "w", strict_timestamps=False) as archive:
            for one in sorted(folder.rglob("*")):
                if one.is_file():
                    archive.write(one, one.relative_to(folder).as_posix())
        yield packed
