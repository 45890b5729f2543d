"""Closings that no mark parts from the words before them: ``… it would help me so much thanks so much greg``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from coltiva.contacts import Contact
from coltiva.cues import folded_words
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.marks import parts_sentences
from coltiva.rule_pack import AddressWords

_MAX_WORDS = 8  # of a formula with a name
_MAX_NAME_WORDS = 3
_MAX_ABBREVIATION = 3  # letters: lg, mfg, thx
_MAX_LEAD_WORDS = 6  # before a closing that are looked at
_WORD = re.compile(r"\S*\w\S*")  # not the mark in "… relire ? Merci"
_MARKS = tuple(".!?…")


def _parts(text: str, begin: int, end: int) -> bool:
    """Tell whether a stop ends there, or a comma of a sender who parts sentences, which may stay with what it ends."""
    return text.endswith(_MARKS, begin, end) or (text[end - 1] == "," and parts_sentences(text[begin:end]))


class BareClosing:
    """Finds the closing of a message whose sender sets no marks.

    Args:
        contact: to whom it goes, and who does not sign.
    """

    def __init__(self, lines: RewriteLines, address: AddressWords, contact: Contact) -> None:
        self.lines, self.address, self._contact = lines, address, contact

    @cached_property
    def _contact_names(self) -> frozenset[str]:
        return frozenset(folded_words(" ".join((self._contact.name, *self._contact.other_names))))

    def names_contact(self, words: Sequence[str]) -> bool:
        """Tell whether one of the folded *words* is a name of the contact, who is spoken to and does not sign."""
        return not self._contact_names.isdisjoint(words)

    def start(self, text: str, begin: int, end: int) -> int:
        """Return where the closing begins within *begin* to *end*, or *end*; the longest formula counts."""
        if text.endswith(_MARKS, begin, end):
            return end
        words = list(_WORD.finditer(text, begin, end))[-_MAX_WORDS - _MAX_LEAD_WORDS :]
        for number in range(max(1, len(words) - _MAX_WORDS), len(words)):
            at = words[number].start()
            before = folded_words(text[words[0].start() : at])[-_MAX_LEAD_WORDS:]
            if not before or _parts(text, begin, len(text[:at].rstrip())):
                continue
            if self._closes(folded_words(text[at:end]), before):
                return at
        return end

    def _closes(self, words: Sequence[str], before: Sequence[str]) -> bool:
        """Tell whether *words* are a formula, with a name or without."""
        joined = " ".join(words)
        formula = max((self.lines.cues[cue].opening(joined) for cue in ("closing_sentences", "sign_offs")), key=len)
        if not formula or self.lines.cues["orphans"].stand_in(joined):
            return False  # "thanks in advance" goes with what it thanks for
        rest = words[len(formula.split()) :]
        if " " in formula and self.lines.cues["sign_offs"].stand_in(" ".join(rest)):
            return True  # "veuillez recevoir mes salutations les plus cordiales"
        names = all(self._may_be_name(word) for word in rest) and len(rest) <= _MAX_NAME_WORDS
        if not names or self.names_contact(rest):
            return False
        # One word may be part of what goes before: "we would love greg", "with anna".
        if " " in formula or not rest:
            return " " in formula
        ends = len(formula) <= _MAX_ABBREVIATION or self._ends(before)
        return ends and formula not in self.lines.words["inner"]

    def _ends(self, before: Sequence[str]) -> bool:
        """Tell whether a closing may begin after the words *before*: the last leads to nothing, or all say nothing."""
        return not self._leads_on(before[-1]) or self.lines.cues["orphans"].stand_in(" ".join(before))

    def _may_be_name(self, word: str) -> bool:
        return not self._leads_on(word) and not word.isdecimal()

    def _leads_on(self, word: str) -> bool:
        """Tell whether *word* is a pronoun, a preposition or another word that the lines use."""
        persons = self.address.first_person | self.address.second_person | self.lines.words["persons"]
        return word in persons or word in self.lines.small_words or word in self.lines.words["inner"]
