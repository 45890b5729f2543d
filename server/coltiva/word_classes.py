"""Sets of words that phrases have in the same place, each with a number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(slots=True)
class WordClasses:
    """Sets of words that stand in the same place of a phrase, numbered."""

    numbers: dict[frozenset[str], int] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_prefix: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_shape: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def number(self, members: frozenset[str]) -> int:
        """Return the number of a class; members are folded words, ``abc*`` prefixes or ``<shape>`` slots."""
        known = self.numbers.get(members)
        if known is not None:
            return known
        number = self.numbers[members] = len(self.numbers)
        for member in members:
            if member.endswith("*"):
                self.by_prefix[member[:-1]].append(number)
            elif member.startswith("<"):
                self.by_shape[member[1:-1]].append(number)
            else:
                self.by_word[member].append(number)
        return number
