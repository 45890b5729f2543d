"""Phrases are found where they stand, and only there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coltiva.draft import read_draft
from coltiva.phrase_compiler import Lexicon
from coltiva.phrase_index import PhraseIndex
from coltiva.phrase_language import Choice, Element, Gap, ListRef, Word, parse_phrase
from coltiva.tokens import Wording

WORDING = Wording(spellings={"id": ("i", "would"), "u": ("you",)})
LISTS = {
    "request": ["can you", "could you [please|kindly]", "i would love"],
    "me": ["me", "us"],
    "act": ["introduce~ @me", "put @me in touch"],
    "deep": ["@request ...2 @act"],
    "clause_lead": ["and"],
}
FORMS = {"introduce": ["introduce", "introducing", "introduced"]}


def found(phrase: str, text: str) -> list[str]:
    """Return what *phrase* covers in *text*, as typed."""
    lists = {name: [parse_phrase(p) for p in entries] for name, entries in LISTS.items()}
    index = PhraseIndex(Lexicon(WORDING, FORMS, lists), {"R:x": [parse_phrase(phrase)]})
    draft = read_draft(text, WORDING)
    tokens = draft.tokens
    return [text[tokens.starts[h.start]:tokens.ends[h.end - 1]] for s in draft.sentences
            for h in index.find(tokens, s.first, s.last, s.question)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("introduce me", "Please INTRODUCE me now", ["INTRODUCE me"]),
        ("introduce~ me", "by introducing me", ["introducing me"]),
        ("introduc* me", "an introduction: me", ["introduction: me"]),
        ("can you ...2 introduce", "can you maybe just introduce", ["can you maybe just introduce"]),
        ("can you ...2 introduce", "can you, please, introduce", ["can you, please, introduce"]),
        ("can you ...1 introduce", "can you maybe just introduce", []),
        ("can you ...2 introduce", "can you? introduce", []),
        ("@request ...2 @act", "could you kindly put us in touch", ["could you kindly put us in touch"]),
        ("@deep with ann", "id love introducing me with Ann", ["id love introducing me with Ann"]),
        ("@deep with ann", "could you dance with Ann", []),
        ("^ introduce me", "Ok, introduce me", ["introduce me"]),
        ("^ introduce me", "write and introduce me", ["introduce me"]),
        ("^ introduce me", "they introduce me", []),
        ("call me $", "call me, will you", ["call me"]),
        ("call me $", "call me tomorrow", []),
        ("free (today|on monday) ?", "Are you free on Monday?", ["free on Monday"]),
        ("free (today|on monday) ?", "You are free on Monday.", []),
        ("would u", "I would, you know", ["would, you"]),
        ("see <url>", "see example.com/x.", ["see example.com/x"]),
        ("meet <name>", "Can you meet Ann", ["meet Ann"]),
        ("meet <name>", "can you meet ann", []),
        ("café près", "CAFE PRES d'ici", ["CAFE PRES"]),
        ("introduce me", "intorduce me", ["intorduce me"]),
        ("[really] (love it|like that)", "I really like that", ["really like that"]),
    ],
)
def test_phrase_finds(phrase: str, text: str, expected: list[str]) -> None:
    """Each element of the language matches what it says and nothing else."""
    assert found(phrase, text) == expected


WORDS = st.lists(st.sampled_from(["can", "you", "introduce", "me", "put", "us", "in", "touch", "maybe", ","]), max_size=12)


@given(WORDS)
def test_agrees_with_a_plain_search(words: list[str]) -> None:
    """The index finds ``can you ...2 @act`` exactly when trying every place by hand finds it."""
    text = " ".join(words)
    plain = [w for w in words if w != ","]
    acts = [("introduce", "me"), ("introduce", "us"), ("put", "me", "in", "touch"), ("put", "us", "in", "touch")]
    by_hand = any(
        tuple(plain[i : i + 2]) == ("can", "you") and tuple(plain[i + 2 + gap : i + 2 + gap + len(act)]) == act
        for i in range(len(plain)) for gap in range(3) for act in acts
    )
    assert bool(found("can you ...2 @act", text)) == by_hand


NESTED = {
    "me": ["me", "us"],
    "act": ["introduce @me", "put @me in touch", "call"],
    "alias": ["@act", "maybe"],
    "request": ["can you", "can you [maybe] @alias", "you"],
    "clause_lead": [],
}
PHRASES = [
    "introduce me", "can you introduce", "[maybe] @act", "@alias", "you ...2 @act", "@request ...2 (@alias|touch) ...1 you", "can ...3 in touch",
    "(put|introduce) (us|me) [in touch]", "(can you|you can) call", "maybe maybe", "@me @request ?", "put @me ...1 can",
]


def ends(elements: Sequence[Element], words: Sequence[str], at: int) -> set[int]:
    """Return where *elements* may end that begin at a word, by trying everything."""
    if not elements:
        return {at}
    match elements[0]:
        case Word(text):
            places = {at + 1} if words[at : at + 1] == [text] else set()
        case Gap(most):
            places = set(range(at, min(len(words), at + most) + 1))
        case ListRef(name):
            places = {end for entry in NESTED[name] for end in ends(parse_phrase(entry).elements, words, at)}
        case Choice(options, optional):
            places = {end for option in options for end in ends(option, words, at)} | ({at} if optional else set())
        case other:
            raise AssertionError(other)
    return {end for place in places for end in ends(elements[1:], words, place)}


@given(st.lists(st.sampled_from(["can", "you", "introduce", "call", "me", "put", "us", "in", "touch", "maybe"]), min_size=1, max_size=9), st.booleans())
def test_all_phrases_agree_with_trying_everything(words: list[str], question: bool) -> None:
    """Whatever is known of words and pairs ahead, the same phrases are found as by trying each one at every word."""
    lists = {name: [parse_phrase(entry) for entry in entries] for name, entries in NESTED.items()}
    phrases = {phrase: parse_phrase(phrase) for phrase in PHRASES}
    index = PhraseIndex(Lexicon(Wording(), {}, lists), {f"R:{text}": [phrase] for text, phrase in phrases.items()})
    hits = index.find(read_draft(" ".join(words), Wording()).tokens, 0, len(words), question)
    tried = {
        text for text, phrase in phrases.items()
        if (question or not phrase.question) and any(ends(phrase.elements, words, at) for at in range(len(words)))
    }
    assert {hit.phrase for hit in hits} == tried
