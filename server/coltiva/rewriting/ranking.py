"""How well each line suits what stays of a message, as the ranker weighs it, and what it is told for that."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from coltiva.cues import folded_words
from coltiva.history import Stage
from coltiva.reader.ranker import Ranker, ToldLine
from coltiva.rewrite_file import GROUNDS, STRATEGIES
from coltiva.rewrite_lines import Line, RewriteLines, line_id
from coltiva.rewriting.beside import ASK_KINDS
from coltiva.rule_tables import CHANNELS

NOTHING = "none"  # the group of what adds nothing
# Whether people judged by what they would sign themselves; the ranker always asks for that.
STRICTLY = "strictly"
# The groups whose lines people have judged.
RANKED = frozenset(("memories", "instead", "wait", "smaller", "give_first", "reconnect"))
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
    STRICTLY,
)
_GROUPS = ("memories", "instead", *STRATEGIES, NOTHING)
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
        strictly: whether a line has to be such as people would sign.
    """

    head: str
    own: str
    tail: str
    asks: str
    stage: str
    channel: str
    kinds: Sequence[str]
    strictly: bool = True

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
            float(self.strictly),
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


class Ranking:
    """Tells how well lines suit one message.

    Args:
        lines: the language's; those of ``RANKED`` can be told of.
    """

    def __init__(self, surroundings: Surroundings, ranker: Ranker, lines: RewriteLines) -> None:
        network = ranker.network
        if (network.message_marks, network.line_marks) != (MESSAGE_MARKS, LINE_MARKS):
            raise ValueError("ranker.npz: expected numbers as they are told now; it learnt from others (make reader)")
        self._surroundings, self._ranker = surroundings, ranker
        self._known = ranker.lines_of(lines, lambda: _told(lines))

    @cached_property
    def _chances(self) -> list[float]:
        """How well each line suits; all are weighed in one go."""
        message = self._ranker.of_message(self._surroundings.parts, self._surroundings.marks())
        return self._ranker.suits(message, self._surroundings.long_words, self._known)

    def of(self, lines: Sequence[Line]) -> list[float]:
        """Return how well each of *lines* suits, from 0 to 1."""
        chances, places = self._chances, self._known.places
        return [chances[places[line.id]] for line in lines]


def _told(lines: RewriteLines) -> Iterator[ToldLine]:
    """Yield the lines of ``RANKED``."""
    for group in filter(RANKED.__contains__, lines.lines):
        for line in lines.lines[group]:
            text = lines.file.judged_as.get(line.text, line.text)
            words, marks = line_words(text), line_marks(group, line.ground, text)
            yield ToldLine(line.id, words, marks, long_words(words), line_id(group, text))
