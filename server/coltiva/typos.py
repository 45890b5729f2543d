"""Long words with one letter wrong, read as the word of the rules they must have been."""

from __future__ import annotations

from collections.abc import Iterable

MIN_LETTERS = 7  # shorter words have too many neighbours that are words themselves (D: own choice)
_MAX_LETTERS = 30
_EDGE = 3  # letters; one slip in a long word leaves as many untouched at its start or at its end


class Respeller:
    """Finds the one known word that differs by a letter missing, doubled, wrong or swapped."""

    def __init__(self, known: Iterable[str]) -> None:
        # Few words share an edge and the letter at the other end, so that each of them can be compared.
        self._by_edge: dict[str, list[str]] = {}
        for word in {w for w in known if len(w) >= MIN_LETTERS and w.isalpha()}:
            for edge in _edges(word):
                self._by_edge.setdefault(edge, []).append(word)

    def closest(self, word: str) -> str | None:
        """Return the known word that *word* misspells, or None where there is none or more than one."""
        if not MIN_LETTERS - 1 <= len(word) <= _MAX_LETTERS or not word.isalpha():
            return None
        found = {known for edge in _edges(word) for known in self._by_edge.get(edge, ()) if _is_slip(word, known)}
        return found.pop() if len(found) == 1 else None


def _edges(word: str) -> tuple[str, str]:
    """Return the letters at the start with the last one, and the first one with the letters at the end."""
    return f"{word[:_EDGE]}~{word[-1]}", f"{word[0]}~{word[-_EDGE:]}"


def _is_slip(word: str, known: str) -> bool:
    """Tell whether *word* is *known* with one letter missing, doubled or too many, wrong inside, or two swapped."""
    if len(word) == len(known):
        return _is_safe(word, known)
    shorter, longer = sorted((word, known), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    return shorter[same:] == longer[same + 1 :]


def _is_safe(word: str, known: str) -> bool:
    """Tell whether two words of one length differ by a swap, or by one letter inside."""
    different = [i for i, (a, b) in enumerate(zip(word, known, strict=True)) if a != b]
    if len(different) == 1:
        return 2 <= different[0] < len(word) - 2
    return (
        len(different) == 2
        and different[1] == different[0] + 1
        and word[different[0]] == known[different[1]]
        and word[different[1]] == known[different[0]]
    )
