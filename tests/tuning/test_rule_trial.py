"""A rule tried on a text as it now stands: what it finds, what an exception holds back, what a guard silences."""

from __future__ import annotations

from pathlib import Path

import pytest

from coltiva.library import Library
from coltiva.rule_pack import Pack
from coltiva.tuning.rule_trial import RuleTrial, try_rule

RULE = "en/asks/introduction"
ASK = "Hello. Could you introduce me to your editor?"


def pack_with(library: Library, folder: Path, name: str, content: str) -> Pack:
    """Return the English rules under one file of a layer."""
    path = folder / "en" / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return library.trial(folder).pack("en")


def quotes(trial: RuleTrial, text: str) -> tuple[list[str], list[str]]:
    """Return what is found and what is held back, in words."""
    return [span.of(text) for span in trial.found], [span.of(text) for span in trial.held_back]


def test_a_rule_finds_what_its_phrases_find(library: Library) -> None:
    """In each text by itself, and nothing where another rule would find something."""
    texts = [ASK, "A quiet day.", "Could we meet for a call?"]
    first, *others = try_rule(RULE, texts, library.pack("en"))
    found, held_back = quotes(first, ASK)
    assert len(found) == 1, "what overlaps is one stretch"
    assert found[0].startswith("Could you introduce me")
    assert held_back == []
    assert others == [RuleTrial(()), RuleTrial(())]


@pytest.mark.parametrize("exception", ["unless: [introduce me]", "unless_sentence: [could you]", "unless_previous: [hello]"])
def test_what_an_exception_holds_back_is_told_apart(library: Library, tmp_path: Path, exception: str) -> None:
    """A phrase that finds something while the rule does not: nobody need think that the phrase is wrong."""
    pack = pack_with(library, tmp_path, "asks/introduction", f"extends: {RULE}\nadd: {{{exception}}}\n")
    (trial,) = try_rule(RULE, [ASK], pack)
    found, held_back = quotes(trial, ASK)
    assert found == []
    assert any("introduce me" in quote for quote in held_back)


def test_a_phrase_taken_out_and_a_rule_switched_off_find_nothing(library: Library, tmp_path: Path) -> None:
    """Neither is held back: they are not there."""
    phrase = "introduce me to (your|the) ...3"
    texts = ["Introduce me to the board"]
    pack = pack_with(library, tmp_path / "off", "asks/introduction", f"extends: {RULE}\nenabled: false\n")
    assert try_rule(RULE, texts, pack) == [RuleTrial(())]
    own = "kind: favor\nphrases: [unlock the gate]\nexamples: {flag: [Unlock the gate], pass: [A gate]}\n"
    pack = pack_with(library, tmp_path / "own", "asks/mine", own)
    assert quotes(try_rule("en/asks/mine", ["Do unlock the gate"], pack)[0], "Do unlock the gate") == (["unlock the gate"], [])
    pack = pack_with(library, tmp_path / "out", "asks/introduction", f"extends: {RULE}\nremove: {{phrases: [\"{phrase}\"]}}\n")
    assert [quotes(try_rule(RULE, texts, rules)[0], texts[0]) for rules in (library.pack("en"), pack)] == [
        (["Introduce me to the"], []), (["Introduce me to"], [])]


def test_a_guard_tells_where_it_silences(library: Library, tmp_path: Path) -> None:
    """Its phrases are marked, whichever way they silence."""
    pack = pack_with(library, tmp_path, "guards/mine", "guards: [asks]\nunless_sentence: [as a joke]\nexamples: {pass: [As a joke]}\n")
    text = "Marry me, as a joke."
    assert quotes(try_rule("en/guards/mine", [text], pack)[0], text) == (["as a joke"], [])
