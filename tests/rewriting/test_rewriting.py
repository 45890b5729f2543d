"""Rewrites keep the sender's own words, say only what is recorded, and hold when linted again."""

from datetime import date
from typing import Any

from coltiva.library import Library
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from coltiva.terminal import Painter, report_text

REVIEWER = Reviewer(Library())
TODAY = date(2026, 5, 14)
MET = {"id": "m1", "date": "2026-03-02", "kind": "meeting", "summary": "BNI breakfast in Turin, talked about sailing"}


def report(text: str, **others: Any) -> dict[str, Any]:
    """Return the report on an English message to Ivan Misner."""
    body = {"text": text, "language": "en", "contact": {"name": "Ivan Misner", "company": "BNI"}} | others
    return REVIEWER.review(request_from_json(body, today=TODAY)).to_dict()


def rewrites(text: str, **others: Any) -> dict[str, dict[str, Any]]:
    """Return the rewrites by strategy."""
    return {rewrite["strategy"]: rewrite for rewrite in report(text, **others)["rewrites"]}


BRANSON = "Hi Ivan,\n\nI run a small sail loft in Genoa. Could you introduce me to Richard Branson? Thanks in advance.\n\nBest 🙂\nAnna"


def test_greeting_own_words_and_sign_off_stay() -> None:
    """The ask and its thanks in advance go; greeting, line breaks, emoji and sign-off stay."""
    found = rewrites(BRANSON)
    assert list(found) == ["wait", "smaller", "give_first"]
    for rewrite in found.values():
        assert rewrite["text"].startswith("Hi Ivan,\n\nI run a small sail loft in Genoa. ")
        assert rewrite["text"].endswith("\n\nBest 🙂\nAnna")
        assert "Branson" not in rewrite["text"]
        assert "in advance" not in rewrite["text"]


def test_a_stranger_gets_no_memory() -> None:
    """Where nothing is recorded no rewrite uses an event, and none speaks of one."""
    assert all(rewrite["uses"] == [] for rewrite in report(BRANSON)["rewrites"])


def test_a_recorded_meeting_is_remembered_and_named() -> None:
    """A rewrite speaks of what is recorded, and says by which event it knows."""
    texts = [(r["text"], r["uses"]) for r in report(BRANSON, history=[MET])["rewrites"]]
    assert any("sailing" in text or "BNI breakfast in Turin" in text or "March" in text for text, _ in texts)
    for text, uses in texts:
        remembers = any(word in text for word in ("sailing", "breakfast", "March"))
        assert uses == (["m1"] if remembers else [])


def test_what_the_sender_recalls_is_not_recalled_again() -> None:
    """No memory is put before words that hold one already."""
    text = "Hi Ivan, it was great to meet you in Turin. Could you introduce me to Richard Branson?"
    assert all(r["text"].startswith("Hi Ivan, it was great to meet you in Turin. ") for r in report(text, history=[MET])["rewrites"][:1])


def test_dormant_contacts_are_met_again_first() -> None:
    """After a long silence the first rewrite reconnects, with the year of the last event."""
    first = report(BRANSON, history=[MET | {"date": "2023-03-02"}])["rewrites"][0]
    assert first["strategy"] == "reconnect"
    assert first["uses"] == ["m1"]


def test_changes_lead_from_the_message_to_the_rewrite() -> None:
    """Taking out what goes and putting in what comes leaves the words of the rewrite."""
    for history in ([], [MET]):
        for rewrite in report(BRANSON, history=history)["rewrites"]:
            at, words = 0, ""
            for change in rewrite["changes"]:
                assert BRANSON[change["start"] : change["end"]] == change["goes"]
                assert change["why"]
                words += BRANSON[at : change["start"]] + " " + change["comes"] + " "
                at = change["end"]
            assert (words + BRANSON[at:]).split() == rewrite["text"].split()


def test_suggestions_replace_whole_sentences() -> None:
    """A suggestion covers its finding and ends with its own stop."""
    ask = next(f for f in report(BRANSON)["findings"] if f["premature"])
    assert ask["suggestions"]
    for suggestion in ask["suggestions"]:
        assert suggestion["start"] <= ask["start"]
        assert ask["end"] <= suggestion["end"]
        assert BRANSON[suggestion["start"] : suggestion["end"]] == "Could you introduce me to Richard Branson?"
        assert suggestion["text"].endswith((".", "?"))


def test_open_fields_of_a_mail_merge_are_filled_or_taken_out() -> None:
    """The contact's name stands in place of a field for it; sentences with other fields go."""
    text = "Hi {{FirstName}},\nI admire {{Company}}. Would you be open to a 15-minute call next week?\nBest,\nTom"
    for rewrite in report(text)["rewrites"]:
        assert rewrite["text"].startswith("Hi Ivan,\n")
        assert "{" not in rewrite["text"]


def test_the_seed_changes_the_words_and_the_same_seed_does_not() -> None:
    """The same request gives the same rewrites; other seeds give others."""
    assert report(BRANSON, seed=1) == report(BRANSON, seed=1)
    assert len({report(BRANSON, seed=seed)["rewrites"][0]["text"] for seed in range(4)}) > 1


def test_a_message_sent_moves_on_to_other_words() -> None:
    """After a message was sent, the lines that may have been in it are not offered next."""
    sent = {"id": "s1", "date": "2026-05-01", "kind": "message", "direction": "sent", "summary": "hello"}
    assert rewrites(BRANSON)["wait"]["text"] != rewrites(BRANSON, history=[sent])["wait"]["text"]


def test_private_words_of_the_record_are_never_quoted() -> None:
    """A summary that is no plain occasion or subject is not said, nor is a note."""
    event = MET | {"summary": "He told me in tears that his firm is bankrupt"}
    for rewrite in report(BRANSON, history=[event])["rewrites"]:
        assert "tears" not in rewrite["text"]
        assert "bankrupt" not in rewrite["text"]


def test_nothing_is_rewritten_while_somebody_types_or_does_not_want_it() -> None:
    """With a caret, or when told not to, the report holds no rewrites."""
    assert report(BRANSON, caret=5)["rewrites"] == []
    assert report(BRANSON, rewrites=False)["rewrites"] == []
    assert report("Hi Ivan, congratulations on the book!")["rewrites"] == []


def test_a_blank_is_named_and_linted_as_a_placeholder() -> None:
    """A rewrite with a blank lists it, and sending it so would be warned about."""
    text = "Hi Ivan,\n\nCould you introduce me to somebody at BNI?\n\nAnna"
    found = [r for seed in range(9) for r in report(text, history=[MET | {"kind": "call"}], seed=seed)["rewrites"] if r["blanks"]]
    assert found
    for rewrite in found:
        again = report(rewrite["text"], history=[MET], rewrites=False)
        assert [f["quote"] for f in again["findings"] if f["kind"] == "placeholder"] == rewrite["blanks"]
        assert again["verdict"] == "revise"


def test_the_terminal_shows_what_goes_and_what_comes() -> None:
    """A rewrite is printed whole, then what goes and what comes, with reasons and events; the verdict stays last."""
    body = {"text": BRANSON, "language": "en", "contact": {"name": "Ivan Misner"}, "history": [MET]}
    lines = report_text(REVIEWER.review(request_from_json(body, today=TODAY)), Painter(False)).splitlines()
    assert "    − Could you introduce me to Richard Branson?" in lines
    assert "      This ask comes too early." in lines
    assert any(line.startswith("    + ") for line in lines)
    assert "    It rests on: m1." in lines
    assert lines[-1].startswith("revise")


def test_an_ask_that_fits_is_only_made_lighter() -> None:
    """Where a ripe ask comes with an unfilled field, the field's sentence goes and a way out is added; the ask stays."""
    text = "Hi Ivan,\nI admire {{Company}}. Could you read my draft?\nAnna"
    found = report(text, history=[MET])["rewrites"]
    assert [rewrite["strategy"] for rewrite in found] == ["lighter"]
    assert found[0]["text"].startswith("Hi Ivan,\nCould you read my draft? ")
    assert "{" not in found[0]["text"]
    assert report("Hi Ivan,\nCould you read my draft?\nAnna", history=[MET])["rewrites"] == []
