"""Trains the second reader from labelled messages: ``python -m coltiva.reader_training`` (or ``make reader``).

Logistic regression by AdaGrad over the features of ``coltiva.reader``, in one fixed order, with nothing left
to chance: the same messages and rules give the same model, to the byte.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coltiva.draft import Sentence, read_draft
from coltiva.evaluation import labelled_asks
from coltiva.library import Library
from coltiva.linting.matching import SentenceMatcher, ask_hits
from coltiva.reader import features, hit_features, is_pair, probability
from coltiva.spans import Span

_PASSES = 10
_STEP = 0.1
_SHRINK = 2e-4  # how far every update pulls a weight back to nothing
_SCALE = 100  # stored weights are whole hundredths
_MIN_SHARED = 12  # characters of a labelled ask that must lie in a sentence for it to be the asking one
_MIN_SEEN = 2  # sentences; what is seen once says nothing
_APART = "apart:"


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence: its features and the kinds of ask in it."""

    features: tuple[str, ...]
    kinds: tuple[str, ...]


def examples_of(record: Mapping[str, object], matcher: SentenceMatcher, with_rules: bool = True) -> Iterator[Example]:
    """Yield the sentences of one labelled message.

    Args:
        with_rules: whether rule hits count; they must not where the rules were written from these very messages.
    """
    draft = read_draft(str(record["text"]), matcher.pack.wording)
    labels = labelled_asks(record)
    if len(draft.sentences) > 1 and any(label.span is None for label in labels):
        return  # nobody can tell which sentence asks
    for sentence, hits in zip(draft.sentences, ask_hits(matcher, draft), strict=True):
        kinds = tuple(dict.fromkeys(a.kind for a in labels if a.span is None or _asks_in(a.span, sentence)))
        found = set(features(draft.tokens, sentence.first, sentence.last, sentence.question))
        # Sentences written one by one ask far more often than those of messages; the mark keeps that apart.
        found.update(hit_features(hits) if with_rules else [_APART])
        yield Example(tuple(sorted(found)), kinds)


def _asks_in(span: Span, sentence: Sentence) -> bool:
    shared = min(span.end, sentence.span.end) - max(span.start, sentence.span.start)
    return shared >= min(_MIN_SHARED, (span.end - span.start) // 2 + 1)


def train_asks(examples: Sequence[Example]) -> dict[str, float]:
    """Return feature → weight for "this sentence asks"."""
    known = _known(examples)
    return _fit([(["", *(f for f in e.features if f in known)], bool(e.kinds)) for e in examples])


def train_kinds(examples: Sequence[Example], names: Sequence[str]) -> dict[str, list[float]]:
    """Return feature → one weight for each of *names*, trained on the sentences that ask."""
    asking = [Example(tuple(f for f in e.features if not is_pair(f)), e.kinds) for e in examples if e.kinds]
    known = _known(asking)
    present = [["", *(f for f in e.features if f in known)] for e in asking]
    columns = [_fit([(p, name in e.kinds) for p, e in zip(present, asking, strict=True)]) for name in names]
    return {feature: [column.get(feature, 0.0) for column in columns] for feature in {"", *known}}


def _fit(rows: Sequence[tuple[list[str], bool]]) -> dict[str, float]:
    """Return the weights of a logistic regression on present features."""
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-8)
    for number in range(_PASSES):
        # The order differs from pass to pass but never from run to run.
        stride = next(s for s in (7919 + 2 * number, 104_729, 1) if math.gcd(s, len(rows)) == 1)
        for i in range(len(rows)):
            present, answer = rows[i * stride % len(rows)]
            error = probability(sum(weights[f] for f in present)) - answer
            for feature in present:
                slope = error + (_SHRINK * weights[feature] if feature else 0.0)
                squares[feature] += slope * slope
                weights[feature] -= _STEP * slope / math.sqrt(squares[feature])
    return dict(weights)


def _known(examples: Iterable[Example]) -> set[str]:
    seen = Counter(f for e in examples for f in e.features)
    return {f for f, count in seen.items() if count >= _MIN_SEEN}


def stored(asks: Mapping[str, float], kinds: Mapping[str, Sequence[float]], names: Sequence[str]) -> str:
    """Return the model as JSON; weights too small to matter are left out."""
    whole = {f: round(w * _SCALE) for f, w in sorted(asks.items())}
    rows = {f: [round(w * _SCALE) for w in row] for f, row in sorted(kinds.items())}
    model = {
        "scale": _SCALE,
        "names": list(names),
        "asks": {f: w for f, w in whole.items() if (abs(w) > 1 and f != _APART) or not f},
        "kinds": {f: row for f, row in rows.items() if (max(map(abs, row)) >= _SCALE // 5 and f != _APART) or not f},
    }
    return json.dumps(model, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


def read_corpus(corpus: Path, language: str) -> Iterator[tuple[Mapping[str, object], bool]]:
    """Yield every message to learn from with whether rule hits count in it.

    Phrases do better on messages that their authors have read than on any others; half of the messages are
    therefore read without hits, so that the words alone learn to carry a sentence too.
    """
    for folder, share in (
        ("training", 2),
        ("development", 2),
        ("own", 1),
        ("fresh-a", 1),
        ("fresh-b", 1),
        ("clauses", 0),
    ):
        file = corpus / folder / f"{language}.jsonl"
        for number, line in enumerate(file.read_text("utf-8").splitlines() if file.is_file() else ()):
            yield json.loads(line), bool(share) and number % share == 0


def train(library: Library, corpus: Path, language: str) -> str:
    """Return a freshly trained model of one language, as JSON."""
    matcher = SentenceMatcher(library.pack(language))
    examples = [
        e for record, with_rules in read_corpus(corpus, language) for e in examples_of(record, matcher, with_rules)
    ]
    names = list(library.asks)
    return stored(train_asks(examples), train_kinds(examples, names), names)


def main() -> None:
    """Train and store the readers of the languages named, or of all."""
    parser = argparse.ArgumentParser(description="Train the second readers.")
    parser.add_argument("languages", nargs="*", help="language codes; all where none is given")
    parser.add_argument("--corpus", type=Path, default=Path("tests/corpus"))
    arguments = parser.parse_args()
    library = Library()
    for language in arguments.languages or library.languages:
        model = train(library, arguments.corpus, language)
        (library.root / language / "reader.json").write_text(model, "utf-8")
        print(f"{language}: {len(model) // 1024} KB")


if __name__ == "__main__":
    main()
