"""The whole chain as one call, for the server and the command line."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coltiva.contacts import Contact, Event
from coltiva.draft import Draft, read_draft
from coltiva.explaining import Explainer
from coltiva.history import Relation, past_events, relate
from coltiva.language import LanguageDetector
from coltiva.library import Library
from coltiva.linting import Finding, SentenceMatcher, lint, lint_matched
from coltiva.linting.match import Matched
from coltiva.report import Report
from coltiva.rewriting import Message, Rewriter, Rewriting, lightened, rewritten
from coltiva.rule_files import RuleFile
from coltiva.rule_pack import Pack
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
        limit: how many UTF-16 units the page itself takes; None where it does not say.
        rewrites: whether rewrites are wanted.
        seed: another seed gives other rewrites, the same gives the same.
        offered: ids of lines that were offered to this contact on days before; others come first.
    """

    text: str
    channel: str
    language: str | None
    explain_in: str | None
    today: date
    contact: Contact
    history: tuple[Event, ...]
    caret: int | None = None
    rewrites: bool = False
    seed: int = 0
    offered: frozenset[str] = frozenset()
    limit: int | None = None


# Takes the findings of a draft and the id of the stored contact that it is for, if any; returns those to be shown.
Sieve = Callable[[tuple[Finding, ...], Draft, str], tuple[Finding, ...]]


class _Linted:
    """Lints texts that may come in place of a message, as the message itself; remembers what it has found."""

    def __init__(
        self,
        request: ReviewRequest,
        relation: Relation,
        matcher: SentenceMatcher,
        library: Library,
        sieve: Sieve | None,
    ) -> None:
        self._request, self._relation, self._matcher = request, relation, matcher
        self._library, self._sieve = library, sieve
        self._known: dict[str, tuple[Finding, ...]] = {}

    def draft(self, text: str) -> Draft:
        """Return *text* taken apart."""
        return read_draft(text, self._matcher.pack.wording)

    def findings(self, texts: Sequence[str]) -> list[tuple[Finding, ...]]:
        """Return what is found in each of *texts*."""
        new = {text: self.draft(text) for text in texts if text not in self._known}
        matched = self._matcher.matches_of_all(list(new.values())) if new else ()
        for (text, draft), matches in zip(new.items(), matched, strict=True):
            self._known[text] = self._lint(draft, matches)
        return [self._known[text] for text in texts]

    def _lint(self, draft: Draft, matched: Matched) -> tuple[Finding, ...]:
        contact, channel, limit = self._request.contact, self._request.channel, self._request.limit
        pack = self._matcher.pack
        found = lint_matched(draft, matched, self._relation, contact, channel, self._library, pack, limit)
        return found if self._sieve is None else self._sieve(found, draft, contact.id)


class Reviewer:
    """Reviews messages by one library; remembers sentences and languages, nothing of the contacts.

    Args:
        sieve: leaves out what the user has dismissed; None: everything is shown.
    """

    def __init__(self, library: Library, sieve: Sieve | None = None) -> None:
        self.library = library
        self._sieve = sieve
        self._detector = LanguageDetector(library.common_words)
        self._matchers: OrderedDict[str, SentenceMatcher] = OrderedDict()

    def review(self, request: ReviewRequest) -> Report:
        """Return the report on one message."""
        language = request.language or self._detector.detect(request.text)
        relation = relate(request.history, request.today, self.library.gates, request.contact.stage_override)
        findings: tuple[Finding, ...] = ()
        own_words: Mapping[str, tuple[str, str]] = {}
        rewriting = Rewriting()
        if language in self.library.languages:
            matcher = self._matcher(language)
            draft = read_draft(request.text, matcher.pack.wording)
            findings = lint(
                draft, relation, request.contact, request.channel, self.library, matcher, request.caret, request.limit
            )
            if self._sieve is not None:
                findings = self._sieve(findings, draft, request.contact.id)
            own_words = _own_words(findings, matcher.pack)
            if request.rewrites:
                rewriting = self._rewrite(request, draft, relation, findings, matcher)
        told_in = request.explain_in or language or DEFAULT_EXPLANATION_LANGUAGE
        return Report(
            request.text,
            language,
            request.contact,
            relation,
            decide(findings),
            findings,
            Explainer(self.library.texts(told_in)),
            self.library.gates,
            rewriting,
            own_words,
            request.history,
            told_in,
        )

    def _rewrite(
        self,
        request: ReviewRequest,
        draft: Draft,
        relation: Relation,
        findings: tuple[Finding, ...],
        matcher: SentenceMatcher,
    ) -> Rewriting:
        """Return the rewrites of a message that asks too early or hunts; each has been linted again."""
        lines = self.library.rewrite_lines(matcher.pack.language)
        message = Message(
            draft,
            findings,
            relation,
            request.contact,
            request.channel,
            past_events(request.history, request.today),
            request.today,
            request.seed,
            request.offered,
        )
        if lines is None or not (message.early or message.hunts):
            return Rewriting()
        linted = _Linted(request, relation, matcher, self.library, self._sieve)
        run_ons = matcher.pack.wording.run_ons

        def rewriter_of(message: Message) -> Rewriter:
            return Rewriter(message, matcher.pack.words, lines, linted.findings, run_ons, matcher.reader)

        def hinted(message: Message) -> Message:
            return replace(message, hints=matcher.hints(message.draft))

        def read_again(text: str) -> Message:
            return replace(message, draft=linted.draft(text), findings=linted.findings([text])[0], hints=())

        if not message.early:
            return lightened(hinted(message), read_again, rewriter_of)
        return rewritten(hinted(message), lambda text: hinted(read_again(text)), rewriter_of, matcher.pack.words, lines)

    def _matcher(self, language: str) -> SentenceMatcher:
        pack, reader = self.library.pack(language), self.library.reader(language)
        matcher = self._matchers.get(language)
        if matcher is None or matcher.pack is not pack or matcher.reader is not reader:
            matcher = self._matchers[language] = SentenceMatcher(pack, reader)
        return matcher


def _own_words(findings: Iterable[Finding], pack: Pack) -> dict[str, tuple[str, str]]:
    """Return title and reason of the rules that have words of their own."""
    files = {f.rule: pack.rules[f.rule].file for f in findings if f.rule in pack.rules}
    return {
        rule: (file.title, file.why)
        for rule, file in files.items()
        if isinstance(file, RuleFile) and (file.title or file.why)
    }
