"""Rewrites of one message by named strategies, each linted again before it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from coltiva.history import Stage
from coltiva.reader import Reader
from coltiva.rewrite_lines import Line, RewriteLines, group_of
from coltiva.rewriting.bare_closings import BareClosing
from coltiva.rewriting.change import Rewrite, Rewriting
from coltiva.rewriting.choosing import OWED, Chooser
from coltiva.rewriting.composing import Frame, frame_after, frame_of, lowered, stems_of
from coltiva.rewriting.contexts import context_of
from coltiva.rewriting.heads import mended_head
from coltiva.rewriting.holding import Lint, does_better
from coltiva.rewriting.instead import frame_before_asking, frame_instead, told_last
from coltiva.rewriting.last_ask import is_question, last_ask
from coltiva.rewriting.laying_out import lay_out
from coltiva.rewriting.leaving_out import left_out
from coltiva.rewriting.message import Message
from coltiva.rewriting.naming import target_of
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.postscripts import last_before_closing, signed_pieces
from coltiva.rewriting.ranking import Ranking, Surroundings
from coltiva.rewriting.registers import register_of, several_write
from coltiva.rewriting.removing import praise_goes
from coltiva.rewriting.saying import Said, blanks_of
from coltiva.rewriting.staying import Staying
from coltiva.rewriting.suggesting import Found, Suggesting
from coltiva.rewriting.voice import Voice
from coltiva.rule_pack import AddressWords
from coltiva.run_ons import RunOns

MAX_REWRITES = 3
_MAX_TRIES = 5  # candidates of one strategy that are linted before it is given up
_SUITS_FROM = 0.35  # of what suits less, half and more were judged unfit (tests/rewriting/README.md)
_BEFORE = {"memories": "memory", "noticed": "noticed"}  # groups of what is said before the sender's own words → why
_MAX_DRESSED = 2  # lines of one strategy that are tried with a memory


class Rewriter:
    """Rewrites messages of one language.

    Args:
        lint: lints texts again, with the message's relation, contact and channel.
        run_ons: tells where stretches without marks may be cut.
        reader: its keeper tells which sentences stay beside an ask that goes, its ranker which lines suit what stays.
        cuts: whether what a sentence tells before it asks may stay, and what tells who writes.
    """

    def __init__(
        self,
        message: Message,
        address: AddressWords,
        lines: RewriteLines,
        lint: Lint,
        run_ons: RunOns | None = None,
        reader: Reader | None = None,
        *,
        cuts: bool = True,
    ) -> None:
        self.message, self.lines, self._lint = message, lines, lint
        self._asks = tuple(f for f in message.findings if f.category == "ask")
        self._early = message.early
        bare = BareClosing(lines, address, message.contact)
        self._address, self._run_ons, self._reader, self._cuts = address, run_ons, reader, cuts
        self._layout = lay_out(message.draft, message.findings, address, lines, message.contact, run_ons, cuts=cuts)
        keeper = reader.keeper if reader is not None else None
        self._gone = left_out(self._layout, message, lines, address, keeper, tells=cuts)
        for number in signed_pieces(self._layout, bare):
            if self._gone.get(number) in ("leads_up", "leans"):
                del self._gone[number]
        self._head, self._mended, self._open_fields = mended_head(self._layout, address, lines)
        self._voice = Voice(self._layout, self._gone, address, lines)
        frame = self._whole = self._typed(frame_of(self._layout, self._head, self._gone, address, lines))
        self._frame = frame
        self._staying = Staying(self._layout, self._gone, message.findings, lines)
        self._chooser = Chooser(
            message,
            lines,
            frame.head + frame.own,
            context_of(self._staying.pieces, address, lines),
            register_of(message.draft, address, lines, message.contact),
            target_of(self._layout, message.findings, message.contact, lines),
            several=several_write(message.draft, lines),
        )
        last = last_before_closing(self._layout, self._gone, bare)
        if last is not None and not self._staying.still_asks:
            self._frame = frame_after(self._layout, self._frame, self._gone, last)
        if reader is not None and reader.ranker is not None:
            self._chooser.ranking = Ranking(self._surroundings(self._frame), reader.ranker, lines)
            if self._asking is not None:
                self._chooser.ranking_instead = Ranking(self._surroundings(self._asking), reader.ranker, lines)
        starts_low = self._frame.starts_low
        self._suggesting = Suggesting(self._layout, self._gone, message.findings, lines, starts_low=starts_low)

    @property
    def layout(self) -> Layout:
        """The message by its parts."""
        return self._layout

    def lighter(self) -> Rewrite | None:
        """Return the message without what hunts, and with a way out, where its asks may stay."""
        ask = last_ask(self._layout, self._gone, self._asks, self.lines)
        self._chooser.context = "question" if is_question(self._layout, ask) else "words"
        self._frame = frame_after(self._layout, self._frame, self._gone, ask)
        light = self._attempt("lighter", 0, self._holds) if self._asks and not self._early else None
        return light[0] if light else None

    def rewrite(self) -> Rewriting:
        """Return up to three rewrites, and the same words as suggestions for the asks that come too early."""
        # A line that does not suit is worse than one rewrite less, and better than none.
        found = self._found(_SUITS_FROM) or self._found(0.0)[:1]
        if not found and self._cuts:
            # What was told asks by itself, then.
            return Rewriter(
                self.message, self._address, self.lines, self._lint, self._run_ons, self._reader, cuts=False
            ).rewrite()
        suggestions = self._suggesting.suggestions(found, self._lint)
        return Rewriting(tuple(rewrite for rewrite, _ in found), suggestions)

    def _found(self, least: float) -> list[Found]:
        """Return up to three rewrites with what each says; *least* is how well their lines suit at least."""
        # Most rewrites hold, so the three that come first are linted in one go, with their suggestions.
        hoped = self._tried(least, lambda _: True)
        texts = [rewrite.text for rewrite, _ in hoped]
        findings = self._lint([*texts, *self._suggesting.texts(hoped)])[: len(texts)]
        known = self.message.findings
        if all(does_better(rewrite, found, known) for (rewrite, _), found in zip(hoped, findings, strict=True)):
            return hoped
        return self._tried(least, self._holds)

    def _tried(self, least: float, holds: Callable[[Rewrite], bool]) -> list[Found]:
        """Return up to three rewrites that hold, the first of each strategy."""
        self._chooser.begin(least)
        found: list[Found] = []
        for strategy in self._strategies():
            remembered = sum(group_of(name) in _BEFORE for rewrite, _ in found for name in rewrite.lines)
            attempt = self._instead(holds) if strategy == "smaller" else None
            attempt = attempt or self._attempt(strategy, remembered, holds)
            if attempt and all(attempt[0].text != other.text for other, _ in found):
                found.append(attempt)
                self._chooser.note(attempt[1])
            if len(found) == MAX_REWRITES:
                break
        # Nothing is closer to what the sender wanted than a smaller ask in its place.
        return sorted(found, key=lambda one: not any(group_of(name) == "instead" for name in one[1].lines))

    def _surroundings(self, frame: Frame) -> Surroundings:
        """Return what a line would stand among in a *frame*."""
        message = self.message
        asked = " ".join(ask.span.of(message.draft.text) for ask in self._early)
        kinds, stage = {ask.kind for ask in self._early}, message.relation.stage.word
        return Surroundings(frame.head, frame.own, frame.tail, asked, stage, message.channel, tuple(kinds))

    def _strategies(self) -> tuple[str, ...]:
        """Return the strategies that fit the record, the best first."""
        if self.message.relation.dormant:
            return ("reconnect", "give_first", "smaller", "wait")
        if self._chooser.is_pressed:
            return ("give_first", "smaller", "wait")
        if self._staying.still_asks:
            return ("smaller", "give_first", "wait")
        if not self._frame.own and self.message.relation.stage is Stage.STRANGER:
            return ("wait",)  # to somebody who is left nothing to read, one line is enough
        return ("wait", "smaller", "give_first")

    def _attempt(self, strategy: str, turn: int, holds: Callable[[Rewrite], bool]) -> Found | None:
        """Return the first rewrite of *strategy* that holds."""
        frame = self._frame_for(strategy)
        closing = frame.closing_stems
        candidates = (pair for pair in self._candidates(strategy, turn) if closing.isdisjoint(stems_of(pair[1].text)))
        for memory, line in islice(candidates, _MAX_TRIES):
            place = self._telling if line.follows_own else frame
            if place is None:
                continue
            before = group_of(memory.lines[0]) if memory else ""
            text, changes = place.with_line(
                self._voice.speak(memory.text, memory.values, last=False) if memory else "",
                self._voice.speak(line.text, line.values),
                strategy,
                self.lines,
                _BEFORE.get(before, strategy),
            )
            said = memory.then(line) if memory else line
            blanks = (*self._open_fields, *blanks_of(said.text))
            rewrite = Rewrite(strategy, text, said.uses, changes, blanks, said.lines)
            if holds(rewrite):
                return rewrite, line if before == "noticed" else said  # that is no suggestion for the ask
        return None

    @cached_property
    def _asking(self) -> Frame | None:
        """The frame in which a smaller ask stands in for the sender's; None where the two never spoke, or none fits."""
        if self.message.relation.stage is Stage.STRANGER or self._staying.still_asks:
            return None
        findings = self.message.findings
        frame = frame_instead(self._layout, self._head, self._gone, findings, self.lines, self._address)
        return self._typed(frame) if frame is not None else None

    @cached_property
    def _telling(self) -> Frame | None:
        """The frame in which a line goes on with what the sender tells; None where nothing is told."""
        last = told_last(self._layout, self._gone, self.message.findings, self.lines, self._address)
        if last is None:
            return None
        is_followed = any(number not in self._gone for number in range(last + 1, len(self._layout.pieces)))
        return frame_after(self._layout, self._whole, self._gone, last) if is_followed else self._frame

    def _instead(self, holds: Callable[[Rewrite], bool]) -> Found | None:
        """Return the message with a smaller ask in the place of its own, where the two have spoken before."""
        frame = self._asking
        if frame is None:
            return None
        for line in self._chooser.lines_of("instead")[:_MAX_TRIES]:
            said = self._chooser.said(line)
            text, changes = frame.with_line("", self._voice.speak(said.text, said.values), "smaller", self.lines)
            rewrite = Rewrite("smaller", text, said.uses, changes, self._open_fields, said.lines)
            if holds(rewrite):
                return rewrite, said
        return None

    def _typed(self, frame: Frame) -> Frame:
        """Return *frame* as the sender types: with a small first letter for one who begins every sentence so."""
        frame = replace(frame, changes=(*self._mended, *frame.changes), writes_small=self._voice.is_low)
        typed_low = self._voice.is_low and 0 in self._gone and not frame.head
        return replace(frame, own=lowered(frame.own, self.lines)) if typed_low and frame.own else frame

    def _frame_for(self, strategy: str) -> Frame:
        """Return the frame of *strategy*: what is given stands before the paragraph that still asks."""
        if strategy != "give_first" or not self._staying.still_asks:
            return self._frame
        return frame_before_asking(self._layout, self._frame, self._gone, self._asks)

    def _candidates(self, strategy: str, turn: int) -> Iterator[tuple[Said | None, Said]]:
        """Yield what may come before and after the sender's own words, the best first."""
        lines = self._chooser.lines_of(strategy)
        if strategy == "lighter":
            yield from [(None, Said())] if self._staying.leaves_a_way_out else self._alone(lines)
            return
        memories = self._memories(strategy)[turn : turn + 1]
        if self._is_enough(strategy, lines):
            yield from ((memory, Said()) for memory in memories)
            yield None, Said()
        for said in self._openings(strategy, lines[:_MAX_DRESSED]):
            yield said, Said()
        if (self._staying.ends_asking or self._staying.still_asks) and strategy != "reconnect":
            lines = [line for line in lines if not line.is_question and not (strategy == "smaller" and line.has_blank)]
        for said in map(self._chooser.said, lines[:_MAX_DRESSED] if memories else ()):
            if strategy == "give_first" and said.grounded:
                yield None, said  # what waits for the sender is not passed over for a lesser line with a memory
            elif not said.grounded:
                yield from ((memory, said) for memory in memories if not memory.repeats(said))
        yield from self._alone(lines)

    def _memories(self, strategy: str) -> tuple[Said, ...]:
        """Return what may be recalled: beside words of the sender's own a memory was judged unfit, six times of ten."""
        if strategy == "reconnect":
            return ()
        return self._noticed if self._frame.own else (*self._noticed, *self._chooser.memories)

    @cached_property
    def _noticed(self) -> tuple[Said, ...]:
        """What may be said where praise went that fits anyone: what it is that the sender likes, as a blank."""
        if not self._frame.takes_memory or not praise_goes(self._layout, self._gone, self.message.findings):
            return ()
        return tuple(map(self._chooser.said, self._chooser.lines_of("noticed")[:1]))

    def _alone(self, lines: Sequence[Line]) -> Iterator[tuple[Said | None, Said]]:
        """Yield each of *lines* without a memory."""
        return ((None, self._chooser.said(line)) for line in lines)

    def _is_enough(self, strategy: str, lines: Sequence[Line]) -> bool:
        """Tell whether the sender's own words do by themselves what *strategy* is for, better than with a line."""
        if not self._frame.own:
            return False
        if strategy == "wait":
            ends = self._staying.still_asks or self._staying.ends_well
            return ends or not lines or self._chooser.needs_no_line(lines)
        if strategy == "smaller":
            # What stays asks for what this stage allows: that is the smaller ask, and nothing is put behind it.
            return self._staying.asks_near_its_end
        if strategy == "give_first":
            return self._staying.offers
        return self._chooser.recalls or self._staying.begins_with_them

    def _openings(self, strategy: str, lines: Sequence[Line]) -> list[Said]:
        """Return what may stand before all of the sender's words: after a silence, or where what still asks ends it."""
        if not self._frame.own or not self._frame.takes_memory:
            return []
        owes = strategy == "give_first" and self._staying.still_asks
        return [self._chooser.said(line) for line in lines if strategy == "reconnect" or (owes and line.ground in OWED)]

    def _holds(self, rewrite: Rewrite) -> bool:
        """Tell whether a rewrite, linted again, does what it is for."""
        return does_better(rewrite, self._lint([rewrite.text])[0], self.message.findings)
