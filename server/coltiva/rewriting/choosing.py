"""Which lines a rewrite may say, the ones that fit this record and message most closely first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from zlib import crc32

from coltiva.contacts import Direction, EventKind
from coltiva.cues import folded_words
from coltiva.rewrite_file import DAYS
from coltiva.rewrite_lines import Line, Purpose, RewriteLines
from coltiva.rewriting.facts import Fact, facts_of
from coltiva.rewriting.message import Message
from coltiva.rewriting.ranking import RANKED, Ranking
from coltiva.rewriting.saying import Said, filled

# What a memory speaks of, the most personal first.
MEMORY_GROUNDS = (
    *("topic", "place", "met", "note", "unthanked", "call", "meeting", "received", "message", "gave", "connected"),
)
# What waits for the sender comes before what is only remembered, and that before what is merely known.
_OWED_WEIGHT = {"overdue": 9, "was_asked": 8, "unthanked": 7, "promise": 6}
_GROUND_WEIGHT = _OWED_WEIGHT | {"": 0, "company": 0, "connected": 2}
_REMEMBERED_WEIGHT = 5
_ASKS_WEIGHT = 3
_AFTER_WEIGHT = 1
_CHANNEL_WEIGHT = 1
# By how much less a line may suit than the best and still take turns with it; more for whoever wants other words.
_ABOUT = 0.12
# By how much a line is better for naming what was given (and worse for leaving that open); for remembering something,
# after a long silence too; and for being meant for the channel.
_NAMING, _REMEMBERING, _PICKING_UP, _FOR_CHANNEL = 0.3, 0.1, 0.25, 0.2
_REMEMBERED_DAYS = 90  # older memories were judged unfit, with their date (like an entry in the books) and without
_SPOKEN_SINCE_DAYS = 30  # after which the last conversation is what comes to mind
# What is never needed has to suit: without it there is still a rewrite (shares of good and unfit by how well lines suit
# stand in tests/rewriting/README.md).
_NOT_NEEDED = {"memories": 0.35, "instead": 0.5, "give_first": 0.45, "smaller": 0.4}
# Beside words of the sender's own, a line that suits so well is better than none, and none than one that does not.
_BETTER_THAN_NONE = 0.5
# Grounds from which a thanks speaks: none is added where the sender thanks already.
_THANKING = frozenset(("received", "unthanked"))
# Grounds of what waits for the sender: nothing is said of it where the message does it.
_WAITING = frozenset(("was_asked", "promise", "overdue"))
# Grounds of what the sender owes the contact: it is said before the sender's own matters.
OWED = _WAITING | {"received", "unthanked"}
# Groups that ask how it has been since a conversation: since the last one, then.
_SINCE = frozenset(("reconnect", "wait"))
_CONVERSATIONS = frozenset(("call", "meeting", "message"))
# Grounds of which nothing is said to somebody whom the sender reminds of old times already.
_RECALLED = _CONVERSATIONS | {"place", "met", "topic"}
_TELLING_LETTERS = 5
_ALIKE = 0.6  # share of words

# How good a line is to say, and the line.
Rated = tuple[float, Line]


class Chooser:
    """Chooses lines for one message.

    Args:
        own: what stays of the sender's words, head and body.
        context: one of ``CONTEXTS``.
        register: one of ``REGISTERS``.
        target: whom an introduction asked for is to lead to; empty where that is not known.
        several: whether several people write.

    Attributes:
        ranking: tells how well lines suit what stays; None: what they rest on and are meant for tells it.
        ranking_instead: the same of lines in the place of an ask, where more stays.
    """

    def __init__(
        self,
        message: Message,
        lines: RewriteLines,
        own: str,
        context: str,
        register: str,
        target: str = "",
        *,
        several: bool = False,
    ) -> None:
        self.message, self.lines, self.context, self.register = message, lines, context, register
        self._several = several
        self.ranking: Ranking | None = None
        self.ranking_instead: Ranking | None = None
        self._least = 0.0
        self._said: list[set[str]] = []
        self._fits_here: dict[tuple[str, str], list[Line]] = {}
        self.facts: dict[str, Fact] = facts_of(message.past, message.contact, message.today, lines)
        if target:
            self.facts["target"] = Fact((), {"name": target})
        self._events = {ground for ground, fact in self.facts.items() if fact.uses}
        self._own = " ".join(folded_words(own))
        self._answers = lines.cues["answers"].stand_in(self._own)
        self._thanks = any(finding.kind == "thanks" for finding in message.findings)
        sent = sum(e.kind is EventKind.MESSAGE and e.direction is Direction.SENT for e in message.past)
        self._turn = crc32((message.contact.id or message.contact.name).encode()) + message.seed + sent
        asks = [finding for finding in message.findings if finding.category == "ask"]
        self._kinds = frozenset(finding.kind for finding in message.early or asks)
        self._stage = message.relation.stage.word

    def lines_of(self, group: str, ground: str | None = None) -> list[Line]:
        """Return the lines of *group* that may be said, those that suit best first; equals take turns.

        What is owed comes first, those that say what another rewrite says come last. Lines that were offered to this
        contact of late are left out; where anything is better than nothing, they stand at the very end.
        """
        fitting = [line for line in self._fitting(group) if ground is None or line.ground == ground]
        ranked = self._rated(group, fitting)
        turn, about = self._turn + crc32(group.encode()), _ABOUT * (1 + self.message.seed)
        chosen = [line for rank in sorted(ranked, reverse=True) for line in _in_turn(ranked[rank], turn, about)]
        offered = self.message.offered
        if offered and self._least:
            chosen = [line for line in chosen if line.id not in offered]
        if offered or self._said:
            chosen.sort(key=lambda line: (line.id in offered, self._is_said(line)))
        return chosen

    def _rated(self, group: str, fitting: Sequence[Line]) -> dict[int, list[Rated]]:
        """Return the lines that suit well enough by rank, the highest the best."""
        ranked: dict[int, list[Rated]] = {}
        ranking = self.ranking_instead if group == "instead" else self.ranking
        if ranking is None or group not in RANKED:
            for line in fitting:
                ranked.setdefault(self._weight(line), []).append((1.0, line))
            return ranked
        least = max(self._least, _NOT_NEEDED.get(group, 0))
        remembering = _PICKING_UP if group == "reconnect" else _REMEMBERING
        for line, suits in zip(fitting, ranking.of(fitting), strict=True):
            owed = _OWED_WEIGHT.get(line.ground, 0)
            closer = remembering * (line.ground in self._events) + _FOR_CHANNEL * bool(line.channels)
            closer += _NAMING * (("thing" in line.slots) - line.has_blank)
            rated = (1.0 + closer if owed else suits + closer, line)
            if owed or suits >= least:
                ranked.setdefault(owed, []).append(rated)
        return ranked

    def _fitting(self, group: str) -> list[Line]:
        """Return the lines of *group* that may be said, in the file's order."""
        key = (group, self.context)
        if key not in self._fits_here:
            day = DAYS[self.message.today.weekday()]
            purpose = Purpose(
                self.register, self._stage, self._kinds, self.message.channel, self.context, self._several, day
            )
            slots = {ground: fact.values.keys() for ground, fact in self.facts.items() if self._stands(ground, group)}
            self._fits_here[key] = [
                line
                for line in self.lines.lines.meant_for(group, purpose)
                if line.ground in slots
                and line.slots <= slots[line.ground]
                and not (line.has_blank and "thing" in slots[line.ground])  # nothing is left open that is known
            ]
        return self._fits_here[key]

    def begin(self, least: float) -> None:
        """Choose for the first of several rewrites, of lines that suit *least* at least; at 0 of those offered, too."""
        self._least = least
        self._said.clear()
        # What was chosen before hangs on what had been said then.
        for chosen in ("memories", "_remembered"):
            self.__dict__.pop(chosen, None)

    def note(self, said: Said) -> None:
        """Remember what one rewrite says, so that the next one says something else."""
        self._said.append(set(folded_words(said.text)))

    def _is_said(self, line: Line) -> bool:
        """Tell whether most words of *line* stand in another rewrite."""
        most = _ALIKE * len(line.words)
        return any(len(line.words & said) > most for said in self._said)

    def needs_no_line(self, lines: Sequence[Line]) -> bool:
        """Tell whether what stays is better left as it is than followed by the first of *lines*."""
        if self.ranking is None or self.context == "nothing":
            return False
        best = self.ranking.of(lines[:1])
        return not best or best[0] < _BETTER_THAN_NONE

    def said(self, line: Line) -> Said:
        """Return *line* with its slots filled from the record."""
        fact = self.facts[line.ground]
        return filled(line, fact.values, fact.uses, self.lines)

    @cached_property
    def recalls(self) -> bool:
        """Whether the sender recalls something already."""
        return self.lines.cues["recalls"].stand_in(self._own)

    @cached_property
    def memories(self) -> tuple[Said, ...]:
        """Words that recall what the record holds, each of something else; nothing old, and none that was said of late.

        There are none where the sender recalls already.
        """
        return tuple(map(self.said, self._remembered))

    @cached_property
    def _remembered(self) -> tuple[Line, ...]:
        if self.recalls:
            return ()
        grounds = [ground for ground in MEMORY_GROUNDS if ground in self.facts and not self._is_stale(ground)]
        lines = [self.lines_of("memories", ground)[:1] for ground in grounds]
        fresh = tuple(line for first in lines for line in first if line.id not in self.message.offered)
        return () if any(self._is_told(self.said(line)) for line in fresh) else fresh

    def _is_stale(self, ground: str) -> bool:
        """Tell whether it would seem odd to recall *ground*: long ago, or long before the last time that the two spoke.

        How they met is never stale.
        """
        days = [event.date for event in self.message.past if event.id in self.facts[ground].uses]
        if ground == "met" or not days:
            return False
        talks = self.message.relation.conversations
        since = (talks[-1].date - max(days)).days if talks and ground in _RECALLED else 0
        return (self.message.today - max(days)).days > _REMEMBERED_DAYS or since > _SPOKEN_SINCE_DAYS

    def _is_told(self, said: Said) -> bool:
        """Tell whether the sender speaks of the same thing already."""
        own = set(self._own.split())
        return any(
            len(word) >= _TELLING_LETTERS and word in own for value in said.values for word in folded_words(value)
        )

    @property
    def is_pressed(self) -> bool:
        """Whether something waits for the sender: a promise, a wish of the contact, a thanks."""
        waits = not self._answers and not _WAITING.isdisjoint(self.facts)
        return waits or ("unthanked" in self.facts and not self._thanks)

    def _weight(self, line: Line) -> int:
        ground = _GROUND_WEIGHT.get(line.ground, _REMEMBERED_WEIGHT)
        place = _AFTER_WEIGHT * bool(line.after) + _CHANNEL_WEIGHT * bool(line.channels)
        return ground + _ASKS_WEIGHT * bool(line.asks) + place

    def _stands(self, ground: str, group: str) -> bool:
        """Tell whether lines of *group* may speak of what the record holds of *ground*, beside the sender's words."""
        return not (
            (self._answers and ground in _WAITING)
            or (self._thanks and ground in _THANKING and group != "reconnect")
            or (group in _SINCE and ground in _CONVERSATIONS and not self._is_latest(ground))
            or (group == "reconnect" and ground in _RECALLED and self.recalls)
        )

    def _is_latest(self, ground: str) -> bool:
        """Tell whether nothing was said since the fact of *ground*: only then has it been quiet since."""
        talks = self.message.relation.conversations
        return bool(talks) and self.facts[ground].uses == (talks[-1].id,)


def _in_turn(rated: Sequence[Rated], turn: int, about: float) -> list[Line]:
    """Return lines, the best rated first; those as good as the best, or less so by no more than *about*, take turns."""
    best = max(rate for rate, _ in rated)
    alike = [line for rate, line in rated if rate >= best - about]
    at = turn % len(alike)
    others = sorted((pair for pair in rated if pair[0] < best - about), key=lambda pair: -pair[0])
    return [*alike[at:], *alike[:at], *(line for _, line in others)]
