"""The lines that rewrites are made of, from ``rewrites.yml``: one file a language, written by people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import msgspec

from coltiva.errors import RulePackError
from coltiva.history import Stage
from coltiva.rule_files import convert
from coltiva.rule_yaml import RuleDocument, read_rule_document
from coltiva.tokens import fold

STRATEGIES = ("wait", "smaller", "give_first", "reconnect", "lighter")
GROUPS = ("memories", "turns", *STRATEGIES)
# ``vos`` is Spanish with vos and ``tu`` Portuguese with tu, where ``informal`` is with tú and with você.
REGISTERS = ("any", "informal", "formal", "vos", "tu")
CONTEXTS = ("nothing", "own", "words")
# What a line may rest on: a kind of recorded fact, a field of the contact, or nothing.
GROUNDS = (
    "",
    "topic",
    "place",
    "meeting",
    "call",
    "message",
    "received",
    "unthanked",
    "gave",
    "promise",
    "overdue",
    "was_asked",
    "note",
    "target",
    "connected",
    "company",
)
_SLOT = re.compile(r"\{(\w*)\}")
_SLOTS = frozenset({"when", "topic", "place", "company", "thing", "note", "name"})


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the file, in each form of address in which it is written.

    Attributes:
        any: the words where they address nobody; with slots such as ``{when}`` and ``{topic}`` where its ground gives
            them; ``[what …]`` is a blank that the user fills.
        informal, formal, vos, tu: the words in that form of address.
        ground: the recorded fact that it needs; one of ``GROUNDS``.
        stages, asks, channels: separated by spaces; empty means all.
        after: what has to stand before it, of ``CONTEXTS``: ``nothing`` of the sender's, the sender's ``own`` news,
            or other ``words``; empty means anything.
    """

    any: str = ""
    informal: str = ""
    formal: str = ""
    vos: str = ""
    tu: str = ""
    ground: str = ""
    stages: str = ""
    asks: str = ""
    channels: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two that a rewrite may say, in one form of address; the fields are those of its entry.

    Attributes:
        others: forms of address in which the same entry is written too.
        id: stays the same while the words do.
        slots: what has to be filled in.
        is_question: whether it asks something.
    """

    text: str
    register: str
    ground: str
    stages: frozenset[str]
    asks: frozenset[str]
    channels: frozenset[str]
    after: frozenset[str]
    others: frozenset[str]
    id: str
    slots: frozenset[str]
    is_question: bool


class WhenWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language says when something was: ``month`` with {month}, ``month_year`` with {month} and {year}."""

    recent: str
    this_month: str
    month: str
    month_year: str
    months: str


class RewriteFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``rewrites.yml``.

    Attributes:
        informal, formal, vos, tu, plural: words or phrases that show the form of address, beyond ``address.yml``.
        capitals: words that keep their capital after a comma.
        pairs: words that greet only together with the next one: good morning, but also good to meet you.
        sign_offs: words that open a closing line.
        lead_ins: a sentence that holds one only leads up to an ask.
        orphans: a sentence that holds one says nothing once the ask is gone.
        leaning: openings of a sentence that leans on the one before.
        keeps: a sentence that holds one stays though it follows an ask.
        recalls: where the sender's own words hold one, no memory is added.
        tells: words that show that the sender tells of themselves, beyond ``first_person`` of ``address.yml``.
        connectors: words after which an ask may be cut off from the clause before it.
        conditions: a clause that holds one cannot stand without the next.
        topics: words in a summary that come before a subject (``talked about``).
        persons: words that turn a subject into somebody's point of view, or into a sentence.
        occasions: head of an occasion (``fair``, ``-messe``) → how it follows a line's words, with {it}.
        inner: words that may join an occasion to a place.
        gifts: beginning of a word of a summary → what was given, as a line names it.
        wishes: kind of ask → what was asked for, as a line names it.
        articles: words with which something promised begins, where it can be named as it was written down.
        towards: words that stand before whom an introduction leads to.
        interests: words in a note that come before what somebody likes.
        joins: two words that meet where a slot is filled → what they become (``di il`` → ``del``).
        elides: words that lose their vowel before another one (``de`` → ``d'``).
        no_company: what is no company's name, though it stands in its place (``freelance``).
        company_heads: first words of a company's name with which it would need an article.
        lowers: first words of an occasion that are written small inside a sentence.
    """

    when: WhenWords
    pairs: str
    sign_offs: list[str]
    lead_ins: list[str]
    orphans: list[str]
    leaning: list[str]
    keeps: list[str]
    recalls: list[str]
    connectors: list[str]
    conditions: list[str]
    topics: list[str]
    persons: str
    occasions: dict[str, str]
    inner: str
    gifts: dict[str, str]
    wishes: dict[str, str]
    articles: str
    towards: str
    interests: list[str]
    no_company: list[str]
    company_heads: str
    memories: list[Entry]
    turns: list[Entry]
    wait: list[Entry]
    smaller: list[Entry]
    give_first: list[Entry]
    reconnect: list[Entry]
    lighter: list[Entry]
    informal: list[str] = []
    formal: list[str] = []
    vos: list[str] = []
    tu: list[str] = []
    plural: list[str] = []
    tells: str = ""
    capitals: str = ""
    joins: dict[str, str] = {}
    elides: str = ""
    lowers: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RewriteLines:
    """A language's lines with its folded cues; compared by identity.

    Attributes:
        cues: ``lead_ins``, ``orphans``, ``keeps``, ``recalls``, ``conditions``, ``no_company`` and the forms of
            address → one pattern over folded words joined by spaces.
        leaning, sign_offs: patterns at the beginning of a sentence.
        connectors: pattern over the words as they are typed.
        words: ``pairs``, ``persons``, ``tells``, ``inner``, ``articles`` and other lists → the folded words.
        lines: ``memories``, ``turns`` or a strategy → its lines, in the file's order.
    """

    file: RewriteFile
    cues: Mapping[str, re.Pattern[str]]
    leaning: re.Pattern[str]
    sign_offs: re.Pattern[str]
    connectors: re.Pattern[str]
    words: Mapping[str, frozenset[str]]
    capitals: frozenset[str]
    lines: Mapping[str, tuple[Line, ...]]


def load_rewrite_lines(path: Path, shown_path: str) -> RewriteLines:
    """Read one ``rewrites.yml``.

    Raises:
        RulePackError: at the value that is missing, unknown or wrong.
    """
    document = read_rule_document(path, shown_path)
    file = convert(document, RewriteFile)
    for group in GROUPS:
        for number, entry in enumerate(getattr(file, group)):
            _check_entry(entry, document, (group, number))
    return RewriteLines(
        file=file,
        cues={name: _cue_pattern(getattr(file, name)) for name in _CUES},
        leaning=_cue_pattern(file.leaning, at_start=True),
        sign_offs=_cue_pattern(file.sign_offs, at_start=True),
        connectors=_connector_pattern(file.connectors),
        words={name: frozenset(folded_words(getattr(file, name))) for name in _WORDS},
        capitals=frozenset(file.capitals.split()),
        lines={
            group: tuple(line for entry in getattr(file, group) for line in _lines_of(entry, group)) for group in GROUPS
        },
    )


def _lines_of(entry: Entry, group: str) -> Iterator[Line]:
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
            others=frozenset(texts) - {register},
            id=f"{group}-{crc32(text.encode()):08x}",
            slots=frozenset(_SLOT.findall(text)),
            is_question="?" in text,
        )


_CUES = (
    *("lead_ins", "orphans", "keeps", "recalls", "conditions", "no_company"),
    *("informal", "formal", "vos", "tu", "plural"),
)
_WORDS = ("pairs", "persons", "tells", "inner", "articles", "towards", "company_heads", "lowers")


def _connector_pattern(connectors: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds where a clause ends: a connector, a semicolon, a dash, or a plain comma or colon."""
    words = "|".join(re.escape(word) for word in sorted(connectors, key=len, reverse=True))
    return re.compile(rf"(?i)(?:,?\s+(?:{words})\b|\s*;|\s+[–—-](?=\s)|\s*[,:](?=\s))\s*")


def _cue_pattern(phrases: list[str], *, at_start: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds any of *phrases* as whole words; it finds nothing where there are none."""
    folded = sorted((re.escape(" ".join(folded_words(phrase))) for phrase in phrases), key=len, reverse=True)
    pattern = rf"(?:{'|'.join(folded)})(?= |$)" if folded else r"(?!)"
    return re.compile(("^" if at_start else "(?:^|(?<= ))") + pattern)


def folded_words(text: str) -> list[str]:
    """Return the words of *text* folded; an apostrophe ends a word, and what is no letter or digit is left out."""
    return re.findall(r"\w+", fold(re.sub(r"['’]", " ", text)))


def _check_entry(entry: Entry, document: RuleDocument, key: tuple[str, int]) -> None:
    """Refuse an entry that names what does not exist, or says nothing."""
    texts = {register: getattr(entry, register) for register in REGISTERS if getattr(entry, register)}
    faults = [
        (field, f"expected {', '.join(filter(None, allowed))}; got {value!r}")
        for field, value, allowed in (
            ("ground", entry.ground, GROUNDS),
            *(("after", word, CONTEXTS) for word in entry.after.split()),
            *(("stages", word, tuple(s.word for s in Stage)) for word in entry.stages.split()),
        )
        if value not in allowed
    ]
    for register, text in texts.items():
        unknown = sorted(set(_SLOT.findall(text)) - _SLOTS)
        if unknown:
            faults.append((register, f"expected {', '.join(sorted(_SLOTS))} in braces; got {unknown[0]!r}"))
    if not texts:
        faults.append(("any", f"expected words in one of {', '.join(REGISTERS)}; there are none"))
    if faults:
        raise RulePackError(document.problem((*key, faults[0][0]), faults[0][1]))
