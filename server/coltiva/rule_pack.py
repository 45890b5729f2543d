"""The rules of one language, compiled into one index: rules, guards, and what silences what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from coltiva.errors import Fault, RuleProblem
from coltiva.phrase_compiler import INLINE, Lexicon
from coltiva.phrase_index import PhraseIndex, unusable_phrases
from coltiva.phrase_language import Phrase
from coltiva.phrase_search import Hit
from coltiva.rule_files import Examples, GuardFile, RuleFile, RuleFolder, forms_of, wording_of
from coltiva.rule_yaml import Key, RuleDocument
from coltiva.run_ons import RunOns, load_run_ons
from coltiva.tokens import Tokens, Wording, fold

RULE, UNLESS, UNLESS_SENTENCE, UNLESS_PREVIOUS = "R:", "U:", "S:", "P:"
UNLESS_KEYS = {"unless": UNLESS, "unless_sentence": UNLESS_SENTENCE, "unless_previous": UNLESS_PREVIOUS}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule (with a *kind*) or a guard (with *guards*: what it silences).

    Attributes:
        id: the file's path without its ending, such as ``en/asks/introduction``.
        severity, needs: words in place of what its kind has; empty where the kind's count.
    """

    id: str
    kind: str
    guards: frozenset[str]
    examples: Examples
    file: RuleFile | GuardFile
    severity: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class AddressWords:
    """Folded words by which a language greets and addresses people; the fields are those of ``address.yml``.

    Attributes:
        closings: formulas, word by word.
        pet_names: short form → the names that it may stand for.
    """

    greetings: frozenset[str]
    titles: frozenset[str]
    informal: frozenset[str]
    formal: frozenset[str]
    formal_capital: frozenset[str]
    first_person: frozenset[str]
    second_person: frozenset[str]
    closings: frozenset[tuple[str, ...]] = frozenset()
    pet_names: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pack:
    """All rules of one language.

    Attributes:
        silencers: rule's id → ids of the guards whose ``unless`` phrases count for it.
        withholding: ids of the guards in whose sentences the second reader adds no ask.
        settle_words: rule's id → words that must follow a match before nothing can silence it any more.
        phrases: symbol of the index → the phrases that make it.
        kinds: every kind that a rule may find → its category (ask, signal or growing).
        problems: what could not be used; the rest goes on working.
        own_index: the phrases of the user's layer; None where it adds none.
        own: symbol and text of every phrase of the user's layer.
        muted: symbol and text of every shipped phrase that the user's layer has taken out.
        off: ids of the rules and guards that the user's layer has switched off.
    """

    language: str
    lexicon: Lexicon
    wording: Wording
    index: PhraseIndex
    rules: Mapping[str, Rule]
    guards: Mapping[str, Rule]
    silencers: Mapping[str, tuple[str, ...]]
    settle_words: Mapping[str, int]
    phrases: Mapping[str, tuple[Phrase, ...]]
    words: AddressWords
    kinds: Mapping[str, str]
    problems: tuple[RuleProblem, ...]
    withholding: frozenset[str] = frozenset()
    own_index: PhraseIndex | None = None
    own: frozenset[tuple[str, str]] = frozenset()
    muted: frozenset[tuple[str, str]] = frozenset()
    off: frozenset[str] = frozenset()

    def find(self, tokens: Tokens, start: int, end: int, question: bool) -> list[Hit]:
        """Return all hits of both layers in words *start* to *end* (half-open), those of muted phrases among them."""
        hits = self.index.find(tokens, start, end, question)
        return hits if self.own_index is None else hits + self.own_index.find(tokens, start, end, question)


@dataclass(slots=True)
class Sources:
    """The phrases of a folder before they are compiled, each with its place."""

    folder: RuleFolder
    rules: dict[str, Rule] = field(default_factory=dict)
    guards: dict[str, Rule] = field(default_factory=dict)
    lists: dict[str, list[Phrase]] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    places: dict[tuple[str, str], tuple[RuleDocument, Key]] = field(default_factory=dict)

    def read(self, group: str, texts: list[str], key: Key, document: RuleDocument, local: Mapping[str, str]) -> None:
        """Read the phrases of one list (``@name``) or one key of a rule."""
        phrases = self.folder.parse(texts, key, document, local)
        where = (self.lists, group[1:]) if group.startswith("@") else (self.phrases, group)
        where[0].setdefault(where[1], []).extend(phrases)
        self.places.update({(group, text): (document, (*key, i)) for i, text in enumerate(texts)})

    def add_rule(self, rule_id: str, file: RuleFile, document: RuleDocument, kinds: Mapping[str, str]) -> None:
        """Take in a rule, where its kind, severity and stage are known words."""
        wrong = next(wrong_words(file, kinds), None)
        if wrong is not None:
            self.folder.problems.append(document.problem((wrong[0],), wrong[1]))
        elif file.enabled:
            rule = Rule(rule_id, file.kind, frozenset(), file.examples, file, file.severity, file.needs)
            self.rules[rule_id] = rule
            self.add_phrases(rule_id, file, document)
            self.read(RULE + rule_id, file.phrases, ("phrases",), document, local_lists(rule_id, file.lists))

    def add_guard(self, guard_id: str, file: GuardFile, document: RuleDocument, kinds: Mapping[str, str]) -> None:
        """Take in a guard, where all that it silences is known."""
        known = (*GUARDED, *kinds)
        wrong = next((i for i, group in enumerate(file.guards) if group not in known), None)
        if wrong is not None:
            self.folder.problems.append(document.problem(("guards", wrong), none_of(known, file.guards[wrong])))
            return
        self.guards[guard_id] = Rule(guard_id, "", frozenset(file.guards), file.examples, file)
        self.add_phrases(guard_id, file, document)

    def add_phrases(self, rule_id: str, file: RuleFile | GuardFile, document: RuleDocument) -> None:
        """Take in the lists and the ``unless`` phrases of a file."""
        local = local_lists(rule_id, file.lists)
        for name, entries in file.lists.items():
            self.read("@" + local[name], entries, ("lists", name), document, local)
        for key, sign in UNLESS_KEYS.items():
            self.read(sign + rule_id, getattr(file, key), (key,), document, local)

    def drop_unusable(self, lexicon: Lexicon) -> None:
        """Take out phrases that name a list, form or slot that does not exist, and lists that loop."""
        changed = True
        while changed:  # a list that has been emptied may be named by another
            changed = False
            for name in [name for name in lexicon.lists if not name.startswith(INLINE)]:
                if self._keep_usable("@" + name, lexicon.lists[name], lexicon):  # type: ignore[arg-type]
                    lexicon.forget()
                    changed = True
        for symbol, phrases in self.phrases.items():
            self._keep_usable(symbol, phrases, lexicon)

    def _keep_usable(self, group: str, phrases: list[Phrase], lexicon: Lexicon) -> bool:
        wrong = unusable_phrases(lexicon, phrases)
        for phrase, error in wrong:
            document, key = self.places[group, phrase.text]
            self.folder.problems.append(document.problem(key, error.fault_in(phrase.text)))
            phrases.remove(phrase)
        return bool(wrong)


def load_pack(folder: Path, kinds: Mapping[str, str]) -> Pack:
    """Read the rules in *folder* (``…/shared_rules/en``); what is broken is left out and listed in ``problems``.

    Args:
        kinds: every known kind → its category (ask, signal or growing).
    """
    rule_folder = RuleFolder(folder)
    sources = Sources(rule_folder)
    words, document = rule_folder.words()
    for name, entries in words.lists.items():
        sources.read("@" + name, entries, ("lists", name), document, {})
    for subfolder in ("asks", "signals"):
        for rule_id, rule_file, rule_document in rule_folder.files(subfolder, RuleFile):
            sources.add_rule(rule_id, rule_file, rule_document, kinds)
    for guard_id, guard_file, guard_document in rule_folder.files("guards", GuardFile):
        sources.add_guard(guard_id, guard_file, guard_document, kinds)
    wording = wording_of(words, _run_ons(folder, rule_folder.problems))
    lexicon = Lexicon(wording, forms_of(words, document, rule_folder.problems), sources.lists)
    sources.drop_unusable(lexicon)
    silencers = silencers_of(sources.rules, sources.guards, kinds)
    pack = Pack(
        language=rule_folder.language,
        lexicon=lexicon,
        wording=lexicon.wording,
        index=PhraseIndex(lexicon, sources.phrases),
        rules=sources.rules,
        guards=sources.guards,
        silencers=silencers,
        withholding=withholding_of(sources.guards),
        settle_words={rule: settle_words((rule, *silencers[rule]), sources.phrases, lexicon) for rule in sources.rules},
        phrases={symbol: tuple(phrases) for symbol, phrases in sources.phrases.items()},
        words=_address_words(rule_folder),
        kinds=kinds,
        problems=tuple(rule_folder.problems),
    )
    lexicon.forget()  # all that is needed stands in the index now
    return pack


def local_lists(rule_id: str, names: Iterable[str]) -> dict[str, str]:
    """Return the full name of each of a rule's own lists."""
    return {name: f"{rule_id}/{name}" for name in names}


GUARDED = ("asks", "hints", "signals", "reader")  # beside the kinds
SEVERITIES = ("info", "warning", "error")
STAGES = ("stranger", "visibility", "credibility", "profitability")


def none_of(words: Iterable[str], got: object) -> Fault:
    """Return the fault of a value that is none of these words."""
    expected = ", ".join(words)
    return Fault(f"expected one of {expected}; got {got!r}", "none_of", {"expected": expected, "got": got})


def wrong_words(file: RuleFile, kinds: Mapping[str, str]) -> Iterator[tuple[str, Fault]]:
    """Yield each key of *file* whose word is not known, with what was expected and what came."""
    known = {"kind": (file.kind, tuple(kinds)), "severity": (file.severity, SEVERITIES), "needs": (file.needs, STAGES)}
    for key, (word, words) in known.items():
        if word not in words and (word or key == "kind"):
            yield key, none_of(words, word)


def _address_words(folder: RuleFolder) -> AddressWords:
    file = folder.address()
    listed = [f.name for f in fields(AddressWords) if f.name not in ("closings", "pet_names")]
    return AddressWords(
        **{name: _folded(getattr(file, name)) for name in listed},
        closings=frozenset(tuple(map(fold, one.split())) for one in file.closings),
        pet_names={fold(short): _folded(names) for short, names in file.pet_names.items()},
    )


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


def silencers_of(
    rules: Mapping[str, Rule], guards: Mapping[str, Rule], kinds: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return the ids of the guards that silence each rule."""
    silencers: dict[str, tuple[str, ...]] = {}
    for rule in rules.values():
        groups = {rule.kind, "asks" if kinds[rule.kind] == "ask" else "signals"}
        if isinstance(rule.file, RuleFile) and rule.file.fallback:
            groups.add("hints")
        silencers[rule.id] = tuple(guard.id for guard in guards.values() if guard.guards & groups)
    return silencers


def withholding_of(guards: Mapping[str, Rule]) -> frozenset[str]:
    """Return the ids of the guards in whose sentences the second reader adds no ask."""
    return frozenset(name for name, guard in guards.items() if "reader" in guard.guards)


WHOLE_SENTENCE = 1_000_000  # more words than a sentence has


def settle_words(keys: Iterable[str], phrases: Mapping[str, Sequence[Phrase]], lexicon: Lexicon) -> int:
    """Return how many words must follow a match before no ``unless`` phrase of *keys* can silence it any more."""
    keys = tuple(keys)
    if any(phrases.get(UNLESS_SENTENCE + key) for key in keys):
        return WHOLE_SENTENCE
    touching = [phrase for key in keys for phrase in phrases.get(UNLESS + key, ())]
    return max((lexicon.longest(phrase.elements) - 1 for phrase in touching), default=0)


def example_texts(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str, bool]]:
    """Yield every example of *rules* with whether it must be found."""
    for rule in rules:
        yield from ((rule, text, True) for text in rule.examples.flag)
        yield from ((rule, text, False) for text in rule.examples.pass_)


def _run_ons(folder: Path, problems: list[RuleProblem]) -> RunOns | None:
    """Return what cuts the language's sentences without marks; None where it was never trained or is broken."""
    file = folder / "run_ons.json"
    try:
        return load_run_ons(file) if file.is_file() else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
        fault = Fault(f"expected a trained reader; got {error!r}", "no_reader", {"reason": repr(error)})
        problems.append(RuleProblem(f"{folder.name}/{file.name}", 1, 1, fault))
        return None
