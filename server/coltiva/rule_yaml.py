"""YAML read strictly, with the line and column of every value: rule files are written by people."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from coltiva.errors import Fault, RulePackError, RuleProblem

Place = tuple[int, int]
Key = tuple[str | int, ...]
_TRAPS = {
    "tag:yaml.org,2002:bool": "yes, no, on, off",
    "tag:yaml.org,2002:null": "null or nothing",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:float": "a number",
}
_TRAP_CODES = {
    "tag:yaml.org,2002:bool": "read_as_yes_or_no",
    "tag:yaml.org,2002:null": "read_as_nothing",
    "tag:yaml.org,2002:timestamp": "read_as_date",
    "tag:yaml.org,2002:float": "read_as_number",
}


# D: own choice: no rule nests more than six levels, and so few never exhaust the stack.
_DEEPEST = 32
# Aliases of aliases make millions of values of a few lines; of the shipped files none holds more than 1,500.
_MOST_VALUES = 100_000
# What libyaml says where it stops by itself.
_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"


@dataclass(slots=True)
class RuleDocument:
    """One file's content as plain Python values, and where each value stands.

    Attributes:
        path: the file as messages name it.
        places: key path → line and column, from 1.
    """

    path: str
    content: object = None
    places: dict[Key, Place] = field(default_factory=dict)

    def problem(self, key: Key, fault: Fault, offset: int = 0) -> RuleProblem:
        """Return a problem at the value under *key*, or at its nearest parent that has a place."""
        while key and key not in self.places:
            key = key[:-1]
        line, column = self.places.get(key, (1, 1))
        return RuleProblem(self.path, line, column + offset, fault)


def read_rule_document(path: Path, shown_path: str) -> RuleDocument:
    """Read one YAML file.

    Raises:
        RulePackError: the file cannot be read, is no YAML, is nested too deep, repeats a key, or holds a value
            that YAML reads as something else than the text it looks like.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulePackError(_unreadable(error, shown_path)) from None
    return read_rule_text(text, shown_path)


def _unreadable(error: Exception, shown_path: str) -> RuleProblem:
    reason = " ".join(str(error).split())  # YAML's own reasons may take two lines
    fault = Fault(f"cannot be read: {reason}", "unreadable", {"reason": reason})
    return RuleProblem(shown_path, 1, 1, fault)


def _too_deep() -> Fault:
    return Fault("expected values that are not nested so deep", "too_deep")


def read_rule_text(text: str, shown_path: str) -> RuleDocument:
    """Read the YAML of one file; raises as ``read_rule_document``."""
    document = RuleDocument(shown_path)
    try:
        loader = yaml.CSafeLoader(text) if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        fault = Fault(f"not valid YAML: {error.problem}", "not_yaml", {"reason": error.problem})
        told = _too_deep() if error.problem == _TOO_DEEP_FOR_LIBYAML else fault
        raise RulePackError(RuleProblem(shown_path, line, column, told)) from None
    except RecursionError:
        raise RulePackError(RuleProblem(shown_path, 1, 1, _too_deep())) from None
    except yaml.YAMLError as error:
        raise RulePackError(_unreadable(error, shown_path)) from None
    if node is not None:
        document.content = _value(node, (), document)
    return document


def _value(node: yaml.Node, key: Key, document: RuleDocument) -> object:
    document.places[key] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if len(key) > _DEEPEST:
        raise RulePackError(document.problem(key, _too_deep()))
    if len(document.places) > _MOST_VALUES:
        fault = Fault(f"expected at most {_MOST_VALUES} values", "too_many_values", {"most": _MOST_VALUES})
        raise RulePackError(document.problem(key, fault))
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*key, i), document) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, key, document)
    return _scalar(node, key, document)


def _mapping(node: yaml.MappingNode, key: Key, document: RuleDocument) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for name_node, child in node.value:
        place = (name_node.start_mark.line + 1, name_node.start_mark.column + 1)
        if not isinstance(name_node, yaml.ScalarNode):
            raise RulePackError(RuleProblem(document.path, *place, Fault("expected a plain word as key", "plain_key")))
        name = name_node.value
        if name in mapping:
            fault = Fault(f"expected each key once; {name!r} stands here again", "key_twice", {"got": name})
            raise RulePackError(RuleProblem(document.path, *place, fault))
        mapping[name] = _value(child, (*key, name), document)
    return mapping


def _scalar(node: yaml.Node, key: Key, document: RuleDocument) -> object:
    value = str(node.value)
    if node.tag == "tag:yaml.org,2002:str" or node.tag == "tag:yaml.org,2002:value":
        return value
    if node.tag == "tag:yaml.org,2002:int" and value.isdigit():
        return int(value)
    if node.tag == "tag:yaml.org,2002:bool" and value in ("true", "false"):
        return value == "true"
    raise RulePackError(document.problem(key, _trap(node.tag, value)))


def _trap(tag: str, value: str) -> Fault:
    """Return the fault of a value that YAML does not read as the text it looks like."""
    if tag == "tag:yaml.org,2002:int":
        message = f"expected quotes around {value}: YAML reads it as another number"
        return Fault(message, "read_as_other_number", {"got": value})
    if tag not in _TRAPS:
        message = f'expected text in quotes, "{value}": YAML reads it as something else'
        return Fault(message, "read_otherwise", {"got": value})
    message = f'expected text in quotes, "{value}": YAML reads it as {_TRAPS[tag]}'
    return Fault(message, _TRAP_CODES[tag], {"got": value})


def write_rule_yaml(content: object, comment: str = "") -> str:
    """Return *content* as YAML that ``read_rule_document`` reads as the same.

    Args:
        comment: lines that stand above it, each beginning with ``#``; may be empty.
    """
    return comment + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)
