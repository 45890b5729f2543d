"""What the report says in words, in the user's language, from ``texts.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coltiva.contacts import Contact
from coltiva.history import Gates, Relation, Stage
from coltiva.linting.finding import Finding

# More of what somebody wrote would bury what the sentence says.
_QUOTED_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Explainer:
    """Puts findings and relations into sentences of one language.

    Attributes:
        texts: the content of ``texts.yml``; a missing text raises KeyError, which the rules' check reports.
    """

    texts: Mapping[str, object]

    def text(self, *path: str, **values: object) -> str:
        """Return the text under *path* with its ``{placeholders}`` filled."""
        node: Any = self.texts
        try:
            for name in path:
                node = node[name]
        except TypeError:  # a text where a group of them was wanted
            raise KeyError(".".join(path)) from None
        return str(node).format(**values)

    def counted(self, group: str, name: str, count: int, **values: object) -> str:
        """Return the singular or plural text ``name_one`` or ``name_many`` of *group*."""
        return self.text(group, f"{name}_one" if count == 1 else f"{name}_many", count=count, **values)

    def day(self, day: date) -> str:
        """Return *day* as it is written out in a sentence."""
        number = self.text("written_day", "first") if day.day == 1 else day.day
        month = self.text("written_day", "months").split()[day.month - 1]
        return self.text("written_day", "form", day=number, month=month, year=day.year)

    def name(self, contact: Contact, *, is_subject: bool = False) -> str:
        """Return how to name the contact in a sentence, where it may be the subject."""
        return contact.name or self.text("contact", "unnamed_subject" if is_subject else "unnamed")

    def quoted(self, words: str) -> str:
        """Return what somebody wrote in quotation marks, on one line and cut at a word where it is long."""
        line = " ".join(words.split()).rstrip(" .")
        if len(line) > _QUOTED_CHARACTERS:
            cut = line[:_QUOTED_CHARACTERS]
            line = cut.rpartition(" ")[0].rstrip(" ,;:.–—-") or cut
            line += "…"
        return self.text("quotation", words=line)

    def title(self, finding: Finding) -> str:
        """Return the finding's heading."""
        if finding.category == "ask":
            return self.text("asks", finding.kind, "title_early" if finding.premature else "title_fits")
        return self.text("signals", finding.kind, "title")

    def why(self, finding: Finding, contact: Contact, relation: Relation, gates: Gates) -> str:
        """Return why the finding matters, resting on the recorded history where it is an ask."""
        if finding.category != "ask":
            return self.text("signals", finding.kind, "why")
        read = [self.text("asks_general", "read", words=", ".join(finding.words))] if finding.words else []
        if not finding.premature or finding.needs is None:
            reached = self.text("stages", relation.stage.word)
            return " ".join([self.text("asks_general", "fits", name=self.name(contact), reached=reached), *read])
        early = self._early(finding.needs, contact, relation.stage)
        return " ".join(
            [self.text("asks", finding.kind, "why"), early, *self.evidence(relation, gates, finding.needs), *read]
        )

    def _early(self, needs: Stage, contact: Contact, stage: Stage) -> str:
        """Return which stage an ask needs, and where the two stand instead."""
        needed, reached = self.text("stages", needs.word), self.text("stages", stage.word)
        if stage is Stage.STRANGER:
            name = self.name(contact, is_subject=True)
            return self.text("asks_general", "early_stranger", name=name, needed=needed)
        return self.text("asks_general", "early", name=self.name(contact), needed=needed, reached=reached)

    def why_changed(self, reason: str) -> str:
        """Return why a rewrite leaves something out or says something: a strategy, a kind of signal, or a reason."""
        rewrites = self.texts["rewrites"]
        assert isinstance(rewrites, Mapping)
        if reason in rewrites:
            return self.text("rewrites", reason, "why")
        reasons = self.texts["changes"]
        assert isinstance(reasons, Mapping)
        return self.text("changes", reason) if reason in reasons else self.text("signals", reason, "title")

    def evidence(self, relation: Relation, gates: Gates, needed: Stage | None = None) -> list[str]:
        """Return the sentences on what the record holds, and what *needed* still lacks."""
        if not relation.conversation_days:
            return [self.text("evidence", "none")]
        last = relation.conversations[-1]
        said = [self.counted("evidence", "days", len(relation.conversation_days), date=self.day(last.date))]
        if last.summary:
            said.append(self.text("evidence", "last", summary=self.quoted(last.summary)))
        if relation.dormant:
            said.append(self.text("evidence", "dormant", days=relation.quiet_days))
        if needed is not None and needed > relation.reached:
            said += self.lacking(relation, gates, needed)
        return said

    def lacking(self, relation: Relation, gates: Gates, needed: Stage) -> list[str]:
        """Return what the record lacks for *needed*."""
        lacks = []
        if needed >= Stage.CREDIBILITY:
            missing_days = gates.credibility_days - len(relation.conversation_days)
            if missing_days > 0:
                lacks.append(self.counted("lacks", "days", missing_days))
            elif relation.span_days < gates.credibility_span_days:
                lacks.append(self.text("lacks", "span", days=gates.credibility_span_days, span=relation.span_days))
        if needed >= Stage.PROFITABILITY and not (relation.gave and relation.received):
            lacks.append(self.text("lacks", "received" if relation.gave else "gave" if relation.received else "both"))
        elif needed == Stage.CREDIBILITY and not (relation.gave or relation.received):
            lacks.append(self.text("lacks", "either"))
        return lacks

    def next_step(self, relation: Relation, gates: Gates) -> str:
        """Return what would move the relation forward."""
        if relation.dormant:
            return self.text("next_step", "dormant")
        if relation.stage is Stage.VISIBILITY and not (relation.gave or relation.received):
            return self.text("next_step", "visibility_give")
        return self.text("next_step", relation.stage.word)
