"""What a rewrite says: lines with what is filled in, ready to be inserted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coltiva.cues import folded_words
from coltiva.rewrite_lines import Line, RewriteLines

_VOWELS = tuple("aàâäeéèêëiîïoôöuùûüy")
_REPEATED_LETTERS = 6
_SLOT = re.compile(r"\{(\w+)\}")
_ARTICLE = re.compile(r"\w+['’]?")
_OWN = frozenset(("own",))


@dataclass(frozen=True, slots=True)
class Said:
    """Words that are ready to be inserted.

    Attributes:
        uses: ids of the events that they rest on.
        grounded: whether they rest on any.
        values: what was filled in.
        lines: ids of the lines that they are.
        follows_own: whether they make sense only behind what the sender tells.
    """

    text: str = ""
    uses: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    follows_own: bool = False

    @property
    def grounded(self) -> bool:
        """Whether they rest on recorded events."""
        return bool(self.uses)

    def repeats(self, other: Said) -> bool:
        """Tell whether these words and *other* share a long word, so that one after the other would sound clumsy."""
        mine, theirs = set(folded_words(self.text)), set(folded_words(other.text))
        return any(len(word) >= _REPEATED_LETTERS for word in mine & theirs)

    def then(self, other: Said) -> Said:
        """Return these words followed by *other*."""
        uses = tuple(dict.fromkeys((*self.uses, *other.uses)))
        text = f"{self.text} {other.text}".strip()
        return Said(text, uses, self.values + other.values, self.lines + other.lines, other.follows_own)


def filled(line: Line, values: Mapping[str, str], uses: tuple[str, ...], lines: RewriteLines) -> Said:
    """Return *line* with its slots filled, words that meet there joined as the language joins them."""
    given = tuple(values[slot] for slot in line.slots if slot != "when")
    text = line.text
    if line.slots:
        parts = _SLOT.split(text)
        text = parts[0]
        for slot, rest in zip(parts[1::2], parts[2::2], strict=True):
            # "Cía." ends the sentence by itself.
            text = _joined(text, values[slot], lines) + (rest[1:] if values[slot][-1:] == rest[:1] == "." else rest)
        text = text[:1].upper() + text[1:]
    return Said(text, uses, given, (line.id,), line.after == _OWN)


def _joined(before: str, value: str, lines: RewriteLines) -> str:
    """Return *before* followed by *value*: ``parlé de`` and ``le chantier`` as ``parlé du chantier``."""
    head, space, word = before.rstrip().rpartition(" ")
    if not before.endswith(" ") or not word:
        return before + value
    article = _ARTICLE.match(value)
    meeting = f"{word.lower()} {article.group().lower().replace('’', chr(39))}" if article else ""
    joined = lines.file.joins.get(meeting)
    if joined is not None and article is not None:
        joined = joined[:1].upper() + joined[1:] if word[:1].isupper() else joined
        rest = value[article.end() :].lstrip()
        return f"{head}{space}{joined}{rest}" if joined.endswith("'") else f"{head}{space}{joined} {rest}"
    if word.lower() in lines.words["elides"] and value[:1].lower() in _VOWELS:
        return f"{head}{space}{word[:-1]}'{value}"
    return before + value


def blanks_of(text: str) -> Sequence[str]:
    """Return the open blanks of *text*."""
    return re.findall(r"\[[^\]\n]+\]", text)
