"""The phrase language: what a person writes in a rule, read into a small tree.

=====================  ==========================================================
``introduce me``       these words, without regard to case, accents, apostrophes
``(a|b c)``            one of these
``[please]``           there or not
``introduce~``         any form that ``words.yml`` lists under this word
``introduc*``          any word that begins so
``...3``               a gap of up to three words; a comma does not end it
``@person``            an entry of a shared list
``<money>``            a typed slot
``^`` and ``$``        a clause begins here, a clause ends here
``?`` (last)           the sentence is a question
=====================  ==========================================================

Source: own design; ``research/linters.md`` §4 says why no regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coltiva.errors import PhraseError

MAX_GAP_WORDS = 12
MIN_PREFIX_LETTERS = 3
MAX_NESTED = 12  # choices within choices


@dataclass(frozen=True, slots=True)
class Word:
    """One plain word as written in the rule."""

    text: str


@dataclass(frozen=True, slots=True)
class Forms:
    """Any listed form of a word (``word~``)."""

    lemma: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins with these letters (``word*``)."""

    text: str


@dataclass(frozen=True, slots=True)
class ListRef:
    """An entry of a shared list (``@list``)."""

    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed slot (``<money>``)."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to *most* words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (``^``) or the end (``$``) of a clause."""

    sign: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; *optional* when none of them is needed either."""

    options: tuple[tuple[Element, ...], ...]
    optional: bool = False


Element = Word | Forms | Prefix | ListRef | Slot | Gap | Edge | Choice


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that has been read."""

    text: str
    elements: tuple[Element, ...]
    question: bool


_LEXEME = re.compile(
    r"\s*(?:(?P<gap>\.\.\.(?P<most>\d*))|(?P<sign>[()\[\]|^$?])|@(?P<list>\w+)|<(?P<slot>\w+)>"
    r"|(?P<word>[^\W_][\w\u0300-\u036f]*(?:['’-][^\W_][\w\u0300-\u036f]*)*['’]?)(?P<mark>[~*]?)|(?P<bad>\S))"
)


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = [m for m in _LEXEME.finditer(text) if m.group().strip()]
        self.position = 0
        self.nested = 0

    def fail(self, message: str, code: str, **values: object) -> PhraseError:
        at = self.lexemes[self.position] if self.position < len(self.lexemes) else None
        offset = at.end() - len(at.group().lstrip()) if at else len(self.text)
        return PhraseError(message, offset, code, **values)

    def peek(self) -> str:
        if self.position >= len(self.lexemes):
            return ""
        return self.lexemes[self.position].group().strip()

    def sequence(self, closers: str) -> tuple[Element, ...]:
        elements: list[Element] = []
        while (sign := self.peek()) and sign not in closers:
            if sign == "?" and closers == "":
                break
            elements.extend(self.element())
        return tuple(elements)

    def element(self) -> Iterator[Element]:
        lexeme = self.lexemes[self.position]
        kinds = lexeme.groupdict()
        if kinds["sign"] in ("(", "["):
            yield self.choice(kinds["sign"])
            return
        if kinds["sign"] in ("^", "$"):
            yield Edge(kinds["sign"])
        elif kinds["gap"]:
            yield self.gap(kinds["most"])
        elif kinds["list"]:
            yield ListRef(kinds["list"])
        elif kinds["slot"]:
            yield Slot(kinds["slot"])
        elif kinds["word"]:
            yield from self.words(kinds["word"], kinds["mark"])
        else:
            raise self.fail(
                f"expected a word, @list, <slot>, (a|b), [optional] or a gap such as ...3; got {self.peek()!r}",
                "phrase_element",
                got=self.peek(),
            )
        self.position += 1

    def words(self, text: str, mark: str) -> Iterator[Element]:
        if mark == "~":
            yield Forms(text)
        elif mark == "*":
            if len(text) < MIN_PREFIX_LETTERS:
                raise self.fail(
                    f"expected at least {MIN_PREFIX_LETTERS} letters before *; got {text!r}",
                    "phrase_letters",
                    least=MIN_PREFIX_LETTERS,
                    got=text,
                )
            yield Prefix(text)
        else:
            yield from (Word(part) for part in text.split("-"))

    def gap(self, most: str) -> Gap:
        if not most or not 1 <= int(most) <= MAX_GAP_WORDS:
            raise self.fail(
                f"expected a gap of 1 to {MAX_GAP_WORDS} words, such as ...3; got {self.peek()!r}",
                "phrase_gap",
                most=MAX_GAP_WORDS,
                got=self.peek(),
            )
        return Gap(int(most))

    def choice(self, opener: str) -> Choice:
        closer = ")" if opener == "(" else "]"
        opened_at = self.position
        if self.nested == MAX_NESTED:
            raise self.fail(
                f"expected at most {MAX_NESTED} choices within each other", "phrase_nested", most=MAX_NESTED
            )
        self.nested += 1
        self.position += 1
        options = [self.sequence("|" + closer)]
        while self.peek() == "|":
            self.position += 1
            options.append(self.sequence("|" + closer))
        if self.peek() != closer:
            self.position = opened_at
            raise self.fail(
                f"expected {closer!r} to close this {opener!r}", "phrase_close", closer=closer, opener=opener
            )
        if not all(options):
            self.position = opened_at
            raise self.fail("expected a word in every alternative; one is empty", "phrase_empty")
        self.position += 1
        self.nested -= 1
        return Choice(tuple(options), optional=opener == "[")


def parse_phrase(text: str) -> Phrase:
    """Read a phrase.

    Raises:
        PhraseError: with the offset (code points) where reading stopped, what was expected and what came.
    """
    reader = _Reader(text)
    elements = reader.sequence("")
    question = reader.peek() == "?"
    if question:
        reader.position += 1
    if reader.peek():
        raise reader.fail(f"expected the phrase to end; got {reader.peek()!r}", "phrase_end", got=reader.peek())
    if not any(isinstance(e, Word | Forms | Prefix | ListRef | Slot | Choice) for e in elements):
        raise PhraseError("expected at least one word", 0, "phrase_word")
    return Phrase(text, elements, question)
