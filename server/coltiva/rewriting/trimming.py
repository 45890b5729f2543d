"""A message with words taken out of it, which still knows where each that is left stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.change import Change
from coltiva.rewriting.composing import lowered
from coltiva.rewriting.message import Message
from coltiva.spans import Span

_NEW = -1
_WORD = re.compile(r"\w+")

# Reads a text again as a message to the same contact.
Read = Callable[[str], Message]


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What is left of a message.

    Attributes:
        whole: the text before anything was taken out.
        message: what is left, read again.
        origins: for each code point that is left, where it stood in *whole*; -1 where it is new.
    """

    whole: str
    message: Message
    origins: tuple[int, ...]

    @classmethod
    def of(cls, message: Message) -> Trimmed:
        """Return *message* with nothing taken out yet."""
        return cls(message.draft.text, message, tuple(range(len(message.draft.text))))

    def without(self, span: Span, comes: str, read: Read) -> Trimmed:
        """Return it with *comes* in place of *span*."""
        return self.replaced([(span, comes)], read)

    def replaced(self, pairs: Sequence[tuple[Span, str]], read: Read) -> Trimmed:
        """Return it with each of *pairs*, which are in order and apart, filled in: a place and what comes there."""
        text, origins = self.message.draft.text, list(self.origins)
        for span, comes in reversed(pairs):
            text = text[: span.start] + comes + text[span.end :]
            origins[span.start : span.end] = [_NEW] * len(comes)
        return Trimmed(self.whole, read(text), tuple(origins))

    def changes(self, why: str, later: tuple[Change, ...]) -> tuple[Change, ...]:
        """Return what was taken out, and the *later* changes of what was left, by their places in *whole*."""
        placed = [replace(change, span=self.placed(change.span)) for change in later]
        placed = [replace(change, goes=change.span.of(self.whole)) for change in placed]
        own = [change for change in self._own(why) if not any(change.span.overlaps(other.span) for other in placed)]
        return tuple(sorted((*own, *placed), key=lambda change: change.span))

    def _own(self, why: str) -> list[Change]:
        """Return what was taken out, with what came in its place."""
        text, found = self.message.draft.text, list[Change]()
        end, comes = 0, ""
        for place, origin in enumerate((*self.origins, len(self.whole))):
            if origin == _NEW:
                comes += text[place]
                continue
            if origin > end or comes:
                found.append(Change(Span(end, origin), self.whole[end:origin], comes, why))
            end, comes = origin + 1, ""
        return found

    def placed(self, span: Span) -> Span:
        """Return where *span* of what is left stood, with what it took the place of."""
        end = self._end_before(span.end)
        if span.start == span.end:
            return Span(end, end)
        start = self.origins[span.start]
        return Span(self._end_before(span.start) if start == _NEW else start, end)

    def _end_before(self, place: int) -> int:
        """Return where the last code point before *place* ended that is not new."""
        return next((origin + 1 for origin in reversed(self.origins[:place]) if origin != _NEW), 0)


def begun(text: str, begins: int, start: int, lines: RewriteLines, subject: str = "") -> tuple[Span, str]:
    """Return what goes and comes where a sentence is to begin at *start*: with a letter as large as its first.

    Args:
        begins: where the sentence begins.
        subject: a word that comes before those at *start*.
    """
    old, new = _WORD.search(text, begins), _WORD.search(text, start)
    if old is None or new is None:
        return Span(begins, start), ""
    word = f"{subject} {new.group()}" if subject else new.group()
    cased = word[0].upper() + word[1:] if old.group()[0].isupper() else lowered(word, lines)
    return Span(begins, new.end()), text[start : new.start()] + cased
