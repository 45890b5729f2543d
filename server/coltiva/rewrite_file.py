"""What a ``rewrites.yml`` holds: one file a language, written by people."""

from __future__ import annotations

import msgspec

STRATEGIES = ("wait", "smaller", "give_first", "reconnect", "lighter")
GROUPS = ("memories", "turns", *STRATEGIES)
# ``vos`` is Spanish with vos and ``tu`` Portuguese with tu, where ``informal`` is with tú and with você.
REGISTERS = ("any", "informal", "formal", "vos", "tu")
CONTEXTS = ("nothing", "own", "words", "question")
SENDERS = ("", "one", "several")
# What a line may rest on: a kind of recorded fact, a field of the contact, or nothing.
GROUNDS = (
    "",
    "topic",
    "place",
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


class RewriteFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``rewrites.yml``.

    Attributes:
        informal, formal, vos, tu, plural: words or phrases that show the form of address, beyond ``address.yml``.
        against: words or phrases that speak against ``vos`` or ``tu``.
        capitals: words that keep their capital after a comma.
        pairs: words that greet only together with the next one: good morning, but also good to meet you.
        sign_offs: words that open a closing line.
        closings: words that open a closing sentence of any length.
        farewells: where one stands among the last words of a message, they take leave (``Mit ergebenen Grüßen, Leo``).
        lead_ins: a sentence that holds one only leads up to an ask.
        orphans: a sentence that holds one says nothing once the ask is gone.
        resumes: openings that take the ask up again before something else (``either way``).
        leaning: openings of a sentence that leans on the one before.
        keeps: a sentence that holds one stays though it follows an ask.
        asides: a sentence that holds one has turned from the ask before it to something else (``by the way``).
        news: openings of a sentence that tells of people, home or weather, or asks after them, whatever it follows.
        recalls: where the sender's own words hold one, no memory is added.
        tells: words that show that the sender tells of themselves, beyond ``first_person`` of ``address.yml``.
        connectors: words after which an ask may be cut off from the clause before it.
        coordinators: those of them that can be left out where a sentence has become the first (``and``).
        small_after_greeting: whether a message goes on with a small letter behind a greeting and its comma; then
            ``capitals`` do not tell how the sender begins (``La contatto``).
        answers: where the sender's own words hold one, they do what was asked or promised (``as you asked``).
        conditions: a clause that holds one cannot stand without the next.
        topics: words in a summary that come before a subject (``talked about``).
        persons: words that turn a subject into somebody's point of view, or into a sentence.
        occasions: head of an occasion (``fair``, ``-messe``) → how it follows a line's words, with {it}.
        inner: words that may join an occasion to a place.
        gifts: beginning of a word of a summary → what was given, as a line names it.
        wishes: kind of ask → what was asked for, as a line names it.
        articles: words with which something promised begins, where it can be named as it was written down.
        towards: words that stand before whom an introduction leads to.
        interests: words in a note that come before what somebody likes.
        joins: two words that meet where a slot is filled → what they become (``di il`` → ``del``).
        elides: words that lose their vowel before another one (``de`` → ``d'``).
        no_company: what is no company's name, though it stands in its place (``freelance``).
        company_heads: first words of a company's name with which it would need an article.
        acquaintances: a sentence that holds one brings up somebody to whom the contact is to lead.
        pointing: openings of a sentence that speaks of what the one before it names.
        introduces: words right before the sender's own name.
        referring: words with which a sentence speaks of what the one before it names, wherever they stand.
        subjects: pronouns that stand right behind a verb, where nouns are written with capitals.
        ways_out: where the sender's own words hold one, a no is fine already.
        relatives: words with which a clause begins that only says more of the word before it.
        lowers: first words of an occasion that are written small inside a sentence.
        hails: words that greet, beyond ``greetings`` of ``address.yml``.
        openers: words that often begin a message or a sentence and are no name; without them none is told.
        after_names: words that follow a name without a comma (``Chiara ti va``).
        word_ends: endings of words that are no name, and are written small inside a sentence.
        small_capitals: words that show, written small, that the sender writes ``capitals`` small.
        alone: words by which nobody but one person who speaks of themselves is meant.
        together: words by which several people do; ``-iamo`` stands for all that end so.
    """

    when: WhenWords
    pairs: str
    sign_offs: list[str]
    lead_ins: list[str]
    orphans: list[str]
    leaning: list[str]
    keeps: list[str]
    asides: list[str]
    news: list[str]
    recalls: list[str]
    connectors: list[str]
    conditions: list[str]
    topics: list[str]
    persons: str
    occasions: dict[str, str]
    inner: str
    gifts: dict[str, str]
    wishes: dict[str, str]
    articles: str
    towards: str
    interests: list[str]
    no_company: list[str]
    company_heads: str
    memories: list[Entry]
    turns: list[Entry]
    wait: list[Entry]
    smaller: list[Entry]
    give_first: list[Entry]
    reconnect: list[Entry]
    lighter: list[Entry]
    informal: list[str] = []
    formal: list[str] = []
    vos: list[str] = []
    tu: list[str] = []
    against: list[str] = []
    plural: list[str] = []
    tells: str = ""
    capitals: str = ""
    closings: list[str] = []
    farewells: list[str] = []
    ways_out: list[str] = []
    acquaintances: list[str] = []
    pointing: list[str] = []
    referring: list[str] = []
    introduces: list[str] = []
    subjects: str = ""
    joins: dict[str, str] = {}
    elides: str = ""
    lowers: str = ""
    hails: str = ""
    openers: str = ""
    after_names: str = ""
    word_ends: str = ""
    small_capitals: str = ""
    relatives: str = ""
    resumes: list[str] = []
    coordinators: str = ""
    small_after_greeting: bool = False
    answers: list[str] = []
    alone: str = ""
    together: str = ""
