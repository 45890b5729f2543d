"""A sentence as both halves of the second reader see it: its words in a row, with signs for what is no word."""

from __future__ import annotations

from collections.abc import Sequence

from coltiva.tokens import Tokens

# Between the edges of a sentence stand its words, and a sign for each break between clauses.
OPENING, COMMA, CLOSING, ASKING = "^", ",", "$", "$?"
EDGES = frozenset({OPENING, COMMA, CLOSING, ASKING})
_SHAPES = ("placeholder", "email", "url", "clock", "amount", "number")  # each stands for all of its kind
SIGNS = (*(f"<{shape}>" for shape in _SHAPES), COMMA, OPENING, CLOSING, ASKING)

Row = Sequence[str]


def row_of(tokens: Tokens, first: int, last: int, question: bool) -> list[str]:
    """Return the row of the words *first* to *last* (half-open)."""
    words: Sequence[str] = tokens.words[first:last]
    shapes = tokens.shapes[first:last]
    if any(shapes):
        words = [f"<{shape}>" if shape else word for word, shape in zip(words, shapes, strict=True)]
    row, begun = [OPENING], 0
    for i, level in enumerate(tokens.breaks[first + 1 : last], 1):
        if level:
            row += words[begun:i]
            row.append(COMMA)
            begun = i
    row += words[begun:]
    row.append(ASKING if question else CLOSING)
    return row
