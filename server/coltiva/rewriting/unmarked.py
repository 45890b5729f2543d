"""Where an ask begins that no mark parts from the words before it, so that these can stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coltiva.cues import folded_words
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.bare_closings import BareClosing
from coltiva.rewriting.marks import sets_no_marks
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span

_MIN_TOLD_WORDS = 3
_ASKING_WORDS = 2  # at the beginning of an ask: "could you …", "tu peux …"
_SHORT = 2  # letters of a word that leads on, such as "to" or "à"
_POSTSCRIPT = re.compile(r"(?i)(?<!\d)(?P<gap>\s+)p\.? ?[sd]\.?\s")  # not "100 PS"
_LAST_WORD = re.compile(r"[\w'’]+\s*\Z")


def unmarked_starts(
    text: str, body: Span, asks: Sequence[Span], lines: RewriteLines, address: AddressWords
) -> list[int]:
    """Return where sentences begin that hold an ask: on a line of its own, or behind words without a mark."""
    starts: list[int] = []
    is_bare = sets_no_marks(body.of(text)) and not lines.words["subjects"]
    for ask in asks:
        before = text[body.start : ask.start]
        if not body.start < ask.start < body.end:
            continue
        if before.rstrip(" ").endswith("\n"):
            starts.append(ask.start)
        # Where verbs come second, what stands before the verb may be its own: "für Ihre Leute | bieten wir Kurse".
        elif is_bare and len(before.split()) >= _MIN_TOLD_WORDS and _begins(before, ask.of(text), lines, address):
            starts.append(ask.start - _joining(before, lines))
    return starts


def postscript_starts(text: str, body: Span, bare: BareClosing) -> list[int]:
    """Return where a postscript begins that no mark parts from the rest, and the closing before it."""
    found = _POSTSCRIPT.search(text, body.start, body.end) if sets_no_marks(body.of(text)) else None
    if found is None:
        return []
    end = len(text[: found.start()].rstrip())
    closing = bare.start(text, body.start, end)
    return [found.end("gap"), *([closing] if closing < end else [])]


def _begins(before: str, ask: str, lines: RewriteLines, address: AddressWords) -> bool:
    """Tell whether a sentence may begin with *ask*: after a comma, or with words such as "could you"."""
    if before.rstrip().endswith(","):
        return True
    persons = address.first_person | address.second_person
    last = folded_words(before)[-1]
    leads_on = len(last) <= _SHORT and last not in lines.words["connectors"]
    leads_on = leads_on or last in lines.words["inner"] | lines.words["persons"] - lines.words["connectors"]
    return not leads_on and not persons.isdisjoint(folded_words(ask)[:_ASKING_WORDS])


def _joining(before: str, lines: RewriteLines) -> int:
    """Return how many characters the connector takes that joins an ask to what is told: "… in spreadsheets so"."""
    last = _LAST_WORD.search(before)
    joins = last is not None and bool(lines.words["connectors"].intersection(folded_words(last.group())))
    return len(last.group()) if last is not None and joins else 0
