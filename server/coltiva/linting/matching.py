"""Rule hits sentence by sentence, with what silences them; unchanged sentences are remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coltiva.draft import Draft, Sentence, typed_sentence
from coltiva.linting.match import Match, Matched, SentenceMatches
from coltiva.phrase_search import Hit
from coltiva.reader import Impression, Reader, Reading
from coltiva.rule_files import RuleFile
from coltiva.rule_pack import RULE, UNLESS, UNLESS_PREVIOUS, UNLESS_SENTENCE, Pack
from coltiva.spans import Span
from coltiva.tokens import Tokens

_MAX_REMEMBERED = 4_000  # sentences
_MAX_GREETING_WORDS = 5
_MAX_CLOSING_WORDS = 8  # of a formula with names


@dataclass(slots=True)
class _Seen:
    """What is remembered of a sentence: its matches, and what the second reader needs to weigh it in any surroundings.

    Attributes:
        place: the words that the reader would underline, once it was asked.
        weighed: the last reading, from which probability asks were added, and what both left of the matches.
    """

    judged: SentenceMatches
    impression: Impression | None = None
    place: tuple[int, int, tuple[str, ...]] | None = None
    weighed: tuple[Reading, float, tuple[Match, ...]] | None = None


class SentenceMatcher:
    """Matches one pack's phrases; remembers sentences, so that a keystroke costs one sentence.

    Args:
        reader: adds the asks that no phrase finds, and lets go of those that it does not believe; None: phrases alone.
    """

    def __init__(self, pack: Pack, reader: Reader | None = None) -> None:
        self.pack, self.reader = pack, reader
        self._ask_kinds = frozenset(kind for kind, category in pack.kinds.items() if category == "ask")
        self._remembered: OrderedDict[tuple[object, ...], _Seen] = OrderedDict()

    def matches(self, draft: Draft, caret: int | None = None) -> Matched:
        """Return every sentence of *draft* with its matches that nothing silences.

        Args:
            caret: where the user is typing (code points); matches in the sentence that is being typed wait
                until no next word can silence them, asks that a reader weighs until the sentence is left.
                None: nobody is typing.
        """
        seen = self._look_up(draft)
        typed = None if caret is None else typed_sentence(draft, caret)
        return self._weighed_together(draft, seen, self._readings(seen, typed), typed)

    def matches_of_all(self, drafts: Sequence[Draft]) -> list[Matched]:
        """Return for each draft what ``matches`` does where nobody types; all read in one go, which is faster."""
        many = [self._look_up(draft) for draft in drafts]
        impressions = [_impressions(seen) for seen in many]
        readings: Sequence[Sequence[Reading]] = [()] * len(many)
        if self.reader is not None and None not in impressions:
            readings = self.reader.judge_all([some for some in impressions if some is not None])
        return [self._weighed_together(*one, None) for one in zip(drafts, many, readings, strict=True)]

    def _weighed_together(
        self, draft: Draft, seen: Sequence[_Seen], readings: Sequence[Reading], typed: int | None
    ) -> Matched:
        """Return every sentence of *draft* with what its readings, and what stands before it, leave of its matches.

        Args:
            readings: one for each sentence; none where there is no reader.
            typed: the sentence that is being typed.
        """
        results = []
        silenced: frozenset[str] = frozenset()
        # What is still being typed makes nothing else look like an ask yet.
        settled = [reading for i, reading in enumerate(readings) if i != typed]
        adding_from = self.reader.tuning.adding_from(settled) if self.reader is not None else 1.0
        for i, (sentence, one) in enumerate(zip(draft.sentences, seen, strict=True)):
            kept = self._weighed(one, readings[i], adding_from) if readings else one.judged.matches
            if silenced:
                kept = tuple(m for m in kept if not self._is_silenced(m, silenced))
            if i == typed:
                kept = tuple(m for m in kept if self._is_settled(m, sentence))
            results.append((sentence, kept))
            silenced = one.judged.silences_next
        return results

    def hints(self, draft: Draft) -> list[Span]:
        """Return the sentences that the reader takes for hints at an ask at least; none without a reader."""
        readings = self._readings(self._look_up(draft), None)
        return [
            sentence.span
            for sentence, reading in zip(draft.sentences, readings, strict=False)
            if self.reader is not None and reading.probability >= self.reader.tuning.hints_from
        ]

    def _is_settled(self, match: Match, sentence: Sentence) -> bool:
        if self.reader is not None and self._is_ask(match):
            return False  # every word still to come may weigh for or against it
        return sentence.last - sentence.first - match.end >= self.pack.settle_words[match.rule]

    def _is_ask(self, match: Match) -> bool:
        return match.kind in self._ask_kinds

    def _is_silenced(self, match: Match, silenced: frozenset[str]) -> bool:
        return match.rule in silenced or any(g in silenced for g in self.pack.silencers.get(match.rule, ()))

    def _look_up(self, draft: Draft) -> list[_Seen]:
        """Return what is known of every sentence; those that are new are matched and read in one go."""
        tokens, seen, new = draft.tokens, [], []
        for sentence in draft.sentences:
            first, count = sentence.first, sentence.last - sentence.first
            # What is typed tells its words, their capitals and the breaks between them; a cut may part "I" from "'d".
            key = (sentence.span.of(draft.text), count, tokens.breaks[first], sentence.question)
            known = self._remembered.get(key)
            if known is None:
                hits = self.pack.find(tokens, first, sentence.last, sentence.question)
                known = self._remembered[key] = _Seen(self._judge(hits, first, sentence.last))
                new.append((known, sentence))
                if len(self._remembered) > _MAX_REMEMBERED:
                    self._remembered.popitem(last=False)
            seen.append(known)
        if self.reader is not None and new:
            found = [[(m.kind, m.fallback > 0) for m in one.judged.matches if self._is_ask(m)] for one, _ in new]
            asked = [
                (*self._range_read(tokens, s, one.judged.matches), s.question, hits)
                for (one, s), hits in zip(new, found, strict=True)
            ]
            for (one, _), impression in zip(new, self.reader.take_in(tokens, asked), strict=True):
                one.impression = impression
        return seen

    def _range_read(self, tokens: Tokens, sentence: Sentence, matches: Sequence[Match]) -> tuple[int, int]:
        """Return the words that the second reader weighs, half-open: greeting and closing do not speak against an ask.

        Few messages ask in the sentence that greets or takes leave, so both count against an ask; where a phrase has
        found one between them, they must not. Who sets no marks writes all of it in one sentence.
        """
        first, last = sentence.first, sentence.last
        asks = [m for m in matches if self._is_ask(m) and not m.fallback]
        if not asks:
            return first, last
        start, end = first + min(m.start for m in asks), first + max(m.end for m in asks)
        if tokens.words[first] in self.pack.words.greetings:
            ends = range(first + 1, min(last, first + _MAX_GREETING_WORDS + 1))
            parted = next((at for at in ends if tokens.breaks[at]), None)
            if parted is not None:
                first = parted if any(first + m.start >= parted for m in asks) else first
            elif start - first <= _MAX_GREETING_WORDS:
                first = start
        return first, self._closing(tokens.words, max(end, last - _MAX_CLOSING_WORDS), last)

    def _closing(self, words: Sequence[str], begin: int, end: int) -> int:
        """Return where a formula that takes leave begins within the words *begin* to *end*, or *end*."""
        closings = self.pack.words.closings
        for at in range(begin, end):
            if any(tuple(words[at : at + length]) in closings for length in range(1, min(4, end - at) + 1)):
                return at
        return end

    def _readings(self, seen: Sequence[_Seen], typed: int | None) -> list[Reading]:
        """Return the second reader's readings; a sentence that is being typed tells nothing of those around it yet."""
        impressions = _impressions(seen)
        if self.reader is None or impressions is None:
            return []
        if typed is None:
            return self.reader.judge(impressions)
        parts = (impressions[:typed], impressions[typed : typed + 1], impressions[typed + 1 :])
        return [reading for part in parts for reading in self.reader.judge(part)]

    def _weighed(self, seen: _Seen, reading: Reading, adding_from: float) -> tuple[Match, ...]:
        """Return what a reading leaves of a sentence's matches, with what it adds; the last answer is remembered."""
        last = seen.weighed
        if last is None or last[0] is not reading or last[1] != adding_from:
            last = seen.weighed = (reading, adding_from, self._weigh(seen, reading, adding_from))
        return last[2]

    def _weigh(self, seen: _Seen, reading: Reading, adding_from: float) -> tuple[Match, ...]:
        """Let the second reader add an ask, let asks go, or name their kind."""
        assert self.reader is not None
        assert seen.impression is not None
        matches = seen.judged.matches
        asks = [m for m in matches if self._is_ask(m)]
        if not asks and reading.probability < adding_from:
            return matches
        others = [m for m in matches if m not in asks]
        own = [m for m in asks if (RULE + m.rule, m.phrase) in self.pack.own]
        if asks and reading.probability < self.reader.tuning.keeps_from:
            return (*others, *own)
        if reading.kind in seen.judged.withheld:
            return matches
        likeliest = [m for m in asks if m.kind == reading.kind]
        if likeliest or own:
            apart = [m for m in asks if all(m.end <= one.start or one.end <= m.start for one in likeliest)]
            return (*others, *dict.fromkeys((*likeliest, *own, *(apart if likeliest else ()))))
        if seen.place is None:
            seen.place = self.reader.place(seen.impression)
        start, end, reasons = seen.place
        if asks:
            start, end = asks[0].start, asks[0].end
        return (*others, Match(self.reader.rule, reading.kind, start, end, start, "", 0, reasons))

    def _judge(self, hits: Sequence[Hit], first: int, last: int) -> SentenceMatches:
        silencing: dict[str, list[Hit]] = {}
        found: list[Hit] = []
        muted, off, own = self.pack.muted, self.pack.off, self.pack.own
        withheld: set[str] = set()
        for hit in hits:
            if (muted and (hit.symbol, hit.phrase) in muted) or (off and hit.symbol[len(RULE) :] in off):
                if hit.symbol.startswith(RULE):
                    withheld |= self._kinds_of(hit)
                continue
            if hit.symbol.startswith(RULE):
                found.append(hit)
                continue
            if own and (hit.symbol, hit.phrase) in own:
                withheld |= self._kinds_of(hit)
            if self._withholds(hit, first, last):
                withheld |= self._ask_kinds
            silencing.setdefault(hit.symbol, []).append(hit)
        return self._silenced(found, silencing, first, frozenset(withheld))

    def _withholds(self, hit: Hit, first: int, last: int) -> bool:
        """Tell whether a guard keeps the second reader from adding: it covers the sentence, or speaks of all of it."""
        if hit.symbol[len(UNLESS) :] not in self.pack.withholding:
            return False
        covers = hit.symbol.startswith(UNLESS) and (hit.start, hit.end) == (first, last)
        return covers or hit.symbol.startswith(UNLESS_SENTENCE)

    def _kinds_of(self, hit: Hit) -> set[str]:
        """Return the kinds that the rule or guard of a hit is about."""
        rule = self.pack.rules.get(hit.symbol[len(RULE) :])
        if rule is not None:
            return {rule.kind}
        groups = self.pack.guards[hit.symbol[len(RULE) :]].guards
        return {kind for kind in self.pack.kinds if kind in groups or (kind in self._ask_kinds and "asks" in groups)}

    def _silenced(
        self, found: Sequence[Hit], silencing: dict[str, list[Hit]], first: int, withheld: frozenset[str]
    ) -> SentenceMatches:
        matches: dict[Match, None] = {}
        for hit in found:
            rule = self.pack.rules[hit.symbol.removeprefix(RULE)]
            if silencing and _is_silenced(hit, (rule.id, *self.pack.silencers[rule.id]), silencing):
                continue
            fallback = rule.file.fallback if isinstance(rule.file, RuleFile) else 0
            places = (hit.start - first, hit.end - first, hit.anchor - first)
            matches[Match(rule.id, rule.kind, *places, hit.phrase, fallback)] = None
        silences_next = frozenset(s.removeprefix(UNLESS_PREVIOUS) for s in silencing if s.startswith(UNLESS_PREVIOUS))
        return SentenceMatches(tuple(matches), silences_next, withheld)


def _impressions(seen: Sequence[_Seen]) -> list[Impression] | None:
    """Return what the reader remembers of sentences; None where it has not read them all."""
    impressions = [one.impression for one in seen if one.impression is not None]
    return impressions if len(impressions) == len(seen) else None


def _is_silenced(hit: Hit, keys: Sequence[str], silencing: Mapping[str, Sequence[Hit]]) -> bool:
    """Tell whether something in its own sentence silences a hit, for its rule itself or for a guard of it."""
    return any(UNLESS_SENTENCE + key in silencing for key in keys) or any(
        u.start < hit.end and hit.start < u.end for key in keys for u in silencing.get(UNLESS + key, ())
    )
