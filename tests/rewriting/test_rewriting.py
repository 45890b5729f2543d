"""Rewrites keep the sender's own words, say only what is recorded, and hold when linted again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from coltiva.contacts import Contact, Promise
from coltiva.linting import Finding
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from coltiva.terminal import Painter, report_text
from tests.shipped import LIBRARY

REVIEWER = Reviewer(LIBRARY)
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
    assert next(iter(found)) == "wait"
    for rewrite in found.values():
        assert rewrite["text"].startswith("Hi Ivan,\n\nI run a small sail loft in Genoa.")
        assert rewrite["text"].endswith("\n\nBest 🙂\nAnna")
        assert "Branson" not in rewrite["text"]
        assert "in advance" not in rewrite["text"]


def refusing(early: Finding, is_refused: Callable[[str], bool]) -> Reviewer:
    """Return a reviewer that finds *early* in whatever text is refused."""
    return Reviewer(LIBRARY, lambda found, draft, _: (*found, early) if is_refused(draft.text) else found)


def test_where_a_rewrite_does_not_hold_another_is_tried() -> None:
    """Where one would ask early itself, its strategy says something else or nothing; those before it stay."""
    body = {"text": BRANSON, "language": "en", "contact": {"name": "Ivan Misner"}, "history": [MET], "rewrites": True}
    request = request_from_json(body, today=TODAY)
    first = REVIEWER.review(request)
    (early,) = (finding for finding in first.findings if finding.premature)
    others = set()
    for number, refused in enumerate(first.rewriting.rewrites):
        again = refusing(early, refused.text.__eq__).review(request)
        assert again.rewriting.rewrites
        assert again.rewriting.rewrites[:number] == first.rewriting.rewrites[:number]
        assert refused.text not in {rewrite.text for rewrite in again.rewriting.rewrites}
        others |= {rewrite.strategy for rewrite in again.rewriting.rewrites if rewrite.strategy == refused.strategy}
    assert {"wait", "smaller"} <= others


def test_a_suggestion_that_does_not_hold_is_left_out() -> None:
    """Of the words of several rewrites in the place of an ask, those that ask early there are not suggested."""
    body = {"text": BRANSON, "language": "en", "contact": {"name": "Ivan Misner"}, "history": [MET], "rewrites": True}
    request = request_from_json(body, today=TODAY)
    first = REVIEWER.review(request)
    (early,) = (finding for finding in first.findings if finding.premature)
    ((number, suggestions),) = first.rewriting.suggestions.items()
    words = [suggestion.text for suggestion in suggestions]
    assert len(words) > 1
    assert words[1]
    texts = {rewrite.text for rewrite in first.rewriting.rewrites}
    again = refusing(early, lambda text: words[1] in text and text not in texts).review(request)
    assert [suggestion.text for suggestion in again.rewriting.suggestions[number]] == [words[0], *words[2:]]


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
    found = report(text, history=[MET])["rewrites"]
    assert found
    assert all(r["text"].startswith("Hi Ivan, it was great to meet you in Turin.") for r in found)


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
    """A suggestion covers its finding and ends with its own stop; where nothing comes in its place, a space goes, too."""
    ask = next(f for f in report(BRANSON)["findings"] if f["premature"])
    assert ask["suggestions"]
    for suggestion in ask["suggestions"]:
        assert suggestion["start"] <= ask["start"]
        assert ask["end"] <= suggestion["end"]
        goes = BRANSON[suggestion["start"] : suggestion["end"]]
        assert goes == "Could you introduce me to Richard Branson?" + " " * (not suggestion["text"])
        assert not suggestion["text"] or suggestion["text"].endswith((".", "?"))


def test_open_fields_of_a_mail_merge_are_filled_or_taken_out() -> None:
    """The contact's name stands in place of a field for it; sentences with other fields go."""
    text = "Hi {{FirstName}},\nI admire {{Company}}. Would you be open to a 15-minute call next week?\nBest,\nTom"
    for rewrite in report(text)["rewrites"]:
        assert rewrite["text"].startswith("Hi Ivan,\n")
        assert "{" not in rewrite["text"]


def test_the_seed_changes_the_words_and_the_same_seed_does_not() -> None:
    """The same request gives the same rewrites; other seeds give others."""
    assert report(BRANSON, seed=1, history=[MET]) == report(BRANSON, seed=1, history=[MET])
    assert len({rewrites(BRANSON, seed=seed, history=[MET])["smaller"]["text"] for seed in range(4)}) > 1


def test_a_message_sent_moves_on_to_other_words() -> None:
    """After a message was sent, the lines that may have been in it are not offered next."""
    sent = {"id": "s1", "date": "2026-05-01", "kind": "message", "direction": "sent", "summary": "hello"}
    assert rewrites(BRANSON, history=[MET])["smaller"]["text"] != rewrites(BRANSON, history=[MET, sent])["smaller"]["text"]


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


def test_a_blank_is_named_and_linted_as_a_placeholder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rewrite with a blank lists it, and sending it so would be warned about."""
    text = "Hi Ivan,\n\nCould you introduce me to somebody at BNI?\n\nAnna"
    reader, lines = LIBRARY.reader("en"), LIBRARY.rewrite_lines("en")
    assert reader is not None
    assert lines is not None
    monkeypatch.setattr(reader, "ranker", None)  # which seldom lets a line with a blank be said
    whole = frozenset(line.id for group in lines.lines.values() for line in group if not line.has_blank)
    history = [MET, {"id": "r1", "date": "2026-04-02", "kind": "received", "summary": "was generous with his time"}]
    body = {"text": text, "language": "en", "contact": {"name": "Ivan Misner", "company": "BNI"}, "history": history, "rewrites": True}
    request = replace(request_from_json(body, today=TODAY), offered=whole)
    found = [r for r in REVIEWER.review(request).to_dict()["rewrites"] if r["blanks"]]
    assert found
    for rewrite in found:
        again = report(rewrite["text"], history=history, rewrites=False)
        assert [f["quote"] for f in again["findings"] if f["kind"] == "placeholder"] == rewrite["blanks"]
        assert again["verdict"] == "revise"


def test_the_terminal_shows_what_goes_and_what_comes() -> None:
    """A rewrite is printed whole, then what goes and what comes, with reasons and events; the verdict stays last."""
    body = {"text": BRANSON, "language": "en", "contact": {"name": "Ivan Misner"}, "history": [MET]}
    lines = report_text(REVIEWER.review(request_from_json(body, today=TODAY)), Painter(False)).splitlines()
    assert "    − Could you introduce me to Richard Branson?" in lines
    assert "      This ask comes too early." in lines
    assert any(line.startswith("    + ") for line in lines)
    assert "    It rests on: 2 March 2026 · meeting · BNI breakfast in Turin, talked about sailing." in lines
    assert lines[-1].startswith("Revise.")


def test_an_ask_that_fits_is_only_made_lighter() -> None:
    """Where a ripe ask comes with an unfilled field, the field's sentence goes and a way out is added; the ask stays."""
    text = "Hi Ivan,\nI admire {{Company}}. Could you read my draft?\nAnna"
    found = report(text, history=[MET])["rewrites"]
    assert [rewrite["strategy"] for rewrite in found] == ["lighter"]
    assert found[0]["text"].startswith("Hi Ivan,\nCould you read my draft? ")
    assert "{" not in found[0]["text"]
    assert report("Hi Ivan,\nCould you read my draft?\nAnna", history=[MET])["rewrites"] == []


def test_what_still_asks_gets_no_second_ask_behind_it() -> None:
    """Where a ripe ask stays beside an early one, the smaller rewrite ends with it: it is the smaller ask."""
    text = "Hi Ivan,\n\nCould you introduce me to Richard Branson?\n\nCould you read my draft?\n\nAnna"
    smaller = rewrites(text, history=[MET])["smaller"]
    assert smaller["text"].endswith("Could you read my draft?\n\nAnna")
    assert "Branson" not in smaller["text"]


def test_old_times_are_not_recalled_twice() -> None:
    """To somebody long silent, whom the sender reminds of old times, no more of them is said."""
    old = MET | {"date": "2023-03-02"}
    text = "Hi Ivan,\n\nIt has been an age since we met. Could you introduce me to Richard Branson?\n\nAnna"
    for seed in range(6):
        again = rewrites(text, history=[old], seed=seed)["reconnect"]["text"]
        assert "2023" not in again


def test_the_widest_gap_stays_before_the_sign_off() -> None:
    """Where the last sentence of a paragraph goes, the name does not move up to what stays."""
    text = "Hi Ivan,\n\nI run a small sail loft in Genoa.\n\nCould you introduce me to Richard Branson?\nAnna"
    found = rewrites(text, history=[MET])
    assert found
    assert all(rewrite["text"].endswith("\n\nAnna") for rewrite in found.values())


def test_a_clause_that_only_says_more_of_a_word_is_not_cut_off() -> None:
    """"My nephew, who plays the bassoon, needs a place" goes whole: nothing is left of it that can stand alone."""
    text = "Hi Ivan, and now my dear nephew Paul, who plays like an angel, could you give him a job?"
    assert not any("nephew" in r["text"] for r in rewrites(text, contact={"name": "Ivan Misner"}).values())


def test_a_promise_comes_before_a_lesser_line_with_a_memory() -> None:
    """What is overdue is said, though it takes no memory and other lines would."""
    contact = Contact("Ivan Misner", promises=(Promise("p1", date(2026, 3, 5), "Send him the minutes", due_on=date(2026, 4, 1)),))
    request = request_from_json({"text": BRANSON, "language": "en", "history": [MET]}, today=TODAY)
    first = REVIEWER.review(replace(request, contact=contact)).rewriting.rewrites[0]
    assert first.strategy == "give_first"
    assert first.uses == ("p1",)


def test_after_a_question_that_stays_no_second_one_is_asked() -> None:
    """A blank to ask about is a question too; nothing of the kind stands behind the sender's own."""
    text = "Hi Ivan,\n\nHow is the sail loft? Could you introduce me to Richard Branson?\n\nAnna"
    for seed in range(6):
        for rewrite in report(text, history=[MET], seed=seed)["rewrites"]:
            assert rewrite["blanks"] == [] or rewrite["strategy"] != "smaller"


def test_without_a_greeting_no_memory_follows_the_senders_words() -> None:
    """A memory stands before what the sender tells; where there is no place before it, it is left out."""
    text = "I run a small sail loft in Genoa. Could you introduce me to Richard Branson?"
    for seed in range(6):
        for rewrite in report(text, history=[MET], seed=seed)["rewrites"]:
            memories = [change["comes"] for change in rewrite["changes"] if change["why"] == "memory"]
            assert memories == []
            assert not rewrite["text"].startswith("I run a small sail loft in Genoa. It was good")


def test_a_way_out_suits_its_ask_and_is_not_said_twice() -> None:
    """"If not" stands only behind a question, and a sender who leaves a way out gets no second one."""
    asks = "Hi Ivan,\nI admire {{Company}}. Please read my draft by Friday.\nAnna"
    for seed in range(6):
        for rewrite in report(asks, history=[MET], seed=seed)["rewrites"]:
            assert "If not" not in rewrite["text"]
            assert "Only if" not in rewrite["text"]
    free = "Hi Ivan,\nI admire {{Company}}. Could you read my draft? Entirely optional.\nAnna"
    found = report(free, history=[MET])["rewrites"]
    assert [rewrite["text"] for rewrite in found] == ["Hi Ivan,\nCould you read my draft? Entirely optional.\nAnna"]


def in_language(text: str, language: str, **others: Any) -> list[dict[str, Any]]:
    """Return the rewrites of a message to somebody who is not recorded."""
    body = {"text": text, "language": language, "contact": {"name": ""}} | others
    found: list[dict[str, Any]] = REVIEWER.review(request_from_json(body, today=TODAY)).to_dict()["rewrites"]
    return found


def test_a_field_for_the_last_name_takes_it_or_stays_a_blank() -> None:
    """Behind a title the last name is said; where it is not known, the field is left for the user to fill."""
    text = "Sehr geehrte Frau [Nachname], ich backe Brot in Ulm. Würden Sie mir Ihre Kollegin vorstellen?"
    known = in_language(text, "de", contact={"name": "Ute Kern"})
    assert known
    assert all(rewrite["text"].startswith("Sehr geehrte Frau Kern, ") for rewrite in known)
    unknown = in_language(text, "de")
    assert unknown
    for rewrite in unknown:
        assert rewrite["text"].startswith("Sehr geehrte Frau [Nachname], ")
        assert "[Nachname]" in rewrite["blanks"]


def test_german_nouns_keep_their_capitals() -> None:
    """A noun that has become the first word behind a greeting stays a noun; a verb before "bitte" gets small."""
    text = "Liebe Frau Auer, könnten Sie mich Frau Kern vorstellen? Bilder meiner Arbeiten liegen im Laden."
    for rewrite in in_language(text, "de"):
        assert "bilder" not in rewrite["text"]


def test_who_is_to_be_led_to_goes_with_the_ask_without_a_whole_name() -> None:
    """A sentence that brings up a brother-in-law says nothing once nobody asks to be introduced to him."""
    text = "Lieber Jost, dein Schwager baut doch für die Diakonie. Könntest du mich ihm vorstellen?"
    found = in_language(text, "de")
    assert found
    assert not any("Schwager" in rewrite["text"] for rewrite in found)


def test_what_points_to_a_sentence_that_has_gone_goes_too() -> None:
    """"They come in six sizes" speaks of what went with the flattery or the pitch before it."""
    text = "Hi {{FirstName}},\nI admire {{Award}}. It is the best in town. Could you introduce me to Ann Lee?\nTom"
    found = rewrites(text)
    assert found
    assert not any("best in town" in rewrite["text"] for rewrite in found.values())


def test_own_news_that_end_on_the_contact_are_not_called_ones_own_side() -> None:
    """No turn such as "so much for my side" stands behind words that have turned to the contact already."""
    text = "Hi Ivan,\n\nI run a loft and I mend sails. I saw your talk. Could you introduce me to Richard Branson?\n\nAnna"
    for seed in range(6):
        for rewrite in report(text, seed=seed)["rewrites"]:
            assert "my side" not in rewrite["text"]
            assert "from me" not in rewrite["text"]


def test_a_field_keeps_the_comma_before_it() -> None:
    """In "Quick question, {{FirstName}}" the name comes behind its comma."""
    text = "Subject: Quick question, {{FirstName}}\n\nHi {{FirstName}},\n\nI mend sails. Could you introduce me to Ann Lee?\n\nTom"
    found = rewrites(text)
    assert found
    assert all(rewrite["text"].startswith("Subject: Quick question, Ivan\n\nHi Ivan,\n") for rewrite in found.values())


def test_a_verb_before_you_is_no_greeting() -> None:
    """"Wärst du bereit, mich …?" goes whole; nothing of it is taken for a greeting."""
    for rewrite in in_language("Wärst du bereit, mich mit deinem Bruder bekannt zu machen? Er sitzt im Kulturamt.", "de"):
        assert "bereit" not in rewrite["text"]
    for rewrite in in_language("Du hast erzählt, dass deine Tante malt. Stellst du mich ihr vor?", "de"):
        assert not rewrite["text"].startswith("Du, ")


def test_a_connector_goes_with_both_its_clauses() -> None:
    """Where the clause that told something and the ask behind it both go, nothing of what joined them stays."""
    text = (
        "Hi Ivan, I'm applying for the risk position and I understand that employees can refer candidates. "
        "Would you be comfortable referring me? I know you don't really know me, so I'd be glad to jump on a quick call first if that helps. "
        "Thank you so much for considering it."
    )
    found = rewrites(text)
    assert found
    assert not any(", so " in rewrite["text"] or ".," in rewrite["text"] for rewrite in found.values())


def test_a_suggestion_takes_with_it_what_leans_on_the_ask() -> None:
    """Whoever takes a suggestion over is left with no "him" that nobody has named."""
    text = "Hi Ivan,\n\nYour talk was a joy. Could you introduce me to Richard Branson? I would like to offer him my services. By the way, my daughter made the team.\n\nAda"
    (ask,) = [finding for finding in report(text)["findings"] if finding["category"] == "ask"]
    assert ask["suggestions"]
    goes = {text[one["start"] : one["end"]].rstrip() for one in ask["suggestions"]}
    assert goes == {"Could you introduce me to Richard Branson? I would like to offer him my services."}
