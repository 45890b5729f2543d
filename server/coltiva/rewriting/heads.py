"""Subject and greeting of a message whose open fields nothing in the record fills."""

from __future__ import annotations

from coltiva.cues import folded_words
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.change import Change
from coltiva.rewriting.open_fields import OPEN_FIELD, TITLE_FIELD
from coltiva.rewriting.pieces import SUBJECT_LINE, Layout
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span

_EITHER_WORDS = 2  # "Sehr geehrte/r", "Estimado(a)"


def mended_head(
    layout: Layout, address: AddressWords, lines: RewriteLines
) -> tuple[str, tuple[Change, ...], tuple[str, ...]]:
    """Take open fields out of subject and greeting, or leave them as blanks where something would be missing.

    Returns:
        The head, what changed, and the blanks: "Dear [name]", "Ideas for [company]", but "Hello".
    """
    changes: list[Change] = []
    blanks: list[str] = []
    head = layout.head
    subject = SUBJECT_LINE.match(head)
    greeting = subject.end() if subject else 0
    for match in reversed(list(OPEN_FIELD.finditer(head))):
        field, start, end = match.group(), match.start(), match.end()
        before = folded_words(OPEN_FIELD.sub(" ", head[greeting:start]))
        needs = end <= greeting or _needs_name(before, address, lines)
        if needs and not TITLE_FIELD.search(field):
            comes = f"[{field.strip('[]{}<>% ')}]"
            blanks.append(comes)
        else:
            comes = ""
            kept = head[:start].rstrip(" ,") if head[:start].strip() else ""
            start, end = len(kept), end if kept else end + len(head[end:]) - len(head[end:].lstrip(" "))
        if head[start:end] != comes:
            changes.insert(0, Change(Span(start, end), head[start:end], comes, "placeholder"))
            head = head[:start] + comes + head[end:]
    return head, tuple(changes), tuple(reversed(blanks))


def _needs_name(before: list[str], address: AddressWords, lines: RewriteLines) -> bool:
    """Tell whether a greeting says nothing without a name: "Dear", "Mr", "Estimado(a)", or nothing else."""
    alone = address.titles | lines.words["formal_greetings"]
    return not before or not alone.isdisjoint(before[-_EITHER_WORDS:])
