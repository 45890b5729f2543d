"""What every importer is given, and where it counts what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from functools import partial
from hashlib import blake2b

from coltiva.review import DEFAULT_EXPLANATION_LANGUAGE
from coltiva.speech import Speech

_EXAMPLES = 5
_EXAMPLE_CHARACTERS = 120
# Long enough to recognize a message by; the whole of it stays in the archive.
_EXCERPT_CHARACTERS = 300


class LeftOut(StrEnum):
    """Why a part of a file becomes no contact and no event."""

    HIDDEN = "hidden"  # members who show neither name nor profile
    SPONSORED = "sponsored"  # campaigns and newsletters
    SPAM = "spam"
    DRAFTS = "drafts"
    GROUPS = "groups"  # conversations of more than two
    AMBIGUOUS = "ambiguous"  # several people could be meant
    UNPARSED = "unparsed"  # cannot be read
    SKIPPED = "skipped"  # says nothing about a relationship


@dataclass(frozen=True, slots=True)
class Example:
    """One contact, or one thing that was left out.

    Attributes:
        shown: which it is and where it stands: names, places, days and numbers, which need no language.
        code: names the text on it; empty where what it is counted under says all.
        values: what stands in that text.
    """

    shown: str
    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(slots=True)
class Tally:
    """Counts of what was left out, each with a few examples."""

    counts: dict[LeftOut, int] = field(default_factory=dict)
    examples: dict[LeftOut, list[Example]] = field(default_factory=dict)

    def add(self, why: LeftOut, which: str, code: str = "", **values: object) -> None:
        """Count one more; see ``Example`` for *which*, *code* and *values*."""
        self.counts[why] = self.counts.get(why, 0) + 1
        shown = self.examples.setdefault(why, [])
        if len(shown) < _EXAMPLES:
            shown.append(Example(excerpt(which, _EXAMPLE_CHARACTERS), code, values))


def _say_nothing(phase: str, done: int, total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of files from outside.

    Attributes:
        today: the day of what carries no date of its own, such as an address book's notes.
        zone: where the user's days begin; None for this machine's own.
        owner: the user's name, profile address or email, where the files do not tell it.
        say: the language of what an importer writes itself, such as which kind of gift an event was; ids never
            depend on it, so that the same file read in another language brings nothing new.
        progress: gets ``reading`` with bytes, or ``gathering`` with people; done so far and in all.
    """

    today: date
    zone: tzinfo | None = None
    owner: str = ""
    say: Speech = field(default_factory=partial(Speech, DEFAULT_EXPLANATION_LANGUAGE))
    tally: Tally = field(default_factory=Tally)
    progress: Callable[[str, int, int], None] = _say_nothing

    def local(self, seconds: float) -> datetime:
        """Return the user's local time at so many seconds after 1970 in UTC, without a zone."""
        return datetime.fromtimestamp(seconds, self.zone).replace(tzinfo=None)


def excerpt(text: str, most: int = _EXCERPT_CHARACTERS) -> str:
    """Return *text* on one line and at most so many characters long."""
    line = " ".join(text[: 8 * most].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def valid_text(text: str) -> str:
    """Return *text* with a question mark for each half of a character, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def stable_id(source: str, *parts: str) -> str:
    """Return an id that depends on the parts alone, so that a second import finds the same."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8)
    return f"{source}-{digest.hexdigest()}"
