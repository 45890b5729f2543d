"""Third persons whom a message names, and whom it wants to be introduced to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coltiva.contacts import Contact
from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.pieces import Layout
from coltiva.tokens import fold

# Somebody's whole name inside a sentence, with the word before it.
_WHOLE_NAME = re.compile(
    r"(?<![\w’'-])([\w’']+),? ([A-ZÀ-Þ][\w'’-]*[a-zà-ÿ](?: (?:de|da|di|van|von|del|della|dos))?(?: [A-ZÀ-Þ][\w'’-]+)+)"
)


def strangers_in(text: str, contact: Contact, lines: RewriteLines) -> list[tuple[str, str]]:
    """Return the whole names in *text* but the contact's and the company's, each with the word before it."""
    known = {fold(word) for word in re.findall(r"\w+", f"{contact.name} {contact.company}")}
    found = [(match.group(1), match.group(2)) for match in _WHOLE_NAME.finditer(text)]
    folded = [(before, name, [fold(word) for word in re.findall(r"\w+", name)]) for before, name in found]
    # "Ihr Mann" is nobody's name, though both words have a capital.
    return [(b, name) for b, name, words in folded if not known & set(words) and words[0] not in lines.words["persons"]]


def target_of(layout: Layout, findings: Sequence[Finding], contact: Contact, lines: RewriteLines) -> str:
    """Return the one person to whom an introduction asked for too early is to lead; empty where that is not plain."""
    towards = lines.words["towards"]
    targets = {
        name
        for piece in layout.pieces
        if any(f.premature and f.kind == "introduction" and f.span.overlaps(piece.span) for f in findings)
        for before, name in strangers_in(piece.span.of(layout.text), contact, lines)
        if fold(before) in towards
    }
    return targets.pop() if len(targets) == 1 else ""
