"""Matching the same sentences under many layers: what the shipped phrases find in them is searched for once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from coltiva.draft import Draft, Sentence
from coltiva.linting.matching import SentenceMatcher, SentenceMatches
from coltiva.phrase_search import Hit
from coltiva.reader import Reader, Tuning
from coltiva.rule_pack import Pack

# A draft by identity, and the first word of a sentence.
Place = tuple[int, int]


@dataclass(slots=True)
class SharedSentences:
    """What is known of one language's sentences without the user's layer; drafts must be kept as long as this."""

    hits: dict[Place, list[Hit]] = field(default_factory=dict)
    matches: dict[tuple[Place, Tuning | None], SentenceMatches] = field(default_factory=dict)


class SharingMatcher(SentenceMatcher):
    """Matches one layered pack; sentences that its layer does not touch are taken from what is shared."""

    def __init__(self, pack: Pack, reader: Reader | None, shared: SharedSentences) -> None:
        super().__init__(pack, reader)
        self._shared = shared

    def _of_sentence(self, draft: Draft, sentence: Sentence) -> SentenceMatches:
        place: Place = (id(draft), sentence.first)
        first, last = sentence.first, sentence.last
        hits = self._shared.hits.get(place)
        if hits is None:
            hits = self.pack.index.find(draft.tokens, first, last, sentence.question)
            self._shared.hits[place] = hits
        own_index = self.pack.own_index
        own = own_index.find(draft.tokens, first, last, sentence.question) if own_index is not None else []
        if own or self._takes_out(hits):
            return self._matched([*hits, *own], draft, sentence)
        key = (place, self.reader.tuning if self.reader is not None else None)
        known = self._shared.matches.get(key)
        if known is None:
            known = self._shared.matches[key] = self._matched(hits, draft, sentence)
        return known

    def _matched(self, hits: Sequence[Hit], draft: Draft, sentence: Sentence) -> SentenceMatches:
        judged = self._judge(hits, sentence.first)
        return self._read(judged, draft, sentence) if self.reader is not None else judged

    def _takes_out(self, hits: Sequence[Hit]) -> bool:
        muted, off = self.pack.muted, self.pack.off
        return bool(muted or off) and any((h.symbol, h.phrase) in muted or h.symbol[2:] in off for h in hits)
