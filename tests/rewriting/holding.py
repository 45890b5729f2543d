"""What every rewrite of every message must hold, as a list of what it does not: for the tests, and for long runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from coltiva.contacts import Event, EventKind
from coltiva.draft import read_draft
from coltiva.language import LanguageDetector
from coltiva.payloads import request_from_json
from coltiva.report import Report
from coltiva.review import Reviewer, ReviewRequest
from coltiva.rewrite_lines import Line, RewriteLines
from coltiva.rewriting import Rewrite
from coltiva.rewriting.facts import spoken_date
from coltiva.rewriting.registers import register_of
from coltiva.rewriting.summaries import gift_of
from coltiva.tokens import fold
from coltiva.training.examples import ALONE
from tests.shipped import LIBRARY

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FOLDERS = tuple(sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir() and folder.name not in ALONE))
REVIEWER = Reviewer(LIBRARY)
DETECTOR = LanguageDetector()
# What could be invented: a word with a capital, a number, an address.
CLAIM = re.compile(r"\b[A-ZÀ-Þ][\w'’-]*|\b\d\w*|\S+@\S+|https?:\S+")

# Two spaces, a space before a stop, or two stops that are no ellipsis.
LOOSE = re.compile(r"[^\S\n]{2,}|\s[.,]|(?<!\.)(?:[,?!][.,]|\.[.,])\s")
# A title may end a greeting: "Exmo. Sr.,", "Gentile Ing.,".
_TITLE = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]{1,4}\.(?=,)")
_TELLING_CHARACTERS = 160  # fewer do not tell Portuguese from Spanish, or German with English words from English
# Forms of address that share most of their words; which one a line uses is checked by the line itself.
_FIRST_NAMES = {"informal", "vos", "tu"}


def records(language: str, folder: str, *, every: int = 1) -> list[dict[str, Any]]:
    """Return the labelled messages of a language, or each so manieth."""
    lines = (CORPUS / folder / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[::every]]


def reviewed(found: list[dict[str, Any]]) -> Iterator[tuple[ReviewRequest, Report]]:
    """Yield each message that gets rewrites or should: it asks too early, or hunts."""
    for record in found:
        request = request_from_json(record | {"rewrites": True}, today=None)  # type: ignore[arg-type]
        report = REVIEWER.review(request)
        if report.rewriting.rewrites or any(finding.premature for finding in report.findings):
            yield request, report


def faults(request: ReviewRequest, report: Report, rewrite: Rewrite) -> list[str]:
    """Return what is wrong with one rewrite."""
    again = REVIEWER.review(replace(request, text=rewrite.text, rewrites=False))
    known = {f.kind for f in report.findings if f.category == "signal"}
    found = [f"early {f.kind}: {f.span.of(rewrite.text)}" for f in again.findings if f.premature]
    for finding in again.findings:
        is_blank = finding.span.of(rewrite.text) in rewrite.blanks
        if finding.category == "signal" and finding.kind not in known and not is_blank:
            found.append(f"new signal {finding.kind}: {finding.span.of(rewrite.text)}")
    found += [f"unsourced claim {claim}" for claim in _unsourced(request, rewrite)]
    register, now = _register(request, request.text), _register(request, rewrite.text)
    # What adds nothing is in the sender's own words.
    if rewrite.lines and register != "any" and now not in (register, "any") and not {register, now} <= _FIRST_NAMES:
        found.append(f"register {register} became {now}")
    for name in rewrite.lines:
        registers = {line.register for line in _lines(request, rewrite) if line.id == name}
        if not registers & {register, "any"}:
            found.append(f"register {', '.join(registers)} said to {register}")
    detected = DETECTOR.detect(rewrite.text)
    is_long = len(rewrite.text) >= _TELLING_CHARACTERS
    if is_long and DETECTOR.detect(request.text) == request.language and detected not in (request.language, None):
        found.append(f"language became {detected}")
    if re.search(r"\{\w*\}", rewrite.text) or (_is_loose(rewrite.text) and not _is_loose(request.text)):
        found.append("loose punctuation or an open slot")
    return found


def suggestion_faults(request: ReviewRequest, report: Report) -> list[str]:
    """Return what is wrong with suggestions, each taken over alone."""
    early = sum(finding.premature for finding in report.findings)
    known = {finding.kind for finding in report.findings if finding.category == "signal"}
    found = []
    for one in (one for suggestions in report.rewriting.suggestions.values() for one in suggestions):
        text = request.text[: one.span.start] + one.text + request.text[one.span.end :]
        again = REVIEWER.review(replace(request, text=text, rewrites=False)).findings
        blanks = re.findall(r"\[[^\]\n]+\]", one.text)
        if sum(finding.premature for finding in again) >= early:
            found.append(f"as many early asks: {one.text}")
        for finding in again:
            is_new = finding.category == "signal" and finding.kind not in known
            if is_new and finding.span.of(text) not in blanks:
                found.append(f"new signal {finding.kind}: {one.text}")
        if _is_loose(text) and not _is_loose(request.text):
            found.append(f"loose punctuation: {text}")
    return found


def _is_loose(text: str) -> bool:
    return LOOSE.search(_TITLE.sub("Title", text)) is not None


def _lines(request: ReviewRequest, rewrite: Rewrite) -> list[Line]:
    lines = LIBRARY.rewrite_lines(request.language or "")
    assert lines is not None
    return [line for group in lines.lines.values() for line in group if line.id in rewrite.lines]


def _register(request: ReviewRequest, text: str) -> str:
    pack, lines = LIBRARY.pack(request.language or ""), LIBRARY.rewrite_lines(request.language or "")
    assert lines is not None
    return register_of(read_draft(text, pack.wording), pack.words, lines, request.contact)


def _unsourced(request: ReviewRequest, rewrite: Rewrite) -> list[str]:
    """Return the names, dates, numbers and places that stand neither in the message nor in what the rewrite uses."""
    lines = LIBRARY.rewrite_lines(request.language or "")
    assert lines is not None
    # Who writes "im" is given "Im" of "I'm".
    templates = [spelled for line in _lines(request, rewrite) for spelled in (line.text, line.text.replace("'", ""))]
    contact = request.contact
    slots = {slot for line in _lines(request, rewrite) for slot in line.slots}
    events = [e for e in request.history if e.id in rewrite.uses]
    used = [f"{e.summary} {spoken_date(e.date, request.today, lines.file.when)}" for e in events]
    used += [n.text for n in contact.notes if n.id in rewrite.uses and n.usable]
    used += [f"{p.text} {spoken_date(p.made_on, request.today, lines.file.when)}" for p in contact.promises if p.id in rewrite.uses]
    recorded = {e.id for e in request.history} | {n.id for n in contact.notes} | {p.id for p in contact.promises}
    things = _things(events, lines)
    fills = any(change.why == "placeholder" for change in rewrite.changes)
    company = contact.company if "company" in slots or fills else ""
    greetings = lines.file.neutral_greetings.values() if fills else ()
    sources = _words(" ".join([request.text, contact.name, company, *greetings, *templates, *used, *things]))
    claims = [claim for claim in CLAIM.findall(rewrite.text) if not _words(claim) <= sources]
    # What a line names may be written small: of what is given or asked for, only that of a used event may be named.
    named = _words(rewrite.text)
    things += [p.text for p in contact.promises if p.id in rewrite.uses]
    if "thing" in slots and not any(fold(re.findall(r"\w+", thing)[-1]) in named for thing in things):
        claims.append("a thing of no event that it uses")
    return [*claims, *(f"event {i}" for i in rewrite.uses if i not in recorded)]


def _things(events: list[Event], lines: RewriteLines) -> list[str]:
    """Return what lines may name of *events*: the gift of one, the wish of another."""
    given = (EventKind.GAVE, EventKind.RECEIVED)
    # What stands behind the colon of an import's summary is what somebody wrote, or skills.
    gifts = [gift_of(e.summary.partition(":")[0] if e.source == "linkedin" else e.summary, lines) for e in events if e.kind in given]
    wishes = [lines.file.wishes.get(e.ask, "") for e in events if e.kind is EventKind.WAS_ASKED]
    return [thing for thing in (*gifts, *wishes) if thing]


def _words(text: str) -> set[str]:
    return {fold(word) for word in re.findall(r"\w+", text)}
