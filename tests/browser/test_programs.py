"""A program that a test starts ends with the test, even where that fails."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .programs import ended_with


def test_a_program_ends_with_a_block_that_fails() -> None:
    """The failure comes out, and nothing waits for a program that would run on."""
    command = [sys.executable, "-c", "input()"]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
    with pytest.raises(ValueError, match="told"), started as process, ended_with(process):
        raise ValueError("told")
    assert started.returncode != 0
