"""The keeper: what it sees of a sentence, what it makes of it, how it is stored, and what the shipped one has learnt."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from coltiva.library import LANGUAGES
from coltiva.reader import Reader
from coltiva.reader.keeper import Keeper, KeeperNetwork, load_keeper, nearest_ask, places_beside
from coltiva.reader.network import WIDTH
from coltiva.reader.rows import SIGNS
from coltiva.reader.words import Vectors, WordVectors, load_words
from coltiva.rewriting.beside import MARKS
from coltiva.training.beside import GOES, STAYS, Judged, judged_messages
from coltiva.training.storing import store_keeper, word_list
from tests.shipped import LIBRARY

ROOT = Path(__file__).parent
LENGTH, FILTERS, MEANS, IMPRESSION, UNITS = 8, 6, 2, 5, 4
SAMPLE = 60  # judged messages of a language


def numbers(*shape: int, seed: int = 0) -> Vectors:
    """Return small numbers, the same for the same shape and seed."""
    return np.random.default_rng(seed + sum(shape)).normal(0, 0.5, shape).astype(np.float32)


@pytest.fixture
def network() -> KeeperNetwork:
    """Return an untrained network of two numbers and two languages."""
    return KeeperNetwork(
        numbers(WIDTH * LENGTH + 1, FILTERS), numbers(FILTERS + 1, MEANS), numbers(FILTERS * (1 + MEANS) + 1, IMPRESSION),
        marks=("before", "after"), languages=("en", "it"), middle=numbers(2), spread=np.abs(numbers(2)) + 1,
        hidden=numbers(4 * IMPRESSION + 2 + 2 + 1, UNITS), verdict=numbers(UNITS + 1), direct=numbers(2, seed=3),
    )


@pytest.fixture
def vectors() -> WordVectors:
    """Return the vectors of three words."""
    own = word_list(["tea", "friend", "boat"], numbers(3, LENGTH))
    return WordVectors(own, word_list(["x"], numbers(1, LENGTH, seed=5)), numbers(len(SIGNS), LENGTH), np.zeros(LENGTH, np.float32))


def impression(network: KeeperNetwork, row: Vectors) -> Vectors:
    """Return the impression of one sentence, window by window."""
    padded = np.pad(row, ((WIDTH // 2, WIDTH // 2), (0, 0)))
    windows = [padded[i : i + WIDTH].ravel() for i in range(len(row))]
    answers = np.maximum(np.array(windows) @ network.filters[:-1] + network.filters[-1], 0)
    weights = np.exp(answers @ network.weighing[:-1] + network.weighing[-1])
    means = (weights / weights.sum(0)).T @ answers
    seen = np.concatenate([answers.max(0), means.ravel()])
    return np.maximum(seen @ network.impression[:-1] + network.impression[-1], 0)


def test_the_nearest_ask_is_the_earlier_of_two() -> None:
    """Rows are counted from one; a row of nothing stands before the first sentence and behind the last."""
    assert nearest_ask(3, [1, 5]) == 1
    assert nearest_ask(4, [1, 5]) == 5
    np.testing.assert_array_equal(places_beside(4, [1], [0, 3]), [[1, 0, 2, 2], [4, 3, 0, 2]])


def test_a_sentence_is_weighed_beside_its_neighbours_the_ask_and_its_numbers(network: KeeperNetwork, vectors: WordVectors) -> None:
    """The answer is that of the layers, one after the other; the language has a weight of its own."""
    rows, marks = [["tea", "boat"], ["friend"], ["boat", "tea", "friend"]], {0: [1.0, 0.0], 1: [0.0, 1.0]}
    nothing, seen = np.zeros(IMPRESSION), [impression(network, vectors.matrix(row)) for row in rows]
    for language, place in (("en", 0), ("it", 1)):
        found = Keeper(language, network, vectors).goes(rows, [2], marks)
        assert list(found) == [0, 1]
        for number, before in ((0, nothing), (1, seen[0])):
            told = (np.array(marks[number]) - network.middle) / network.spread
            spoken = np.eye(2)[place]
            everything = np.concatenate([seen[number], before, seen[number + 1], seen[2], told, spoken])
            units = np.maximum(everything @ network.hidden[:-1] + network.hidden[-1], 0)
            logit = units @ network.verdict[:-1] + network.verdict[-1] + told @ network.direct
            assert found[number] == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-4)


def test_without_ask_or_sentence_nothing_is_weighed(network: KeeperNetwork, vectors: WordVectors) -> None:
    """Only beside an ask a sentence may go with it."""
    keeper = Keeper("en", network, vectors)
    assert keeper.goes([["tea"]], [], {0: [0.0, 0.0]}) == {}
    assert keeper.goes([["tea"]], [0], {}) == {}


def test_a_network_is_stored_and_loaded(network: KeeperNetwork, tmp_path: Path) -> None:
    """Names and weights come back, in half the digits."""
    store_keeper(tmp_path / "keeper.npz", network)
    loaded = load_keeper(tmp_path / "keeper.npz")
    assert (loaded.marks, loaded.languages) == (network.marks, network.languages)
    np.testing.assert_allclose(loaded.hidden, network.hidden, atol=1e-3)
    (tmp_path / "broken.npz").write_bytes((tmp_path / "keeper.npz").read_bytes()[:200])
    with pytest.raises(ValueError, match=r"broken\.npz"):
        load_keeper(tmp_path / "broken.npz")


def test_a_language_of_which_nobody_has_judged_sentences_has_no_keeper(tmp_path: Path) -> None:
    """Its readers do their work all the same, and nothing is read of it for the keeper."""
    shared, german, own = LIBRARY.shared_reader(), LIBRARY.reader("de"), LIBRARY.root / "de" / "reader_words.npz"
    assert shared is not None
    assert shared.keeper is not None
    assert german is not None
    assert german.keeper is not None
    without = replace(shared, keeper=replace(shared.keeper, languages=("en",)))
    reader = Reader("de", german.linear, german.tuning, without, load_words(own))
    assert reader.vectors is not None
    assert reader.keeper is None
    assert list(judged_messages(LIBRARY, "de", ROOT / "corpus", tmp_path)) == []


def judged(code: str) -> list[Judged]:
    """Return some judged messages of one language."""
    return list(islice(judged_messages(LIBRARY, code, ROOT / "corpus", ROOT / "rewriting" / "beside"), SAMPLE))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_shipped_keeper_tells_better_than_the_rules(code: str) -> None:
    """On judged messages that it has learnt from: it was trained for these numbers, and reads them as it did then."""
    shared, messages = LIBRARY.shared_reader(), judged(code)
    assert shared is not None
    assert shared.keeper is not None
    assert shared.keeper.marks == MARKS
    by_rules = by_keeper = total = 0
    for message in messages:
        marks = np.array(list(message.marks.values()), np.float32)
        impressions = np.array([np.zeros(shared.keeper.impression.shape[1]), *(impression(shared.keeper, row) for row in message.vectors)], np.float32)
        places = places_beside(len(message.vectors), message.asks, list(message.marks))
        goes = shared.keeper.judge(impressions, places, marks, code) >= 0.5
        for label, went, row in zip(message.labels.values(), goes, marks, strict=True):
            if label in (GOES, STAYS):
                by_keeper += bool(went) == (label == GOES)
                by_rules += bool(row[MARKS.index("ruled")]) == (label == GOES)
                total += 1
    assert by_keeper >= 0.8 * total
    assert by_keeper > by_rules


def test_a_judged_message_has_numbers_and_labels_for_the_same_sentences() -> None:
    """None of them asks, and all numbers stand in the order of their names."""
    messages = judged("en")
    assert {label for message in messages for label in message.labels.values()} >= {STAYS, GOES}
    for message in messages:
        assert list(message.labels) == list(message.marks)
        assert set(message.asks).isdisjoint(message.labels)
        before = {n: bool(row[MARKS.index("before")]) for n, row in message.marks.items()}
        assert before == {n: n < min(message.asks) for n in message.marks}
