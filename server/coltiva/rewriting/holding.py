"""Whether a suggestion does what it is for: one ask less that comes too early, and nothing new that hunts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from coltiva.linting.finding import Finding
from coltiva.rewriting.change import Suggestion
from coltiva.rewriting.saying import blanks_of
from coltiva.spans import Span

# Two spaces, a space before a stop, or two stops that are no ellipsis and do not end a title ("Exmo. Sr.,").
_LOOSE = re.compile(r"[^\S\n]{2,}|\s[.,]|(?<!\.)(?:[,?!][.,]|\.[.,])\s")
_NEAR = 40  # characters on either side of what is put in, in which marks may meet
_TITLE = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]{1,4}\.(?=,)")


class Holding:
    """Tells of each suggestion for one message whether it holds when it is taken over alone.

    Args:
        known: texts that are known to hold, such as the rewrites.
        lint: lints a text again.
    """

    def __init__(
        self, text: str, findings: Sequence[Finding], known: Set[str], lint: Callable[[str], Sequence[Finding]]
    ) -> None:
        self._text, self._lint = text, lint
        self._early = sum(finding.premature for finding in findings)
        self._signals = {finding.kind for finding in findings if finding.category == "signal"}
        self._told = dict.fromkeys(known, True)
        self._is_loose = _is_loose(text)

    def holds(self, suggestion: Suggestion) -> bool:
        """Tell whether *suggestion* holds."""
        span, comes = suggestion.span, suggestion.text
        text = self._text[: span.start] + comes + self._text[span.end :]
        if text not in self._told:
            near = text[max(0, span.start - _NEAR) : span.start + len(comes) + _NEAR]
            is_whole = bool(text.strip()) and (self._is_loose or not _is_loose(near))
            self._told[text] = is_whole and self._is_better(text, Span(span.start, span.start + len(comes)))
        return self._told[text]

    def _is_better(self, text: str, new: Span) -> bool:
        blanks, early = blanks_of(new.of(text)), 0
        for finding in self._lint(text):
            early += finding.premature
            if finding.premature and new.start <= finding.span.start < new.end:
                return False
            is_new = finding.category == "signal" and finding.kind not in self._signals
            if is_new and finding.span.of(text) not in blanks:
                return False
        return early < self._early


def _is_loose(text: str) -> bool:
    return _LOOSE.search(_TITLE.sub("Title", text)) is not None
