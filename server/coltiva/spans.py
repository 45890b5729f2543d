"""Half-open stretches of text, in code points inside the core and UTF-16 units outside."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``text[start:end]``, counted in code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the stretch of *text* that the span covers."""
        return text[self.start : self.end]


class Utf16Offsets:
    """Converts offsets of one text from code points to UTF-16 units, as browsers count.

    Lone surrogates count one unit, as they do in JavaScript.
    """

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [i for i, char in enumerate(text) if ord(char) > 0xFFFF]

    def utf16(self, offset: int) -> int:
        """Return *offset* (code points) as UTF-16 units."""
        return offset + bisect_left(self._wide, offset)

    def code_points(self, utf16: int) -> int:
        """Return a UTF-16 offset as code points; one inside a pair counts as before it."""
        offset = utf16
        for wide in self._wide:
            if self.utf16(wide) >= utf16:
                break
            offset = max(wide, offset - 1)
        return offset
