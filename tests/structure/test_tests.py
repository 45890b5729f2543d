"""The tests themselves keep the rules: documented, no skips, no sleeps."""

import ast
from pathlib import Path

import pytest

TESTS = sorted(p for p in Path(__file__).resolve().parents[1].rglob("test_*.py") if "node_modules" not in p.parts)


@pytest.mark.parametrize("path", TESTS, ids=lambda p: p.stem)
def test_every_test_says_what_it_shows(path: Path) -> None:
    """Each test has a docstring of its own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"


@pytest.mark.parametrize("path", TESTS, ids=lambda p: p.stem)
def test_no_test_is_skipped_or_slept_through(path: Path) -> None:
    """No test skips, expects to fail, or waits by the clock."""
    banned = {"skip", "skipif", "xfail", "importorskip", "sleep", "wait_for_timeout"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in banned, f"{path.name}:{node.lineno} uses {node.attr}"
