"""The rules of one language, read from its folder: words, rules and guards, compiled into one index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec

from coltiva.errors import PhraseError, RulePackError, RuleProblem
from coltiva.phrase_compiler import Lexicon
from coltiva.phrase_index import PhraseIndex, unusable_phrases
from coltiva.phrase_language import Choice, Element, ListRef, Phrase, parse_phrase
from coltiva.rule_yaml import Key, RuleDocument, read_rule_document
from coltiva.tokens import Wording, fold

RULE, UNLESS, UNLESS_SENTENCE, UNLESS_PREVIOUS = "R:", "U:", "S:", "P:"
_UNLESS_KEYS = {"unless": UNLESS, "unless_sentence": UNLESS_SENTENCE, "unless_previous": UNLESS_PREVIOUS}


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messages that a rule must find something in, and messages that it must pass."""

    flag: list[str] = []
    pass_: list[str] = msgspec.field(default_factory=list, name="pass")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a rule's claim comes from; strength A (peer-reviewed) to D (own choice)."""

    strength: str = "D"
    note: str = ""


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as its file holds it."""

    kind: str
    phrases: list[str]
    examples: Examples
    unless: list[str] = []
    unless_sentence: list[str] = []
    unless_previous: list[str] = []
    lists: dict[str, list[str]] = {}
    severity: str = ""
    title: str = ""
    why: str = ""
    source: Source = Source()
    enabled: bool = True


class GuardFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One family of sentences that silences rules: offers, thanks, denials, reports …

    ``guards`` names what is silenced: ``asks``, ``signals`` or kinds.
    """

    guards: list[str]
    examples: Examples
    unless: list[str] = []
    unless_sentence: list[str] = []
    unless_previous: list[str] = []
    lists: dict[str, list[str]] = {}


class WordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shared words of a language.

    ``forms`` lists a word's forms, separated by spaces; ``stem+name`` stands for the stem with each
    ending of ``endings``. ``spellings`` maps a sloppy or short spelling to what it stands for.
    """

    apostrophe: str = "joins"
    spellings: dict[str, str] = {}
    abbreviations: list[str] = []
    endings: dict[str, str] = {}
    forms: dict[str, str] = {}
    lists: dict[str, list[str]] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule or a guard, ready for use; *id* is its path without the ending, such as ``en/asks/introduction``."""

    id: str
    kind: str
    guards: frozenset[str]
    examples: Examples
    file: RuleFile | GuardFile


@dataclass(frozen=True, slots=True)
class Pack:
    """All rules of one language.

    Attributes:
        silencers: kind → keys of the rules and guards whose ``unless`` phrases count for it.
        problems: what could not be used; the rest goes on working.
    """

    language: str
    wording: Wording
    index: PhraseIndex
    rules: Mapping[str, Rule]
    guards: Mapping[str, Rule]
    silencers: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    lexicon: Lexicon
    problems: tuple[RuleProblem, ...]


FileType = TypeVar("FileType", bound=msgspec.Struct)


def _convert(document: RuleDocument, record: type[FileType]) -> FileType:
    try:
        return msgspec.convert(document.content, record)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        keys: list[str | int] = []
        for part in path.rstrip("`").replace("[...]", "").replace("]", "").replace("[", ".").split("."):
            if part:
                keys.append(int(part) if part.isdigit() else part)
        unknown = message.partition("unknown field `")[2].rstrip("`")
        if unknown:
            keys.append(unknown)
            message += f"; expected one of {', '.join(record.__struct_encode_fields__)}"
        raise RulePackError(document.problem(tuple(keys), message)) from None


class _Reading:
    """Reads one language's folder, collecting problems instead of stopping at them."""

    def __init__(self, folder: Path, kinds: Mapping[str, str]) -> None:
        self.folder, self.kinds = folder, kinds
        self.language = folder.name
        self.problems: list[RuleProblem] = []

    def document(self, path: Path) -> RuleDocument:
        return read_rule_document(path, path.relative_to(self.folder.parent).as_posix())

    def words(self) -> tuple[WordsFile, RuleDocument]:
        try:
            document = self.document(self.folder / "words.yml")
            return _convert(document, WordsFile), document
        except RulePackError as error:
            self.problems.append(error.problem)
            return WordsFile(), RuleDocument(f"{self.language}/words.yml")

    def files(self, subfolder: str, record: type[FileType]) -> Iterator[tuple[str, FileType, RuleDocument]]:
        for path in sorted((self.folder / subfolder).glob("*.yml")):
            try:
                document = self.document(path)
                yield f"{self.language}/{subfolder}/{path.stem}", _convert(document, record), document
            except RulePackError as error:
                self.problems.append(error.problem)

    def parse(self, texts: Sequence[str], key: Key, document: RuleDocument, local: Mapping[str, str]) -> list[Phrase]:
        phrases = []
        for i, text in enumerate(texts):
            try:
                phrases.append(_rename(parse_phrase(text), local))
            except PhraseError as error:
                self.problems.append(document.problem((*key, i), f"{error}, in “{text}”", error.offset))
        return phrases


def _rename(phrase: Phrase, local: Mapping[str, str]) -> Phrase:
    """Point references to a rule's own lists at their full names."""
    if not local:
        return phrase

    def renamed(elements: tuple[Element, ...]) -> tuple[Element, ...]:
        return tuple(
            ListRef(local.get(e.name, e.name)) if isinstance(e, ListRef)
            else Choice(tuple(renamed(o) for o in e.options), e.optional) if isinstance(e, Choice) else e
            for e in elements
        )

    return replace(phrase, elements=renamed(phrase.elements))


def _wording(words: WordsFile) -> Wording:
    splits = words.apostrophe == "splits"
    plain = Wording(splits)
    spellings = {fold(k): tuple(w for part in v.split() for w in plain.words_of(part)) for k, v in words.spellings.items()}
    return Wording(splits, spellings, frozenset(fold(a.rstrip(".")) for a in words.abbreviations))


def _forms(words: WordsFile, document: RuleDocument, problems: list[RuleProblem]) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for lemma, listed in words.forms.items():
        forms[lemma] = []
        for form in listed.split():
            stem, plus, name = form.partition("+")
            if plus and name not in words.endings:
                problems.append(document.problem(("forms", lemma), f"expected endings listed under endings:; got +{name}"))
            elif plus:
                forms[lemma] += [stem + ("" if ending == "-" else ending) for ending in words.endings[name].split()]
            else:
                forms[lemma].append(form)
    return forms


def load_pack(folder: Path, kinds: Mapping[str, str]) -> Pack:
    """Read the rules in *folder* (``…/shared_rules/en``); what is broken is left out and listed in ``problems``.

    Args:
        kinds: every known kind → its category (ask, signal or growing).
    """
    reading = _Reading(folder, kinds)
    words, words_document = reading.words()
    lists = {name: reading.parse(entries, ("lists", name), words_document, {}) for name, entries in words.lists.items()}
    rules: dict[str, Rule] = {}
    guards: dict[str, Rule] = {}
    phrases: dict[str, list[Phrase]] = {}
    places: dict[str, tuple[Phrase, RuleDocument, Key]] = {}
    sources: list[tuple[str, RuleFile | GuardFile, RuleDocument]] = [
        *reading.files("asks", RuleFile), *reading.files("signals", RuleFile), *reading.files("guards", GuardFile)]
    for rule_id, file, document in sources:
        if isinstance(file, RuleFile):
            if file.kind not in kinds:
                reading.problems.append(document.problem(("kind",), f"expected one of {', '.join(kinds)}; got {file.kind!r}"))
                continue
            if not file.enabled:
                continue
            rules[rule_id] = Rule(rule_id, file.kind, frozenset(), file.examples, file)
        else:
            guards[rule_id] = Rule(rule_id, "", frozenset(file.guards), file.examples, file)
        local = {name: f"{rule_id}/{name}" for name in file.lists}
        for name, entries in file.lists.items():
            lists[local[name]] = reading.parse(entries, ("lists", name), document, local)
        keyed = {"phrases": (RULE, file.phrases)} if isinstance(file, RuleFile) else {}
        keyed |= {key: (sign, getattr(file, key)) for key, sign in _UNLESS_KEYS.items()}
        for key, (sign, texts) in keyed.items():
            phrases[sign + rule_id] = reading.parse(texts, (key,), document, local)
            for i, phrase in enumerate(phrases[sign + rule_id]):
                places[f"{sign}{rule_id}#{phrase.text}"] = (phrase, document, (key, i))
    lexicon = Lexicon(_wording(words), _forms(words, words_document, reading.problems), lists)
    _drop_unusable(lexicon, phrases, places, words_document, reading.problems)
    return Pack(reading.language, lexicon.wording, PhraseIndex(lexicon, phrases), rules, guards,
                _silencers(rules, guards, kinds), {k: tuple(v) for k, v in phrases.items()}, lexicon, tuple(reading.problems))


def _drop_unusable(
    lexicon: Lexicon,
    phrases: dict[str, list[Phrase]],
    places: Mapping[str, tuple[Phrase, RuleDocument, Key]],
    words_document: RuleDocument,
    problems: list[RuleProblem],
) -> None:
    """Take out phrases that name a list, form or slot that does not exist, and lists that loop."""
    changed = True
    while changed:  # a list that is emptied may be named by another
        changed = False
        for name, entries in list(lexicon.lists.items()):
            wrong = unusable_phrases(lexicon, entries)
            for phrase, error in wrong:
                problems.append(words_document.problem(("lists", name), f"{error}, in “{phrase.text}” of list {name}"))
            if wrong:
                bad = {id(phrase) for phrase, _ in wrong}
                lexicon.lists[name] = [p for p in entries if id(p) not in bad]
                lexicon.forget()
                changed = True
    for symbol, entries in phrases.items():
        wrong = unusable_phrases(lexicon, entries)
        for phrase, error in wrong:
            _, document, key = places[f"{symbol}#{phrase.text}"]
            problems.append(document.problem(key, f"{error}, in “{phrase.text}”"))
        bad = {id(phrase) for phrase, _ in wrong}
        phrases[symbol] = [p for p in entries if id(p) not in bad]


def _silencers(rules: Mapping[str, Rule], guards: Mapping[str, Rule], kinds: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    silencers: dict[str, tuple[str, ...]] = {}
    for kind, category in kinds.items():
        names = {kind, "asks" if category == "ask" else "signals"}
        silencers[kind] = tuple(g.id for g in guards.values() if g.guards & names)
    return silencers


def example_texts(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str, bool]]:
    """Yield every example of *rules* with whether it must be found."""
    for rule in rules:
        yield from ((rule, text, True) for text in rule.examples.flag)
        yield from ((rule, text, False) for text in rule.examples.pass_)
