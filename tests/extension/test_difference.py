"""What the extension shows as going and coming adds up to the two texts, whatever they hold."""

from __future__ import annotations

import json

import pytest

from .node import run_node

SCRIPT = """import { difference } from '../../extension/pages/difference.js';
console.log(JSON.stringify(difference(...JSON.parse(process.argv[1]))));"""
SENTENCE = "Hi Ivan 👨‍👩‍👧, could you introduce me to 𝗥𝗶𝗰𝗵𝗮𝗿𝗱? Thanks!"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""), ("", "new"), ("old", ""), ("the same", "the same"), (SENTENCE, "Hi Ivan 👨‍👩‍👧, how was the fair in Genoa? Thanks!"),
        (SENTENCE, SENTENCE.replace("Hi", "Hello")), ("one\n  two\n", "one\n  2\n"), ("a b c", "a  c"), ("a\n\nb  c", "a\nb c\n"), ("e\u0301té", "été"), ("x " * 900, "y " * 900),
    ],
)
def test_the_parts_add_up(before: str, after: str) -> None:
    """All but what comes is the old text, all but what goes the new one."""
    done = run_node(["node", "--input-type=module", "-e", SCRIPT, json.dumps([before, after])])
    parts = json.loads(done.stdout)
    assert "".join(part["text"] for part in parts if part["kind"] != "comes") == before
    assert "".join(part["text"] for part in parts if part["kind"] != "goes") == after


def test_few_words_between_two_changes_change_too() -> None:
    """One change that can be read is shown, not a mosaic."""
    done = run_node(["node", "--input-type=module", "-e", SCRIPT, json.dumps([
        "Hello. Could you introduce me to Ann? Bye for now.", "Hello. How did you get to know Ann, if I may ask? Bye for now.",
    ])])
    assert [part["kind"] for part in json.loads(done.stdout)] == ["same", "goes", "comes", "same"]


def test_blanks_around_a_change_are_none_of_it() -> None:
    """No line goes through or under the blank before the next sentence."""
    done = run_node(["node", "--input-type=module", "-e", SCRIPT, json.dumps(["Hello. Could you introduce me to Ann? Bye for now.", "Hello. I hope you are well. Bye for now."])])
    changes = [part["text"] for part in json.loads(done.stdout) if part["kind"] != "same"]
    assert changes == ["Could you introduce me to Ann?", "I hope you are well."]


def test_what_is_to_be_filled_in_is_found() -> None:
    """Brackets hold what the user has to fill in, wherever they stand; a bracket left open holds nothing."""
    script = "import { blanksIn } from '../../extension/pages/difference.js'; console.log(JSON.stringify(process.argv.slice(1).map(blanksIn)));"
    done = run_node(["node", "--input-type=module", "-e", script, "I have [what you can offer] for you, [when].", "None here.", "Left [open"])
    assert json.loads(done.stdout) == [["[what you can offer]", "[when]"], [], []]
