"""The form of address that a message uses, and who speaks in it, so that a rewrite keeps both."""

from __future__ import annotations

from functools import lru_cache

from coltiva.contacts import Contact
from coltiva.cues import folded_words
from coltiva.draft import Draft
from coltiva.rewrite_lines import RewriteLines
from coltiva.rule_pack import AddressWords

# So many times as many signs of one form of address as of the other make it plain.
_PLAINLY = 4
# "We met at the fair" may be the sender and the contact; who says it again speaks for several.
_FEWEST_TOGETHER = 2
_MOST_KEPT = 64  # texts whose words are at hand; a bound on memory


@lru_cache(_MOST_KEPT)
def _own_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a message without what it quotes; each message is asked for them twice."""
    return tuple(folded_words(text))


def register_of(draft: Draft, address: AddressWords, lines: RewriteLines, contact: Contact) -> str:
    """Return one of ``REGISTERS``; ``any`` where it cannot be told or several people are addressed."""
    tokens = draft.tokens
    words, name = _own_words(draft.text[: draft.own_end]), folded_words(contact.name)
    if lines.cues["formal"].stand_in(" ".join(name)):
        words = tuple(word for word in words if word not in name)  # "Gentile" may be a name: no sign, then
    joined = " ".join(words)
    if lines.cues["plural"].stand_in(joined):
        return "any"
    formal = sum(map(address.formal.__contains__, tokens.words))
    if not address.formal_capital.isdisjoint(tokens.words):
        capitals = address.formal_capital - address.formal
        formal += sum(
            capital and not level
            for word, capital, level in zip(tokens.words, tokens.capitals, tokens.breaks, strict=True)
            if word in capitals
        )
    formal += lines.cues["formal"].count(joined) - lines.cues["others"].count(joined)
    for special in ("vos", "tu"):
        signs = lines.cues[special].count(joined)
        if signs > lines.cues["against"].count(joined):
            return "any" if formal else special
    informal = sum(map(address.informal.__contains__, tokens.words))
    informal += lines.cues["informal"].count(joined)
    if not informal and not formal:
        return contact.address_form or "any"
    # A word or two may speak of somebody else, or quote.
    if informal >= _PLAINLY * formal:
        return "any" if lines.cues["stiff"].stand_in(joined) else "informal"
    return "formal" if formal >= _PLAINLY * informal else "any"


def several_write(draft: Draft, lines: RewriteLines) -> bool:
    """Tell whether several people speak, and none of them for themselves: "We're a choir … our concert"."""
    words = _own_words(draft.text[: draft.own_end])
    if not lines.words["alone"].isdisjoint(words):
        return False
    together, ends = lines.words["together"], lines.together_ends
    many = sum(map(together.__contains__, words))
    if ends:
        many += sum(word not in together for word in words if word.endswith(ends))
    return many >= _FEWEST_TOGETHER
