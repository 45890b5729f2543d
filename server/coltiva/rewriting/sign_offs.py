"""Where the closing of a message begins: formulas, wishes and names, in lines of their own or after the last stop."""

from __future__ import annotations

import re

from coltiva.cues import folded_words
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.bare_closings import BareClosing
from coltiva.rewriting.marks import is_list_item
from coltiva.spans import Span
from coltiva.tokens import fold

_MAX_SIGN_OFF_WORDS = 6
_MAX_CLOSING_CHARACTERS = 160
_MAX_CLAUSE_CHARACTERS = 240  # of a closing behind a comma, with all its courtesies
_MAX_CLOSING_WORDS = 16  # of a sentence such as "A warm hug to you and the whole choir."
_MAX_WISH_WORDS = 3  # of a line such as "Good luck!" above the name
_MAX_SIGN_OFF_LINES = 5
_MAX_FOOTER_LINES = 4
_MAX_FAREWELL_WORDS = 8
_MAX_SIGNED_WORDS = 10
_MAX_FORMULA_WORDS = 4
_HOUSE_END = re.compile(r"\b(?:(?:\w\.){2,}|(?:Ltd|Inc|Corp|Lda|Cie|Co)\.)\Z")  # "Banditas de la Sierra A.C."
_MAX_SIGNED_CLAUSE_WORDS = 10  # before a comma and the name: "Many thanks for your time, Aisha Khan"
_LAST_WORDS = re.compile(r"(?<=[.!?…\u2600-\u27BF\U0001F300-\U0001FAFF])\s+")
_ADDED = re.compile(r"\s*\([^()]*\)\s*\Z")  # "Yours, Irmi (the one from the mulled wine)"
_COMMA = re.compile(r",\s+")
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.\Z")
# Nine digits or more: a date has eight, and most sums have fewer.
_PHONE = re.compile(r"[\s,]*\(?\+?(?:\d[\s()./-]*){9,}\Z")
_ENDS_IN_DIGIT = re.compile(r"\d[\s()./-]*\Z")
_DASHES = "-–— "  # before a name: "… a good fit? - Tyler"
_WITH = frozenset(("&", "+", "x", "e", "y", "et", "und", "and"))  # stand between names
_MAX_HOUSE_WORDS = 4  # Lucia dell'assicurazione, Holger vom Maschinenring
_MAX_HOUSE_WORDS_BEHIND_COMMA = 8  # Zé Ferraz, do Rancho Folclórico de Caíde


def sign_off_start(text: str, own_end: int, body_start: int, keep: tuple[Span, ...], bare: BareClosing) -> int:
    """Return where the closing lines begin, or where the author's own words end.

    Args:
        keep: stretches that belong to the body, such as asks.
    """
    lines = bare.lines
    found = start = end = _above_footers(text, max(body_start, len(text[:own_end].rstrip())), body_start, keep, lines)
    for _ in range(_MAX_SIGN_OFF_LINES):
        line_start = text.rfind("\n", 0, start) + 1
        if line_start <= body_start:
            break
        line = text[line_start:start]
        wishes = found < end and line.endswith("!") and len(line.split()) <= _MAX_WISH_WORDS
        wishes = wishes and not lines.cues["orphans"].stand_in(" ".join(folded_words(line)))  # "Thanks in advance!"
        closes = wishes or _closes(line, lines)
        closes = closes or (found == end and _is_signed(text[body_start:line_start], line, lines))
        # Whatever else it says, above the name: "Tanti cari saluti da tutta la famiglia,", "Ringrazio e saluto."
        closes = closes or (found < end and "?" not in line and _is_farewell(" ".join(folded_words(line)), lines))
        if not closes or (is_list_item(line) and _is_listed(text[:line_start])):
            break
        if _is_asked(line, Span(line_start, start), lines, keep):
            break
        found = line_start
        start = len(text[:line_start].rstrip())
    if found < end:
        return found
    at = _inline_sign_off(text, end, body_start, keep, bare)
    return at if at < end else bare.start(text, max(text.rfind("\n", 0, end) + 1, body_start), end)


def _is_farewell(joined: str, lines: RewriteLines) -> bool:
    """Tell whether a line that stands above a name takes leave with all of its few words."""
    brief = len(joined.split()) <= _MAX_FAREWELL_WORDS
    return brief and lines.cues["farewells"].stand_in(joined) and not lines.cues["orphans"].stand_in(joined)


def _above_footers(text: str, end: int, body_start: int, keep: tuple[Span, ...], lines: RewriteLines) -> int:
    """Return where what a mailing program wrote below the signature begins, or *end*: "Unsubscribe"."""
    for _ in range(_MAX_FOOTER_LINES):
        line_start = text.rfind("\n", 0, end) + 1
        line = text[line_start:end]
        if line_start <= body_start or not lines.cues["footers"].stand_in(" ".join(folded_words(line))):
            break
        if any(Span(line_start, end).overlaps(span) for span in keep):
            break
        end = len(text[:line_start].rstrip())
    return end


def _is_asked(line: str, at: Span, lines: RewriteLines, keep: tuple[Span, ...]) -> bool:
    """Tell whether a line belongs to an ask, not to one above that no mark ends: "…, try it⏎regards to Ada"."""
    asks = [span for span in keep if at.overlaps(span)]
    if not asks:
        return False
    closes = lines.cues["closing_sentences"].open(" ".join(folded_words(line)))
    return not closes or any(span.start >= at.start for span in asks)


def _is_listed(above: str) -> bool:
    """Tell whether the line above is an item of a list, or announces one."""
    line = above.rstrip().rpartition("\n")[2]
    return line.endswith(":") or is_list_item(line)


def _is_signed(above: str, line: str, lines: RewriteLines) -> bool:
    """Tell whether *line* is a long name, such as a society's, under a closing formula.

    Args:
        above: the body down to that line.
    """
    line = _ADDED.sub("", line)
    if "?" in line or len(line.split()) > _MAX_SIGNED_WORDS:
        return False
    formula = above.rstrip().rpartition("\n")[2]
    # A formula that nobody has listed ("Um cheiro,") is brief, and its comma leads to a name.
    leads = formula.endswith(",") and len(formula.split()) <= _MAX_FORMULA_WORDS
    leads = leads and line[:1].isupper() and line[-1:].isalpha()
    return leads or lines.cues["sign_offs"].open(" ".join(folded_words(formula)))


def _inline_sign_off(text: str, end: int, body_start: int, keep: tuple[Span, ...], bare: BareClosing) -> int:
    """Return where a closing such as ``Best, Tom``, or a name, begins in the last line, or *end*."""
    lines = bare.lines
    line_start = max(text.rfind("\n", 0, end) + 1, body_start)
    for match in _LAST_WORDS.finditer(text, max(line_start, end - _MAX_CLOSING_CHARACTERS), end):
        at = match.end()
        rest = text[at:end]
        if "?" in rest or any(span.start >= at for span in keep):
            continue
        if _takes_leave(rest, lines):
            return at  # of an ask that an emoji ends, more may have been taken in
        follows_initial = _INITIAL.search(text, max(0, match.start() - 2), match.start())
        runs_on = any(Span(at, end).overlaps(span) for span in keep)
        if (not runs_on or _after_emoji(text, match.start())) and not follows_initial and _signs(rest, lines):
            return at
    return _closing_clause(text, line_start, end, keep, bare)


def _after_emoji(text: str, at: int) -> bool:
    """Tell whether an emoji ends the sentence before *at*: the name behind it belongs to no ask."""
    return text[at - 1] not in ".!?…"


def _closing_clause(text: str, line_start: int, end: int, keep: tuple[Span, ...], bare: BareClosing) -> int:
    """Return where a closing begins behind words that go with the ask, or with a sentence that is signed, or *end*.

    Such as "Dans l'attente de votre réponse, je vous prie d'agréer …", or the name in "Merci d'avance, Rémi".
    """
    lines = bare.lines
    for match in _COMMA.finditer(text, max(line_start, end - _MAX_CLAUSE_CHARACTERS), end):
        rest = text[match.end() : end]
        last = max((stop.end() for stop in _LAST_WORDS.finditer(text, line_start, match.start())), default=line_start)
        clause = text[last : match.start()]
        words = folded_words(rest)
        signs = _is_name(rest, lines) and not bare.names_contact(words)
        closes = signs or lines.cues["closing_sentences"].open(" ".join(words))
        signed = last > line_start and _is_signed_clause(clause, rest, bare)
        if not (closes or signed) or any(Span(last, match.start()).overlaps(span) for span in keep):
            continue  # "In the hope that you read it, I remain yours": what asks may stay
        if closes and lines.cues["orphans"].stand_in(" ".join(folded_words(clause))):
            return match.end()
        if signed:
            return last
    return end


def _is_signed_clause(clause: str, rest: str, bare: BareClosing) -> bool:
    """Tell whether a short last sentence is signed, whatever it says: ``Les abeilles vous saluent, Firmin``."""
    brief = "?" not in clause and not clause.isupper() and len(clause.split()) <= _MAX_SIGNED_CLAUSE_WORDS
    # Where nouns have capitals, what ends in a full stop may be any: "Ich brauche eins bis Oktober, Pflicht."
    name = rest if bare.lines.words["subjects"] else rest.removesuffix(".")
    names = _is_name(name, bare.lines) or _is_small_name(clause, rest, bare.lines)
    return brief and names and not bare.names_contact(folded_words(rest))


def _is_small_name(clause: str, rest: str, lines: RewriteLines) -> bool:
    """Tell whether one word behind a few, all typed small, is a name: ``ride safe, gus``."""
    is_small = rest.isalpha() and rest.islower() and clause.islower()
    may_be = _may_be_name(fold(rest), lines) and fold(rest) not in lines.words["openers"]
    return is_small and may_be and len(clause.split()) <= _MAX_WISH_WORDS


def _takes_leave(rest: str, lines: RewriteLines) -> bool:
    """Tell whether the last words are a closing formula, with or without a name."""
    words = _ADDED.sub("", rest).split()
    if len(words) > _MAX_CLOSING_WORDS:
        return False
    joined = " ".join(folded_words(rest))
    closes = lines.cues["closing_sentences"].open(joined) or _bids_farewell(rest, lines)
    if not closes and (len(words) > _MAX_SIGN_OFF_WORDS or not lines.cues["sign_offs"].open(joined)):
        return False
    if closes or lines.cues["orphans"].stand_in(joined):
        return closes and not lines.cues["orphans"].stand_in(joined)
    signs = any(word[:1].isupper() for word in words[1:]) and (len(words) <= _MAX_WISH_WORDS or rest[-1:] != ".")
    # "gruß nico", of somebody who types small; not "danke dir"
    return signs or (rest.islower() and 1 < len(words) <= _MAX_WISH_WORDS and _may_be_name(fold(words[-1]), lines))


def _bids_farewell(rest: str, lines: RewriteLines) -> bool:
    """Tell whether the first of the last words take leave, and hardly more than a name follows."""
    formula, *signed = _LAST_WORDS.split(rest)
    # "Mit vorzüglicher Hochachtung, Mag. Rupert Kolar"; no other sentence stands between.
    is_last = len(" ".join(signed).split()) <= _MAX_WISH_WORDS
    return is_last and lines.cues["farewells"].stand_in(" ".join(folded_words(formula)))


def _may_be_name(word: str, lines: RewriteLines) -> bool:
    """Tell whether a word that is typed small is no pronoun and none that the lines use."""
    return word not in lines.words["persons"] | lines.words["subjects"] and word not in lines.small_words


def _signs(rest: str, lines: RewriteLines) -> bool:
    """Tell whether the last words are a name, with a trade, a house or a telephone number behind it."""
    name = _PHONE.sub("", rest) if _ENDS_IN_DIGIT.search(rest) else rest
    name = _without_presenting(name.lstrip(_DASHES), lines)
    return _is_name(name, lines) or _is_name_with_trade(name, lines) or _is_name_with_house(name, lines)


def _without_presenting(rest: str, lines: RewriteLines) -> str:
    """Return the last words without what presents the sender: ``soy Beto Valenzuela``."""
    for phrase in lines.cue_file.introduces:
        if rest.lower().startswith(f"{phrase} "):
            return rest[len(phrase) + 1 :]
    return rest


def _is_name(rest: str, lines: RewriteLines) -> bool:
    """Tell whether the last words are but a name: ``Katia della Trattoria``, ``J. Mateos, Elevadores Norte.``"""
    words = rest.split()
    if not lines.words["openers"] or not 0 < len(words) <= _MAX_SIGN_OFF_WORDS:
        return False
    names = [word for word in words if word[:1].isupper()]
    small = [word for word in words if not word[:1].isupper()]
    if words[0] not in names or words[-1] not in names:
        return False
    if any(fold(word) not in lines.words["inner"] for word in small) or rest[-1:] in "!…:;":
        return False
    if lines.words["subjects"] and rest[-1:] == ".":
        return False  # where nouns have capitals, a sentence may look so: "Danach ist Urlaub."
    # A word alone, or before a full stop, may say something: "Urgente", "Gracias."
    first = fold(words[0].strip(".,"))
    is_ordinary = first in lines.words["openers"] or first in lines.small_words
    return not is_ordinary and (rest[-1:] != "." or len(names) > 1)


def _is_name_with_trade(rest: str, lines: RewriteLines) -> bool:
    """Tell whether the last words are a name and what its bearer does, without a stop: ``Rutger, ébéniste``."""
    name, comma, trade = rest.partition(", ")
    words = [fold(word) for word in trade.split()]
    if not comma or not 0 < len(words) <= _MAX_WISH_WORDS or not trade[-1:].isalpha() or "," in trade:
        return False
    plain = all(_may_be_name(word, lines) or word in lines.words["inner"] for word in words)
    return plain and not lines.cues["sign_offs"].stand_in(" ".join(words)) and _is_name(name, lines)


def _is_name_with_house(rest: str, lines: RewriteLines) -> bool:
    """Tell whether the last words are a name and where its bearer belongs, without a stop.

    Such as ``Nilson das abelhas``, or ``Zé Ferraz, do Rancho de Caíde``.
    """
    name, comma, house = rest.partition(", ")
    if not comma:
        name, _, house = rest.partition(" ")
    words = house.split()
    most = _MAX_HOUSE_WORDS_BEHIND_COMMA if comma else _MAX_HOUSE_WORDS
    if not 0 < len(words) <= most or rest[-1] in ".!…:;" or not _is_name(name, lines):
        return False
    belongs = fold(re.split(r"['’]", words[0])[0])
    return belongs in lines.words["inner"] | _WITH or words[0].startswith("(")


def _closes(line: str, lines: RewriteLines) -> bool:
    """Tell whether a line is a closing formula, a name, or nothing."""
    if not line.strip():
        return True
    joined = " ".join(folded_words(line))
    return "?" not in line and _looks_closing(line, joined, lines) and not lines.cues["orphans"].stand_in(joined)


def _looks_closing(line: str, joined: str, lines: RewriteLines) -> bool:
    """Tell whether a line, *joined* from folded words, is a closing formula or a name by its beginning and length."""
    words, opening = joined.split(), lines.cues.opening(joined)
    if "closing_sentences" in opening:
        return True
    if "sign_offs" in opening:
        return len(words) <= _MAX_SIGN_OFF_WORDS + 8
    bare = _HOUSE_END.sub("House", line.strip().rstrip("🙏😊🙂"))
    if _is_name_with_house(bare, lines):
        return True
    if len(words) <= _MAX_WISH_WORDS and all(w[:1].isupper() for w in bare.split() if w[:1].isalnum()):
        return bool(words)  # a name with an initial or a title: its full stop ends nothing
    return len(words) <= _MAX_SIGN_OFF_WORDS and not bare.endswith((".", "!", "…", ":", ";")) and bool(words)
