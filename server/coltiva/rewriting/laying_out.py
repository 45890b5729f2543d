"""A message laid out for rewriting: cut into its parts, and each sentence where telling ends and asking begins."""

from __future__ import annotations

from collections.abc import Sequence

from coltiva.contacts import Contact
from coltiva.draft import Draft
from coltiva.linting.finding import Finding
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.clauses import split_at_asks, split_at_resumed
from coltiva.rewriting.pieces import Layout, cut
from coltiva.rewriting.removing import faults_of
from coltiva.rewriting.stretches import Stretches
from coltiva.rule_pack import AddressWords
from coltiva.run_ons import RunOns


def lay_out(
    draft: Draft,
    findings: Sequence[Finding],
    address: AddressWords,
    lines: RewriteLines,
    contact: Contact,
    run_ons: RunOns | None,
    *,
    cuts: bool = True,
) -> Layout:
    """Return the layout of a message.

    Args:
        run_ons: tells where stretches without marks may be cut.
        cuts: whether what a sentence tells before it asks may stay.
    """
    asks = tuple(finding.span for finding in findings if finding.category == "ask")
    layout = cut(draft, address, lines, contact, asks)
    if cuts:
        layout = split_at_asks(layout, findings, faults_of(findings), address, lines)
        if run_ons is not None and any(finding.premature for finding in findings):
            layout = Stretches(draft.tokens, run_ons, address, lines).split(layout, findings)
    return split_at_resumed(layout, findings, lines)
