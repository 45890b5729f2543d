"""All rules as the page lists them, and each with all it says; the tables with where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coltiva.library import Library
from coltiva.linting import SentenceMatcher
from coltiva.own_rules import SIGNS
from coltiva.own_tables import FIELDS, allowed_for
from coltiva.rule_check import concerning, matched_rules
from coltiva.rule_files import RuleFile
from coltiva.rule_pack import Pack, Rule
from coltiva.rule_tables import tunings_from

CORE = "core"
Texts = Mapping[str, object]


def layer_of(rule: Rule, pack: Pack, shipped: Pack) -> str:
    """Return where a rule comes from: ``shipped``, ``changed`` by the user, or the user's ``own``."""
    as_shipped = shipped.rules.get(rule.id) or shipped.guards.get(rule.id)
    if as_shipped is None:
        return "own"
    return "shipped" if rule is as_shipped and rule.id not in pack.off else "changed"


def core_kinds(library: Library) -> list[str]:
    """Return the kinds that are found by counting and comparing, not by phrases."""
    by_phrases = {rule.kind for rule in library.pack("en").rules.values()}
    return [kind for kind, row in library.signals.items() if row.category == "signal" and kind not in by_phrases]


def list_rules(library: Library, language: str, texts: Texts) -> list[dict[str, object]]:
    """Return the rules, guards and checks that count in messages of *language*, and its reader.

    Args:
        texts: what is said in the user's language, from ``texts.yml``.
    """
    pack, shipped = library.pack(language), library.shipped_pack(language)
    listed = [_row(rule, pack, shipped, library, texts) for rule in (*pack.rules.values(), *pack.guards.values())]
    listed += [_core_row(kind, library, texts) for kind in core_kinds(library)]
    return listed + list(_reader_rows(library, language))


def _row(rule: Rule, pack: Pack, shipped: Pack, library: Library, texts: Texts) -> dict[str, object]:
    phrases = [phrase.text for sign in SIGNS.values() for phrase in pack.phrases.get(sign + rule.id, ())]
    title, why = words_of(rule, library, texts)
    return {
        "id": rule.id,
        "group": rule.id.split("/")[1],
        "kind": rule.kind,
        "category": library.kinds.get(rule.kind, "guard"),
        "title": title,
        "why": why,
        "layer": layer_of(rule, pack, shipped),
        "enabled": rule.id not in pack.off,
        "severity": rule.severity,
        "needs": rule.needs or (library.asks[rule.kind].needs.word if rule.kind in library.asks else ""),
        "phrases": len(phrases),
        "hint": isinstance(rule.file, RuleFile) and rule.file.fallback > 0,
        "words": " · ".join([*phrases, *rule.examples.flag, *rule.examples.pass_]),
    }


def _core_row(kind: str, library: Library, texts: Texts) -> dict[str, object]:
    signal = library.signals[kind]
    title, why = signal_words(kind, texts)
    shipped = library.shipped_table("signals.yml")["hunting"][kind]
    as_shipped = signal.enabled and signal.severity == shipped["severity"]
    return {
        "id": f"{CORE}/{kind.replace('_', '-')}",
        "group": "checks",
        "kind": kind,
        "category": "signal",
        "title": title,
        "why": why,
        "layer": "shipped" if as_shipped else "changed",
        "enabled": signal.enabled,
        "severity": signal.severity,
        "needs": "",
        "phrases": 0,
        "hint": False,
        "words": "",
    }


def _reader_rows(library: Library, language: str) -> Iterator[dict[str, object]]:
    shipped = library.shipped_table("readers.yml").get("readers", {}).get(language)
    if shipped is not None:
        reader = library.reader(language)
        tuning = tunings_from({"readers": {language: dict(shipped)}})[language]
        as_shipped = reader is not None and reader.tuning == tuning
        yield {
            "id": f"{language}/reader",
            "group": "reader",
            "kind": "",
            "category": "ask",
            "title": "",
            "why": "",
            "layer": "shipped" if as_shipped else "changed",
            "enabled": reader is not None,
            "severity": "",
            "needs": "",
            "phrases": 0,
            "hint": False,
            "words": "",
        }


def words_of(rule: Rule, library: Library, texts: Texts) -> tuple[str, str]:
    """Return what a rule finds and why that matters, in the rule's own words or its kind's."""
    own = (rule.file.title, rule.file.why) if isinstance(rule.file, RuleFile) else ("", "")
    said = ("", "")
    if rule.kind in library.asks:
        asks = texts["asks"]
        assert isinstance(asks, Mapping)
        said = (_variant(rule, str(asks[rule.kind]["title_fits"]), library, texts), str(asks[rule.kind]["why"]))
    elif rule.kind:
        said = signal_words(rule.kind, texts)
    return own[0] or said[0], own[1] or said[1]


def _variant(rule: Rule, title: str, library: Library, texts: Texts) -> str:
    """Return a kind's title with what tells this shipped rule from others of its kind, where the texts name it."""
    variants = texts["variants"]
    assert isinstance(variants, Mapping)
    language, _, name = rule.id.split("/", 2)
    variant = variants.get(name.removeprefix(f"{rule.kind}-"))
    # A rule of the user's may end in the same word, and mean something else.
    if variant is None or rule.id not in library.shipped_pack(language).rules:
        return title
    return str(variants["named"]).format(title=title, variant=variant)


def signal_words(kind: str, texts: Texts) -> tuple[str, str]:
    """Return title and reason of a kind of signal."""
    signals = texts["signals"]
    assert isinstance(signals, Mapping)
    row = signals.get(kind, {})
    return str(row.get("title", kind)), str(row.get("why", ""))


def rule_in_full(rule_id: str, library: Library, language: str, texts: Texts) -> dict[str, object] | None:
    """Return everything about a rule or guard: its phrases with their layer, examples and whether they hold."""
    pack, shipped = library.pack(language), library.shipped_pack(language)
    rule = pack.rules.get(rule_id) or pack.guards.get(rule_id)
    if rule is None:
        return None
    as_shipped = shipped.rules.get(rule_id) or shipped.guards.get(rule_id)
    matcher = SentenceMatcher(pack)
    examples = [
        {
            "text": text,
            "flag": flag,
            "own": as_shipped is None or text not in (as_shipped.examples.flag if flag else as_shipped.examples.pass_),
            "holds": bool(concerning(rule, matched_rules(text, matcher), pack)) is flag,
        }
        for flag, many in ((True, rule.examples.flag), (False, rule.examples.pass_))
        for text in many
    ]
    return _row(rule, pack, shipped, library, texts) | {
        "guards": sorted(rule.guards),
        "source": {"strength": rule.file.source.strength, "note": rule.file.source.note}
        if isinstance(rule.file, RuleFile)
        else None,
        "own_title": rule.file.title if isinstance(rule.file, RuleFile) else "",
        "own_why": rule.file.why if isinstance(rule.file, RuleFile) else "",
        "own_needs": rule.needs,
        "parts": {key: _phrases(sign + rule_id, pack) for key, sign in SIGNS.items() if hasattr(rule.file, key)},
        "examples": examples,
    }


def _phrases(symbol: str, pack: Pack) -> list[dict[str, object]]:
    """Return the phrases of a symbol with their layer; those taken out come last."""
    kept: list[dict[str, object]] = [
        {"text": phrase.text, "layer": "own" if (symbol, phrase.text) in pack.own else "shipped"}
        for phrase in pack.phrases.get(symbol, ())
    ]
    return kept + [{"text": text, "layer": "removed"} for other, text in sorted(pack.muted) if other == symbol]


# What only some rows have: in all others there is nothing to choose.
_SELDOM = frozenset(("known",))


def tables(library: Library) -> dict[str, object]:
    """Return every value that may be set: what counts, how it ships, its bounds or words, and its source."""
    shown: dict[str, object] = {}
    for name, groups in FIELDS.items():
        shipped, counting = library.shipped_table(name), library.table(name)
        shown[name] = {
            group: [
                {
                    "row": row,
                    "field": field,
                    "shipped": values.get(field, True if field == "enabled" else None),
                    "value": counting[group][row].get(field, True if field == "enabled" else None),
                    "allowed": allowed_for(field, fields, values.get(field)),
                    "source": values.get("source"),
                }
                for row, values in shipped.get(group, {}).items()
                for field in fields
                if field not in _SELDOM or field in values or field in counting[group][row]
            ]
            for group, fields in groups.items()
        }
    return shown
