"""Rewrites of one message by named strategies, each linted again before it is offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zlib import crc32

from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.draft import Draft
from coltiva.history import Relation, Stage
from coltiva.linting.finding import Finding, Severity
from coltiva.rewrite_lines import Line, RewriteLines, folded_words
from coltiva.rewriting.change import Change, Rewrite, Suggestion
from coltiva.rewriting.composing import frame_of, lowered
from coltiva.rewriting.facts import Fact, facts_of
from coltiva.rewriting.pieces import Layout, cut
from coltiva.rewriting.registers import register_of
from coltiva.rewriting.removing import GO_WITH_THEIR_SENTENCE, removals
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span

MAX_REWRITES = 3
_MAX_TRIES = 4  # lines of one strategy that are linted before it is given up
_TELLING_WORDS = 2  # words such as I and my from which on a message tells of its sender
_BLANK = re.compile(r"\[[^\]\n]+\]")
_OPEN_FIELD = re.compile(r"[ ,]*(\{\{?[^{}\n]{1,40}\}?\}|%%?\w{2,30}%%?|<<[^<>\n]{1,40}>>|\[[^\]\n]{2,40}\])")
_PLACEHOLDER_NAME = re.compile(r"(?i)name|nome|nombre|nom\b|vorname")
# What a memory speaks of, the most personal first.
_MEMORY_GROUNDS = ("topic", "place", "call", "meeting", "received", "message", "gave", "connected")

_CONVERSATIONS = frozenset(("call", "meeting", "message"))

# Lints a text again with the same relation.
Lint = Callable[[str], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Message:
    """What is rewritten: a message with everything that was found out about it.

    Attributes:
        past: the contact's events up to *today*, in order of date.
        seed: another seed gives another choice of lines; the same gives the same.
    """

    draft: Draft
    findings: tuple[Finding, ...]
    relation: Relation
    contact: Contact
    channel: str
    past: Sequence[Event]
    today: date
    seed: int = 0

    @property
    def early(self) -> tuple[Finding, ...]:
        """The asks that come too early."""
        return tuple(finding for finding in self.findings if finding.premature)

    @property
    def hunts(self) -> bool:
        """Whether a signal asks for a softer wording, and the sender leaves no easy way out yet."""
        if any(finding.kind == "easy_out" for finding in self.findings):
            return False
        return any(f.kind in GO_WITH_THEIR_SENTENCE and f.severity is not Severity.INFO for f in self.findings)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The rewrites of a message, and the suggestions for each finding by its number."""

    rewrites: tuple[Rewrite, ...] = ()
    suggestions: dict[int, tuple[Suggestion, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Said:
    """Words that are ready to be inserted, and the events that they rest on."""

    text: str
    uses: tuple[str, ...]
    grounded: bool


class Rewriter:
    """Rewrites messages of one language.

    Args:
        lint: lints a text again, with the message's relation, contact and channel.
    """

    def __init__(self, message: Message, address: AddressWords, lines: RewriteLines, lint: Lint) -> None:
        self.message, self.lines, self._lint = message, lines, lint
        self._address = address
        self._asks = tuple(f for f in message.findings if f.category == "ask")
        keep = tuple(f.span for f in self._asks)
        self._layout = cut(message.draft, address, lines, message.contact, keep)
        self._gone = removals(self._layout, message.findings, lines)
        head, mended = _mended_head(self._layout, message.contact)
        self._frame = frame_of(self._layout, head, self._gone, address, lines)
        self._frame = replace(self._frame, changes=(*mended, *self._frame.changes))
        self._register = register_of(message.draft, address, lines, message.contact)
        self._facts = facts_of(message.past, message.contact, message.today, lines.file)
        own = folded_words(self._frame.own)
        self._tells = sum(word in address.first_person for word in own) >= _TELLING_WORDS
        sent = sum(e.kind is EventKind.MESSAGE and e.direction is Direction.SENT for e in message.past)
        self._turn = crc32((message.contact.id or message.contact.name).encode()) + message.seed + sent

    def rewrite(self) -> Rewriting:
        """Return up to three rewrites, and the same words as suggestions for the asks that come too early."""
        if not self.message.early:
            light = self._attempt("lighter", 0) if self._asks and self.message.hunts else None
            return Rewriting((light[0],)) if light else Rewriting()
        found: list[tuple[Rewrite, _Said]] = []
        for strategy in self._strategies():
            attempt = self._attempt(strategy, len(found))
            if attempt and all(attempt[0].text != other.text for other, _ in found):
                found.append(attempt)
            if len(found) == MAX_REWRITES:
                break
        return Rewriting(tuple(rewrite for rewrite, _ in found), self._suggestions([said for _, said in found], found))

    def _strategies(self) -> tuple[str, ...]:
        """Return the strategies that fit the stage, the best first."""
        if self.message.relation.dormant:
            return ("reconnect", "give_first", "smaller", "wait")
        if self.message.relation.stage is Stage.STRANGER:
            return ("wait", "smaller", "give_first")
        return ("smaller", "give_first", "wait")

    def _attempt(self, strategy: str, turn: int) -> tuple[Rewrite, _Said] | None:
        """Return the first rewrite of *strategy* that holds when linted again."""
        memory = None if strategy == "lighter" else self._memory(turn)
        lines = self._says(strategy)[:_MAX_TRIES]
        tries = [(memory, line) for line in lines[:2] if memory and not line.grounded] + [
            (None, line) for line in lines
        ]
        for remembered, line in tries:
            one = _joined(remembered, line) if remembered else line
            opening = remembered.text if remembered else ""
            text, changes = self._frame.with_line(opening, line.text, strategy, self.lines)
            blanks = tuple(_BLANK.findall(one.text))
            if self._holds(text, blanks, strategy):
                return Rewrite(strategy, text, one.uses, changes, blanks), one
        return None

    def _says(self, group: str, ground: str | None = None) -> list[_Said]:
        """Return the lines of *group* that fit, those with the closest fit first, rotated by the turn."""
        fitting = [line for line in self.lines.lines[group] if self._fits(line, ground)]
        if group == "reconnect":
            fitting = [line for line in fitting if line.ground not in _CONVERSATIONS or self._is_latest(line.ground)]
        ranked: list[Line] = []
        for fit in (2, 1, 0):
            same = [line for line in fitting if bool(line.asks) + bool(line.ground) == fit]
            at = (self._turn + crc32(group.encode())) % len(same) if same else 0
            ranked += [*same[at:], *same[:at]]
        return [_filled(line, self._facts[line.ground]) for line in ranked]

    def _fits(self, line: Line, ground: str | None) -> bool:
        relation = self.message.relation
        kinds = {finding.kind for finding in self.message.early or self._asks}
        return (
            line.register in ("any", self._register)
            and line.ground in self._facts
            and (ground is None or line.ground == ground)
            and (not line.stages or relation.stage.word in line.stages.split())
            and (not line.asks or bool(kinds & set(line.asks.split())))
            and (not line.channels or self.message.channel in line.channels.split())
            and (not line.after or self._tells)
        )

    def _is_latest(self, ground: str) -> bool:
        """Tell whether nothing was said since the fact of *ground*: only then has it been quiet since."""
        talks = self.message.relation.conversations
        return bool(talks) and self._facts[ground].uses == (talks[-1].id,)

    def _memory(self, turn: int) -> _Said | None:
        """Return words that recall what the record holds, unless the sender recalls something already."""
        if self.lines.cues["recalls"].search(" ".join(folded_words(self._frame.head + self._frame.own))):
            return None
        grounds = [ground for ground in _MEMORY_GROUNDS if ground in self._facts and self._says("memories", ground)]
        return self._says("memories", grounds[turn % len(grounds)])[0] if grounds else None

    def _holds(self, text: str, blanks: Sequence[str], strategy: str) -> bool:
        """Tell whether a rewrite has no early ask, no placeholder but its blanks, and no new hunting signal."""
        known = {finding.kind for finding in self.message.findings if finding.category == "signal"}
        asks = 0
        for finding in self._lint(text):
            if finding.premature:
                return False
            asks += finding.category == "ask"
            if finding.kind == "placeholder":
                if finding.span.of(text) not in blanks:
                    return False
            elif finding.category == "signal" and finding.kind not in known:
                return False
        return strategy == "smaller" or asks <= len(self._asks) - len(self.message.early)

    def _suggestions(
        self, said: Sequence[_Said], found: Sequence[tuple[Rewrite, _Said]]
    ) -> dict[int, tuple[Suggestion, ...]]:
        """Return for each early ask the words that may stand in place of its sentence."""
        by_finding: dict[int, tuple[Suggestion, ...]] = {}
        for number, finding in enumerate(self.message.findings):
            piece = next((p for p in self._layout.pieces if p.span.overlaps(finding.span)), None)
            if not finding.premature or piece is None:
                continue
            low = self._frame.starts_low and piece is self._layout.pieces[0]
            span = Span(min(piece.span.start, finding.span.start), max(piece.span.end, finding.span.end))
            by_finding[number] = tuple(
                Suggestion(span, lowered(one.text, self.lines) if low else one.text, rewrite.strategy, one.uses)
                for (rewrite, _), one in zip(found, said, strict=True)
            )
        return by_finding


def _filled(line: Line, fact: Fact) -> _Said:
    return _Said(
        _capital(line.text.format_map(dict(fact.values)) if line.ground else line.text), fact.uses, bool(fact.uses)
    )


def _joined(memory: _Said, line: _Said) -> _Said:
    uses = tuple(dict.fromkeys((*memory.uses, *line.uses)))
    return _Said(f"{memory.text} {line.text}", uses, True)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _mended_head(layout: Layout, contact: Contact) -> tuple[str, tuple[Change, ...]]:
    """Put the contact's first name in place of an unfilled placeholder in subject and greeting, or take it out."""
    changes: list[Change] = []
    head = layout.head
    first_name = contact.name.split()[0] if contact.name.strip() else ""
    for match in reversed(list(_OPEN_FIELD.finditer(head))):
        name = f" {first_name}" if first_name and _PLACEHOLDER_NAME.search(match.group(1)) else ""
        changes.insert(0, Change(Span(*match.span()), match.group(), name, "placeholder"))
        head = head[: match.start()] + name + head[match.end() :]
    return head, tuple(changes)
