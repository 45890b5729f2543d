"""How well each line suits what stays of a message, as the ranker weighs it, and what it is told for that."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coltiva.cues import folded_words
from coltiva.history import Stage
from coltiva.reader.ranker import KnownLine, Ranker
from coltiva.reader.words import Vectors
from coltiva.rewrite_file import GROUNDS, GROUPS
from coltiva.rewrite_lines import Line, line_id
from coltiva.rewriting.beside import ASK_KINDS
from coltiva.rule_tables import CHANNELS

NOTHING = "none"  # the group of what adds nothing
# The groups whose lines people have judged.
RANKED = frozenset(("memories", "wait", "smaller", "give_first", "reconnect"))
_LONG_WORD = 5  # letters
_SLOT = re.compile(r"\{\w+\}")
_STAGES = tuple(stage.word for stage in Stage)
_WORDING = (
    *("nothing_stays", "words_stay", "words", "ends_asking", "asks", "ends_calling", "breaks"),
    *("no_greeting", "greeting_words", "no_farewell", "comma_greets", "small"),
)
# The names of the numbers, in their order.
MESSAGE_MARKS = (
    *_WORDING,
    *(f"stage:{stage}" for stage in _STAGES),
    *(f"ask:{kind}" for kind in ASK_KINDS),
    *(f"channel:{channel}" for channel in CHANNELS),
)
_GROUPS = (*GROUPS, NOTHING)
LINE_MARKS = (
    *(f"group:{group}" for group in _GROUPS),
    *(f"ground:{ground}" for ground in GROUNDS),
    *("question", "blank", "length", "calls"),
)


@dataclass(frozen=True)
class Surroundings:
    """What a line would stand among.

    Attributes:
        head, own, tail: greeting, what stays of the body, and farewell.
        asks: the asks that go.
        kinds: the kinds of the asks that come too early.
    """

    head: str
    own: str
    tail: str
    asks: str
    stage: str
    channel: str
    kinds: Sequence[str]

    @cached_property
    def parts(self) -> tuple[list[str], ...]:
        """The folded words of what stays, of the asks, of the greeting, and of the farewell."""
        return folded_words(self.own), folded_words(self.asks), folded_words(self.head), folded_words(self.tail)

    def marks(self) -> list[float]:
        """Return the numbers of ``MESSAGE_MARKS``."""
        own, _, head, _ = self.parts
        bare = self.own.rstrip()
        return [
            float(not own),
            math.log(1 + len(own)),
            math.log(1 + sum(map(len, self.parts))),
            float(bare.endswith("?")),
            float("?" in bare),
            float(bare.endswith("!")),
            float("\n" in bare),
            float(not head),
            math.log(1 + len(head)),
            float(not self.tail.strip()),
            float(self.head.rstrip().endswith(",")),
            float((self.head + self.own + self.asks).islower()),
            *(float(stage == self.stage) for stage in _STAGES),
            *(float(kind in self.kinds) for kind in ASK_KINDS),
            *(float(channel == self.channel) for channel in CHANNELS),
        ]

    @cached_property
    def long_words(self) -> frozenset[str]:
        """The long words that stay."""
        own, _, head, _ = self.parts
        return long_words([*head, *own])


def line_words(text: str) -> list[str]:
    """Return the folded words of a line without what is filled in."""
    return folded_words(_SLOT.sub(" ", text))


def line_marks(group: str, ground: str, text: str) -> list[float]:
    """Return the numbers of ``LINE_MARKS``."""
    return [
        *(float(group == one) for one in _GROUPS),
        *(float(ground == one) for one in GROUNDS),
        float("?" in text),
        float("[" in text),
        math.log(1 + len(line_words(text))),
        float("!" in text),
    ]


def long_words(words: Sequence[str]) -> frozenset[str]:
    """Return those of *words* of which it is heard that they come again."""
    return frozenset(word for word in words if len(word) >= _LONG_WORD)


_NOTHING_SAID = (NOTHING, line_id(NOTHING, ""), "", "")


class Ranking:
    """Tells how well lines suit one message."""

    def __init__(self, surroundings: Surroundings, ranker: Ranker) -> None:
        self._surroundings, self._ranker = surroundings, ranker
        self._known: dict[str, float] = {}

    @cached_property
    def _message(self) -> Vectors:
        return self._ranker.of_message(self._surroundings.parts, self._surroundings.marks())

    def weigh(self, by_group: Mapping[str, Sequence[Line]]) -> None:
        """Weigh the lines of several groups of ``RANKED``, and saying nothing, in one go."""
        said = [(group, line.id, line.ground, line.text) for group, lines in by_group.items() for line in lines]
        weighed = [self._taken_in(*one) for one in (*said, _NOTHING_SAID)]
        shared = [len(one.long_words & self._surroundings.long_words) for one in weighed]
        names = [name for _, name, _, _ in (*said, _NOTHING_SAID)]
        self._known.update(zip(names, self._ranker.suits(self._message, weighed, shared), strict=True))

    def of(self, group: str, lines: Sequence[Line]) -> list[float]:
        """Return how well each of *lines* of a group suits, from 0 to 1."""
        if any(line.id not in self._known for line in lines):
            self.weigh({group: lines})
        return [self._known[line.id] for line in lines]

    def of_nothing(self) -> float:
        """Return how well it suits that nothing is added."""
        if _NOTHING_SAID[1] not in self._known:
            self.weigh({})
        return self._known[_NOTHING_SAID[1]]

    def _taken_in(self, group: str, name: str, ground: str, text: str) -> KnownLine:
        known = self._ranker.known_line(name)
        if known is None:
            words = line_words(text)
            known = self._ranker.take_in(name, words, line_marks(group, ground, text), long_words(words))
        return known
