"""What a ``cues.yml`` holds: the words by which a message, and what is recorded of its contact, is read."""

from __future__ import annotations

import msgspec


class CueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One ``cues.yml``: one file a language, written by people.

    Attributes:
        hails: words that greet, beyond ``greetings`` of ``address.yml``.
        pairs: words that greet only together with the next one: good morning, but also good to meet you.
        after_names: words that follow a name without a comma (``Chiara ti va``).
        openers: words that often begin a message or a sentence and are no name; without them none is told.
        word_ends: endings of words that are no name, and are written small inside a sentence.
        introduces: words right before the sender's own name.
        sign_offs: words that open a closing line, beyond ``closings`` of ``address.yml``.
        closing_sentences: words that open a closing sentence of any length.
        farewells: where one stands among the last words of a message, they take leave (``Mit ergebenen Grüßen, Leo``).
        footers: words by which a line below the signature is told that a mailing program wrote (``unsubscribe``).
        informal, formal, vos, tu, plural: words or phrases that show the form of address, beyond ``address.yml``.
        against: words or phrases that speak against ``vos`` or ``tu``.
        others: phrases that speak of somebody else in words of the formal address ("un monsieur").
        stiff: words that keep whoever is addressed informally at a distance: nothing is said to them as among friends.
        small_after_greeting: whether a message goes on with a small letter behind a greeting and its comma; then
            ``capitals`` do not tell how the sender begins (``La contatto``).
        small_capitals: words that show, written small, that the sender writes ``capitals`` small.
        subjects: pronouns that stand right behind a verb, where nouns are written with capitals.
        lead_ins: a sentence that holds one only leads up to an ask.
        orphans: a sentence that holds one says nothing once the ask is gone.
        resumes: openings that take the ask up again before something else (``either way``).
        leaning: openings of a sentence that leans on the one before.
        pointing: openings of a sentence that speaks of what the one before it names.
        referring: words with which a sentence speaks of what the one before it names, wherever they stand.
        acquaintances: a sentence that holds one brings up somebody to whom the contact is to lead.
        keeps: a sentence that holds one stays though it follows an ask.
        asides: a sentence that holds one has turned from the ask before it to something else (``by the way``).
        news: openings of a sentence that tells of people, home or weather, or asks after them, whatever it follows.
        answers: where the sender's own words hold one, they do what was asked or promised (``as you asked``).
        ways_out: where the sender's own words hold one, a no is fine already.
        hurries: words that only say how soon something is asked for (``by tonight``), and can be left out.
        recalls: where the sender's own words hold one, no memory is added.
        connectors: words after which an ask may be cut off from the clause before it.
        coordinators: those of them that can be left out where a sentence has become the first (``and``).
        conditions: a clause that holds one cannot stand without the next.
        framing: openings of words that only say within what something is done (``as part of my thesis``).
        finite: words of which one has to stand behind them to make a clause of it (``I``).
        admires: words by which somebody says that they like what they found of the contact.
        shared: subjects that a second clause leaves out (``I came across it and was struck``), and has to have.
        drops_subjects: whether a clause needs no subject at all.
        relatives: words with which a clause begins that only says more of the word before it.
        persons: words that turn a subject into somebody's point of view, or into a sentence.
        tells: words that show that the sender tells of themselves, beyond ``first_person`` of ``address.yml``.
        alone: words by which nobody but one person who speaks of themselves is meant.
        together: words by which several people do; ``-iamo`` stands for all that end so.
        topics: words in a summary that come before a subject (``talked about``).
        handed: words in a summary that come before what somebody gave or lent (``lent me``).
        handed_ends: words of which one has to stand behind it, where verbs come last (``geliehen``).
        interests: words in a note that come before what somebody likes.
        articles: words with which something promised begins, where it can be named as it was written down.
        inner: words that may join an occasion to a place.
        of_words: those of them that only say more of the word before (``the name of a welder``).
        towards: words that stand before whom an introduction leads to.
        no_company: what is no company's name, though it stands in its place (``freelance``).
        company_heads: first words of a company's name with which it would need an article.
        private: what is never named of a conversation, an occasion or a promise; ``divorc-`` stands for all words that
            begin so, ``-krebs`` for all that end so, ``-krebs-`` for all that hold it.
    """

    hails: str = ""
    pairs: str
    after_names: str = ""
    openers: str = ""
    word_ends: str = ""
    introduces: list[str] = []
    sign_offs: list[str]
    closing_sentences: list[str] = []
    farewells: list[str] = []
    footers: list[str] = []
    informal: list[str] = []
    formal: list[str] = []
    vos: list[str] = []
    stiff: list[str] = []
    others: list[str] = []
    tu: list[str] = []
    against: list[str] = []
    plural: list[str] = []
    small_after_greeting: bool = False
    small_capitals: str = ""
    subjects: str = ""
    lead_ins: list[str]
    orphans: list[str]
    resumes: list[str] = []
    leaning: list[str]
    pointing: list[str] = []
    referring: list[str] = []
    acquaintances: list[str] = []
    keeps: list[str]
    asides: list[str]
    news: list[str]
    answers: list[str] = []
    ways_out: list[str] = []
    hurries: list[str] = []
    recalls: list[str]
    connectors: list[str]
    coordinators: str = ""
    conditions: list[str]
    framing: list[str] = []
    finite: str = ""
    admires: list[str]
    shared: str = ""
    drops_subjects: bool = False
    relatives: str = ""
    persons: str
    tells: str = ""
    alone: str = ""
    together: str = ""
    topics: list[str]
    handed: list[str]
    handed_ends: str = ""
    interests: list[str]
    articles: str
    inner: str
    of_words: str
    towards: str
    no_company: list[str]
    company_heads: str
    private: list[str] = []
