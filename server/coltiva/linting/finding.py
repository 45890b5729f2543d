"""What linting finds: a stretch of the message, what it is, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coltiva.history import Stage
from coltiva.spans import Span


class Severity(StrEnum):
    """How much a finding matters: ``info`` is worth knowing, ``error`` spoils a relationship."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One ask or signal.

    Attributes:
        category: ``ask``, ``signal`` or ``growing``.
        kind: one of the kinds in ``asks.yml`` or ``signals.yml``.
        rule: the rule's id, such as ``en/asks/introduction``.
        span: half-open, code points of the message.
        needs: the stage that an ask needs; None for signals.
        premature: whether the relation has not reached that stage.
        gap: how many stages are missing.
        events: ids of the events that the judgement rests on.
        words: the words that weighed most, where the second reader found it and no phrase did.
    """

    category: str
    kind: str
    rule: str
    span: Span
    severity: Severity
    needs: Stage | None = None
    premature: bool = False
    gap: int = 0
    events: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
