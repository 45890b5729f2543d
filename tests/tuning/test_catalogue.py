"""The rules as the page lists them can be told apart by what they are called."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from coltiva.library import LANGUAGES, Library
from coltiva.tuning.catalogue import list_rules


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_rules_of_a_kind_have_the_same_title(language: str, library: Library) -> None:
    """In whatever language the page is read; a rule that only hints is told as one."""
    for reader in LANGUAGES:
        rows = [row for row in list_rules(library, language, library.texts(reader)) if row["kind"]]
        titles = Counter((row["kind"], row["title"], row["hint"]) for row in rows)
        assert [title for title, count in titles.items() if count > 1] == [], reader


def test_every_word_that_tells_rules_apart_is_used(library: Library) -> None:
    """No shipped rule has lost its name, and left its word behind."""
    variants = library.texts("en")["variants"]
    assert isinstance(variants, dict)
    names = [rule.removeprefix(f"{found.kind}-") for language in LANGUAGES for full, found in library.shipped_pack(language).rules.items() for rule in (full.split("/")[-1],)]
    assert set(variants) - {"named"} <= set(names)


def test_a_rule_of_the_users_keeps_its_kinds_title(tmp_path: Path, library: Library) -> None:
    """One that ends as a shipped rule of another language does is not called like that one."""
    own = tmp_path / "en" / "asks" / "advice-plan.yml"
    own.parent.mkdir(parents=True)
    own.write_text("kind: advice\nphrases:\n- counsel me\nexamples:\n  flag: [Please counsel me.]\n  pass: [A fine day.]\n", encoding="utf-8")
    trial = library.trial(tmp_path)
    titles = {row["id"]: row["title"] for row in list_rules(trial, "en", trial.texts("en"))}
    assert titles["en/asks/advice-plan"] == titles["en/asks/advice"] == "Asks for advice"
    assert titles["en/asks/advice-unspoken"] == "Asks for advice: without saying so"
