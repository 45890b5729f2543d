"""How well the rules do on labelled messages: what was found, what was missed, what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coltiva.errors import PayloadError
from coltiva.history import Stage
from coltiva.json_fields import choice_of, list_of, shown, text_of
from coltiva.library import Library
from coltiva.linting.finding import Finding, Severity
from coltiva.payloads import MAX_TEXT_CHARACTERS
from coltiva.report import Report
from coltiva.spans import Span
from coltiva.verdict import Decision

_MOST_LABELS = 1_000


@dataclass(frozen=True, slots=True)
class LabelledAsk:
    """An ask as a person has labelled it; *span* is None where only the kind is known."""

    kind: str
    quote: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message: which labelled asks were found, by which finding, and what else was said.

    Attributes:
        found: pairs of a label and the finding that overlaps it.
        missed: labels without finding.
        wrong: ask findings without label.
    """

    record_id: str
    language: str
    text: str
    found: tuple[tuple[LabelledAsk, Finding], ...]
    missed: tuple[LabelledAsk, ...]
    wrong: tuple[Finding, ...]
    expected: Decision
    decided: Decision


@dataclass(slots=True)
class Tally:
    """Counts over many messages; every ratio is None where it has no base."""

    messages: int = 0
    found: int = 0
    missed: int = 0
    wrong: int = 0
    right_kind: int = 0
    right_verdicts: int = 0
    without_ask: int = 0
    false_alarms: int = 0
    kinds: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one message."""
        self.messages += 1
        self.found += len(outcome.found)
        self.missed += len(outcome.missed)
        self.wrong += len(outcome.wrong)
        self.right_verdicts += outcome.expected is outcome.decided
        if not outcome.found and not outcome.missed:
            self.without_ask += 1
            self.false_alarms += bool(outcome.wrong)
        for label, finding in outcome.found:
            self.right_kind += label.kind == finding.kind
            if label.kind == finding.kind:
                self._kind(label.kind)["found"] += 1
            else:
                self._kind(label.kind)["missed"] += 1
                self._kind(finding.kind)["wrong"] += 1
        for label in outcome.missed:
            self._kind(label.kind)["missed"] += 1
        for finding in outcome.wrong:
            self._kind(finding.kind)["wrong"] += 1

    def _kind(self, kind: str) -> Counter[str]:
        return self.kinds.setdefault(kind, Counter())

    def to_dict(self) -> dict[str, object]:
        """Return all figures, ratios rounded to four places."""
        return {
            "messages": self.messages,
            "asks": self.found + self.missed,
            **scores(self.found, self.missed, self.wrong),
            "right_kind": ratio(self.right_kind, self.found),
            "verdict_accuracy": ratio(self.right_verdicts, self.messages),
            "without_ask": self.without_ask,
            "false_alarms": ratio(self.false_alarms, self.without_ask),
            "kinds": {k: scores(c["found"], c["missed"], c["wrong"]) for k, c in sorted(self.kinds.items())},
        }


def ratio(part: int, whole: int) -> float | None:
    """Return ``part / whole`` to four places, or None where *whole* is 0."""
    return round(part / whole, 4) if whole else None


def scores(found: int, missed: int, wrong: int) -> dict[str, float | None]:
    """Return precision, recall and F1."""
    return {
        "precision": ratio(found, found + wrong),
        "recall": ratio(found, found + missed),
        "f1": ratio(2 * found, 2 * found + missed + wrong),
    }


def labelled_asks(record: Mapping[str, object]) -> list[LabelledAsk]:
    """Read the labels of a record, either ``{"kind", "quote"}`` or a bare kind."""
    text = str(record["text"])
    labels = []
    asks = record.get("asks")
    for ask in asks if isinstance(asks, list) else ():
        if isinstance(ask, str):
            labels.append(LabelledAsk(ask, "", None))
        else:
            start = text.find(ask["quote"])
            labels.append(
                LabelledAsk(ask["kind"], ask["quote"], Span(start, start + len(ask["quote"])) if start >= 0 else None)
            )
    return labels


def check_labels(record: Mapping[str, object], kinds: tuple[str, ...]) -> None:
    """Raise ``PayloadError`` unless each ask of a record is one of *kinds*, with a quote or alone."""
    for i, ask in enumerate(list_of(record, "asks", "", _MOST_LABELS)):
        if not isinstance(ask, str | dict):
            raise PayloadError(f"asks[{i}]", f"expected an object; got {shown(ask)}", "no_object", got=shown(ask))
        fields, where = {"kind": ask, "quote": ""} if isinstance(ask, str) else ask, f"asks[{i}]."
        if choice_of(fields, "kind", kinds, where) is None:
            raise PayloadError(f"{where}kind", "expected a kind of ask; it is missing", "missing")
        text_of(fields, "quote", where, MAX_TEXT_CHARACTERS, None)


def compare(record: Mapping[str, object], report: Report, library: Library) -> Outcome:
    """Set a report against the labels: a label is found where an ask finding overlaps it, the same kind first."""
    language = report.language or ""
    return compare_findings(record, report.text, language, report.findings, report.relation.stage, library)


def compare_findings(
    record: Mapping[str, object],
    text: str,
    language: str,
    all_findings: Sequence[Finding],
    stage: Stage,
    library: Library,
) -> Outcome:
    """Set the findings of a message at a stage against its labels."""
    labels = labelled_asks(record)
    findings = [f for f in all_findings if f.category == "ask"]
    found: list[tuple[LabelledAsk, Finding]] = []
    for same_kind in (True, False):
        for label in list(labels):
            for finding in findings:
                if (finding.kind == label.kind) >= same_kind and (
                    label.span is None or finding.span.overlaps(label.span)
                ):
                    found.append((label, finding))
                    labels.remove(label)
                    findings.remove(finding)
                    break
    return Outcome(
        str(record.get("id", "")),
        language,
        text,
        tuple(found),
        tuple(labels),
        tuple(findings),
        expected_decision([a.kind for a in labelled_asks(record)], stage, library),
        asks_decision([f for f in all_findings if f.category == "ask"]),
    )


def expected_decision(kinds: Iterable[str], stage: Stage, library: Library) -> Decision:
    """Return the verdict that labelled asks alone lead to."""
    return _decision([max(0, library.asks[kind].needs - stage) for kind in kinds])


def asks_decision(findings: Sequence[Finding]) -> Decision:
    """Return the verdict that ask findings alone lead to."""
    severest = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
    return _decision([severest[f.severity] for f in findings if f.premature])


def _decision(gaps: Sequence[int]) -> Decision:
    widest = max(gaps, default=0)
    return Decision.WAIT if widest > 1 else Decision.REVISE if widest else Decision.SEND


def tally(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """Return the counts by language, in order of first appearance."""
    tallies: dict[str, Tally] = {}
    for outcome in outcomes:
        tallies.setdefault(outcome.language, Tally()).add(outcome)
    return tallies
