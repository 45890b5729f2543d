"""A message put together again: what stays, a line in place of what went, capitals and stops whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coltiva.cues import folded_words
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.change import Change
from coltiva.rewriting.marks import is_list_item
from coltiva.rewriting.pieces import Layout, Piece
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span
from coltiva.tokens import fold

_STOPS = ".!?…"
_WEAK_MARKS = tuple(",;:–—-")
_WEAK_END = re.compile(r"[\s,;:–—-]+\Z")
_PARAGRAPHS = "\n\n"
_FIRST_TWO_WORDS = re.compile(r"([^\W\d_]+)\W*(\w*)")
_CLAUSE_END = re.compile(r"[,\n]")
_STEM = 5  # letters in which "saludo" and "saludarle" agree
_CLOSING_MARKS = '])”»“"'


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the long words of *text*, by which a line is seen to say what stands beside it."""
    return frozenset(word[:_STEM] for word in folded_words(text) if len(word) >= _STEM)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stays of a message, ready to take a line.

    Attributes:
        head: subject and greeting.
        own: what stays of the body.
        memory_at, insert_at: where words come in, code points of the message.
        writes_small: whether the sender begins sentences with small letters.
        parts: what parts the message's paragraphs; empty where it has but one.
        gap: what stands between *own* (or *head*) and the line.
        tail: what follows the line, with the space before it.
        starts_low: whether the line follows a greeting that asks for a small letter.
        changes: what goes.
    """

    head: str
    own: str
    gap: str
    tail: str
    starts_low: bool
    changes: tuple[Change, ...]
    memory_at: int
    insert_at: int
    writes_small: bool = False
    parts: str = ""

    @property
    def takes_memory(self) -> bool:
        """Whether a memory has a place: after a greeting and before no list, or where no words of the sender's stay."""
        return not self.own or (bool(self.head.strip()) and not self._runs_on and not is_list_item(self.own))

    @property
    def closing_stems(self) -> frozenset[str]:
        """The stems of the long words that the line is followed by, up to a comma or the end of that line."""
        return stems_of(_CLAUSE_END.split(self.tail.lstrip(), maxsplit=1)[0])

    @property
    def _runs_on(self) -> bool:
        """Whether no stop and no line break stands after the greeting."""
        return self.head.rstrip()[-1:].isalnum() and "\n" not in self.head

    def _gap_after(self, own: str, line: str = "") -> str:
        """Return what stands before the line: a list's last item does not go on with it, nor news with a question."""
        if self.parts and line.endswith("?") and "\n" not in self.gap:
            return self.parts
        ends_list = is_list_item(own.rpartition("\n")[2]) and not is_list_item(self.tail.lstrip())
        return "\n" if ends_list and "\n" not in self.gap else self.gap

    def with_line(
        self, memory: str, line: str, strategy: str, lines: RewriteLines, why: str = "memory"
    ) -> tuple[str, tuple[Change, ...]]:
        """Return the message with *memory* (for *why*) before the sender's words and *line* after, each if any."""
        # In a line of its own, a stop is the sender's affair: "- 2 000 visitors" is one item of a list.
        own = self.own
        if own and (line or own.endswith((",", ";"))):
            own = _closed(own, in_line="\n" not in self._gap_after(own, line))
        if not own or not self.head or self._runs_on:
            # Without a greeting that ends before them, the sender's own words come first.
            line, memory = f"{memory} {line}".strip(), ""
        if self.starts_low:
            memory, line = lowered(memory, lines), line if own else lowered(line, lines)
        comes = [Change(Span(self.insert_at, self.insert_at), "", line, strategy)] if line else []
        if memory:
            own = own if self.writes_small else _capital(own)
            comes.append(Change(Span(self.memory_at, self.memory_at), "", memory, why))
        changes = sorted((*self.changes, *comes), key=lambda change: change.span)
        gap = self._gap_after(own, line) if own and line else ""
        return "".join((self.head, memory, " " if memory else "", own, gap, line, self.tail)), tuple(changes)


def lowered(line: str, lines: RewriteLines) -> str:
    """Return *line* with a small first letter, unless its first word keeps the capital."""
    first = re.search(r"\w[\w'’]*", line)
    if first is None or first.group() in lines.capitals:
        return line
    return line[: first.start()] + line[first.start()].lower() + line[first.start() + 1 :]


def frame_of(layout: Layout, head: str, gone: Mapping[int, str], address: AddressWords, lines: RewriteLines) -> Frame:
    """Take the pieces *gone* out of a message.

    Args:
        head: the message's head, which may have been mended.
    """
    pieces, text = layout.pieces, layout.text
    kept = [number for number in range(len(pieces)) if number not in gone]
    if (not kept or kept[0] > 0) and head.endswith(" ") and head.rstrip()[-1:].isalnum():
        head = head.rstrip() + ", "
    low = _starts_low(layout, head, lines)
    own = _joined(layout, kept, gone)
    if kept and kept[0] > 0:
        head, own = _as_first(head, _uncoordinated(own, lines), low, address, lines)
    ends = bool(kept) and kept[-1] == len(pieces) - 1
    gap = pieces[kept[-1]].gap if kept and not ends and not pieces[kept[-1]].closing else " "
    # The widest gap before the sign-off is the sender's, whether or not the last sentence stays.
    trailing, tail = pieces[kept[-1] :] if kept else pieces, layout.tail
    last_gap = _widest(trailing) if trailing and tail.strip() else pieces[-1].gap if pieces else ""
    if tail.strip() and not last_gap and not tail[0].isspace():
        last_gap = "\n" if "\n" in text else " "
    insert_at = pieces[-1].span.end if pieces else layout.body_end
    changes, parts = _changes(layout, gone), _PARAGRAPHS if _PARAGRAPHS in text else ""
    return Frame(head, own, gap, last_gap + tail, low, changes, layout.body_start, insert_at, parts=parts)


def frame_after(layout: Layout, frame: Frame, gone: Mapping[int, str], number: int) -> Frame:
    """Return *frame* with the line right after piece *number*; what stays of the later pieces follows."""
    kept = [n for n in range(len(layout.pieces)) if n not in gone]
    later = [n for n in kept if n > number]
    if not later:
        return replace(frame, gap=" ")
    rest = _joined(layout, later, gone)
    earlier = kept[: len(kept) - len(later)]
    gap = _gap_between(layout, earlier[-1], later[0], gone) if earlier else _widest(layout.pieces[number : later[0]])
    own = frame.own[: len(frame.own) - len(gap + rest)] if earlier else ""
    return replace(frame, own=own, gap=" ", tail=gap + rest + frame.tail, insert_at=layout.pieces[number].span.end)


def _joined(layout: Layout, kept: Sequence[int], gone: Mapping[int, str]) -> str:
    """Return the pieces *kept* with what stands between them."""
    own = ""
    for place, number in enumerate(kept):
        piece = layout.pieces[number]
        is_cut = _is_cut(layout, number, gone)
        own += _begun(layout, number, gone) + (_stop(layout, piece) if is_cut else "")
        skips = number + 1 < (kept[place + 1] if place + 1 < len(kept) else len(layout.pieces)) and not is_cut
        if skips and "\n" not in piece.gap and piece.span.end < len(layout.text):
            own = _ended(own, is_last=place + 1 == len(kept))
        if place + 1 < len(kept):
            own += _gap_between(layout, number, kept[place + 1], gone)
    return own


def _is_cut(layout: Layout, number: int, gone: Mapping[int, str]) -> bool:
    """Tell whether a piece is the first half of a sentence that loses its second."""
    return bool(layout.pieces[number].closing) and number + 1 in gone


def _gap_between(layout: Layout, number: int, following: int, gone: Mapping[int, str]) -> str:
    """Return what stands between two pieces that stay, with none that stays between them."""
    is_cut = _is_cut(layout, number, gone)
    between = layout.pieces[number + is_cut : following]
    return between[0].gap if len(between) == 1 and not is_cut else _widest(between)


def _begun(layout: Layout, number: int, gone: Mapping[int, str]) -> str:
    """Return the words of a piece, with the capital of what went before them in its sentence."""
    piece, words = layout.pieces[number], layout.pieces[number].span.of(layout.text)
    if not number:
        return words
    before = layout.pieces[number - 1]
    halves = number - 1 in gone and before.paragraph == piece.paragraph
    halves = halves and before.span.of(layout.text).endswith(_WEAK_MARKS)
    took = (piece.resumed or halves) and layout.text[before.span.start].isupper()
    return _capital(words) if took else words


def _ended(own: str, *, is_last: bool) -> str:
    """Return *own* with a stop where what came behind goes; an emoji or a bracket ends as well.

    Args:
        is_last: whether nothing stays behind it; then a word needs none: a name may sign.
    """
    bare = own[:-1].rstrip() if own[-1:] in ",;" else own
    if bare.endswith("."):
        return bare  # an abbreviation: "Rossi & C.,"
    return bare + "." if bare != own or (not is_last and _hangs(own)) else own


def _hangs(own: str) -> bool:
    """Tell whether *own* ends with a word without a stop, or with brackets or quotation marks that close after one."""
    last = own.rstrip(_CLOSING_MARKS)[-1:]
    return last.isalnum() or last == "_"


def _starts_low(layout: Layout, head: str, lines: RewriteLines) -> bool:
    """Tell whether the body begins with a small letter because a greeting stands before it."""
    if not head.strip() or head.rstrip().endswith(tuple(_STOPS)):
        return False
    if head.rstrip().endswith(",") and "\n" not in head[len(head.rstrip()) :]:
        return True
    first = _FIRST_TWO_WORDS.search(layout.text[layout.body_start : layout.body_end])
    if first is None:
        return False
    word, after = first.groups()
    # Where a comma asks for a small letter "Sie" does not tell, nor a noun with its capital; a verb does.
    follows_comma = lines.cue_file.small_after_greeting and head.rstrip().endswith(",")
    is_noun = bool(lines.words["subjects"]) and fold(word) not in lines.small_words | lines.words["openers"]
    is_verb = fold(after) in lines.words["subjects"]
    shows_nothing = follows_comma and (word in lines.capitals or (is_noun and not is_verb))
    return shows_nothing or word[0].islower()


def _uncoordinated(core: str, lines: RewriteLines) -> str:
    """Return a sentence that has become the first one without its "and" or "but"."""
    first, _, rest = core.partition(" ")
    return rest if fold(first) in lines.words["coordinators"] and rest else core


def _as_first(head: str, core: str, low: bool, address: AddressWords, lines: RewriteLines) -> tuple[str, str]:
    """Fit a sentence that has become the first one to what stands before it."""
    letter = next((i for i, c in enumerate(core) if c.isalnum()), None)
    if letter is None:
        return head, core
    if not low:
        return head, _capital(core)
    first = re.split(r"[\s,.!?]", core[letter:], maxsplit=1)[0]
    words = folded_words(" ".join(core[letter:].split()[:2]))
    if (first in lines.capitals and not _is_article(first, words, lines)) or first.islower():
        return head, core
    # A pronoun; or, since names stand before others, what stands before a pronoun: "Trust you are", "Darf ich".
    forms = {first.lower(), fold(first)}
    small = (lines.small_words, lines.words["lowers"], lines.words["openers"])
    is_small = any(forms & some for some in small) or first.endswith(lines.word_ends)
    # Where nouns have capitals ("Bilder meiner Arbeit"), only before a pronoun that follows verbs.
    pronouns = address.first_person | address.second_person
    if is_small or words[0] in pronouns or set(words[1:]) & (lines.words["subjects"] or pronouns):
        return head, core[:letter] + core[letter].lower() + core[letter + 1 :]
    # A name may stand there: the greeting gets its own line instead.
    return (head if "\n" in head[len(head.rstrip()) :] else head.rstrip() + "\n"), core


def _is_article(first: str, words: Sequence[str], lines: RewriteLines) -> bool:
    """Tell whether a word such as ``La`` is the article of the next, which ends alike, and no pronoun."""
    return fold(first) in lines.words["articles"] and len(words) > 1 and words[1][-1] == fold(first)[-1]


def _capital(text: str) -> str:
    """Return *text* with its first letter capital."""
    letter = next((i for i, c in enumerate(text) if c.isalnum()), 0)
    return text[:letter] + text[letter : letter + 1].upper() + text[letter + 1 :]


def _closed(own: str, *, in_line: bool) -> str:
    """Return *own* with a full stop where a sentence follows, in its line, and it has none."""
    own = own.rstrip()
    if own.endswith(_WEAK_MARKS):
        bare = _WEAK_END.sub("", own)
        return bare if bare.endswith(tuple(_STOPS)) else bare + "."
    return own + "." if in_line and _hangs(own) else own


def _stop(layout: Layout, piece: Piece) -> str:
    """Return the stop that a piece takes where the next goes: none behind an abbreviation, "Hidronor, Lda." """
    return "" if piece.closing == "." and piece.span.of(layout.text).endswith(".") else piece.closing


def _widest(pieces: Sequence[Piece]) -> str:
    """Return the gap after *pieces* with the most line breaks, connectors of clauses aside; at least a space."""
    gaps = [piece.gap for piece in pieces if not piece.closing]
    return max(gaps, key=lambda gap: (gap.count("\n"), len(gap)), default="") or " "


def _changes(layout: Layout, gone: Mapping[int, str]) -> tuple[Change, ...]:
    """Return what goes, neighbours with one reason as one change."""
    changes: list[Change] = []
    for number, why in gone.items():
        span, comes = layout.pieces[number].span, ""
        before = layout.pieces[number - 1] if number else None
        if before is not None and before.closing and number - 1 not in gone:
            # The connector goes too, and the clause before it ends as a sentence does.
            span, comes = Span(before.span.end, span.end), _stop(layout, before)
        last = changes[-1] if changes else None
        if last is not None and last.why == why and not layout.text[last.span.end : span.start].strip() and not comes:
            span, comes = Span(last.span.start, span.end), last.comes
            changes.pop()
        changes.append(Change(span, span.of(layout.text), comes, why))
    return tuple(changes)
