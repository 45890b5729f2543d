"""What rewriting returns: rewrites, suggestions, and what changes in each."""

from __future__ import annotations

from dataclasses import dataclass, field

from coltiva.spans import Span


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the message and its rewrite.

    Attributes:
        span: what goes, half-open, code points of the message; empty where something only comes.
        goes, comes: the words; either may be empty.
        why: ``ask``, ``leans``, ``leads_up``, ``hints``, ``placeholder`` or ``name`` for what goes, a kind of signal,
            or for what comes the strategy, ``memory`` or ``noticed``.
    """

    span: Span
    goes: str
    comes: str
    why: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A whole message in place of the one that asks too early.

    Attributes:
        strategy: ``wait``, ``smaller``, ``give_first``, ``reconnect``, or ``lighter`` for an ask that is not early.
        uses: ids of the events (and promises) that its lines rest on.
        blanks: the open blanks that the user has to fill, as they stand in the text.
        lines: ids of the lines that it says.
    """

    strategy: str
    text: str
    uses: tuple[str, ...]
    changes: tuple[Change, ...]
    blanks: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A replacement of one stretch: the sentence that holds the ask.

    Attributes:
        span: half-open, code points of the message; at least as wide as the finding's.
    """

    span: Span
    text: str
    strategy: str
    uses: tuple[str, ...]

    def in_place(self, message: str) -> str:
        """Return the message with these words in place of what they replace."""
        return message[: self.span.start] + self.text + message[self.span.end :]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The rewrites of a message, and the suggestions for each finding by its number."""

    rewrites: tuple[Rewrite, ...] = ()
    suggestions: dict[int, tuple[Suggestion, ...]] = field(default_factory=dict)
