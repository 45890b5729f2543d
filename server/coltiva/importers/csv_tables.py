"""CSV tables found by their header: preambles, byte order marks, other delimiters and lost columns are no obstacle."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from coltiva.errors import InputFileError
from coltiva.importers.reading import LeftOut, Reading
from coltiva.importers.sources import SourceFile, text_lines

_DELIMITERS = (",", ";", "\t")
_HEADER_WITHIN_ROWS = 20
# One message may be long; a quote that is never closed must not swallow the file.
csv.field_size_limit(4 << 20)

Row = list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file with a known header.

    Attributes:
        kind: which of the headers looked for it has.
        columns: the position of each column by its name as ``column_name`` folds it.
        header_row: how many rows stand before the first row of data.
    """

    file: SourceFile
    kind: str
    columns: Mapping[str, int]
    delimiter: str
    header_row: int

    def picker(self, *names: str) -> Callable[[Row], list[str]]:
        """Return a function from a row to these columns' cells, trimmed; a column that is missing is empty."""
        # An empty cell behind the row stands for the columns that are missing.
        places = [self.columns.get(name, -1) for name in names]
        of_whole_row = itemgetter(*places, -1)

        def pick(row: Row) -> list[str]:
            try:
                cells = of_whole_row((*row, ""))[:-1]
            except IndexError:
                cells = (row[place] if 0 <= place < len(row) else "" for place in places)
            return list(map(str.strip, cells))

        return pick

    def rows(self, reading: Reading) -> Iterator[tuple[int, Row]]:
        """Yield each row of data that is not empty with its line; rows that are no CSV are counted.

        Raises:
            InputFileError: the file is no text, damaged, or ends within a quoted field.
        """
        rows = csv.reader(text_lines(self.file, reading), delimiter=self.delimiter, strict=True)
        number = 0
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                if "unexpected end" in str(error) or "field larger" in str(error):
                    raise InputFileError(
                        f"{self.file.name}:{rows.line_num}: expected the end of a quoted field; the file ends, or is "
                        "cut off, within it",
                        "cut_off",
                        file=f"{self.file.name}:{rows.line_num}",
                    ) from None
                reading.tally.add(LeftOut.UNPARSED, f"{self.file.name}:{rows.line_num}", "not_csv", reason=error)
                number += 1
                continue
            number += 1
            if number > self.header_row and any(row):
                yield rows.line_num, row


def find_table(file: SourceFile, headers: Mapping[str, frozenset[str]]) -> Table | None:
    """Return the table that *file* holds; None where no row near its start has all columns of one of *headers*.

    Args:
        headers: by kind, the columns that tell it; where several fit the longest counts.
    """
    sample = _sample(file)
    for delimiter in _DELIMITERS:
        for number, row in enumerate(_sample_rows(sample, delimiter), 1):
            names = [column_name(cell) for cell in row]
            fitting = [kind for kind, needed in headers.items() if needed.issubset(names)]
            if fitting:
                columns: dict[str, int] = {}
                for place, name in enumerate(names):
                    columns.setdefault(name, place)
                kind = max(fitting, key=lambda kind: len(headers[kind]))
                return Table(file, kind, columns, delimiter, number)
    return None


def first_line(file: SourceFile) -> str:
    """Return the first line that is not empty, for an error to show."""
    return next((line.strip() for line in _sample(file).splitlines() if line.strip()), "")


def column_name(cell: str) -> str:
    """Return a header's cell in lower case, with single spaces and without quotes."""
    return " ".join(cell.strip(" \t\ufeff\"'").replace("_", " ").lower().split())


def _sample(file: SourceFile) -> str:
    head = file.head()
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    # What is wrong with the encoding is told, with its line, when the rows are read.
    return head.decode(encoding, "replace")


def _sample_rows(sample: str, delimiter: str) -> list[Row]:
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    found: list[Row] = []
    try:
        found.extend(islice(rows, _HEADER_WITHIN_ROWS))
    except csv.Error:
        return []
    return found
