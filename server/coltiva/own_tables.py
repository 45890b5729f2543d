"""The user's values over the shipped tables: stage gates, needs of asks, severities, limits of channels, thresholds."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coltiva.errors import Fault, RulePackError, RuleProblem
from coltiva.rule_pack import SEVERITIES, STAGES, none_of
from coltiva.rule_yaml import RuleDocument, read_rule_document

Table = dict[str, dict[str, Any]]
MOST = 100_000
# What ``readers.yml`` sets of a language's reader, in the order of ``reader.Tuning``, in per cent.
READER_TUNING = ("adds_from", "more_from", "keeps_from", "hints_from")

# Table → group → field of its rows → the words that it may hold, or the least and the largest whole number;
# None for true and false.
_NUMBER = {"value": (0, MOST)}
Fields = Mapping[str, tuple[str, ...] | tuple[int, int] | None]
FIELDS: Mapping[str, Mapping[str, Fields]] = {
    "asks.yml": {"asks": {"needs": STAGES}},
    "stages.yml": {"gates": {"value": (1, MOST)}, "tending": _NUMBER},
    "signals.yml": {
        "hunting": {"severity": SEVERITIES, "known": SEVERITIES, "enabled": None},
        "growing": {"enabled": None},
    },
    "channels.yml": {"channels": {"limit": (1, MOST)}, "limits": _NUMBER},
    "readers.yml": {"readers": {"enabled": None} | dict.fromkeys(READER_TUNING, (0, 100))},
}


def own_table(name: str, shipped: Table, path: Path, shown: str, problems: list[RuleProblem]) -> Table:
    """Return a shipped table with the values that the user's file at *path* sets; what is broken in it is left out.

    Args:
        problems: what is broken is added here.
    """
    if not path.is_file():
        return shipped
    try:
        document = read_rule_document(path, shown)
    except RulePackError as error:
        problems.append(error.problem)
        return shipped
    groups = FIELDS[name]
    table = copy.deepcopy(shipped)
    content = document.content if document.content is not None else {}
    if not isinstance(content, dict):
        problems.append(document.problem((), _keys_wanted(groups)))
        return table
    for group, rows in content.items():
        if group not in groups or not isinstance(rows, dict):
            named = ", ".join(groups)
            fault = Fault(f"expected a mapping under one of {named}", "group_wanted", {"expected": named})
            problems.append(document.problem((group,), fault))
            continue
        for row, values in rows.items():
            _set_row(table[group], (group, row), values, groups[group], document, problems)
    return table


def _set_row(
    rows: dict[str, Any],
    key: tuple[str, str],
    values: object,
    fields: Fields,
    document: RuleDocument,
    problems: list[RuleProblem],
) -> None:
    if key[1] not in rows or not isinstance(values, dict):
        problems.append(document.problem(key, _keys_wanted(fields) if key[1] in rows else _unknown(key[1], rows)))
        return
    for field, value in values.items():
        fault = _fault(field, value, fields, rows[key[1]].get(field))
        if fault:
            problems.append(document.problem((*key, field), fault))
        else:
            rows[key[1]] = dict(rows[key[1]]) | {field: value}


def allowed_for(field: str, fields: Fields, shipped: object) -> tuple[str, ...] | tuple[int, int] | None:
    """Return the words or the bounds of a value; what is shipped always lies within them."""
    allowed = fields[field]
    if allowed is None or isinstance(allowed[0], str) or not isinstance(shipped, int):
        return allowed
    least, most = allowed
    return (min(int(least), shipped), int(most))


def _fault(field: str, value: object, fields: Fields, shipped: object) -> Fault | None:
    """Return what was expected and what came, or None where the value may stand."""
    if field not in fields:
        return None if field == "source" else _unknown(field, fields)
    allowed = allowed_for(field, fields, shipped)
    if allowed is None:
        right = isinstance(value, bool)
        return None if right else Fault(f"expected true or false; got {value!r}", "yes_or_no_wanted")
    least = allowed[0]
    if isinstance(least, int):
        most = allowed[1]
        right = isinstance(value, int) and not isinstance(value, bool) and least <= value <= int(most)
        message = f"expected a whole number from {least} to {most}; got {value!r}"
        return None if right else Fault(message, "number_within", {"least": least, "most": most})
    return None if value in allowed else none_of(map(str, allowed), value)


def _keys_wanted(names: Iterable[str]) -> Fault:
    """Return the fault of a value that should be a mapping with some of these keys."""
    expected = ", ".join(f"{name}:" for name in names)
    return Fault(f"expected {expected}", "these_keys_wanted", {"expected": expected})


def _unknown(got: str, names: Iterable[str]) -> Fault:
    """Return the fault of a key that is none of these."""
    expected = ", ".join(names)
    return Fault(f"expected one of {expected}; got {got}", "unknown_key", {"got": got, "expected": expected})
