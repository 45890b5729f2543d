"""Rooms stay small: caps on modules, functions and files, without exceptions."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = sorted((ROOT / "server").rglob("*.py"))
SCRIPTS = sorted(p for p in [*(ROOT / "extension").rglob("*.js"), *(ROOT / "server").rglob("*.js")])
RULES = sorted((ROOT / "shared_rules").rglob("*.yml"))
MODULE_LINES, FUNCTION_LINES, SCRIPT_LINES, RULE_FILE_LINES = 300, 50, 250, 400


def shown(path: Path) -> str:
    """Return a path as test ids show it."""
    return path.relative_to(ROOT).as_posix()


def line_count(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("path", SERVER, ids=shown)
def test_modules_and_functions_stay_small(path: Path) -> None:
    """A module has at most 300 lines, a function at most 50."""
    assert line_count(path) <= MODULE_LINES
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < FUNCTION_LINES, f"{node.name} is too long"


@pytest.mark.parametrize("path", SCRIPTS, ids=shown)
def test_scripts_stay_small(path: Path) -> None:
    """A script has at most 250 lines."""
    assert line_count(path) <= SCRIPT_LINES


@pytest.mark.parametrize("path", RULES, ids=shown)
def test_rule_files_stay_small(path: Path) -> None:
    """A rule file is short enough to be read; the words of a language may be longer."""
    assert line_count(path) <= (RULE_FILE_LINES if path.name != "words.yml" else 2 * RULE_FILE_LINES)


@pytest.mark.parametrize("path", SERVER, ids=shown)
def test_public_names_are_documented(path: Path) -> None:
    """Every module and every public class, function and method has a docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    scopes: list[ast.Module | ast.ClassDef] = [tree, *(n for n in tree.body if isinstance(n, ast.ClassDef))]
    for scope in scopes:
        if isinstance(scope, ast.ClassDef) and scope.name.startswith("_"):
            continue
        for node in scope.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{node.name} has no docstring"


def test_no_room_without_a_name() -> None:
    """No module is called utils, helpers, common or manager."""
    nameless = {"utils", "helpers", "common", "manager"}
    assert [p for p in [*SERVER, *SCRIPTS] if p.stem in nameless] == []
