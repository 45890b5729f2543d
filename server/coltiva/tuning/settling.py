"""What one click makes of a dismissal: an example, an ``unless`` phrase, or a rule switched off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coltiva.errors import PayloadError
from coltiva.library import Library
from coltiva.review import Reviewer, ReviewRequest
from coltiva.rule_pack import Rule
from coltiva.tuning.catalogue import CORE
from coltiva.tuning.composing import PHRASE_KEYS, RuleDraft, compose_table, with_rule
from coltiva.tuning.dismissals import Dismissal
from coltiva.tuning.own_layer import Files, OwnLayer

SETTLINGS = ("pass", "unless", "off")
OWN_GUARD = "my-exceptions"


def draft_of(rule: Rule, library: Library) -> RuleDraft:
    """Return a rule as a form would hold it, unchanged."""
    language = rule.id.partition("/")[0]
    pack, shipped = library.pack(language), library.shipped_pack(language)
    as_shipped = shipped.rules.get(rule.id) or shipped.guards.get(rule.id)
    ships = as_shipped.examples if as_shipped is not None else None
    return RuleDraft(
        rule=rule.id,
        kind=rule.kind,
        enabled=rule.id not in pack.off,
        severity=rule.severity,
        needs=rule.needs,
        title=getattr(rule.file, "title", ""),
        why=getattr(rule.file, "why", ""),
        phrases={key: list(getattr(rule.file, key)) for key in PHRASE_KEYS if hasattr(rule.file, key)},
        flag=[text for text in rule.examples.flag if ships is None or text not in ships.flag],
        pass_=[text for text in rule.examples.pass_ if ships is None or text not in ships.pass_],
    )


def files_of_settling(dismissal: Dismissal, settling: str, phrase: str, library: Library, layer: OwnLayer) -> Files:
    """Return the layer's files that settle a dismissal.

    Args:
        settling: ``pass``, ``unless`` (with *phrase*) or ``off``.

    Raises:
        PayloadError: the rule is there no more, or cannot be settled so.
    """
    language = dismissal.language or dismissal.rule.partition("/")[0]
    if settling == "off" and dismissal.rule.startswith(f"{CORE}/"):
        row = {"hunting": {dismissal.kind: {"enabled": False}}}
        return {"signals.yml": compose_table(row, library.shipped_table("signals.yml"), layer.text("signals.yml"))}
    if language not in library.languages:
        raise PayloadError("rule", f"expected a rule of a known language; got {dismissal.rule[:80]!r}")
    pack, shipped = library.pack(language), library.shipped_pack(language)
    if settling == "off" and dismissal.rule == f"{language}/reader":
        reader = {"readers": {language: {"enabled": False}}}
        return {"readers.yml": compose_table(reader, library.shipped_table("readers.yml"), layer.text("readers.yml"))}
    rule = pack.rules.get(dismissal.rule)
    is_for_all = settling == "unless" and dismissal.reason == "no_ask" and library.kinds.get(dismissal.kind) == "ask"
    if rule is None or is_for_all:
        # What is no ask, no rule may find, nor the reader; a guard of the user's own keeps them all off.
        guard = pack.guards.get(f"{language}/guards/{OWN_GUARD}")
        empty = RuleDraft(f"{language}/guards/{OWN_GUARD}", "", True, "", "", "", "", {}, [], [])
        draft = draft_of(guard, library) if guard is not None else empty
        key = "unless_sentence"
    else:
        draft, key = draft_of(rule, library), "unless"
    if settling == "off":
        return with_rule(replace(draft, enabled=False), pack, shipped, layer)
    draft = replace(draft, pass_=[*draft.pass_, *({dismissal.sentence} - set(draft.pass_))])
    if settling == "unless":
        phrases = dict(draft.phrases)
        phrases[key] = [*phrases.get(key, ()), phrase]
        draft = replace(draft, phrases=phrases)
    return with_rule(draft, pack, shipped, layer)


def unused(dismissals: Sequence[Dismissal], reviewer: Reviewer, request: ReviewRequest) -> set[str]:
    """Return the ids of dismissals whose sentence is found no more, so that nothing would be left out.

    Args:
        reviewer: one that leaves nothing out.
        request: what stands for every request but its text and language.
    """
    gone = set()
    for one in dismissals:
        report = reviewer.review(replace(request, text=one.sentence, language=one.language or None))
        same = [f for f in report.findings if f.rule == one.rule or (f.category == "ask" and one.reason == "no_ask")]
        if not same:
            gone.add(one.id)
    return gone
