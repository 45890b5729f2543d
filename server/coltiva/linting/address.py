"""Forms of address that change within one message: tu and Lei, du and Sie, tu and vous."""

from __future__ import annotations

from collections.abc import Iterable

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject

RULE = "core/mixed-address"


def find_mixed_address(subject: Subject) -> Iterable[Finding]:
    """Yield a finding at the first word of the rarer form where both are used.

    Capitals count: ``Lei`` and ``Sie`` are formal only where a small letter could have stood.
    """
    tokens, words = subject.draft.tokens, subject.pack.words
    if not (words.formal or words.formal_capital) or words.informal.isdisjoint(tokens.words):
        return
    informal = [i for i, word in enumerate(tokens.words) if word in words.informal]
    formal = [
        i
        for i, word in enumerate(tokens.words)
        if word in words.formal or (word in words.formal_capital and tokens.capitals[i] and not tokens.breaks[i])
    ]
    if formal:
        rarer = informal if len(informal) < len(formal) else formal
        yield Finding("signal", "mixed_address", RULE, subject.word_span(rarer[0], rarer[0] + 1), Severity.INFO)
