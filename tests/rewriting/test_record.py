"""Rewrites speak of what the record holds: notes that may be used, gifts, promises, wishes, and long silences."""

import re
from dataclasses import replace
from datetime import date

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind, Note, Promise
from coltiva.review import Reviewer, ReviewRequest
from coltiva.rewrite_lines import Line
from coltiva.rewriting import Rewrite
from tests.shipped import LIBRARY

REVIEWER = Reviewer(LIBRARY)
TODAY = date(2026, 5, 14)
MET = Event("m1", date(2026, 3, 2), EventKind.MEETING, Direction.BOTH)
ASK = "Hi Ivan,\n\nCould you introduce me to Richard Branson?\n\nAnna"
ASKS = {
    "en": ASK,
    "it": "Ciao Ivan,\n\nmi presenteresti Richard Branson?\n\nAnna",
    "es": "Hola Ivan:\n\n¿Me presentarías a Richard Branson?\n\nAna",
    "fr": "Bonjour Ivan,\n\nPourrais-tu me présenter Richard Branson ?\n\nAnne",
    "de": "Hallo Ivan,\n\nkönntest du mich Richard Branson vorstellen?\n\nAnna",
    "pt": "Olá Ivan,\n\nVocê poderia me apresentar ao Richard Branson?\n\nAna",
}


def rewrites(contact: Contact, *history: Event, text: str = ASK, language: str = "en", **others: object) -> list[Rewrite]:
    """Return the rewrites of a message, over all lines that may come first."""
    request = ReviewRequest(text, "email", language, "en", TODAY, contact, history, rewrites=True)
    request = replace(request, **others)  # type: ignore[arg-type]
    seeds = [request.seed] if "seed" in others else range(12)
    return [r for seed in seeds for r in REVIEWER.review(replace(request, seed=seed)).rewriting.rewrites]


def test_a_note_is_used_only_where_it_may_be() -> None:
    """What is private is never said; what the user marks as usable is, and is named as what it rests on."""
    note = Note("n1", date(2026, 4, 1), "loves wooden boats")
    private = rewrites(Contact("Ivan Misner", notes=(note,)), MET)
    assert not any("boat" in r.text or "n1" in r.uses for r in private)
    marked = [r for r in rewrites(Contact("Ivan Misner", notes=(replace(note, usable=True),)), MET) if "wooden boats" in r.text]
    assert marked
    assert all("n1" in r.uses for r in marked)
    assert not any("loves" in r.text for r in marked)


@pytest.mark.parametrize("text", ["He told me in tears that his firm is bankrupt", "his wife left", "debts, divorce, drink. Be careful"])
def test_a_note_that_is_no_subject_is_not_quoted(text: str) -> None:
    """Even a usable note is only said where it is a few plain words."""
    told = rewrites(Contact("Ivan Misner", notes=(Note("n1", date(2026, 4, 1), text, usable=True),)), MET)
    assert not any("n1" in r.uses for r in told)


def test_what_was_given_is_named_and_thanked_for_once() -> None:
    """A gift without thanks yet is thanked for; one that was thanked for is only remembered; a thankful draft gets neither."""
    gift = Event("g1", date(2026, 4, 2), EventKind.RECEIVED, Direction.RECEIVED, "Introduced me to Marta")
    first = rewrites(Contact("Ivan Misner"), MET, gift)
    assert first[0].strategy == "give_first"
    assert any("hank" in r.text and "the introduction" in r.text and r.uses == ("g1",) for r in first)
    assert not any("Thank you again" in r.text for r in first)
    call = Event("c1", date(2026, 4, 9), EventKind.CALL, Direction.BOTH)
    assert any("Thank you again for the introduction." in r.text for r in rewrites(Contact("Ivan Misner"), MET, gift, call))
    thankful = ASK.replace("Could", "Thank you for introducing me to Marta. Could")
    assert not any("thank-you" in r.text for r in rewrites(Contact("Ivan Misner"), MET, gift, text=thankful))


def test_a_promise_comes_first_and_a_late_one_says_so() -> None:
    """An open promise is kept before anything is asked; one that is overdue is owned up to; a kept one is not spoken of."""
    promise = Promise("p1", date(2026, 3, 2), "the list of suppliers")
    opened = rewrites(Contact("Ivan Misner", promises=(promise,)), MET)
    assert opened[0].strategy == "give_first"
    assert any("I promised you the list of suppliers" in r.text and r.uses == ("p1",) for r in opened)
    assert not any(re.search(r"\blate\b", r.text) for r in opened)
    late = rewrites(Contact("Ivan Misner", promises=(replace(promise, due_on=date(2026, 4, 1)),)), MET)
    assert any("the list of suppliers" in r.text and "late" in r.text for r in late)
    kept = rewrites(Contact("Ivan Misner", promises=(replace(promise, kept_on=date(2026, 4, 1)),)), MET)
    assert not any("p1" in r.uses for r in kept)


def test_what_they_asked_for_is_answered_first_until_it_is() -> None:
    """A wish of the contact comes before the sender's; once something was given or sent, it is left alone."""
    wish = Event("w1", date(2026, 3, 20), EventKind.WAS_ASKED, Direction.RECEIVED, "", "introduction")
    opened = rewrites(Contact("Ivan Misner"), MET, wish)
    assert opened[0].strategy == "give_first"
    assert any("You asked me for an introduction" in r.text and r.uses == ("w1",) for r in opened)
    gave = Event("g1", date(2026, 3, 25), EventKind.GAVE, Direction.SENT)
    assert not any("asked me" in r.text for r in rewrites(Contact("Ivan Misner"), MET, wish, gave))


def test_after_a_long_silence_the_last_conversation_is_picked_up() -> None:
    """Reconnecting comes first, keeps no books of days and years, and speaks of no earlier conversation as the last."""
    call = Event("c1", date(2023, 3, 2), EventKind.CALL, Direction.BOTH)
    letter = Event("r1", date(2024, 1, 9), EventKind.MESSAGE, Direction.RECEIVED)
    again = [r for r in rewrites(Contact("Ivan Misner"), call, letter) if r.strategy == "reconnect"]
    assert again
    assert all(r.uses in (("r1",), ("c1",), ("r1", "c1")) or not r.uses for r in again)
    assert not any(year in r.text for r in again for year in ("2023", "2024"))
    assert not any("our call" in r.text for r in again)


def memories_of(language: str) -> tuple[Line, ...]:
    """Return the lines that only remember."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    return lines.lines["memories"]


@pytest.mark.parametrize(("day", "is_told"), [(date(2026, 3, 2), True), (date(2026, 1, 2), False)])
def test_what_is_long_ago_is_not_remembered(day: date, is_told: bool) -> None:
    """What was spoken of two months ago is recalled, what was four months ago never."""
    talk = replace(MET, date=day, summary="talked about sailing")
    told = rewrites(Contact("Ivan Misner"), talk, text=ASK)
    assert told
    recalled = {line.id for line in memories_of("en")}
    assert any("sailing" in r.text and r.uses == ("m1",) and recalled & set(r.lines) for r in told) == is_told


def test_the_last_conversation_comes_to_mind_and_none_long_before_it() -> None:
    """Who has called in April does not recall a fair in January; who met there in March may."""
    call, ids = Event("c1", date(2026, 4, 20), EventKind.CALL, Direction.BOTH), {line.id for line in memories_of("en")}
    for day, is_told in ((date(2026, 1, 12), False), (date(2026, 4, 2), True)):
        fair = Event("f1", day, EventKind.MEETING, Direction.BOTH, "Talked about sailing")
        told = rewrites(Contact("Ivan Misner"), fair, call, text=ASK.replace("\n\nAnna", " I mend sails in Genoa.\n\nAnna"))
        assert any("c1" in r.uses and ids & set(r.lines) for r in told)
        assert any("f1" in r.uses and ids & set(r.lines) for r in told) == is_told


def test_who_reconnects_already_is_left_alone() -> None:
    """Where the sender picks up the thread and ends on a question, nothing is added."""
    text = "Hi Ivan,\n\nIt's been an age. Do you know anyone who is hiring? Please pass on my CV.\n\nAnd tell me, did the cats settle?\n\nAnna"
    call = Event("c1", date(2023, 3, 2), EventKind.CALL, Direction.BOTH)
    first = rewrites(Contact("Ivan Misner"), call, text=text, seed=0)[0]
    assert first.strategy == "reconnect"
    assert first.text == "Hi Ivan,\n\nIt's been an age.\n\nAnd tell me, did the cats settle?\n\nAnna"


def test_words_join_as_the_language_joins_them() -> None:
    """An article melts into the word before it: del mercato, du chantier."""
    for language, summary, expected in (
        ("it", "Parlato del mercato", "del mercato"),
        ("fr", "Parlé du chantier", "du chantier"),
        ("pt", "Falámos do mercado", "do mercado"),
        ("es", "Hablamos del mercado", "del mercado"),
    ):
        text = {"it": "Ciao Ivan, mi presenti Mario Rossi?", "fr": "Salut Ivan, tu me présentes Mario Rossi ?",
                "pt": "Olá Ivan, apresentas-me o Mário Rossi?", "es": "Hola Ivan, ¿me presentas a Mario Rossi?"}[language]
        event = replace(MET, summary=summary)
        told = rewrites(Contact("Ivan Misner"), event, text=text, language=language)
        assert any(expected in r.text for r in told), language
        assert not any(f"{wrong} mercato" in r.text for r in told for wrong in ("di il", "su il")), language


def test_lines_offered_of_late_come_last() -> None:
    """What was offered before is offered again only where nothing else is left; the same request gives the same."""
    contact = Contact("Ivan Misner", company="BNI", id="c")
    first = rewrites(contact, MET, seed=3)
    lines = frozenset(line for r in first for line in r.lines)
    again = rewrites(contact, MET, seed=3, offered=lines)
    assert lines
    assert not lines & {line for r in again for line in r.lines}
    assert again == rewrites(contact, MET, seed=3, offered=lines)


@pytest.mark.parametrize("language", ASKS)
def test_five_days_bring_five_days_of_other_words(language: str) -> None:
    """Who drafts to the same contact day after day is offered no line twice, and at least one way each day."""
    for history in ((), (MET,)):
        offered: frozenset[str] = frozenset()
        for day in range(5):
            found = rewrites(Contact("Ivan Misner", id="c"), *history, text=ASKS[language], language=language, seed=0, offered=offered)
            lines = [line for r in found for line in r.lines]
            assert lines, day
            assert len(set(lines)) == len(lines), day
            assert offered.isdisjoint(lines), day
            offered |= frozenset(lines)


@pytest.mark.parametrize("language", ASKS)
def test_only_an_invitation_speaks_of_connecting(language: str) -> None:
    """Lines for an invitation are said there, to somebody who is not known; in a mail never."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    inviting = {line.id for line in lines.lines["wait"] if "linkedin_invite" in line.channels}
    text = " ".join(ASKS[language].split())
    invited = rewrites(Contact("Ivan Misner"), text=text, language=language, channel="linkedin_invite")
    assert any(inviting & set(r.lines) for r in invited)
    assert not any(inviting & set(r.lines) for r in rewrites(Contact("Ivan Misner"), text=text, language=language))
