"""Phrases found as whole words."""

import pytest

from coltiva.cues import Cues, CueTable, folded_words


@pytest.mark.parametrize(
    ("words", "stands", "opens", "count"),
    [
        ("let me know if it suits you", True, True, 1),
        ("so let me know and let me know soon", True, False, 2),
        ("let me show you what i know", False, False, 0),
        ("outlet me know", False, False, 0),
        ("thanks in advance", True, True, 1),
        ("", False, False, 0),
    ],
)
def test_phrases_are_found_as_whole_words(words: str, stands: bool, opens: bool, count: int) -> None:
    """A phrase is found where all its words stand side by side, at the beginning or anywhere."""
    cues = Cues(["let me know", "Thanks in advance", "in advance"])
    assert (cues.stand_in(words), cues.open(words), cues.count(words)) == (stands, opens, count)


@pytest.mark.parametrize(("words", "stands"), [("waere das", True), ("ware das", True), ("wehre das", False)])
def test_umlauts_may_be_typed_without_their_keys(words: str, stands: bool) -> None:
    """A phrase with an umlaut is found where its dots are left out, and where an e spells them."""
    assert Cues(["Wäre"]).stand_in(words) is stands


def test_no_phrases_find_nothing() -> None:
    """A list without phrases finds nothing, not even in an empty text."""
    cues = Cues([])
    assert not cues.stand_in("")
    assert not cues.open("")
    assert cues.count("a word") == 0


def test_a_table_tells_of_all_its_cues_at_once() -> None:
    """It names those that stand in a text and those that open it, each with its longest phrase, as each by itself does."""
    table = CueTable({"ends": ["thanks", "thanks so", "thanks so much", "best"], "asks": ["let me know", "so much"], "formal": ["best"]})
    for words in ("thanks so much for it", "so much thanks", "please let me know", "let me show you what i know", "best", ""):
        one_by_one = {name: cues.stand_in(words) for name, cues in table.items()}
        assert {name for name in ("ends", "asks") if one_by_one[name]} == table.standing(words)
        assert {name for name in ("ends", "asks") if table[name].open(words)} == table.opening(words).keys()
    assert table.standing("thanks so much for it") == {"ends", "asks"}
    assert table.opening("thanks so much for it") == {"ends": "thanks so much"}
    assert table["formal"].count("best of the best") == 2


def test_words_end_with_a_phrase() -> None:
    """Only whole words at the very end count."""
    cues = Cues(["my name is", "is"])
    assert [cues.end(words) for words in ("hello my name is", "is", "this", "is it")] == [True, True, False, False]
    assert not Cues([]).end("is")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t you? L'été", ["don", "t", "you", "l", "ete"]),
        ("Don't — 3 items_x", ["don", "t", "3", "items_x"]),
        ("\u0065\u0301te\u0301 𝗯𝗼𝗹𝗱 👩‍🌾", ["ete", "bold"]),
    ],
)
def test_words_are_folded_and_parted_at_apostrophes(text: str, words: list[str]) -> None:
    """Accents, styled letters and capitals go; an apostrophe parts two words; what is no word is left out."""
    assert folded_words(text) == words
