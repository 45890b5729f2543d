"""Pressure that shares its sentence with an ask or a way out, taken out of it: "Last chance, so | could …"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from coltiva.cues import folded_words
from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.change import Rewriting
from coltiva.rewriting.message import Message, presses
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.rewriter import Rewriter
from coltiva.rewriting.trimming import Read, Trimmed, begun
from coltiva.spans import Span

_MAX_CUTS = 4
_MOST = 0.5  # of a clause's words: then it says nothing but the pressure
_END = re.compile(r"\s?[.!?…]*[)\]\"”»']*\Z")
_MARKS = " \t,;:–—-"
_WORD = re.compile(r"\w+")


def lightened(message: Message, read: Read, rewriter_of: Callable[[Message], Rewriter]) -> Rewriting:
    """Return the lighter version of a message whose asks may stay; none where pressure cannot be parted from them."""
    left = _trimmed(message, read, rewriter_of)
    light = rewriter_of(left.message).lighter() if left is not None else None
    if left is None or light is None:
        return Rewriting()
    changes = left.changes("pressure", light.changes)
    return Rewriting((replace(light, changes=changes),)) if changes else Rewriting()


def _trimmed(message: Message, read: Read, rewriter_of: Callable[[Message], Rewriter]) -> Trimmed | None:
    """Return a message without the pressure in sentences that ask; None where it cannot be parted from them."""
    left = Trimmed.of(message)
    for _ in range(_MAX_CUTS):
        rewriter = rewriter_of(left.message)
        place = _Place.first_in(left.message, rewriter.layout, rewriter.lines)
        if place is None:
            return left
        ways = ((left.without(way.span, way.comes, read), way.loses_ask) for way in place.ways())
        found = next((trimmed for trimmed, loses in ways if place.gone_from(trimmed.message, loses_ask=loses)), None)
        if found is None:
            return None
        left = found
    return None


@dataclass(frozen=True, slots=True)
class _Way:
    """What may be taken out, what comes in its place, and whether an ask that only urges may go with it."""

    span: Span
    comes: str
    loses_ask: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence that asks or leaves a way out, and the pressure in it."""

    message: Message
    layout: Layout
    number: int
    pressure: Finding
    lines: RewriteLines

    @classmethod
    def first_in(cls, message: Message, layout: Layout, lines: RewriteLines) -> _Place | None:
        """Return the first such sentence of a message."""
        for number, piece in enumerate(layout.pieces):
            here = [finding for finding in message.findings if finding.span.overlaps(piece.span)]
            pressure = next((finding for finding in here if presses(finding)), None)
            stays = any(finding.category == "ask" or finding.kind == "easy_out" for finding in here)
            if pressure is not None and (stays or lines.cues["ways_out"].stand_in(piece.words)):
                return cls(message, layout, number, pressure, lines)
        return None

    def gone_from(self, after: Message, *, loses_ask: bool) -> bool:
        """Tell whether *after* has this pressure no more, and all the asks; or one at least, where one may be lost."""
        words = self.pressure.span.of(self.message.draft.text)
        asked, asks = len(_asks(self.message)), len(_asks(after))
        found = [finding.span.of(after.draft.text) for finding in after.findings if presses(finding)]
        had = [finding.span.of(self.message.draft.text) for finding in self.message.findings if presses(finding)]
        return found.count(words) < had.count(words) and not after.early and asks >= (1 if loses_ask else asked)

    def ways(self) -> Iterator[_Way]:
        """Yield what may be taken out, the best first."""
        clauses = self._clauses()
        met = [number for number, clause in enumerate(clauses) if clause.overlaps(self.pressure.span)]
        if not met:
            return
        first, last = met[0], met[-1]
        run = Span(clauses[first].start, clauses[last].end)
        asks = [ask.span for ask in _asks(self.message) if ask.span.overlaps(run)]
        hurry = self._hurry(run)
        # "Could you | by tonight?": the pressure is no more than how soon.
        is_hurry = hurry is not None and hurry.start <= self.pressure.span.start
        urges = not (asks and is_hurry) and self._urges(run, hurry)
        opens = clauses[first - 1].end if first else run.start
        holds_ask = any(opens <= ask.start and ask.end <= run.end for ask in asks)
        if urges or not asks:
            yield _Way(*self._without_clauses(clauses, first, last), loses_ask=urges and bool(asks))
        if hurry is not None:
            yield _Way(*self._without_words(hurry))
        if asks and not urges and not holds_ask:
            yield _Way(*self._without_clauses(clauses, first, last))

    def _urges(self, run: Span, hurry: Span | None) -> bool:
        """Tell whether clauses say little but the pressure: "I need your answer | by tonight"."""
        start, end = max(run.start, self.pressure.span.start), min(run.end, self.pressure.span.end)
        pressed = Span(start, max(end, hurry.end) if hurry else end).of(self.layout.text)
        return len(folded_words(pressed)) >= _MOST * len(folded_words(run.of(self.layout.text)))

    def _clauses(self) -> list[Span]:
        """Return the clauses of the sentence, without the stop that ends it."""
        piece = self.layout.pieces[self.number].span
        core = piece.of(self.layout.text)
        stop = _END.search(core)
        end = piece.start + (stop.start() if stop else len(core))
        clauses, start = [], piece.start
        for mark in self.lines.connectors.finditer(core):
            if mark.start() and piece.start + mark.end() < end:
                clauses.append(Span(start, piece.start + mark.start()))
                start = piece.start + mark.end()
        return [clause for clause in (*clauses, Span(start, end)) if clause.start < clause.end]

    def _without_clauses(self, clauses: Sequence[Span], first: int, last: int) -> tuple[Span, str]:
        """Return what goes and comes where clauses *first* to *last* are taken out."""
        text, is_last = self.layout.text, last + 1 == len(clauses)
        if not first and is_last:
            return self._whole()
        if not first:
            return self._opening(clauses[last + 1].start)
        before = clauses[first - 1].end
        if is_last:
            return Span(before, clauses[last].end), ""
        after = clauses[last + 1].start
        if any(ask.span.start < before and ask.span.end > after for ask in _asks(self.message)):
            return Span(before, after), " "
        joins = (text[clauses[last].end : after], text[before : clauses[first].start])
        return Span(before, after), next((join for join in joins if _WORD.search(join)), joins[0])

    def _whole(self) -> tuple[Span, str]:
        """Return what goes and comes where the whole sentence is taken out, with the space on one side of it."""
        pieces, piece = self.layout.pieces, self.layout.pieces[self.number]
        before = pieces[self.number - 1] if self.number else None
        if before is not None and ("\n" in piece.gap or self.number + 1 == len(pieces)):
            return Span(before.span.end, piece.span.end), ""
        end = piece.span.end + len(piece.gap)
        opens = before is None and end < len(self.layout.text)
        return self._opening(end) if opens else (Span(piece.span.start, end), "")

    def _opening(self, start: int) -> tuple[Span, str]:
        return begun(self.layout.text, self.layout.pieces[self.number].span.start, start, self.lines)

    def _hurry(self, run: Span) -> Span | None:
        """Return the words that only say how soon, where the pressure is one of them: "by tonight at the latest"."""
        words = list(_WORD.finditer(self.layout.text, run.start, run.end))
        folded = [" ".join(folded_words(word.group())) for word in words]
        found: Span | None = None
        at = 0
        while at < len(words):
            size = len(self.lines.cues["hurries"].opening(" ".join(folded[at:])).split())
            span = Span(words[at].start(), words[at + size - 1].end()) if size else None
            if span and found and not _WORD.search(self.layout.text, found.end, span.start):
                found = Span(found.start, span.end)
            elif span and span.overlaps(self.pressure.span) and not found:
                found = span
            at += max(size, 1)
        return found

    def _without_words(self, span: Span) -> tuple[Span, str]:
        """Return what goes and comes where words within a clause are taken out."""
        text, piece = self.layout.text, self.layout.pieces[self.number].span
        if not _WORD.search(text, piece.start, span.start):
            return self._opening(len(text) - len(text[span.end :].lstrip(_MARKS)))
        start = piece.start + len(text[piece.start : span.start].rstrip())
        rest = text[span.end : piece.end]
        ends = rest[:1] in (",", ";", ":") or _END.fullmatch(rest) is not None
        if ends and text[start - 1] == ",":
            start -= 1
            span = Span(span.start, span.end + (rest[:1] == ","))
        return Span(start, span.end), ""


def _asks(message: Message) -> list[Finding]:
    return [finding for finding in message.findings if finding.category == "ask"]
