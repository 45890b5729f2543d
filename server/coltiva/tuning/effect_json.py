"""An effect as JSON."""

from __future__ import annotations

from collections import Counter

from coltiva.errors import RuleProblem
from coltiva.evaluation import Tally
from coltiva.spans import Utf16Offsets
from coltiva.speech import Speech
from coltiva.tuning.effect import MAX_SHOWN, Effect, Judged, Moved


def effect_to_json(effect: Effect, say: Speech) -> dict[str, object]:
    """Return an effect as JSON values, with what is broken told by *say*; places count UTF-16 units."""
    return {
        "messages": effect.messages,
        "moved": len(effect.moved),
        "flagged": effect.newly(flagged=True),
        "cleaned": effect.newly(flagged=False),
        "shown": [_moved(one) for one in _clearest(effect.moved)],
        "languages": {code: _pair(code, effect) for code in effect.tallies},
        "kinds": _kinds(effect),
        "sent": {"messages": effect.sent, "moved": [_moved(one) for one in effect.sent_moved[:MAX_SHOWN]]},
        "problems": [problem_to_json(problem, say) for problem in effect.problems],
        "faults": [{"rule": f.rule, "fault": say.fault(f.fault), "example": f.example} for f in effect.faults],
        "worse": effect.is_worse,
    }


def problem_to_json(problem: RuleProblem, say: Speech) -> dict[str, object]:
    """Return a problem with its place, told by *say*; the code is the same in every language."""
    place = {"path": problem.path, "line": problem.line, "column": problem.column}
    return place | {"code": problem.fault.code, "message": say.fault(problem.fault)}


def _clearest(moved: list[Moved]) -> list[Moved]:
    """Return the messages to show: those whose verdict changes first."""
    return sorted(moved, key=lambda one: one.before.decision is one.after.decision)[:MAX_SHOWN]


def _moved(moved: Moved) -> dict[str, object]:
    message = moved.message
    return {
        "id": str(message.record.get("id", "")),
        "language": message.language,
        "text": message.request.text,
        "stage": moved.after.stage.word,
        "labels": [*message.asks, *sorted(message.signals)],
        "before": _judged(moved.before, message.request.text),
        "after": _judged(moved.after, message.request.text),
    }


def _judged(judged: Judged, text: str) -> dict[str, object]:
    offsets = Utf16Offsets(text)
    findings = [
        {
            "kind": f.kind,
            "category": f.category,
            "severity": f.severity.value,
            "rule": f.rule,
            "start": offsets.utf16(f.span.start),
            "end": offsets.utf16(f.span.end),
        }
        for f in judged.findings
        if f.premature or f.category == "signal"
    ]
    return {"verdict": judged.decision.value, "findings": findings}


def _pair(language: str, effect: Effect) -> dict[str, object]:
    neutral, *flagged = effect.neutral.get(language, (0, 0, 0))
    before, after = (
        _figures(tally) | {"neutral": neutral, "flagged": count}
        for tally, count in zip(effect.tallies[language], flagged, strict=True)
    )
    return {"before": before, "after": after}


def _figures(tally: Tally) -> dict[str, int]:
    """Return counts alone: one message that changes shows in them, in a rounded share it may not."""
    return {
        "asks": tally.found + tally.missed,
        "found": tally.found,
        "wrong": tally.wrong,
        "messages": tally.messages,
        "right_verdicts": tally.right_verdicts,
    }


def _kinds(effect: Effect) -> dict[str, object]:
    """Return the figures of the kinds that change, over all languages."""
    rows: dict[str, list[Counter[str]]] = {kind: [Counter(a), Counter(b)] for kind, (a, b) in effect.signals.items()}
    for tallies in effect.tallies.values():
        for side, tally in enumerate(tallies):
            for kind, counter in tally.kinds.items():
                rows.setdefault(kind, [Counter(), Counter()])[side].update(counter)
    pairs = {kind: [_kind_figures(counter) for counter in both] for kind, both in rows.items()}
    return {kind: {"before": before, "after": after} for kind, (before, after) in pairs.items() if before != after}


def _kind_figures(counter: Counter[str]) -> dict[str, int]:
    return {"asks": counter["found"] + counter["missed"], "found": counter["found"], "wrong": counter["wrong"]}
