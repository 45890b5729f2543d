"""Small habits of the sender's hand, given to the words that are put beside theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.marks import sets_no_marks, types_small
from coltiva.rewriting.pieces import Layout
from coltiva.rule_pack import AddressWords
from coltiva.tokens import fold

_SENTENCE_START = re.compile(r"(?:^|(?<=[.?!] ))[¿¡]?\w[\w'’]*")
_EMOJI = re.compile(r"[\u2600-\u27BF\U0001F300-\U0001FAFF][\uFE0F\u200D\U0001F3FB-\U0001F3FF]*")
# Those that suit any friendly line; one that pleads, laughs or grieves belongs to the words that it stood by.
_FRIENDLY_SIGNS = "🙂😊😀😃😄🌿🌱🌸🌻🌞✨☺"
_FRIENDLY = re.compile(rf"[{_FRIENDLY_SIGNS}]\uFE0F?")
_BARE_MARK = re.compile(r"(?<=\w)[?!]")
_SPACED_MARK = re.compile(r"(?<=\s)[?!]")
_MIN_LOW_STARTS = 2
_WORD = re.compile(r"\w[\w'’]*")
# Grave, acute and circumflex; who leaves these out still writes tildes, cedillas and umlauts.
_ACCENTS = re.compile("[\u0300-\u0302]")
_ENOUGH_WORDS = 20  # of a message, to tell a habit from them


class Voice:
    """How the sender of one message writes.

    Args:
        gone: the numbers of the pieces that go.
    """

    def __init__(self, layout: Layout, gone: Mapping[int, str], address: AddressWords, lines: RewriteLines) -> None:
        self._lines, self._address = lines, address
        text = layout.text
        body = text[layout.body_start : layout.body_end]
        self._is_small = types_small(text)
        self.is_low = self._is_small or _starts_low(layout)
        self.sets_no_marks = sets_no_marks(body)
        self._curly = "’" in text and "'" not in text
        exclaims = "?" in body or "!" in body
        self._bare_marks = exclaims and bool(_BARE_MARK.search(body)) and not _SPACED_MARK.search(body)
        self._no_opening_marks = (self.is_low or exclaims) and "¿" not in text and "¡" not in text
        self._emoji = _emoji_that_goes(layout, gone)
        self._lowers_pronouns = _writes_pronouns_small(text, lines)
        words = _WORD.findall(text.lower())
        self._drops_apostrophes = "'" not in text and "’" not in text and not lines.words["unmarked"].isdisjoint(words)
        self._spelled_out = lines.file.spelled_out if _spells_out(text, words, lines) else {}
        is_sloppy = self.is_low or self.sets_no_marks
        self._drops_accents = is_sloppy and len(words) >= _ENOUGH_WORDS and not _ACCENTS.search(normalize("NFD", text))

    def speak(self, line: str, values: Sequence[str], *, last: bool = True) -> str:
        """Return *line* as this sender would type it.

        Args:
            values: names and the like that stay as they are.
            last: whether the sender's own emoji, where theirs has gone, may close it.
        """
        if self.is_low:
            line = self._lowered(line, values)
        line = self._spelled(line, values)
        if self._is_small:
            line = line.lower()  # German nouns, months and names included
        if self.sets_no_marks and self.is_low:
            line = re.sub(r"\s*;", ",", line)
        if self._lowers_pronouns:
            line = re.sub(r"(?<=[\w,;:] )\w+", lambda m: m[0].lower() if m[0] in self._lines.capitals else m[0], line)
            line = re.sub(r"(?<=[a-z])L(?=[aei]\b)", "l", line)
        if self._no_opening_marks:
            line = re.sub(r"[¿¡]", "", line)
        if self._bare_marks:
            line = re.sub(r"\s+([?!])", r"\1", line)
        if self._curly:
            line = line.replace("'", "’")
        return f"{line} {self._emoji}" if self._emoji and last and line else line

    def _spelled(self, line: str, values: Sequence[str]) -> str:
        """Return *line* with the sender's apostrophes, accents and full forms; *values* stay as they are."""
        named = re.compile("|".join(map(re.escape, filter(None, values))) or r"(?!)")
        apart = zip([*named.split(line)], [*named.findall(line), ""], strict=True)
        return "".join(self._respelled(part) + value for part, value in apart)

    def _respelled(self, words: str) -> str:
        for short, full in self._spelled_out.items():
            words = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, words)
        if self._drops_apostrophes:
            words = words.replace("'", "")
        return normalize("NFC", _ACCENTS.sub("", normalize("NFD", words))) if self._drops_accents else words

    def _lowered(self, line: str, values: Sequence[str]) -> str:
        def low(match: re.Match[str]) -> str:
            word = match.group()
            keeps = word in self._lines.capitals and fold(word)[:1] not in self._address.first_person
            return word if keeps or any(value.startswith(word) for value in values) else word.lower()

        line = _SENTENCE_START.sub(low, line)
        for word in self._lines.capitals:
            if fold(word) in self._address.first_person:
                line = re.sub(rf"(?<!\w){re.escape(word)}(?![\w'’])", word.lower(), line)
        return line


def _spells_out(text: str, words: Sequence[str], lines: RewriteLines) -> bool:
    """Tell whether a sender writes "I am" where others write "I'm", and never the other way."""
    contracted = lines.words["unmarked"].union(map(str.lower, lines.file.spelled_out))
    if not contracted.isdisjoint(word.replace("’", "'") for word in words):
        return False
    return any(re.search(rf"\b{full}\b", text) for full in lines.file.spelled_out.values())


def _starts_low(layout: Layout) -> bool:
    """Tell whether the message and all its sentences, where there are several, begin with a small letter."""
    text = layout.text
    if len(layout.pieces) < _MIN_LOW_STARTS or not _first_letter(text).islower():
        return False
    starts = [_first_letter(piece.span.of(text)) for piece in layout.pieces]
    return all(letter.islower() for letter in starts if letter)


def _first_letter(text: str) -> str:
    return next((sign for sign in text if sign.isalpha()), "")


def _writes_pronouns_small(text: str, lines: RewriteLines) -> bool:
    """Tell whether the sender writes the pronouns that the lines write large (Lei) with a small letter, always."""
    small = lines.words["small_capitals"]
    if not any(f" {word}" in text for word in small):
        return False
    inside = re.findall(r"(?<=[\w,;:] )\w+|(?<=[a-z])L[aei]\b", text)
    return bool(small.intersection(inside)) and lines.capitals.isdisjoint(inside)


def _emoji_that_goes(layout: Layout, gone: Mapping[int, str]) -> str:
    """Return the friendly emoji of a message whose only ones go with the sentences that go; else nothing."""
    if not any(sign in layout.text for sign in _FRIENDLY_SIGNS):
        return ""
    going = [emoji for number in gone for emoji in _FRIENDLY.findall(layout.pieces[number].span.of(layout.text))]
    if not going:
        return ""
    rest = [piece.span.of(layout.text) for number, piece in enumerate(layout.pieces) if number not in gone]
    stays = _EMOJI.search(" ".join([layout.head, *rest, layout.tail]))
    return "" if stays else going[-1]
