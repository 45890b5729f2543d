"""The legend of the phrase language on the rules page: every example is a phrase that finds what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coltiva.library import LANGUAGES, Library
from coltiva.tuning.phrase_help import check_phrase

WEB = Path(__file__).resolve().parents[2] / "server" / "coltiva" / "web"
TEXTS = {
    "en": ["Could you introduce me to your old editor?", "Please introduce me to Ada.", "Introduce me?"],
    "it": ["Mi presenti al tuo caro editore?", "Mi presenti Ada.", "Mi presenti il tuo socio.", "Puoi presentarmi?"],
    "es": ["¿Me presentas a tu buena editora?", "Me presentas a Ada.", "¿Puedes presentarme?"],
    "fr": ["Me présenter à votre chère éditrice ?", "Me présenter à Ada.", "Me présenter votre éditrice.", "As-tu le temps ?"],
    "de": ["Kannst du mich deiner alten Verlegerin vorstellen?", "Mich vorstellen?", "Mich Ada vorstellen."],
    "pt": ["Me apresentar à sua nova editora?", "Me apresentar à Ada.", "Pode me ver?", "Me rever."],
}
# What each example is there to show.
SIGNS = {"choice": "|", "optional": "[", "gap": "...3", "forms": "~", "prefix": "*", "list": "@", "slot": "<", "edges": "^", "question": "?"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_the_legend_finds_something(language: str, library: Library) -> None:
    """In the rules of the language that the page is read in, whose lists and forms it names."""
    examples = json.loads((WEB / "texts" / language / "rules.json").read_text("utf-8"))["legend_examples"]
    pack = library.pack(language)
    checks = {sign: check_phrase(phrase, TEXTS[language], pack) for sign, phrase in examples.items()}
    assert {sign: check.fault.error.message for sign, check in checks.items() if check.fault} == {}
    assert [sign for sign, check in checks.items() if not any(check.found)] == []
    assert [sign for sign, shown in SIGNS.items() if shown not in examples[sign]] == []


def test_the_page_shows_every_sign(library: Library) -> None:
    """The script lists the signs in the order of their texts, and each has a meaning."""
    texts = json.loads((WEB / "texts" / "en" / "rules.json").read_text("utf-8"))
    script = (WEB / "static" / "phrase-legend.js").read_text("utf-8")
    assert str(list(texts["legend_examples"])) in script
    assert list(texts["legend"]) == ["title", *texts["legend_examples"]]
