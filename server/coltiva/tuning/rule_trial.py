"""One rule as it now stands, saved or not, tried on a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coltiva.draft import Draft, read_draft
from coltiva.linting import SentenceMatcher
from coltiva.own_rules import SIGNS
from coltiva.rule_pack import RULE, Pack
from coltiva.spans import Span


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """What a rule makes of one text (code points).

    Attributes:
        found: what it finds; of a guard, what silences the rules that it names.
        held_back: what its phrases find while an exception keeps the rule off.
    """

    found: tuple[Span, ...]
    held_back: tuple[Span, ...] = ()


def try_rule(rule_id: str, texts: Sequence[str], pack: Pack) -> list[RuleTrial]:
    """Try a rule or a guard of *pack* on some texts; one that is switched off finds nothing."""
    if rule_id in pack.off:
        return [RuleTrial(()) for _ in texts]
    matcher = SentenceMatcher(pack)
    drafts = [read_draft(text, pack.wording) for text in texts]
    if rule_id in pack.guards:
        signs = tuple(sign + rule_id for sign in SIGNS.values())
        return [RuleTrial(_joined(_hits(draft, signs, pack))) for draft in drafts]
    return [_rule_trial(rule_id, draft, matcher) for draft in drafts]


def _rule_trial(rule_id: str, draft: Draft, matcher: SentenceMatcher) -> RuleTrial:
    found = {
        _span(draft, sentence.first + match.start, sentence.first + match.end)
        for sentence, matches in matcher.matches(draft)
        for match in matches
        if match.rule == rule_id
    }
    return RuleTrial(_joined(found), _joined({*_hits(draft, (RULE + rule_id,), matcher.pack)} - found))


def _hits(draft: Draft, symbols: Sequence[str], pack: Pack) -> Iterator[Span]:
    """Yield what the phrases of some symbols find that are not taken out."""
    for sentence in draft.sentences:
        for hit in pack.find(draft.tokens, sentence.first, sentence.last, sentence.question):
            if hit.symbol in symbols and (hit.symbol, hit.phrase) not in pack.muted:
                yield _span(draft, hit.start, hit.end)


def _span(draft: Draft, first: int, last: int) -> Span:
    """Return the place of a half-open range of words, of one word where it is empty."""
    return Span(draft.tokens.starts[first], draft.tokens.ends[max(first, last - 1)])


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the stretches in order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.overlaps(joined[-1]):
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
