"""What rules and reader find in the sentences of one draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from coltiva.draft import Sentence


class Match(NamedTuple):
    """A rule found in one sentence; words are counted from the sentence's first.

    Attributes:
        rule: the rule's id.
        start, end: half-open range of words that the phrase covers.
        anchor: the word that the phrase was looked up by: what is asked for, rather than how.
        phrase: the phrase as written in the rule.
        fallback: 0, or how far behind other rules of its sentence this one stands.
        reasons: the words that weighed most, where the second reader found it.
    """

    rule: str
    kind: str
    start: int
    end: int
    anchor: int
    phrase: str
    fallback: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceMatches:
    """The matches of one sentence, and the keys of rules that it silences in the next.

    Attributes:
        withheld: kinds that the reader must not add here: guards say so, or the user's layer has taken them out.
    """

    matches: tuple[Match, ...]
    silences_next: frozenset[str]
    withheld: frozenset[str] = frozenset()


# The sentences of a draft, each with its matches that nothing silences.
Matched = list[tuple[Sentence, tuple[Match, ...]]]
