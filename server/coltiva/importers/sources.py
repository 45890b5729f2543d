"""Files from outside, opened with care: nothing is unpacked to disk, and no file is read further than its cap."""

from __future__ import annotations

import contextlib
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from coltiva.errors import InputFileError
from coltiva.importers.reading import Reading

# Own choices: ten times the largest archive heard of, and below what would fill a small machine.
MAX_MEMBER_BYTES = 1 << 30
MAX_LINE_BYTES = 16 << 20
_MAX_MEMBERS = 100_000
# Text packs 3 to 30 times smaller; a bomb nears the 1,032 times that deflate allows.
_MAX_RATIO, _RATIO_FROM_BYTES = 200, 32 << 20
_ESCAPING = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")
_PROGRESS_EVERY_BYTES = 1 << 20
_HEAD_BYTES = 64 << 10
# What the standard library raises over a damaged archive, depending on where the damage is.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
)
_IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file, alone or in an archive.

    Attributes:
        name: as errors show it, with the folders inside an archive.
        size: in bytes, unpacked.
        open: opens it from its start.
        refusal: why it is not safe to read whole; None where it is.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    refusal: InputFileError | None = None

    @property
    def base_name(self) -> str:
        """The name without folders."""
        return re.split(r"[/\\]", self.name)[-1]

    def head(self) -> bytes:
        """Return the first bytes; InputFileError where they cannot be read."""
        with reading_errors(self.name), self.open() as stream:
            return stream.read(_HEAD_BYTES)

    def open_whole(self) -> BinaryIO:
        """Open it to be read to its end; InputFileError where that is not safe."""
        if self.refusal:
            raise self.refusal
        return self.open()


@contextlib.contextmanager
def open_sources(paths: Iterable[Path]) -> Iterator[tuple[SourceFile, ...]]:
    """Open files, folders and zip archives, and yield all that is in them.

    Raises:
        InputFileError: one of them is missing, damaged, or not safe to read.
    """
    with contextlib.ExitStack() as stack:
        found: list[SourceFile] = []
        for path in paths:
            with reading_errors(str(path)):
                if path.is_dir():
                    inside = sorted(one for one in path.rglob("*") if one.is_file())
                    found.extend(_plain(one, str(one.relative_to(path))) for one in inside)
                elif _starts_like_zip(path):
                    found.extend(_members(stack.enter_context(zipfile.ZipFile(path)), path.name))
                else:
                    found.append(_plain(path, path.name))
        yield tuple(one for one in found if not _IGNORED.search(one.name))


def binary_lines(file: SourceFile, reading: Reading) -> Iterator[bytes]:
    """Yield a file's lines with their ends, and report progress.

    Raises:
        InputFileError: the file is damaged, or one line is too long to be text.
    """
    done = reported = number = 0
    with reading_errors(file.name), file.open_whole() as raw, io.BufferedReader(raw, 1 << 18) as stream:  # type: ignore[type-var]
        while line := stream.readline(MAX_LINE_BYTES):
            number += 1
            if len(line) == MAX_LINE_BYTES:
                where = f"{file.name}:{number}"
                message = f"{where}: expected lines of text; this one is longer than {MAX_LINE_BYTES >> 20} MiB"
                raise InputFileError(message, "long_line", file=where)
            yield line
            done += len(line)
            if done - reported >= _PROGRESS_EVERY_BYTES:
                reported = done
                reading.progress("reading", done, max(file.size, done))
    reading.progress("reading", done, done)


def text_lines(file: SourceFile, reading: Reading) -> Iterator[str]:
    """Yield a file's lines as text: UTF-8 with or without a byte order mark, or UTF-16 with one.

    Raises:
        InputFileError: it is no such text; the error names the line.
    """
    lines = binary_lines(file, reading)
    head = file.head()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from _utf16_lines(file)
        return
    if b"\0" in head:
        raise InputFileError(f"{file.name}: expected text; this is a binary file", "binary_file", file=file.name)
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputFileError(
                f"{file.name}:{number}: expected UTF-8 text; byte {error.start + 1} of the line is none. "
                "Take the file as it was downloaded, or save it again as “CSV UTF-8”",
                "not_utf8",
                file=f"{file.name}:{number}",
                byte=error.start + 1,
            ) from None
        yield text.removeprefix("\ufeff") if number == 1 else text


def read_whole(file: SourceFile, reading: Reading) -> bytes:
    """Return a file's content for formats that have to be read as a whole; InputFileError where it is too large."""
    if file.size > MAX_MEMBER_BYTES:
        raise _too_large(file.name, file.size)
    parts = []
    done = 0
    with reading_errors(file.name), file.open_whole() as stream:
        while part := stream.read(_PROGRESS_EVERY_BYTES):
            parts.append(part)
            done += len(part)
            reading.progress("reading", done, max(file.size, done))
    return b"".join(parts)


@contextlib.contextmanager
def reading_errors(name: str) -> Iterator[None]:
    """Turn whatever opening or reading *name* raises into an InputFileError."""
    try:
        yield
    except _DAMAGE as error:
        message = f"{name}: expected a whole zip archive; it is damaged or cut off ({error})"
        raise InputFileError(message, "damaged_zip", file=name, reason=error) from None
    except (NotImplementedError, RuntimeError) as error:
        message = f"{name}: expected a plain zip archive without a password; {error}"
        raise InputFileError(message, "locked_zip", file=name, reason=error) from None
    except OSError as error:
        reason = error.strerror or error
        raise InputFileError(f"{name}: cannot be read: {reason}", "unreadable", file=name, reason=reason) from None


def _starts_like_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _plain(path: Path, name: str) -> SourceFile:
    return SourceFile(name, path.stat().st_size, lambda: path.open("rb"))


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[SourceFile]:
    """Yield an archive's files; refuses names that would leave it, and sizes that no text has."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MAX_MEMBERS:
        message = f"{name}: expected at most {_MAX_MEMBERS} files in the archive; got {len(infos)}"
        raise InputFileError(message, "too_many_members", file=name, got=len(infos), most=_MAX_MEMBERS)
    for info in infos:
        if _ESCAPING.search(info.filename) or _ESCAPING.search(info.orig_filename):
            message = f"{name}: expected plain file names in the archive; got {info.orig_filename!r}"
            raise InputFileError(message, "escaping_name", file=name, got=repr(info.orig_filename))
    for info in infos:
        opening = partial(archive.open, info)
        yield SourceFile(info.filename, info.file_size, opening, _refusal(info))  # type: ignore[arg-type]


def _refusal(info: zipfile.ZipInfo) -> InputFileError | None:
    if info.file_size > MAX_MEMBER_BYTES:
        return _too_large(info.filename, info.file_size)
    ratio = info.file_size // max(info.compress_size, 1)
    if info.file_size > _RATIO_FROM_BYTES and ratio > _MAX_RATIO:
        message = (
            f"{info.filename}: expected text packed at most {_MAX_RATIO} times smaller; this unpacks to {ratio} times "
            "its size, as archives do that are made to fill a disk"
        )
        return InputFileError(message, "packed_too_tight", file=info.filename, ratio=ratio)
    return None


def _too_large(name: str, size: int) -> InputFileError:
    got, most = size >> 20, MAX_MEMBER_BYTES >> 20
    message = f"{name}: expected at most {most} MiB; got {got} MiB"
    return InputFileError(message, "too_large_file", file=name, got=got, most=most)


def _utf16_lines(file: SourceFile) -> Iterator[str]:
    with reading_errors(file.name), file.open_whole() as raw:
        try:
            for number, line in enumerate(io.TextIOWrapper(raw, "utf-16", newline=""), 1):
                if len(line) > MAX_LINE_BYTES:
                    where = f"{file.name}:{number}"
                    message = f"{where}: expected lines of text; this one is too long"
                    raise InputFileError(message, "long_line", file=where)
                yield line
        except UnicodeError:
            message = f"{file.name}: expected UTF-16 text, as its first bytes say; it is none"
            raise InputFileError(message, "not_utf16", file=file.name) from None
