"""Everything under ``shared_rules``: the tables for all languages, and each language's pack and texts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from coltiva.common_words import CommonWords, load_common_words
from coltiva.errors import Fault, RulePackError, RuleProblem
from coltiva.history import Gates
from coltiva.own_rules import folder_stamp, layered
from coltiva.own_tables import own_table
from coltiva.quick_line import QuickLineWords
from coltiva.reader import Reader, Shared, load_reader, load_shared
from coltiva.rewrite_lines import RewriteLines, load_rewrite_lines
from coltiva.rule_pack import Pack, load_pack
from coltiva.rule_tables import (
    Limits,
    asks_from,
    channels_from,
    numbers_from,
    signals_from,
    tunings_from,
    unusable_group,
)
from coltiva.rule_yaml import read_rule_document
from coltiva.standing import TendingLimits

LANGUAGES = ("en", "it", "es", "fr", "de", "pt")


def shipped_rules() -> Path:
    """Return the folder of the rules that Coltiva ships, in a checkout or in an installed wheel."""
    packaged = Path(str(resources.files("coltiva"))) / "shared_rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "shared_rules"


class Library:
    """The rules of all languages; a language's pack is read when it is first needed.

    Args:
        root: the shipped rules.
        own: the folder of the user's layer, which need not exist; None: the rules as shipped.
        shown_own: how messages name that folder; else by its path.
        reading: what each language's rules and reader are read within, such as ``kept_for_good`` in a server.

    Raises:
        RulePackError: one of the tables that every language needs is missing or wrong.
    """

    def __init__(
        self,
        root: Path | None = None,
        own: Path | None = None,
        shown_own: str = "",
        reading: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.root, self.own, self._reading = root or shipped_rules(), own, reading
        self._shown_own = shown_own or (own.as_posix() if own is not None else "")
        # The languages that have rules here, in the project's order.
        self.languages = tuple(code for code in LANGUAGES if (self.root / code / "words.yml").is_file())
        self.sites: Mapping[str, object] = self._table("sites.yml") if (self.root / "sites.yml").is_file() else {}
        self._shipped: dict[str, Pack] = {}
        self._packs: dict[str, Pack] = {}
        self._rewrite_lines: dict[str, RewriteLines | None] = {}
        self._broken: dict[str, RuleProblem] = {}
        self._texts: dict[str, Mapping[str, object]] = {}
        self._relation_texts: dict[str, Mapping[str, object]] = {}
        self._readers: dict[str, Reader | None] = {}
        self._tuned_readers: dict[str, Reader] = {}
        self._shared_reader: Shared | None = None
        self.common_words = self._common_words()
        self._uses_readers = True
        self._lock = threading.RLock()
        self._stamp = folder_stamp(own)
        # Counts how often the user's layer has been read again.
        self.version = 0
        self._read_tables()

    def _read_tables(self) -> None:
        """Read the tables of all languages, with the user's values over the shipped ones."""
        problems: list[RuleProblem] = []
        stages, asks, signals, channels = (
            self._layered_table(name, problems) for name in ("stages.yml", "asks.yml", "signals.yml", "channels.yml")
        )
        readers = self._layered_table("readers.yml", problems) if (self.root / "readers.yml").is_file() else {}
        self.gates = numbers_from(stages, "stages.yml", "gates", Gates)
        self.tending = numbers_from(stages, "stages.yml", "tending", TendingLimits)
        self.asks = asks_from(asks)
        self.signals = signals_from(signals)
        self.channels = channels_from(channels)
        self.limits = numbers_from(channels, "channels.yml", "limits", Limits)
        self._tunings = tunings_from(readers)
        self.kinds: Mapping[str, str] = dict.fromkeys(self.asks, "ask") | {
            k: s.category for k, s in self.signals.items()
        }
        self._own_problems = tuple(problems)

    def _common_words(self) -> CommonWords | None:
        """Return what tells the language of short texts; None where it was never counted or is broken."""
        name = "common_words.json"
        try:
            return load_common_words(self.root / name) if (self.root / name).is_file() else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            fault = Fault(f"expected a trained reader; got {error!r}", "no_reader", {"reason": repr(error)})
            self._broken[name] = RuleProblem(name, 1, 1, fault)
            return None

    def _layered_table(self, name: str, problems: list[RuleProblem]) -> dict[str, dict[str, Any]]:
        shipped = self._table(name)
        if self.own is None:
            return shipped
        return own_table(name, shipped, self.own / name, f"{self._shown_own}/{name}", problems)

    def refresh(self) -> bool:
        """Read the user's layer again where a file of it has changed; returns whether one has."""
        stamp = folder_stamp(self.own)
        if stamp == self._stamp:
            return False
        with self._lock:
            self._stamp = stamp
            self.version += 1
            self._read_tables()
            self._packs = {code: self._layered(pack) for code, pack in self._shipped.items()}
        return True

    def shipped_table(self, name: str) -> Mapping[str, Mapping[str, Mapping[str, object]]]:
        """Return a table as shipped, such as ``stages.yml``, with the source of each value."""
        return self._table(name)

    def table(self, name: str) -> Mapping[str, Mapping[str, Mapping[str, object]]]:
        """Return a table as it counts, with the user's values."""
        return self._layered_table(name, [])

    def shipped_pack(self, language: str) -> Pack:
        """Return the rules of *language* without the user's layer; KeyError where there are none."""
        self.pack(language)
        return self._shipped[language]

    def trial(self, own: Path | None, shown_own: str = "") -> Library:
        """Return the same rules under another user's layer; what has been read of the shipped ones is shared."""
        trial = Library(self.root, own, shown_own, self._reading)
        trial._shipped, trial._readers, trial._texts = self._shipped, self._readers, self._texts
        trial._shared_reader = self._shared_reader
        trial._uses_readers = self._uses_readers
        return trial

    def _layered(self, shipped: Pack) -> Pack:
        if self.own is None:
            return shipped
        return layered(shipped, self.own / shipped.language, f"{self._shown_own}/")

    @property
    def problems(self) -> tuple[RuleProblem, ...]:
        """What is broken in the tables and the rules of all languages; reads them all."""
        shared = [problem for file, problem in self._broken.items() if "/" not in file]
        by_language = (problem for code in self.languages for problem in self.problems_of(code))
        return (*self._own_problems, *shared, *by_language)

    @property
    def table_problems(self) -> tuple[RuleProblem, ...]:
        """What is broken in the tables of the user's layer."""
        return self._own_problems

    def load_own(self) -> None:
        """Read the rules of every language that the user's layer changes, so that its problems are known."""
        for code in self.languages:
            if self.own is not None and (self.own / code).is_dir():
                self.pack(code)

    @property
    def own_problems(self) -> tuple[RuleProblem, ...]:
        """What is broken in the user's layer: its tables, and its rules of the languages read so far."""
        packs = list(self._packs.items())
        rules = (p for code, pack in packs for p in pack.problems[len(self._shipped[code].problems) :])
        return (*self._own_problems, *rules)

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
                    if language not in self._shipped:
                        with self._reading():
                            self._shipped[language] = load_pack(self.root / language, self.kinds)
                    self._packs[language] = self._layered(self._shipped[language])
        return self._packs[language]

    def leave_to_phrases(self) -> None:
        """Switch all second readers off, such as for measuring what the phrases find alone."""
        self._uses_readers = False

    def reader(self, language: str) -> Reader | None:
        """Return the second reader of *language*; None where it is switched off, was never trained or is broken."""
        tuning = self._tunings.get(language)
        if tuning is None or not self._uses_readers:
            return None
        if language not in self._readers:
            folder = self.root / language
            try:
                is_trained = (folder / "reader.json").is_file()
                with self._reading():
                    self._readers[language] = load_reader(folder, tuning, self.shared_reader()) if is_trained else None
            except (OSError, ValueError, KeyError, TypeError) as error:
                name, self._readers[language] = f"{language}/reader.json", None
                fault = Fault(f"expected a trained reader; got {error!r}", "no_reader", {"reason": repr(error)})
                self._broken[name] = RuleProblem(name, 1, 1, fault)
        model = self._readers[language]
        if model is None or model.tuning == tuning:
            return model
        # Other layers share the reader as it was read.
        if language not in self._tuned_readers or self._tuned_readers[language].tuning != tuning:
            self._tuned_readers[language] = model.tuned(tuning)
        return self._tuned_readers[language]

    def shared_reader(self) -> Shared | None:
        """Return what all readers share; None where it was never trained: the linear models then read alone."""
        if self._shared_reader is None and (self.root / "reader.npz").is_file():
            self._shared_reader = load_shared(self.root)
        return self._shared_reader

    def rewrite_lines(self, language: str) -> RewriteLines | None:
        """Return the lines that rewrites in *language* are made of; None where none are written, or they are broken."""
        if language not in self._rewrite_lines:
            folder, lines = self.root / language, None
            try:
                if (folder / "rewrites.yml").is_file():
                    lines = load_rewrite_lines(folder, self.pack(language).words)
            except RulePackError as error:
                self._broken[error.problem.path] = error.problem
            self._rewrite_lines[language] = lines
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
            fault = unusable_group("quick_line", str(error))
            raise RulePackError(RuleProblem(f"{language}/relation.yml", 1, 1, fault)) from None

    def _table(self, name: str) -> dict[str, dict[str, dict[str, object]]]:
        content = read_rule_document(self.root / name, name).content
        if not isinstance(content, dict):
            raise RulePackError(RuleProblem(name, 1, 1, Fault("expected a mapping", "keys_wanted")))
        return content
