"""What the extension asks about in a long message gives what the whole message would."""

from __future__ import annotations

import datetime
import json
import random
from typing import Any

import pytest

from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from tests.shipped import LIBRARY

from ..scenes import SCENES
from .node import run_node

SCRIPT = """import { joined, partAround } from '../../extension/background/near.js';
const [known, text, report, part] = JSON.parse(process.argv[1]);
console.log(JSON.stringify(report ? joined(known, text, part, report) : partAround(known.text, text)));"""
PLAIN = "We talked about sails and maps for a while that day. The harbour was quiet, as it is in spring.\n"
MESSAGE = (PLAIN * 4 + SCENES["en"][0] + "\n" + PLAIN * 4 + "Could you introduce me to Ada Byron?\n") * 2 + PLAIN * 4


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    """Return what the server reviews with."""
    return Reviewer(LIBRARY)


def report_on(reviewer: Reviewer, text: str) -> dict[str, Any]:
    """Return the report on a text, as the API gives it."""
    body = {"text": text, "language": "en", "explain_in": "en", "rewrites": False}
    return reviewer.review(request_from_json(body, today=datetime.date(2026, 5, 14))).to_dict()


def cut(text: str, part: dict[str, int]) -> str:
    """Return a part whose borders count as browsers count."""
    return text.encode("utf-16-le")[2 * part["start"] : 2 * part["end"]].decode("utf-16-le")


def ask_node(*values: object) -> Any:
    """Return what the extension's own code makes of *values*."""
    done = run_node(["node", "--input-type=module", "-e", SCRIPT, json.dumps(values)])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("seed", range(6))
def test_a_part_gives_what_the_whole_gives(reviewer: Reviewer, seed: int) -> None:
    """After a change anywhere, the report that is joined has the same asks at the same places as one on the whole text."""
    dice = random.Random(seed)
    at = dice.randrange(len(MESSAGE))
    written = dice.choice(["x", ".", "\n", " Could you recommend me to your boss?", ""])
    text = MESSAGE[:at] + written + MESSAGE[at + (not written) :]
    report = report_on(reviewer, MESSAGE)
    known = {"text": MESSAGE, "report": report, "ids": [str(number) for number, _ in enumerate(report["findings"])]}
    part = ask_node(known, text)
    assert part["end"] - part["start"] < len(text) / 3
    joined = ask_node(known, text, report_on(reviewer, cut(text, part)), part)
    places = [(one["rule"], one["start"], one["end"]) for one in joined["report"]["findings"] if one["category"] == "ask"]
    expected = [(one["rule"], one["start"], one["end"]) for one in report_on(reviewer, text)["findings"] if one["category"] == "ask"]
    assert sorted(places) == sorted(expected)
    assert len(set(joined["ids"])) == len(joined["report"]["findings"])


def test_a_short_message_or_a_great_change_wants_the_whole() -> None:
    """Where a part would be most of the text, or nothing has changed, there is none."""
    assert ask_node({"text": PLAIN}, PLAIN + "x") is None
    assert ask_node({"text": ""}, MESSAGE) is None
    assert ask_node({"text": MESSAGE}, MESSAGE) is None
