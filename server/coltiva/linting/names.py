"""The name in the greeting against the contact's: "Hi Marc" to Mark is read before anything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject
from coltiva.tokens import fold

RULE = "core/wrong-name"
_MAX_GREETING_WORDS = 6
_MIN_LETTERS = 2


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
    if ends_there and not any(_same_name(word, part, words.pet_names) for word in named for part in known):
        yield Finding("signal", "wrong_name", RULE, subject.word_span(at, last), Severity.WARNING)


def _same_name(typed: str, recorded: str, pet_names: Mapping[str, Set[str]]) -> bool:
    """Tell whether two folded names may be one: equal, an initial, a short form, or a pet name that is listed."""
    if typed == recorded:
        return True
    shorter, longer = sorted((typed, recorded), key=len)
    if recorded in pet_names.get(typed, ()) or typed in pet_names.get(recorded, ()):
        return True
    return (len(shorter) >= _MIN_LETTERS and longer.startswith(shorter)) or (len(shorter) == 1 and longer[0] == shorter)
