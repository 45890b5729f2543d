"""Placeholders of a mail merge that nobody filled."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coltiva.linting.finding import Finding, Severity
from coltiva.linting.subject import Subject
from coltiva.spans import Span

# Curly, double, percent, angle and square styles; "[...]" that only leaves words out is none.
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\{%[^{}\n]{1,60}%\}|\$\{[^{}\n]{1,60}\}|(?<!\w)\{[A-Za-zÀ-ÿ_][\w .À-ÿ]{1,40}\}"
    r"|%%?[A-Za-z]\w{2,30}%%?|<<[^<>\n]{1,60}>>|\*\|[A-Z_:]{2,30}\|\*"
    r"|<(?:first ?name|name|company|nome|azienda|cognome|nombre|empresa|prénom|nom|entreprise|vorname|firma)>"
    r"|\[(?:your |their |il tuo |tu |votre |dein |seu )?"
    r"(?:first ?name|last ?name|name|company|title|role|topic|industry|city|date|link"
    r"|nome|cognome|azienda|ruolo|città|nombre|apellido|empresa|cargo|prénom|nom|entreprise|poste|sujet"
    r"|vorname|nachname|firma|unternehmen|thema|sobrenome|cidade|insert [^\]\n]{1,30})[^\]\n]{0,20}\]"
    r"|\[(?:what|che cosa|cosa|lo que|qué|ce que|ce qui|was|o que) [^\]\n]{2,80}\]"  # the blanks of rewrites
    r"|(?<!\w)(?:FIRSTNAME|FNAME|LASTNAME|COMPANYNAME|INSERT NAME|XXXX+|_{4,})(?!\w)",
    re.IGNORECASE,
)
_SIGNS = (*"{%<[*$_", "NAME", "XXXX")  # one of them stands in every placeholder; most messages hold none
RULE = "core/unfilled-placeholder"


def find_placeholders(subject: Subject) -> Iterable[Finding]:
    """Yield one finding for each placeholder in the author's own words; sent so, it can only be an error."""
    text, end = subject.draft.text, subject.draft.own_end
    if all(text.find(sign, 0, end) < 0 for sign in _SIGNS):
        return
    for match in _PLACEHOLDER.finditer(text, 0, end):
        yield Finding("signal", "placeholder", RULE, Span(*match.span()), Severity.ERROR)
