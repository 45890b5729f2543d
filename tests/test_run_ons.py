"""Sentences of writers who set no marks, cut by the words around each gap."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coltiva.contacts import Contact
from coltiva.draft import read_draft
from coltiva.library import LANGUAGES, Library, shipped_rules
from coltiva.review import Reviewer, ReviewRequest
from coltiva.run_ons import LONG_WORDS, RunOns
from coltiva.tokens import Wording
from tests.shipped import LIBRARY

# "and" never begins a sentence here, "could" always does, "well" ends one.
RUN_ONS = RunOns({"": -1.0, ">could": 3.0, "<well": 1.5, "well|and": -9.0})
CUT, UNCUT = Wording(run_ons=RUN_ONS), Wording()
LONG = "the sails are drying in the loft and the boats stay in the harbour for it rains and rains all day long "
UNMARKED = {
    "en": ("hi ivan i really liked your talk in turin last month we run a small sail loft in genoa and mend sails for the "
           "whole coast could you introduce me to richard at the yard thanks so much greg", "introduction", "introduce me"),
    "it": ("buongiorno marta ho letto il suo articolo sui mercati e mi è piaciuto molto noi facciamo miele a cuneo da tre "
           "generazioni potrebbe presentarmi il responsabile degli acquisti grazie mille luca", "introduction", "presentarmi"),
    "es": ("hola ana qué tal todo por alli he visto que trabajas en la editorial y yo acabo de terminar mi primera novela "
           "me podrias presentar a tu jefe mil gracias de antemano un abrazo muy fuerte pablo", "introduction", "presentar"),
    "fr": ("bonjour claire j'ai lu votre article sur les ateliers il m'a beaucoup plu je suis luthier à nantes depuis dix "
           "ans pourriez vous me présenter au directeur du conservatoire merci beaucoup paul", "introduction", "présenter"),
    "de": ("hallo frau weber ich habe ihren vortrag in kassel gehört der war toll wir bauen seit zwei jahren kleine öfen "
           "für werkstätten könnten sie mich ihrem einkauf vorstellen viele grüße aus kassel jens", "introduction", "vorstellen"),
    "pt": ("oi carla tudo bem vi seu post sobre o mercado de cafe e achei demais a gente torra cafe aqui em minas faz dez "
           "anos voce me apresenta pro comprador da rede valeu abraço joao", "introduction", "apresenta"),
}


def sentences(text: str, wording: Wording = CUT) -> list[str]:
    """Return the text of each sentence."""
    return [sentence.span.of(text) for sentence in read_draft(text, wording).sentences]


def test_a_long_sentence_without_marks_is_cut() -> None:
    """It is cut before and behind the words that tell."""
    assert sentences(f"{LONG}i hope you are well could you lend me a needle for it") == [
        f"{LONG}i hope you are well", "could you lend me a needle for it",
    ]


def test_a_comma_is_enough_to_doubt() -> None:
    """Where commas stand for all other marks, what follows one needs to tell less; what surely goes on is not cut."""
    text = f"{LONG.strip()}, you are well, and so are we, could you lend me a needle for it"
    assert sentences(text) == [f"{LONG.strip()}, you are well, and so are we", "could you lend me a needle for it"]


@pytest.mark.parametrize("text", ["I hope you are well could you lend me a needle", f"{LONG}i hope. You are well could you come"])
def test_what_is_short_or_marked_stays(text: str) -> None:
    """Sentences as people write them with marks are nobody's business."""
    assert sentences(text) == sentences(text, UNCUT)


def test_a_question_mark_asks_with_the_last() -> None:
    """Of a long sentence that ends with a question mark the last part alone is the question."""
    draft = read_draft(f"{LONG}i hope you are well could you lend me a needle?", CUT)
    assert [sentence.question for sentence in draft.sentences] == [False, True]


@given(st.lists(st.sampled_from(["well", "could", "and", "sail", "sail,", "sail.", "I'd", "sail?\n"]), max_size=3 * LONG_WORDS))
def test_no_word_is_lost_or_doubled(words: list[str]) -> None:
    """Sentences follow each other without a gap, hold a word each, and cover all words."""
    draft = read_draft(" ".join(words), CUT)
    ranges = [(sentence.first, sentence.last) for sentence in draft.sentences]
    assert all(first < last for first, last in ranges)
    assert all(before[1] == after[0] for before, after in pairwise(ranges))
    assert [ranges[0][0], ranges[-1][1]] == [0, len(draft.tokens.words)] if ranges else not draft.tokens.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ask_does_not_drown_in_an_unmarked_message(language: str) -> None:
    """It is found, it is all that is underlined, and what was told before it stays in the rewrites."""
    text, kind, words = UNMARKED[language]
    request = ReviewRequest(text, "linkedin_message", language, "en", date(2026, 5, 14), Contact(), (), rewrites=True)
    report = Reviewer(LIBRARY).review(request)
    asks = [finding for finding in report.findings if finding.category == "ask"]
    assert [ask.kind for ask in asks] == [kind]
    assert words in asks[0].span.of(text)
    assert asks[0].span.end - asks[0].span.start < len(text) / 2
    told = " ".join(text.split()[1:8])
    assert all(told in rewrite.text for rewrite in report.rewriting.rewrites)
    assert report.rewriting.rewrites


@pytest.mark.parametrize("content", ["[]", "{", '{"scale": 100}', '{"scale": 0, "weights": {"": 1}}'])
def test_broken_weights_are_named_and_nothing_is_cut(tmp_path: Path, content: str) -> None:
    """The rest of the language goes on working."""
    for file in shipped_rules().iterdir():
        if file.name != "en":
            (tmp_path / file.name).symlink_to(file)
    (tmp_path / "en").mkdir()
    for file in (shipped_rules() / "en").iterdir():
        if file.name != "run_ons.json":
            (tmp_path / "en" / file.name).symlink_to(file)
    (tmp_path / "en" / "run_ons.json").write_text(content, "utf-8")
    library = Library(tmp_path)
    assert [problem.path for problem in library.problems_of("en")] == ["en/run_ons.json"]
    request = ReviewRequest("Could you introduce me to Ada?", "email", "en", "en", date(2026, 5, 14), Contact(), ())
    assert [finding.kind for finding in Reviewer(library).review(request).findings] == ["introduction"]
    assert library.pack("en").wording.run_ons is None
