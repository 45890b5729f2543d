"""The name in the greeting against the contact's: "Hi Marc" to Mark is read before anything else."""

from __future__ import annotations

from collections.abc import Iterable

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject
from coltiva.tokens import fold

RULE = "core/wrong-name"
_MAX_GREETING_WORDS = 6
_MIN_LETTERS = 2
# A pet name keeps the first letter and the order of its consonants: Bia for Beatriz, Lety for Leticia.
_MAX_PET_LETTERS, _LESS_AT_LEAST = 5, 2
_VOWELS = frozenset("aeiouy")


def find_wrong_name(subject: Subject) -> Iterable[Finding]:
    """Yield a finding where the greeting names somebody else than the contact.

    Only a capitalised word right after a greeting (and titles) counts, so that "Hi there" and "Ciao
    carissimo" are left alone; any part of the contact's name, or a nickname that starts alike, is right.
    """
    tokens, words = subject.draft.tokens, subject.pack.words
    if not tokens.words or tokens.words[0] not in words.greetings:
        return
    at, most = 1, min(len(tokens.words), _MAX_GREETING_WORDS)
    while at < most and (tokens.words[at] in words.greetings or tokens.words[at] in words.titles):
        at += 1
    if at >= len(tokens.words) or not tokens.capitals[at] or tokens.breaks[at]:
        return
    known = {fold(part) for part in subject.contact.name.replace("-", " ").replace(".", " ").split()}
    if not known:
        return
    last = at + 1
    while last < len(tokens.words) and tokens.capitals[last] and not tokens.breaks[last] and last - at < 3:
        last += 1
    ends_there = last == len(tokens.words) or tokens.breaks[last] > 0
    named = tokens.words[at:last]
    if ends_there and not any(_same_name(word, part) for word in named for part in known):
        yield Finding("signal", "wrong_name", RULE, subject.word_span(at, last), Severity.WARNING)


def _same_name(typed: str, recorded: str) -> bool:
    """Tell whether two folded names may be one: equal, an initial, or a short form."""
    if typed == recorded:
        return True
    shorter, longer = sorted((typed, recorded), key=len)
    is_short = len(shorter) >= _MIN_LETTERS and longer.startswith(shorter)
    return is_short or (len(shorter) == 1 and longer[0] == shorter) or _is_pet_name(typed, recorded)


def _is_pet_name(typed: str, recorded: str) -> bool:
    """Tell whether a short folded name may be made of a longer one; ``lara`` is not of ``laura``."""
    if len(typed) > _MAX_PET_LETTERS or len(recorded) - len(typed) < _LESS_AT_LEAST or typed[0] != recorded[0]:
        return False
    rest = iter(recorded)
    return len(typed) > _MIN_LETTERS and all(letter in rest for letter in typed if letter not in _VOWELS)
