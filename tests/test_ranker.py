"""The ranker tells which of several lines suit a message, and a rewrite says the one that suits best."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.draft import read_draft
from coltiva.history import relate
from coltiva.reader import Reader
from coltiva.reader.ranker import Ranker, RankerNetwork, ToldLine, load_ranker, mean_of, means_of
from coltiva.reader.words import load_words
from coltiva.review import Reviewer, ReviewRequest
from coltiva.rewriting.choosing import Chooser
from coltiva.rewriting.message import Message
from coltiva.rewriting.ranking import LINE_MARKS, MESSAGE_MARKS, Ranking, Surroundings
from coltiva.training.lines import judged_lines
from coltiva.training.storing import store_ranker
from tests.shipped import LIBRARY

JUDGEMENTS = Path(__file__).parent / "rewriting" / "suiting"
COUSIN = "Hey cuz, grandma says hi and the twins want to show you the puppy! Could you lend me 200 euros till payday? Hugs, Lou"
MAIL = "Dear Mr Okafor,\n\nWe make bearings for paper mills in Leeds. Would you have half an hour for a demo next week?\n\nKind regards,\nAnna Bell"


def network() -> RankerNetwork:
    """Return the shipped network."""
    return load_ranker(LIBRARY.root / "ranker.npz")


def surroundings(own: str, head: str = "Hi Ivan, ") -> Surroundings:
    """Return a place for a line."""
    return Surroundings(head, own, " Anna", "Could you introduce me to Richard Branson?", "stranger", "email", ("introduction",))


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_what_people_judged_well_is_ranked_above_what_does_not_suit(language: str) -> None:
    """Of two lines of one message, one judged good and one unfit, the good one is mostly ranked higher."""
    reader, lines = LIBRARY.reader(language), LIBRARY.rewrite_lines(language)
    assert reader is not None
    assert lines is not None
    known = {line.text: line for group in lines.lines.values() for line in group}
    right = count = 0
    for judged in map(json.loads, (JUDGEMENTS / f"{language}.jsonl").read_text("utf-8").splitlines()):
        where = (judged["stage"], judged["channel"], judged["kinds"], judged.get("strictly", False))
        place = Surroundings(*(judged[k] for k in ("head", "own", "tail")), " ".join(judged["asks"]), *where)
        assert reader.ranker is not None
        ranking = Ranking(place, reader.ranker, lines)
        said = [(ranking.of([known[one["template"]]])[0], one["mark"]) for one in judged["lines"] if one["template"] in known]
        pairs = [(good, bad) for good, mark in said for bad, other in said if mark == 2 and other == 0]
        right += sum(good > bad for good, bad in pairs)
        count += len(pairs)
    assert count > 200
    assert right > 0.75 * count


def test_the_network_is_for_the_numbers_that_are_told() -> None:
    """The shipped weights stand for the marks of today, in their order, and for all languages."""
    shipped = network()
    assert (shipped.message_marks, shipped.line_marks) == (MESSAGE_MARKS, LINE_MARKS)
    assert set(shipped.languages) == set(LIBRARY.languages)
    assert len(surroundings("I run a small sail loft.").marks()) == len(MESSAGE_MARKS)


def test_stored_and_read_again_it_is_the_same(tmp_path: Path) -> None:
    """What is stored is read, to the byte where it is stored again; half a file is told."""
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    store_ranker(first, network())
    store_ranker(second, load_ranker(first))
    assert first.read_bytes() == second.read_bytes()
    first.write_bytes(second.read_bytes()[:900])
    with pytest.raises(ValueError, match=r"a\.npz"):
        load_ranker(first)


def test_means_are_of_each_part_and_of_all() -> None:
    """The last row is the mean over the words of all parts; nothing has the mean nothing."""
    reader = LIBRARY.reader("en")
    assert reader is not None
    assert reader.vectors is not None
    parts = (["hello", "there"], [], ["a", "boat"])
    means = means_of(parts, reader.vectors)
    assert np.allclose(means[0], mean_of(parts[0], reader.vectors))
    assert not means[1].any()
    assert np.allclose(means[2], mean_of(["hello", "there", "a", "boat"], reader.vectors), atol=1e-6)


def test_lines_are_taken_in_once_as_long_as_they_are_the_same() -> None:
    """What lines add is worked out once; lines that were written anew are told of again, each name once."""
    reader, lines = LIBRARY.reader("en"), LIBRARY.rewrite_lines("en")
    assert reader is not None
    assert reader.vectors is not None
    assert lines is not None
    ranker = Ranker("en", network(), reader.vectors)
    one = ToldLine("wait-1", ["how", "are", "things"], [0.0] * len(LINE_MARKS), {"things"})
    first = ranker.lines_of(lines, lambda: [one, one._replace(long_words=set())])
    assert ranker.lines_of(lines, list) is first
    assert (first.places, first.by_long_word, first.units.shape) == ({"wait-1": 0}, {"things": [0]}, (1, 48))
    again = ranker.lines_of(replace(lines), lambda: [one._replace(name="wait-2"), one])
    assert again.places == {"wait-2": 0, "wait-1": 1}
    np.testing.assert_allclose(again.units[0], first.units[0], rtol=1e-5, atol=1e-6)


def test_a_long_word_that_comes_again_is_heard() -> None:
    """Of lines that are the same but for what is heard to come again, the one that repeats suits otherwise."""
    reader, lines = LIBRARY.reader("en"), LIBRARY.rewrite_lines("en")
    assert reader is not None
    assert reader.ranker is not None
    assert reader.vectors is not None
    ranker = Ranker("en", network(), reader.vectors)
    heard = ToldLine("one", ["how", "are", "things"], [0.0] * len(LINE_MARKS), {"things"})
    known = ranker.lines_of(lines, lambda: [heard, heard._replace(name="other", long_words=set())])
    place = surroundings("Things are well here.")
    message = ranker.of_message(place.parts, place.marks())
    alone, there = ranker.suits(message, {"well"}, known), ranker.suits(message, place.long_words, known)
    assert alone[0] == pytest.approx(alone[1])
    assert there[0] != pytest.approx(alone[0])
    assert there[1] == pytest.approx(alone[1])


def times_work_is_named() -> int:
    """Return how many rewrites of a message to a cousin speak of work, fields or business, over many seeds."""
    met = Event("m1", date(2026, 1, 20), EventKind.MEETING, Direction.BOTH, "")
    request = ReviewRequest(COUSIN, "email", "en", "en", date(2026, 5, 14), Contact("Jo"), (met,), rewrites=True)
    reviewer = Reviewer(LIBRARY)
    rewrites = [r for seed in range(24) for r in reviewer.review(replace(request, seed=seed)).rewriting.rewrites]
    assert len(rewrites) >= 24
    return sum(bool(re.search(r"\b(?:work|working|field|projects?|company|introduce|business|busy)\b", r.text)) for r in rewrites)


def test_work_is_seldom_asked_after_in_a_family(monkeypatch: pytest.MonkeyPatch) -> None:
    """To a cousin it comes up less than half as often as where any line may be said."""
    named = times_work_is_named()
    reader = LIBRARY.reader("en")
    assert reader is not None
    monkeypatch.setattr(reader, "ranker", None)
    assert named * 2 < times_work_is_named()


def test_without_a_ranker_what_lines_rest_on_tells_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered comes before what anybody may be told, whatever the seed."""
    reader, lines = LIBRARY.reader("en"), LIBRARY.rewrite_lines("en")
    assert reader is not None
    assert lines is not None
    monkeypatch.setattr(reader, "ranker", None)
    met = Event("m1", date(2026, 4, 20), EventKind.CALL, Direction.BOTH, "talked about sailing")
    request = ReviewRequest(COUSIN, "email", "en", "en", date(2026, 5, 14), Contact("Jo"), (met,), rewrites=True)
    grounded = {line.id for line in lines.lines["smaller"] if line.ground == "topic"}
    for seed in range(4):
        asking = [r for r in Reviewer(LIBRARY).review(replace(request, seed=seed)).rewriting.rewrites if r.strategy == "smaller"]
        assert asking
        assert all(grounded & set(r.lines) for r in asking)


def test_a_way_out_after_a_question_is_said_first() -> None:
    """Ways out are not ranked: what is meant for a question comes before what may always be said."""
    reader, lines, pack = LIBRARY.reader("en"), LIBRARY.rewrite_lines("en"), LIBRARY.pack("en")
    assert reader is not None
    assert reader.ranker is not None
    assert lines is not None
    today = date(2026, 5, 14)
    relation = relate((), today, LIBRARY.gates, None)
    for seed in range(4):
        message = Message(read_draft(COUSIN, pack.wording), (), relation, Contact("Jo"), "email", (), today, seed)
        chooser = Chooser(message, lines, COUSIN, "question", "any")
        chooser.ranking = Ranking(surroundings(COUSIN), reader.ranker, lines)
        meant = [bool(line.after) for line in chooser.lines_of("lighter")]
        assert set(meant) == {True, False}
        assert meant == sorted(meant, reverse=True)


def test_nothing_is_added_where_no_line_suits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message is left without a line that hardly suits; one of which nothing stays never is."""
    monkeypatch.setattr(Ranking, "of", lambda self, lines: [0.4] * len(lines))
    today = date(2026, 5, 14)
    request = ReviewRequest(MAIL, "email", "en", "en", today, Contact("Chidi Okafor"), (), rewrites=True)
    waiting = {r.strategy: r for r in Reviewer(LIBRARY).review(request).rewriting.rewrites}["wait"]
    assert waiting.text == "Dear Mr Okafor,\n\nWe make bearings for paper mills in Leeds.\n\nKind regards,\nAnna Bell"
    assert waiting.lines == ()
    bare = replace(request, text="Dear Mr Okafor,\n\nCould you introduce me to Richard Branson?\n\nAnna Bell")
    assert all(r.lines for r in Reviewer(LIBRARY).review(bare).rewriting.rewrites)


def test_no_two_rewrites_of_one_message_say_the_same() -> None:
    """How are things at the mill is asked once, not in two wordings."""
    today = date(2026, 5, 14)
    for text in (MAIL, COUSIN):
        for seed in range(6):
            request = ReviewRequest(text, "email", "en", "en", today, Contact("Chidi Okafor", "Okafor Paper"), (), rewrites=True, seed=seed)
            said = [set(r.text.split()) - set(text.split()) for r in Reviewer(LIBRARY).review(request).rewriting.rewrites]
            assert all(len(a & b) <= 0.7 * min(len(a), len(b)) for i, a in enumerate(said) for b in said[:i] if a and b)


def test_a_language_of_which_nobody_has_judged_lines_has_no_ranker(tmp_path: Path) -> None:
    """Its readers do their work all the same, and nothing is read of it for the ranker."""
    shared, german = LIBRARY.shared_reader(), LIBRARY.reader("de")
    assert shared is not None
    assert shared.ranker is not None
    assert german is not None
    assert german.ranker is not None
    without = replace(shared, ranker=replace(shared.ranker, languages=("en",)))
    reader = Reader("de", german.linear, german.tuning, without, load_words(LIBRARY.root / "de" / "reader_words.npz"))
    assert reader.ranker is None
    assert reader.keeper is not None
    assert list(judged_lines(LIBRARY, "de", tmp_path)) == []
