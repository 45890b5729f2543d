"""Rewrites of one message by named strategies, each linted again before it is offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from coltiva.contacts import Contact
from coltiva.history import Stage
from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines, folded_words
from coltiva.rewriting.change import Change, Rewrite, Suggestion
from coltiva.rewriting.choosing import Chooser, Said, blanks_of
from coltiva.rewriting.clauses import split_at_asks
from coltiva.rewriting.composing import frame_after, frame_of, lowered
from coltiva.rewriting.message import Message
from coltiva.rewriting.naming import target_of
from coltiva.rewriting.pieces import Layout, cut
from coltiva.rewriting.registers import register_of
from coltiva.rewriting.removing import faults_of, removals
from coltiva.rewriting.voice import Voice
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span

MAX_REWRITES = 3
_MAX_TRIES = 5  # candidates of one strategy that are linted before it is given up
_TELLING_WORDS = 2  # words such as I and my from which on a message tells of its sender
_MAX_DRESSED = 2  # lines of one strategy that are tried with a memory and a turn to the contact
_OPEN_FIELD = re.compile(r"[ ,]*(\{\{?[^{}\n]{1,40}\}?\}|%%?\w{2,30}%%?|<<?[^<>@\n]{1,40}>>?|\[[^\]\n]{2,40}\])")
_PLACEHOLDER_NAME = re.compile(r"(?i)name|nome|nombre|nom\b|vorname")
_QUESTION_END = re.compile(r"\?\W*\Z")

# Lints a text again with the same relation.
Lint = Callable[[str], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The rewrites of a message, and the suggestions for each finding by its number."""

    rewrites: tuple[Rewrite, ...] = ()
    suggestions: dict[int, tuple[Suggestion, ...]] = field(default_factory=dict)


class Rewriter:
    """Rewrites messages of one language.

    Args:
        lint: lints a text again, with the message's relation, contact and channel.
        cuts: whether what a sentence tells before it asks may stay.
    """

    def __init__(
        self, message: Message, address: AddressWords, lines: RewriteLines, lint: Lint, *, cuts: bool = True
    ) -> None:
        self.message, self.lines, self._lint = message, lines, lint
        self._asks = tuple(f for f in message.findings if f.category == "ask")
        layout = cut(message.draft, address, lines, message.contact, tuple(f.span for f in self._asks))
        self._address, self._cuts = address, cuts
        if cuts:
            layout = split_at_asks(layout, message.findings, faults_of(message.findings), address, lines)
        self._layout = layout
        self._gone = removals(self._layout, message.findings, lines, message.contact)
        head, mended = _mended_head(self._layout, message.contact)
        frame = frame_of(self._layout, head, self._gone, address, lines)
        self._voice = Voice(self._layout, self._gone, address, lines)
        self._frame = replace(frame, changes=(*mended, *frame.changes), writes_small=self._voice.is_low)
        self._chooser = Chooser(
            message,
            lines,
            frame.head + frame.own,
            _context_of(folded_words(frame.own), address, lines),
            register_of(message.draft, address, lines, message.contact),
            target_of(self._layout, message.findings, message.contact, lines),
        )
        self._ends_asking = bool(_QUESTION_END.search(frame.own))

    def rewrite(self) -> Rewriting:
        """Return up to three rewrites, and the same words as suggestions for the asks that come too early."""
        if not self.message.early:
            self._frame = frame_after(self._layout, self._frame, self._gone, self._last_ask())
            light = self._attempt("lighter", 0) if self._asks and self.message.hunts else None
            return Rewriting((light[0],)) if light else Rewriting()
        found: list[tuple[Rewrite, Said]] = []
        for strategy in self._strategies():
            attempt = self._attempt(strategy, len(found))
            if attempt and all(attempt[0].text != other.text for other, _ in found):
                found.append(attempt)
            if len(found) == MAX_REWRITES:
                break
        if not found and self._cuts:
            # What was told asks by itself, then.
            return Rewriter(self.message, self._address, self.lines, self._lint, cuts=False).rewrite()
        return Rewriting(tuple(rewrite for rewrite, _ in found), self._suggestions(found))

    def _last_ask(self) -> int:
        """Return the last piece that stays and holds an ask: a way out stands right after it."""
        asking = [
            n for n, piece in enumerate(self._layout.pieces) if any(f.span.overlaps(piece.span) for f in self._asks)
        ]
        return max((n for n in asking if n not in self._gone), default=len(self._layout.pieces) - 1)

    def _strategies(self) -> tuple[str, ...]:
        """Return the strategies that fit the record, the best first."""
        if self.message.relation.dormant:
            return ("reconnect", "give_first", "smaller", "wait")
        if self._chooser.is_pressed:
            return ("give_first", "smaller", "wait")
        if self.message.relation.stage is Stage.STRANGER:
            return ("wait", "smaller", "give_first")
        return ("smaller", "give_first", "wait")

    def _attempt(self, strategy: str, turn: int) -> tuple[Rewrite, Said] | None:
        """Return the first rewrite of *strategy* that holds when linted again."""
        for number, (memory, line) in enumerate(self._candidates(strategy, turn)):
            if number == _MAX_TRIES:
                break
            text, changes = self._frame.with_line(
                self._voice.speak(memory.text, memory.values, last=False) if memory else "",
                self._voice.speak(line.text, line.values),
                strategy,
                self.lines,
            )
            blanks = tuple(blanks_of(line.text))
            if self._holds(text, blanks, strategy):
                said = memory.then(line) if memory else line
                return Rewrite(strategy, text, said.uses, changes, blanks, said.lines), said
        return None

    def _candidates(self, strategy: str, turn: int) -> Iterator[tuple[Said | None, Said]]:
        """Yield what may come before and after the sender's own words, the best first."""
        if self._ends_well() and (strategy == "wait" or (strategy == "reconnect" and self._chooser.recalls)):
            yield None, Said()
        memories = () if strategy == "lighter" else self._chooser.memories[turn : turn + 1]
        lines = self._chooser.lines_of(strategy)
        if self._ends_asking and strategy not in ("reconnect", "lighter"):
            lines = [line for line in lines if not line.is_question]
        lead = self._chooser.turn_to_them if strategy in ("wait", "smaller") else None
        for line in lines[:_MAX_DRESSED]:
            said = self._chooser.said(line)
            whole = lead.then(said) if lead and line.is_question and not line.after and not line.goes_on else said
            for memory in memories if not said.grounded else ():
                yield memory, whole if self._frame.head.strip() else said
            if whole is not said:
                yield None, whole
        for line in lines:
            yield None, self._chooser.said(line)

    def _ends_well(self) -> bool:
        """Tell whether what stays ends on the relationship by itself: on a question, on interest, on good wishes."""
        kept = [number for number in range(len(self._layout.pieces)) if number not in self._gone]
        if not kept:
            return False
        last = self._layout.pieces[kept[-1]]
        if any(finding.span.overlaps(last.span) for finding in self._asks):
            return False
        interest = any(f.kind == "interest" and f.span.overlaps(last.span) for f in self.message.findings)
        return self._ends_asking or interest or bool(self.lines.cues["keeps"].search(last.words))

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

    def _suggestions(self, found: Sequence[tuple[Rewrite, Said]]) -> dict[int, tuple[Suggestion, ...]]:
        """Return for each early ask the words that may stand in place of its sentence, or of its clause."""
        by_finding: dict[int, tuple[Suggestion, ...]] = {}
        for number, finding in enumerate(self.message.findings):
            at = next((i for i, p in enumerate(self._layout.pieces) if p.span.overlaps(finding.span)), None)
            if not finding.premature or at is None:
                continue
            piece, before = self._layout.pieces[at], self._layout.pieces[at - 1] if at else None
            low = self._frame.starts_low and at == 0
            span = Span(min(piece.span.start, finding.span.start), max(piece.span.end, finding.span.end))
            opening = ""
            if before is not None and before.closing:
                span, opening = Span(before.span.end, span.end), f"{before.closing} "
            by_finding[number] = tuple(
                Suggestion(
                    span,
                    (opening + (lowered(said.text, self.lines) if low else said.text)).rstrip(),
                    rewrite.strategy,
                    said.uses,
                )
                for rewrite, said in found
            )
        return by_finding


def _context_of(own: Sequence[str], address: AddressWords, lines: RewriteLines) -> str:
    """Return which of ``CONTEXTS`` the words that stay make: the sender's own news speak more of I than of you."""
    if not own:
        return "nothing"
    first = sum(word in address.first_person or word in lines.words["tells"] for word in own)
    return "own" if first >= _TELLING_WORDS and first > sum(word in address.second_person for word in own) else "words"


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
