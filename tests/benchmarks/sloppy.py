"""How much is found where people type sloppily: the same labelled messages, each time with something taken from them.

Run: ``python tests/benchmarks/sloppy.py FOLDER …`` with folders of labelled messages, one file a language. Prints for each
way of typing the F1 of each language, and of all languages the mean F1, share of right kinds, of right verdicts and of
false alarms, in per cent.
"""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from multiprocessing import Pool
from pathlib import Path

from coltiva.evaluation import Tally, compare
from coltiva.library import LANGUAGES, Library
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer

TYPOS = 0.12  # share of the long words that get one
_MARK = re.compile(r"[¿¡]|[.,;:!?…]+(?=\s|$)")
_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
# A way of typing gives for each character what is typed in its place, so that labels can be moved along.
Way = Callable[[str], list[str]]


def without_marks(text: str) -> list[str]:
    """Leave out all marks and capitals; the lines stay."""
    typed = list(text.lower()) if len(text.lower()) == len(text) else list(text)
    for match in _MARK.finditer(text):
        typed[match.start() : match.end()] = [""] * len(match.group())
    return typed


def with_commas_alone(text: str) -> list[str]:
    """Set a comma for every mark, on one line, without capitals."""
    typed = [" " if c == "\n" else c for c in (text.lower() if len(text.lower()) == len(text) else text)]
    for match in _MARK.finditer(text):
        typed[match.start() : match.end()] = ["" if match.group() in "¿¡" else ",", *[""] * (len(match.group()) - 1)]
    return typed


def without_accents(text: str) -> list[str]:
    """Type letters without their accents."""
    return [unicodedata.normalize("NFD", c)[0] if c.isalpha() else c for c in text]


def with_typos(text: str) -> list[str]:
    """Lose, double or swap a letter inside of some long words, always the same ones."""
    dice, typed = random.Random(len(text)), list(text)
    for match in _LONG_WORD.finditer(text):
        at = dice.randrange(match.start() + 1, match.end() - 1)
        if dice.random() < TYPOS:
            first, second = text[at], text[at + 1]
            typed[at : at + 2] = dice.choice((["", second], [first * 2, second], [second, first]))
    return typed


WAYS: dict[str, Way] = {
    "as it is": list, "capitals": lambda text: [c.upper() if len(c.upper()) == 1 else c for c in text], "no accents": without_accents,
    "typos": with_typos, "no marks": without_marks, "commas": with_commas_alone,
}


def retyped(record: dict[str, object], way: Way) -> dict[str, object]:
    """Return a labelled message as *way* types it, its labels with it."""
    text = str(record["text"])
    typed = way(text)
    asks = [ask for ask in record["asks"] if isinstance(ask, dict)]  # type: ignore[attr-defined]
    places = [(text.find(ask["quote"]), len(ask["quote"]), ask) for ask in asks]
    moved = [{**ask, "quote": "".join(typed[start : start + size]).strip()} for start, size, ask in places if start >= 0]
    return {**record, "text": "".join(typed), "asks": moved}


def measure(language: str, folders: list[Path]) -> dict[str, dict[str, float]]:
    """Return the figures of one language for each way of typing."""
    library = Library()
    reviewer = Reviewer(library)
    records = [json.loads(line) for folder in folders for line in (folder / f"{language}.jsonl").read_text("utf-8").splitlines()]
    figures = {}
    for name, way in WAYS.items():
        tally = Tally()
        for record in (retyped(record, way) | {"language": language} for record in records):
            fields = ("text", "channel", "contact", "history", "language", "today")
            request = request_from_json({f: record[f] for f in fields if f in record}, today=date.fromisoformat(record["today"]))
            tally.add(compare(record, reviewer.review(request), library))
        found = tally.to_dict()
        figures[name] = {key: 100 * (found[key] or 0.0) for key in ("f1", "right_kind", "verdict_accuracy", "false_alarms")}  # type: ignore[operator]
    return figures


def main() -> None:
    """Print the table."""
    folders = [Path(name) for name in sys.argv[1:]]
    with Pool(2) as pool:
        by_language = dict(zip(LANGUAGES, pool.starmap(measure, [(code, folders) for code in LANGUAGES]), strict=True))
    print(f"{'':12}", *(f"{code:>5}" for code in LANGUAGES), "     F1  kind  verdict  alarms")
    for name in WAYS:
        rows = [by_language[code][name] for code in LANGUAGES]
        means = [sum(row[key] for row in rows) / len(rows) for key in rows[0]]
        print(f"{name:12}", *(f"{row['f1']:5.0f}" for row in rows), "  ", *(f"{mean:6.1f}" for mean in means))


if __name__ == "__main__":
    main()
