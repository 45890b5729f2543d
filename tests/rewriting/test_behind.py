"""What stands behind an ask in its paragraph: what stays there stays rightly (``README.md`` says who labelled, and how)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from coltiva.cues import folded_words
from coltiva.library import LANGUAGES
from coltiva.rewriting.removing import turns_away

from .holding import CORPUS, LIBRARY

BEHIND = Path(__file__).parent / "behind"


def labelled(code: str) -> list[tuple[str, str]]:
    """Return each sentence with its label: ``stays``, ``goes``, or ``closing``."""
    found = [json.loads(line) for line in (BEHIND / f"{code}.jsonl").read_text("utf-8").splitlines()]
    texts = {}
    for folder in {one["folder"] for one in found}:
        records = [json.loads(line) for line in (CORPUS / folder / f"{code}.jsonl").read_text("utf-8").splitlines()]
        texts |= {(folder, record["id"]): record["text"] for record in records}
    return [(texts[one["folder"], one["id"]][one["start"] : one["end"]], one["label"]) for one in found]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_stays_behind_an_ask_stays_rightly(code: str) -> None:
    """Of the sentences that turn to something else at least 85 in 100 should stay, and some are found."""
    lines = LIBRARY.rewrite_lines(code)
    assert lines is not None
    kept = Counter(label for sentence, label in labelled(code) if turns_away(" ".join(folded_words(sentence)), lines))
    assert kept["stays"] >= 20
    assert kept["stays"] >= 0.85 * (kept["stays"] + kept["goes"])
