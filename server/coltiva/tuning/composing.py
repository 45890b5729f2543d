"""What a form says of a rule or of the tables, composed into the files of the user's layer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coltiva.errors import PayloadError, RulePackError
from coltiva.own_rules import SIGNS
from coltiva.rule_files import RuleFile
from coltiva.rule_pack import Pack, Rule
from coltiva.rule_yaml import read_rule_text, write_rule_yaml
from coltiva.tuning.own_layer import Files, OwnLayer

PHRASE_KEYS = tuple(SIGNS)
_RULE_ID = re.compile(r"([a-z]{2})/(asks|signals|guards)/([a-z0-9][a-z0-9-]{0,60})")


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as a form holds it, whole.

    Attributes:
        kind: of a rule of the user's own; a shipped rule keeps its kind.
        severity, needs: empty where the kind's count.
        phrases: key (phrases, unless …) → all phrases, the shipped ones that stay among them.
        flag, pass_: the user's own examples.
    """

    rule: str
    kind: str
    enabled: bool
    severity: str
    needs: str
    title: str
    why: str
    phrases: Mapping[str, Sequence[str]]
    flag: Sequence[str]
    pass_: Sequence[str]


def file_of_rule(rule_id: str, pack: Pack, layer: OwnLayer) -> str:
    """Return the name of the layer's file that changes a rule, or that would.

    Raises:
        PayloadError: the id is none.
    """
    match = _RULE_ID.fullmatch(rule_id)
    if match is None or match[1] != pack.language:
        raise PayloadError("rule", f"expected an id such as {pack.language}/asks/my-rule; got {rule_id[:80]!r}")
    for name, text in layer.files().items():
        if name.startswith(f"{pack.language}/") and _content(text).get("extends") == rule_id:
            return name
    return f"{rule_id}.yml"


def compose_rule(draft: RuleDraft, shipped: Rule | None, before: str | None) -> str | None:
    """Return the text of the file that makes a rule as *draft* has it; None where that is how it ships.

    Args:
        shipped: the rule without the user's layer; None for one of the user's own.
        before: what the file holds now: its lists, sources and the comments above it are kept.
    """
    known = _content(before)
    content = _own_rule(draft) if shipped is None else _extension(draft, shipped, known)
    kept = {key: known[key] for key in ("lists", "source", "fallback", "guards") if known.get(key)}
    if shipped is not None and not content and not kept:
        return None
    if shipped is not None:
        content = {"extends": shipped.id} | content
    return write_rule_yaml(content | kept, _comment(before))


def _own_rule(draft: RuleDraft) -> dict[str, Any]:
    is_guard = "/guards/" in draft.rule
    content: dict[str, Any] = {"guards": ["asks"]} if is_guard else {"kind": draft.kind}
    content |= {} if draft.enabled or is_guard else {"enabled": False}
    if not is_guard:
        for key in ("severity", "needs", "title", "why"):
            if getattr(draft, key):
                content[key] = getattr(draft, key)
        content["phrases"] = list(draft.phrases.get("phrases", ()))
    content |= {key: list(many) for key, many in draft.phrases.items() if key != "phrases" and many}
    return content | {"examples": {"flag": list(draft.flag), "pass": list(draft.pass_)}}


def _extension(draft: RuleDraft, shipped: Rule, known: Mapping[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {} if draft.enabled else {"enabled": False}
    words = {"severity": shipped.severity, "needs": shipped.needs}
    if isinstance(shipped.file, RuleFile):
        words |= {"title": shipped.file.title, "why": shipped.file.why}
    content |= {k: getattr(draft, k) for k, as_shipped in words.items() if getattr(draft, k) not in ("", as_shipped)}
    added: dict[str, list[str]] = {}
    removed: dict[str, list[str]] = {}
    for key, wanted in draft.phrases.items():
        ships = getattr(shipped.file, key, [])
        added[key] = [text for text in dict.fromkeys(wanted) if text not in ships]
        removed[key] = [text for text in ships if text not in wanted]
    for name, parts in (("add", added), ("remove", removed)):
        if any(parts.values()):
            content[name] = {key: many for key, many in parts.items() if many}
    examples = {name: list(many) for name, many in (("flag", draft.flag), ("pass", draft.pass_)) if many}
    return content | ({"examples": examples} if examples else {})


def compose_table(
    values: Mapping[str, Mapping[str, Mapping[str, object]]],
    shipped: Mapping[str, Mapping[str, Mapping[str, object]]],
    before: str | None,
) -> str | None:
    """Return the text of a table of the layer with *values* set; None where nothing differs from how it ships.

    Args:
        values: group → row → field → value; None as a value means as shipped.
        before: what the file holds now; rows that *values* does not name stay.
    """
    table: dict[str, dict[str, dict[str, object]]] = {}
    for source in (_content(before), values):
        for group, rows in source.items():
            for row, fields in rows.items() if isinstance(rows, dict) else ():
                for field, value in fields.items() if isinstance(fields, dict) else ():
                    table.setdefault(group, {}).setdefault(row, {})[field] = value
    for group, rows in list(table.items()):
        for row, fields in list(rows.items()):
            as_shipped = shipped.get(group, {}).get(row, {})
            rows[row] = {f: v for f, v in fields.items() if v is not None and v != as_shipped.get(f, f == "enabled")}
            if not rows[row]:
                del rows[row]
        if not rows:
            del table[group]
    return write_rule_yaml(table, _comment(before)) if table else None


def _content(text: str | None) -> dict[str, Any]:
    """Return what a file of the layer holds; nothing where it is broken: the form's word counts then."""
    try:
        content = read_rule_text(text or "", "").content
    except RulePackError:
        return {}
    return content if isinstance(content, dict) else {}


def _comment(text: str | None) -> str:
    """Return the comment lines at the head of a file."""
    lines = (text or "").splitlines(keepends=True)
    head = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:head])


def with_rule(draft: RuleDraft, pack: Pack, shipped: Pack, layer: OwnLayer) -> Files:
    """Return the layer's files that make a rule as *draft* has it.

    Args:
        pack: the rules as they are now.
        shipped: the same without the user's layer.
    """
    name = file_of_rule(draft.rule, pack, layer)
    as_shipped = shipped.rules.get(draft.rule) or shipped.guards.get(draft.rule)
    return {name: compose_rule(draft, as_shipped, layer.text(name))}
