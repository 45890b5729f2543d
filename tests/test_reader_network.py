"""The network half of the second reader: its vectors, its filters, its neighbours, and how it is stored."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coltiva.draft import read_draft
from coltiva.linting import SentenceMatcher
from coltiva.reader import Impression, Reader, Shared, Tuning
from coltiva.reader.answers import FilterAnswers
from coltiva.reader.linear import LinearModel
from coltiva.reader.network import PLACE, WIDTH, Answers, Network, load_network, places_of
from coltiva.reader.rows import SIGNS
from coltiva.reader.words import Vectors, WordList, WordVectors, load_words
from coltiva.tokenizer import tokenize
from coltiva.tokens import Wording
from coltiva.training.blending import fit_blend
from coltiva.training.storing import store_network, store_words, word_list
from tests.shipped import LIBRARY

LENGTH, FILTERS, MEANS, IMPRESSION = 8, 6, 2, 5
NAMES = ("introduction", "sale")


def numbers(*shape: int, seed: int = 0) -> np.ndarray:
    """Return small numbers, the same for the same shape and seed."""
    return np.random.default_rng(seed + sum(shape)).normal(0, 0.5, shape).astype(np.float32)


@pytest.fixture
def network() -> Network:
    """Return an untrained network of two kinds."""
    return Network(
        numbers(WIDTH * LENGTH + 1, FILTERS), numbers(FILTERS + 1, MEANS), numbers(FILTERS * (1 + MEANS) + 1, IMPRESSION),
        names=NAMES, setting=numbers(5 * IMPRESSION + PLACE + 1, IMPRESSION), judgement=numbers(2 * IMPRESSION + 1, 1 + len(NAMES)),
        blend=(0.5, 1.0, -0.25), accents={"en": numbers(LENGTH)}, signs=numbers(len(SIGNS), LENGTH),
    )


@pytest.fixture
def shared(network: Network) -> Shared:
    """Return the network with a few words and pieces."""
    return Shared(network, word_list(["friend", "ship", "+ship", "tea"], numbers(4, LENGTH, seed=1)))


def test_a_word_has_its_languages_vector_before_the_shared_one(shared: Shared) -> None:
    """The own list wins, then the shared one; the accent is added once to each."""
    own, nothing = word_list(["tea"], numbers(1, LENGTH, seed=2)), np.zeros(LENGTH, np.float32)
    accent = np.ones(LENGTH, np.float32)
    plain = WordVectors(own, shared.words, shared.network.signs, nothing).matrix(["tea", "friend", "<url>"])
    heard = WordVectors(own, shared.words, shared.network.signs, accent).matrix(["tea", "friend", "<url>"])
    np.testing.assert_allclose(plain[0], own.vector("tea"))
    np.testing.assert_allclose(plain[1], shared.words.vector("friend"))
    np.testing.assert_allclose(heard, plain + 1, rtol=1e-6)


def test_an_unknown_word_is_the_mean_of_its_longest_pieces(shared: Shared) -> None:
    """“friendship” is “friend” and “+ship”; letters in no piece are passed over, and a word of none is nothing."""
    vectors = WordVectors(word_list(["x"], numbers(1, LENGTH)), shared.words, shared.network.signs, np.zeros(LENGTH, np.float32))
    rows = vectors.matrix(["friendship", "friendqship", "qq"])
    pieces = [shared.words.vector("friend"), shared.words.vector("+ship")]
    np.testing.assert_allclose(rows[0], np.mean(pieces, axis=0), rtol=1e-5)
    np.testing.assert_allclose(rows[1], rows[0])
    assert not rows[2].any()


def vectors_of(shared: Shared) -> WordVectors:
    """Return the vectors of a language with one word of its own."""
    return WordVectors(word_list(["tea"], numbers(1, LENGTH)), shared.words, shared.network.signs, shared.network.accents["en"])


def answered(network: Network, *counts: int) -> Answers:
    """Return answers to sentences of so many words, the same for the same number, with noise between them."""
    values = np.abs(np.concatenate([numbers(count, FILTERS, seed=count * seed) for count in counts for seed in (1, 99)]))
    ends = np.cumsum([2 * count for count in counts]).tolist()
    return Answers(values, [(end - 2 * count, end - count) for end, count in zip(ends, counts, strict=True)])


def test_a_filter_answers_five_words_at_once(shared: Shared) -> None:
    """What is put together from the words is what the filters make of the window around each; edges are nothing."""
    network, vectors = shared.network, vectors_of(shared)
    rows = [["^", "tea", "friendship", "<url>", "tea", "$"], ["^", "$?"]]
    answers = FilterAnswers(vectors, network).of(rows)
    for row, (start, end) in zip(rows, answers.places, strict=True):
        padded = np.pad(vectors.matrix(row), ((WIDTH // 2, WIDTH // 2), (0, 0)))
        windows = [padded[i : i + WIDTH].ravel() for i in range(len(row))]
        expected = np.maximum(windows @ network.filters[:-1] + network.filters[-1], 0)
        np.testing.assert_allclose(answers.values[start:end], expected, rtol=1e-4, atol=1e-5)


def test_more_words_than_are_kept_at_hand_are_answered(shared: Shared) -> None:
    """The memory of words is bounded; what falls out is worked out again, and a huge message is read all the same."""
    filters = FilterAnswers(vectors_of(shared), shared.network)
    expected = filters.of([["tea"]]).values[0]
    for start in range(0, 20_000, 3_000):
        answers = filters.of([[f"w{i}" for i in range(start, start + 3_000)], ["tea"]])
        np.testing.assert_allclose(answers.values[answers.places[1][0]], expected, rtol=1e-5, atol=1e-6)
    answers = filters.of([[f"v{i}" for i in range(9_000)], ["tea"]])
    np.testing.assert_allclose(answers.values[answers.places[1][0]], expected, rtol=1e-5, atol=1e-6)


def test_an_impression_does_not_depend_on_what_is_read_with_it(network: Network) -> None:
    """Sentences read in one go get what each gets alone: nothing sees across their edges."""
    together = network.impressions(answered(network, 1, 3, 12, 2))
    for i, count in enumerate((1, 3, 12, 2)):
        np.testing.assert_allclose(together[i], network.impressions(answered(network, count))[0], rtol=1e-4, atol=1e-5)


def judged_in_order(network: Network, impressions: Vectors) -> Vectors:
    """Return the logits of the sentences of one message."""
    rows = [0, 0, *range(1, len(impressions) + 1), 0, 0]
    nearby = np.array([rows[i : i + 5] for i in range(len(impressions))])
    return network.judge(np.concatenate([np.zeros_like(impressions[:1]), impressions]), nearby)


def test_a_sentence_is_judged_among_those_nearby(network: Network) -> None:
    """Two before and two after count, what is further off does not, so that a part of a long message tells enough."""
    impressions = network.impressions(answered(network, *range(1, 10)))
    judged = judged_in_order(network, impressions)
    assert judged.shape == (9, 1 + len(NAMES))
    np.testing.assert_allclose(judged_in_order(network, impressions[1:8])[3], judged[4], rtol=1e-5, atol=1e-6)
    stacked = np.concatenate([np.zeros_like(impressions[:1]), impressions])
    among = network.judge(stacked, np.array([[0, 0, 1, 2, 3], [3, 4, 5, 6, 7]]))
    np.testing.assert_allclose(among, judged[[0, 4]], rtol=1e-5, atol=1e-6)
    for changed in (2, 3, 4, 5, 6):
        louder = impressions.copy()
        louder[changed] += 1
        assert not np.allclose(judged_in_order(network, louder)[4], judged[4]), changed


def test_a_place_says_what_is_first_and_last() -> None:
    """A lone sentence is both; of seven, the middle one has two on either side."""
    np.testing.assert_allclose(places_of(1), [[1, 1, 0, 0, 0]])
    np.testing.assert_allclose(places_of(7)[[0, 3, 6], :3], [[1, 0, 0], [0, 0, 2 / 5], [0, 1, 2 / 3]], rtol=1e-6)
    np.testing.assert_allclose(places_of(7)[[0, 3], 3], np.log([3, 5]), rtol=1e-6)
    assert places_of(1, apart=True)[0, 4] == 1


def test_models_come_back_as_they_were_stored(network: Network, shared: Shared, tmp_path: Path) -> None:
    """A network and a word list are stored the same, to the byte, and loaded within the digits that are kept."""
    for name in ("a.npz", "b.npz"):
        store_network(tmp_path / name, network)
        store_words(tmp_path / f"words-{name}", shared.words)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    again, words = load_network(tmp_path / "a.npz"), load_words(tmp_path / "words-a.npz")
    assert (again.names, again.blend) == (network.names, network.blend)
    sentence = answered(network, 5)
    np.testing.assert_allclose(judged_in_order(again, again.impressions(sentence)), judged_in_order(network, network.impressions(sentence)), atol=0.01)
    np.testing.assert_allclose(words.vector("tea"), shared.words.vector("tea"))
    assert words.vector("coffee") is None


def test_half_a_word_list_is_refused(shared: Shared, tmp_path: Path) -> None:
    """Fewer rows than words are no list."""
    broken = WordList(shared.words.places, shared.words.rows[:2], shared.words.scale)
    store_words(tmp_path / "w.npz", broken)
    with pytest.raises(ValueError, match="expected 4 rows of 8 numbers"):
        load_words(tmp_path / "w.npz")


def test_a_blend_believes_what_has_been_right() -> None:
    """The half that tells the asks apart weighs most, and the sum is a probability of asking."""
    right = [float(i % 2) * 4 - 2 for i in range(200)]
    noise = [float(i % 7) - 3 for i in range(200)]
    linear, network, _ = fit_blend(right, noise, [i % 2 == 1 if i % 10 else i % 2 == 0 for i in range(200)])
    assert linear > 0.5
    assert abs(network) < 0.2


def sentences_of(text: str, shared: Shared, caret: int | None = None) -> list[list[str]]:
    """Return the rules found in each sentence by a reader whose network decides alone."""
    linear = LinearModel({"": 0.0}, {"": [0.0, 0.0]}, NAMES)
    reader = Reader("en", linear, Tuning(0.5, 0.5, 0.2, 0.2), shared, word_list(["zebra"], numbers(1, LENGTH)))
    matcher = SentenceMatcher(LIBRARY.pack("en"), reader)
    return [[m.rule for m in found if m.kind in NAMES] for _, found in matcher.matches(read_draft(text, matcher.pack.wording), caret)]


def test_a_sentence_that_is_typed_changes_nothing_before_it(shared: Shared) -> None:
    """Until it is left, the sentence under way tells nothing of its neighbour; then it may."""
    first = "Zebras wander homewards over the hill."
    alone = sentences_of(first, shared)[0]
    for typed in (" t", " tea and ships", " tea and ships and friends of the zebra"):
        assert sentences_of(first + typed, shared, caret=len(first + typed))[0] == alone


def test_what_weighed_is_named_by_both_halves(shared: Shared) -> None:
    """The words to underline lie in the sentence, and the reasons are some of its words."""
    reader = Reader("en", LinearModel({"": 0.0, "tea": 3.0}, {"": [0.0, 0.0]}, NAMES), Tuning(0.5, 0.5, 0.2, 0.2), shared, word_list(["zebra"], numbers(1, LENGTH)))
    tokens = tokenize("Zebra friendship, or tea", Wording())
    start, end, reasons = reader.place(reader.take_in(tokens, [(0, 4, True, [])])[0])
    assert 0 <= start < end <= 4
    assert "tea" in reasons
    assert set(reasons) <= set(tokens.words)


def test_reading_takes_one_thread() -> None:
    """A message is linted by one thread: numpy's own would wait for each other on a busy machine."""
    code = "import os, coltiva, numpy; numpy.ones((99, 99)) @ numpy.ones((99, 99)); print(len(os.listdir('/proc/self/task')) if os.path.isdir('/proc/self/task') else os.environ['OPENBLAS_NUM_THREADS'])"
    bare = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=bare)
    assert run.stdout.strip() == "1"


def test_a_reading_is_remembered_while_its_surroundings_stay(shared: Shared) -> None:
    """What was read before is the same as read afresh; a sentence is read again only where one of those nearby has changed."""
    linear = LinearModel({"": 0.0}, {"": [0.0, 0.0]}, NAMES)
    reader = Reader("en", linear, Tuning(0.5, 0.5, 0.2, 0.2), shared, word_list(["zebra"], numbers(1, LENGTH)))

    def seen(text: str) -> list[Impression]:
        tokens = tokenize(text, Wording())
        return reader.take_in(tokens, [(i, i + 1, False, []) for i in range(len(tokens.words))])

    text = "zebra tea friendship ship qq tea friend"
    before = seen(text)
    first = reader.judge(before)
    last = seen("friendship")[0]
    again = reader.judge([*before[:6], last])
    assert [one is other for one, other in zip(first, again, strict=True)] == [True] * 4 + [False] * 3
    fresh = reader.judge([*seen(text)[:6], seen("friendship")[0]])
    assert [one.probability for one in again] == pytest.approx([one.probability for one in fresh], rel=1e-5)
    assert len({round(one.probability, 6) for one in fresh}) > 3


def test_a_sentence_of_many_messages_is_remembered_in_each(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """A greeting that opens two messages is not read again whenever these take turns; the oldest reading goes first."""
    linear = LinearModel({"": 0.0}, {"": [0.0, 0.0]}, NAMES)
    reader = Reader("en", linear, Tuning(0.5, 0.5, 0.2, 0.2), shared, word_list(["zebra"], numbers(1, LENGTH)))
    tokens = tokenize("zebra tea friendship", Wording())
    greeting, one, other = reader.take_in(tokens, [(i, i + 1, False, []) for i in range(3)])
    first, second = reader.judge([greeting, one]), reader.judge([greeting, other])
    assert all(a is b for a, b in zip(reader.judge([greeting, one]), first, strict=True))
    assert all(a is b for a, b in zip(reader.judge([greeting, other]), second, strict=True))
    monkeypatch.setattr("coltiva.reader._MAX_REMEMBERED", 4)
    reader.judge([other])
    assert [a is b for a, b in zip(reader.judge([greeting, other]), second, strict=True)] == [True, True]
    assert [a is b for a, b in zip(reader.judge([greeting, one]), first, strict=True)] == [False, True]


def test_a_sentence_that_stands_twice_is_read_in_each_place(shared: Shared) -> None:
    """One impression in two surroundings has two readings, the same ones however often the message is judged."""
    linear = LinearModel({"": 0.0}, {"": [0.0, 0.0]}, NAMES)
    reader = Reader("en", linear, Tuning(0.5, 0.5, 0.2, 0.2), shared, word_list(["zebra"], numbers(1, LENGTH)))
    tokens = tokenize("zebra tea", Wording())
    twice, other = reader.take_in(tokens, [(i, i + 1, False, []) for i in range(2)])
    first = [one.probability for one in reader.judge([twice, other, twice])]
    assert first[0] != first[2]
    assert [one.probability for one in reader.judge([twice, other, twice])] == first
