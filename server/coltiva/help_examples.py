"""Files that commands read, shown in their help by an example of each."""

from __future__ import annotations

from coltiva.contacts import Direction, EventKind
from coltiva.speech import Speech

HISTORY = """\
[{"date": "2026-03-02", "kind": "meeting", "summary": "breakfast at BNI"},
 {"date": "2026-04-20", "kind": "message", "direction": "received"}]"""
RECORD = '{"lang": "en", "text": "Could you introduce me to Ada?", "contact": {"name": "Bo Li"}, "history": []}'
LABELLED = (
    '{"lang": "en", "text": "Could you introduce me to Ada?", '
    '"asks": [{"kind": "introduction", "quote": "introduce me to Ada"}]}'
)


def lint_examples(say: Speech) -> str:
    """Return how a history and the records of a batch are written."""
    kinds, directions = ", ".join(EventKind), ", ".join(Direction)
    words = say("examples", "history_words", kinds=kinds, directions=directions)
    history = f"{say('examples', 'history')}\n{_indented(HISTORY)}\n{words}"
    return f"{history}\n\n{say('examples', 'records')}\n{_indented(RECORD)}"


def evaluate_examples(say: Speech) -> str:
    """Return how a labelled message is written."""
    return f"{say('examples', 'labelled')}\n{_indented(LABELLED)}"


def _indented(example: str) -> str:
    return "\n".join(f"  {line}" for line in example.splitlines())
