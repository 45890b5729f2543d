"""Reports and figures as text for a terminal: the message with its findings marked, reasons, the stage."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from coltiva.evaluation import Outcome, Tally
from coltiva.recorded import grounds_in_words
from coltiva.report import Report
from coltiva.rewriting import Rewrite
from coltiva.speech import Speech

_WIDTH = 88
_MARKS = {"error": "━", "warning": "─", "info": "·"}
_COLOURS = {
    "error": "31",
    "warning": "33",
    "info": "36",
    "growing": "32",
    "bold": "1",
    "dim": "2",
    "wait": "1;31",
    "revise": "1;33",
    "send": "1;32",
}


class Painter:
    """Colours text where *enabled*; plain text otherwise."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled

    def paint(self, text: str, colour: str) -> str:
        """Return *text* in a named colour."""
        return f"\033[{_COLOURS[colour]}m{text}\033[0m" if self.enabled and text else text


def report_text(report: Report, painter: Painter) -> str:
    """Return a report as text, with the spans marked below the lines of the message."""
    view = report.to_dict()
    findings = list(report.findings)
    verdict = str(view["verdict"])
    parts = [_marked_message(report, painter), ""]
    for number, (finding, shown) in enumerate(zip(findings, _dicts(view["findings"]), strict=True), 1):
        colour = "growing" if finding.category == "growing" else finding.severity.value
        parts.append(f"{painter.paint(f'{number:>2}', colour)}  {painter.paint(str(shown['title']), 'bold')}")
        parts.extend(_wrapped(str(shown["why"]), "    "))
    for rewrite in report.rewriting.rewrites:
        parts += ["", *_rewrite_lines(report, rewrite, painter)]
    relationship = view["relationship"]
    assert isinstance(relationship, dict)
    if findings:
        parts.append("")
    parts.append(
        f"{painter.paint(report.explainer.text('stages', str(relationship['stage'])), 'bold')}  "
        f"{painter.paint(' '.join(relationship['why']), 'dim')}"
    )
    parts.extend(_wrapped(str(relationship["next_step"]), "→ "))
    parts.append(f"{painter.paint(report.explainer.text('verdict', verdict), verdict)} · {view['score']}/100")
    return "\n".join(parts)


def _rewrite_lines(report: Report, rewrite: Rewrite, painter: Painter) -> list[str]:
    """Return a rewrite with what goes, what comes and why."""
    explainer = report.explainer
    lines = [painter.paint(explainer.text("rewrites", rewrite.strategy, "title"), "bold")]
    lines += [f"  {_printable(line)}" for _, line in _lines(rewrite.text)]
    for change in rewrite.changes:
        why = painter.paint(explainer.why_changed(change.why), "dim")
        for sign, words, colour in (("−", change.goes, "error"), ("+", change.comes, "growing")):
            shown = [_printable(line) for line in words.split("\n") if line.strip()]
            lines += [painter.paint(f"    {sign} {line}", colour) for line in shown]
        lines.append(f"      {why}")
    grounds = grounds_in_words(rewrite.uses, report.history, report.contact, explainer, Speech(report.told_in))
    if grounds:
        lines += _wrapped(_printable(explainer.text("changes", "uses", events="; ".join(grounds))), "    ")
    if rewrite.blanks:
        lines += _wrapped(explainer.text("changes", "blank"), "    ")
    return lines


def _dicts(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


def _marked_message(report: Report, painter: Painter) -> str:
    lines: list[str] = []
    for start, line in _lines(report.text):
        lines.append("  " + _printable(line))
        marks = [" "] * len(line)
        labels: list[str] = []
        colour = ""
        for number, finding in enumerate(report.findings, 1):
            first, last = max(finding.span.start, start), min(finding.span.end, start + len(line))
            if first >= last:
                continue
            sign = "~" if finding.category == "growing" else _MARKS[finding.severity.value]
            marks[first - start : last - start] = sign * (last - first)
            colour = "growing" if finding.category == "growing" else finding.severity.value
            if finding.span.start >= start:
                labels.append(str(number))
        if colour:
            lines.append(
                "  " + painter.paint("".join(marks).rstrip(), colour) + (" " + ",".join(labels) if labels else "")
            )
    return "\n".join(lines)


def _printable(line: str) -> str:
    """Return *line* without control characters, which would move the cursor."""
    return "".join(c if c.isprintable() else "�" for c in line)


def _lines(text: str) -> Iterable[tuple[int, str]]:
    """Yield lines of at most 88 characters with their offsets, broken at spaces."""
    offset = 0
    for paragraph in text.split("\n"):
        at = 0
        while len(paragraph) - at > _WIDTH:
            cut = paragraph.rfind(" ", at, at + _WIDTH) + 1
            cut = cut if cut > at else at + _WIDTH
            yield offset + at, paragraph[at:cut]
            at = cut
        yield offset + at, paragraph[at:]
        offset += len(paragraph) + 1


_FIGURES = ("precision", "recall", "f1", "right_kind", "verdict_accuracy", "false_alarms")


def evaluation_text(tallies: Mapping[str, Tally], say: Speech) -> str:
    """Return the figures of an evaluation as a table, with the kinds below."""
    rows = [tuple(say("evaluate", name) for name in ("language", "messages", "asks", *_FIGURES))]
    unknown = say("evaluate", "unknown")
    for language, one in tallies.items():
        d = one.to_dict()
        rows.append((language or unknown, str(d["messages"]), str(d["asks"]), *(_percent(d[k]) for k in _FIGURES)))
    kinds = sorted({kind for one in tallies.values() for kind in one.kinds})
    kind_rows: list[tuple[str, ...]] = [(say("evaluate", "by_kind"), *(language or unknown for language in tallies))]
    for kind in kinds:
        figures: list[object] = []
        for one in tallies.values():
            by_kind = one.to_dict()["kinds"]
            assert isinstance(by_kind, dict)
            figures.append(by_kind.get(kind, {}).get("f1"))
        kind_rows.append((kind, *map(_percent, figures)))
    return _table(rows) + "\n\n" + _table(kind_rows)


def _percent(value: object) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"  # type: ignore[operator]


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def outcome_text(outcome: Outcome, say: Speech) -> str:
    """Return what went wrong in one message, or an empty text."""
    missed, wrong, kind = (say("evaluate", name) for name in ("missed", "wrong", "kind"))
    lines = [f"  {missed}  {a.kind:<13}{a.quote or outcome.text}" for a in outcome.missed]
    lines += [f"  {wrong}  {f.kind:<13}{f.span.of(outcome.text)}  [{f.rule}]" for f in outcome.wrong]
    for label, finding in outcome.found:
        if label.kind != finding.kind:
            values = {"labelled": label.kind, "found": finding.kind, "quote": label.quote or outcome.text}
            lines.append(f"  {kind}  {say('evaluate', 'taken_for', **values)}")
    return "\n".join([f"{outcome.record_id or outcome.language}", *lines]) if lines else ""
