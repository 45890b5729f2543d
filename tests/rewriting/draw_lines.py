"""Draw messages with lines that a rewrite may say in them, for people to judge which of them suit.

``python -m tests.rewriting.draw_lines LANGUAGE --seed 7 --count 60 NAME`` writes ``NAME.txt`` to read and
``NAME.jsonl`` with the same messages; ``… LANGUAGE --judged NAME`` adds the marks of ``NAME.marks`` to
``suiting/LANGUAGE.jsonl``. A line of marks is the number of a message, then one mark for each line of it:
``17 w1=2 w2=0 none=1``. 2 is said well there, 1 may be said, 0 does not suit. Since 1 December 2026, 21 h, people judge ``strictly``: by whether
they would sign it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coltiva.rewrite_lines import group_of
from coltiva.rewriting import Rewriter
from coltiva.rewriting.saying import Said
from tests.rewriting.drawing import drawn, one_line, run

JUDGED = Path(__file__).parent / "suiting"
_PER_GROUP = 3
_PER_MESSAGE = 9
_FIRST = 0.8  # share of messages that are drawn with the lines that would be said first, not with any
_INSTEAD = 0.7  # share of messages where a smaller ask may stand in that are drawn with it
_FEWEST = 3  # of which one may suit better than another
_TIES = ("history", "notes", "promises")
_PLACE = "▮"


def with_lines(language: str, seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield messages with the lines that may stand in them."""
    chance = random.Random(seed)
    for folder, record, rewriter in drawn(language, chance, _known(language)):
        # Where a smaller ask may stand in for the sender's, more stays, and other lines are said.
        asking = rewriter._asking if chance.random() < _INSTEAD else None
        found = _instead(rewriter, chance) if asking else _choices(rewriter, chance)
        if len(found) < (1 if asking else _FEWEST):
            continue
        frame, early = asking or rewriter._frame, rewriter.message.early
        yield {
            "set": folder,
            "id": record["id"],
            "contact": record["contact"],
            "stage": rewriter.message.relation.stage.word,
            "channel": record["channel"],
            "text": record["text"],
            "head": frame.head,
            "own": frame.own,
            "tail": frame.tail,
            "asks": [finding.span.of(rewriter.message.draft.text) for finding in early],
            "kinds": sorted({finding.kind for finding in early}),
            "record": {tie: record["contact"].get(tie) or record.get(tie) for tie in _TIES},
            "today": record["today"],
            "lines": found,
        }
        count -= 1
        if not count:
            return


def _known(language: str) -> set[tuple[str, str]]:
    file = JUDGED / f"{language}.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return {(one["set"], one["id"]) for one in map(json.loads, lines)}


def _choices(rewriter: Rewriter, chance: random.Random) -> list[dict[str, str]]:
    """Return the lines of each strategy that would be said first, or some that may be said, and some memories."""
    found: list[dict[str, str]] = []
    first = chance.random() < _FIRST
    rewriter._chooser.begin(0.0)
    for strategy in rewriter._strategies():
        # What picks up after a silence stands before the sender's words, where a memory would.
        said = [line if line.lines else opening for opening, line in rewriter._candidates(strategy, 0)]
        fresh = list({one.lines[0]: one for one in said if one is not None and len(one.lines) == 1 and group_of(one.lines[0]) == strategy}.values())
        for line in fresh[:_PER_GROUP] if first else chance.sample(fresh, min(_PER_GROUP, len(fresh))):
            found.append(_told(rewriter, strategy, line))
    chance.shuffle(found)
    remembered = () if rewriter._frame.own else rewriter._chooser.memories[:3]
    memories = [_told(rewriter, "memories", said) for said in remembered]
    return [*memories, *found[: _PER_MESSAGE - len(memories)]]


def _instead(rewriter: Rewriter, chance: random.Random) -> list[dict[str, str]]:
    """Return some of the smaller asks that may stand in for the sender's."""
    lines = rewriter._chooser._fitting("instead")
    chosen = chance.sample(lines, min(_PER_GROUP, len(lines)))
    return [_told(rewriter, "instead", rewriter._chooser.said(line)) for line in chosen]


def _told(rewriter: Rewriter, group: str, said: Said) -> dict[str, str]:
    line = next(line for line in rewriter.lines.lines[group] if line.id == said.lines[0])
    return {"group": group, "template": line.text, "ground": line.ground, "said": said.text}


def _shown(number: int, one: dict[str, Any]) -> str:
    """Return a message as people read it."""
    contact = one["contact"]
    known = f"{contact['name']}, {contact.get('company', '')} {contact.get('role', '')}".strip(" ,")
    ties = [json.dumps(value, ensure_ascii=False) for value in one["record"].values() if value]
    memory = any(line["group"] in ("memories", "reconnect") for line in one["lines"])
    place = f"{one['head']}{'▯ ' if memory else ''}{one['own']} {_PLACE} {one['tail'].strip()}"
    shown = [f"#{number} [{one['channel']}, {one['stage']}, {known}; today {one['today']}]", *ties]
    shown += ["WRITTEN: " + one_line(one["text"]), "WITHOUT THE ASK: " + one_line(place)]
    shown += [f"  {name} {line['said']}" for name, line in _named(one["lines"])]
    return "\n".join([*shown, "  none (nothing is added)", ""])


def _named(lines: Sequence[dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each line with its name: the first letter of its group and a number, unique in its message."""
    for number, line in enumerate(lines, 1):
        yield f"{line['group'][0]}{number}", line


def merged(language: str, name: Path) -> int:
    """Add judged messages to those of *language*; return how many. A mark that is missing or unknown ends it."""
    messages = [json.loads(line) for line in name.with_suffix(".jsonl").read_text("utf-8").splitlines()]
    marks = {}
    for line in name.with_suffix(".marks").read_text("utf-8").splitlines():
        number, *given = line.split()
        marks[int(number.strip("#:"))] = dict(re.fullmatch(r"(\w+)=([012])", mark).groups() for mark in given)  # type: ignore[union-attr]
    judged = []
    for number, one in enumerate(messages, 1):
        if number not in marks:
            continue
        lines = [line | {"mark": int(marks[number][label])} for label, line in _named(one["lines"])]
        kept = {key: one[key] for key in ("set", "id", "channel", "stage", "head", "own", "tail", "asks", "kinds")}
        judged.append(kept | {"lines": lines, "none": int(marks[number]["none"]), "strictly": True})
    JUDGED.mkdir(exist_ok=True)
    with (JUDGED / f"{language}.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in judged)
    return len(judged)


if __name__ == "__main__":
    run("Draw lines to be judged, or add their marks.", with_lines, _shown, merged)
