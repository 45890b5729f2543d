"""One wrong letter in a long word does not hide it; short and real words are left alone."""

import pytest

from coltiva.typos import Respeller

RESPELLER = Respeller(["introduce", "recommendation", "meeting", "you"])


@pytest.mark.parametrize("typed", ["intrduce", "introoduce", "intorduce", "introfuce"])
def test_finds_words_with_a_letter_missing_doubled_swapped_or_wrong(typed: str) -> None:
    """Each of the four slips is read as the word meant."""
    assert RESPELLER.closest(typed) == "introduce"


@pytest.mark.parametrize("typed", ["yuo", "greeting", "reduce", "introductions", "recommended", "x1ntroduce", "meetings"])
def test_passes_short_and_different_words(typed: str) -> None:
    """A word that may be another word, or is too short, is not touched."""
    assert RESPELLER.closest(typed) is None
