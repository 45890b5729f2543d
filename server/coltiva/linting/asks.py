"""Asks: what the message wants from the contact, judged by what the history supports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from coltiva.draft import Draft, Sentence
from coltiva.history import Stage
from coltiva.linting.finding import Finding, Severity
from coltiva.linting.match import Match
from coltiva.linting.subject import Subject
from coltiva.spans import Span
from coltiva.tokens import CLAUSE_BREAK

_MAX_LEAD_WORDS = 3  # words before the phrase that are underlined with it when they open its clause


def find_asks(subject: Subject) -> list[Finding]:
    """Return one finding for each ask, in order of place."""
    draft, kinds, relation = subject.draft, tuple(subject.library.asks), subject.relation
    findings = []
    answering, evidence = relation.answers is not None, relation.evidence
    for sentence, matches in subject.matched:
        asks = _asks_among(matches, kinds, answering)
        for i, match in enumerate(asks):
            following = asks[i + 1].start if i + 1 < len(asks) else None
            span = _clause_span(draft, sentence, match, following)
            if not any(span.overlaps(quoted) for quoted in draft.quoted):
                findings.append(judge_ask(match, span, relation.stage, evidence, *_tuned(subject, match)))
    return findings


@lru_cache(maxsize=4_096)
def _asks_among(matches: tuple[Match, ...], kinds: tuple[str, ...], answering: bool) -> tuple[Match, ...]:
    """Return the asks of one sentence; *kinds* stand in order of rank. Most sentences come again with every key."""
    wanted = [m for m in matches if m.kind in kinds and not (answering and _may_be_answer(m))]
    return tuple(_distinct(wanted, kinds)) if wanted else ()


# Times, places and attachments are what answers consist of.
_ANSWER_KINDS = frozenset({"meeting", "attention"})


def _may_be_answer(match: Match) -> bool:
    """Tell whether a match may be the answer to the contact's own request rather than an ask."""
    return match.fallback > 0 or match.kind in _ANSWER_KINDS


def _tuned(subject: Subject, match: Match) -> tuple[Stage, str]:
    """Return the stage that an ask needs, by its rule or else its kind, and the severity that its rule sets, if any."""
    rule = subject.pack.rules.get(match.rule)
    needs = subject.library.asks[match.kind].needs
    return (Stage.from_word(rule.needs) if rule.needs else needs, rule.severity) if rule is not None else (needs, "")


def judge_ask(
    match: Match, span: Span, stage: Stage, evidence: tuple[str, ...], needs: Stage, severity_if_early: str = ""
) -> Finding:
    """Weigh one ask against the stage reached: one stage missing is a warning, two or more an error.

    Args:
        evidence: the ids of the events that the stage rests on.
        severity_if_early: what the rule says instead; empty where it says nothing.
    """
    gap = max(0, needs - stage)
    severity = (Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.ERROR)[gap]
    if gap and severity_if_early:
        severity = Severity(severity_if_early)
    return Finding("ask", match.kind, match.rule, span, severity, needs, gap > 0, gap, evidence, match.reasons)


def _distinct(matches: Sequence[Match], kinds: Sequence[str]) -> list[Match]:
    """Keep one match for each ask of a sentence that has some.

    Fallbacks count only where no better rule finds anything; of matches that want the same thing, the
    widest of the kind that ranks first stays. A sentence asks for one thing of a kind, however many clauses it takes.
    """
    best = min([match.fallback for match in matches])
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (kinds.index(m.kind), m.start - m.end)):
        if match.fallback != best:
            continue
        at = next((at for at, other in enumerate(kept) if _same_ask(match, other)), None)
        if at is None:
            kept.append(match)
        elif kept[at].kind == match.kind:
            kept[at] = _from_first_to_last(kept[at], match)
    # Two hints in one sentence are two readings of it, not two asks.
    return sorted(kept[:1] if best else kept, key=lambda m: (m.anchor, m.start))


def _same_ask(one: Match, other: Match) -> bool:
    """Tell whether two matches in one sentence are one ask: the same kind, or the same words."""
    return one.kind == other.kind or (one.start < other.end and other.start < one.end)


def _from_first_to_last(one: Match, other: Match) -> Match:
    """Return *one* with the words of *other*, and what stands between them."""
    first = min(one, other, key=lambda match: match.start)
    return one._replace(start=first.start, end=max(one.end, other.end), anchor=first.anchor)


def _clause_span(draft: Draft, sentence: Sentence, match: Match, following: int | None) -> Span:
    """Return the stretch to underline: from where the ask's clause opens to the end of the sentence or the next ask."""
    tokens = draft.tokens
    first = sentence.first + match.start
    opening = first
    while opening > sentence.first and tokens.breaks[opening] < CLAUSE_BREAK:
        opening -= 1
    start = opening if first - opening <= _MAX_LEAD_WORDS else first
    last = sentence.last if following is None else max(sentence.first + following, sentence.first + match.end)
    return Span(tokens.starts[start], tokens.ends[max(last, first + 1) - 1])
