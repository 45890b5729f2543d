"""Text is cut into folded words, with the right breaks between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coltiva.tokenizer import tokenize
from coltiva.tokens import CLAUSE_BREAK, NO_BREAK, SENTENCE_BREAK, Wording, fold

PLAIN = Wording()
ELISION = Wording(splits_elisions=True)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Perché", "perche"), ("PERCHE'", "perche"), ("perche\u0301", "perche"), ("𝗯𝗼𝗹𝗱", "bold"), ("Straße", "strasse"),
     ("don’t", "dont"), ("don't", "dont"), ("ﬁne", "fine"), ("ÀÉÎ", "aei")],
)
def test_folding_drops_case_accents_and_style(typed: str, folded: str) -> None:
    """Accents (composed or not), case, apostrophes, ligatures and styled letters do not matter."""
    assert fold(typed) == folded


def test_elisions_split_only_where_the_language_says_so() -> None:
    """``l'azienda`` is two words in Italian; ``don't`` is one in English."""
    assert tokenize("l’azienda", ELISION).words == ("l", "azienda")
    assert tokenize("don’t", PLAIN).words == ("dont",)


def test_spellings_stand_for_other_words_at_the_same_place() -> None:
    """``I'd`` is read as two words that share its place in the text."""
    tokens = tokenize("I'd love", Wording(spellings={"id": ("i", "would")}))
    assert tokens.words == ("i", "would", "love")
    assert tokens.starts[:2] == (0, 0)
    assert tokens.ends[:2] == (3, 3)


@pytest.mark.parametrize(
    ("text", "level"),
    [("one two", NO_BREAK), ("one, two", CLAUSE_BREAK), ("one: two", CLAUSE_BREAK), ("one – two", CLAUSE_BREAK),
     ("one 😀 two", CLAUSE_BREAK), ("one. Two", SENTENCE_BREAK), ("one. two", SENTENCE_BREAK), ("one? two", SENTENCE_BREAK),
     ("one!two", SENTENCE_BREAK), ("one\n\ntwo", SENTENCE_BREAK), ("great.Can", SENTENCE_BREAK), ("e.g.", NO_BREAK), ("one\nTwo", SENTENCE_BREAK), ("one... two", CLAUSE_BREAK),
     ("one… Two", SENTENCE_BREAK), ("well-known", NO_BREAK), ("Dr. Two", NO_BREAK)],
)
def test_breaks_between_words(text: str, level: int) -> None:
    """Punctuation, emoji and line breaks end clauses or sentences; abbreviations and hyphens end nothing."""
    assert tokenize(text, Wording(abbreviations=frozenset({"dr"}))).breaks[1] == level


def test_a_line_wrapped_by_the_mail_program_ends_nothing() -> None:
    """A long line followed by a small letter goes on in the next line."""
    text = "this line has been wrapped by the mail program near column 72 and then\ngoes on"
    assert tokenize(text, PLAIN).breaks[14] == NO_BREAK


@pytest.mark.parametrize(
    ("text", "shape"),
    [("https://x.io/a?b=1", "url"), ("calendly.com/ann", "url"), ("ann@example.org", "email"), ("15:30", "clock"),
     ("3pm", "clock"), ("€500", "amount"), ("350k", "amount"), ("42", "number"), ("{{FirstName}}", "placeholder")],
)
def test_shapes(text: str, shape: str) -> None:
    """Addresses, times, sums and placeholders are recognised whole."""
    assert tokenize(text, PLAIN).shapes == (shape,)


@given(st.text())
def test_places_are_ordered_and_inside_the_text(text: str) -> None:
    """Words never overlap unless one typed word stands for several, and never leave the text."""
    tokens = tokenize(text, ELISION)
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert list(tokens.starts) == sorted(tokens.starts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("at 3 pm, or 10 h", ["3 pm", "10 h"]), ("R$ 100. Nos", ["$ 100"]), ("for 20 € a", ["20 €"]), ("Dear [Your Name], (see {{his book}})", ["[Your Name]", "{{his book}}"]),
     ("<<the first>> and <<the\nsecond>>", ["<<the first>>"]), ("{{one. Two}} in 3 places", [])],
)
def test_what_holds_a_space_is_one_word(text: str, expected: list[str]) -> None:
    """A time of day, an amount and a placeholder go on beyond a space, but not beyond the end of a sentence or a line."""
    tokens = tokenize(text, PLAIN)
    found = zip(tokens.shapes, tokens.starts, tokens.ends, strict=True)
    assert [text[start:end] for shape, start, end in found if shape not in ("", "number")] == expected


PARTS = st.lists(st.sampled_from(["well", "l'oro", "I'd", " ", " ", ", ", "... ", "?", "\n", "3", " pm", "€", "$ 5", ". ", "{{a b}}", "[Ab c]", "x.de/a", "😀", "-"]), max_size=14)


@given(PARTS, PARTS)
def test_paragraphs_are_cut_alone(one: list[str], other: list[str]) -> None:
    """What a paragraph is cut into does not depend on the one before it, nor on what has been cut before."""
    first, second = "".join(one), "".join(other)
    both, apart = tokenize(f"{first}\n\n{second}", ELISION), [tokenize(text, ELISION) for text in (first, second)]
    assert both.words == apart[0].words + apart[1].words
    assert both.shapes == apart[0].shapes + apart[1].shapes
    assert both.starts == apart[0].starts + tuple(start + len(first) + 2 for start in apart[1].starts)
    assert both.breaks == apart[0].breaks + apart[1].breaks
