"""Trains the second readers of all languages: ``python -m coltiva.training`` (or ``make reader``).

Needs the extra ``training`` and some minutes. First it is counted which words are common, and learnt where sentences
end that nobody marks. Then both halves learn, but not from the held-out messages, on which it is fitted how far each is
believed. Last the keeper, which begins with what the network has learnt, and the ranker learn.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from coltiva.library import Library
from coltiva.linting.matching import SentenceMatcher
from coltiva.training import keeper, ranker
from coltiva.training.blending import fit_blend
from coltiva.training.clean_lines import clean_messages
from coltiva.training.common_words import count_common_words, stored_common_words
from coltiva.training.examples import HELD_OUT, Example, message_texts, read_examples
from coltiva.training.linear import stored, train_asks, train_kinds
from coltiva.training.network import Course, Trainee
from coltiva.training.run_ons import stored_run_ons, train_run_ons
from coltiva.training.storing import store_keeper, store_network, store_ranker, store_words, word_list
from coltiva.training.vectors import vocabulary_of

Messages = Mapping[str, Sequence[Sequence[Example]]]
# The weights of one language: for asking at all, and for each kind.
Linear = tuple[dict[str, float], dict[str, list[float]]]


def main() -> None:
    """Train and store the readers."""
    parser = argparse.ArgumentParser(description="Train the second readers.")
    parser.add_argument("--corpus", type=Path, default=Path("tests/corpus"))
    arguments = parser.parse_args()
    library = _with_run_ons(Library(), arguments.corpus)
    store_common_words(library, arguments.corpus)
    messages = {code: _messages(library, code, arguments.corpus) for code in library.languages}
    vocabulary = vocabulary_of(messages)
    course = Course(vocabulary, list(library.asks))
    known = {code: [m for m in those if m[0].folder not in HELD_OUT] for code, those in messages.items()}
    kept = {code: [m for m in those if m[0].folder in HELD_OUT] for code, those in messages.items()}
    linear = {code: train_linear(those, library) for code, those in known.items()}
    trainee = course.train(known)
    blend = _blend(kept, linear, course, trainee)
    print(f"blend: {blend}", flush=True)
    store(library.root, library, course, trainee, blend, linear)
    store_keeper(library.root / "keeper.npz", keeper.learn(Library(), arguments.corpus, keeper.JUDGEMENTS))
    store_ranker(library.root / "ranker.npz", ranker.learn(Library(), ranker.JUDGEMENTS))


def _with_run_ons(library: Library, corpus: Path) -> Library:
    """Store what cuts sentences without marks, and return the rules that use it: the readers learn what it cuts."""
    for code in library.languages:
        weights = train_run_ons(corpus, code, library.pack(code).wording)
        (library.root / code / "run_ons.json").write_text(stored_run_ons(weights), "utf-8")
    return Library()


def store_common_words(library: Library, corpus: Path) -> None:
    """Write the common words of all languages."""
    counted = {code: count_common_words(message_texts(corpus, code)) for code in library.languages}
    (library.root / "common_words.json").write_text(stored_common_words(counted), "utf-8")


def _messages(library: Library, code: str, corpus: Path) -> list[list[Example]]:
    """Return the labelled messages of one language, and the lines that must never count as asks."""
    matcher = SentenceMatcher(library.pack(code))
    return [*read_examples(corpus, matcher), *clean_messages(library, matcher)]


def train_linear(messages: Sequence[Sequence[Example]], library: Library) -> Linear:
    """Return the two linear models of one language."""
    examples = [example for message in messages for example in message]
    return train_asks(examples), train_kinds(examples, list(library.asks))


def _blend(
    kept: Messages, linear: Mapping[str, Linear], course: Course, trainee: Trainee
) -> tuple[float, float, float]:
    totals, logits, asks = [], [], []
    for code, messages in kept.items():
        weights = linear[code][0]
        for message, judged in zip(messages, course.logits(trainee, code, messages), strict=True):
            for example, logit in zip(message, judged, strict=True):
                totals.append(weights[""] + sum(weights.get(feature, 0.0) for feature in example.features))
                logits.append(logit)
                asks.append(bool(example.kinds))
    return fit_blend(totals, logits, asks)


def store(
    root: Path,
    library: Library,
    course: Course,
    trainee: Trainee,
    blend: tuple[float, float, float],
    linear: Mapping[str, Linear],
) -> None:
    """Write the models below *root*, as ``shared_rules`` has them."""
    vectors, vocabulary = course.vectors(trainee), course.vocabulary
    root.mkdir(parents=True, exist_ok=True)
    store_network(root / "reader.npz", course.network(trainee, blend))
    rows = [vocabulary.places["", piece] for piece in vocabulary.pieces]
    store_words(root / "reader_words.npz", word_list(vocabulary.pieces, vectors[rows]))
    for code, words in vocabulary.languages.items():
        (root / code).mkdir(exist_ok=True)
        rows = [vocabulary.places[code, word] for word in words]
        store_words(root / code / "reader_words.npz", word_list(words, vectors[rows]))
        asks, kinds = linear[code]
        (root / code / "reader.json").write_text(stored(asks, kinds, list(library.asks)), "utf-8")


if __name__ == "__main__":
    main()
