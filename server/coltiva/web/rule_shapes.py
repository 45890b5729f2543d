"""The routes on rules and their tuning, as the OpenAPI document describes them."""

from __future__ import annotations

from coltiva.rule_pack import SEVERITIES, STAGES
from coltiva.tuning.composing import PHRASE_KEYS
from coltiva.tuning.payloads import MAX_PHRASE_CHARACTERS, MAX_SENTENCE_CHARACTERS
from coltiva.tuning.settling import SETTLINGS
from coltiva.web import api_shapes as s
from coltiva.web.api_shapes import Shape, answer, choice, closed, list_of, or_null

ANYTHING: Shape = {"type": "object"}
PROBLEMS = list_of(answer(path=s.text(), line=s.COUNT, column=s.COUNT, code=s.text(), message=s.text()))
CHANGED = answer(change=or_null(ANYTHING))
_TEXTS = list_of(s.text(MAX_SENTENCE_CHARACTERS))
RULE_FORM = closed(
    ("rule",),
    rule=s.text(100),
    kind=s.text(40),
    enabled={"type": "boolean"},
    severity=choice(["", *SEVERITIES]),
    needs=choice(["", *STAGES]),
    title=s.text(200),
    why=s.text(1_000),
    flag=_TEXTS,
    **{"pass": _TEXTS},
    **{key: list_of(s.text(MAX_PHRASE_CHARACTERS)) for key in PHRASE_KEYS},
)
# One of them: a rule as a form holds it, values of tables, whole files, or a file to take away.
CHANGE = closed(rule=RULE_FORM, values=ANYTHING, files=ANYTHING, remove=s.text(100))
FINDS = closed(("rule", "texts"), rule=RULE_FORM, texts=_TEXTS)
PACK = closed(("coltiva_rules", "files"), coltiva_rules=s.COUNT, files=ANYTHING)
PHRASE = closed(
    ("language", "phrase"),
    language=s.LANGUAGE,
    rule=s.text(100),
    phrase=s.text(MAX_PHRASE_CHARACTERS),
    texts=_TEXTS,
)
TRY = closed(
    ("texts",),
    texts=list_of(s.text(MAX_SENTENCE_CHARACTERS)) | {"minItems": 1, "maxItems": 8},
    channel=s.text(40),
    language=or_null(s.LANGUAGE),
    history=list_of(ANYTHING),
)
SETTLE = closed(("settle",), settle=choice(SETTLINGS), phrase=s.text(MAX_PHRASE_CHARACTERS))
