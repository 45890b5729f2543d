"""A sentence that tells something and then asks, cut in two, so that what it tells can stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coltiva.cues import folded_words
from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.pieces import Layout, Piece
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span

_MIN_TOLD_WORDS = 5  # fewer were half a thought: "Here is my calendar", "We remind your guests"
_MAX_WORDS_TO_THE_ASK = 2
_MAX_CONDITION_WORDS = 12
_MAX_LOOSE_WORDS = 3
_CLAUSE_ENDS = re.compile(r"\s*[,;]\s+|\s+[–—-]\s+")
_LONGEST_CONNECTOR = 40  # characters
_NO_TELLING = frozenset(("conditions", "lead_ins", "orphans"))  # cues of clauses that cannot stand alone
_FIRST_MARK = re.compile(r"(?:[,:;…]|\.{2,3}|\s[–—-])(?=\s)")
_STOPS = re.compile(r"[.!?…]*[)\]\"”»']*\Z")


def split_at_asks(
    layout: Layout, findings: Sequence[Finding], faults: Sequence[Finding], address: AddressWords, lines: RewriteLines
) -> Layout:
    """Return *layout* with each sentence cut where an ask, or what leads up to one, begins after a clause that tells.

    Args:
        faults: the findings for which a sentence goes.
    """
    if not layout.pieces or not any(finding.premature for finding in faults):
        return layout
    pieces: list[Piece] = []
    on = [[finding for finding in faults if finding.span.overlaps(piece.span)] for piece in layout.pieces]
    asking = [any(finding.premature for finding in here) for here in on]
    for piece, here, asks, asks_next in zip(layout.pieces, on, asking, [*asking[1:], False], strict=True):
        at = _cut_place(layout.text, piece, here, address, lines) if asks else None
        if not here and asks_next:
            at = _loose_place(layout.text, piece, lines)
        if not here and not at:
            at = _lead_in_place(layout.text, piece, address, lines)
        pieces += halves(layout.text, piece, *at) if at else [piece]
    return _with(layout, pieces)


def split_at_resumed(layout: Layout, findings: Sequence[Finding], lines: RewriteLines) -> Layout:
    """Return *layout* cut behind what takes an early ask up again: "Either way, | thanks for the tip"."""
    first = min((finding.span.end for finding in findings if finding.premature), default=len(layout.text))
    pieces: list[Piece] = []
    for piece in layout.pieces:
        end = _resumed_end(layout.text, piece, lines) if piece.span.start >= first else 0
        if not end:
            pieces.append(piece)
            continue
        rest = piece.span.of(layout.text)[end:].lstrip()
        opening, resumed = halves(layout.text, piece, piece.span.start + end, piece.span.end - len(rest))
        pieces += [replace(opening, closing=""), replace(resumed, resumed=True)]
    return _with(layout, pieces)


def _with(layout: Layout, pieces: Sequence[Piece]) -> Layout:
    """Return *layout* cut into *pieces*; itself where none of its own was cut."""
    return layout if len(pieces) == len(layout.pieces) else replace(layout, pieces=tuple(pieces))


def _resumed_end(text: str, piece: Piece, lines: RewriteLines) -> int:
    """Return where the opening of a piece ends that takes an ask up again, with its mark, or 0; from its start."""
    opening = lines.cues["resumes"].opening(piece.words)
    if not opening:
        return 0
    core = piece.span.of(text)
    mark = _FIRST_MARK.search(core)
    return mark.end() if mark and " ".join(folded_words(core[: mark.start()])) == opening else 0


def _cut_place(
    text: str, piece: Piece, faults: Sequence[Finding], address: AddressWords, lines: RewriteLines
) -> tuple[int, int] | None:
    """Return where the telling clause ends and where the ask begins, or nothing where they cannot be parted."""
    core = piece.span.of(text)
    first = min(finding.span.start for finding in faults) - piece.span.start
    found = None
    for match in lines.connectors.finditer(core):
        if match.start() > first:
            break
        if core[match.end() :].partition(" ")[0].lower() in lines.words["relatives"]:
            continue  # it says more of the word before it
        if not _leads_to_ask(core[match.end() : max(first, match.end())], lines):
            continue
        end = _told_end(core, match.start(), lines)
        if tells(core[:end], address, lines):
            found = piece.span.start + end, piece.span.start + match.end()
    return found


def _told_end(core: str, end: int, lines: RewriteLines) -> int:
    """Return where a clause ends without its last connector: "I mend sails | so that, if it suits you, …"."""
    nearby = lines.connectors.finditer(core, max(0, end - _LONGEST_CONNECTOR), end + 1)
    last = next((match for match in nearby if match.end() == end), None)
    return last.start() if last else end


def _lead_in_place(text: str, piece: Piece, address: AddressWords, lines: RewriteLines) -> tuple[int, int] | None:
    """Return where a clause begins that leads up to an ask: 'I loved the tour, | and I have a quick question'."""
    core, lead_ins = piece.span.of(text), lines.cues["lead_ins"]
    if not lead_ins.stand_in(piece.words):
        return None
    found = None
    for match in lines.connectors.finditer(core):
        end, rest = _told_end(core, match.start(), lines), " ".join(folded_words(core[match.end() :]))
        if lead_ins.stand_in(rest) and tells(core[:end], address, lines):
            found = piece.span.start + end, piece.span.start + match.end()
    return found


def _loose_place(text: str, piece: Piece, lines: RewriteLines) -> tuple[int, int] | None:
    """Return where words begin that lead to the next sentence: "It may happen; in that case, | …", or a condition."""
    core = piece.span.of(text)
    last = list(_CLAUSE_ENDS.finditer(core[:-1]))[-1:] if core.endswith(",") else []
    words = folded_words(core[last[0].end() :]) if last else []
    bare = words[1:] if words and words[0] in lines.words["connectors"] else words
    leads = len(words) <= _MAX_LOOSE_WORDS or lines.cues["conditions"].open(" ".join(bare))
    if not last or not leads:
        return None
    return piece.span.start + _told_end(core, last[0].start(), lines), piece.span.start + last[0].end()


def _leads_to_ask(between: str, lines: RewriteLines) -> bool:
    """Tell whether what stands between a connector and an ask is nothing much, or the ask's own condition."""
    words = folded_words(between)
    if len(words) <= _MAX_WORDS_TO_THE_ASK:
        return True
    return len(words) <= _MAX_CONDITION_WORDS and bool(lines.cues["conditions"].open(" ".join(words)))


def tells(clause: str, address: AddressWords, lines: RewriteLines) -> bool:
    """Tell whether *clause* says something of the sender and can stand alone."""
    words = folded_words(clause)
    joined = " ".join(words)
    if len(words) < _MIN_TOLD_WORDS or any(clause.count(a) != clause.count(b) for a, b in ("()", "“”", "«»", "„“")):
        return False
    if address.first_person.isdisjoint(words) and lines.words["tells"].isdisjoint(words):
        return False
    if not _NO_TELLING.isdisjoint(lines.cues.standing(joined)):
        return False
    if lines.cues["framing"].open(joined) and lines.words["finite"].isdisjoint(words):
        return False
    return not lines.cues["leaning"].open(joined)


def halves(text: str, piece: Piece, told_end: int, ask_start: int) -> list[Piece]:
    """Return the two parts of *piece*; the first keeps the stop of the sentence where the second goes."""
    told, ask = Span(piece.span.start, told_end), Span(ask_start, piece.span.end)
    stop = _STOPS.search(ask.of(text))
    closing = "." if stop is None or "?" in stop.group() or not stop.group() else stop.group()
    between = text[told_end:ask_start]
    return [
        Piece(told, " ".join(folded_words(told.of(text))), piece.paragraph, between, closing),
        Piece(ask, " ".join(folded_words(ask.of(text))), piece.paragraph, piece.gap),
    ]
