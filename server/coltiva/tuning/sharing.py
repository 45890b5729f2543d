"""Matching the same messages under many layers: those that a layer does not touch are matched and read once."""

from __future__ import annotations

from dataclasses import dataclass, field

from coltiva.draft import Draft, Sentence
from coltiva.linting.matching import Match, SentenceMatcher
from coltiva.phrase_search import Hit
from coltiva.reader import Reader, Tuning
from coltiva.rule_pack import Pack

Matched = list[tuple[Sentence, tuple[Match, ...]]]


@dataclass(slots=True)
class SharedMessages:
    """What is known of one language's messages without the user's layer, by identity; they must be kept as long.

    Attributes:
        hits: a draft and the first word of a sentence → what the shipped phrases find there.
        matches: a draft and how the reader is set → what is found in the whole message.
    """

    hits: dict[tuple[int, int], list[Hit]] = field(default_factory=dict)
    matches: dict[tuple[int, Tuning | None], Matched] = field(default_factory=dict)


class SharingMatcher(SentenceMatcher):
    """Matches one layered pack; messages that its layer does not touch are taken from what is shared."""

    def __init__(self, pack: Pack, reader: Reader | None, shared: SharedMessages) -> None:
        super().__init__(pack, reader)
        self._shared = shared

    def matches(self, draft: Draft, caret: int | None = None) -> Matched:
        """Return every sentence of *draft*, which nobody is typing, with its matches that nothing silences."""
        if any(self._is_touched(draft, sentence) for sentence in draft.sentences):
            return super().matches(draft, caret)
        key = (id(draft), self.reader.tuning if self.reader is not None else None)
        known = self._shared.matches.get(key)
        if known is None:
            known = self._shared.matches[key] = super().matches(draft, caret)
        return known

    def _is_touched(self, draft: Draft, sentence: Sentence) -> bool:
        """Tell whether the layer finds something of its own in a sentence, or takes out what is found there."""
        tokens, first, last = draft.tokens, sentence.first, sentence.last
        pack = self.pack
        if pack.own_index is not None and pack.own_index.find(tokens, first, last, sentence.question):
            return True
        if not pack.muted and not pack.off:
            return False
        place = (id(draft), first)
        hits = self._shared.hits.get(place)
        if hits is None:
            hits = self._shared.hits[place] = pack.index.find(tokens, first, last, sentence.question)
        return any((h.symbol, h.phrase) in pack.muted or h.symbol[2:] in pack.off for h in hits)
