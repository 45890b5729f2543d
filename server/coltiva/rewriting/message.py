"""What is rewritten: a message with everything that was found out about it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from coltiva.contacts import Contact, Event
from coltiva.draft import Draft
from coltiva.history import Relation
from coltiva.linting.finding import Finding, Severity
from coltiva.rewriting.removing import GO_WITH_THEIR_SENTENCE
from coltiva.spans import Span


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one contact.

    Attributes:
        past: the contact's events up to *today*, in order of date.
        hints: sentences that hint at an ask, whether one was found in them or not.
        seed: another seed gives another choice of lines; the same gives the same.
        offered: ids of lines that were offered to this contact of late; others come first.
    """

    draft: Draft
    findings: tuple[Finding, ...]
    relation: Relation
    contact: Contact
    channel: str
    past: Sequence[Event]
    today: date
    seed: int = 0
    offered: Set[str] = frozenset()
    hints: Sequence[Span] = ()

    @property
    def early(self) -> tuple[Finding, ...]:
        """The asks that come too early."""
        return tuple(finding for finding in self.findings if finding.premature)

    @property
    def hunts(self) -> bool:
        """Whether a signal asks for a softer wording."""
        return any(f.kind in GO_WITH_THEIR_SENTENCE and f.severity is not Severity.INFO for f in self.findings)


def presses(finding: Finding) -> bool:
    """Tell whether a finding is pressure that is to be taken out."""
    return finding.kind == "pressure" and finding.severity is not Severity.INFO
