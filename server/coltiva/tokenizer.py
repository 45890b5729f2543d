"""Text cut into words with the breaks between them; what stands between two spaces is remembered, most often a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, repeat
from operator import add

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
# What may hold a space: a placeholder, a time of day, an amount; looked for at every place.
_SPACED = re.compile(
    r"(?=(\{\{?[^{}\n]{1,40}\}?\}|<<[^<>\n]{1,40}>>|\[[A-Z][\w ]{1,30}\]|\b\d{1,2} (?:am|pm|h|Uhr)\b"
    r"|[€$£]\s?\d[\d.,]*\s?[kKmM]?\b|\b\d[\d.,]*\s?[kKmM]?\s?[€$£]))"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”»)]*\s|\n")  # no word or address goes on beyond it
_OPENS_SPACED = re.compile(r"[\[{<€$£]|\d\Z")
_MAX_PIECES, _LONGEST_PIECE = 16_384, 64  # how many are remembered, of so many characters; a bound on memory

# A word with its shape, whether it is typed with a capital, its start and end, the break and question before it.
_Row = tuple[str, str, bool, int, int, int, bool]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two spaces.

    Attributes:
        rows: its words, with places counted from its start.
        is_plain: whether it is all words, from its first character to its last.
        opens_spaced: whether something that holds a space may begin in it.
    """

    rows: tuple[_Row, ...]
    is_plain: bool
    opens_spaced: bool


class _Pieces(dict[str, _Piece]):
    """All pieces that have been met in one language."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def __missing__(self, text: str) -> _Piece:
        rows = tuple(_rows(text, self._wording))
        is_plain = bool(rows) and rows[0][3] == 0 and rows[-1][4] == len(text)
        piece = _Piece(rows, is_plain, bool(_OPENS_SPACED.search(text)))
        if len(text) <= _LONGEST_PIECE:
            if len(self) >= _MAX_PIECES:
                self.clear()
            self[text] = piece
        return piece


@lru_cache(maxsize=32)
def _pieces_of(wording: Wording) -> _Pieces:
    return _Pieces(wording)


def _rows(text: str, wording: Wording) -> Iterator[_Row]:
    """Yield the words of a text without line breaks; cost is linear in its length."""
    before, word = 0, ""
    for match in _TOKEN.finditer(text):
        shape = match.lastgroup or ""
        start, end = match.span()
        raw = match.group()
        if shape in ("word", "odd"):
            parts, shape = wording.words_of(raw), ""
        else:
            end -= len(raw) - len(raw.rstrip(".,;:!?)")) if shape == "url" else 0
            parts = (fold(raw),)
        gap = text[before:start]
        level = _break_level(gap, text, start, before, word, wording) if word else NO_BREAK
        asked = bool(word) and "?" in gap
        for part in parts:
            yield part, shape, raw[0].isupper(), start, end, level, asked
            level, asked, word = NO_BREAK, False, part
        before = end


def tokenize(text: str, wording: Wording) -> Tokens:
    """Cut *text* into folded words; only stretches that have changed are cut anew."""
    words: list[str] = []
    shapes: list[str] = []
    capitals: list[bool] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    questions: list[bool] = []
    offset = 0
    for part, length in _stretches(text):
        one = _stretch(part, wording)
        if one.words:
            start, before = offset + one.starts[0], ends[-1] if ends else 0
            gap = text[before:start]
            level = _break_level(gap, text, start, before, words[-1], wording) if words else SENTENCE_BREAK
            breaks.append(level)
            breaks += one.breaks[1:]
            questions.append("?" in gap)
            questions += one.questions[1:]
            words += one.words
            shapes += one.shapes
            capitals += one.capitals
            starts += [offset + place for place in one.starts]
            ends += [offset + place for place in one.ends]
        offset += length
    columns = (tuple(words), tuple(shapes), tuple(capitals), tuple(starts), tuple(ends), tuple(breaks))
    return Tokens(*columns, tuple(questions), "?" in text[ends[-1] if ends else 0 :])


def _stretches(text: str) -> Iterator[tuple[str, int]]:
    """Yield the lines of *text*, cut where sentences end plainly, each with how far it is to the next."""
    for line in text.split("\n"):
        *sentences, last = line.split(". ")
        for sentence in sentences:
            yield sentence + ". ", len(sentence) + 2
        yield last, len(last) + 1


@lru_cache(maxsize=4_096)
def _stretch(text: str, wording: Wording) -> Tokens:
    """Cut a stretch of a line into words; what stands before the first and after the last is not told."""
    known = _pieces_of(wording)
    parts = text.split(" ")
    pieces = [known[part] for part in parts]
    if True in [piece.opens_spaced for piece in pieces]:
        parts = _split_around_spaced(text)
        pieces = [known[part] for part in parts]
    rows = [piece.rows for piece in pieces]
    words = list(chain.from_iterable(rows))
    if not words:
        return _NO_WORDS
    folded, shapes, capitals, first, last, levels, asked = zip(*words, strict=True)
    counts = list(map(len, rows))
    offsets = accumulate([len(part) + 1 for part in parts], initial=0)
    shifts = list(chain.from_iterable(map(repeat, offsets, counts)))
    starts, ends = tuple(map(add, first, shifts)), tuple(map(add, last, shifts))
    breaks, questions = list(levels), list(asked)
    for i in _places_of_gaps(pieces, counts):
        gap = text[ends[i - 1] : starts[i]]
        breaks[i] = _break_level(gap, text, starts[i], ends[i - 1], folded[i - 1], wording)
        questions[i] = "?" in gap
    return Tokens(folded, shapes, capitals, starts, ends, tuple(breaks), tuple(questions), False)


_NO_WORDS = Tokens((), (), (), (), (), (), (), False)


def _places_of_gaps(pieces: Sequence[_Piece], counts: Sequence[int]) -> Iterable[int]:
    """Return the words that more than a space may stand before, except the first."""
    firsts = list(accumulate(counts, initial=0))
    odd = [i for i, piece in enumerate(pieces) if not piece.is_plain]
    return {at for i in odd for at in (firsts[i], firsts[i + 1])}.difference((0, firsts[-1]))


def _split_around_spaced(text: str) -> list[str]:
    """Split *text* at its spaces, except at those within what holds some."""
    masked = text
    for match in _SPACED.finditer(text):
        start, end = match.span(1)
        sentence_end = _SENTENCE_END.search(text, start, end)
        if sentence_end:
            end = sentence_end.start()
        masked = masked[:start] + masked[start:end].replace(" ", "_") + masked[end:]
    masked_parts = masked.split(" ")
    offsets = accumulate([len(part) + 1 for part in masked_parts], initial=0)
    return [text[offset : offset + len(part)] for offset, part in zip(offsets, masked_parts, strict=False)]


def _break_level(gap: str, text: str, start: int, before: int, word: str, wording: Wording) -> int:
    """Tell what the characters between two words (*gap*, after *word*) end: nothing, a clause or a sentence."""
    if "\n" in gap and _newline_ends_sentence(gap, text, start, before):
        return SENTENCE_BREAK
    level = _level_of_gap(gap) if len(gap) <= _LONGEST_PIECE else _level_of_gap.__wrapped__(gap)
    return _terminator_level(gap, text, start, before, word, wording) if level == _TERMINATED else level


_TERMINATED = -1  # the words beside the gap tell what it ends


@lru_cache(maxsize=1_024)
def _level_of_gap(gap: str) -> int:
    """Tell what the characters between two words end by themselves."""
    if gap == "" or gap.isspace() or gap == "-":
        return NO_BREAK
    if _TERMINATOR.search(gap):
        return _TERMINATED
    if _CLAUSE.search(gap):
        return CLAUSE_BREAK
    # What is left is emoji and other signs, which many people write in place of punctuation.
    return CLAUSE_BREAK if any(unicodedata.category(c) in ("So", "Sk", "Sm") for c in gap) else NO_BREAK


_MIN_UNSPACED_LETTERS = 3  # "great.Can you" ends a sentence, "e.g." does not
_MAX_ORDINAL_DIGITS = 2
_LONGEST_ABBREVIATION = 12  # characters; of a longer word the end is no abbreviation either
_TYPED = re.compile(r"[^\W\d_][^\W\d_.]*(?:\.[^\W\d_]+)*\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
_FULL_MARKS = frozenset("!?！？。")


def _terminator_level(gap: str, text: str, start: int, before: int, word: str, wording: Wording) -> int:
    """Tell what a gap with a full stop, a question or an exclamation mark ends."""
    if not _FULL_MARKS.isdisjoint(gap) or not gap.startswith((".", "…")):
        return SENTENCE_BREAK
    if "..." in gap or "…" in gap:
        return SENTENCE_BREAK if text[start].isupper() else CLAUSE_BREAK
    if len(gap) == 1:
        return SENTENCE_BREAK if len(word) >= _MIN_UNSPACED_LETTERS and text[start].isalpha() else NO_BREAK
    # As it was typed: "d" may stand for another word, and "z.B." is two.
    is_initial = text[before - 1].isupper() and not text[max(0, before - 2) : before - 1].isalnum()
    if len(gap.strip()) == 1 and (is_initial or _typed_word(text, before) in wording.abbreviations):
        return NO_BREAK
    if wording.ordinals_go_on and gap == ". " and word.isdecimal() and len(word) <= _MAX_ORDINAL_DIGITS:
        return NO_BREAK if _goes_on(text, start, wording) else SENTENCE_BREAK
    return SENTENCE_BREAK


def _typed_word(text: str, end: int) -> str:
    """Return the folded letters and full stops that end at *end*."""
    found = _TYPED.search(text, max(0, end - _LONGEST_ABBREVIATION), end)
    return fold(found[0]) if found else ""


def _goes_on(text: str, start: int, wording: Wording) -> bool:
    """Tell whether what follows an ordinal number belongs to it: "am 11. Juli", "der 2. oder 3. Anlauf"."""
    following = _LETTERS.match(text, start)
    return following is not None and (text[start].islower() or fold(following[0]) in wording.ordinals_go_on)


_WRAPPED_LINE_MIN = 60  # characters; mail programs wrap near 72 (D: own choice)


def _newline_ends_sentence(gap: str, text: str, start: int, before: int) -> bool:
    """Tell a line break that the author typed from one that a mail program made."""
    if gap.count("\n") > 1 or gap.strip(" \t\r\n") not in ("", ","):
        return gap.count("\n") > 1 or gap.strip(" \t\r\n") != ","
    line_start = text.rfind("\n", 0, before) + 1
    return text[start].isupper() or before - line_start < _WRAPPED_LINE_MIN
