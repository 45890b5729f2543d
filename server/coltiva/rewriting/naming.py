"""Third persons whom a message names, and whom it wants to be introduced to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coltiva.contacts import Contact
from coltiva.cues import folded_words
from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.pieces import Layout
from coltiva.tokens import fold

# Somebody's whole name inside a sentence, with the word before it.
_WHOLE_NAME = re.compile(
    r"(?<![\w’'-])([\w’']+),? ([A-ZÀ-Þ][\w'’-]*[a-zà-ÿ](?: (?:de|da|di|van|von|del|della|dos))?(?: [A-ZÀ-Þ][\w'’-]+)+)"
)
# What every such name holds: two capitals, each behind a space. A quick look spares most sentences a slow one.
_TWO_CAPITALS = re.compile(r" [A-ZÀ-Þ][\w’'÷ -]* [A-ZÀ-Þ]")


def strangers_in(text: str, contact: Contact, lines: RewriteLines) -> list[tuple[str, str]]:
    """Return the whole names in *text* of persons but contact, company and sender, each with the word before it."""
    if not _TWO_CAPITALS.search(text):
        return []
    known = {fold(word) for word in re.findall(r"\w+", f"{contact.name} {contact.company}")}
    names = _WHOLE_NAME.finditer(text)
    own = lines.cues["introduces"]
    found = [(m.group(1), m.group(2)) for m in names if not own.end(" ".join(folded_words(text[: m.start(2)])))]
    folded = [(before, name, [fold(word) for word in re.findall(r"\w+", name)]) for before, name in found]
    # "Ihr Mann" is nobody's name, though both words have a capital, nor is "La Pergola".
    no_name = lines.words["persons"] | lines.words["articles"]
    return [(b, name) for b, name, words in folded if not known & set(words) and words[0] not in no_name]


def target_of(layout: Layout, findings: Sequence[Finding], contact: Contact, lines: RewriteLines) -> str:
    """Return the one person to whom an introduction asked for too early is to lead; empty where that is not plain."""
    towards = lines.words["towards"]
    asks = [finding.span for finding in findings if finding.premature and finding.kind == "introduction"]
    targets = {
        name
        for piece in (layout.pieces if asks else ())
        if any(ask.overlaps(piece.span) for ask in asks)
        for before, name in strangers_in(piece.span.of(layout.text), contact, lines)
        if fold(before) in towards
    }
    return targets.pop() if len(targets) == 1 else ""
