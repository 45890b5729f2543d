"""Phrases found as whole words in folded text; most texts are told to hold none by a look at their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from coltiva.tokens import fold

_WORD = re.compile(r"[\w\u0300-\u036f]+")
_GAPS = str.maketrans({sign: " " for sign in map(chr, range(128)) if not _WORD.match(sign)})
# Cues that are looked for in whole messages, and in no sentence.
_REGISTERS = frozenset(("informal", "formal", "vos", "tu", "against", "stiff", "others", "plural"))
# As people write who have no such keys: "waere".
_UMLAUT, _SPELLED_OUT = re.compile("[äöü]"), str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_MOST_KEPT = 2_048  # texts of which it is remembered what stands in them; a bound on memory


def _folded(phrases: Sequence[str]) -> list[str]:
    """Return *phrases* folded, without those of no word, the longest first."""
    spelled = [*phrases, *(phrase.translate(_SPELLED_OUT) for phrase in phrases if _UMLAUT.search(phrase))]
    return sorted({" ".join(folded_words(phrase)) for phrase in spelled} - {""}, key=len, reverse=True)


class _Index:
    """Tells of which lists a phrase stands in a text, or opens it; remembers texts.

    Args:
        phrases: name of a list → its phrases.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        # Words by themselves, with the names; longer phrases by two of their words side by side, which few other texts
        # hold: the longest ones, and for what opens a text the first ones.
        self._words: dict[str, list[str]] = {}
        self._phrases: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._openings: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for name, many in phrases.items():
            for phrase in _folded(many):
                words = phrase.split()
                if len(words) == 1:
                    self._words.setdefault(phrase, []).append(name)
                    continue
                pair = max(pairwise(words), key=lambda pair: len(pair[0]) + len(pair[1]))
                self._phrases.setdefault(pair, []).append((f" {phrase} ", name))
                self._openings.setdefault((words[0], words[1]), []).append((phrase, name))
        self.standing = lru_cache(_MOST_KEPT)(self._standing)
        self.opening = lru_cache(_MOST_KEPT)(self._opening)

    def _standing(self, words: str) -> frozenset[str]:
        """Return the names of the lists of which a phrase stands anywhere in *words*."""
        said, text = words.split(" "), f" {words} "
        names = {name for word in self._words.keys() & said for name in self._words[word]}
        for pair in self._phrases.keys() & pairwise(said):
            names.update([name for phrase, name in self._phrases[pair] if phrase in text])
        return frozenset(names)

    def _opening(self, words: str) -> Mapping[str, str]:
        """Return the names of the lists with a phrase that *words* begin with, each with its longest one."""
        first, _, rest = words.partition(" ")
        found = dict.fromkeys(self._words.get(first, ()), first)
        text = f"{words} "
        for phrase, name in reversed(self._openings.get((first, rest.partition(" ")[0]), ())):
            if text.startswith(f"{phrase} "):
                found[name] = phrase
        return found


class Cues:
    """Looks for any of *phrases* in folded words joined by spaces; finds nothing where there are none.

    Args:
        index: where others are looked for as well, it tells of all of them at once.
        name: the name of *phrases* in *index*.
    """

    def __init__(self, phrases: Sequence[str], index: _Index | None = None, name: str = "") -> None:
        self._phrases, self._name, self._index = phrases, name, index or _Index({name: phrases})

    @cached_property
    def _by_first(self) -> dict[str, list[list[str]]]:
        """The words of each phrase by the first of them, the longest phrase first."""
        by_first: dict[str, list[list[str]]] = {}
        for words in map(str.split, _folded(self._phrases)):
            by_first.setdefault(words[0], []).append(words)
        return by_first

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(f" {phrase}" for phrase in _folded(self._phrases))

    def stand_in(self, words: str) -> bool:
        """Tell whether a phrase stands anywhere in *words*."""
        return self._name in self._index.standing(words)

    def open(self, words: str) -> bool:
        """Tell whether *words* begin with a phrase."""
        return self._name in self._index.opening(words)

    def opening(self, words: str) -> str:
        """Return the phrase that *words* begin with, the longest; empty where there is none."""
        return self._index.opening(words).get(self._name, "")

    def end(self, words: str) -> bool:
        """Tell whether *words* end with a phrase."""
        return f" {words}".endswith(self._endings)

    def count(self, words: str) -> int:
        """Return how many phrases stand in *words*, one after the other, the longest where several begin."""
        if not self.stand_in(words):
            return 0
        said = words.split(" ")
        found, end = 0, 0
        for at in [at for at, word in enumerate(said) if word in self._by_first]:
            phrases = self._by_first[said[at]] if at >= end else ()
            size = next((len(phrase) for phrase in phrases if said[at : at + len(phrase)] == phrase), 0)
            if size:
                found, end = found + 1, at + size
        return found


class CueTable(dict[str, Cues]):
    """Cues by name, which share their look at a text: what stands in it is told once for all of them.

    Args:
        phrases: name → its phrases.

    Attributes:
        standing: tells the names of the cues of which a phrase stands in words.
        opening: tells the names of those with a phrase that opens words, each with its longest one.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        registers = {name: many for name, many in phrases.items() if name in _REGISTERS}
        others = {name: many for name, many in phrases.items() if name not in _REGISTERS}
        of_registers, of_others = _Index(registers), _Index(others)
        indexes = dict.fromkeys(registers, of_registers) | dict.fromkeys(others, of_others)
        super().__init__({name: Cues(many, indexes[name], name) for name, many in phrases.items()})
        self.standing, self.opening = of_others.standing, of_others.opening


def folded_words(text: str) -> list[str]:
    """Return the words of *text* folded; an apostrophe ends a word, and what is no letter or digit is left out."""
    if text.isascii():
        return text.lower().translate(_GAPS).split()
    return [word.lower() if word.isascii() else fold(word) for word in _WORD.findall(text)]
