"""A language's lines and cues for rewrites, from its ``rewrites.yml`` and ``cues.yml``, which people write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import msgspec

from coltiva.cue_file import CueFile
from coltiva.cues import CueTable, folded_words
from coltiva.errors import Fault, RulePackError
from coltiva.history import Stage
from coltiva.rewrite_file import CONTEXTS, DAYS, GROUNDS, GROUPS, REGISTERS, SENDERS, Entry, RewriteFile
from coltiva.rule_files import convert
from coltiva.rule_pack import AddressWords, none_of
from coltiva.rule_yaml import RuleDocument, read_rule_document
from coltiva.tokens import fold

_MOST_KEPT = 256  # purposes of a group of which it is remembered what is meant for them; a bound on memory
_FILES = ("rewrites.yml", "cues.yml")
_SLOT = re.compile(r"\{(\w*)\}")
_SLOTS = frozenset({"when", "topic", "place", "company", "thing", "note", "liked", "name"})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two that a rewrite may say, in one form of address; the fields are those of its entry.

    Attributes:
        others: forms of address in which the same entry is written too.
        id: stays the same while the words do.
        slots: what has to be filled in.
        is_question: whether it asks something.
        goes_on: whether it begins with a connector such as "and".
        has_blank: whether the user has to fill something in.
        words: its words, folded, without what is filled in.
        senders: of ``SENDERS``; ``one`` also where the words alone tell that one person speaks.
    """

    text: str
    register: str
    ground: str
    stages: frozenset[str]
    asks: frozenset[str]
    channels: frozenset[str]
    after: frozenset[str]
    senders: str
    days: frozenset[str]
    others: frozenset[str]
    id: str
    slots: frozenset[str]
    is_question: bool
    goes_on: bool
    has_blank: bool
    words: frozenset[str]


class Purpose(NamedTuple):
    """What a line is wanted for.

    Attributes:
        register: one of ``REGISTERS``.
        stage: the name of the relation's stage.
        kinds: the kinds of the asks that it follows or stands in for.
        context: what stands before it, one of ``CONTEXTS``.
        several: whether several people write.
        day: of the week, one of ``DAYS``.
    """

    register: str
    stage: str
    kinds: frozenset[str]
    channel: str
    context: str
    several: bool
    day: str


class LineTable(Mapping[str, tuple[Line, ...]]):
    """Lines by group, in the file's order; remembers which of them are meant for what.

    Args:
        lines: ``memories`` or a strategy → its lines.
    """

    def __init__(self, lines: Mapping[str, tuple[Line, ...]]) -> None:
        self._lines = lines
        self.meant_for = lru_cache(_MOST_KEPT)(self._meant_for)

    def _meant_for(self, group: str, purpose: Purpose) -> tuple[Line, ...]:
        """Return the lines of *group* that are meant for *purpose*, whatever the record holds."""
        return tuple(line for line in self._lines[group] if _serves(line, purpose))

    def __getitem__(self, group: str) -> tuple[Line, ...]:
        return self._lines[group]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _serves(line: Line, purpose: Purpose) -> bool:
    """Tell whether *line* is meant for *purpose*."""
    return (
        (line.register == purpose.register or (line.register == "any" and purpose.register not in line.others))
        and (not line.stages or purpose.stage in line.stages)
        and (not line.asks or not purpose.kinds.isdisjoint(line.asks))
        and (not line.channels or purpose.channel in line.channels)
        and (not line.after or purpose.context in line.after)
        and (not line.days or purpose.day in line.days)
        and line.senders != ("one" if purpose.several else "several")
        and not (line.goes_on and purpose.context == "nothing")
    )


@dataclass(frozen=True, slots=True, eq=False)
class RewriteLines:
    """A language's lines with its folded cues; compared by identity.

    Attributes:
        cues: the lists of phrases of ``cues.yml`` by name; ``leaning``, ``resumes``, ``pointing``, ``news``,
            ``sign_offs`` and ``closing_sentences`` count at the beginning of a sentence.
        connectors: pattern over the words as they are typed.
        private: pattern over folded words joined by spaces.
        words: the lists of single words of both files, folded, with ``connectors`` of one word and the ``months``.
        small_words: words that the lines write with a small letter inside a sentence.
        word_ends: endings of words that are no name.
        together_ends: endings of words by which several people speak of themselves.
        lines: ``memories`` or a strategy → its lines, in the file's order.
    """

    file: RewriteFile
    cue_file: CueFile
    cues: CueTable
    connectors: re.Pattern[str]
    private: re.Pattern[str]
    words: Mapping[str, frozenset[str]]
    capitals: frozenset[str]
    small_words: frozenset[str]
    word_ends: tuple[str, ...]
    together_ends: tuple[str, ...]
    lines: LineTable


def load_rewrite_lines(folder: Path, address: AddressWords) -> RewriteLines:
    """Read the ``rewrites.yml`` and the ``cues.yml`` of a language's *folder*.

    Raises:
        RulePackError: at the value that is missing, unknown or wrong.
    """
    document, cue_document = (read_rule_document(folder / name, f"{folder.name}/{name}") for name in _FILES)
    file, cue_file = convert(document, RewriteFile), convert(cue_document, CueFile)
    for group in GROUPS:
        for number, entry in enumerate(getattr(file, group)):
            _check_entry(entry, document, (group, number))
    texts = [getattr(entry, r) for group in GROUPS for entry in getattr(file, group) for r in REGISTERS]
    words = _words_of(cue_file, file)
    return RewriteLines(
        file=file,
        cue_file=cue_file,
        cues=_cues_of(cue_file, address),
        connectors=_connector_pattern(cue_file.connectors),
        private=_private_pattern(cue_file.private),
        words=words,
        capitals=frozenset(file.capitals.split()),
        word_ends=tuple(cue_file.word_ends.split()),
        together_ends=tuple(end[1:] for end in cue_file.together.split() if end.startswith("-")),
        small_words=frozenset(
            word for text in texts for word in re.findall(r"(?<= )[^\W\dA-Z_]+", text) if word.islower()
        ),
        lines=LineTable(
            {
                group: tuple(line for entry in getattr(file, group) for line in _lines_of(entry, group, words))
                for group in GROUPS
            }
        ),
    )


def _cues_of(file: CueFile, address: AddressWords) -> CueTable:
    """Return the cues that are phrases; formulas that take leave are those of both files."""
    phrases = {name: getattr(file, name) for name in _CUES}
    phrases["sign_offs"] = [*file.sign_offs, *(" ".join(words) for words in address.closings)]
    return CueTable(phrases)


def _words_of(file: CueFile, rewrites: RewriteFile) -> dict[str, frozenset[str]]:
    """Return the cues that are single words, folded."""
    own = ("lowers", "elides", "unmarked", "formal_greetings", "to_house")
    texts = {name: getattr(file, name) for name in _WORDS} | {name: getattr(rewrites, name) for name in own}
    return {name: frozenset(folded_words(text)) for name, text in texts.items()} | {
        "connectors": frozenset(fold(word) for word in file.connectors if " " not in word),
        "months": frozenset(folded_words(rewrites.when.months)),
    }


def line_id(group: str, text: str) -> str:
    """Return what names a line of a group as long as its words stay the same."""
    return f"{group}-{crc32(text.encode()):08x}"


def group_of(name: str) -> str:
    """Return the group of the line with the id *name*."""
    return name.rpartition("-")[0]


def _lines_of(entry: Entry, group: str, words: Mapping[str, frozenset[str]]) -> Iterator[Line]:
    """Yield one line for each form of address in which *entry* is written."""
    texts = {register: getattr(entry, register) for register in REGISTERS if getattr(entry, register)}
    for register, text in texts.items():
        yield Line(
            text,
            register,
            entry.ground,
            stages=frozenset(entry.stages.split()),
            asks=frozenset(entry.asks.split()),
            channels=frozenset(entry.channels.split()),
            after=frozenset(entry.after.split()),
            senders=entry.senders or ("" if words["alone"].isdisjoint(folded_words(text)) else "one"),
            days=frozenset(entry.days.split()),
            others=frozenset(texts) - {register},
            id=line_id(group, text),
            slots=frozenset(_SLOT.findall(text)),
            is_question="?" in text,
            goes_on=folded_words(text)[0] in words["connectors"],
            has_blank="[" in text,
            words=frozenset(folded_words(_SLOT.sub(" ", text))),
        )


_FIELDS = msgspec.structs.fields(CueFile)
_CUES = tuple(field.name for field in _FIELDS if field.type == list[str])
_WORDS = tuple(field.name for field in _FIELDS if field.type is str)


def _connector_pattern(connectors: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds where a clause ends: a connector, a semicolon, a dash, or a plain comma or colon."""
    words = "|".join(re.escape(word) for word in sorted(connectors, key=len, reverse=True))
    return re.compile(rf"(?i)(?:,?\s+(?:{words})\b|\s*;|\s+[–—-](?=\s)|\s*[,:](?=\s))\s*")


def _private_pattern(phrases: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of *phrases* as whole words, or as beginnings, ends or parts of words."""
    parts = []
    for phrase in phrases:
        words = " ".join(folded_words(phrase))
        parts.append(("" if phrase.startswith("-") else r"\b") + words + ("" if phrase.endswith("-") else r"\b"))
    return re.compile("|".join(parts) or r"(?!)")


def _check_entry(entry: Entry, document: RuleDocument, key: tuple[str, int]) -> None:
    """Refuse an entry that names what does not exist, or says nothing."""
    texts = {register: getattr(entry, register) for register in REGISTERS if getattr(entry, register)}
    faults = [
        (field, none_of(filter(None, allowed), value))
        for field, value, allowed in (
            ("ground", entry.ground, GROUNDS),
            ("senders", entry.senders, SENDERS),
            *(("after", word, CONTEXTS) for word in entry.after.split()),
            *(("days", word, DAYS) for word in entry.days.split()),
            *(("stages", word, tuple(s.word for s in Stage)) for word in entry.stages.split()),
        )
        if value not in allowed
    ]
    for register, text in texts.items():
        unknown = sorted(set(_SLOT.findall(text)) - _SLOTS)
        if unknown:
            faults.append((register, _unknown_slot(unknown[0])))
    if not texts:
        named = ", ".join(REGISTERS)
        fault = Fault(f"expected words in one of {named}; there are none", "no_words", {"expected": named})
        faults.append(("any", fault))
    if faults:
        raise RulePackError(document.problem((*key, faults[0][0]), faults[0][1]))


def _unknown_slot(got: str) -> Fault:
    expected = ", ".join(sorted(_SLOTS))
    return Fault(f"expected {expected} in braces; got {got!r}", "unknown_slot", {"expected": expected, "got": got})
