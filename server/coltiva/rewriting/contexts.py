"""Which of ``CONTEXTS`` the words make that stay of a message."""

from __future__ import annotations

from collections.abc import Sequence

from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.pieces import Piece
from coltiva.rule_pack import AddressWords

TELLING_WORDS = 2  # words such as I and my from which on a message that also speaks of you tells of its sender


def context_of(kept: Sequence[Piece], address: AddressWords, lines: RewriteLines) -> str:
    """Return which of ``CONTEXTS`` the words that stay make: the sender's own news speak more of I than of you."""
    if not kept:
        return "nothing"
    told = address.first_person | lines.words["tells"]

    def persons(words: Sequence[str]) -> tuple[int, int]:
        return sum(map(told.__contains__, words)), sum(map(address.second_person.__contains__, words))

    first, second = persons(" ".join(piece.words for piece in kept).split())
    if persons(kept[-1].words.split())[1]:
        return "words"  # they have turned to the contact already
    return "own" if first > second and (first >= TELLING_WORDS or not second) else "words"
