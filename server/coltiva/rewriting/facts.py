"""Facts of the record that a line may speak of, each with the events that it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.history import is_conversation
from coltiva.rewrite_lines import RewriteFile, WhenWords
from coltiva.tokens import fold

_RECENT_DAYS = 10
_MONTH_ALONE_DAYS = 330  # beyond, the month of another year could be meant
_MAX_TOPIC_WORDS = 5
# Words that turn a subject into somebody's point of view, or into a sentence.
_NOT_IN_A_TOPIC = frozenset(
    (
        "my",
        "our",
        "your",
        "his",
        "her",
        "their",
        "its",
        "him",
        "them",
        "me",
        "us",
        "you",
        "we",
        "i",
        "he",
        "she",
        "they",
        "it",
        "that",
        "which",
        "who",
        "and",
        "then",
        "but",
        "mio",
        "mia",
        "miei",
        "mie",
        "suo",
        "sua",
        "suoi",
        "sue",
        "nostro",
        "nostra",
        "loro",
        "lui",
        "lei",
        "che",
        "e",
        "ma",
        "poi",
        "mi",
        "mis",
        "su",
        "sus",
        "nuestro",
        "nuestra",
        "ella",
        "el",
        "que",
        "y",
        "pero",
        "mon",
        "mes",
        "son",
        "sa",
        "ses",
        "leur",
        "notre",
        "elle",
        "qui",
        "et",
        "mais",
        "mein",
        "meine",
        "meinen",
        "meinem",
        "meiner",
        "sein",
        "seine",
        "seinen",
        "seinem",
        "ihr",
        "ihre",
        "ihren",
        "ihrem",
        "unser",
        "unsere",
        "und",
        "aber",
        "dass",
        "meu",
        "minha",
        "seu",
        "seus",
        "suas",
        "dele",
        "dela",
        "nosso",
        "nossa",
    )
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: the ids of the events that show it, and what fills the slots of a line."""

    uses: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def facts_of(past: Sequence[Event], contact: Contact, today: date, file: RewriteFile) -> dict[str, Fact]:
    """Return the latest fact of each ground that the record holds; the ground ``""`` is always there.

    Args:
        past: the events up to *today*, in order of date.
    """
    facts: dict[str, Fact] = {"": Fact()}
    for event in past:
        when = {"when": spoken_date(event.date, today, file.when)}
        ground = _ground(event)
        if ground:
            facts[ground] = Fact((event.id,), when)
        if not is_conversation(event):
            continue
        topic = topic_of(event.summary, file.topics)
        if topic:
            facts["topic"] = Fact((event.id,), when | {"topic": topic})
        place = occasion_of(event.summary, file) if event.kind is EventKind.MEETING else ""
        if place:
            facts["place"] = Fact((event.id,), when | {"place": place})
    owed = [p for p in contact.promises if p.by_user and p.kept_on is None and p.made_on <= today]
    if owed:
        facts["promise"] = Fact((owed[-1].id,), {"when": spoken_date(owed[-1].made_on, today, file.when)})
    if contact.company:
        facts["company"] = Fact((), {"company": contact.company})
    return facts


def _ground(event: Event) -> str:
    """Return the ground that an event gives by its kind, or nothing."""
    if event.kind is EventKind.MESSAGE:
        return "message" if event.direction is not Direction.SENT else ""
    return event.kind.value if event.kind not in (EventKind.ASKED, EventKind.WAS_ASKED) else ""


def spoken_date(day: date, today: date, words: WhenWords) -> str:
    """Return how one says a day: the other day, in March, in March 2024."""
    days = (today - day).days
    if days <= _RECENT_DAYS:
        return words.recent
    if (day.year, day.month) == (today.year, today.month):
        return words.this_month
    month = words.months.split()[day.month - 1]
    if days <= _MONTH_ALONE_DAYS:
        return words.month.format(month=month)
    return words.month_year.format(month=month, year=day.year)


def topic_of(summary: str, openings: Sequence[str]) -> str:
    """Return the subject of a conversation as its summary names it, or nothing where it cannot be told for sure."""
    for opening in openings:
        match = re.search(rf"(?i)(?<!\w){re.escape(opening)}\s+([^,.;:()!?–—]+)", summary)
        if match:
            topic = match.group(1).strip()
            words = [fold(word) for word in re.findall(r"\w+", topic)]
            if 0 < len(words) <= _MAX_TOPIC_WORDS and not _NOT_IN_A_TOPIC & set(words):
                return topic
    return ""


def occasion_of(summary: str, file: RewriteFile) -> str:
    """Return an occasion such as a fair with its place, ready to follow a line's words; or nothing.

    Only a summary that begins with a noun phrase around a known head is read, up to the first comma: what
    cannot be told to be one is not said.
    """
    phrase = re.split(r"[,;:()!?–—]", summary.strip().rstrip("."), maxsplit=1)[0].strip()
    words = phrase.split()
    inner = {fold(word) for word in file.inner.split()}
    for head, form in file.occasions.items():
        at = _head_place(words, head)
        if at is None:
            continue
        tail = words[at + 1 :]
        if inner & {fold(word) for word in words[:at]}:
            continue
        if tail and (fold(re.split(r"['’]", tail[0])[0]) not in inner or (len(tail) == 1 and "'" not in tail[0])):
            continue
        if len(tail) > _MAX_TOPIC_WORDS or _NOT_IN_A_TOPIC & {fold(w) for w in words}:
            continue
        if at == 0 and not head.startswith("-"):
            words = [words[0][0].lower() + words[0][1:] if not words[0].isupper() else words[0], *words[1:]]
        return form.format(it=" ".join(words))
    return ""


def _head_place(words: Sequence[str], head: str) -> int | None:
    """Return where the head of an occasion stands.

    ``-messe`` is the end of the first word, ``+fair`` may follow up to two words, ``fiera`` is the first word.
    """
    if not words:
        return None
    if head.startswith("-"):
        return 0 if fold(words[0]).endswith(fold(head[1:])) else None
    if head.startswith("+"):
        places = [i for i, word in enumerate(words[:3]) if fold(word) == fold(head[1:])]
        return places[-1] if places else None
    return 0 if fold(words[0]) == fold(head) else None
