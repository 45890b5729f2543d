"""Labelled messages, read into the sentences that the second readers learn from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coltiva.draft import Draft, Sentence, read_draft
from coltiva.evaluation import LabelledAsk, labelled_asks
from coltiva.linting.matching import SentenceMatcher
from coltiva.reader.linear import features, hit_features
from coltiva.reader.rows import row_of
from coltiva.spans import Span
from coltiva.tokens import fold

_MIN_SHARED = 12  # characters of a labelled ask that must lie in a sentence for it to be the asking one
# Sentences written one by one ask far more often than those of messages; the mark keeps that apart.
APART = "apart:"
# Folder → of how many messages one is read with its rule hits. Phrases do better on messages that their authors have
# read than on any others; where none is, the words alone learn to carry a sentence. 0: never, for single sentences.
SHARES = {
    "training": 2,
    "development": 2,
    **dict.fromkeys(("own", "mixed", "varied", "everyday", "kindred", "templates", "oblique"), 1),
    **dict.fromkeys(("sought", "regional", "mailings", "letters", "plain", "otherwise", "endings"), 1),
    **dict.fromkeys((f"fresh-{letter}" for letter in "abdefghijl"), 1),
    **dict.fromkeys(("clauses", "hard"), 0),
}
# Folders of sentences without a message around them; the last holds the rewrites' own lines.
ALONE = frozenset({"clauses", "hard", "rewrites"})
# What comes nearest to messages that nobody has seen.
HELD_OUT = frozenset({"fresh-d", "fresh-e", "fresh-f"})


def message_texts(corpus: Path, language: str) -> Iterator[str]:
    """Yield the messages of *corpus* that may be learnt from, without their labels."""
    for folder in SHARES:
        file = corpus / folder / f"{language}.jsonl"
        if folder not in ALONE and file.is_file():
            yield from (json.loads(line)["text"] for line in file.read_text("utf-8").splitlines())


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence.

    Attributes:
        features: what the linear model sees.
        kinds: the kinds of ask in it; none where it asks nothing.
        row: what the network sees.
        typed: each word of *row* as it was typed, where folding has changed it.
        folder: where its message lies.
    """

    features: tuple[str, ...]
    kinds: tuple[str, ...]
    row: tuple[str, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    folder: str = ""


def examples_of(
    record: Mapping[str, object], matcher: SentenceMatcher, with_rules: bool = True, folder: str = ""
) -> Iterator[Example]:
    """Yield the sentences of one labelled message; none where nobody can tell which of them asks.

    Args:
        with_rules: whether rule hits count; they must not where the rules were written from these very messages.
    """
    draft = read_draft(str(record["text"]), matcher.pack.wording)
    labels = labelled_asks(record)
    if len(draft.sentences) > 1 and any(label.span is None for label in labels):
        return
    tokens = draft.tokens
    for sentence, hits in zip(draft.sentences, _ask_hits(matcher, draft), strict=True):
        first, last = sentence.first, sentence.last
        found = set(features(tokens, first, last, sentence.question))
        found.update(hit_features(hits) if with_rules else [APART] if SHARES.get(folder) == 0 else [])
        words = zip(tokens.words[first:last], tokens.starts[first:last], tokens.ends[first:last], strict=True)
        raw = ((word, draft.text[start:end].lower()) for word, start, end in words)
        typed = tuple((word, whole) for word, whole in raw if word != whole and fold(whole) == word)
        row = tuple(row_of(tokens, first, last, sentence.question))
        yield Example(tuple(sorted(found)), _kinds_in(sentence, labels), row, typed, folder)


def _kinds_in(sentence: Sentence, labels: Sequence[LabelledAsk]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.kind for a in labels if a.span is None or _asks_in(a.span, sentence)))


def _asks_in(span: Span, sentence: Sentence) -> bool:
    shared = min(span.end, sentence.span.end) - max(span.start, sentence.span.start)
    return shared >= min(_MIN_SHARED, (span.end - span.start) // 2 + 1)


def read_examples(corpus: Path, matcher: SentenceMatcher) -> list[list[Example]]:
    """Return the sentences of every message of the matcher's language below *corpus*, message by message."""
    messages = []
    for folder, share in SHARES.items():
        file = corpus / folder / f"{matcher.pack.language}.jsonl"
        for number, line in enumerate(file.read_text("utf-8").splitlines() if file.is_file() else ()):
            with_rules = bool(share) and number % share == 0
            messages.append(list(examples_of(json.loads(line), matcher, with_rules, folder)))
    return [message for message in messages if message]


def _ask_hits(matcher: SentenceMatcher, draft: Draft) -> list[list[tuple[str, bool]]]:
    """Return for each sentence the kinds of ask that its phrases find, each with whether it is only a hint."""
    kinds = matcher.pack.kinds
    return [
        [(m.kind, m.fallback > 0) for m in matches if kinds.get(m.kind) == "ask"]
        for _, matches in matcher.matches(draft)
    ]
