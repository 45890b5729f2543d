"""The second reader: what it sees, how it is trained, and how it stands beside the phrases."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from coltiva.contacts import Contact
from coltiva.draft import read_draft
from coltiva.library import Library
from coltiva.linting import SentenceMatcher
from coltiva.reader import Reader, Reading, Tuning
from coltiva.reader.linear import LinearModel, features, hit_features, probability
from coltiva.review import Reviewer, ReviewRequest
from coltiva.tokenizer import tokenize
from coltiva.tokens import Tokens, Wording
from coltiva.training.examples import Example
from coltiva.training.linear import stored, train_asks, train_kinds
from tests.shipped import LIBRARY

EVEN = Tuning(0.5, 0.5, 0.2, 0.2)
TODAY = date(2026, 5, 14)


def seen(text: str, question: bool = False) -> set[str]:
    """Return the features of *text* as one sentence."""
    tokens = tokenize(text, Wording())
    return set(features(tokens, 0, len(tokens.words), question))


def reader(asks: dict[str, float], tuning: Tuning = EVEN) -> Reader:
    """Return a reader of two kinds; ``intro…`` speaks for an introduction."""
    return Reader("en", LinearModel(asks, {"": [0.0, 0.1], "~intro": [3.0, 0.0]}, ["introduction", "sale"]), tuning)


def read_alone(second: Reader, tokens: Tokens, question: bool = False) -> Reading:
    """Return the reading of all *tokens* as one sentence without hits."""
    return second.judge(second.take_in(tokens, [(0, len(tokens.words), question, [])]))[0]


def test_features_are_words_stems_neighbours_and_pairs() -> None:
    """Words, long words' stems, neighbours, pairs at most four apart, the edges and the question."""
    found = seen("Could you introduce me", question=True)
    assert {"could", "you", "~intro", "introduce", "could you", "^", "$?", "?", "could\tme"} <= found
    assert "^\tme" in found
    assert "^\t$?" not in found, "five apart"


def test_features_name_shapes_and_breaks_instead_of_the_words() -> None:
    """An address or an amount counts as what it is; a comma is a feature of its own."""
    found = seen("Look here, https://example.org costs 40€")
    assert {"<url>", "<amount>", "here ,"} <= found
    assert not any("example" in f or "40" in f for f in found)


def test_rule_hits_are_features_of_their_kind_and_of_any_kind() -> None:
    """A hit speaks for its kind; a hint is told apart from a rule."""
    assert hit_features([("job", False), ("sale", True)]) == ["hint:", "hint:sale", "rule:", "rule:job"]


def test_a_reading_names_the_words_that_weighed() -> None:
    """Probability, kind, place and reasons come from the weights alone."""
    tokens = tokenize("well then introduce me", Wording())
    second = reader({"": -1.0, "introduce": 2.0, "introduce me": 1.5, "well": -0.5})
    reading = read_alone(second, tokens)
    assert reading.probability == pytest.approx(1 / (1 + 2.718281828 ** -2.0))
    assert reading.kind == "introduction"
    start, _, reasons = second.place(second.take_in(tokens, [(0, 4, False, [])])[0])
    assert (start, reasons) == (2, ("introduce",))


@pytest.mark.parametrize("text", ["please please introduce me, please introduce me to me", "ok", "a b a b a, b a"])
def test_a_reading_counts_every_feature_once(text: str) -> None:
    """The sum is that of the features' weights, whatever the way they are looked up, and repeats count once."""
    tokens = tokenize(text, Wording())
    weights = {f: 0.01 * (i + 1) for i, f in enumerate(sorted(seen(text, question=True)))}
    expected = probability(-1.0 + sum(weights.values()))
    reading = read_alone(reader({"": -1.0, **weights}), tokens, question=True)
    assert reading.probability == pytest.approx(expected)


def test_training_learns_what_tells_asks_apart() -> None:
    """The words that only asks have weigh for them, those of other talk against; the same examples give the same model."""
    talk = [Example(("thanks", f"x{i % 3}"), ()) for i in range(40)]
    asks = [Example(("please", f"x{i % 3}"), ("job" if i % 2 else "sale",)) for i in range(40)]
    cues = [Example((*e.features, "cv" if e.kinds == ("job",) else "buy"), e.kinds) for e in asks]
    weights, kinds = train_asks(talk + cues), train_kinds(talk + cues, ["job", "sale"])
    assert weights["please"] > 0.5 > -0.5 > weights["thanks"]
    assert kinds["cv"][0] > 0.5 > -0.5 > kinds["cv"][1]
    assert stored(weights, kinds, ["job", "sale"]) == stored(train_asks(talk + cues), train_kinds(talk + cues, ["job", "sale"]), ["job", "sale"])


def found(text: str, second: Reader | None) -> list[str]:
    """Return the rule of each match in an English *text* read with *second*."""
    matcher = SentenceMatcher(LIBRARY.pack("en"), second)
    return [m.rule for _, matches in matcher.matches(read_draft(text, matcher.pack.wording)) for m in matches]


def matched(text: str, second: Reader | None) -> list[str]:
    """Return the rules that count in an English *text* read with *second*."""
    return sorted(set(found(text, second)))


def test_the_reader_adds_what_no_phrase_finds() -> None:
    """A sentence without any hit becomes an ask where the words suffice, and not below the tuning."""
    text = "Zebras wander homewards"
    assert matched(text, None) == []
    assert matched(text, reader({"": -1.0, "zebras": 2.0})) == ["en/reader"]
    assert matched(text, reader({"": -1.0, "zebras": 2.0}, Tuning(0.9, 0.9, 0.1, 0.1))) == []


def test_a_guard_for_the_reader_keeps_it_from_adding() -> None:
    """An open door for the contact's own questions is no ask, whatever the reader makes of its words; the next sentence is read."""
    weights = reader({"": -1.0, "zebras": 4.0})
    assert found("Call me about zebras.", weights) == ["en/reader"]
    assert found("If you have any questions about zebras, call me.", weights) == []
    assert found("If you have any questions about zebras, call me. Zebras wander.", weights) == ["en/reader"]
    assert found("He asked about zebras. If you have any questions, call me.", weights) == ["en/reader"]


def test_where_one_ask_is_sure_less_is_wanted_of_others() -> None:
    """A second sentence is marked from ``more_from`` on, but alone only from ``adds_from``; a low one never is."""
    tuning, weights = Tuning(0.8, 0.5, 0.1, 0.1), {"": -1.0, "zebras": 4.0, "otters": 1.5, "newts": 0.5}
    asking = [(reader(weights, tuning), text) for text in ("Otters swim.", "Otters swim. Zebras wander.", "Newts sleep. Zebras wander.")]
    assert [len(found(text, second)) for second, text in asking] == [0, 2, 1]


def test_what_is_being_typed_changes_nothing_elsewhere() -> None:
    """A sure ask makes less be wanted of others once its sentence is left, not while it grows."""
    second = reader({"": -1.0, "zebras": 4.0, "otters": 1.5}, Tuning(0.8, 0.5, 0.1, 0.1))
    matcher = SentenceMatcher(LIBRARY.pack("en"), second)
    text = "Otters swim. Zebras wander"
    draft = read_draft(text, matcher.pack.wording)
    typed, left = (matcher.matches(draft, caret) for caret in (len(text), None))
    assert [len(matches) for _, matches in typed] == [0, 0]
    assert [len(matches) for _, matches in left] == [1, 1]


def test_the_reader_lets_go_what_it_does_not_believe() -> None:
    """A phrase's ask is dropped below ``keeps_from`` and stays above it."""
    text = "Could you introduce me to Richard Branson?"
    assert matched(text, None) == ["en/asks/introduction"]
    assert matched(text, reader({"": -3.0})) == []
    assert matched(text, reader({"": -3.0}, Tuning(0.5, 0.5, 0.01, 0.2))) == ["en/asks/introduction"]


def test_a_greeting_does_not_speak_against_what_follows_it() -> None:
    """What a phrase finds behind a greeting is weighed without the greeting; a sentence where no phrase finds anything, with it."""
    against = reader({"": 0.5, "hi": -9.0})
    assert matched("Hi Ann, could you introduce me to Richard Branson?", against) == ["en/asks/introduction"]
    assert matched("Hi there you, zebras wander homewards", against) == []
    assert matched("Zebras wander homewards", against) == ["en/reader"]
    plain = "Olá Ivan, podes apresentar-me ao Mário Rossi?"
    request = ReviewRequest(plain, "email", "pt", "pt", TODAY, Contact("Ivan"), ())
    assert [f.kind for f in Reviewer(LIBRARY).review(request).findings if f.category == "ask"] == ["introduction"]


def test_every_trained_reader_loads_and_reads() -> None:
    """The shipped models are usable, and a plain thank-you is no ask to them."""
    trained = [code for code in LIBRARY.languages if LIBRARY.reader(code)]
    assert "en" in trained
    request = ReviewRequest("I just loved how you read the room.", "email", "en", "en", TODAY, Contact("Ann"), ())
    assert not [f for f in Reviewer(LIBRARY).review(request).findings if f.category == "ask"]


def test_the_reason_of_a_reading_is_shown() -> None:
    """What the reader finds names its words in the explanation; nothing else does."""
    library = Library()
    library._readers["en"] = reader({"": -1.0, "zebras": 4.0})
    request = ReviewRequest("Zebras wander homewards.", "email", "en", "en", TODAY, Contact("Ann"), ())
    finding = Reviewer(library).review(request).to_dict()["findings"][0]  # type: ignore[index]
    assert finding["rule"] == "en/reader"
    assert "zebras" in finding["why"]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "hi ivan could you introduce me to richard branson kind regards anna smith"),
    ("it", "buongiorno signor rossi potrebbe presentarmi il suo direttore cordiali saluti mario verdi"),
    ("es", "hola ivan podrías presentarme a tu jefe un saludo marta"),
    ("fr", "bonjour madame durand pourriez vous me présenter à votre directeur cordialement paul martin"),
    ("de", "hallo frau kern könnten sie mich ihrer chefin vorstellen mit freundlichen grüßen ingo thalmann"),
    ("pt", "olá ana podes apresentar-me ao teu chefe abraço rui"),
])
def test_neither_greeting_nor_closing_speaks_against_an_ask_typed_without_marks(language: str, text: str) -> None:
    """Who sets no marks greets, asks and takes leave in one sentence: it asks all the same."""
    request = ReviewRequest(text, "email", language, "en", TODAY, Contact("Ivan"), ())
    findings = Reviewer(LIBRARY).review(request).findings
    assert [finding.kind for finding in findings if finding.category == "ask"] == ["introduction"]


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    """Half a model file is named and the phrases go on alone; switched off, nothing is wrong."""
    shipped = LIBRARY.root
    for file in shipped.iterdir():
        (tmp_path / file.name).symlink_to(file) if file.name not in ("en", "readers.yml") else None
    (tmp_path / "en").mkdir()
    for file in (shipped / "en").iterdir():
        (tmp_path / "en" / file.name).symlink_to(file) if file.name != "reader.json" else None
    (tmp_path / "en" / "reader.json").write_text(json.dumps({"asks": {}}), "utf-8")
    (tmp_path / "readers.yml").write_text("readers:\n  en: {enabled: true, adds_from: 60, more_from: 60, keeps_from: 20, hints_from: 25}\n", "utf-8")
    library = Library(tmp_path)
    assert library.reader("en") is None
    assert [problem.path for problem in library.problems_of("en")] == ["en/reader.json"]
    (tmp_path / "readers.yml").write_text("readers:\n  en: {enabled: false, adds_from: 60, more_from: 60, keeps_from: 20, hints_from: 25}\n", "utf-8")
    assert Library(tmp_path).reader("en") is None


@pytest.mark.parametrize("broken", ["reader.npz", "reader_words.npz", "keeper.npz"])
def test_half_a_file_of_weights_is_named(broken: str, tmp_path: Path) -> None:
    """It leaves the phrases alone at work, and the fault says which file it is."""
    for file in LIBRARY.root.iterdir():
        (tmp_path / file.name).symlink_to(file) if file.name != broken else None
    whole = (LIBRARY.root / broken).read_bytes()
    (tmp_path / broken).write_bytes(whole[: len(whole) // 2])
    library = Library(tmp_path)
    assert library.reader("en") is None
    assert [broken in str(problem) for problem in library.problems_of("en")] == [True]


@pytest.mark.parametrize("broken", ["rewrites.yml", "cues.yml"])
def test_broken_rewrites_are_named_and_the_review_goes_on(broken: str, tmp_path: Path) -> None:
    """Half a ``rewrites.yml`` or ``cues.yml`` leaves its language without rewrites, and says so; messages are judged as before."""
    shipped = LIBRARY.root
    for file in shipped.iterdir():
        (tmp_path / file.name).symlink_to(file) if file.name != "en" else None
    (tmp_path / "en").mkdir()
    for file in (shipped / "en").iterdir():
        (tmp_path / "en" / file.name).symlink_to(file) if file.name != broken else None
    (tmp_path / "en" / broken).write_text("wait: [\n", "utf-8")
    library = Library(tmp_path)
    text = "Could you introduce me to Richard Branson?"
    report = Reviewer(library).review(ReviewRequest(text, "email", "en", "en", TODAY, Contact("Ann"), (), rewrites=True))
    assert [f.kind for f in report.findings if f.category == "ask"] == ["introduction"]
    assert [problem.path for problem in library.problems_of("en")] == [f"en/{broken}"]


def test_asks_wait_for_the_end_of_a_sentence_that_is_read() -> None:
    """While a sentence is typed the next words may turn the reading; once it is left, or nobody types, the ask stands."""
    text = "Could you introduce me to Richard Branson"
    # Only the rule weighs, so the reading has no words to name; the kind it prefers is another than the phrase's.
    second = Reader("en", LinearModel({"": -3.0, "rule:": 9.0}, {"": [0.0, 9.0]}, ["introduction", "sale"]), EVEN)
    matcher = SentenceMatcher(LIBRARY.pack("en"), second)

    def shown(typed: str, caret: int | None) -> list[str]:
        draft = read_draft(typed, matcher.pack.wording)
        return [m.rule for _, matches in matcher.matches(draft, caret) for m in matches if m.kind in ("introduction", "sale")]

    assert shown(text, len(text)) == []
    assert shown(f"{text}? Then", len(text) + 6) == ["en/reader"]
    assert shown(text, None) == ["en/reader"]
