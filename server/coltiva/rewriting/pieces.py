"""A message cut into greeting, sentences and sign-off, so that some sentences can go and the rest stays whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coltiva.contacts import Contact
from coltiva.draft import Draft
from coltiva.rewrite_lines import RewriteLines, folded_words
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span
from coltiva.tokens import NO_BREAK, fold

_MAX_GREETING_WORDS = 7
_MAX_STRANGE_WORDS = 2  # words of a greeting that are no name, title or greeting that is known
_MAX_SIGN_OFF_WORDS = 6
_MAX_WISH_WORDS = 3  # of a line such as "Good luck!" above the name
_MAX_SIGN_OFF_LINES = 5
_MAX_SIGNED_WORDS = 10
_MAX_NAME_WORDS = 3
_OPENING_SIGNS = re.compile(r"[¿¡(\[{“„«‹\"'‘*_•·\-–—\s\d.)]*\Z")
# An emoji may end a sentence, where the next word has a capital.
_AFTER_EMOJI = re.compile(r"[\u2600-\u27BF\U0001F300-\U0001FAFF]\uFE0F?\s+(?=[¿¡]?[A-ZÀ-Þ])")
_ABBREVIATED = re.compile(r"(?<!\w)\w{1,4}\.\s\Z")
_SUBJECT_LINE = re.compile(r"(?i)\A(?:subject|oggetto|asunto|objet|betreff|assunto) ?:[^\n]*\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of the body.

    Attributes:
        span: the sentence with its own punctuation, without the space that follows.
        words: its folded words joined by spaces.
        paragraph: number of its paragraph.
        gap: what stands between it and the next piece: space, or the connector of two clauses.
        closing: the stop that it takes where the next clause of its sentence goes; empty for a whole sentence.
    """

    span: Span
    words: str
    paragraph: int
    gap: str
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A message by its parts: subject and greeting up to *body_start*, sign-off and quotes from *body_end*."""

    text: str
    body_start: int
    body_end: int
    pieces: tuple[Piece, ...]

    @property
    def head(self) -> str:
        """Everything before the body."""
        return self.text[: self.body_start]

    @property
    def tail(self) -> str:
        """Everything after the body."""
        return self.text[self.body_end :]


def cut(draft: Draft, address: AddressWords, lines: RewriteLines, contact: Contact, keep: tuple[Span, ...]) -> Layout:
    """Cut a message.

    Args:
        keep: stretches that belong to the body whatever they look like, such as asks.
    """
    body_start = _greeting_end(draft, address, lines.words["pairs"], contact, keep)
    body_end = _sign_off_start(draft, lines, body_start, keep)
    starts = [_true_start(draft.text, s.span.start) for s in draft.sentences if s.span.start < body_end]
    starts = [start for start in starts if start == body_start or _is_new_sentence(draft.text, start)]
    starts += [match.end() for match in _AFTER_EMOJI.finditer(draft.text, body_start, body_end)]
    starts = sorted({max(start, body_start) for start in starts if start < body_end})
    # The sentence that holds the greeting starts with it; what is left of it starts the body.
    if not starts or starts[0] != body_start:
        starts = [body_start, *starts] if draft.text[body_start:body_end].strip() else starts
    pieces: list[Piece] = []
    paragraph = 0
    for start, end in zip(starts, [*starts[1:], body_end], strict=True):
        core = draft.text[start:end].rstrip()
        if not core:
            continue
        gap = draft.text[start + len(core) : end]
        pieces.append(Piece(Span(start, start + len(core)), " ".join(folded_words(core)), paragraph, gap))
        paragraph += "\n" in gap
    return Layout(draft.text, body_start, body_end, tuple(pieces))


def _is_new_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence begins there, not a word after ``Dott.`` (in ``Dott.ssa``) or ``cat.``."""
    if text[start - 1 : start].strip():
        return False
    return not (
        _ABBREVIATED.search(text, max(0, start - 8), start) and text[start].islower() and text.lstrip()[0].isupper()
    )


def _true_start(text: str, start: int) -> int:
    """Move a sentence's start back over the signs that open it."""
    line = text.rfind("\n", 0, start) + 1
    stretch = text[line:start]
    match = _OPENING_SIGNS.search(stretch)
    if match is None or not match.group():
        return start
    signs = match.group()
    if match.start() == 0:
        return line + len(signs) - len(signs.lstrip())
    spaced = signs.rfind(" ")
    return start if spaced < 0 else line + match.start() + spaced + 1


def _greeting_end(
    draft: Draft, address: AddressWords, pairs: frozenset[str], contact: Contact, keep: tuple[Span, ...]
) -> int:
    """Return where the body begins: after a subject line, a greeting, and the space that follows them."""
    text, tokens = draft.text, draft.tokens
    subject = _SUBJECT_LINE.match(text)
    floor = subject.end() if subject else 0
    begin = len(text) - len(text.lstrip())
    # An ask that begins with the message takes the greeting in, which is none of it.
    limit = min([draft.own_end, *(span.end if span.start <= max(floor, begin) else span.start for span in keep)])
    first = next((i for i, start in enumerate(tokens.starts) if start >= floor), None)
    if first is None or tokens.starts[first] >= limit:
        return min(floor, limit)
    names = {fold(word) for word in re.findall(r"\w+", " ".join((contact.name, *contact.other_names)))}
    short = {
        word for word in tokens.words[first : first + 3] if len(word) >= 3 and any(n.startswith(word) for n in names)
    }
    known = address.greetings | address.titles | names | short
    last = first + 1
    while last < len(tokens.words) and not _breaks(draft, last) and "\n" not in _gap(draft, last):
        last += 1
    line_end = text.find("\n", tokens.starts[first])
    line = text[tokens.starts[first] : line_end].strip() if line_end >= 0 else ""
    if line[-1:] in (",", ":") and len(line.split()) <= _MAX_GREETING_WORDS and tokens.words[first] in known:
        return min(_true_start(text, line_end + len(text[line_end:]) - len(text[line_end:].lstrip())), limit)
    is_short = last - first <= _MAX_GREETING_WORDS
    own_line = last < len(tokens.words) and "\n" in _gap(draft, last)
    strange = sum(word not in known for word in tokens.words[first:last])
    greets = strange <= _MAX_STRANGE_WORDS and bool(known & set(tokens.words[first:last]))
    if is_short and last < len(tokens.words) and (greets or own_line):
        end = tokens.starts[_second_greeting_end(draft, first, last, known, address)]
    else:  # no break after the greeting: take the words that can be nothing else
        last = first
        while last < len(tokens.words) and tokens.words[last] in known:
            last += 1
        while last > first and tokens.words[last - 1] in pairs:
            last -= 1
        end = tokens.starts[last] if last < len(tokens.words) else draft.own_end
    return min(_true_start(text, end), limit) if end > floor else floor


def _second_greeting_end(draft: Draft, begin: int, first: int, known: frozenset[str], address: AddressWords) -> int:
    """Return the word after a second greeting that begins at word *first*: ``Dear Sir, good morning!``, ``Hi, Tom.``"""
    tokens, last = draft.tokens, first
    while last < len(tokens.words) and last - first < _MAX_NAME_WORDS and tokens.capitals[last]:
        last += 1
        if last < len(tokens.words) and _breaks(draft, last) and tokens.words[last - 1] not in address.titles:
            return last if all(word in address.greetings for word in tokens.words[begin:first]) else first
    last = first
    while last < len(tokens.words) and tokens.words[last] in known:
        last += 1
        if last < len(tokens.words) and _breaks(draft, last):
            return last
    return first


def _breaks(draft: Draft, word: int) -> bool:
    """Tell whether a clause or sentence ends before *word*; not within a word such as ``Dott.ssa``."""
    return draft.tokens.breaks[word] != NO_BREAK and bool(re.search(r"\s", _gap(draft, word)))


def _gap(draft: Draft, word: int) -> str:
    return draft.text[draft.tokens.ends[word - 1] : draft.tokens.starts[word]]


def _sign_off_start(draft: Draft, lines: RewriteLines, body_start: int, keep: tuple[Span, ...]) -> int:
    """Return where the closing lines begin, or where the author's own words end."""
    text = draft.text
    found = start = end = max(body_start, len(text[: draft.own_end].rstrip()))
    for _ in range(_MAX_SIGN_OFF_LINES):
        line_start = text.rfind("\n", 0, start) + 1
        if line_start <= body_start:
            break
        line = text[line_start:start]
        wishes = found < end and line.endswith("!") and len(line.split()) <= _MAX_WISH_WORDS
        closes = wishes or _closes(line, lines) or (found == end and _is_signed(text[:line_start], line, lines))
        if not closes or any(Span(line_start, start).overlaps(span) for span in keep):
            break
        found = line_start
        start = len(text[:line_start].rstrip())
    return found if found < end else _inline_sign_off(text, end, body_start, lines)


def _is_signed(above: str, line: str, lines: RewriteLines) -> bool:
    """Tell whether *line* is a long name, such as a society's, under a closing formula."""
    formula = " ".join(folded_words(above.rstrip().rpartition("\n")[2]))
    return bool(lines.sign_offs.match(formula)) and len(line.split()) <= _MAX_SIGNED_WORDS and "?" not in line


def _inline_sign_off(text: str, end: int, body_start: int, lines: RewriteLines) -> int:
    """Return where a closing such as ``Best, Tom`` begins in the last line, or *end*."""
    line_start = max(text.rfind("\n", 0, end) + 1, body_start)
    for match in re.finditer(r"(?<=[.!?…])\s+", text[line_start:end]):
        rest = text[line_start + match.end() : end]
        words = rest.split()
        if len(words) > _MAX_SIGN_OFF_WORDS:
            continue
        joined = " ".join(folded_words(rest))
        signs = any(word[:1].isupper() for word in words[1:]) and (len(words) <= _MAX_WISH_WORDS or rest[-1:] != ".")
        closes = signs and lines.sign_offs.match(joined) and not lines.cues["orphans"].search(joined)
        if closes and "?" not in rest:
            return line_start + match.end()
    return end


def _closes(line: str, lines: RewriteLines) -> bool:
    """Tell whether a line is a closing formula, a name, or nothing."""
    words = folded_words(line)
    joined = " ".join(words)
    if not line.strip():
        return True
    if "?" in line or lines.cues["orphans"].search(joined):
        return False
    if lines.closings.match(joined):
        return True
    if lines.sign_offs.match(joined):
        return len(words) <= _MAX_SIGN_OFF_WORDS + 8
    bare = line.strip().rstrip("🙏😊🙂")
    if len(words) <= _MAX_WISH_WORDS and all(word[:1].isupper() for word in bare.split()):
        return bool(words)  # a name with an initial or a title: its full stop ends nothing
    return len(words) <= _MAX_SIGN_OFF_WORDS and not bare.endswith((".", "!", "…", ":", ";")) and bool(words)
