"""Everything under ``shared_rules``: the tables for all languages, and each language's pack and texts."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeVar

import msgspec

from coltiva.errors import RulePackError, RuleProblem
from coltiva.history import Gates, Stage
from coltiva.quick_line import QuickLineWords
from coltiva.reader import Reader, Tuning, load_reader
from coltiva.rewrite_lines import RewriteLines, load_rewrite_lines
from coltiva.rule_pack import Pack, load_pack
from coltiva.rule_yaml import read_rule_document
from coltiva.standing import TendingLimits

LANGUAGES = ("en", "it", "es", "fr", "de", "pt")


@dataclass(frozen=True, slots=True)
class AskKind:
    """One kind of ask: the stage that it needs, and its rank where two kinds claim the same words."""

    needs: Stage
    rank: int


@dataclass(frozen=True, slots=True)
class SignalKind:
    """One kind of signal: ``signal`` (hunting) or ``growing``, and how severe it is."""

    category: str
    severity: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel and the longest text that it takes, in UTF-16 units; None where there is no limit."""

    limit: int | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of the checks that count, from ``channels.yml``."""

    links: int
    asks: int
    unanswered_messages: int
    first_person_words: int
    first_person_ratio: int
    readability_words: int
    reading_ease: int


def shipped_rules() -> Path:
    """Return the folder of the rules that Coltiva ships, in a checkout or in an installed wheel."""
    packaged = Path(str(resources.files("coltiva"))) / "shared_rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "shared_rules"


class Library:
    """The rules of all languages; a language's pack is read when it is first needed.

    Raises:
        RulePackError: one of the tables that every language needs is missing or wrong.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or shipped_rules()
        # The languages that have rules here, in the project's order.
        self.languages = tuple(code for code in LANGUAGES if (self.root / code / "words.yml").is_file())
        stages = self._table("stages.yml")
        self.gates = _numbers(stages, "stages.yml", "gates", Gates)
        self.tending = _numbers(stages, "stages.yml", "tending", TendingLimits)
        self.asks = _asks(self._table("asks.yml"))
        self.signals = _signals(self._table("signals.yml"))
        channels = self._table("channels.yml")
        self.channels = _channels(channels)
        self.limits = _numbers(channels, "channels.yml", "limits", Limits)
        self.sites: Mapping[str, object] = self._table("sites.yml") if (self.root / "sites.yml").is_file() else {}
        self.kinds: Mapping[str, str] = dict.fromkeys(self.asks, "ask") | {
            k: s.category for k, s in self.signals.items()
        }
        self._tunings = _tunings(self._table("readers.yml")) if (self.root / "readers.yml").is_file() else {}
        self._packs: dict[str, Pack] = {}
        self._readers: dict[str, Reader | None] = {}
        self._rewrite_lines: dict[str, RewriteLines | None] = {}
        self._broken: dict[str, RuleProblem] = {}
        self._texts: dict[str, Mapping[str, object]] = {}
        self._relation_texts: dict[str, Mapping[str, object]] = {}
        self._lock = threading.Lock()

    @property
    def problems(self) -> tuple[RuleProblem, ...]:
        """What is broken in the rules of all languages; reads them all."""
        return tuple(problem for code in self.languages for problem in self.problems_of(code))

    def problems_of(self, language: str) -> tuple[RuleProblem, ...]:
        """Return what is broken in one language's rules, reader and rewrites; the rest goes on working."""
        self.reader(language), self.rewrite_lines(language)
        broken = [self._broken[file] for file in sorted(self._broken) if file.startswith(f"{language}/")]
        return (*self.pack(language).problems, *broken)

    def pack(self, language: str) -> Pack:
        """Return the rules of *language*; KeyError where there are none."""
        if language not in self._packs:
            if language not in self.languages:
                raise KeyError(language)
            with self._lock:
                if language not in self._packs:
                    self._packs[language] = load_pack(self.root / language, self.kinds)
        return self._packs[language]

    def leave_to_phrases(self) -> None:
        """Switch all second readers off, such as for measuring what the phrases find alone."""
        self._readers = dict.fromkeys(self.languages)

    def reader(self, language: str) -> Reader | None:
        """Return the second reader of *language*; None where it is switched off, was never trained or is broken."""
        if language not in self._readers:
            file, tuning = self.root / language / "reader.json", self._tunings.get(language)
            try:
                self._readers[language] = load_reader(file, language, tuning) if tuning and file.is_file() else None
            except (OSError, ValueError, KeyError, TypeError) as error:
                name, self._readers[language] = f"{language}/reader.json", None
                self._broken[name] = RuleProblem(name, 1, 1, f"expected a trained reader; got {error!r}")
        return self._readers[language]

    def rewrite_lines(self, language: str) -> RewriteLines | None:
        """Return the lines that rewrites in *language* are made of; None where none are written, or they are broken."""
        if language not in self._rewrite_lines:
            name = f"{language}/rewrites.yml"
            file = self.root / name
            try:
                self._rewrite_lines[language] = load_rewrite_lines(file, name) if file.is_file() else None
            except RulePackError as error:
                self._rewrite_lines[language], self._broken[name] = None, error.problem
        return self._rewrite_lines[language]

    def texts(self, language: str) -> Mapping[str, object]:
        """Return the explanations written in *language*, or in English where there are none."""
        if language not in self._texts:
            folder = self.root / language
            name = f"{language}/texts.yml" if (folder / "texts.yml").is_file() else "en/texts.yml"
            self._texts[language] = self._table(name)
        return self._texts[language]

    def relation_texts(self, language: str) -> Mapping[str, object]:
        """Return what is said about stored contacts in *language*, or in English where it is not written yet."""
        if language not in self._relation_texts:
            written = (self.root / language / "relation.yml").is_file()
            self._relation_texts[language] = self._table(f"{language if written else 'en'}/relation.yml")
        return self._relation_texts[language]

    def quick_line_words(self, language: str) -> QuickLineWords:
        """Return the words by which a line of history is read."""
        try:
            return msgspec.convert(self.relation_texts(language)["quick_line"], QuickLineWords)
        except (msgspec.ValidationError, KeyError) as error:
            raise RulePackError(RuleProblem(f"{language}/relation.yml", 1, 1, f"quick_line: {error}")) from None

    def _table(self, name: str) -> dict[str, dict[str, dict[str, object]]]:
        content = read_rule_document(self.root / name, name).content
        if not isinstance(content, dict):
            raise RulePackError(RuleProblem(name, 1, 1, "expected a mapping"))
        return content


Numbers = TypeVar("Numbers")


def _numbers(table: Mapping[str, object], name: str, group: str, record: type[Numbers]) -> Numbers:
    """Read a group of rows, each with a ``value``, into a record of whole numbers."""
    rows = table.get(group)
    if not isinstance(rows, dict):
        raise RulePackError(RuleProblem(name, 1, 1, f"expected {group}:"))
    try:
        return msgspec.convert({key: row["value"] for key, row in rows.items()}, record)
    except (msgspec.ValidationError, KeyError, TypeError) as error:
        raise RulePackError(RuleProblem(name, 1, 1, f"{group}: {error}")) from None


def _tunings(table: Mapping[str, dict[str, dict[str, object]]]) -> dict[str, Tuning]:
    rows = {code: row for code, row in table.get("readers", {}).items() if row.get("enabled", True)}
    try:
        return {
            code: Tuning(int(str(row["adds_from"])) / 100, int(str(row["keeps_from"])) / 100)
            for code, row in rows.items()
        }
    except (KeyError, ValueError) as error:
        raise RulePackError(
            RuleProblem("readers.yml", 1, 1, f"readers: expected adds_from and keeps_from; got {error}")
        ) from None


def _asks(table: Mapping[str, dict[str, dict[str, object]]]) -> dict[str, AskKind]:
    try:
        return {
            kind: AskKind(Stage.from_word(str(row["needs"])), rank)
            for rank, (kind, row) in enumerate(table["asks"].items())
        }
    except (KeyError, ValueError) as error:
        raise RulePackError(RuleProblem("asks.yml", 1, 1, f"asks: {error}")) from None


def _signals(table: Mapping[str, dict[str, dict[str, object]]]) -> dict[str, SignalKind]:
    return {
        kind: SignalKind(category, str(row.get("severity", "info")))
        for category, name in (("signal", "hunting"), ("growing", "growing"))
        for kind, row in table[name].items()
    }


def _channels(table: Mapping[str, dict[str, dict[str, object]]]) -> dict[str, Channel]:
    channels: dict[str, Channel] = {}
    for name, row in table["channels"].items():
        limit = row.get("limit")
        channels[name] = Channel(limit if isinstance(limit, int) else None)
    return channels
