"""What stays of the sender's own words where asks go: who writes, what is given, whole lists, and names that sign."""

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind
from tests.rewriting.test_record import MET, rewrites

IVAN = Contact("Ivan Misner")
LONG_AGO = Event("old", MET.date.replace(year=2023), EventKind.CALL, Direction.BOTH)


def texts(text: str, *history: Event, language: str = "en") -> list[str]:
    """Return the rewrites of a mail to Ivan Misner, over all lines that may come first."""
    return [r.text for r in rewrites(IVAN, *history, text=text, language=language)]


def test_who_writes_stays_where_next_to_nothing_would() -> None:
    """A sentence of the sender's trade leads up to the ask; without it nobody would know who wrote."""
    trade = "We help dental practices cut no-shows with automated text reminders."
    alone = texts(f"Hi Ivan,\n\n{trade} Do you have 15 minutes this Thursday for a quick demo?\n\nJosh Lantry")
    assert alone
    assert all(trade in one for one in alone)


def test_what_was_agreed_is_sent() -> None:
    """An attachment that was agreed does not go with an ask behind it."""
    told = "As agreed on the phone, I attach the drawings of the stairs."
    found = texts(f"Hi Ivan,\n\n{told} Could you recommend us to your clients?\n\nAnna", MET)
    assert found
    assert all(told in one for one in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi Ivan, I help roofers book extra jobs. Open to a quick call this week? - Tyler", "- Tyler"),
        ("Hi Ivan, I sell soap in Agadir. Could you introduce me to a printer, I would be so glad 🙏 Hajar", "Hajar"),
    ],
)
def test_a_name_behind_a_dash_or_an_emoji_signs(text: str, name: str) -> None:
    """It stays at the end, though no stop parts it from the ask."""
    found = texts(text)
    assert found
    assert all(one.endswith(name) for one in found)


def test_a_list_with_bullets_goes_whole_or_stays_whole() -> None:
    """No item is left alone, nor without its bullet."""
    items = ("✅ No setup fee", "✅ Accepted everywhere", "✅ Human support")
    text = "Hi Ivan,\n\nWe met a seal in the harbour.\n\n" + "\n".join(items) + "\n\nHow about a demo on Friday?\n\nAnna"
    found = texts(text)
    assert found
    for one in found:
        assert len([item for item in items if item in one]) in (0, len(items)), one
        assert one.count("✅") in (0, len(items))


def test_after_a_silence_the_line_stands_before_the_senders_news() -> None:
    """How somebody has been is asked before one's own news, unless the message begins with that itself."""
    news = "I have opened a sail loft in Genoa."
    text = "Hi Ivan,\n\n{}" + f"{news} Could you introduce me to Richard Branson?\n\nAnna"
    again = [r for r in rewrites(IVAN, LONG_AGO, text=text.format("")) if r.strategy == "reconnect"]
    assert again
    assert all(r.text.index(news) > len("Hi Ivan,\n\n") and r.text.endswith(f"{news}\n\nAnna") for r in again)
    greeted = [r for r in rewrites(IVAN, LONG_AGO, text=text.format("How are you these days? ")) if r.strategy == "reconnect"]
    assert greeted
    assert all(r.text == f"Hi Ivan,\n\nHow are you these days? {news}\n\nAnna" for r in greeted)


def test_no_memory_stands_beside_words_of_the_senders() -> None:
    """Who tells or asks something needs no "I enjoyed our conversation"; where nothing stays, it is recalled."""
    met = Event("m1", MET.date, EventKind.MEETING, Direction.BOTH, "talked about sailing")
    ask, recalled = "Could you introduce me to Richard Branson?", "about sailing."
    for opening in ("Thank you for the book.", "Your talk was a joy.", "How is your knee?", "I run a sail loft."):
        found = texts(f"Hi Ivan,\n\n{opening} {ask}\n\nAnna", met)
        assert found
        assert all(one.startswith(f"Hi Ivan,\n\n{opening}") and recalled not in one for one in found)
    assert any(recalled in one for one in texts(f"Hi Ivan,\n\n{ask}\n\nAnna", met))


def test_a_question_to_the_contact_is_a_paragraph_of_its_own() -> None:
    """Where the message has paragraphs, it does not run on from the sender's news; a chat in one line stays one."""
    met = Event("m1", MET.date, EventKind.MEETING, Direction.BOTH, "talked about sailing")
    question = "sailing?"
    parted = [one for one in texts("Hi Ivan,\n\nI run a sail loft. Could you introduce me to Richard Branson?\n\nAnna", met) if question in one]
    assert parted
    assert all("loft.\n\nHow" in one and f"{question}\n\nAnna" in one for one in parted)
    chat = [one for one in texts("Hi Ivan, I run a sail loft. Could you introduce me to Richard Branson?", met) if question in one]
    assert chat
    assert not any("\n" in one for one in chat)
