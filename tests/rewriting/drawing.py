"""Labelled messages drawn at random, some with another message's record, and the rewriter of each."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from typing import Any

from coltiva import review
from coltiva.payloads import request_from_json
from coltiva.rewriting import Rewriter
from tests.rewriting.holding import REVIEWER, records

FOLDERS = (
    *("kindred", "varied", "everyday", "oblique", "sought", "mixed", "templates", "regional", "mailings"),
    *("training", "own", "development", "letters", "fresh-h", "fresh-j", "fresh-l"),
)
_LENT = 0.4  # share of messages that are read with another message's record


def drawn(language: str, chance: random.Random, known: Set[tuple[str, str]]) -> Iterator[tuple[str, dict[str, Any], Rewriter]]:
    """Yield messages that ask too early, each with its folder and its rewriter; none of those *known* by folder and id."""
    pool = [(folder, one) for folder in FOLDERS for one in records(language, folder)]
    chance.shuffle(pool)
    lenders = [one for _, one in pool if one.get("history")]
    for folder, one in pool:
        if (folder, one["id"]) not in known:
            lender = chance.choice(lenders)
            lent = {"history": lender["history"], "today": lender["today"]} if chance.random() < _LENT else {}
            rewriter = rewriter_of(one | lent)
            if rewriter is not None:
                yield folder, one | lent, rewriter


def rewriter_of(record: dict[str, Any]) -> Rewriter | None:
    """Return the rewriter of a message; None where it does not ask too early."""
    made: list[Rewriter] = []

    class Kept(Rewriter):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            made.append(self)

    was, review.Rewriter = review.Rewriter, Kept  # type: ignore[misc]
    try:
        REVIEWER.review(request_from_json(record | {"rewrites": True}, today=None))  # type: ignore[arg-type]
    finally:
        review.Rewriter = was  # type: ignore[misc]
    return made[0] if made and made[0].message.early else None


def one_line(text: str) -> str:
    """Return *text* with its line breaks as signs."""
    return text.replace("\n", " ⏎ ")


def run(
    description: str,
    draw: Callable[[str, int, int], Iterator[dict[str, Any]]],
    shown: Callable[[int, dict[str, Any]], str],
    merge: Callable[[str, Path], int],
) -> None:
    """Draw messages from the command line, or add judged ones.

    Args:
        draw: yields messages of a language, given a seed and how many.
        shown: returns a message, by its number, as people read it.
        merge: adds the messages of a file with their marks, and returns how many.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("language")
    parser.add_argument("name", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--judged", action="store_true")
    given = parser.parse_args()
    if given.judged:
        print(merge(given.language, given.name))
        return
    messages = list(draw(given.language, given.seed, given.count))
    with given.name.with_suffix(".jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in messages)
    told = [shown(number, one) for number, one in enumerate(messages, 1)]
    given.name.with_suffix(".txt").write_text("\n".join(told), "utf-8")
