"""What a ``rewrites.yml`` holds: one file a language, written by people."""

from __future__ import annotations

import msgspec

STRATEGIES = ("wait", "smaller", "give_first", "reconnect", "lighter")
# What is only recalled, what may stand where an ask stood, and what may stand where praise stood that fits anyone.
GROUPS = ("memories", "instead", "noticed", *STRATEGIES)
# ``vos`` is Spanish with vos and ``tu`` Portuguese with tu, where ``informal`` is with tú and with você.
REGISTERS = ("any", "informal", "formal", "vos", "tu")
CONTEXTS = ("nothing", "own", "words", "question")
SENDERS = ("", "one", "several")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# What a line may rest on: a kind of recorded fact, a field of the contact, or nothing.
GROUNDS = (
    "",
    "topic",
    "place",
    "met",
    "meeting",
    "call",
    "message",
    "received",
    "unthanked",
    "gave",
    "promise",
    "overdue",
    "was_asked",
    "note",
    "target",
    "connected",
    "company",
)


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the file, in each form of address in which it is written.

    Attributes:
        any: the words where they address nobody; with slots such as ``{when}`` and ``{topic}`` where its ground gives
            them; ``[what …]`` is a blank that the user fills.
        informal, formal, vos, tu: the words in that form of address.
        ground: the recorded fact that it needs; one of ``GROUNDS``.
        stages, asks, channels: separated by spaces; empty means all.
        after: what has to stand before it, of ``CONTEXTS``: ``nothing`` of the sender's, the sender's ``own`` news,
            or other ``words``; for a way out, a ``question``; empty means anything.
        senders: ``several`` where only a message from several people may say it ("We'd be glad to stay in touch"),
            ``one`` where one person speaks and ``alone`` does not tell (``gostaria``).
        days: of ``DAYS``, on which it may be said ("Have a good week."), separated by spaces; empty means all.
    """

    any: str = ""
    informal: str = ""
    formal: str = ""
    vos: str = ""
    tu: str = ""
    ground: str = ""
    stages: str = ""
    asks: str = ""
    channels: str = ""
    after: str = ""
    senders: str = ""
    days: str = ""


class WhenWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language says when something was: ``month`` with {month}, ``month_year`` with {month} and {year}.

    Attributes:
        corrections: what would come out wrong (``a aprile``) → what is said (``ad aprile``).
    """

    recent: str
    this_month: str
    month: str
    month_year: str
    months: str
    corrections: dict[str, str] = {}


class RewriteFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One ``rewrites.yml``.

    Attributes:
        capitals: words that keep their capital after a comma.
        lowers: first words of an occasion that are written small inside a sentence.
        joins: two words that meet where a slot is filled → what they become (``di il`` → ``del``).
        elides: words that lose their vowel before another one (``de`` → ``d'``).
        occasions: head of an occasion (``fair``, ``-messe``) → how it follows a line's words, with {it}.
        gifts: beginning of a word of a summary → what was given, as a line names it.
        definite: article of what is first heard of → that of what is known (``a`` → ``the``).
        spelled_out: what is short in speech (``I'm``) → what a formal hand writes (``I am``).
        unmarked: contractions as they are typed without an apostrophe, where that is no other word (``im``).
        wishes: kind of ask → what was asked for, as a line names it.
        judged_as: a line that was reworded → the words in which people judged where it suits.
        neutral_greetings: ``informal`` and ``formal`` → what greets whoever it is, in place of "Estimado(a)".
        formal_greetings: words that greet stiffly, and nobody without a name behind them (``Dear``).
        to_house: words behind which the name of a house stands in a greeting ("redazione di").
    """

    when: WhenWords
    capitals: str = ""
    lowers: str = ""
    joins: dict[str, str] = {}
    elides: str = ""
    occasions: dict[str, str]
    gifts: dict[str, str]
    definite: dict[str, str]
    spelled_out: dict[str, str] = {}
    unmarked: str = ""
    wishes: dict[str, str]
    judged_as: dict[str, str] = {}
    neutral_greetings: dict[str, str]
    formal_greetings: str
    to_house: str
    memories: list[Entry]
    wait: list[Entry]
    smaller: list[Entry]
    instead: list[Entry]
    noticed: list[Entry]
    give_first: list[Entry]
    reconnect: list[Entry]
    lighter: list[Entry]
