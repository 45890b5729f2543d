"""Text cut into folded words with the breaks between them: what phrases are matched against."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

NO_BREAK, CLAUSE_BREAK, SENTENCE_BREAK = 0, 1, 2

_TOKEN = re.compile(
    r"(?P<placeholder>\{\{?[^{}\n]{1,40}\}?\}|%[A-Za-z_]{2,30}%|<<[^<>\n]{1,40}>>|\[[A-Z][\w ]{1,30}\])"
    r"|(?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"'«»]{1,500}"
    r"|\b[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,3}\.(?:com|org|net|io|it|de|fr|es|eu|pt|br|uk|ch|at|be|mx|ar|co"
    r"|ai|app|dev|me|ly|gl|be|tv|edu|info|shop|store|studio|design|cat|cl|ie|nl|us|ca|be|page|blog|link)"
    r"(?:/[^\s<>\"«»]{0,500})?(?![\w@]))"
    r"|(?P<clock>\b\d{1,2}[:.h]\d{2}\b(?!\.\d)|\b\d{1,2} ?(?:am|pm|h|Uhr)\b)"
    r"|(?P<amount>[€$£]\s?\d[\d.,]*\s?[kKmM]?\b|\b\d[\d.,]*\s?[kKmM]?\s?[€$£]|\b\d+[.,]?\d*[kK]\b)"
    r"|(?P<number>\b\d+(?:[.,]\d+)*%?)"
    r"|(?P<word>[^\W_][\w\u0300-\u036f]*(?:['’ʼ`´][^\W_][\w\u0300-\u036f]*)*['’]?)"
)
_TERMINATOR = re.compile(r"[.!?…。？！]")
_CLAUSE = re.compile(r"[,;:()\[\]\"“”„«»•·|/*+]|[-–—](?=\s|$)|(?<=\s)[-–—]")
_SHAPES = ("placeholder", "email", "url", "clock", "amount", "number")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'"})


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return *word* without case, accents, ligatures and styled letters; apostrophes are dropped."""
    if word.isascii():
        return word.lower().replace("'", "")
    plain = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c) and c != "'")


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language's words are cut and respelled.

    Attributes:
        splits_elisions: whether an apostrophe ends a word (``l'azienda`` is two words).
        spellings: folded spelling → the folded words that it stands for.
        abbreviations: folded words whose full stop ends no sentence.
    """

    splits_elisions: bool = False
    spellings: Mapping[str, tuple[str, ...]] = None  # type: ignore[assignment]
    abbreviations: frozenset[str] = frozenset()

    def words_of(self, raw: str) -> tuple[str, ...]:
        """Return the folded words that one typed word stands for."""
        spelled = (self.spellings or {}).get(fold(raw))
        if spelled is not None:
            return spelled
        if not self.splits_elisions:
            return (fold(raw),)
        parts = [fold(part) for part in raw.translate(_APOSTROPHES).split("'") if part]
        words: list[str] = []
        for part in parts:
            words.extend((self.spellings or {}).get(part, (part,)))
        return tuple(words)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, in order; the sequences run in parallel.

    Attributes:
        words: folded words; a spelling such as ``I'd`` gives two with the same place.
        shapes: ``""`` for a plain word, else url, email, number, amount, clock or placeholder.
        capitals: whether the word is typed with a capital.
        starts, ends: half-open places in the text, in code points.
        breaks: what stands before the word: no break, the end of a clause or of a sentence.
        questions: whether a question mark stands before the word.
    """

    words: tuple[str, ...]
    shapes: tuple[str, ...]
    capitals: tuple[bool, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]
    questions: tuple[bool, ...]
    closing_question: bool


def tokenize(text: str, wording: Wording) -> Tokens:
    """Cut *text* into folded words; cost is linear in its length."""
    words: list[str] = []
    shapes: list[str] = []
    capitals: list[bool] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    questions: list[bool] = []
    before = 0
    for match in _TOKEN.finditer(text):
        shape = match.lastgroup or "word"
        start, end = match.span()
        raw = match.group()
        if shape == "word":
            parts, shape = wording.words_of(raw), ""
        else:
            if shape == "url":
                end -= len(raw) - len(raw.rstrip(".,;:!?)"))
            parts = (fold(raw),)
        gap = text[before:start]
        level = _break_level(gap, text, start, before, words, wording) if len(gap) != 1 or gap != " " else NO_BREAK
        asked = "?" in gap or "？" in gap
        for part in parts:
            words.append(part)
            shapes.append(shape)
            capitals.append(raw[0].isupper())
            starts.append(start)
            ends.append(end)
            breaks.append(level)
            questions.append(asked)
            level, asked = NO_BREAK, False
        before = end
    tail = text[before:]
    return Tokens(
        tuple(words),
        tuple(shapes),
        tuple(capitals),
        tuple(starts),
        tuple(ends),
        tuple(breaks),
        tuple(questions),
        "?" in tail,
    )


def _break_level(gap: str, text: str, start: int, before: int, words: list[str], wording: Wording) -> int:
    """Tell what the characters between two words end: nothing, a clause or a sentence."""
    if not words:
        return SENTENCE_BREAK
    if "\n" in gap and _newline_ends_sentence(gap, text, start, before):
        return SENTENCE_BREAK
    if gap == "" or gap.isspace() or gap == "-":
        return NO_BREAK
    if _TERMINATOR.search(gap):
        if any(mark in gap for mark in "!?！？。"):
            return SENTENCE_BREAK
        if gap.startswith((".", "…")):
            if "..." in gap or "…" in gap:
                return SENTENCE_BREAK if text[start].isupper() else CLAUSE_BREAK
            spaced = len(gap) > 1
            if not spaced:
                return NO_BREAK
            if (words[-1] in wording.abbreviations or (text[before - 1].isupper() and len(words[-1]) == 1)) and len(
                gap.strip()
            ) == 1:
                return NO_BREAK
        return SENTENCE_BREAK
    if _CLAUSE.search(gap):
        return CLAUSE_BREAK
    # What is left is emoji and other signs, which many people write in place of punctuation.
    return CLAUSE_BREAK if any(unicodedata.category(c) in ("So", "Sk", "Sm") for c in gap) else NO_BREAK


_WRAPPED_LINE_MIN = 60  # characters; mail programs wrap near 72 (D: own choice)


def _newline_ends_sentence(gap: str, text: str, start: int, before: int) -> bool:
    """Tell a line break that the author typed from one that a mail program made."""
    if gap.count("\n") > 1 or gap.strip(" \t\r\n") not in ("", ","):
        return gap.count("\n") > 1 or gap.strip(" \t\r\n") != ","
    line_start = text.rfind("\n", 0, before) + 1
    return text[start].isupper() or before - line_start < _WRAPPED_LINE_MIN
