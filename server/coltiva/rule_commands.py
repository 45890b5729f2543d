"""``coltiva rules``: list, show, check and begin rules, shipped ones and the user's own."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from coltiva.commands import begin
from coltiva.contact_store import default_folder
from coltiva.errors import InputFileError
from coltiva.library import Library
from coltiva.own_rules import SIGNS
from coltiva.phrase_language import Phrase
from coltiva.rule_check import check_pack, fires_on_others, unfired_phrases
from coltiva.rule_pack import RULE, Pack
from coltiva.rule_yaml import write_rule_yaml
from coltiva.speech import Speech
from coltiva.tuning.catalogue import layer_of
from coltiva.tuning.own_layer import OwnLayer
from coltiva.user_library import RULES, user_library

EXIT_CLEAN, EXIT_FINDINGS = 0, 1
_ID = re.compile(r"([a-z]{2})/(asks|signals|guards)/[a-z0-9][a-z0-9-]{0,60}")


def add_rule_commands(rules: argparse.ArgumentParser, say: Speech) -> None:
    """Add ``list``, ``show``, ``check`` and ``new``."""
    commands = rules.add_subparsers(required=True, metavar=say("metavars", "command"))
    language = say("metavars", "language")
    listing = begin(commands, "list", say("help", "rules_list"))
    listing.add_argument("languages", nargs="*", metavar=language, help=say("help", "rules_languages"))
    listing.add_argument("--own", action="store_true", help=say("help", "rules_own"))
    listing.set_defaults(run=_list)
    showing = begin(commands, "show", say("help", "rules_show"))
    showing.add_argument("rule", metavar=say("metavars", "rule"), help=say("help", "rules_rule"))
    showing.set_defaults(run=_show)
    checking = begin(commands, "check", say("help", "rules_check"))
    checking.add_argument("languages", nargs="*", metavar=language, help=say("help", "rules_languages"))
    checking.add_argument("--hints", action="store_true", help=say("help", "rules_hints"))
    checking.add_argument("--shipped", action="store_true", help=say("help", "rules_shipped"))
    checking.set_defaults(run=_check)
    beginning = begin(commands, "new", say("help", "rules_new"))
    beginning.add_argument("rule", metavar=say("metavars", "rule"), help=say("help", "rules_new_rule"))
    beginning.add_argument("--kind", metavar=say("metavars", "kind"), help=say("help", "rules_kind"))
    beginning.set_defaults(run=_new)


def _chosen(library: Library, languages: list[str]) -> Iterator[Pack]:
    for language in languages or library.languages:
        if language not in library.languages:
            known = ", ".join(library.languages)
            message = f"expected languages among {known}; got {language}"
            raise InputFileError(message, "unknown_language", got=language, expected=known)
        yield library.pack(language)


def _list(options: argparse.Namespace) -> int:
    library, say = user_library(), options.say
    for pack in _chosen(library, options.languages):
        shipped = library.shipped_pack(pack.language)
        for rule in [*pack.rules.values(), *pack.guards.values()]:
            layer = layer_of(rule, pack, shipped)
            if options.own and layer == "shipped":
                continue
            what = rule.kind or say("rules", "silences", kinds=", ".join(sorted(rule.guards)))
            state = say("rules", "off") if rule.id in pack.off else rule.severity or say("rules", "on")
            parts = {symbol: pack.phrases.get(symbol, ()) for symbol in (sign + rule.id for sign in SIGNS.values())}
            told = (say.counted("rules", name, n, count=f"{n:>4}") for name, n in _counts(parts).items())
            phrases = "  ".join(f"{text:<14}" for text in told)
            print(f"{rule.id:<36} {say('rules', layer):<12} {state:<9} {phrases}  {what}")
    return _tell_problems(library, say)


def _counts(phrases: Mapping[str, Sequence[Phrase]]) -> dict[str, int]:
    """Return how many phrases find something, and how many are exceptions of these."""
    found = sum(len(many) for symbol, many in phrases.items() if symbol.startswith(RULE))
    return {"phrases": found, "exceptions": sum(map(len, phrases.values())) - found}


def _tell_problems(library: Library, say: Speech) -> int:
    for problem in library.own_problems:
        print(say.problem(problem))
    return EXIT_FINDINGS if library.own_problems else EXIT_CLEAN


def _show(options: argparse.Namespace) -> int:
    library, say = user_library(), options.say
    language = options.rule.partition("/")[0]
    pack = next(_chosen(library, [language]))
    rule = pack.rules.get(options.rule) or pack.guards.get(options.rule)
    if rule is None:
        message = f"expected a rule as `coltiva rules list {language}` names it; got {options.rule}"
        raise InputFileError(message, "unknown_rule", got=options.rule, language=language)
    shipped = library.shipped_pack(language)
    state = [say("rules", layer_of(rule, pack, shipped)), *([say("rules", "off")] if rule.id in pack.off else [])]
    print(f"{rule.id}: {', '.join(state)}")
    silenced = ", ".join(sorted(rule.guards))
    print(say("rules", "finds", kind=rule.kind) if rule.kind else say("rules", "silences", kinds=silenced))
    for name in ("severity", "needs"):
        if getattr(rule, name):
            print(say("rules", name, value=getattr(rule, name)))
    for key, sign in SIGNS.items():
        symbol = sign + rule.id
        lines = [("+" if (symbol, p.text) in pack.own else " ", p.text) for p in pack.phrases.get(symbol, ())]
        lines += [("-", text) for other, text in sorted(pack.muted) if other == symbol]
        if lines:
            print(f"{key}:  {say('rules', 'marks')}")
        for mark, text in lines:
            print(f"{mark} {text}")
    for name, texts in (("flag", rule.examples.flag), ("pass", rule.examples.pass_)):
        for text in texts:
            print(f"{name}: {text}")
    return _tell_problems(library, say)


def _check(options: argparse.Namespace) -> int:
    library, say = Library() if options.shipped else user_library(), options.say
    faults = 0
    found: list[str] = []
    for pack in _chosen(library, options.languages):
        found = [say.problem(problem) for problem in library.problems_of(pack.language)]
        found += [fault.told(say.fault(fault.fault)) for fault in check_pack(pack)]
        for line in found:
            print(line)
        if options.hints:
            for fault in (*unfired_phrases(pack), *fires_on_others(pack)):
                print(say("rules", "hint", fault=fault.told(say.fault(fault.fault))))
        faults += len(found)
        counts = {"rules": len(pack.rules), "guards": len(pack.guards)} | _counts(pack.phrases) | {"faults": len(found)}
        told = {name: say.counted("rules", name, count) for name, count in counts.items()}
        print(say("rules", "counts", language=pack.language, **told))
    for problem in library.table_problems:
        print(say.problem(problem))
    return EXIT_FINDINGS if faults or library.table_problems else EXIT_CLEAN


def _new(options: argparse.Namespace) -> int:
    match = _ID.fullmatch(options.rule)
    library = user_library()
    if match is None or match[1] not in library.languages:
        message = f"expected an id such as en/asks/my-rule; got {options.rule}"
        raise InputFileError(message, "bad_rule_id", got=options.rule)
    pack = library.pack(match[1])
    layer, name = OwnLayer(default_folder() / RULES), f"{options.rule}.yml"
    if layer.text(name) is not None:
        path = Path(layer.folder, name)
        raise InputFileError(f"{path}: is there already", "rule_there", file=path)
    layer.change("new", {name: _beginning(options, pack, match[2])})
    print(Path(layer.folder, name))
    return EXIT_CLEAN


def _beginning(options: argparse.Namespace, pack: Pack, folder: str) -> str:
    say = options.say
    if options.rule in pack.rules or options.rule in pack.guards:
        change = {"extends": options.rule, "enabled": True, "add": {"phrases": [], "unless": []}}
        return write_rule_yaml(change, f"# {say('rules', 'beginning_change')}\n")
    examples = {"flag": [say("rules", "example_flag")], "pass": [say("rules", "example_pass")]}
    comment = f"# {say('rules', 'beginning_new')}\n"
    if folder == "guards":
        rule = {"guards": ["asks"], "unless": [say("rules", "finds_nothing")], "examples": examples}
        return write_rule_yaml(rule, comment)
    kinds = [kind for kind, category in pack.kinds.items() if (category == "ask") == (folder == "asks")]
    if options.kind not in kinds:
        expected = ", ".join(kinds)
        message = f"expected --kind with one of {expected}; got {options.kind or 'none'}"
        raise InputFileError(message, "no_kind", expected=expected)
    rule = {"kind": options.kind, "phrases": [say("rules", "finds_something")], "examples": examples}
    return write_rule_yaml(rule, comment)
