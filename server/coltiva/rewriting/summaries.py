"""What the user wrote down, read for the few words that a line may say; nothing where it cannot be told for sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from coltiva.cues import folded_words
from coltiva.rewrite_lines import RewriteLines
from coltiva.tokens import fold

_MAX_WORDS = 5
_VOWELS, _ELIDED = frozenset("aeiouh"), frozenset(("il", "la", "le"))
_MOST_CUES = 512  # of all languages together; a bound on memory
_POSSESSIVE = re.compile(r"\w['’]s\Z")
_CLAUSE_END = re.compile(r"[,.;:()!?–—\n]")


def topic_of(summary: str, lines: RewriteLines) -> str:
    """Return the subject of a conversation as its summary names it; a private one is not named."""
    subject = _after_cue(summary, lines.cue_file.topics, lines)
    return "" if _is_private(subject, lines) else subject


def noted_of(note: str, lines: RewriteLines) -> dict[str, str]:
    """Return the subject of a note: what somebody has ``liked``, or the whole ``note`` where it is only a few words."""
    liked = _after_cue(note, lines.cue_file.interests, lines)
    if liked:
        return {"liked": liked}
    text = note.strip().rstrip(".")
    return {"note": text} if _is_subject(text, lines) else {}


def promised_of(text: str, lines: RewriteLines) -> str:
    """Return what was promised, where it is written as a thing with its article and is not private."""
    text = text.strip().rstrip(".")
    words = folded_words(text)
    begins = bool(words) and words[0] in lines.words["articles"] and text[:1].islower()
    is_named = begins and len(words) > 1 and _is_subject(text, lines) and not _is_private(text, lines)
    return text if is_named else ""


def gift_of(summary: str, lines: RewriteLines) -> str:
    """Return what was given, as its summary names it or by the first word that tells it."""
    handed = _handed_of(summary, lines)
    if handed:
        return handed
    for word in folded_words(summary):
        for stem, name in lines.file.gifts.items():
            if word.startswith(fold(stem)):
                return name
    return ""


def _handed_of(summary: str, lines: RewriteLines) -> str:
    """Return a thing that was handed over: "the trailer" of "lent me a trailer for the ewes"; not "his trailer"."""
    for cue in lines.cue_file.handed:
        match = _subject_after(cue).search(summary)
        thing = _thing_in(match.group(1).split(), lines) if match else ""
        if thing:
            return thing
    return ""


def _thing_in(words: list[str], lines: RewriteLines) -> str:
    """Return the noun with which *words* begin, with the article of what is known; nothing where it has none."""
    ends = lines.words["handed_ends"]
    first = words[0].lower()
    known = lines.file.definite.get(first, first)
    if known not in lines.words["articles"] or (ends and ends.isdisjoint(map(fold, words))):
        return ""
    rest = words[1:]
    if rest and fold(rest[0]) in lines.words["persons"]:
        rest = rest[1:]  # "le sue trascrizioni"
    stops = (lines.words["inner"] - lines.words["of_words"]) | ends
    length = next((at for at, word in enumerate(rest) if fold(word.partition("'")[0]) in stops), len(rest))
    # Before a vowel the article may be another one: "una idea", "l'idea".
    if not 0 < length <= _MAX_WORDS or (known != first and known in _ELIDED and fold(rest[0])[0] in _VOWELS):
        return ""
    thing = " ".join((known, *rest[:length]))
    return thing if _is_subject(thing, lines) and not _is_private(thing, lines) else ""


def _after_cue(text: str, cues: Sequence[str], lines: RewriteLines) -> str:
    """Return the words after one of *cues*, up to the end of the clause; a cue may end in the words' article."""
    for cue in cues:
        words, _, article = cue.partition("+")
        match = _subject_after(words).search(text)
        if match:
            subject = article + match.group(1).strip()
            if _is_subject(subject, lines):
                return subject
    return ""


@lru_cache(_MOST_CUES)
def _subject_after(words: str) -> re.Pattern[str]:
    """Return a pattern that finds what stands after *words*, up to the end of the clause."""
    return re.compile(rf"(?i)(?<!\w){re.escape(words)}(?:\s+|(?<=['’]))([^,.;:()!?–—\n]+)")


def _is_subject(text: str, lines: RewriteLines) -> bool:
    """Tell whether *text* is a few words that speak of a thing, not of a person or an event."""
    words = folded_words(text)
    return 0 < len(words) <= _MAX_WORDS and not _CLAUSE_END.search(text) and not lines.words["persons"] & set(words)


def _is_private(text: str, lines: RewriteLines) -> bool:
    """Tell whether *text* speaks of what nobody wants to be reminded of by somebody's message."""
    return lines.private.search(" ".join(folded_words(text))) is not None


def occasion_of(summary: str, lines: RewriteLines) -> str:
    """Return an occasion such as a fair with its place, ready to follow a line's words; or nothing.

    Only a summary that begins with a noun phrase around a known head is read, up to the first comma: what
    cannot be told to be one is not said.
    """
    phrase = _CLAUSE_END.split(summary.strip().rstrip("."), maxsplit=1)[0].strip()
    words = phrase.split()
    folded = [fold(word) for word in words]
    inner = lines.words["inner"]
    for head, form in lines.file.occasions.items():
        at = _head_place(folded, head)
        if at is None:
            continue
        tail = words[at + 1 :]
        if not inner.isdisjoint(folded[:at]):
            continue
        if tail and (fold(re.split(r"['’]", tail[0])[0]) not in inner or (len(tail) == 1 and "'" not in tail[0])):
            continue
        if len(tail) > _MAX_WORDS or not lines.words["persons"].isdisjoint(folded) or _is_private(phrase, lines):
            continue
        if (at == 0 and not head.startswith("-")) or folded[0] in lines.words["lowers"]:
            words = [words[0][0].lower() + words[0][1:] if not words[0].isupper() else words[0], *words[1:]]
        # "Keeley's wedding" has its article already.
        is_owned = any(_POSSESSIVE.search(word) for word in words[:at])
        return " ".join(words) if is_owned else form.format(it=" ".join(words))
    return ""


def _head_place(words: Sequence[str], head: str) -> int | None:
    """Return where the head of an occasion stands in folded *words*.

    ``-messe`` is the end of the first word, ``+fair`` may follow up to two words, ``fiera`` is the first word.
    """
    if not words:
        return None
    sign, known = _parted(head)
    if sign == "+":
        places = [i for i, word in enumerate(words[:3]) if word == known]
        return places[-1] if places else None
    return 0 if words[0] == known or (sign and words[0].endswith(known)) else None


@lru_cache(_MOST_CUES)
def _parted(head: str) -> tuple[str, str]:
    """Return the sign that a head begins with, if any, and the rest folded."""
    return (head[0], fold(head[1:])) if head.startswith(("-", "+")) else ("", fold(head))
