"""What the report page draws: findings by week, asks by stage, rules by use, and what was dismissed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from coltiva.rule_pack import STAGES
from coltiva.tuning.dismissals import Dismissal

WEEKS = 12
# Day, rule, kind, stage, whether too early, how often.
Row = tuple[str, str, str, str, bool, int]


def chart_data(
    rows: Iterable[Row], dismissals: Iterable[Dismissal], kinds: Mapping[str, str], today: date
) -> dict[str, object]:
    """Return the figures of the last twelve weeks.

    Args:
        kinds: every kind → its category.
    """
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=WEEKS - 1 - i) for i in range(WEEKS)]
    weeks = {start: Counter[str]() for start in starts}
    asks: dict[str, dict[str, Counter[str]]] = {}
    fired: Counter[str] = Counter()
    for day, rule, kind, stage, early, count in rows:
        at = date.fromisoformat(day)
        start = at - timedelta(days=at.weekday())
        if start not in weeks:
            continue
        is_ask = kinds.get(kind) == "ask"
        weeks[start]["early" if is_ask and early else "fits" if is_ask else "hunting"] += count
        fired[rule] += count
        if is_ask:
            cell = asks.setdefault(kind, {}).setdefault(stage, Counter())
            cell["early" if early else "fits"] += count
    dismissed: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for one in dismissals:
        at = date.fromisoformat(one.at[:10])
        start = at - timedelta(days=at.weekday())
        if start in weeks:
            weeks[start]["dismissed"] += 1
            dismissed[one.rule] += 1
            reasons[one.reason] += 1
    names = ("early", "fits", "hunting", "dismissed")
    return {
        "weeks": [{"from": s.isoformat()} | {n: weeks[s][n] for n in names} for s in starts],
        "asks": [
            {"kind": kind, "stages": [{"stage": s} | _cell(asks[kind].get(s)) for s in STAGES]}
            for kind in sorted(asks, key=lambda k: -sum(c.total() for c in asks[k].values()))
        ],
        "rules": [
            {"rule": rule, "fired": fired[rule], "dismissed": dismissed[rule]}
            for rule in sorted({*fired, *dismissed}, key=lambda r: (-fired[r] - dismissed[r], r))
        ],
        "reasons": dict(reasons),
    }


def _cell(counter: Counter[str] | None) -> dict[str, int]:
    return {name: counter[name] if counter else 0 for name in ("early", "fits")}
