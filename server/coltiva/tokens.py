"""Words as phrases see them: folded, respelled, and the record of a text cut into them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from coltiva.run_ons import RunOns

NO_BREAK, CLAUSE_BREAK, SENTENCE_BREAK = 0, 1, 2

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'"})


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return *word* without case, accents, ligatures and styled letters; apostrophes are dropped."""
    if word.isascii():
        return word.lower().replace("'", "")
    plain = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c) and c != "'")


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """How one language's words are cut and respelled; compared by identity.

    Attributes:
        splits_elisions: whether an apostrophe ends a word (``l'azienda`` is two words).
        spellings: folded spelling → the folded words that it stands for.
        abbreviations: folded words whose full stop ends no sentence.
        ordinals_go_on: folded words, such as months, before which the full stop of an ordinal number ends no sentence,
            as it does before none with a small letter; empty where ordinals have no full stop.
        run_ons: what cuts long sentences without marks; None cuts none.
    """

    splits_elisions: bool = False
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()
    ordinals_go_on: frozenset[str] = frozenset()
    run_ons: RunOns | None = None

    def words_of(self, raw: str) -> tuple[str, ...]:
        """Return the folded words that one typed word stands for."""
        spelled = self.spellings.get(fold(raw))
        if spelled is not None:
            return spelled
        if not self.splits_elisions:
            return (fold(raw),)
        parts = [fold(part) for part in raw.translate(_APOSTROPHES).split("'") if part]
        words: list[str] = []
        for part in parts:
            words.extend(self.spellings.get(part, (part,)))
        return tuple(words)


class Tokens(NamedTuple):
    """The words of a text, in order; the sequences run in parallel.

    Attributes:
        words: folded words; a spelling such as ``I'd`` gives two with the same place.
        shapes: ``""`` for a plain word, else url, email, number, amount, clock or placeholder.
        capitals: whether the word is typed with a capital.
        starts, ends: half-open places in the text, in code points.
        breaks: what stands before the word: no break, the end of a clause or of a sentence.
        questions: whether a question mark stands before the word.
    """

    words: tuple[str, ...]
    shapes: tuple[str, ...]
    capitals: tuple[bool, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]
    questions: tuple[bool, ...]
    closing_question: bool
