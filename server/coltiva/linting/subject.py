"""What every check looks at: one draft with its matches, its contact and the rules."""

from __future__ import annotations

from dataclasses import dataclass

from coltiva.contacts import Contact
from coltiva.draft import Draft, Sentence
from coltiva.history import Relation
from coltiva.library import Library
from coltiva.linting.match import Match
from coltiva.rule_pack import Pack
from coltiva.spans import Span


@dataclass(frozen=True, slots=True)
class Subject:
    """One message under review; checks read it and return findings.

    Attributes:
        matched: the sentences that rules match, with these.
        channel: the channel's name, a key of ``library.channels``.
        limit: how many UTF-16 units the page itself takes; None where it does not say.
    """

    draft: Draft
    matched: tuple[tuple[Sentence, tuple[Match, ...]], ...]
    relation: Relation
    contact: Contact
    channel: str
    library: Library
    pack: Pack
    limit: int | None = None

    def word_span(self, first: int, last: int) -> Span:
        """Return the place in the text of words *first* to *last* (half-open, counted in the draft)."""
        return Span(self.draft.tokens.starts[first], self.draft.tokens.ends[last - 1])
