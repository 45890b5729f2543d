"""A broken rule is named with its place and mend, and the others go on working."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coltiva.draft import read_draft
from coltiva.linting import SentenceMatcher
from coltiva.rule_check import check_pack, fires_on_others, matched_rules, unfired_phrases
from coltiva.rule_pack import Pack

GOOD = """\
kind: introduction
phrases: [introduce me]
unless: [you introduce me]
examples: {flag: ["Please introduce me"], pass: ["Could you introduce me"]}
"""


@pytest.mark.parametrize(
    ("broken", "line", "expected"),
    [
        ("kind: sale\nkind: money\nphrases: [a]\nexamples: {}\n", "en/asks/broken.yml:2:1", "each key once"),
        ("kind: sale\nphrase: [a]\nphrases: [a]\nexamples: {}\n", "en/asks/broken.yml:2:9", "unknown field `phrase`"),
        ("kind: sale\nphrases:\n  - buy (this\nexamples: {}\n", "en/asks/broken.yml:3:9", "close this"),
        ("kind: sale\nphrases:\n  - buy @nothing\nexamples: {}\n", "en/asks/broken.yml:3:5", "got @nothing"),
        ("kind: sale\nphrases:\n  - no\nexamples: {}\n", "en/asks/broken.yml:3:5", "in quotes"),
        ("kind: sale\nphrases: [a]\nunless:\n  - 12:30\nexamples: {}\n", "en/asks/broken.yml:4:5", "quotes around 12:30"),
        ("kind: sale\nphrases: [a\n", "en/asks/broken.yml:3:1", "not valid YAML"),
        ("kind: selling\nphrases: [a]\nexamples: {}\n", "en/asks/broken.yml:1:7", "expected one of"),
        ("kind: sale\nexamples: {}\n", "en/asks/broken.yml:1:1", "phrases"),
        ("", "en/asks/broken.yml:1:1", "Expected `object`"),
    ],
)
def test_names_place_and_mend(make_pack: Callable[..., Pack], broken: str, line: str, expected: str) -> None:
    """One line names file, line, column and what was expected; the good rule still finds."""
    pack = make_pack(asks__good_yml=GOOD, asks__broken_yml=broken)
    assert len(pack.problems) == 1
    problem = str(pack.problems[0])
    assert problem.startswith(line + ":")
    assert expected in problem
    assert "\n" not in problem
    assert matched_rules("Please introduce me", SentenceMatcher(pack)) == {"en/asks/good"}


def test_a_guard_of_nothing_known_is_named(make_pack: Callable[..., Pack]) -> None:
    """A guard for a group that is not there says so at the group and silences nothing; with a kind it does."""
    guard = 'guards: [asks, {}]\nunless_sentence: [thanks]\nexamples: {{pass: ["thanks, introduce me"]}}\n'
    pack = make_pack(asks__good_yml=GOOD, guards__thanks_yml=guard.format("askes"))
    assert [str(problem).partition(" reader")[0] for problem in pack.problems] == ["en/guards/thanks.yml:1:16: expected one of asks, hints, signals,"]
    assert matched_rules("Thanks again that they introduce me", SentenceMatcher(pack)) == {"en/asks/good"}
    pack = make_pack(asks__good_yml=GOOD, guards__thanks_yml=guard.format("sale"))
    assert pack.problems == ()
    assert matched_rules("Thanks again that they introduce me", SentenceMatcher(pack)) == set()


def test_a_list_that_refers_to_itself_is_reported(make_pack: Callable[..., Pack]) -> None:
    """Lists that loop are left out with a line that shows the loop."""
    words = "lists:\n  a: [x @b y]\n  b: [z @a z]\n  clause_lead: [and]\n"
    pack = make_pack(words_yml=words, asks__good_yml=GOOD)
    assert any("does not refer to itself" in str(p) for p in pack.problems)
    assert matched_rules("Please introduce me", SentenceMatcher(pack)) == {"en/asks/good"}


def test_unless_silences_where_it_touches(make_pack: Callable[..., Pack]) -> None:
    """A match that shares words with an ``unless`` phrase is none; another in the same sentence stays."""
    matcher = SentenceMatcher(make_pack(asks__good_yml=GOOD))
    assert matched_rules("Can you introduce me", matcher) == set()
    assert matched_rules("Can you introduce me, and introduce me again", matcher) == {"en/asks/good"}


def test_guards_silence_sentence_and_next(make_pack: Callable[..., Pack]) -> None:
    """A guard's phrases silence the whole sentence or the one that follows."""
    guard = 'guards: [asks]\nunless_sentence: [thanks]\nunless_previous: [you asked]\nexamples: {pass: ["thanks, introduce me"]}\n'
    matcher = SentenceMatcher(make_pack(asks__good_yml=GOOD, guards__thanks_yml=guard))
    assert matched_rules("Thanks again that they introduce me", matcher) == set()
    assert matched_rules("You asked. Introduce me", matcher) == set()
    assert matched_rules("You asked. Fine. Introduce me", matcher) == {"en/asks/good"}


def test_checks_see_wrong_examples_and_idle_phrases(make_pack: Callable[..., Pack]) -> None:
    """Examples that do not hold, phrases nothing fires and clashes between rules are all named."""
    wrong = 'kind: sale\nphrases: [buy it, introduce me to it]\nexamples: {flag: ["hello"], pass: ["Please introduce me"]}\n'
    pack = make_pack(asks__good_yml=GOOD, asks__wrong_yml=wrong)
    assert [str(f) for f in check_pack(pack)] == ["en/asks/wrong: finds nothing in its flag example: hello"]
    assert {f.example for f in unfired_phrases(pack)} == {"buy it", "introduce me to it"}
    assert [f.rule for f in fires_on_others(pack)] == ["en/asks/good"]


def test_forms_and_endings_are_written_out(make_pack: Callable[..., Pack]) -> None:
    """``stem+endings`` stands for every form; endings that do not exist are reported."""
    words = 'endings: {e: "- s d"}\nforms: {introduce: "introduce+e introducing", bad: "x+none"}\n'
    rule = 'kind: introduction\nphrases: [introduce~ me]\nexamples: {flag: ["introduced me"], pass: ["hello"]}\n'
    pack = make_pack(words_yml=words, asks__rule_yml=rule)
    matcher = SentenceMatcher(pack)
    for form in ("introduce", "introduces", "introduced", "introducing"):
        assert matched_rules(f"they {form} me", matcher) == {"en/asks/rule"}
    assert [str(p) for p in pack.problems] == ["en/words.yml:2:52: expected endings listed under endings:; got +none"]


def test_a_match_waits_while_the_next_words_may_silence_it(make_pack: Callable[..., Pack]) -> None:
    """While typing at the end, a match shows only once its longest open ``unless`` can no longer come true."""
    rule = GOOD.replace("[you introduce me]", "[introduce me to you now]")
    pack = make_pack(asks__good_yml=rule)
    matcher = SentenceMatcher(pack)

    def shown(text: str, caret: int | None) -> bool:
        draft = read_draft(text, pack.wording)
        return any(matches for _, matches in matcher.matches(draft, caret))

    assert pack.settle_words == {"en/asks/good": 4}
    assert not shown("Please introduce me", 19)
    assert not shown("Please introduce me to Ann at ", 29)
    assert shown("Please introduce me to Ann at once", 34)
    assert shown("Please introduce me.", 20)
    assert shown("Please introduce me", 3)
    assert shown("Please introduce me", None)
