"""The user's layer of one language's rules: what it changes of the shipped rules, and rules of its own.

Only what the layer says is read and compiled; the shipped pack stays as it is, so a change costs milliseconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import msgspec

from coltiva.errors import Fault, RulePackError
from coltiva.phrase_compiler import Lexicon
from coltiva.phrase_index import PhraseIndex
from coltiva.phrase_language import Choice, Element, ListRef, Phrase, Slot
from coltiva.rule_files import Examples, GuardFile, RuleFile, RuleFolder, Source, convert
from coltiva.rule_pack import (
    RULE,
    SEVERITIES,
    STAGES,
    UNLESS_KEYS,
    Pack,
    Rule,
    Sources,
    local_lists,
    none_of,
    settle_words,
    silencers_of,
    withholding_of,
)
from coltiva.rule_yaml import RuleDocument

SUBFOLDERS = ("asks", "signals", "guards")
SIGNS = {"phrases": RULE} | UNLESS_KEYS


# A folder of the layer that holds no rules, but what they were before.
NO_RULES = "history"
Stamp = tuple[tuple[str, int, int], ...]


def folder_stamp(folder: Path | None) -> Stamp:
    """Return name, time and size of every rule file below *folder*: another stamp, another content."""
    found: list[tuple[str, int, int]] = []
    waiting = [str(folder)] if folder is not None else []
    while waiting:
        try:
            for entry in os.scandir(waiting.pop()):
                if entry.is_dir(follow_symlinks=False):
                    waiting += [entry.path] if entry.name != NO_RULES else []
                elif entry.name.endswith(".yml"):
                    status = entry.stat()
                    found.append((entry.path, status.st_mtime_ns, status.st_size))
        except OSError:
            continue  # not there, or replaced this moment; the next look sees it
    return tuple(sorted(found))


class Parts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases that an extension adds to a rule, or takes out of it."""

    phrases: list[str] = []
    unless: list[str] = []
    unless_sentence: list[str] = []
    unless_previous: list[str] = []


class ExtensionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the user changes of one shipped rule or guard; whatever it does not name stays as shipped.

    Attributes:
        extends: the rule's id, such as ``en/asks/introduction``.
        lists: lists for the phrases that are added.
        examples: these come on top of the shipped ones.
    """

    extends: str
    enabled: bool = True
    severity: str = ""
    needs: str = ""
    add: Parts = Parts()
    remove: Parts = Parts()
    lists: dict[str, list[str]] = {}
    examples: Examples = Examples()
    title: str = ""
    why: str = ""
    source: Source = Source()


@dataclass(slots=True)
class _Layer:
    """What has been read of the user's layer so far."""

    shipped: Pack
    sources: Sources
    changed: dict[str, Rule] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)
    muted: set[tuple[str, str]] = field(default_factory=set)

    def extend(self, file: ExtensionFile, document: RuleDocument) -> None:
        """Take in what *file* changes of a shipped rule."""
        known = {**self.shipped.rules, **self.shipped.guards}
        rule = known.get(file.extends)
        if rule is None or file.extends in self.changed:
            self.sources.folder.problems.append(document.problem(("extends",), _not_extended(file.extends, known)))
            return
        for key, word, words in (("severity", file.severity, SEVERITIES), ("needs", file.needs, STAGES)):
            if word and word not in words:
                self.sources.folder.problems.append(document.problem((key,), none_of(words, word)))
                return
        local = local_lists(rule.id, (*rule.file.lists, *file.lists))
        for name, entries in file.lists.items():
            self.sources.read("@" + local[name], entries, ("lists", name), document, local)
        kept: dict[str, list[str]] = {}
        for key, sign in SIGNS.items():
            if hasattr(rule.file, key):
                self._mute(sign + rule.id, key, file, rule, document)
                self.sources.read(sign + rule.id, getattr(file.add, key), ("add", key), document, local)
                removed = set(getattr(file.remove, key))
                kept[key] = [text for text in getattr(rule.file, key) if text not in removed] + getattr(file.add, key)
        if not file.enabled:
            self.off.add(rule.id)
        examples = Examples(rule.examples.flag + file.examples.flag, rule.examples.pass_ + file.examples.pass_)
        merged = msgspec.structs.replace(rule.file, examples=examples, **kept)
        if isinstance(merged, RuleFile):
            titles = {"title": file.title or merged.title, "why": file.why or merged.why}
            merged = msgspec.structs.replace(merged, enabled=file.enabled, **titles)
        severity, needs = file.severity or rule.severity, file.needs or rule.needs
        self.changed[rule.id] = replace(rule, file=merged, examples=examples, severity=severity, needs=needs)

    def _mute(self, symbol: str, key: str, file: ExtensionFile, rule: Rule, document: RuleDocument) -> None:
        for i, text in enumerate(getattr(file.remove, key)):
            if text in getattr(rule.file, key):
                self.muted.add((symbol, text))
            else:
                fault = _not_there(text, rule.id, getattr(rule.file, key))
                self.sources.folder.problems.append(document.problem(("remove", key, i), fault))

    def add(self, rule_id: str, document: RuleDocument) -> None:
        """Take in a rule or a guard of the user's own."""
        if rule_id in self.shipped.rules or rule_id in self.shipped.guards:
            message = f"expected extends: {rule_id}, as a shipped rule has this name; or another file name"
            self.sources.folder.problems.append(document.problem((), Fault(message, "name_taken", {"rule": rule_id})))
        elif rule_id.split("/")[1] == "guards":
            self.sources.add_guard(rule_id, convert(document, GuardFile), document, self.shipped.kinds)
        else:
            file = convert(document, RuleFile)
            self.off |= set() if file.enabled else {rule_id}
            whole = msgspec.structs.replace(file, enabled=True)
            self.sources.add_rule(rule_id, whole, document, self.shipped.kinds)


def layered(shipped: Pack, folder: Path, shown_root: str = "") -> Pack:
    """Return the shipped pack under the user's layer; what is broken in the layer is left out and listed.

    Args:
        folder: the user's folder for this language (``…/rules/en``); it need not exist.
        shown_root: what messages put before ``en/…``.
    """
    sources = Sources(RuleFolder(folder, shown_root))
    layer = _Layer(shipped, sources)
    for subfolder in SUBFOLDERS:
        for rule_id, document in sources.folder.documents(subfolder):
            try:
                if isinstance(document.content, dict) and "extends" in document.content:
                    layer.extend(convert(document, ExtensionFile), document)
                else:
                    layer.add(rule_id, document)
            except RulePackError as error:
                sources.folder.problems.append(error.problem)
    if not (layer.changed or sources.rules or sources.guards or sources.folder.problems):
        return shipped
    return _joined(layer)


def _joined(layer: _Layer) -> Pack:
    shipped, sources = layer.shipped, layer.sources
    lexicon = Lexicon(shipped.wording, shipped.lexicon.forms, _reachable(sources, shipped.lexicon.lists))
    sources.drop_unusable(lexicon)
    rules = {id_: layer.changed.get(id_, rule) for id_, rule in shipped.rules.items()} | sources.rules
    guards = {id_: layer.changed.get(id_, guard) for id_, guard in shipped.guards.items()} | sources.guards
    silencers = silencers_of(rules, guards, shipped.kinds)
    added = {symbol: phrases for symbol, phrases in sources.phrases.items() if phrases}
    kept = {s: tuple(p for p in many if (s, p.text) not in layer.muted) for s, many in shipped.phrases.items()}
    settling = {id_: settle_words((id_, *keys), added, lexicon) for id_, keys in silencers.items()}
    return replace(
        shipped,
        rules=rules,
        guards=guards,
        silencers=silencers,
        withholding=withholding_of(guards),
        settle_words={id_: max(words, shipped.settle_words.get(id_, 0)) for id_, words in settling.items()},
        phrases=kept | {symbol: (*kept.get(symbol, ()), *phrases) for symbol, phrases in added.items()},
        problems=(*shipped.problems, *sources.folder.problems),
        own_index=PhraseIndex(lexicon, added, shipped.index.words) if added else None,
        own=frozenset((symbol, phrase.text) for symbol, phrases in added.items() for phrase in phrases),
        muted=frozenset(layer.muted),
        off=frozenset(layer.off),
    )


def _reachable(sources: Sources, shipped: Mapping[str, Sequence[Phrase]]) -> dict[str, Sequence[Phrase]]:
    """Return the lists that the layer's phrases lead to, with the layer's own."""
    own = [phrase for phrases in (*sources.phrases.values(), *sources.lists.values()) for phrase in phrases]
    return {**lists_for(own, {**shipped, **sources.lists}), **sources.lists}


def lists_for(phrases: Iterable[Phrase], lists: Mapping[str, Sequence[Phrase]]) -> dict[str, Sequence[Phrase]]:
    """Return those of *lists* that *phrases* lead to, and the words by which a clause may begin."""
    waiting = {"clause_lead"}.union(*map(_names, phrases))
    found: dict[str, Sequence[Phrase]] = {}
    while waiting:
        name = waiting.pop()
        if name in lists and name not in found:
            found[name] = lists[name]
            waiting |= {inner for phrase in lists[name] for inner in _names(phrase)}
    return found


def _names(phrase: Phrase) -> set[str]:
    """Return the lists and slots that a phrase names."""

    def within(elements: Iterable[Element]) -> set[str]:
        names: set[str] = set()
        for element in elements:
            if isinstance(element, ListRef | Slot):
                names.add(element.name)
            elif isinstance(element, Choice):
                names.update(*map(within, element.options))
        return names

    return within(phrase.elements)


def _not_extended(wanted: str, known: Mapping[str, Rule]) -> Fault:
    """Return the fault of a file that changes no shipped rule, or one that another file changes."""
    if wanted in known:
        return Fault(f"expected one file that changes this rule; got {wanted}", "extends_twice", {"got": wanted})
    if near := _near(wanted, known):
        message = f"expected a shipped rule, such as {near}; got {wanted}"
        return Fault(message, "extends_near", {"got": wanted, "near": near})
    return Fault(f"expected a shipped rule; got {wanted}", "extends_none", {"got": wanted})


def _not_there(text: str, rule_id: str, phrases: Sequence[str]) -> Fault:
    """Return the fault of a phrase to take out that the rule has not."""
    if near := _near(text, phrases):
        message = f"expected a phrase that {rule_id} has, such as {near}; got “{text}”"
        return Fault(message, "phrase_not_there_near", {"got": text, "rule": rule_id, "near": near})
    message = f"expected a phrase that {rule_id} has; got “{text}”"
    return Fault(message, "phrase_not_there", {"got": text, "rule": rule_id})


def _near(text: str, known: Iterable[str]) -> str:
    """Return the known text that is nearest; nothing where none is near."""
    return next(iter(get_close_matches(text, list(known), 1, 0.6)), "")
