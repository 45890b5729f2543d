"""The user's layer: it changes shipped rules, adds its own, and where it is broken all the rest goes on working."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coltiva.contacts import Contact
from coltiva.library import Library
from coltiva.review import Reviewer, ReviewRequest

from .conftest import TODAY, event

ASK = "Could you introduce me to your editor?"
MET = (event("2026-05-01", "meeting"),)


class Layer:
    """A user's folder under test, and what a reviewer makes of a message under it."""

    def __init__(self, folder: Path, shipped: Library) -> None:
        self.folder = folder
        self.library = shipped.trial(folder)
        self.reviewer = Reviewer(self.library)

    def write(self, name: str, content: str) -> None:
        """Write a file of the layer, as an editor would, and have it read."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        assert self.library.refresh()

    def lint(self, text: str, history: tuple[object, ...] = (), today: date = TODAY) -> dict[str, object]:
        """Return the report on an English message."""
        request = ReviewRequest(text, "linkedin_message", "en", "en", today, Contact("Ada"), history)  # type: ignore[arg-type]
        return self.reviewer.review(request).to_dict()

    def found(self, text: str, history: tuple[object, ...] = ()) -> list[tuple[str, str, str]]:
        """Return kind, severity and needed stage of the asks and hunting signals found."""
        findings = self.lint(text, history)["findings"]
        return [(f["kind"], f["severity"], f["needs"]) for f in findings if f["category"] != "growing"]  # type: ignore[attr-defined]


@pytest.fixture
def layer(tmp_path: Path, library: Library) -> Layer:
    """Return an empty layer over the shipped rules."""
    return Layer(tmp_path / "rules", library)


def test_without_a_layer_the_shipped_pack_is_used(layer: Layer, library: Library) -> None:
    """A folder that is not there changes nothing, and costs nothing: the pack is the very same."""
    assert layer.library.pack("en") is library.pack("en")
    assert not layer.library.refresh()


def test_a_rule_is_switched_off_and_on(layer: Layer) -> None:
    """What a rule finds is gone while it is off, the second reader does not bring it back, and undoing it does."""
    assert layer.found(ASK) == [("introduction", "error", "credibility")]
    layer.write("en/asks/introduction.yml", "extends: en/asks/introduction\nenabled: false\n")
    assert layer.found(ASK) == []
    assert layer.found("Could you buy my course?") != []
    layer.write("en/asks/introduction.yml", "extends: en/asks/introduction\n")
    assert layer.found(ASK) == [("introduction", "error", "credibility")]


def test_severity_and_needed_stage(layer: Layer) -> None:
    """A rule's own severity and stage count before those of its kind, in finding and verdict."""
    layer.write("en/asks/introduction.yml", "extends: en/asks/introduction\nseverity: warning\n")
    assert layer.found(ASK) == [("introduction", "warning", "credibility")]
    assert layer.lint(ASK)["verdict"] == "revise"
    layer.write("en/asks/introduction.yml", "extends: en/asks/introduction\nneeds: visibility\n")
    assert layer.found(ASK) == [("introduction", "warning", "visibility")]
    assert layer.found(ASK, MET) == [("introduction", "info", "visibility")]


def test_phrases_added_and_taken_out(layer: Layer) -> None:
    """An added phrase finds even what the reader doubts, with the rule's own lists; one taken out finds nothing more."""
    text = "The golden gate opens at noon"
    assert layer.found(text) == []
    added = "extends: en/asks/introduction\nlists: {gate: [golden gate, silver gate]}\nadd:\n  phrases: ['@gate opens']\n"
    layer.write("en/asks/introduction.yml", added)
    assert layer.found(text) == [("introduction", "error", "credibility")]
    layer.write("en/signals/flattery.yml", "extends: en/signals/flattery\nremove:\n  phrases:\n    - keep up the (great|good|amazing|awesome|fantastic|excellent) work\n")
    assert layer.found("Keep up the great work") == []
    assert layer.found("I'm a huge fan of your work.") == [("flattery", "warning", None)]


def test_an_unless_of_the_user_silences_phrase_and_reader(layer: Layer) -> None:
    """An ``unless`` phrase of the user's silences the rule there, and the second reader too."""
    layer.write("en/asks/introduction.yml", "extends: en/asks/introduction\nadd:\n  unless: [introduce me to your editor]\n")
    assert layer.found(ASK) == []
    assert layer.found("Could you introduce me to your boss?") == [("introduction", "error", "credibility")]


def test_rules_and_guards_of_ones_own(layer: Layer) -> None:
    """A new rule has the schema of the shipped ones; a guard of one's own silences shipped rules."""
    rule = "kind: favor\nphrases: [polish my halo]\nexamples: {flag: [Please polish my halo], pass: [A halo]}\n"
    layer.write("en/asks/halo.yml", rule)
    assert layer.found("Would you polish my halo") == [("favor", "error", "credibility")]
    layer.write("en/guards/joke.yml", "guards: [asks]\nunless_sentence: [as a joke]\nexamples: {pass: [As a joke]}\n")
    assert layer.found("As a joke, would you polish my halo") == []


def test_a_shipped_guard_for_the_reader_counts_under_a_layer_until_it_is_switched_off(layer: Layer) -> None:
    """An open door stays no ask when the user has rules of their own; without the guard, the reader takes it for one again."""
    door = "Any problems, drop me a line and I will come round."
    layer.write("en/asks/halo.yml", "kind: favor\nphrases: [polish my halo]\nexamples: {}\n")
    assert layer.found(door) == []
    layer.write("en/guards/open-door.yml", "extends: en/guards/open-door\nenabled: false\n")
    assert [kind for kind, *_ in layer.found(door)] == ["introduction"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("en/asks/x.yml", "extends: en/asks/introdction\n", "x.yml:1:10: expected a shipped rule, such as en/asks/introduction"),
        ("en/asks/x.yml", "extends: en/asks/sale\nsevrity: info\n", "x.yml:2:10: Object contains unknown field `sevrity`"),
        ("en/asks/x.yml", "extends: en/asks/sale\nseverity: high\n", "x.yml:2:11: expected one of info, warning, error; got 'high'"),
        ("en/asks/x.yml", "extends: en/asks/sale\nadd: {phrases: ['buy (this']}\n", "x.yml:2:21: expected ')' to close this"),
        ("en/asks/x.yml", "extends: en/asks/sale\nadd:\n  phrases:\n    - buy @nothing\n", "x.yml:4:7: expected a list named in words.yml"),
        ("en/asks/x.yml", "extends: en/asks/sale\nremove: {phrases: [never there]}\n", "x.yml:2:20: expected a phrase that en/asks/sale has"),
        ("en/asks/sale.yml", "kind: sale\nphrases: [a]\nexamples: {}\n", "sale.yml:1:1: expected extends: en/asks/sale"),
        ("en/asks/x.yml", "kind: sale\nphrases: [a\n", "x.yml:3:1: not valid YAML"),
        ("asks.yml", "asks: {introduction: {needs: fame}}\n", "asks.yml:1:30: expected one of stranger, visibility"),
        ("asks.yml", "asks: {introductions: {needs: visibility}}\n", "asks.yml:1:23: expected one of money"),
        ("stages.yml", "gates:\n  visibility_days: {value: 0}\n", "stages.yml:2:28: expected a whole number from 1"),
        ("channels.yml", "channel: {}\n", "channels.yml:1:10: expected a mapping under one of channels, limits"),
    ],
)
def test_what_is_broken_is_named_and_the_rest_works(layer: Layer, name: str, content: str, expected: str) -> None:
    """File, line, column and mend; the shipped rules and a whole rule of the user's go on working."""
    layer.write("en/asks/halo.yml", "kind: favor\nphrases: [polish my halo]\nexamples: {}\n")
    layer.write(name, content)
    assert layer.found(ASK) == [("introduction", "error", "credibility")]
    assert layer.found("Would you polish my halo") == [("favor", "error", "credibility")]
    problems = [str(p) for p in layer.library.own_problems]
    assert len(problems) == 1
    assert f"{layer.folder.as_posix()}/" in problems[0]
    assert expected in problems[0]


def test_tables_of_the_user_count(layer: Layer) -> None:
    """Needs of kinds, gates, limits, severities and the readers follow the user's tables, value by value."""
    layer.write("asks.yml", "asks:\n  introduction: {needs: visibility}\n")
    assert layer.found(ASK) == [("introduction", "warning", "visibility")]
    layer.write("stages.yml", "gates:\n  visibility_days: {value: 2}\n")
    assert layer.lint(ASK, MET)["relationship"]["stage"] == "stranger"  # type: ignore[index]
    assert layer.library.gates.credibility_days == 3
    layer.write("channels.yml", "channels: {linkedin_message: {limit: 10}}\nlimits: {links: {value: 0}}\n")
    assert ("too_long", "warning", None) in layer.found("Lovely to read your news from the coast")
    layer.write("signals.yml", "hunting: {too_long: {severity: info}, flattery: {enabled: false}}\n")
    assert ("too_long", "info", None) in layer.found("Lovely to read your news from the coast")
    assert "flattery" not in [kind for kind, _, _ in layer.found("I'm a huge fan of your work.")]
    hoping = "I hope this email finds you well."
    assert ("template", "info", None) in layer.found(hoping, MET)
    layer.write("signals.yml", "hunting: {template: {known: error}}\n")
    assert ("template", "error", None) in layer.found(hoping, MET)
    assert ("template", "warning", None) in layer.found(hoping)
    assert layer.library.reader("en") is not None
    layer.write("readers.yml", "readers: {en: {enabled: false}}\n")
    assert layer.library.reader("en") is None


def test_a_word_that_is_right_is_no_misspelling_of_an_added_one(layer: Layer) -> None:
    """Only the user's new words are there to be misspelt; a word that shipped phrases know stays what it is."""
    layer.write("en/asks/x.yml", "kind: favor\nphrases: [introducer party]\nexamples: {}\n")
    assert layer.found("introduced party") == []
    assert layer.found("intoducer party") == [("favor", "error", "credibility")]
