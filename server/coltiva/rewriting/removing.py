"""Which sentences go: asks that come too early, signals that hunt, and what says nothing without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from coltiva.contacts import Contact
from coltiva.linting.finding import Finding, Severity
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.fragments import hanging
from coltiva.rewriting.marks import has_link, is_list_item
from coltiva.rewriting.naming import strangers_in
from coltiva.rewriting.pieces import Layout, Piece
from coltiva.tokens import fold

# Signals that a whole sentence can carry, and that go with it. A past contact that is not recorded stays: whoever
# writes of it may know better than the record, and is told to record it.
GO_WITH_THEIR_SENTENCE = frozenset(
    ("pitch", "flattery", "name_drop", "pressure", "guilt", "presumption", "template", "placeholder")
)

# Growing signals that a sentence keeps for its own sake, wherever it stands.
STAYING = frozenset(("interest", "thanks"))
# Asks that lead to somebody whom the contact knows.
_LEADING_TO_OTHERS = frozenset(("introduction", "referral"))
_BRIEF_WORDS = 4
# What an ask that may stay is about, and who led to it: without these nobody would know what is asked, and why.
_SAYS_WHAT = frozenset(("pitch", "name_drop"))


def faults_of(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings for which a sentence goes, unless a ripe ask stands in it."""
    return [finding for finding in findings if finding.premature or _hunts(finding)]


def _hunts(finding: Finding) -> bool:
    if finding.category != "signal" or finding.kind not in GO_WITH_THEIR_SENTENCE:
        return False
    return finding.severity is not Severity.INFO or finding.kind == "presumption"


def removals(
    layout: Layout,
    findings: Sequence[Finding],
    lines: RewriteLines,
    contact: Contact,
) -> dict[int, str]:
    """Return the numbers of the pieces that go by the rules, each with why.

    That is a signal's kind, ``ask``, ``leads_up`` or ``leans``.
    """
    gone: dict[int, str] = {}
    stays = not any(f.premature for f in findings)
    heeded = [finding for finding in findings if finding.kind not in _SAYS_WHAT] if stays else findings
    for number, piece in enumerate(layout.pieces):
        why = _own_fault(piece, heeded, lines)
        # What leads up to an ask, or leans on it, says something where the ask stays.
        if why in ("leads_up", "leans") and stays:
            continue
        if why:
            gone[number] = why
    early = [number for number, why in gone.items() if why == "ask"]
    if not early:
        gone |= _pressed(layout, findings)
    # "I attach the first chapter, as promised." says something where no ask stands beside it.
    early_orphans = [n for n, why in gone.items() if why == "leans" and early and n < early[0] - 1]
    for number in early_orphans:
        del gone[number]
    if early:
        _follow(layout, gone, early[0], findings, lines)
        _lead_up_by_name(layout, gone, findings, contact, lines)
        _lead_up_by_acquaintance(layout, gone, findings, lines)
    _lean_on_lead_ins(layout, gone, findings)
    return without_neighbours(layout, gone, findings, lines)


def without_neighbours(
    layout: Layout, gone: Mapping[int, str], findings: Sequence[Finding], lines: RewriteLines
) -> dict[int, str]:
    """Return *gone* with what is nothing without its neighbour: items, announcements, pointers back, half clauses."""
    gone = dict(gone)
    for number, piece in enumerate(layout.pieces[1:]):
        if piece.resumed:
            gone[number] = "leans"
    gone |= hanging(layout, gone, findings, lines)
    asks_early = "ask" in gone.values()
    for number, piece in enumerate(layout.pieces[1:], 1):
        if number - 1 not in gone or number in gone:
            continue
        # A list that was announced, or what is left of an abbreviation that was taken for the end of a sentence.
        is_word = len(piece.words.split()) <= 1 and not lines.cues["sign_offs"].open(piece.words)
        is_left = is_word or is_list_item(piece.span.of(layout.text))
        if is_left or _points_back(layout, number, findings, lines, asks_early=asks_early):
            gone[number] = "leans"
    gone |= _whole_lists(layout, gone)
    for number in reversed(range(len(layout.pieces) - 1)):
        if number + 1 not in gone or number in gone:
            continue
        piece = layout.pieces[number]
        if not piece.words:
            gone[number] = "leans"  # an emoji that opened what goes
        elif piece.span.of(layout.text).endswith(":"):
            gone[number] = "leads_up"  # "Three things:" goes with what it announces
    return dict(sorted(gone.items()))


def _whole_lists(layout: Layout, gone: Mapping[int, str]) -> dict[int, str]:
    """Return the items of lists of which another item goes: one alone would be nothing."""
    items = [n for n, piece in enumerate(layout.pieces) if is_list_item(piece.span.of(layout.text))]
    found: dict[int, str] = {}
    for _, counted in groupby(enumerate(items), lambda pair: pair[1] - pair[0]):
        listed = [number for _, number in counted]
        reasons = {gone[number] for number in listed if number in gone}
        if reasons and "ask" not in reasons:  # "– I heard of your wrist. – Could you lend me …?" are two sentences
            found |= {number: "leans" for number in listed if number not in gone}
    return found


def _lean_on_lead_ins(layout: Layout, gone: dict[int, str], findings: Sequence[Finding]) -> None:
    """Add the brief sentences right after what only led up: "They call me cheeky. Maybe it's true." """
    for number in range(1, len(layout.pieces)):
        piece, before = layout.pieces[number], layout.pieces[number - 1]
        follows = gone.get(number - 1) == "leads_up" and piece.paragraph == before.paragraph
        if not follows or number in gone:
            continue
        is_brief = len(piece.words.split()) <= _BRIEF_WORDS and not piece.span.of(layout.text).endswith("?")
        if is_brief and not found_on(piece, findings):
            gone[number] = "leans"


def found_on(piece: Piece, findings: Sequence[Finding]) -> list[Finding]:
    """Return what is found in a piece."""
    return [finding for finding in findings if finding.span.overlaps(piece.span)]


def praise_goes(layout: Layout, gone: Mapping[int, str], findings: Sequence[Finding]) -> bool:
    """Tell whether praise that fits anyone goes, and not just with an ask, from before all that stays."""
    first = next((number for number in range(len(layout.pieces)) if number not in gone), len(layout.pieces))
    pieces = [layout.pieces[number] for number, why in gone.items() if why != "ask" and number < first]
    return any(f.kind == "flattery" and f.span.overlaps(piece.span) for f in findings for piece in pieces)


def _own_fault(piece: Piece, findings: Sequence[Finding], lines: RewriteLines) -> str:
    """Return why a piece goes for its own sake, or nothing."""
    here = found_on(piece, findings)
    asks = [finding for finding in here if finding.category == "ask"]
    if asks:
        return "ask" if any(ask.premature for ask in asks) else ""
    hunting = [finding.kind for finding in here if _hunts(finding)]
    if hunting and not (set(hunting) == {"template"} and _is_kind(piece, here, lines)):
        return hunting[0]
    standing = lines.cues.standing(piece.words)
    return "leans" if "orphans" in standing else "leads_up" if "lead_ins" in standing else ""


def _is_kind(piece: Piece, here: Sequence[Finding], lines: RewriteLines) -> bool:
    """Tell whether a set phrase thanks, or wishes well: "Merci pour l'ajout, Maroussia !" does no harm."""
    return any(f.kind == "thanks" for f in here) or lines.cues["keeps"].stand_in(piece.words)


def _pressed(layout: Layout, findings: Sequence[Finding]) -> dict[int, str]:
    """Return the sentences that take the answer for granted, though they ask, where another one asks without that."""
    on = {number: found_on(piece, findings) for number, piece in enumerate(layout.pieces)}
    asking = {number for number, here in on.items() if any(f.category == "ask" for f in here)}
    pressed = {number for number in asking if any(f.kind == "presumption" and _hunts(f) for f in on[number])}
    return dict.fromkeys(sorted(pressed), "presumption") if asking - pressed else {}


def _follow(
    layout: Layout, gone: dict[int, str], first_ask: int, findings: Sequence[Finding], lines: RewriteLines
) -> None:
    """Add the sentences after an ask that lean on it: those of its paragraph, and paragraphs that open by leaning."""
    pieces = layout.pieces
    leaning_paragraph = pieces[first_ask].paragraph
    for number in range(first_ask + 1, len(pieces)):
        piece = pieces[number]
        if number in gone:
            if gone[number] == "ask":
                leaning_paragraph = piece.paragraph
            continue
        standing, opening = lines.cues.standing(piece.words), lines.cues.opening(piece.words)
        says_nothing = "orphans" in standing
        links = has_link(piece.span.of(layout.text))
        if not says_nothing and not links and (turns_away(piece.words, lines) or gives(piece, findings, lines)):
            continue
        here = found_on(piece, findings)
        asks = piece.span.of(layout.text).endswith("?") or "?" not in layout.text  # where nobody sets marks
        asks_after_them = asks and any(f.kind == "interest" for f in here)
        leans = says_nothing or ("leaning" in opening and not asks_after_them)
        thanks_briefly = len(piece.words.split()) <= _BRIEF_WORDS and any(f.kind == "thanks" for f in here)
        leans = leans or thanks_briefly  # for what was asked, then
        if not says_nothing and not thanks_briefly and any(f.kind == "thanks" for f in here):
            continue  # "And thank you for the rice"
        leans = leans or links
        if not leans and any(f.category == "ask" or f.kind in STAYING for f in here):
            continue
        if "closing_sentences" in opening and not says_nothing:
            continue  # before a postscript
        if "keeps" in standing and "conditions" not in opening:
            continue
        opens = piece.paragraph != pieces[number - 1].paragraph
        if opens and piece.words.partition(" ")[0] in lines.words["connectors"]:
            # A new paragraph may go on with something new: "And tell me about you."
            leans = says_nothing or bool(lines.cues["leaning"].open(piece.words.partition(" ")[2]))
        if opens and leans:
            leaning_paragraph = piece.paragraph
        if piece.paragraph == leaning_paragraph:
            gone[number] = "leans"


def gives(piece: Piece, findings: Sequence[Finding], lines: RewriteLines) -> bool:
    """Tell whether a sentence offers something, or sends what was agreed: "As agreed, I attach the presentation." """
    return any(f.kind == "offer" for f in found_on(piece, findings)) or lines.cues["answers"].stand_in(piece.words)


def turns_away(words: str, lines: RewriteLines) -> bool:
    """Tell whether a sentence has turned to something else: "By the way, …", "and how is your mum's hip"."""
    first, _, rest = words.partition(" ")
    bare = rest if first in lines.words["connectors"] else words
    return lines.cues["asides"].stand_in(words) or lines.cues["news"].open(bare)


def _points_back(
    layout: Layout, number: int, findings: Sequence[Finding], lines: RewriteLines, *, asks_early: bool
) -> bool:
    """Tell whether a piece speaks of what the one before it named, which goes: "They come in six sizes."

    Args:
        asks_early: whether the message asks too early: only then an ask that is not early may go, too.
    """
    piece, before = layout.pieces[number], layout.pieces[number - 1]
    if piece.paragraph != before.paragraph or before.closing:
        return False
    here = found_on(piece, findings)
    if any(f.category == "ask" for f in here):
        return asks_early and bool(lines.cues["referring"].stand_in(piece.words))
    if any(f.kind in STAYING for f in here) or lines.cues["keeps"].stand_in(piece.words):
        return False
    return lines.cues["pointing"].open(piece.words) and not lines.cues["recalls"].stand_in(piece.words)


def _lead_up_by_acquaintance(
    layout: Layout, gone: dict[int, str], findings: Sequence[Finding], lines: RewriteLines
) -> None:
    """Add the sentences before an introduction or a referral that bring up somebody whom the contact knows."""
    leading = [f for f in findings if f.premature and f.kind in _LEADING_TO_OTHERS]
    first = min((f.span.start for f in leading), default=0)
    for number, piece in enumerate(layout.pieces):
        if piece.span.end > first or number in gone:
            continue
        is_thanked = any(f.kind == "thanks" for f in found_on(piece, findings))
        if lines.cues["acquaintances"].stand_in(piece.words) and not is_thanked:
            gone[number] = "leads_up"


def _lead_up_by_name(
    layout: Layout, gone: dict[int, str], findings: Sequence[Finding], contact: Contact, lines: RewriteLines
) -> None:
    """Add the sentences before an introduction asked for that bring up the person to whom it is to lead."""
    for asking in [number for number, why in gone.items() if why == "ask"]:
        if not any(f.kind == "introduction" and f.premature for f in found_on(layout.pieces[asking], findings)):
            continue
        brought_up = False
        nearby = (lines.words["inner"] | lines.words["articles"]) - lines.words["towards"]
        for number in range(asking):
            piece = layout.pieces[number]
            names = strangers_in(piece.span.of(layout.text), contact, lines)
            # After "of the" or "at" it is a house or a town; after "with" it is somebody.
            brought_up = brought_up or any(fold(before) not in nearby for before, _ in names)
            # From there on everything leads up to the ask.
            if brought_up and number not in gone and not any(f.kind in STAYING for f in found_on(piece, findings)):
                gone[number] = "leads_up"
