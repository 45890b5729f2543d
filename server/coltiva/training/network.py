"""Trains the network half of the readers: one for all languages, with PyTorch, which nothing else needs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from coltiva.reader.network import NEAR, PLACE, WIDTH, Network, places_of
from coltiva.reader.rows import SIGNS
from coltiva.reader.words import Vectors
from coltiva.training.examples import ALONE, Example
from coltiva.training.vectors import LENGTH, Vocabulary

WORD_LENGTH, _FILTERS, _MEANS, _IMPRESSION = 64, 128, 4, 96
_PASSES = 10
_BATCH = 96  # sentences
_STEP = 2e-3
_DROPPED = 0.3
_WORD_DROPPED, _OWN_DROPPED = 0.08, 0.2  # shares of words, and of what was learnt of single words, left out at random
_MIN_SEEN = 2  # a word that is met once is known by its vector alone
_LONGEST = 60  # words of a sentence that are learnt from

Message = Sequence[Example]


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of whole messages, padded.

    Attributes:
        words, language: of each sentence.
        nearby: the rows of the sentences from two before it to two after it, plus one; 0 where there is none.
        place: where in its message it stands.
        labels: "it asks", then the kinds.
    """

    words: Tensor
    language: Tensor
    nearby: Tensor
    place: Tensor
    labels: Tensor


class Trainee(nn.Module):
    """The network of ``coltiva.reader.network`` with what only training needs.

    Args:
        start: the vectors to begin with, row 0 nothing, then the signs.
        own_rows: for each row of *start* where what is learnt of it alone is kept; 0 where nothing is. Few words are
            met often enough, and every step costs as much as there are rows.
    """

    own_rows: Tensor

    def __init__(self, start: Vectors, own_rows: NDArray[np.int64], languages: int, kinds: int) -> None:
        super().__init__()
        self.given = nn.Embedding.from_pretrained(torch.tensor(start), freeze=True)
        self.shorten = nn.Linear(LENGTH, WORD_LENGTH, bias=False)
        self.own = nn.Embedding(int(own_rows.max()) + 1, WORD_LENGTH, padding_idx=0)
        nn.init.zeros_(self.own.weight)
        nn.init.normal_(self.own.weight[1 : 1 + len(SIGNS)], 0, 0.3)
        self.register_buffer("own_rows", torch.tensor(own_rows))
        self.accent = nn.Embedding(languages, WORD_LENGTH)
        nn.init.zeros_(self.accent.weight)
        self.filters = nn.Linear(WIDTH * WORD_LENGTH, _FILTERS)
        self.weighing = nn.Linear(_FILTERS, _MEANS)
        self.impression = nn.Linear(_FILTERS * (1 + _MEANS), _IMPRESSION)
        self.setting = nn.Linear(_IMPRESSION * 5 + PLACE, _IMPRESSION)
        self.judgement = nn.Linear(_IMPRESSION * 2, 1 + kinds)
        self.drop = nn.Dropout(_DROPPED)

    def vectors(self, words: Tensor) -> Tensor:
        """Return the vectors of *words*, without accent."""
        own = self.own(self.own_rows[words])
        if self.training:
            own = own * (torch.rand(words.shape) > _OWN_DROPPED)[..., None]
        vectors: Tensor = self.shorten(self.given(words)) + own
        return vectors

    def forward(self, batch: Batch) -> Tensor:
        """Return the logits: "it asks", then the kinds."""
        there = (batch.words > 0)[..., None]
        seen = self.vectors(batch.words) + self.accent(batch.language)[:, None]
        if self.training:
            seen = seen * (torch.rand(batch.words.shape) > _WORD_DROPPED)[..., None]
        seen = self.drop(seen) * there
        windows = functional.pad(seen, (0, 0, WIDTH // 2, WIDTH // 2)).unfold(1, WIDTH, 1).transpose(2, 3).flatten(2)
        answers = functional.relu(self.filters(windows)) * there
        weights = torch.softmax(self.weighing(answers) + (there.float() - 1) * 1e4, 1)
        means = torch.einsum("nth,ntf->nhf", weights, answers).flatten(1)
        impression = functional.relu(self.impression(self.drop(torch.cat([answers.amax(1), means], -1))))
        padded = torch.cat([torch.zeros(1, _IMPRESSION), impression])
        nearby = padded[batch.nearby]
        means = nearby.sum(1) / (batch.nearby > 0).sum(1, keepdim=True)
        around = torch.cat([nearby[:, NEAR - 1], impression, nearby[:, NEAR + 1], nearby.amax(1), means], -1)
        setting = functional.relu(self.setting(torch.cat([self.drop(around), batch.place], -1)))
        logits: Tensor = self.judgement(self.drop(torch.cat([impression, setting], -1)))
        return logits


class Course:
    """One training: the same messages, vocabulary and seed give the same network on the same machine.

    Args:
        names: the kinds.
    """

    def __init__(self, vocabulary: Vocabulary, names: Sequence[str], seed: int = 0) -> None:
        self.vocabulary, self.names, self.seed = vocabulary, tuple(names), seed
        self.codes = list(vocabulary.languages)
        # Row 0 is nothing; then the signs, then the vocabulary.
        self.offset = 1 + len(SIGNS)

    def train(self, messages: Mapping[str, Sequence[Message]]) -> Trainee:
        """Return a network trained on *messages* (language → messages)."""
        torch.manual_seed(self.seed)
        chance = random.Random(self.seed)
        known = [(code, message) for code in self.codes for message in messages[code]]
        start = np.zeros((self.offset + len(self.vocabulary.vectors), LENGTH), np.float32)
        start[self.offset :] = self.vocabulary.vectors
        trainee = Trainee(start, self._own_rows(known, len(start)), len(self.codes), len(self.names))
        single = [trainee.own.weight]
        rest = [p for p in trainee.parameters() if p.requires_grad and p is not trainee.own.weight]
        groups = [{"params": rest, "weight_decay": 0.02}, {"params": single, "weight_decay": 0.1}]
        optimizer = torch.optim.AdamW(groups, _STEP)
        steps = _PASSES * (sum(1 for _ in self._batches(known, chance)) + 2)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _STEP, total_steps=steps)
        trainee.train()
        for number in range(_PASSES):
            total = 0.0
            for batch in self._batches(known, chance):
                loss = _loss(trainee(batch), batch.labels)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(trainee.parameters(), 2)
                optimizer.step()
                schedule.step()
                total += float(loss.detach())
            print(f"network: pass {number + 1} of {_PASSES}, loss {total:.0f}", flush=True)
        trainee.eval()
        return trainee

    def _own_rows(self, known: Sequence[tuple[str, Message]], count: int) -> NDArray[np.int64]:
        """Return rows, from 1 on, for the signs and for every word that is met often enough."""
        times = np.zeros(count, np.int64)
        for code, message in known:
            for example in message:
                np.add.at(times, self._row(code, example), 1)
        kept = times >= _MIN_SEEN
        kept[0], kept[1 : self.offset] = False, True
        return np.where(kept, np.cumsum(kept), 0)

    def _row(self, code: str, example: Example) -> list[int]:
        signs, places = {sign: i + 1 for i, sign in enumerate(SIGNS)}, self.vocabulary.places
        return [signs.get(w) or self.offset + places[code, w] for w in example.row[:_LONGEST]]

    def _batches(self, known: Sequence[tuple[str, Message]], chance: random.Random) -> Iterator[Batch]:
        """Yield batches of messages of about the same length, in random order."""
        messages = list(known)
        chance.shuffle(messages)
        messages.sort(key=lambda m: max(len(e.row) for e in m[1]) // 6 + chance.random())
        batches: list[list[tuple[str, Message]]] = [[]]
        for message in messages:
            if sum(len(m) for _, m in batches[-1]) >= _BATCH:
                batches.append([])
            batches[-1].append(message)
        chance.shuffle(batches)
        yield from map(self._batch, batches)

    def _batch(self, messages: Sequence[tuple[str, Message]]) -> Batch:
        rows: list[Tensor] = []
        languages, nearby, labels = [], [], []
        places = torch.from_numpy(
            np.concatenate([places_of(len(message), message[0].folder in ALONE) for _, message in messages])
        )
        for code, message in messages:
            for i, example in enumerate(message):
                here = len(rows) + 1
                steps = range(-NEAR, NEAR + 1)
                nearby.append([here + step if 0 <= i + step < len(message) else 0 for step in steps])
                rows.append(torch.tensor(self._row(code, example)))
                languages.append(self.codes.index(code))
                labels.append([bool(example.kinds), *(name in example.kinds for name in self.names)])
        words = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        answers = torch.tensor(labels, dtype=torch.float32)
        return Batch(words, torch.tensor(languages), torch.tensor(nearby), places, answers)

    def logits(self, trainee: Trainee, code: str, messages: Sequence[Message]) -> list[list[float]]:
        """Return for each message the logit of each sentence that it asks."""
        with torch.no_grad():
            return [trainee(self._batch([(code, message)]))[:, 0].tolist() for message in messages]

    def network(self, trainee: Trainee, blend: tuple[float, float, float]) -> Network:
        """Return what the readers use of a trained network."""
        with torch.no_grad():
            signs = trainee.vectors(torch.arange(1, self.offset)).numpy()
            accents = trainee.accent.weight.numpy()
        layers = (trainee.filters, trainee.weighing, trainee.impression, trainee.setting, trainee.judgement)
        filters, weighing, impression, setting, judgement = (
            torch.cat([layer.weight.T, layer.bias[None]]).detach().numpy() for layer in layers
        )
        return Network(
            names=self.names,
            filters=filters,
            weighing=weighing,
            impression=impression,
            setting=setting,
            judgement=judgement,
            blend=blend,
            accents=dict(zip(self.codes, accents, strict=True)),
            signs=signs,
        )

    def vectors(self, trainee: Trainee) -> Vectors:
        """Return the trained vectors of the vocabulary, row by row."""
        with torch.no_grad():
            vectors: Vectors = trainee.vectors(torch.arange(self.offset, len(trainee.own_rows))).numpy()
        return vectors


def _loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Weigh the question whether a sentence asks, and in sentences that do, of what kind it is."""
    asks = functional.binary_cross_entropy_with_logits(logits[:, 0], labels[:, 0])
    kinds = functional.binary_cross_entropy_with_logits(logits[:, 1:], labels[:, 1:], reduction="none")
    return asks + 0.5 * (kinds * (0.2 + labels[:, :1])).sum(1).mean()
