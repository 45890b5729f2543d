"""The report on one message, as the API returns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coltiva.contacts import Contact, Event
from coltiva.explaining import Explainer
from coltiva.history import Gates, Relation
from coltiva.linting.finding import Finding
from coltiva.rewriting import Change, Rewrite, Rewriting, Suggestion
from coltiva.spans import Utf16Offsets
from coltiva.verdict import Verdict

# What tells one finding's words from another's → title and reason.
Told = dict[tuple[object, ...], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found out about one message.

    Attributes:
        language: the message's language; None where it is none of the six.
        findings: in order of place; their spans count code points.
        own_words: rule → title and reason in the words of the rule itself; each may be empty.
        history: the contact's events.
        told_in: the language of the explanations.
    """

    text: str
    language: str | None
    contact: Contact
    relation: Relation
    verdict: Verdict
    findings: tuple[Finding, ...]
    explainer: Explainer
    gates: Gates
    rewriting: Rewriting = field(default_factory=Rewriting)
    own_words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    history: tuple[Event, ...] = ()
    told_in: str = "en"

    def to_dict(self) -> dict[str, object]:
        """Return the report as JSON values; ``start`` and ``end`` count UTF-16 units, half-open.

        ``contact`` is the stored contact whose history was used; null where the recipient is not stored or not known.
        """
        offsets = Utf16Offsets(self.text)
        told: Told = {}
        return {
            "language": self.language,
            "verdict": self.verdict.decision.value,
            "score": self.verdict.score,
            "contact": {"id": self.contact.id, "name": self.contact.name} if self.contact.id else None,
            "relationship": self._relationship(),
            "findings": [self._finding(number, one, offsets, told) for number, one in enumerate(self.findings)],
            "rewrites": [self._rewrite(rewrite, offsets) for rewrite in self.rewriting.rewrites],
        }

    def _relationship(self) -> dict[str, object]:
        return {
            "stage": self.relation.stage.word,
            "dormant": self.relation.dormant,
            "why": self.explainer.evidence(self.relation, self.gates),
            "events": list(self.relation.evidence),
            "next_step": self.explainer.next_step(self.relation, self.gates),
        }

    def _finding(self, number: int, finding: Finding, offsets: Utf16Offsets, told: Told) -> dict[str, object]:
        title, why = self._words(finding, told)
        return {
            "category": finding.category,
            "kind": finding.kind,
            "rule": finding.rule,
            "severity": finding.severity.value,
            "premature": finding.premature,
            "needs": finding.needs.word if finding.needs is not None else None,
            "start": offsets.utf16(finding.span.start),
            "end": offsets.utf16(finding.span.end),
            "quote": finding.span.of(self.text),
            "title": title,
            "why": why,
            "events": list(finding.events),
            "suggestions": [
                self._suggestion(suggestion, offsets) for suggestion in self.rewriting.suggestions.get(number, ())
            ],
        }

    def _words(self, finding: Finding, told: Told) -> tuple[str, str]:
        """Return title and reason, in the rule's own words where it has some; alike findings are told alike."""
        key = (finding.rule, finding.category, finding.kind, finding.premature, finding.needs, finding.words)
        if key not in told:
            title, why = self.own_words.get(finding.rule, ("", ""))
            told[key] = (
                title or self.explainer.title(finding),
                why or self.explainer.why(finding, self.contact, self.relation, self.gates),
            )
        return told[key]

    def _suggestion(self, suggestion: Suggestion, offsets: Utf16Offsets) -> dict[str, object]:
        """``start`` and ``end`` are what the words replace: the whole sentence, which may reach beyond the finding."""
        return {
            "start": offsets.utf16(suggestion.span.start),
            "end": offsets.utf16(suggestion.span.end),
            "text": suggestion.text,
            "changes": self.explainer.text("rewrites", suggestion.strategy, "title"),
            "uses": list(suggestion.uses),
        }

    def _rewrite(self, rewrite: Rewrite, offsets: Utf16Offsets) -> dict[str, object]:
        return {
            "strategy": rewrite.strategy,
            "title": self.explainer.text("rewrites", rewrite.strategy, "title"),
            "text": rewrite.text,
            "uses": list(rewrite.uses),
            "blanks": list(rewrite.blanks),
            "changes": [self._change(change, offsets) for change in rewrite.changes],
        }

    def _change(self, change: Change, offsets: Utf16Offsets) -> dict[str, object]:
        return {
            "start": offsets.utf16(change.span.start),
            "end": offsets.utf16(change.span.end),
            "goes": change.goes,
            "comes": change.comes,
            "why": self.explainer.why_changed(change.why),
        }
