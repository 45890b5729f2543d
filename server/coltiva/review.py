"""The whole chain as one call, for the server and the command line."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from coltiva.contacts import Contact, Event
from coltiva.draft import read_draft
from coltiva.explaining import Explainer
from coltiva.history import relate
from coltiva.language import LanguageDetector
from coltiva.library import Library
from coltiva.linting import Finding, SentenceMatcher, lint
from coltiva.report import Report
from coltiva.verdict import decide

DEFAULT_EXPLANATION_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What is to be reviewed.

    Attributes:
        language: the message's language where it is known; else it is detected.
        explain_in: the user's language for explanations; else the message's, else English.
        today: the user's local day.
        history: the contact's events, in any order.
        caret: where the user is typing, in code points; None where nobody is.
    """

    text: str
    channel: str
    language: str | None
    explain_in: str | None
    today: date
    contact: Contact
    history: tuple[Event, ...]
    caret: int | None = None


class Reviewer:
    """Reviews messages by one library; remembers sentences and languages, nothing of the contacts."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._detector = LanguageDetector()
        self._matchers: OrderedDict[str, SentenceMatcher] = OrderedDict()

    def review(self, request: ReviewRequest) -> Report:
        """Return the report on one message."""
        language = request.language or self._detector.detect(request.text)
        relation = relate(request.history, request.today, self.library.gates, request.contact.stage_override)
        findings: tuple[Finding, ...] = ()
        if language in self.library.languages:
            matcher = self._matcher(language)
            draft = read_draft(request.text, matcher.pack.wording)
            findings = lint(draft, relation, request.contact, request.channel, self.library, matcher, request.caret)
        explainer = Explainer(self.library.texts(request.explain_in or language or DEFAULT_EXPLANATION_LANGUAGE))
        return Report(
            request.text, language, request.contact, relation, decide(findings), findings, explainer, self.library.gates
        )

    def _matcher(self, language: str) -> SentenceMatcher:
        if language not in self._matchers:
            self._matchers[language] = SentenceMatcher(self.library.pack(language), self.library.reader(language))
        return self._matchers[language]
