"""Long words with one letter wrong, read as the word of the rules they must have been."""

from __future__ import annotations

from collections.abc import Iterable

MIN_LETTERS = 7  # shorter words have too many neighbours that are words themselves (D: own choice)


def _neighbours(word: str) -> Iterable[str]:
    """Yield *word* with one letter left out, each way."""
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


class Respeller:
    """Finds the one known word that differs by a letter missing, doubled, wrong or swapped."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = {w for w in known if len(w) >= MIN_LETTERS and w.isalpha()}
        self._shortened: dict[str, set[str]] | None = None

    def _table(self) -> dict[str, set[str]]:
        if self._shortened is None:
            self._shortened = {}
            for word in self._known:
                for shorter in _neighbours(word):
                    self._shortened.setdefault(shorter, set()).add(word)
        return self._shortened

    def closest(self, word: str) -> str | None:
        """Return the known word that *word* misspells, or None where there is none or more than one."""
        if len(word) < MIN_LETTERS - 1 or len(word) > 30 or not word.isalpha():
            return None
        table = self._table()
        candidates = set(table.get(word, ()))
        for shorter in _neighbours(word):
            if shorter in self._known:
                candidates.add(shorter)
            if len(word) >= MIN_LETTERS:
                candidates.update(w for w in table.get(shorter, ()) if _is_safe(word, w))
        candidates = {c for c in candidates if c[0] == word[0] and c[-1] == word[-1]}
        return candidates.pop() if len(candidates) == 1 else None


def _is_safe(word: str, known: str) -> bool:
    """Tell whether two words of one length differ by a swap, or by one letter inside."""
    if len(word) != len(known):
        return False
    different = [i for i, (a, b) in enumerate(zip(word, known, strict=True)) if a != b]
    if len(different) == 1:
        return 2 <= different[0] < len(word) - 2
    return (
        len(different) == 2
        and different[1] == different[0] + 1
        and word[different[0]] == known[different[1]]
        and word[different[1]] == known[different[0]]
    )
