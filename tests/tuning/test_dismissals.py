"""Dismissed findings stay away, for a contact or everywhere; firing is counted without a word of text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coltiva.contacts import Contact
from coltiva.errors import StoreCorruptError
from coltiva.review import Reviewer, ReviewRequest
from coltiva.tuning.counts import FiredCounts
from coltiva.tuning.dismissals import Dismissal, DismissalStore
from coltiva.tuning.sent_messages import SentMessage, SentMessages
from coltiva.tuning.workshop import Workshop

ASK = "Could you introduce me to your editor?"
TODAY = date(2026, 5, 14)


def dismissal(reason: str, sentence: str = ASK, contact: str | None = None, **fields: str) -> Dismissal:
    """Return a dismissal of the introduction."""
    values = {"id": "d-000001", "rule": "en/asks/introduction", "kind": "introduction", "quote": sentence.rstrip("?.!")} | fields
    return Dismissal(**values, sentence=sentence, language="en", stage="stranger", contact=contact, reason=reason, at="2026-05-14T09:00:00")


def asks(workshop: Workshop, text: str, contact: str = "") -> list[str]:
    """Return the kinds of ask that are shown in an English message."""
    reviewer = Reviewer(workshop.library, workshop.sieve)
    request = ReviewRequest(text, "linkedin_message", "en", "en", TODAY, Contact("Ada", id=contact), ())
    return [f.kind for f in reviewer.review(request).findings if f.category == "ask"]


def test_no_ask_counts_everywhere(workshop: Workshop) -> None:
    """The sentence is none for anybody, in whatever case and spacing; another sentence still is one; taken back it shows again."""
    workshop.dismissals.add(dismissal("no_ask", contact="c1"))
    assert asks(workshop, "Hi! could you  INTRODUCE me to your editor?", "c2") == []
    assert asks(workshop, "Could you introduce me to your boss?", "c2") == ["introduction"]
    workshop.dismissals.remove(["d-000001"])
    assert asks(workshop, ASK) == ["introduction"]


def test_ignored_counts_for_one_contact(workshop: Workshop) -> None:
    """Ignored for one contact it shows for others, and for nobody in particular."""
    workshop.dismissals.add(dismissal("ignored", contact="c1"))
    assert asks(workshop, ASK, "c1") == []
    assert asks(workshop, ASK, "c2") == ["introduction"]
    assert asks(workshop, ASK) == ["introduction"]
    workshop.dismissals.add(dismissal("ignored", contact="c3", id="d-000002", rule="en/asks/sale"))
    assert asks(workshop, ASK, "c3") == ["introduction"]


def test_the_two_sides_may_cut_sentences_otherwise(workshop: Workshop) -> None:
    """What the extension calls the sentence may be longer; the quote within it decides then. Emoji are no words."""
    workshop.dismissals.add(dismissal("no_ask", sentence=f"Hi Ivan 😀 {ASK}", quote="Could you introduce me to your editor"))
    assert asks(workshop, ASK) == []
    assert asks(workshop, f"👨‍👩‍👧 {ASK}") == []


def test_the_same_id_twice_is_one_and_lasts(data: Path) -> None:
    """One id is one dismissal, the first told counts; it is there again after a restart."""
    store = DismissalStore(data / "tuning/dismissals.json")
    store.add(dismissal("no_ask"))
    assert store.add(dismissal("ignored")).reason == "no_ask"
    again = DismissalStore(data / "tuning/dismissals.json")
    assert [one.reason for one in again.all()] == ["no_ask"]
    assert again.counts() == {"en/asks/introduction": 1}


def test_a_broken_file_is_refused_and_kept(data: Path) -> None:
    """Half a file is no empty one: it is named and stays."""
    path = data / "dismissals.json"
    path.parent.mkdir()
    path.write_text('{"dismissals": [{"id', encoding="utf-8")
    with pytest.raises(StoreCorruptError, match=r"dismissals\.json"):
        DismissalStore(path)
    assert path.read_text("utf-8") == '{"dismissals": [{"id'


def test_firing_is_counted_once_for_a_sentence_being_typed(workshop: Workshop, data: Path) -> None:
    """Key after key of one sentence is one finding; another contact is another; the file holds numbers, no text."""
    reviewer = Reviewer(workshop.library)
    for contact in ("c1", "c2"):
        for end in range(22, len(ASK) + 1):
            request = ReviewRequest(ASK[:end], "email", "en", "en", TODAY, Contact("Ada", id=contact), ())
            workshop.note(reviewer.review(request), TODAY)
    rows = [row for row in workshop.counts.rows() if row[1] == "en/asks/introduction"]
    assert rows == [("2026-05-14", "en/asks/introduction", "introduction", "stranger", True, 2)]
    workshop.counts.flush(TODAY)
    stored = (data / "tuning/counts.json").read_text("utf-8")
    assert "editor" not in stored
    assert "c1" not in stored
    assert FiredCounts(data / "tuning/counts.json").totals()["en/asks/introduction"] == 2
    workshop.counts.note(ASK, "c3", "stranger", reviewer.review(request).findings, TODAY)
    workshop.counts.flush(date(2028, 1, 1))
    assert workshop.counts.rows() == []


def test_sent_messages_are_kept_only_when_chosen(data: Path) -> None:
    """Off by default; on, the newest are kept once each; switched off, all are deleted from the disk."""
    sent = SentMessages(data / "sent.json")
    message = SentMessage("Hello there", "en", "email", "stranger", "2026-05-14")
    sent.keep(message)
    assert sent.all() == ()
    sent.choose(True)
    sent.keep(message)
    sent.keep(message)
    assert SentMessages(data / "sent.json").all() == (message,)
    sent.choose(False)
    assert "Hello" not in (data / "sent.json").read_text("utf-8")
