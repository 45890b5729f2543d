"""The form of address that a message uses, so that a rewrite keeps it."""

from __future__ import annotations

from coltiva.contacts import Contact
from coltiva.draft import Draft
from coltiva.rewrite_lines import RewriteLines, folded_words
from coltiva.rule_pack import AddressWords

# So many times as many signs of one form of address as of the other make it plain.
_PLAINLY = 4


def register_of(draft: Draft, address: AddressWords, lines: RewriteLines, contact: Contact) -> str:
    """Return one of ``REGISTERS``; ``any`` where it cannot be told or several people are addressed."""
    tokens = draft.tokens
    joined = " ".join(folded_words(draft.text[: draft.own_end]))
    if lines.cues["plural"].search(joined):
        return "any"
    formal = sum(
        word in address.formal or (word in address.formal_capital and tokens.capitals[i] and not tokens.breaks[i])
        for i, word in enumerate(tokens.words)
    )
    formal += len(lines.cues["formal"].findall(joined))
    for special in ("vos", "tu"):
        signs = len(lines.cues[special].findall(joined))
        if signs > len(lines.cues["against"].findall(joined)):
            return "any" if formal else special
    informal = sum(word in address.informal for word in tokens.words)
    informal += len(lines.cues["informal"].findall(joined))
    if not informal and not formal:
        return contact.address_form or "any"
    # A word or two may speak of somebody else, or quote.
    if informal >= _PLAINLY * formal:
        return "informal"
    return "formal" if formal >= _PLAINLY * informal else "any"
