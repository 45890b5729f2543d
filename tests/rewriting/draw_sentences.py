"""Draw messages with what a rewrite takes out of them, for people to correct: what the keeper learns from.

``python -m tests.rewriting.draw_sentences LANGUAGE --seed 7 --count 60 NAME`` writes ``NAME.txt`` to read and
``NAME.jsonl`` with the same messages; ``… LANGUAGE --judged NAME`` adds them, corrected by ``NAME.marks``, to
``beside/LANGUAGE.jsonl``. A line of marks is the number of a message, then what is wrong with it: ``17 2=goes 4=stays
5=either``, or nothing; a message that has no line of marks is left out.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coltiva.training.beside import EITHER, GOES, STAYS
from tests.rewriting.drawing import drawn, one_line, run

JUDGED = Path(__file__).parent / "beside"
_ASKS = "asks"


def with_sentences(language: str, seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield messages with their sentences, each with whether it stays, goes or asks."""
    lines = (JUDGED / f"{language}.jsonl").read_text("utf-8").splitlines()
    known = {(one["set"], one["id"]) for one in map(json.loads, lines)}
    for folder, record, rewriter in drawn(language, random.Random(seed), known):
        layout, gone, asks = rewriter.layout, rewriter._gone, rewriter._asks
        if not all(ask.premature for ask in asks):
            continue  # where one stays the rules decide
        sentences = []
        for number, piece in enumerate(layout.pieces):
            asking = any(ask.span.overlaps(piece.span) for ask in asks)
            state = _ASKS if asking else GOES if number in gone else STAYS
            sentences.append({"text": piece.span.of(layout.text), "state": state})
        if sum(one["state"] != _ASKS for one in sentences) > 0:
            yield {"set": folder, "id": record["id"], "text": record["text"], "contact": record["contact"]["name"], "sentences": sentences}
            count -= 1
        if not count:
            return


def _shown(number: int, one: dict[str, Any]) -> str:
    """Return a message as people read it."""
    told = [f"  {n} [{s['state']}] {one_line(s['text'])}" for n, s in enumerate(one["sentences"], 1)]
    return "\n".join([f"#{number} to {one['contact']}: {one_line(one['text'])}", *told, ""])


def merged(language: str, name: Path) -> int:
    """Add corrected messages to those of *language*; return how many. A mark that is unknown ends it."""
    messages = [json.loads(line) for line in name.with_suffix(".jsonl").read_text("utf-8").splitlines()]
    judged = []
    for line in name.with_suffix(".marks").read_text("utf-8").splitlines():
        number, *given = line.split()
        one = messages[int(number.strip("#:")) - 1]
        for mark in given:
            match = re.fullmatch(rf"(\d+)=({STAYS}|{GOES}|{EITHER})", mark)
            if match is None or one["sentences"][int(match[1]) - 1]["state"] == _ASKS:
                raise SystemExit(f"#{number}: expected marks such as 2=goes for a sentence that does not ask; got {mark}")
            one["sentences"][int(match[1]) - 1]["state"] = match[2]
        labels = {label: [s["text"] for s in one["sentences"] if s["state"] == label] for label in (STAYS, GOES, EITHER)}
        judged.append({"set": one["set"], "id": one["id"]} | labels)
    with (JUDGED / f"{language}.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in judged)
    return len(judged)


if __name__ == "__main__":
    run("Draw sentences to be judged, or add their marks.", with_sentences, _shown, merged)
