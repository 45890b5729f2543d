"""The form of address that a message uses, so that a rewrite keeps it."""

from __future__ import annotations

from coltiva.contacts import Contact
from coltiva.draft import Draft
from coltiva.rewrite_lines import RewriteLines, folded_words
from coltiva.rule_pack import AddressWords


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
        if lines.cues[special].search(joined):
            return "any" if formal else special
    informal = sum(word in address.informal for word in tokens.words)
    informal += len(lines.cues["informal"].findall(joined))
    if informal != formal and (not informal or not formal):
        return "informal" if informal else "formal"
    return "any" if informal or formal else contact.address_form or "any"
