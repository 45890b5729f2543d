"""The shapes of the API's bodies, made from the records and payload fields that the routes themselves use."""

from __future__ import annotations

from typing import Any

import msgspec

from coltiva.access import PairedExtension
from coltiva.contacts import Contact, Event, Note, Promise
from coltiva.history import Stage
from coltiva.library import LANGUAGES
from coltiva.payloads import MAX_FIELD_CHARACTERS, MAX_LIMIT, MAX_SEED, MAX_TEXT_CHARACTERS
from coltiva.rule_tables import CHANNELS
from coltiva.tuning.payloads import MAX_SENTENCE_CHARACTERS, REASONS
from coltiva.verdict import Decision

Shape = dict[str, Any]
_REF = "#/components/schemas/{name}"
_STAGES = [stage.word for stage in Stage]
WRITE_ID = {"type": "string", "pattern": "^[0-9a-f]{12,32}$", "description": "made by the client; a write is done once"}


def ref(name: str) -> Shape:
    """Return a reference to a named shape."""
    return {"$ref": _REF.format(name=name)}


def text(most: int = MAX_FIELD_CHARACTERS, **more: Any) -> Shape:
    """Return the shape of a text."""
    return {"type": "string", "maxLength": most, **more}


def closed(required: tuple[str, ...] = (), **properties: Shape) -> Shape:
    """Return the shape of an object that has no other fields."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def answer(**properties: Shape) -> Shape:
    """Return the shape of an answer that has all of these fields, and may have more in a later version."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def list_of(shape: Shape) -> Shape:
    """Return the shape of a list."""
    return {"type": "array", "items": shape}


def or_null(shape: Shape) -> Shape:
    """Return the shape of a value that may be missing."""
    return {"anyOf": [shape, {"type": "null"}]}


def choice(values: tuple[str, ...] | list[str]) -> Shape:
    """Return the shape of one of some words."""
    return {"enum": list(values)}


TEXTS = list_of({"type": "string"})
COUNT = {"type": "integer", "minimum": 0}
HEX = {"type": "string", "pattern": "^[0-9a-f]+$"}
NONCE = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
KEY = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
LANGUAGE = choice(LANGUAGES)


def _records() -> dict[str, Shape]:
    """Return the shapes of the stored records, as they are written."""
    _, components = msgspec.json.schema_components([Contact, Event, Note, Promise, PairedExtension], ref_template=_REF)
    shapes: dict[str, Shape] = {name: dict(shape) for name, shape in components.items()}
    secret = ("stored_key", "server_key")
    paired = shapes["PairedExtension"]
    paired["properties"] = {n: s for n, s in paired["properties"].items() if n not in secret}
    paired["required"] = [name for name in paired["required"] if name not in secret]
    return shapes


def _changeable(record: Shape, *without: str, **more: Shape) -> Shape:
    """Return the shape of a request that names some of a record's fields."""
    kept = {name: shape for name, shape in record["properties"].items() if name not in without}
    return closed((), **kept, **more)


def shapes() -> dict[str, Shape]:
    """Return every named shape."""
    made = _records()
    event = made["Event"]
    event_fields = {name: shape for name, shape in event["properties"].items() if name != "id"}
    history = list_of(closed(("date", "kind"), id=text(200), **event_fields))
    recipient = closed(
        id=text(), profile=text(), email=text(), name=text(), company=text(), role=text(), history=history
    )
    made["LintRequest"] = closed(
        ("text",),
        text=text(MAX_TEXT_CHARACTERS),
        channel=or_null(choice(CHANNELS)),
        language=or_null(LANGUAGE),
        explain_in=or_null(LANGUAGE),
        today=or_null({"type": "string", "format": "date"}),
        contact=or_null(recipient),
        history=or_null(history),
        caret=or_null(COUNT | {"description": "where the user is typing, in UTF-16 units within the text"}),
        limit=or_null(
            COUNT | {"minimum": 1, "maximum": MAX_LIMIT, "description": "how many UTF-16 units the page takes"}
        ),
        rewrites=or_null({"type": "boolean"}),
        seed=or_null(COUNT | {"maximum": MAX_SEED}),
    )
    made["ContactRequest"] = _changeable(made["Contact"], "id", "notes", "promises", history=history)
    made["ContactRequest"]["properties"]["id"] = WRITE_ID
    made["ContactChange"] = _changeable(made["Contact"], "id", "notes", "promises")
    for name in ("Event", "Note", "Promise"):
        made[f"{name}Change"] = _changeable(made[name], "id")
        made[f"{name}Request"] = _changeable(made[name], "id", id=WRITE_ID)
    return made | _answers()


def _finding() -> Shape:
    return answer(
        category=choice(("ask", "signal", "growing")),
        kind={"type": "string"},
        rule={"type": "string"},
        severity=choice(("info", "warning", "error")),
        premature={"type": "boolean"},
        needs=or_null(choice(_STAGES)),
        start=COUNT,
        end=COUNT,
        quote={"type": "string"},
        title={"type": "string"},
        why={"type": "string"},
        events=TEXTS,
        suggestions=list_of(answer(text={"type": "string"}, changes={"type": "string"}, uses=TEXTS)),
    )


def _answers() -> dict[str, Shape]:
    relation = answer(stage=choice(_STAGES), dormant={"type": "boolean"}, why=TEXTS, events=TEXTS)
    known = or_null(answer(id={"type": "string"}, name={"type": "string"}))
    report = answer(
        language=or_null(LANGUAGE),
        verdict=choice([decision.value for decision in Decision]),
        score=COUNT,
        contact=known,
        relationship=relation,
        findings=list_of(_finding()),
        rewrites=list_of(answer(strategy={"type": "string"}, text={"type": "string"}, uses=TEXTS)),
    )
    shown = answer(
        contact=ref("Contact"),
        history=list_of(ref("Event")),
        relationship=relation,
        next_steps=list_of({"type": "object"}),
    )
    error = answer(code={"type": "string"}, message={"type": "string"})
    return {
        "Error": answer(error=error | {"properties": error["properties"] | {"field": {"type": "string"}}}),
        "Report": report,
        "ShownContact": shown,
        "Changed": answer(
            change={"type": "string"}, what={"type": "string"}, contacts=TEXTS, contact=or_null(ref("ShownContact"))
        ),
        "Brief": answer(
            id={"type": "string"}, name={"type": "string"}, company={"type": "string"}, role={"type": "string"}
        ),
        "DismissalRequest": closed(
            ("id", "rule", "kind", "sentence"),
            id={"type": "string", "pattern": "^[0-9A-Za-z-]{8,64}$"},
            rule=text(200),
            kind=text(40),
            sentence=text(MAX_SENTENCE_CHARACTERS, minLength=1),
            quote=text(MAX_SENTENCE_CHARACTERS),
            language=or_null(LANGUAGE),
            stage=or_null(choice(_STAGES)),
            contact=or_null(text(200)),
            reason=or_null(choice(REASONS)),
        ),
        "Import": answer(
            id={"type": "string"}, state={"type": "string"}, received=list_of(COUNT), progress={"type": "object"}
        ),
    }
