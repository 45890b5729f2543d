"""Messages of which people have said which sentences stay beside an ask that is taken out: what the keeper learns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from coltiva.contacts import Contact
from coltiva.draft import Draft, read_draft
from coltiva.evaluation import labelled_asks
from coltiva.history import relate
from coltiva.library import Library
from coltiva.linting import SentenceMatcher, lint
from coltiva.linting.finding import Finding, Severity
from coltiva.reader.words import Vectors
from coltiva.rewriting.beside import Beside, piece_rows
from coltiva.rewriting.laying_out import lay_out
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.removing import removals
from coltiva.spans import Span

STAYS, GOES, EITHER = "stays", "goes", "either"
_LONGEST = 60  # words of a sentence that are learnt from


@dataclass(frozen=True, slots=True)
class Judged:
    """One message.

    Attributes:
        vectors: those of the words of each of its sentences.
        asks: the numbers of the sentences that ask.
        marks: number of a judged sentence → its numbers, in the order of ``MARKS``.
        labels: number of a judged sentence → ``stays``, ``goes`` or ``either``.
    """

    language: str
    vectors: Sequence[Vectors]
    asks: Sequence[int]
    marks: Mapping[int, Sequence[float]]
    labels: Mapping[int, str]


def judged_messages(library: Library, code: str, corpus: Path, judgements: Path) -> Iterator[Judged]:
    """Yield the judged messages of one language, in the order of its file; none where nobody has judged any yet.

    Args:
        judgements: the folder of a file a language: which message of which set, and which of its sentences stay.
    """
    file = judgements / f"{code}.jsonl"
    if not file.is_file():
        return
    reader, lines, pack = library.reader(code), library.rewrite_lines(code), library.pack(code)
    if reader is None or reader.vectors is None or lines is None:
        raise ValueError(f"{code}: expected a trained reader and lines for rewrites; there are none")
    matcher, known = SentenceMatcher(pack, reader), _Records(corpus, code)
    for judgement in map(json.loads, file.read_text("utf-8").splitlines()):
        record = known.record(judgement["set"], judgement["id"])
        draft = read_draft(record["text"], pack.wording)
        asks = _asks_of(record)
        contact = Contact(record["contact"]["name"])
        findings = (*asks, *_signals_in(draft, record, library, matcher))
        layout = lay_out(draft, findings, pack.words, lines, contact, pack.wording.run_ons)
        ruled = removals(layout, findings, lines, contact)
        asking = [n for n, piece in enumerate(layout.pieces) if any(ask.span.overlaps(piece.span) for ask in asks)]
        labels = {n: label for n, label in _labels(layout, judgement).items() if n not in asking}
        if not asking or not labels:
            continue
        beside = Beside(layout, asking, ruled, findings, lines, pack.words)
        rows = piece_rows(draft, layout)
        yield Judged(
            code,
            [reader.vectors.matrix(row[:_LONGEST]) for row in rows],
            asking,
            {number: beside.marks(number) for number in labels},
            labels,
        )


class _Records:
    """The labelled messages of one language, read set by set."""

    def __init__(self, corpus: Path, code: str) -> None:
        self._corpus, self._code = corpus, code
        self._sets: dict[str, dict[str, dict[str, Any]]] = {}

    def record(self, folder: str, record_id: str) -> dict[str, Any]:
        """Return a message by its set and id."""
        if folder not in self._sets:
            lines = (self._corpus / folder / f"{self._code}.jsonl").read_text("utf-8").splitlines()
            self._sets[folder] = {one["id"]: one for one in map(json.loads, lines)}
        return self._sets[folder][record_id]


def _asks_of(record: Mapping[str, Any]) -> list[Finding]:
    """Return the labelled asks as findings that come too early."""
    return [
        Finding("ask", label.kind, "labelled", label.span, Severity.ERROR, premature=True)
        for label in labelled_asks(record)
        if label.span is not None
    ]


def _signals_in(
    draft: Draft, record: Mapping[str, Any], library: Library, matcher: SentenceMatcher
) -> Iterator[Finding]:
    """Yield what is found besides asks, by the words alone: nothing is known of the contact."""
    relation = relate((), date.fromisoformat(record["today"]), library.gates, None)
    found = lint(draft, relation, Contact(record["contact"]["name"]), record["channel"], library, matcher)
    yield from (finding for finding in found if finding.category != "ask" and finding.kind != "false_history")


def _labels(layout: Layout, judgement: Mapping[str, Any]) -> dict[int, str]:
    """Return the label of each piece: that of the judged sentence with which it shares most."""
    labels: dict[int, str] = {}
    for number, piece in enumerate(layout.pieces):
        shared = {
            label: max((_shared(layout.text, quote, piece.span) for quote in judgement[label]), default=0)
            for label in (STAYS, GOES, EITHER)
        }
        best = max(shared, key=lambda label: shared[label])
        if shared[best]:
            labels[number] = best
    return labels


def _shared(text: str, quote: str, span: Span) -> int:
    start = text.find(quote)
    return max(0, min(span.end, start + len(quote)) - max(span.start, start))
