"""Phrases are read as people write them, and mistakes are named where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coltiva.errors import PhraseError
from coltiva.phrase_language import Choice, Edge, Forms, Gap, ListRef, Prefix, Slot, Word, parse_phrase


def test_reads_every_element() -> None:
    """All elements of the language in one phrase."""
    phrase = parse_phrase("^ (can|could) you [please] introduc* make~ ...3 @person <money> $ ?")
    assert phrase.elements == (
        Edge("^"), Choice(((Word("can"),), (Word("could"),))), Word("you"), Choice(((Word("please"),),), optional=True),
        Prefix("introduc"), Forms("make"), Gap(3), ListRef("person"), Slot("money"), Edge("$"),
    )
    assert phrase.question


def test_alternatives_may_hold_several_words_and_nest() -> None:
    """``(a b|c [d])`` is read with its inner option."""
    (choice,) = parse_phrase("(a b|c [d])").elements
    assert choice == Choice(((Word("a"), Word("b")), (Word("c"), Choice(((Word("d"),),), optional=True))))


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [("can (you|", 4, "close this"), ("can )", 4, "expected a word"), ("a ...", 2, "gap of 1 to 12"),
     ("a ...99", 2, "gap of 1 to 12"), ("a & b", 2, "expected a word"), ("", 0, "at least one word"), ("^ ...3", 0, "at least one"),
     ("(a||b)", 0, "every alternative"), ("in*", 0, "at least 3 letters"), ("a ? b", 4, "phrase to end")],
)
def test_names_the_place_and_what_was_expected(text: str, offset: int, expected: str) -> None:
    """A broken phrase is reported with the offset of the fault."""
    with pytest.raises(PhraseError, match=expected) as raised:
        parse_phrase(text)
    assert raised.value.offset == offset


@given(st.text(alphabet="ab ()[]|^$?.3@<>~*'", max_size=30))
def test_raises_nothing_but_its_own_error(text: str) -> None:
    """Whatever is typed, the reader answers with a phrase or a PhraseError."""
    try:
        phrase = parse_phrase(text)
    except PhraseError as error:
        assert 0 <= error.offset <= len(text)
    else:
        assert phrase.elements


def test_nothing_nests_without_end() -> None:
    """Parentheses within parentheses end in an error at the one too many, however many follow."""
    with pytest.raises(PhraseError, match="at most 12 choices") as caught:
        parse_phrase("(" * 2000)
    assert caught.value.offset == 12
    parse_phrase("(" * 12 + "a" + ")" * 12)
