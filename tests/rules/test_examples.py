"""Every rule of every language: loads, finds its flag examples, passes its pass examples."""

import pytest

from coltiva.addresses import name_key
from coltiva.library import LANGUAGES
from coltiva.linting import SentenceMatcher
from coltiva.rule_check import check_pack, concerning, matched_rules
from coltiva.rule_pack import Rule, example_texts
from tests.shipped import LIBRARY

RULES = [(code, rule) for code in LIBRARY.languages for rule in (*LIBRARY.pack(code).rules.values(), *LIBRARY.pack(code).guards.values())]


@pytest.mark.parametrize("code", LIBRARY.languages)
def test_every_rule_file_can_be_used(code: str) -> None:
    """No file, phrase, list or form of a shipped pack is broken."""
    assert [str(p) for p in LIBRARY.pack(code).problems] == []


@pytest.mark.parametrize("code", LIBRARY.languages)
def test_every_pack_covers_all_ask_kinds(code: str) -> None:
    """Each language has rules for all ten kinds of ask."""
    assert {rule.kind for rule in LIBRARY.pack(code).rules.values()} >= set(LIBRARY.asks)


@pytest.mark.parametrize(("code", "rule"), RULES, ids=lambda value: value.id if isinstance(value, Rule) else None)
def test_rule_has_examples_both_ways(code: str, rule: Rule) -> None:
    """A rule shows at least three messages that it finds and one that it passes; a guard one that it silences."""
    assert len(rule.examples.pass_) >= 1
    if rule.kind:
        assert len(rule.examples.flag) >= 3


@pytest.mark.parametrize("code", LIBRARY.languages)
def test_examples_hold(code: str) -> None:
    """Every flag example is found by its rule, and every pass example is not."""
    assert [str(fault) for fault in check_pack(LIBRARY.pack(code))] == []


def test_a_wrong_example_would_be_seen() -> None:
    """The check is no formality: a clean message among the flag examples is reported."""
    pack = LIBRARY.pack("en")
    matcher = SentenceMatcher(pack)
    rule = pack.rules["en/asks/introduction"]
    found = matched_rules("The weather in Turin was lovely.", matcher)
    assert concerning(rule, found, pack) == set()
    assert any(concerning(rule, matched_rules(text, matcher), pack) for r, text, flag in example_texts([rule]) if flag)


def test_english_and_italian_are_there() -> None:
    """The first two languages have rules, and no language is offered that the project does not know."""
    assert {"en", "it"} <= set(LIBRARY.languages) <= set(LANGUAGES)


def leaves(node: object, path: str = "") -> dict[str, set[str]]:
    """Return the placeholders of each text below *node*, by its path."""
    if isinstance(node, dict):
        return {k: v for name, child in node.items() for k, v in leaves(child, f"{path}.{name}").items()}
    return {path: {part.partition("}")[0] for part in str(node).split("{")[1:]}}


@pytest.mark.parametrize("code", LIBRARY.languages)
def test_texts_say_the_same_in_every_language(code: str) -> None:
    """Each texts.yml has the same keys and placeholders as the English one."""
    ours, english = leaves(LIBRARY.texts(code)), leaves(LIBRARY.texts("en"))
    assert ours.keys() == english.keys()
    assert {k: v for k, v in ours.items() if v != english[k] and not k.endswith("_one")} == {}


@pytest.mark.parametrize("code", LIBRARY.languages)
def test_contacts_are_spoken_of_in_every_language(code: str) -> None:
    """Each relation.yml has the same keys and placeholders as the English one, and says something of its own."""
    texts, english_texts = LIBRARY.relation_texts(code), LIBRARY.relation_texts("en")
    assert texts.keys() == english_texts.keys()
    for group in ("next_steps", "tending", "override"):
        assert leaves(texts[group]) == leaves(english_texts[group])
        assert code == "en" or texts[group] != english_texts[group]


@pytest.mark.parametrize("code", LIBRARY.languages)
def test_words_of_the_quick_line(code: str) -> None:
    """Every language has words for every kind and day, and no word means two kinds."""
    words, english = LIBRARY.quick_line_words(code), LIBRARY.quick_line_words("en")
    assert words.kinds.keys() == english.kinds.keys() >= words.verbs.keys()
    assert (len(words.days.weekdays), len(words.days.months)) == (7, 12)
    assert all([*words.kinds.values(), *words.days.near, *words.days.weekdays, *words.days.months, words.parts, words.due])
    said = [(name_key(word), kind) for kind, group in words.kinds.items() for word in group]
    said += [(name_key(word), kind) for kind, group in words.verbs.items() for word in group]
    assert "" not in dict(said)
    assert {key for key, kind in said if {k for other, k in said if other == key} != {kind}} == set()
