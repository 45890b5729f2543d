"""Facts of the record that a line may speak of, each with the events that it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from coltiva.contacts import Contact, Direction, Event, EventKind, Promise
from coltiva.cues import folded_words
from coltiva.history import is_conversation
from coltiva.rewrite_file import WhenWords
from coltiva.rewrite_lines import RewriteLines
from coltiva.rewriting.summaries import gift_of, noted_of, occasion_of, promised_of, topic_of
from coltiva.standing import gifts_to_thank_for

_COMPANY_END = re.compile(r",|\s/\s")
# Nobody says it: "how are things at Titz Events GmbH". A single word before it may be a place (Salzburg AG).
_LEGAL_FORM = re.compile(
    r"(?i)\s+(?:(?:pvt|pty)\.?\s+ltd|gmbh(?:\s*&\s*co\.?\s*kg)?|[ak]g|ohg|e\.\s?v|ltda?|lda|inc|llc|plc|sarl"
    r"|s\.?\s?(?:r\.?\s?l\.?s?|p\.?\s?a|n\.?\s?c|a\.?\s?s|a\.?\s?c|a|l\.?u?))\.?\Z"
)
_FIELD = re.compile(r"[{}\[\]<>$%]")  # of a template
_RECENT_DAYS = 10
_MONTH_ALONE_DAYS = 330  # beyond, the month of another year could be meant
_MOST_LANGUAGES = 16  # of which it is remembered what tells; a bound on memory
_TELLING_HEAD = 5  # letters of the last part of a joined word that tells what a company is
# What the contact asked for longer ago is no longer waited for (D: own choice, half a year).
_WAITING_DAYS = 180
# From when on how the two met is a memory (D: own choice, two months).
_MET_DAYS = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: the ids of the events that show it, and what fills the slots of a line."""

    uses: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def facts_of(past: Sequence[Event], contact: Contact, today: date, lines: RewriteLines) -> dict[str, Fact]:
    """Return the latest fact of each ground that the record holds; the ground ``""`` is always there.

    Args:
        past: the events up to *today*, in order of date.
    """
    facts: dict[str, Fact] = {"": Fact()}
    for event in past:
        facts |= _facts_of_event(event, today, lines)
    met = _met_fact(past, today, lines)
    if met and met.uses == facts["place"].uses:
        del facts["place"]  # how the two met says it better
    facts |= {"met": met} if met else {}
    waiting = _open_facts(past, today, lines)
    if "unthanked" in waiting:
        facts.pop("received")  # nobody is thanked again who was not thanked yet
    facts |= waiting
    owed = [p for p in contact.promises if p.by_user and p.kept_on is None and p.made_on <= today]
    if owed:
        facts |= _promise_fact(owed, today, lines)
    for note in contact.notes:
        told = noted_of(note.text, lines) if note.usable and note.date <= today else {}
        if told:
            facts["note"] = Fact((note.id,), told)
    company = spoken_company(contact.company)
    words = folded_words(company)
    is_none = lines.cues["no_company"].stand_in(" ".join(words))
    if words and not _needs_article(words[0], lines) and not is_none:
        facts["company"] = Fact((), {"company": company})
    return facts


def spoken_company(name: str) -> str:
    """Return a company's name as people say it: without what stands behind a comma, and without its legal form.

    Empty for an open field of a template.
    """
    if _FIELD.search(name):
        return ""
    company = _COMPANY_END.split(name)[0].strip()
    said = _LEGAL_FORM.sub("", company)
    return said if " " in said else company


def _needs_article(word: str, lines: RewriteLines) -> bool:
    """Tell whether a company whose name begins so has an article: Institut, and as one word Weinbauschule."""
    heads = lines.words["company_heads"]
    return word in heads or (bool(lines.words["subjects"]) and word.endswith(_telling(heads)))


@lru_cache(_MOST_LANGUAGES)
def _telling(heads: frozenset[str]) -> tuple[str, ...]:
    """Return those of *heads* by which a joined word that ends so is told."""
    return tuple(head for head in heads if len(head) >= _TELLING_HEAD)


def _facts_of_event(event: Event, today: date, lines: RewriteLines) -> dict[str, Fact]:
    """Return what one event shows by itself."""
    when = {"when": spoken_date(event.date, today, lines.file.when)}
    facts: dict[str, Fact] = {}
    if event.kind in (EventKind.GAVE, EventKind.RECEIVED):
        facts[event.kind.value] = Fact((event.id,), when | _thing(_gift(event, lines)))
    elif event.kind is EventKind.CONNECTED or is_conversation(event):
        facts[event.kind.value] = Fact((event.id,), when)
    if is_conversation(event):
        topic = topic_of(event.summary, lines)
        if topic:
            facts["topic"] = Fact((event.id,), when | {"topic": topic})
        place = occasion_of(event.summary, lines) if event.kind is EventKind.MEETING else ""
        if place:
            facts["place"] = Fact((event.id,), when | {"place": place})
    return facts


def _met_fact(past: Sequence[Event], today: date, lines: RewriteLines) -> Fact | None:
    """Return how the two met: the occasion with which the record's conversations begin, once others have followed."""
    talks = [event for event in past if is_conversation(event)]
    if len(talks) < 2 or talks[0].kind is not EventKind.MEETING or (today - talks[0].date).days < _MET_DAYS:
        return None
    facts = _facts_of_event(talks[0], today, lines)
    return facts.get("place")


def _open_facts(past: Sequence[Event], today: date, lines: RewriteLines) -> dict[str, Fact]:
    """Return what waits for the sender: a gift without thanks yet, a wish of the contact without an answer yet."""
    facts: dict[str, Fact] = {}
    for event in gifts_to_thank_for(past)[-1:]:
        when = {"when": spoken_date(event.date, today, lines.file.when)}
        facts["unthanked"] = Fact((event.id,), when | _thing(_gift(event, lines)))
    wishes = [i for i, event in enumerate(past) if event.kind is EventKind.WAS_ASKED]
    answered = wishes and any(_answers(event) for event in past[wishes[-1] + 1 :])
    if wishes and not answered and (today - past[wishes[-1]].date).days <= _WAITING_DAYS:
        wish = past[wishes[-1]]
        when = {"when": spoken_date(wish.date, today, lines.file.when)}
        facts["was_asked"] = Fact((wish.id,), when | _thing(lines.file.wishes.get(wish.ask, "")))
    return facts


def _answers(event: Event) -> bool:
    """Tell whether an event may have answered what the contact asked before."""
    sent = event.kind is EventKind.MESSAGE and event.direction is not Direction.RECEIVED
    return sent or event.kind in (EventKind.GAVE, EventKind.CALL, EventKind.MEETING)


def _promise_fact(owed: Sequence[Promise], today: date, lines: RewriteLines) -> dict[str, Fact]:
    """Return the promise that is most pressing: the one longest overdue, else the latest made."""
    late = sorted((p for p in owed if p.due_on and p.due_on < today), key=lambda p: p.due_on or today)
    promise = late[0] if late else owed[-1]
    values = {"when": spoken_date(promise.made_on, today, lines.file.when)} | _thing(promised_of(promise.text, lines))
    return {"overdue" if late else "promise": Fact((promise.id,), values)}


def _gift(event: Event, lines: RewriteLines) -> str:
    # LinkedIn's gifts are named before a colon; what stands behind it are skills, or what somebody wrote.
    said = event.summary.partition(":")[0] if event.source == "linkedin" else event.summary
    return gift_of(said, lines)


def _thing(words: str) -> dict[str, str]:
    return {"thing": words} if words else {}


def spoken_date(day: date, today: date, words: WhenWords) -> str:
    """Return how one says a day: the other day, in March, in March 2024."""
    days = (today - day).days
    if days <= _RECENT_DAYS:
        return words.recent
    if (day.year, day.month) == (today.year, today.month):
        return words.this_month
    month = words.months.split()[day.month - 1]
    form = words.month if days <= _MONTH_ALONE_DAYS else words.month_year
    said = form.format(month=month, year=day.year)
    for wrong, right in words.corrections.items():
        said = said.replace(wrong, right)
    return said
