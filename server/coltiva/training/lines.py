"""Lines of which people have said how well they suit a message: what the ranker learns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coltiva.library import Library
from coltiva.reader.ranker import mean_of, means_of
from coltiva.reader.words import Vectors
from coltiva.rewrite_lines import line_id
from coltiva.rewriting.ranking import NOTHING, STRICTLY, Surroundings, line_marks, line_words, long_words

BEST = 2  # the mark of what is said well; 1 may be said, 0 does not suit


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One line as the ranker sees it, with its mark.

    Attributes:
        name: its id.
        group: the strategy, ``memories``, or ``none`` where nothing is added.
        words: the mean of its words' vectors.
        marks: its numbers, in the order of ``LINE_MARKS``.
        shared: how many long words of it stay in the message.
    """

    name: str
    group: str
    words: Vectors
    marks: Sequence[float]
    shared: int
    mark: int


@dataclass(frozen=True, slots=True)
class JudgedMessage:
    """One message with its lines.

    Attributes:
        parts: the mean of the words' vectors of each of its parts.
        marks: its numbers, in the order of ``MESSAGE_MARKS``.
    """

    language: str
    parts: Vectors
    marks: Sequence[float]
    lines: Sequence[JudgedLine]


def judged_lines(library: Library, code: str, judgements: Path) -> Iterator[JudgedMessage]:
    """Yield the judged messages of one language, in the order of its file; none where nobody has judged any yet.

    Args:
        judgements: the folder of a file a language: what stays of which message, and lines with their marks.
    """
    file, reader = judgements / f"{code}.jsonl", library.reader(code)
    if not file.is_file():
        return
    if reader is None or reader.vectors is None:
        raise ValueError(f"{code}: expected a trained reader; there is none")
    rewrites = library.rewrite_lines(code)
    reworded = rewrites.file.judged_as if rewrites is not None else {}
    for judged in map(json.loads, file.read_text("utf-8").splitlines()):
        place = Surroundings(
            judged["head"],
            judged["own"],
            judged["tail"],
            " ".join(judged["asks"]),
            judged["stage"],
            judged["channel"],
            judged["kinds"],
            judged.get(STRICTLY, False),
        )
        said = [(one["group"], one["ground"], one["template"], one["mark"]) for one in judged["lines"]]
        lines = []
        for group, ground, template, mark in (*said, (NOTHING, "", "", judged[NOTHING])):
            text = reworded.get(template, template)  # as the ranker asks for it
            words = line_words(text)
            shared = len(long_words(words) & place.long_words)
            numbers = line_marks(group, ground, text)
            lines.append(JudgedLine(line_id(group, text), group, mean_of(words, reader.vectors), numbers, shared, mark))
        yield JudgedMessage(code, means_of(place.parts, reader.vectors), place.marks(), lines)
