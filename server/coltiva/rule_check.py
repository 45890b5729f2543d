"""Checks of the rules themselves: examples, unused alternatives, and rules that fire on others' clean messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coltiva.draft import read_draft
from coltiva.errors import Fault
from coltiva.linting import SentenceMatcher
from coltiva.rule_pack import RULE, Pack, Rule, example_texts


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One fault that a check has found in a rule; *example* is the message that shows it."""

    rule: str
    fault: Fault
    example: str

    def told(self, fault: str) -> str:
        """Return the line that names it, with the *fault* in words."""
        return ": ".join(part for part in (self.rule, fault, self.example) if part)

    def __str__(self) -> str:
        return self.told(self.fault.message)


def matched_rules(text: str, matcher: SentenceMatcher) -> set[str]:
    """Return the ids of the rules that find something in *text*."""
    draft = read_draft(text, matcher.pack.wording)
    return {match.rule for _, matches in matcher.matches(draft) for match in matches}


def check_pack(pack: Pack) -> Iterator[RuleFault]:
    """Yield every fault in the examples of *pack*: not found, found where it must not be, none given."""
    yield from check_rules([*pack.rules.values(), *pack.guards.values()], pack)


def check_rules(rules: Iterable[Rule], pack: Pack) -> Iterator[RuleFault]:
    """Yield every fault in the examples of some *rules* of a pack; rules that are switched off have none."""
    matcher = SentenceMatcher(pack)
    wanted = [rule for rule in rules if rule.id not in pack.off]
    for rule in wanted:
        if not rule.examples.flag and rule.kind:
            yield RuleFault(rule.id, Fault("expected at least one example under flag", "no_flag"), "")
        if not rule.examples.pass_:
            yield RuleFault(rule.id, Fault("expected at least one example under pass", "no_pass"), "")
    for rule, text, flagged in example_texts(wanted):
        found = concerning(rule, matched_rules(text, matcher), pack)
        if flagged and not found:
            yield RuleFault(rule.id, Fault("finds nothing in its flag example", "finds_nothing"), text)
        if not flagged and found:
            names = ", ".join(sorted(found))
            yield RuleFault(rule.id, Fault(f"{names} fires on a pass example", "fires", {"rules": names}), text)


def concerning(rule: Rule, found: set[str], pack: Pack) -> set[str]:
    """Return those of the *found* rules that an example of *rule* speaks of."""
    if rule.kind:
        return found & {rule.id}
    return {r for r in found if rule.id in pack.silencers[r]}


def fires_on_others(pack: Pack) -> Iterator[RuleFault]:
    """Yield each rule of a kind that fires on the ``pass`` example of another kind; a hint, not always a fault."""
    matcher = SentenceMatcher(pack)
    for rule, text, flagged in example_texts(pack.rules.values()):
        for other in () if flagged else sorted(matched_rules(text, matcher)):
            if pack.rules[other].kind != rule.kind:
                fault = Fault(f"fires on a pass example of {rule.id}", "fires_elsewhere", {"rule": rule.id})
                yield RuleFault(other, fault, text)


def unfired_phrases(pack: Pack) -> Iterator[RuleFault]:
    """Yield each phrase of a rule that no example of its pack fires."""
    fired: set[tuple[str, str]] = set()
    for _, text, _ in example_texts([*pack.rules.values(), *pack.guards.values()]):
        draft = read_draft(text, pack.wording)
        for sentence in draft.sentences:
            hits = pack.find(draft.tokens, sentence.first, sentence.last, sentence.question)
            fired.update((hit.symbol, hit.phrase) for hit in hits)
    for symbol, phrases in pack.phrases.items():
        if symbol.startswith(RULE):
            for phrase in phrases:
                if (symbol, phrase.text) not in fired:
                    yield RuleFault(symbol.removeprefix(RULE), Fault("no example fires", "unfired"), phrase.text)
