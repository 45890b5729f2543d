"""The lines that rewrites are made of, from ``rewrites.yml``: one file a language, written by people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from coltiva.errors import RulePackError
from coltiva.history import Stage
from coltiva.rule_files import convert
from coltiva.rule_yaml import RuleDocument, read_rule_document
from coltiva.tokens import fold

STRATEGIES = ("wait", "smaller", "give_first", "reconnect", "lighter")
REGISTERS = ("any", "informal", "formal")
# What a line may rest on: a kind of recorded fact, a field of the contact, or nothing.
GROUNDS = (
    "",
    "topic",
    "place",
    "meeting",
    "call",
    "message",
    "received",
    "gave",
    "promise",
    "connected",
    "company",
)
_SLOT = re.compile(r"\{(\w*)\}")
_SLOTS = frozenset({"when", "topic", "place", "company"})


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence or two that a rewrite may say.

    Attributes:
        text: with ``{when}``, ``{topic}``, ``{place}`` and ``{company}`` where its ground gives them; ``[what …]`` is
            a blank that the user fills.
        register: ``informal`` (tu, du), ``formal`` (Lei, Sie), or ``any`` where it addresses nobody.
        ground: the recorded fact that it needs; one of ``GROUNDS``.
        stages, asks, channels: separated by spaces; empty means all.
        after: ``own`` where it follows only words in which the sender tells of themselves.
    """

    text: str
    register: str = "any"
    ground: str = ""
    stages: str = ""
    asks: str = ""
    channels: str = ""
    after: str = ""


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
        informal, formal, plural: words or phrases that show the form of address, beyond ``address.yml``.
        capitals: words that keep their capital after a comma.
        sign_offs: words that open a closing line.
        lead_ins: a sentence that holds one only leads up to an ask.
        orphans: a sentence that holds one says nothing once the ask is gone.
        leaning: openings of a sentence that leans on the one before.
        keeps: a sentence that holds one stays though it follows an ask.
        recalls: where the sender's own words hold one, no memory is added.
        topics: words in a summary that come before a subject (``talked about``).
        occasions: head of an occasion (``fair``, ``-messe``) → how it follows a line's words, with {it}.
        inner: words that may join an occasion to a place.
    """

    when: WhenWords
    sign_offs: list[str]
    lead_ins: list[str]
    orphans: list[str]
    leaning: list[str]
    keeps: list[str]
    recalls: list[str]
    topics: list[str]
    occasions: dict[str, str]
    inner: str
    memories: list[Line]
    wait: list[Line]
    smaller: list[Line]
    give_first: list[Line]
    reconnect: list[Line]
    lighter: list[Line]
    informal: list[str] = []
    formal: list[str] = []
    plural: list[str] = []
    capitals: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RewriteLines:
    """A language's lines with its folded cues; compared by identity.

    Attributes:
        cues: ``lead_ins``, ``orphans``, ``keeps``, ``recalls``, ``informal``, ``formal``, ``plural`` → one
            pattern over folded words joined by spaces.
        leaning, sign_offs: patterns at the beginning of a sentence.
        lines: ``memories`` or a strategy → its lines, in the file's order.
    """

    file: RewriteFile
    cues: Mapping[str, re.Pattern[str]]
    leaning: re.Pattern[str]
    sign_offs: re.Pattern[str]
    capitals: frozenset[str]
    lines: Mapping[str, tuple[Line, ...]]


def load_rewrite_lines(path: Path, shown_path: str) -> RewriteLines:
    """Read one ``rewrites.yml``.

    Raises:
        RulePackError: at the value that is missing, unknown or wrong.
    """
    document = read_rule_document(path, shown_path)
    file = convert(document, RewriteFile)
    for group in ("memories", *STRATEGIES):
        for number, line in enumerate(getattr(file, group)):
            _check_line(line, document, (group, number))
    cues = {name: _cue_pattern(getattr(file, name)) for name in _CUES}
    return RewriteLines(
        file=file,
        cues=cues,
        leaning=_cue_pattern(file.leaning, at_start=True),
        sign_offs=_cue_pattern(file.sign_offs, at_start=True),
        capitals=frozenset(file.capitals.split()),
        lines={group: tuple(getattr(file, group)) for group in ("memories", *STRATEGIES)},
    )


_CUES = ("lead_ins", "orphans", "keeps", "recalls", "informal", "formal", "plural")


def _cue_pattern(phrases: list[str], *, at_start: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds any of *phrases* as whole words; it finds nothing where there are none."""
    folded = sorted((re.escape(" ".join(folded_words(phrase))) for phrase in phrases), key=len, reverse=True)
    pattern = rf"(?:{'|'.join(folded)})(?= |$)" if folded else r"(?!)"
    return re.compile(("^" if at_start else "(?:^|(?<= ))") + pattern)


def folded_words(text: str) -> list[str]:
    """Return the words of *text* folded; an apostrophe ends a word, and what is no letter or digit is left out."""
    return re.findall(r"\w+", fold(re.sub(r"['’]", " ", text)))


def _check_line(line: Line, document: RuleDocument, key: tuple[str, int]) -> None:
    """Refuse a line that names what does not exist."""
    faults = [
        (field, f"expected {', '.join(filter(None, allowed))}; got {value!r}")
        for field, value, allowed in (
            ("register", line.register, REGISTERS),
            ("ground", line.ground, GROUNDS),
            ("after", line.after, ("", "own")),
            *(("stages", word, tuple(s.word for s in Stage)) for word in line.stages.split()),
        )
        if value not in allowed
    ]
    unknown = set(_SLOT.findall(line.text)) - _SLOTS
    if unknown:
        faults.append(("text", f"expected {', '.join(sorted(_SLOTS))} in braces; got {sorted(unknown)[0]!r}"))
    if faults:
        raise RulePackError(document.problem((*key, faults[0][0]), faults[0][1]))
