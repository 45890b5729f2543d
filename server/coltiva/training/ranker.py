"""Trains the ranker: ``python -m coltiva.training.ranker`` (part of ``make reader``), after the readers.

``--folds 5`` trains on four fifths of the messages at a time and prints what it chooses on the rest, beside a choice
by chance; nothing is stored then.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from coltiva.library import Library
from coltiva.reader.ranker import RankerNetwork
from coltiva.rewriting.ranking import LINE_MARKS, MESSAGE_MARKS, NOTHING, STRICTLY
from coltiva.training.lines import BEST, JudgedMessage, judged_lines
from coltiva.training.storing import store_ranker

JUDGEMENTS = Path("tests/rewriting/suiting")
_TOPICS, _UNITS = 24, 48
_PASSES, _BATCH = 30, 64  # lines
_DROPPED, _STEP, _DECAY = 0.2, 2e-3, 0.1
_STRICTLY = 3  # how often what people judged strictly is learnt from, for once what others judged
_UNNAMED = 0.3  # share of lines that are learnt from as if nobody had judged them elsewhere


class Judged:
    """All lines of some messages as columns.

    Attributes:
        message: for each line the number of its message.
    """

    def __init__(self, messages: Sequence[JudgedMessage], languages: Sequence[str]) -> None:
        pairs = [(number, line) for number, message in enumerate(messages) for line in message.lines]
        self.message = np.array([number for number, _ in pairs])
        self.groups = [line.group for _, line in pairs]
        self.parts = _floats([messages[n].parts for n, _ in pairs])
        self.message_marks = _floats([messages[n].marks for n, _ in pairs])
        self.spoken = _floats([[messages[n].language == code for code in languages] for n, _ in pairs])
        self.words = _floats([line.words for _, line in pairs])
        self.line_marks = _floats([line.marks for _, line in pairs])
        self.shared = _floats([[line.shared] for _, line in pairs])
        self.marks = np.array([line.mark for _, line in pairs])
        self.names = sorted({line.name for _, line in pairs})
        places = {name: place for place, name in enumerate(self.names)}
        self.places = torch.tensor([places[line.name] for _, line in pairs])
        self.answers = _floats(self.marks / BEST)


def _floats(rows: object) -> Tensor:
    return torch.from_numpy(np.array(rows, np.float32))


class Trainee(nn.Module):
    """The network of ``coltiva.reader.ranker``."""

    def __init__(self, judged: Judged) -> None:
        super().__init__()
        (_, parts, length), spoken = judged.parts.shape, judged.spoken.shape[1]
        for name, marks in (("message", judged.message_marks), ("line", judged.line_marks)):
            self.register_buffer(f"{name}_middle", marks.mean(0))
            self.register_buffer(f"{name}_spread", marks.std(0) + 0.1)
        self.topics = nn.Linear(length, _TOPICS, bias=False)
        self.by_message = nn.Linear(parts * _TOPICS + len(MESSAGE_MARKS) + spoken, _UNITS)
        self.by_line = nn.Linear(_TOPICS + len(LINE_MARKS), _UNITS, bias=False)
        self.shared = nn.Linear(1, _UNITS, bias=False)
        self.verdict = nn.Linear(_UNITS, 1)
        self.worth = nn.Embedding(len(judged.names), 1)
        nn.init.zeros_(self.worth.weight)
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, judged: Judged, which: np.ndarray) -> Tensor:
        """Return the logits of "suits" of the lines at the places *which*."""
        topics = self.topics(self.drop(judged.parts[which])).flatten(1)
        numbers = (judged.message_marks[which] - self.message_middle) / self.message_spread
        message = self.by_message(self.drop(torch.cat([topics, numbers, judged.spoken[which]], 1)))
        numbers = (judged.line_marks[which] - self.line_middle) / self.line_spread
        line = self.by_line(self.drop(torch.cat([self.topics(self.drop(judged.words[which])), numbers], 1)))
        units = functional.relu(message + line + self.shared(judged.shared[which]))
        named = (torch.rand(len(which)) >= _UNNAMED) if self.training else torch.ones(len(which))
        logits: Tensor = self.verdict(self.drop(units))[:, 0] + self.worth(judged.places[which])[:, 0] * named
        return logits

    def network(self, languages: Sequence[str], names: Sequence[str]) -> RankerNetwork:
        """Return what the ranker uses of it; *names* are the ids of the lines that it has learnt from."""
        layers = {name: getattr(self, name).numpy() for name in ("message_middle", "message_spread")}
        layers |= {name: getattr(self, name).numpy() for name in ("line_middle", "line_spread")}
        layers |= {name: getattr(self, name).weight.T.detach().numpy() for name in ("topics", "by_line")}
        biased = torch.cat([self.by_message.weight.T, self.by_message.bias[None]]).detach().numpy()
        return RankerNetwork(
            message_marks=MESSAGE_MARKS,
            line_marks=LINE_MARKS,
            languages=tuple(languages),
            by_message=biased,
            shared=self.shared.weight[:, 0].detach().numpy(),
            verdict=torch.cat([self.verdict.weight[0], self.verdict.bias]).detach().numpy(),
            worth=dict(zip(names, self.worth.weight[:, 0].tolist(), strict=True)),
            **layers,
        )


def train(judged: Judged, among: np.ndarray, seed: int = 0) -> Trainee:
    """Return a ranker trained on the lines at the places *among*; the same lines and seed give the same one."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    trainee = Trainee(judged)
    optimizer = torch.optim.AdamW(trainee.parameters(), lr=_STEP, weight_decay=_DECAY)
    strictly = among[judged.message_marks[among, MESSAGE_MARKS.index(STRICTLY)].numpy() > 0]
    among = np.concatenate([among, *[strictly] * (_STRICTLY - 1)])
    trainee.train()
    for _ in range(_PASSES):
        for chosen in np.array_split(chance.permutation(among), max(1, len(among) // _BATCH)):
            loss = functional.binary_cross_entropy_with_logits(trainee(judged, chosen), judged.answers[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    trainee.eval()
    return trainee


def in_folds(messages: Sequence[JudgedMessage], languages: Sequence[str], folds: int) -> None:
    """Print what the ranker chooses in messages that it has not learnt from, beside a choice by chance."""
    judged = Judged(messages, languages)
    suits = np.zeros(len(judged.marks))
    for fold in np.array_split(np.random.default_rng(1).permutation(len(messages)), folds):
        left_out = np.isin(judged.message, fold)
        trainee = train(judged, np.flatnonzero(~left_out))
        with torch.no_grad():
            suits[left_out] = torch.sigmoid(trainee(judged, np.flatnonzero(left_out))).numpy()
    keys = list(zip(judged.message.tolist(), judged.groups, strict=True))
    by_group: dict[str, list[tuple[float, float, int, float]]] = {}
    order = sorted(range(len(keys)), key=keys.__getitem__)
    for (_, group), places in groupby(order, keys.__getitem__):
        at = list(places)
        if len(at) > 1:
            marks, chosen = judged.marks[at], judged.marks[at[int(np.argmax(suits[at]))]]
            by_group.setdefault(group, []).append((marks.mean(), (marks == 0).mean(), chosen, chosen == 0))
    _report(by_group, judged, suits)


def _report(
    by_group: Mapping[str, Sequence[tuple[float, float, int, float]]], judged: Judged, suits: np.ndarray
) -> None:
    for group, rows in by_group.items():
        mean, bad, chosen, chosen_bad = np.mean(rows, axis=0)
        by_chance = f"by chance {mean:.2f}, {bad:.0%} unfit"
        print(f"{group:<12}{len(rows):>5}  {by_chance}  chosen {chosen:.2f}, {chosen_bad:.0%} unfit")
    for low in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6):
        within = (suits >= low) & (suits < low + 0.1) & (np.array(judged.groups) != NOTHING)
        print(f"suits {low:.1f} to {low + 0.1:.1f}: {within.sum():>5}  {(judged.marks[within] == 0).mean():.0%} unfit")


def learn(library: Library, judgements: Path) -> RankerNetwork:
    """Return a ranker that has learnt from all judged lines."""
    messages = _messages(library, judgements)
    languages = [code for code in library.languages if any(message.language == code for message in messages)]
    judged = Judged(messages, languages)
    return train(judged, np.arange(len(judged.marks))).network(languages, judged.names)


def _messages(library: Library, judgements: Path) -> list[JudgedMessage]:
    return [message for code in library.languages for message in judged_lines(library, code, judgements)]


def main() -> None:
    """Train and store the ranker, or try it in folds."""
    parser = argparse.ArgumentParser(description="Train the ranker.")
    parser.add_argument("--judgements", type=Path, default=JUDGEMENTS)
    parser.add_argument("--folds", type=int, help="only tell what it chooses in messages that it has not learnt from")
    arguments = parser.parse_args()
    library = Library()
    if arguments.folds:
        in_folds(_messages(library, arguments.judgements), library.languages, arguments.folds)
        return
    store_ranker(library.root / "ranker.npz", learn(library, arguments.judgements))


if __name__ == "__main__":
    main()
