"""Matching the same messages under many layers: those that a layer does not touch are matched and read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coltiva.draft import Draft
from coltiva.linting import Finding
from coltiva.linting.match import Match, Matched, SentenceMatches
from coltiva.linting.matching import SentenceMatcher
from coltiva.phrase_search import Hit
from coltiva.reader import Reader
from coltiva.rule_pack import Pack

# A phrase: the symbol that it makes, and its text.
Phrased = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the shipped rules make of one message.

    Attributes:
        phrases: every phrase found, those that are silenced among them.
        matches: what is found in each sentence.
        findings: what all checks say of the message.
        stage: the stage reached, as its number.
    """

    phrases: tuple[Phrased, ...]
    matches: tuple[tuple[Match, ...], ...]
    findings: tuple[Finding, ...]
    stage: int


@dataclass(frozen=True, slots=True)
class _Heard(SentenceMatches):
    """The matches of a sentence, and every phrase that was found in it."""

    phrases: frozenset[Phrased] = frozenset()


class ShippedMatcher(SentenceMatcher):
    """Matches the shipped rules and tells every phrase that it has found, those that are silenced among them."""

    def phrases(self, draft: Draft) -> tuple[Phrased, ...]:
        """Return every phrase found in *draft*, in order of name."""
        judged = [one.judged for one in self._look_up(draft)]
        return tuple(sorted({phrase for one in judged if isinstance(one, _Heard) for phrase in one.phrases}))

    def _judge(self, hits: Sequence[Hit], first: int, last: int) -> SentenceMatches:
        judged = super()._judge(hits, first, last)
        phrases = frozenset((hit.symbol, hit.phrase) for hit in hits)
        return _Heard(judged.matches, judged.silences_next, judged.withheld, phrases)


class SharingMatcher(SentenceMatcher):
    """Matches one layered pack; what its layer cannot change in a message is taken from what is known of it.

    Args:
        shipped: the pack without the layer.
        is_tuned: whether the layer sets the reader otherwise than it ships.
    """

    def __init__(self, pack: Pack, reader: Reader | None, shipped: Pack, is_tuned: bool) -> None:
        super().__init__(pack, reader)
        self._is_tuned = is_tuned
        known = {**shipped.rules, **shipped.guards}
        layered = {**pack.rules, **pack.guards}
        self._changed = frozenset(name for name, rule in layered.items() if known.get(name) is not rule)
        self._known: Known | None = None
        self.is_as_shipped = False

    def take(self, draft: Draft, known: Known) -> None:
        """Take in what is known of the message that is matched next, as far as the layer cannot change it.

        Afterwards ``is_as_shipped`` tells whether every rule that has a say in the message is as shipped.
        """
        is_touched = self._is_tuned or self._touches(draft, known)
        self._known = None if is_touched else known
        matched = (match.rule for matches in known.matches for match in matches)
        self.is_as_shipped = not is_touched and self._changed.isdisjoint(matched)

    def matches(self, draft: Draft, caret: int | None = None) -> Matched:
        """Return every sentence of *draft*, the one taken in, with its matches that nothing silences."""
        if self._known is None:
            return super().matches(draft, caret)
        return list(zip(draft.sentences, self._known.matches, strict=True))

    def _touches(self, draft: Draft, known: Known) -> bool:
        """Tell whether the layer finds something of its own in a message, or takes out what is found there."""
        muted, off, own = self.pack.muted, self.pack.off, self.pack.own_index
        if (muted or off) and any(phrase in muted or phrase[0][2:] in off for phrase in known.phrases):
            return True
        return own is not None and any(own.find(draft.tokens, s.first, s.last, s.question) for s in draft.sentences)
