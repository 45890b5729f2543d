"""The labelled messages that a change is tried on are as many as the README says."""

from __future__ import annotations

from pathlib import Path

from coltiva.library import LANGUAGES
from coltiva.tuning.labelled import labelled_folder, set_files

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_readme_counts_them_rightly() -> None:
    """So many in one language, so many in all."""
    counts = [sum(len(path.read_text("utf-8").splitlines()) for path in set_files(labelled_folder(), code)) for code in LANGUAGES]
    said = " ".join(README.read_text("utf-8").split())
    assert f"labelled messages: {min(counts)} to {max(counts)} in the rule's language, or all {sum(counts):,} in the six languages" in said
