"""Where a line stands that goes on with what the sender tells: a smaller ask in the ask's place, or "to hear more"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.composing import Frame, frame_after, frame_of
from coltiva.rewriting.marks import is_list_item
from coltiva.rewriting.pieces import Layout
from coltiva.rewriting.removing import without_neighbours
from coltiva.rule_pack import AddressWords

_LED_UP = frozenset(("leads_up", "hints"))  # why sentences go that a smaller ask needs as well
_NO_MATTER = frozenset(("thanks", "interest", "offer", "flattery", "easy_out"))
_FEWEST_WORDS = 5  # that tell what the ask is about
_MOST_BEHIND = 12  # words of small talk; where more followed, readers would hear more at the end (11 of 14 times)
_MOST_INTRODUCING = 10  # words of a sentence that says who writes, and no more


def frame_instead(
    layout: Layout,
    head: str,
    gone: Mapping[int, str],
    findings: Sequence[Finding],
    lines: RewriteLines,
    address: AddressWords,
) -> Frame | None:
    """Return the message with a place where its first early ask stood; None where none would be understood.

    What leads up to the ask stays, and has to tell of the sender's own matter right before it: a question such as
    "What would you do in my place?" is nothing without it.

    Args:
        head: the message's head, which may have been mended.
        gone: the numbers of the pieces that go otherwise, each with why.
    """
    first = next((number for number, why in gone.items() if why == "ask"), 0)
    left = {number: why for number, why in gone.items() if number > first or why not in _LED_UP}
    left = without_neighbours(layout, left, findings, lines)
    before = first - 1
    if first == 0 or not _leads_up(layout, before, left, findings, lines, address):
        return None
    return frame_after(layout, frame_of(layout, head, left, address, lines), left, before)


def frame_before_asking(layout: Layout, frame: Frame, gone: Mapping[int, str], asks: Sequence[Finding]) -> Frame:
    """Return *frame* with its line before the paragraph that still asks, where something stands before that."""
    pieces = layout.pieces
    kept = [number for number in range(len(pieces)) if number not in gone]
    asking = next(n for n in kept if any(ask.span.overlaps(pieces[n].span) for ask in asks))
    before = [number for number in kept if number < asking]
    if not before or pieces[before[-1]].paragraph == pieces[asking].paragraph:
        return frame
    return frame_after(layout, frame, gone, before[-1])


def _leads_up(
    layout: Layout,
    number: int,
    gone: Mapping[int, str],
    findings: Sequence[Finding],
    lines: RewriteLines,
    address: AddressWords,
) -> bool:
    """Tell whether a sentence, or those right before it in its paragraph that it goes on from, tell of the sender."""
    paragraph = layout.pieces[number].paragraph
    while number >= 0 and number not in gone and layout.pieces[number].paragraph == paragraph:
        if _tells(layout, number, findings, lines, address):
            return True
        piece = layout.pieces[number]
        speaks = not address.second_person.isdisjoint(piece.words.split())
        if speaks or piece.span.of(layout.text).endswith("?"):
            return False
        number -= 1
    return False


def told_last(
    layout: Layout, gone: Mapping[int, str], findings: Sequence[Finding], lines: RewriteLines, address: AddressWords
) -> int | None:
    """Return the number of the piece after which somebody may want to hear more; None where nothing is told.

    It ends the paragraph, as far as it stays, that tells last of the sender before the last early ask. Where more than
    a few words of the sender's go on behind it, the story does, too, and it is the last piece that stays.
    """
    kept = [number for number in range(len(layout.pieces)) if number not in gone]
    telling = [
        number
        for number in kept
        if address.second_person.isdisjoint(layout.pieces[number].words.split())
        and _tells(layout, number, findings, lines, address, introducing=True)
    ]
    if not telling:
        return None
    ask = max((number for number, why in gone.items() if why == "ask"), default=len(layout.pieces))
    last = max((number for number in telling if number < ask), default=telling[-1])
    paragraph = layout.pieces[last].paragraph
    goes_on = (n for n in kept if last < n < ask and layout.pieces[n].paragraph == paragraph)
    last = max((n for n in goes_on if not layout.pieces[n].span.of(layout.text).endswith("?")), default=last)
    behind = [layout.pieces[number].words.split() for number in kept if number > last]
    told = sum(len(words) for words in behind if address.second_person.isdisjoint(words))
    return kept[-1] if told > _MOST_BEHIND else last


def _tells(
    layout: Layout,
    number: int,
    findings: Sequence[Finding],
    lines: RewriteLines,
    address: AddressWords,
    *,
    introducing: bool = False,
) -> bool:
    """Tell whether a sentence says what the sender has in hand, and does nothing else.

    Args:
        introducing: whether it is enough that it says who writes.
    """
    piece = layout.pieces[number]
    text, words = piece.span.of(layout.text), piece.words.split()
    told = address.first_person | lines.words["tells"]
    introduces = not introducing and len(words) <= _MOST_INTRODUCING and lines.cues["introduces"].stand_in(piece.words)
    here = {finding.kind for finding in findings if finding.span.overlaps(piece.span)}
    return (
        len(words) >= _FEWEST_WORDS
        and not told.isdisjoint(words)
        and not introduces
        and "?" not in text
        and not is_list_item(text)
        and _NO_MATTER.isdisjoint(here)
        and not lines.cues["keeps"].stand_in(piece.words)
    )
