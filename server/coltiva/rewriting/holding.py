"""Whether a rewrite or a suggestion does what it is for: fewer asks that come too early, and nothing new that hunts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from functools import cached_property

from coltiva.linting.finding import Finding
from coltiva.rewriting.change import Rewrite, Suggestion
from coltiva.rewriting.message import presses
from coltiva.rewriting.saying import blanks_of
from coltiva.spans import Span

# Two spaces, a space before a stop, or two stops that are no ellipsis and do not end a title ("Exmo. Sr.,").
_LOOSE = re.compile(r"[^\S\n]{2,}|\s[.,]|(?<!\.)(?:[,?!][.,]|\.[.,])\s")
_NEAR = 40  # characters on either side of what is put in, in which marks may meet
_TITLE = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]{1,4}\.(?=,)")

# Lints texts again, each with the same relation.
Lint = Callable[[Sequence[str]], Sequence[Sequence[Finding]]]


def does_better(rewrite: Rewrite, findings: Sequence[Finding], before: Sequence[Finding]) -> bool:
    """Tell whether a rewrite has no early ask, no placeholder but its blanks, and no new hunting signal.

    Args:
        findings: what is found in the rewrite.
        before: what was found in the message.
    """
    known = {finding.kind for finding in before if finding.category == "signal"}
    ripe = sum(finding.category == "ask" and not finding.premature for finding in before)
    asks = 0
    for finding in findings:
        if finding.premature or (rewrite.strategy == "lighter" and presses(finding)):
            return False
        asks += finding.category == "ask"
        if finding.kind == "placeholder":
            if finding.span.of(rewrite.text) not in rewrite.blanks:
                return False
        elif finding.category == "signal" and finding.kind not in known:
            return False
    return rewrite.strategy == "smaller" or asks <= ripe


class Holding:
    """Tells of each suggestion for one message whether it holds when it is taken over alone.

    Args:
        known: texts that are known to hold, such as the rewrites.
        lint: lints texts again.
    """

    def __init__(self, text: str, findings: Sequence[Finding], known: Set[str], lint: Lint) -> None:
        self._text, self._lint = text, lint
        self._early = sum(finding.premature for finding in findings)
        self._signals = {finding.kind for finding in findings if finding.category == "signal"}
        self._told = dict.fromkeys(known, True)

    def held(self, suggestions: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
        """Return those of *suggestions* that hold; what is not known yet is linted in one go."""
        texts = [one.in_place(self._text) for one in suggestions]
        new: dict[str, Span] = {}
        for text, suggestion in zip(texts, suggestions, strict=True):
            start, end = suggestion.span.start, suggestion.span.start + len(suggestion.text)
            if text not in self._told and text not in new:
                near = text[max(0, start - _NEAR) : end + _NEAR]
                if text.strip() and (not _is_loose(near) or self._was_loose):
                    new[text] = Span(start, end)
                else:
                    self._told[text] = False
        for (text, span), findings in zip(new.items(), self._lint(list(new)), strict=True):
            self._told[text] = self._is_better(text, span, findings)
        return tuple(one for one, text in zip(suggestions, texts, strict=True) if self._told[text])

    @cached_property
    def _was_loose(self) -> bool:
        """Whether the sender's own marks and spaces are loose already."""
        return _is_loose(self._text)

    def _is_better(self, text: str, new: Span, findings: Sequence[Finding]) -> bool:
        blanks, early = blanks_of(new.of(text)), 0
        for finding in findings:
            early += finding.premature
            if finding.premature and new.start <= finding.span.start < new.end:
                return False
            is_new = finding.category == "signal" and finding.kind not in self._signals
            if is_new and finding.span.of(text) not in blanks:
                return False
        return early < self._early


def _is_loose(text: str) -> bool:
    return _LOOSE.search(text) is not None and _LOOSE.search(_TITLE.sub("Title", text)) is not None
