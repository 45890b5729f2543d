"""The friendly lines of the rewrites, as sentences without ask: what Coltiva offers must not look like one to it."""

from __future__ import annotations

from collections.abc import Iterator

from coltiva.library import Library
from coltiva.linting.matching import SentenceMatcher
from coltiva.rewrite_lines import Line, RewriteLines
from coltiva.rewriting.saying import filled
from coltiva.training.examples import Example, examples_of

# Groups whose lines never ask; those of the others ask for something small, or easily.
_GROUPS = ("memories", "wait", "give_first", "reconnect")
_SLOTS = ("topic", "place", "company", "thing", "note", "liked", "name")
# Facts as a record might hold them, two for each slot, so that no single word learns to mean "no ask".
_FACTS = (
    dict(zip(_SLOTS, ("jazz", "Bologna", "Acme", "the map", "jazz", "Bach", "Ada Rossi"), strict=True)),
    dict(zip(_SLOTS, ("solar", "Expo 26", "Nordlicht", "Foto", "trail", "tango", "Leo Klein"), strict=True)),
)
_MONTHS = (1, 8)  # places in the language's list


def clean_messages(library: Library, matcher: SentenceMatcher) -> Iterator[list[Example]]:
    """Yield every such line of the matcher's language as a message of its own, once for each set of facts."""
    lines = library.rewrite_lines(matcher.pack.language)
    if lines is None:
        return
    for group in _GROUPS:
        for line in lines.lines[group]:
            for text in _texts(line, lines):
                record = {"text": text, "asks": []}
                yield list(examples_of(record, matcher, folder="rewrites"))


def _texts(line: Line, lines: RewriteLines) -> Iterator[str]:
    months = lines.file.when.months.split()
    for facts, month in zip(_FACTS if line.slots else _FACTS[:1], _MONTHS, strict=False):
        values = facts | {"when": lines.file.when.month.format(month=months[month])}
        yield filled(line, {slot: values[slot] for slot in line.slots}, (), lines).text
