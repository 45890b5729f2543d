"""Imports that a page has under way: files come in pieces, a dry run says what they hold, then they are added."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from coltiva.contact_store import ContactStore
from coltiva.errors import (
    ColtivaError,
    InputFileError,
    InternalError,
    PayloadError,
    RequestRefused,
    UnknownContactError,
    UnknownOwnerError,
)
from coltiva.importing import ImportReport, run_import
from coltiva.speech import Speech

MAX_UPLOAD_BYTES = 4 << 30
MAX_FILES = 200
_MOST_JOBS = 8
_FOLDER = "uploads"
_NOT_IN_NAMES = re.compile(r"[^\w .()\-]+")


class State(StrEnum):
    """Where an import stands."""

    UPLOADING = "uploading"
    READING = "reading"  # the dry run
    PLANNED = "planned"
    ADDING = "adding"
    DONE = "done"
    FAILED = "failed"


@dataclass(slots=True)
class Upload:
    """One file that comes in pieces."""

    path: Path
    size: int
    received: int = 0


@dataclass(slots=True)
class ImportJob:
    """One import of one page; its fields are written by one thread at a time and read by any."""

    id: str
    folder: Path
    files: Sequence[Upload]
    state: State = State.UPLOADING
    progress: tuple[str, int, int] = ("", 0, 0)
    report: ImportReport | None = None
    error: ColtivaError | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def to_dict(self, say: Speech) -> dict[str, object]:
        """Return where the import stands as JSON takes it, with what it says told in a language."""
        phase, done, total = self.progress
        return {
            "id": self.id,
            "state": self.state.value,
            "received": [one.received for one in self.files],
            "progress": {"phase": phase, "done": done, "total": total},
            "report": self.report.to_dict(say) if self.report else None,
            "error": {"code": _code(self.error), "message": say.error(self.error)} if self.error else None,
        }


class _ForgottenError(Exception):
    """Nobody wants the import any more that is under way."""


class ImportJobs:
    """The imports under way of one store; uploads lie in a private folder beside the contacts until they are added."""

    def __init__(self, store: ContactStore, today: Callable[[], date]) -> None:
        self._store, self._today = store, today
        self._folder = store.folder / _FOLDER
        # What a server that was stopped has left.
        shutil.rmtree(self._folder, ignore_errors=True)
        self._jobs: dict[str, ImportJob] = {}
        self._lock = threading.Lock()

    def begin(self, files: Sequence[tuple[str, int]]) -> ImportJob:
        """Return a new import of files, each with its name and size in bytes.

        Raises:
            PayloadError: there are too many files, or they are too large for the disk.
        """
        if not 1 <= len(files) <= MAX_FILES:
            message = f"expected 1 to {MAX_FILES} files; got {len(files)}"
            raise PayloadError("files", message, "too_many_files", most=MAX_FILES, got=len(files))
        total = sum(size for _, size in files)
        if total > MAX_UPLOAD_BYTES:
            most, got = MAX_UPLOAD_BYTES >> 20, total >> 20
            message = f"expected at most {most} MiB; got {got} MiB"
            raise PayloadError("files", message, "too_large_files", most=most, got=got)
        if total > shutil.disk_usage(self._store.folder).free // 2:
            message = "expected files that leave half of the disk's free space; these do not"
            raise PayloadError("files", message, "disk_full")
        job_id = secrets.token_hex(8)
        folder = self._folder / job_id
        uploads = [Upload(folder / f"{i}" / _safe_name(name), size) for i, (name, size) in enumerate(files)]
        for upload in uploads:
            upload.path.parent.mkdir(mode=0o700, parents=True)
            os.close(os.open(upload.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        job = ImportJob(job_id, folder, uploads)
        with self._lock:
            self._drop_oldest()
            self._jobs[job_id] = job
        return job

    def get(self, job_id: str) -> ImportJob:
        """Return an import; UnknownContactError where there is none."""
        with self._lock:
            if job_id not in self._jobs:
                raise UnknownContactError(
                    "unknown_import", f"there is no import {job_id!r}; it may have been too long ago"
                )
            return self._jobs[job_id]

    def receive(self, job: ImportJob, number: int, offset: int, content: bytes) -> None:
        """Take the next piece of a file.

        Raises:
            PayloadError: it is not the next piece, or more than the file's size.
        """
        with job.lock:
            if job.state is not State.UPLOADING or not 0 <= number < len(job.files):
                message = "expected a file of an import that is being uploaded"
                raise PayloadError("file", message, "broken_upload")
            upload = job.files[number]
            if offset != upload.received or offset + len(content) > upload.size:
                message = f"expected the piece at {upload.received} of {upload.size}; got {offset}"
                raise PayloadError("offset", message, "broken_upload")
            with upload.path.open("ab") as stream:
                stream.write(content)
            upload.received += len(content)

    def plan(self, job: ImportJob, owner: str, language: str) -> None:
        """Start the dry run; it may be started again with another *owner*; see ``run_import`` for *language*."""
        self._check_whole(job)
        self._start(job, State.READING, owner, language, (State.UPLOADING, State.PLANNED, State.FAILED))

    def apply(self, job: ImportJob, owner: str, language: str) -> None:
        """Start adding what the dry run has shown, or would where there was none; see ``run_import`` for *language*."""
        self._check_whole(job)
        self._start(job, State.ADDING, owner, language, (State.UPLOADING, State.PLANNED))

    def forget(self, job: ImportJob) -> None:
        """Remove an import and its files; one that is being read or added stops, and adds nothing."""
        with self._lock:
            self._jobs.pop(job.id, None)
        if job.state not in (State.READING, State.ADDING):
            shutil.rmtree(job.folder, ignore_errors=True)

    @staticmethod
    def _check_whole(job: ImportJob) -> None:
        if any(one.received < one.size for one in job.files):
            raise PayloadError("files", "expected all pieces of all files first", "broken_upload")

    def _start(self, job: ImportJob, state: State, owner: str, language: str, allowed: tuple[State, ...]) -> None:
        with job.lock:
            if job.state not in allowed:
                raise RequestRefused("wrong_state", f"the import is {job.state}; it cannot be started now", 409)
            job.state, job.error, job.progress = state, None, ("", 0, 0)
        given = (job, owner, language, state is State.READING)
        threading.Thread(target=self._run, args=given, name=f"import-{job.id}", daemon=True).start()

    def _run(self, job: ImportJob, owner: str, language: str, dry_run: bool) -> None:
        def progress(phase: str, done: int, total: int) -> None:
            if job.id not in self._jobs:
                raise _ForgottenError
            job.progress = (phase, done, total)

        try:
            paths = [one.path for one in job.files]
            job.report = run_import(
                paths,
                self._store,
                today=self._today(),
                dry_run=dry_run,
                owner=owner,
                language=language,
                progress=progress,
            )
            job.state = State.PLANNED if dry_run else State.DONE
        except ColtivaError as error:
            job.error = error
            job.state = State.FAILED
        except _ForgottenError:
            job.state = State.FAILED
        except BaseException as error:
            job.error = InternalError(type(error).__name__)
            job.state = State.FAILED
            raise
        finally:
            if job.state is State.DONE or job.id not in self._jobs:
                shutil.rmtree(job.folder, ignore_errors=True)

    def _drop_oldest(self) -> None:
        idle = [job for job in self._jobs.values() if job.state not in (State.READING, State.ADDING)]
        for job in idle[: max(0, len(self._jobs) - _MOST_JOBS + 1)]:
            del self._jobs[job.id]
            shutil.rmtree(job.folder, ignore_errors=True)


def _code(error: ColtivaError) -> str:
    if isinstance(error, UnknownOwnerError):
        return "unknown_owner"
    return "bad_file" if isinstance(error, InputFileError) else "not_imported"


def _safe_name(name: str) -> str:
    """Return the last part of a name without what could lead elsewhere; importers look at it, errors show it."""
    base = _NOT_IN_NAMES.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")
    return base[-100:] or "file"
