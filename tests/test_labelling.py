"""The stage of every labelled contact, and the verdict on every labelled ask, are those of the labelling guide."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coltiva.contacts import Contact, ContactRecord
from coltiva.history import Relation
from coltiva.library import Library
from coltiva.linting.asks import judge_ask
from coltiva.linting.finding import Finding
from coltiva.linting.match import Match
from coltiva.payloads import history_from_json
from coltiva.spans import Span
from coltiva.standing import stand
from coltiva.verdict import Decision, decide

from .labelling import CORPUS, needs_by_table, stage_by_table


def has_history(corpus: Path) -> bool:
    """Tell whether the messages of a file come with what was between the two before."""
    with corpus.open(encoding="utf-8") as lines:
        return "history" in json.loads(next(lines))


CORPORA = sorted(filter(has_history, CORPUS.glob("*/*.jsonl")))
NEEDS = needs_by_table()


def read(corpus: Path) -> list[dict[str, Any]]:
    """Return the records of a file."""
    return [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]


def relation_of(record: dict[str, Any], library: Library) -> Relation:
    """Return how the two stand, worked out as for a stored contact."""
    contact = ContactRecord(Contact(**record["contact"]), history_from_json(record["history"]))
    return stand(contact, date.fromisoformat(record["today"]), library.gates, library.tending).relation


def judge(record: dict[str, Any], relation: Relation, library: Library) -> list[Finding]:
    """Return a finding for each labelled ask, at its quote."""
    asks = []
    for ask in record["asks"]:
        start = record["text"].index(ask["quote"])
        match = Match("labelled", ask["kind"], 0, 1, 0, ask["quote"])
        asks.append(judge_ask(match, Span(start, start + len(ask["quote"])), relation.stage, relation.evidence, library.asks[ask["kind"]].needs))
    return asks


def test_there_is_something_to_agree_on(library: Library) -> None:
    """Six languages; among the records all stages and all verdicts; the guide names the ten kinds of ask."""
    records = [record for corpus in CORPORA for record in read(corpus)]
    assert {record["lang"] for record in records} == {"de", "en", "es", "fr", "it", "pt"}
    assert {stage_by_table(record["history"], record["today"]) for record in records} == {0, 1, 2, 3}
    assert {decide(judge(r, relation_of(r, library), library)).decision for r in records} == set(Decision)
    assert NEEDS.keys() == library.asks.keys()


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_stages(corpus: Path, library: Library) -> None:
    """Each contact stands where the guide's table puts the history."""
    for record in read(corpus):
        assert relation_of(record, library).stage == stage_by_table(record["history"], record["today"]), record["id"]


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_verdicts(corpus: Path, library: Library) -> None:
    """An ask is premature where the guide says so; one stage missing revises, two wait, and else the message may go."""
    for record in read(corpus):
        stage = stage_by_table(record["history"], record["today"])
        missing = [NEEDS[ask["kind"]] - stage for ask in record["asks"]]
        asks = judge(record, relation_of(record, library), library)
        assert [ask.premature for ask in asks] == [gap > 0 for gap in missing], record["id"]
        widest = max(missing, default=0)
        expected = "wait" if widest > 1 else "revise" if widest == 1 else "send"
        assert decide(asks).decision == expected, record["id"]
