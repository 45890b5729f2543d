"""Open fields of a template, filled with what the record holds of the contact before a message is rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coltiva.contacts import Contact
from coltiva.cues import folded_words
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.facts import spoken_company
from coltiva.rewriting.message import Message
from coltiva.rewriting.pieces import SUBJECT_LINE, Layout, cut
from coltiva.rewriting.registers import register_of
from coltiva.rewriting.trimming import Read, Trimmed
from coltiva.rule_pack import AddressWords
from coltiva.spans import Span

OPEN_FIELD = re.compile(r"\{\{?[^{}\n]{1,40}\}?\}|%%?\w{2,30}%%?|<<?[^<>@\n]{1,40}>>?|\[[^\]\n]{2,40}\]")
# A field for the house is filled with the house, not with whoever works there.
_HOUSE = re.compile(
    r"(?i)firm|unternehmen|betrieb|company|organi[sz]ation|azienda|impresa|ditta|empresa|entreprise|soci[eé]t"
    r"|rag[a-z]* ?_?social|raison|raz[oó]n|\bente\b|\bsit[eio]o?\b|\bblog|cl[ií]ni|clinique|praxis|verein|associa[tzç]"
)
# The sender's own, one that is like theirs, or an address.
_ANOTHER = re.compile(
    r"(?i)(?<![^\W_])(?:your|my|our|mein|unser|mio|mia|tuo|tua|nostr|mi|tu|mon|ma|votre|notre|nuestr|meu|minha|nossa?|seu|sua"
    r"|simil|semelh|[aä]hnlich|sender|absender|mittente|remitente|exp[eé]diteur|remetente|url|link|scrivent"
    r"|sit|blog|nome?[ _]do[ _]blog|nombre del blog)"
)
_WORDS_BEHIND = 3
_WITH = frozenset(("with", "mit", "con", "avec", "com"))  # beside the sender
_LAST_NAME = re.compile(
    r"(?i)last.?name|surname|nachname|^\W*nom\W*$|nom de famille|cognome|apellido|sobrenome|apelido"
)
_FIRST_NAME = re.compile(r"(?i)first|fname|vorname|pr[eé]nom|primer|primeir|given")
TITLE_FIELD = re.compile(
    r"(?i)^\W*(?:titl|title|titre|titolo|t[ií]tulo|titulo|titel|anrede|civilit|tratamiento|tratamento|saluda|saudac|salut|prefix)"
)
# "Sehr geehrte/r", "Estimado(a)", "Dott./Dott.ssa", "Madame, Monsieur": who is greeted was not known yet.
_EITHER = re.compile(r"\w\.?/\w|\w\(\w{1,3}\)|\w[*:_]\w|(?i:madame,? (?:cher )?monsieur|herr oder frau)")
_TO_HOUSE = "spett"  # Spett.le, Spettabile
_SURNAME = "[surname]"  # behind which the whole name stands where nothing says Mr or Ms
_TYPED_NAME = re.compile(r" [^\n,:!?{\[<%]+")
_ENDS_GREETING = re.compile(r"\s*(?:[,:!;.]|\n|\Z|[^\w\s])")


@dataclass(frozen=True, slots=True)
class Filler:
    """What the record has for the open fields of one message."""

    contact: Contact
    address: AddressWords
    lines: RewriteLines
    register: str

    @property
    def _names(self) -> list[str]:
        """The contact's name without titles; none for "[Name]", "Director/a" or "Dear customer"."""
        name = self.contact.name
        words = [word for word in name.split() if not self._is_title(word)]
        greets = words and not self.lines.words["formal_greetings"].isdisjoint(folded_words(words[0]))
        return [] if greets or "/" in name or OPEN_FIELD.search(name) else words

    def _is_title(self, word: str) -> bool:
        folded = folded_words(word)
        # "Dkfm." is one that nobody has listed, "J." is none.
        return bool(folded) and (folded[0] in self.address.titles or (word.endswith(".") and len(word) > 2))

    def is_called(self, words: str) -> bool:
        """Tell whether *words* are the contact's name, or parts of it."""
        named = folded_words(self.contact.name)
        return all(word in named for word in folded_words(words))

    def house(self) -> str:
        """Return the contact's house as it is spoken of; empty where it is not known."""
        return spoken_company(self.contact.company)

    def named(self, field: str, before: str) -> str:
        """Return the name for a *field* behind the words *before*; empty where none is known or none belongs there."""
        names, words = self._names, folded_words(before)
        if not names or TITLE_FIELD.search(field):
            return ""
        is_titled = bool(words) and words[-1] in self.address.titles
        is_last = _LAST_NAME.search(field) is not None
        # "Dottor" is a title, too: whatever stands there and does not greet, but for a title's own field.
        follows_field = before.rstrip().endswith(tuple("]}>%"))
        if is_titled or (is_last and words and words[-1] not in self.address.greetings and not follows_field):
            return names[-1] if len(names) > 1 else ""
        is_stiff = self.register == "formal" and not self.lines.words["formal_greetings"].isdisjoint(words)
        if is_last or (is_stiff and not _FIRST_NAME.search(field)):
            return " ".join(names)
        return names[0]

    def greeted(self, field: str, before: str) -> tuple[str, str]:
        """Return what stands in place of the words *before* a field of the greeting, and of the field itself."""
        words = folded_words(before)
        leads = bool(words) and words[-1] in self.lines.words["to_house"]
        if leads and (_HOUSE.search(field) or words[0].startswith(_TO_HOUSE)) and self.house():
            return before, self.house()
        if not _EITHER.search(before):
            return before, self.named(field, before)
        neutral = self.lines.file.neutral_greetings
        opener = neutral["informal" if self.register == "informal" else "formal"]
        name = self.named(field, opener)
        return (f"{opener} ", name) if name else (before, "")


def filled(message: Message, read: Read, address: AddressWords, lines: RewriteLines) -> Trimmed:
    """Return *message* with its open fields filled, as far as the record tells what belongs there."""
    left, text = Trimmed.of(message), message.draft.text
    if not OPEN_FIELD.search(text):
        return left
    layout = cut(message.draft, address, lines, message.contact, ())
    register = register_of(message.draft, address, lines, message.contact)
    filler = Filler(message.contact, address, lines, register)
    pairs = list(_fillings(layout, filler))
    return left.replaced(pairs, read) if pairs else left


def _fillings(layout: Layout, filler: Filler) -> Iterator[tuple[Span, str]]:
    """Yield what is filled, with what, in order."""
    text = layout.text
    subject = SUBJECT_LINE.match(text)
    greeting = subject.end() if subject else 0
    for match in OPEN_FIELD.finditer(text, 0, layout.body_end):
        field, start, end = match.group(), match.start(), match.end()
        if end <= greeting:
            name = filler.house() if _HOUSE.search(field) else _plain_name(field, filler)
            if name:
                yield Span(start, end), name
        elif end <= layout.body_start:
            typed = _TYPED_NAME.match(text, end) if TITLE_FIELD.search(field) else None
            if typed and filler.is_called(typed.group()) and _EITHER.search(text[greeting:start]):
                opener, name = filler.greeted(_SURNAME, text[greeting:start])
                yield Span(greeting, typed.end()), opener + name
            elif _is_name_field(field) or _ENDS_GREETING.match(text, end):
                before = text[greeting:start]
                opener, name = filler.greeted(field, before)
                if name:
                    yield (Span(start, end), name) if opener == before else (Span(greeting, end), opener + name)
        elif _is_their_house(text, match, layout, filler) and filler.house():
            yield Span(start, end), filler.house()


def _plain_name(field: str, filler: Filler) -> str:
    return filler.named(field, "") if _is_name_field(field) else ""


def _is_name_field(field: str) -> bool:
    return re.search(r"(?i)name|nome|nombre|nom\b|apellido|cognome|apelido", field) is not None and not (
        _ANOTHER.search(field) or _HOUSE.search(field)
    )


def _is_their_house(text: str, match: re.Match[str], layout: Layout, filler: Filler) -> bool:
    """Tell whether a field in the body stands for the contact's house, not for the sender's own."""
    field = match.group()
    if not _HOUSE.search(field) or _ANOTHER.search(field):
        return False
    piece = next((one for one in layout.pieces if one.span.start <= match.start() < one.span.end), None)
    if piece is None or filler.lines.cues["introduces"].stand_in(piece.words):
        return False
    before, after = (folded_words(part) for part in (text[piece.span.start : match.start()], text[match.end() :]))
    # "At {{company}} we help …", "we are finalists with {{company}}", "{{company}} is a finalist".
    together, ends = filler.lines.words["together"], filler.lines.together_ends
    speaks = any(word in together or word.endswith(ends or ("\n",)) for word in after[:_WORDS_BEHIND])
    theirs = not filler.address.second_person.isdisjoint(piece.words.split())
    joined = bool(before) and before[-1] in _WITH
    # "<<Firm>>, makers of racks" tells who writes.
    presents = text[match.end() : match.end() + 1] == ","
    return not speaks and not joined and (theirs or (bool(before) and not presents))
