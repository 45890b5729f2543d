"""What the files of a language's rules hold, and reading them: records, conversion, problems by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from coltiva.errors import Fault, PhraseError, RulePackError, RuleProblem
from coltiva.phrase_language import Choice, Element, ListRef, Phrase, parse_phrase
from coltiva.rule_yaml import Key, RuleDocument, read_rule_document
from coltiva.run_ons import RunOns
from coltiva.tokens import Wording, fold


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Messages that a rule must find something in, and messages that it must pass."""

    flag: list[str] = []
    pass_: list[str] = msgspec.field(default_factory=list, name="pass")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a rule's claim comes from; strength A (peer-reviewed) to D (own choice)."""

    strength: str = "D"
    note: str = ""


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as its file holds it.

    Attributes:
        unless: silences a match that shares a word with it.
        unless_sentence: silences every match of the same sentence.
        unless_previous: silences every match of the next sentence.
        lists: lists for this rule alone.
        fallback: 0 for a rule in its own right; 1 for a hint, 2 for a last resort, which count only in a
            sentence where no rule of a lower number finds an ask.
        severity: info, warning or error, in place of what the gap (of an ask) or the kind (of a signal) makes of it.
        needs: the stage that its asks need, in place of their kind's.
    """

    kind: str
    phrases: list[str]
    examples: Examples
    unless: list[str] = []
    unless_sentence: list[str] = []
    unless_previous: list[str] = []
    lists: dict[str, list[str]] = {}
    fallback: int = 0
    severity: str = ""
    needs: str = ""
    title: str = ""
    why: str = ""
    source: Source = Source()
    enabled: bool = True


class GuardFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One family of sentences that silences rules: offers, thanks, denials, reports …

    ``guards`` names what is silenced: ``asks``, ``hints`` (asks that are a fallback), ``signals`` or kinds; with
    ``reader`` the second reader adds no ask to the sentence either.
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
    ending of ``endings``. ``verbs`` lists stems in the same way, each with its class; where ``endings``
    has ``a`` and ``a_imp``, a verb ``send`` of class ``a`` gives the forms ``send`` and ``send_imp``.
    ``spellings`` maps a sloppy or short spelling to what it stands for.
    """

    apostrophe: str = "joins"
    spellings: dict[str, str] = {}
    abbreviations: list[str] = []
    ordinals_go_on: list[str] = []
    endings: dict[str, str] = {}
    verbs: dict[str, str] = {}
    forms: dict[str, str] = {}
    lists: dict[str, list[str]] = {}


class AddressFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words by which a language greets and addresses people, separated by spaces.

    ``formal_capital`` are formal only with a capital inside a sentence (Lei, Sie); ``closings`` are whole formulas;
    ``pet_names`` lead from a short form that does not begin a name (``bia``) to the names that it may stand for.
    """

    greetings: str = ""
    titles: str = ""
    informal: str = ""
    formal: str = ""
    formal_capital: str = ""
    first_person: str = ""
    second_person: str = ""
    closings: tuple[str, ...] = ()
    pet_names: dict[str, str] = {}


FileType = TypeVar("FileType", bound=msgspec.Struct)
# How msgspec says what is wrong; its words are no part of its contract, so others are told as they come.
_MISSING = re.compile(r"Object missing required field `(.+)`")
_WANTED = re.compile(r"Expected `(str|array|object|int|bool)`, got .+")
_WANTED_CODES = {
    "str": "text_wanted",
    "array": "list_wanted",
    "object": "keys_wanted",
    "int": "number_wanted",
    "bool": "yes_or_no_wanted",
}


def convert(document: RuleDocument, record: type[FileType]) -> FileType:
    """Turn a document's content into a record.

    Raises:
        RulePackError: at the value that is missing, unknown or of the wrong type.
    """
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
            expected = ", ".join(record.__struct_encode_fields__)
            message += f"; expected one of {expected}"
            fault = Fault(message, "unknown_key", {"got": unknown, "expected": expected})
        else:
            fault = _misfit(message)
        raise RulePackError(document.problem(tuple(keys), fault)) from None


def _misfit(message: str) -> Fault:
    """Return the fault that *message* of msgspec's tells."""
    if missing := _MISSING.fullmatch(message):
        return Fault(message, "missing_key", {"key": missing[1]})
    if wanted := _WANTED.fullmatch(message):
        return Fault(message, _WANTED_CODES[wanted[1]])
    return Fault(message, "misfit", {"reason": message})


class RuleFolder:
    """One language's folder; collects problems instead of stopping at them.

    Args:
        shown_root: what stands before the language's code where messages name a file; nothing in the shipped layer.
    """

    def __init__(self, folder: Path, shown_root: str = "") -> None:
        self.folder = folder
        self.language = folder.name
        self.problems: list[RuleProblem] = []
        self._shown_root = shown_root

    def words(self) -> tuple[WordsFile, RuleDocument]:
        """Return ``words.yml``, empty where it cannot be used."""
        try:
            document = self._document(self.folder / "words.yml")
            return convert(document, WordsFile), document
        except RulePackError as error:
            self.problems.append(error.problem)
            return WordsFile(), RuleDocument(f"{self.language}/words.yml")

    def address(self) -> AddressFile:
        """Return ``address.yml``, empty where there is none or it cannot be used."""
        path = self.folder / "address.yml"
        try:
            return convert(self._document(path), AddressFile) if path.is_file() else AddressFile()
        except RulePackError as error:
            self.problems.append(error.problem)
            return AddressFile()

    def files(self, subfolder: str, record: type[FileType]) -> Iterator[tuple[str, FileType, RuleDocument]]:
        """Yield the id, content and places of every file in *subfolder* that can be used."""
        for rule_id, document in self.documents(subfolder):
            try:
                yield rule_id, convert(document, record), document
            except RulePackError as error:
                self.problems.append(error.problem)

    def documents(self, subfolder: str) -> Iterator[tuple[str, RuleDocument]]:
        """Yield the id and content of every file in *subfolder* that is YAML."""
        for path in sorted((self.folder / subfolder).glob("*.yml")):
            try:
                yield f"{self.language}/{subfolder}/{path.stem}", self._document(path)
            except RulePackError as error:
                self.problems.append(error.problem)

    def _document(self, path: Path) -> RuleDocument:
        return read_rule_document(path, self._shown_root + path.relative_to(self.folder.parent).as_posix())

    def parse(self, texts: Sequence[str], key: Key, document: RuleDocument, local: Mapping[str, str]) -> list[Phrase]:
        """Read phrases; *local* maps the names of a rule's own lists to their full names."""
        phrases = []
        for i, text in enumerate(texts):
            try:
                phrases.append(renamed(parse_phrase(text), local))
            except PhraseError as error:
                self.problems.append(document.problem((*key, i), error.fault_in(text), error.offset))
        return phrases


def renamed(phrase: Phrase, local: Mapping[str, str]) -> Phrase:
    """Return a phrase with the names of a rule's own lists written out by *local*."""

    def rename(elements: tuple[Element, ...]) -> tuple[Element, ...]:
        return tuple(map(one, elements))

    def one(element: Element) -> Element:
        if isinstance(element, ListRef):
            return ListRef(local.get(element.name, element.name))
        if isinstance(element, Choice):
            return Choice(tuple(map(rename, element.options)), element.optional)
        return element

    return replace(phrase, elements=rename(phrase.elements)) if local else phrase


def wording_of(words: WordsFile, run_ons: RunOns | None = None) -> Wording:
    """Return how the language's words are cut and respelled."""
    splits = words.apostrophe == "splits"
    plain = Wording(splits)
    spellings = {
        fold(key): tuple(word for part in value.split() for word in plain.words_of(part))
        for key, value in words.spellings.items()
    }
    abbreviations = frozenset(fold(a.rstrip(".")) for a in words.abbreviations)
    return Wording(splits, spellings, abbreviations, frozenset(map(fold, words.ordinals_go_on)), run_ons)


def forms_of(words: WordsFile, document: RuleDocument, problems: list[RuleProblem]) -> dict[str, list[str]]:
    """Return every word of ``forms:`` and ``verbs:`` with its forms written out."""
    forms: dict[str, list[str]] = {}

    def write_out(name: str, stem: str, ending: str) -> None:
        forms.setdefault(name, []).extend(stem + end.removeprefix("-") for end in words.endings[ending].split())

    for verb, listed in words.verbs.items():
        for stem, plus, group in (form.partition("+") for form in listed.split()):
            moods = [e for e in words.endings if e == group or e.startswith(group + "_")]
            if not plus or not moods:
                got = f"{stem}{plus}{group}"
                message = f"expected stem+class with a class listed under endings:; got {got}"
                problems.append(document.problem(("verbs", verb), Fault(message, "verb_class", {"got": got})))
            for mood in moods:
                write_out(verb + mood.removeprefix(group), stem, mood)
    for lemma, listed in words.forms.items():
        forms.setdefault(lemma, [])
        for form in listed.split():
            stem, plus, name = form.partition("+")
            if not plus:
                forms[lemma].append(form)
            elif name in words.endings:
                write_out(lemma, stem, name)
            else:
                message = f"expected endings listed under endings:; got +{name}"
                problems.append(document.problem(("forms", lemma), Fault(message, "no_endings", {"got": f"+{name}"})))
    return forms
