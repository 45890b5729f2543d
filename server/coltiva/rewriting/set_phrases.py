"""A set phrase before words that turn to the contact, taken out: "I came across your profile and | love your maps"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from coltiva.cues import folded_words
from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.change import Rewriting, Suggestion
from coltiva.rewriting.message import Message
from coltiva.rewriting.open_fields import filled
from coltiva.rewriting.pieces import Piece, cut
from coltiva.rewriting.removing import faults_of, found_on
from coltiva.rewriting.rewriter import Rewriter
from coltiva.rewriting.trimming import Read, Trimmed, begun
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span
from coltiva.tokens import fold

_FEWEST_WORDS = 4  # of what is left
_WORD = re.compile(r"\w+")


def rewritten(
    message: Message, read: Read, rewriter_of: Callable[[Message], Rewriter], address: AddressWords, lines: RewriteLines
) -> Rewriting:
    """Return the rewrites of a message that asks too early, its open fields filled and without set phrases."""
    full = filled(message, read, address, lines)
    left = without_set_phrases(full.message, read, address, lines)
    found = rewriter_of(left.message).rewrite()
    return _placed(_placed(found, left, full.message, "template"), full, message, "placeholder")


def _placed(found: Rewriting, left: Trimmed, message: Message, why: str) -> Rewriting:
    """Return what was *found* for what is left of *message*, with its places in that message."""
    if left.message is message:
        return found
    rewrites = [replace(one, changes=left.changes(why, one.changes)) for one in found.rewrites]
    numbers = {(finding.kind, finding.span): number for number, finding in enumerate(message.findings)}
    suggestions: dict[int, tuple[Suggestion, ...]] = {}
    for number, many in found.suggestions.items():
        finding = left.message.findings[number]
        placed = tuple(replace(one, span=left.placed(one.span)) for one in many)
        at = numbers.get((finding.kind, left.placed(finding.span)))
        if at is not None:
            suggestions[at] = placed
    return Rewriting(tuple(rewrites), suggestions)


def without_set_phrases(message: Message, read: Read, address: AddressWords, lines: RewriteLines) -> Trimmed:
    """Return *message* without set phrases before clauses in which the sender likes something of the contact's.

    What is left is the sender's own clause, with the subject that it shared with the one before.
    """
    left = Trimmed.of(message)
    phrases = [finding for finding in message.findings if finding.kind == "template"]
    if not phrases or not lines.cues["admires"].stand_in(" ".join(folded_words(message.draft.text))):
        return left
    asks = tuple(finding.span for finding in message.findings if finding.category == "ask")
    layout = cut(message.draft, address, lines, message.contact, asks)
    for piece in reversed(layout.pieces):
        here = found_on(piece, message.findings)
        phrase = next((finding for finding in here if finding in phrases), None)
        if phrase is None or any(finding.category == "ask" for finding in here):
            continue
        found = _opening(layout.text, piece, phrase, address, lines)
        if found is None:
            continue
        goes, comes = found
        trimmed = left.without(goes, comes, read)
        begun = Span(goes.start, piece.span.end - (goes.end - goes.start) + len(comes))
        if not any(finding.span.overlaps(begun) for finding in faults_of(trimmed.message.findings)):
            left = trimmed
    return left


def _opening(
    text: str, piece: Piece, phrase: Finding, address: AddressWords, lines: RewriteLines
) -> tuple[Span, str] | None:
    """Return what goes at the beginning of a sentence, and what comes in its place; None where nothing may go alone."""
    core, behind = piece.span.of(text), phrase.span.start - piece.span.start
    for mark in lines.connectors.finditer(core, max(behind, 0)):
        joined = folded_words(mark.group())
        rest = folded_words(core[mark.end() :])
        if lines.words["coordinators"].issuperset(joined) and _likes(rest, address, lines):
            subject = _subject(rest, core[: mark.start()], address, lines)
            begins = piece.span.start
            return begun(text, begins, begins + mark.end(), lines, subject) if subject is not None else None
    return None


def _likes(words: list[str], address: AddressWords, lines: RewriteLines) -> bool:
    """Tell whether a clause says that the sender likes something of the contact's."""
    # Where subjects are dropped verbs alone may say whom they speak of: "me encanta lo que hacéis".
    turns = lines.cue_file.drops_subjects or not address.second_person.isdisjoint(words)
    return turns and len(words) >= _FEWEST_WORDS and lines.cues["admires"].stand_in(" ".join(words))


def _subject(rest: list[str], before: str, address: AddressWords, lines: RewriteLines) -> str | None:
    """Return the subject that a clause shares with the one *before*; empty for its own, None where it lacks one."""
    if lines.cue_file.drops_subjects or rest[0] in address.first_person | address.second_person:
        return ""
    shared = lines.words["shared"]
    return next((word for word in _WORD.findall(before) if fold(word) in shared), None)
