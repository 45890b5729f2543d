"""What an importer is: how it tells its own files, and how it reads one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coltiva.contacts import ContactRecord
from coltiva.importers.reading import Reading
from coltiva.importers.sources import SourceFile


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format that keeps everything in one file.

    Attributes:
        name: of the text that tells it.
        recognizes: whether a file has this format, by its first bytes alone.
        read: yields a record of each person; raises InputFileError where the file is damaged.
    """

    name: str
    recognizes: Callable[[SourceFile], bool]
    read: Callable[[SourceFile, Reading], Iterator[ContactRecord]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one importer will read: the name of its format, and the function that does it."""

    name: str
    read: Callable[[Reading], Iterator[ContactRecord]]
