"""Text cut into words with the breaks between them; unchanged stretches are remembered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from coltiva.tokens import CLAUSE_BREAK, NO_BREAK, SENTENCE_BREAK, Tokens, Wording, fold

# The first alternative is a shortcut for what most words are: letters followed by a space or plain punctuation.
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?=[ ,;!?\n]|\.(?:\s|\Z)|\Z))"
    r"|(?P<placeholder>\{\{?[^{}\n]{1,40}\}?\}|%[A-Za-z_]{2,30}%|<<[^<>\n]{1,40}>>|\[[A-Z][\w ]{1,30}\])"
    r"|(?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"'«»]{1,500}"
    r"|\b[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,3}\.(?:com|org|net|io|it|de|fr|es|eu|pt|br|uk|ch|at|be|mx|ar|co"
    r"|ai|app|dev|me|ly|gl|tv|edu|info|shop|store|studio|design|cat|cl|ie|nl|us|ca|page|blog|link|xyz|online|tech|cloud"
    r"|au|nz|za|ng|jp|pl|example)"
    r"(?:/[^\s<>\"«»]{0,500})?(?![\w@])"
    r"|\b[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,3}\.[A-Za-z]{2,24}/[^\s<>\"«»]{1,500})"
    r"|(?P<clock>\b\d{1,2}[:.h]\d{2}\b(?!\.\d)|\b\d{1,2} ?(?:am|pm|h|Uhr)\b)"
    r"|(?P<amount>[€$£]\s?\d[\d.,]*\s?[kKmM]?\b|\b\d[\d.,]*\s?[kKmM]?\s?[€$£]|\b\d+[.,]?\d*[kK]\b)"
    r"|(?P<number>\b\d+(?:[.,]\d+)*%?)"
    r"|(?P<odd>[^\W_][\w\u0300-\u036f]*(?:['’ʼ`´][^\W_][\w\u0300-\u036f]*)*['’]?)"
)
_TERMINATOR = re.compile(r"[.!?…。？！]")
_CLAUSE = re.compile(r"[,;:()\[\]\"“”„«»•·|/*+]|[-–—](?=\s|$)|(?<=\s)[-–—]")
# Where a text may be cut without cutting a word or an address.
_STRETCH_END = re.compile(r"[.!?…][\"'”»)]*\s+|\n\s*")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words of one stretch of text, with places counted from its start.

    Attributes:
        lead, tail: the characters before the first word and after the last.
    """

    words: tuple[str, ...]
    shapes: tuple[str, ...]
    capitals: tuple[bool, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]
    questions: tuple[bool, ...]
    lead: str
    tail: str


@lru_cache(maxsize=50_000)
def _words_of(raw: str, wording: Wording) -> tuple[str, ...]:
    return wording.words_of(raw)


@lru_cache(maxsize=4_096)
def _stretch(text: str, wording: Wording) -> _Stretch:
    """Cut a stretch of text into words; cost is linear in its length."""
    words: list[str] = []
    shapes: list[str] = []
    capitals: list[bool] = []
    places: list[tuple[int, int]] = []
    breaks: list[int] = []
    questions: list[bool] = []
    before = first = 0
    for match in _TOKEN.finditer(text):
        shape = match.lastgroup or ""
        start, end = match.span()
        raw = match.group()
        if shape in ("word", "odd"):
            parts, shape = _words_of(raw, wording), ""
        else:
            end -= len(raw) - len(raw.rstrip(".,;:!?)")) if shape == "url" else 0
            parts = (fold(raw),)
        gap = text[before:start]
        if not words:
            first, level, asked = start, NO_BREAK, False
        elif gap == " ":
            level, asked = NO_BREAK, False
        else:
            level = _break_level(gap, text, start, before, words[-1], wording)
            asked = "?" in gap
        before = end
        for part in parts:
            words.append(part)
            shapes.append(shape)
            capitals.append(raw[0].isupper())
            places.append((start, end))
            breaks.append(level)
            questions.append(asked)
            level, asked = NO_BREAK, False
    starts, ends = zip(*places, strict=True) if places else ((), ())
    columns = (tuple(words), tuple(shapes), tuple(capitals), starts, ends, tuple(breaks), tuple(questions))
    return _Stretch(*columns, text[:first] if words else text, text[before:] if words else "")


def tokenize(text: str, wording: Wording) -> Tokens:
    """Cut *text* into folded words; only stretches that have changed are cut anew."""
    words: list[str] = []
    shapes: list[str] = []
    capitals: list[bool] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    questions: list[bool] = []
    gap, offset = "", 0
    for stretch_end in [*(m.end() for m in _STRETCH_END.finditer(text)), len(text)]:
        one = _stretch(text[offset:stretch_end], wording)
        gap += one.lead
        if one.words:
            start = offset + one.starts[0]
            before = ends[-1] if ends else 0
            level = _break_level(gap, text, start, before, words[-1], wording) if words else SENTENCE_BREAK
            breaks.append(level)
            breaks.extend(one.breaks[1:])
            questions.append("?" in gap)
            questions.extend(one.questions[1:])
            words.extend(one.words)
            shapes.extend(one.shapes)
            capitals.extend(one.capitals)
            starts.extend([offset + place for place in one.starts])
            ends.extend([offset + place for place in one.ends])
            gap = one.tail
        offset = stretch_end
    return Tokens(
        words=tuple(words),
        shapes=tuple(shapes),
        capitals=tuple(capitals),
        starts=tuple(starts),
        ends=tuple(ends),
        breaks=tuple(breaks),
        questions=tuple(questions),
        closing_question="?" in gap,
    )


def _break_level(gap: str, text: str, start: int, before: int, word: str, wording: Wording) -> int:
    """Tell what the characters between two words (*gap*, after *word*) end: nothing, a clause or a sentence."""
    if "\n" in gap and _newline_ends_sentence(gap, text, start, before):
        return SENTENCE_BREAK
    if gap == "" or gap.isspace() or gap == "-":
        return NO_BREAK
    if _TERMINATOR.search(gap):
        return _terminator_level(gap, text, start, before, word, wording)
    if _CLAUSE.search(gap):
        return CLAUSE_BREAK
    # What is left is emoji and other signs, which many people write in place of punctuation.
    return CLAUSE_BREAK if any(unicodedata.category(c) in ("So", "Sk", "Sm") for c in gap) else NO_BREAK


_MIN_UNSPACED_LETTERS = 3  # "great.Can you" ends a sentence, "e.g." does not


def _terminator_level(gap: str, text: str, start: int, before: int, word: str, wording: Wording) -> int:
    """Tell what a gap with a full stop, a question or an exclamation mark ends."""
    if any(mark in gap for mark in "!?！？。") or not gap.startswith((".", "…")):
        return SENTENCE_BREAK
    if "..." in gap or "…" in gap:
        return SENTENCE_BREAK if text[start].isupper() else CLAUSE_BREAK
    if len(gap) == 1:
        return SENTENCE_BREAK if len(word) >= _MIN_UNSPACED_LETTERS and text[start].isalpha() else NO_BREAK
    is_initial = len(word) == 1 and text[before - 1].isupper()
    if (word in wording.abbreviations or is_initial) and len(gap.strip()) == 1:
        return NO_BREAK
    return SENTENCE_BREAK


_WRAPPED_LINE_MIN = 60  # characters; mail programs wrap near 72 (D: own choice)


def _newline_ends_sentence(gap: str, text: str, start: int, before: int) -> bool:
    """Tell a line break that the author typed from one that a mail program made."""
    if gap.count("\n") > 1 or gap.strip(" \t\r\n") not in ("", ","):
        return gap.count("\n") > 1 or gap.strip(" \t\r\n") != ","
    line_start = text.rfind("\n", 0, before) + 1
    return text[start].isupper() or before - line_start < _WRAPPED_LINE_MIN
