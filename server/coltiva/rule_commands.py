"""``coltiva rules``: list, show, check and begin rules, shipped ones and the user's own."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from coltiva.contact_store import default_folder
from coltiva.errors import InputFileError
from coltiva.library import Library
from coltiva.own_rules import SIGNS
from coltiva.rule_check import check_pack, fires_on_others, unfired_phrases
from coltiva.rule_pack import Pack
from coltiva.rule_yaml import write_rule_yaml
from coltiva.tuning.catalogue import layer_of
from coltiva.tuning.own_layer import OwnLayer
from coltiva.user_library import RULES, user_library

EXIT_CLEAN, EXIT_FINDINGS = 0, 1
_ID = re.compile(r"([a-z]{2})/(asks|signals|guards)/[a-z0-9][a-z0-9-]{0,60}")


def add_rule_commands(rules: argparse.ArgumentParser) -> None:
    """Add ``list``, ``show``, ``check`` and ``new``."""
    commands = rules.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="list all rules, each with its layer")
    listing.add_argument("languages", nargs="*", metavar="LANGUAGE", help="only these (default: all)")
    listing.add_argument("--own", action="store_true", help="only what you have changed or added")
    listing.set_defaults(run=_list)
    showing = commands.add_parser("show", help="show one rule as it counts, and where each part comes from")
    showing.add_argument("rule", metavar="RULE", help="such as en/asks/introduction")
    showing.set_defaults(run=_show)
    checking = commands.add_parser("check", help="load all rules and run all their examples")
    checking.add_argument("languages", nargs="*", metavar="LANGUAGE", help="only these (default: all)")
    hints = "also name phrases that no example fires, and rules that fire on others' pass lines"
    checking.add_argument("--hints", action="store_true", help=hints)
    checking.add_argument("--shipped", action="store_true", help="without what you have changed")
    checking.set_defaults(run=_check)
    beginning = commands.add_parser("new", help="begin a file of your own: a new rule, or a change of a shipped one")
    beginning.add_argument("rule", metavar="RULE", help="such as en/asks/my-rule, or a shipped rule to change")
    beginning.add_argument("--kind", help="what a new rule finds, such as introduction or flattery")
    beginning.set_defaults(run=_new)


def _chosen(library: Library, languages: list[str]) -> Iterator[Pack]:
    for language in languages or library.languages:
        if language not in library.languages:
            raise InputFileError(f"expected languages among {', '.join(library.languages)}; got {language}")
        yield library.pack(language)


def _list(options: argparse.Namespace) -> int:
    library = user_library()
    for pack in _chosen(library, options.languages):
        shipped = library.shipped_pack(pack.language)
        for rule in [*pack.rules.values(), *pack.guards.values()]:
            layer = layer_of(rule, pack, shipped)
            if options.own and layer == "shipped":
                continue
            what = rule.kind or f"silences {', '.join(sorted(rule.guards))}"
            state = "off" if rule.id in pack.off else rule.severity or "on"
            count = sum(len(pack.phrases.get(sign + rule.id, ())) for sign in SIGNS.values())
            print(f"{rule.id:<36} {layer:<8} {state:<8} {count:>4} phrases  {what}")
    return _tell_problems(library)


def _tell_problems(library: Library) -> int:
    for problem in library.own_problems:
        print(problem)
    return EXIT_FINDINGS if library.own_problems else EXIT_CLEAN


def _show(options: argparse.Namespace) -> int:
    library = user_library()
    language = options.rule.partition("/")[0]
    pack = next(_chosen(library, [language]))
    rule = pack.rules.get(options.rule) or pack.guards.get(options.rule)
    if rule is None:
        raise InputFileError(f"expected a rule as `coltiva rules list {language}` names it; got {options.rule}")
    shipped = library.shipped_pack(language)
    print(f"{rule.id}: {layer_of(rule, pack, shipped)}{', switched off' if rule.id in pack.off else ''}")
    print(f"finds: {rule.kind}" if rule.kind else f"silences: {', '.join(sorted(rule.guards))}")
    for name in ("severity", "needs"):
        if getattr(rule, name):
            print(f"{name}: {getattr(rule, name)}")
    for key, sign in SIGNS.items():
        symbol = sign + rule.id
        lines = [("+" if (symbol, p.text) in pack.own else " ", p.text) for p in pack.phrases.get(symbol, ())]
        lines += [("-", text) for other, text in sorted(pack.muted) if other == symbol]
        if lines:
            print(f"{key}:  (+ yours, - taken out by you)")
        for mark, text in lines:
            print(f"{mark} {text}")
    for name, texts in (("flag", rule.examples.flag), ("pass", rule.examples.pass_)):
        for text in texts:
            print(f"{name}: {text}")
    return _tell_problems(library)


def _check(options: argparse.Namespace) -> int:
    library = Library() if options.shipped else user_library()
    faults = 0
    found: list[str] = []
    for pack in _chosen(library, options.languages):
        found = [*map(str, library.problems_of(pack.language)), *map(str, check_pack(pack))]
        for line in found:
            print(line)
        if options.hints:
            for fault in (*unfired_phrases(pack), *fires_on_others(pack)):
                print(f"hint: {fault}")
        faults += len(found)
        phrases = sum(map(len, pack.phrases.values()))
        counts = f"{len(pack.rules)} rules, {len(pack.guards)} guards, {phrases} phrases, {len(found)} faults"
        print(f"{pack.language}: {counts}")
    for problem in library.table_problems:
        print(problem)
    return EXIT_FINDINGS if faults or library.table_problems else EXIT_CLEAN


def _new(options: argparse.Namespace) -> int:
    match = _ID.fullmatch(options.rule)
    library = user_library()
    if match is None or match[1] not in library.languages:
        raise InputFileError(f"expected an id such as en/asks/my-rule; got {options.rule}")
    pack = library.pack(match[1])
    layer, name = OwnLayer(default_folder() / RULES), f"{options.rule}.yml"
    if layer.text(name) is not None:
        raise InputFileError(f"{Path(layer.folder, name)}: is there already")
    layer.change("new", {name: _beginning(options, pack, match[2])})
    print(Path(layer.folder, name))
    return EXIT_CLEAN


def _beginning(options: argparse.Namespace, pack: Pack, folder: str) -> str:
    if options.rule in pack.rules or options.rule in pack.guards:
        change = {"extends": options.rule, "enabled": True, "add": {"phrases": [], "unless": []}}
        return write_rule_yaml(change, "# This counts over the shipped rule. More keys: severity, needs, remove.\n")
    examples = {"flag": ["A message in which it finds something."], "pass": ["One in which it finds nothing."]}
    comment = "# Words match in any case; (a|b) one of these; [maybe]; ...3 up to three words; @list a list.\n"
    if folder == "guards":
        return write_rule_yaml({"guards": ["asks"], "unless": ["finds nothing"], "examples": examples}, comment)
    kinds = [kind for kind, category in pack.kinds.items() if (category == "ask") == (folder == "asks")]
    if options.kind not in kinds:
        raise InputFileError(f"expected --kind with one of {', '.join(kinds)}; got {options.kind or 'none'}")
    return write_rule_yaml({"kind": options.kind, "phrases": ["finds something"], "examples": examples}, comment)
