"""Trains the keeper: ``python -m coltiva.training.keeper`` (part of ``make reader``), after the readers.

``--folds 5`` trains on four fifths of the messages at a time and prints how often it is right on the rest, beside the
rules of ``cues.yml`` alone; nothing is stored then.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from coltiva.library import Library
from coltiva.reader.keeper import KeeperNetwork, places_beside
from coltiva.reader.network import WIDTH, Network
from coltiva.rewriting.beside import MARKS
from coltiva.training.beside import GOES, STAYS, Judged, judged_messages
from coltiva.training.storing import store_keeper

JUDGEMENTS = Path("tests/rewriting/beside")
_UNITS = 48
_PASSES = 24
_BATCH = 24  # messages
_DROPPED = 0.4
_BODY_STEP, _HEAD_STEP = 4e-4, 1.5e-3
_BODY_DECAY, _HEAD_DECAY = 0.05, 0.3
_EITHER_WEIGHT = 0.5  # of a sentence that may stay or go, for which the answer is one half


class Trainee(nn.Module):
    """The network of ``coltiva.reader.keeper``, which begins with the encoder that the readers have learnt."""

    def __init__(self, reader: Network, languages: Sequence[str], middle: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.filters, self.weighing, self.impression = (
            _layer(weights) for weights in (reader.filters, reader.weighing, reader.impression)
        )
        self.register_buffer("middle", middle)
        self.register_buffer("spread", spread)
        self.languages = list(languages)
        self.hidden = nn.Linear(4 * self.impression.out_features + len(MARKS) + len(languages), _UNITS)
        self.verdict = nn.Linear(_UNITS, 1)
        self.direct = nn.Linear(len(MARKS), 1, bias=False)
        self.drop = nn.Dropout(_DROPPED)

    def impressions(self, words: Tensor, there: Tensor) -> Tensor:
        """Return one impression for each sentence, after a row of nothing."""
        seen = self.drop(words) * there
        windows = functional.pad(seen, (0, 0, WIDTH // 2, WIDTH // 2)).unfold(1, WIDTH, 1).transpose(2, 3).flatten(2)
        answers = functional.relu(self.filters(windows)) * there
        weights = torch.softmax(self.weighing(answers) + (there - 1) * 1e4, 1)
        means = torch.einsum("nth,ntf->nhf", weights, answers).flatten(1)
        found = functional.relu(self.impression(self.drop(torch.cat([answers.amax(1), means], -1))))
        return torch.cat([torch.zeros(1, found.shape[1]), found])

    def forward(self, messages: Sequence[Judged]) -> Tensor:
        """Return the logits of "goes" for all judged sentences of the messages, one after the other."""
        rows = [torch.from_numpy(row) for message in messages for row in message.vectors]
        words = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        there = nn.utils.rnn.pad_sequence([torch.ones(len(row), 1) for row in rows], batch_first=True)
        impressions = self.impressions(words, there)
        places, first = [], 0
        for message in messages:
            beside = places_beside(len(message.vectors), message.asks, list(message.marks))
            places.append(torch.from_numpy(np.where(beside > 0, beside + first, 0)))
            first += len(message.vectors)
        marks = torch.tensor([numbers for m in messages for numbers in m.marks.values()])
        numbers = (marks - self.middle) / self.spread
        spoken = torch.zeros(len(marks), len(self.languages))
        tongues = [self.languages.index(m.language) for m in messages for _ in m.marks]
        spoken[torch.arange(len(marks)), torch.tensor(tongues)] = 1
        seen = torch.cat([impressions[torch.cat(places)].flatten(1), numbers, spoken], -1)
        units = self.drop(functional.relu(self.hidden(self.drop(seen))))
        logits: Tensor = self.verdict(units)[:, 0] + self.direct(numbers)[:, 0]
        return logits

    def network(self) -> KeeperNetwork:
        """Return what the keeper uses of it."""
        layers = {
            name: torch.cat([layer.weight.T, layer.bias[None]]).detach().numpy()
            for name, layer in (("filters", self.filters), ("weighing", self.weighing), ("impression", self.impression))
        } | {"hidden": torch.cat([self.hidden.weight.T, self.hidden.bias[None]]).detach().numpy()}
        return KeeperNetwork(
            marks=MARKS,
            languages=tuple(self.languages),
            middle=self.middle.numpy(),
            spread=self.spread.numpy(),
            verdict=torch.cat([self.verdict.weight[0], self.verdict.bias]).detach().numpy(),
            direct=self.direct.weight[0].detach().numpy(),
            **layers,
        )


def _layer(weights: np.ndarray) -> nn.Linear:
    layer = nn.Linear(len(weights) - 1, weights.shape[1])
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weights[:-1].T.copy()))
        layer.bias.copy_(torch.from_numpy(weights[-1].copy()))
    return layer


def train(messages: Sequence[Judged], reader: Network, languages: Sequence[str], seed: int = 0) -> Trainee:
    """Return a keeper trained on *messages*; the same messages and seed give the same one on the same machine."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    marks = torch.tensor([numbers for message in messages for numbers in message.marks.values()])
    trainee = Trainee(reader, languages, marks.mean(0), marks.std(0) + 1e-2)
    body = [*trainee.filters.parameters(), *trainee.weighing.parameters(), *trainee.impression.parameters()]
    head = [*trainee.hidden.parameters(), *trainee.verdict.parameters(), *trainee.direct.parameters()]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "lr": _BODY_STEP, "weight_decay": _BODY_DECAY},
            {"params": head, "lr": _HEAD_STEP, "weight_decay": _HEAD_DECAY},
        ]
    )
    trainee.train()
    for _ in range(_PASSES):
        order = chance.permutation(len(messages))
        for chosen in np.array_split(order, max(1, len(messages) // _BATCH)):
            batch = [messages[i] for i in chosen]
            labels = [label for message in batch for label in message.labels.values()]
            answers = torch.tensor([1.0 if one == GOES else 0.0 if one == STAYS else 0.5 for one in labels])
            weights = torch.tensor([1.0 if one in (GOES, STAYS) else _EITHER_WEIGHT for one in labels])
            loss = functional.binary_cross_entropy_with_logits(trainee(batch), answers, weight=weights)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    trainee.eval()
    return trainee


def in_folds(messages: Sequence[Judged], reader: Network, languages: Sequence[str], folds: int) -> None:
    """Print how often the keeper and the rules are right on messages that the keeper has not learnt from."""
    order = np.random.default_rng(1).permutation(len(messages))
    chances: dict[int, list[float]] = {}
    for fold in np.array_split(order, folds):
        left_out = set(fold.tolist())
        trainee = train([m for i, m in enumerate(messages) if i not in left_out], reader, languages)
        with torch.no_grad():
            chances |= {i: torch.sigmoid(trainee([messages[i]])).tolist() for i in left_out}
    ruled = MARKS.index("ruled")
    by_rules = [[numbers[ruled] > 0 for numbers in message.marks.values()] for message in messages]
    _report("rules", messages, by_rules, languages)
    for bar in (0.4, 0.5, 0.6):
        answers = [[chance >= bar for chance in chances[i]] for i in range(len(messages))]
        _report(f"keeper {bar}", messages, answers, languages)


def _report(name: str, messages: Sequence[Judged], goes: Sequence[Sequence[bool]], languages: Sequence[str]) -> None:
    """Print shares of sentences and of messages without a fault, and how many were lost and left, by language."""
    for code in (*languages, ""):
        right = lost = left = clean = count = 0
        for message, answers in zip(messages, goes, strict=True):
            if code and message.language != code:
                continue
            wrong = [
                (label, went)
                for label, went in zip(message.labels.values(), answers, strict=True)
                if label in (GOES, STAYS) and went != (label == GOES)
            ]
            lost += sum(went for _, went in wrong)
            left += sum(not went for _, went in wrong)
            right += sum(label in (GOES, STAYS) for label in message.labels.values()) - len(wrong)
            clean += not wrong
            count += 1
        share = right / max(1, right + lost + left)
        shares = f"right {share:.3f}  lost {lost}  left {left}  clean {clean / max(1, count):.3f}"
        print(f"{name:<12}{code or 'all':<5}{shares}", flush=True)


def learn(library: Library, corpus: Path, judgements: Path) -> KeeperNetwork:
    """Return a keeper that has learnt from all judged messages."""
    messages = _messages(library, corpus, judgements)
    judged = [code for code in library.languages if any(message.language == code for message in messages)]
    return train(messages, _reader(library), judged).network()


def _messages(library: Library, corpus: Path, judgements: Path) -> list[Judged]:
    return [m for code in library.languages for m in judged_messages(library, code, corpus, judgements)]


def _reader(library: Library) -> Network:
    shared = library.shared_reader()
    if shared is None:
        raise SystemExit("expected trained readers; there are none (make reader)")
    return shared.network


def main() -> None:
    """Train and store the keeper, or try it in folds."""
    parser = argparse.ArgumentParser(description="Train the keeper.")
    parser.add_argument("--corpus", type=Path, default=Path("tests/corpus"))
    parser.add_argument("--judgements", type=Path, default=JUDGEMENTS)
    parser.add_argument("--folds", type=int, help="only tell how well it does on messages that it has not learnt from")
    arguments = parser.parse_args()
    library, folders = Library(), (arguments.corpus, arguments.judgements)
    if arguments.folds:
        in_folds(_messages(library, *folders), _reader(library), library.languages, arguments.folds)
    else:
        store_keeper(library.root / "keeper.npz", learn(library, *folders))


if __name__ == "__main__":
    main()
