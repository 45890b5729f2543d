"""JSON about tuning, read into records."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coltiva.errors import PayloadError
from coltiva.json_fields import choice_of, list_of, object_of, shown, text_of
from coltiva.library import LANGUAGES
from coltiva.rule_pack import SEVERITIES, STAGES
from coltiva.tuning.composing import PHRASE_KEYS, RuleDraft
from coltiva.tuning.dismissals import Dismissal

MAX_SENTENCE_CHARACTERS = 4_000
MAX_PHRASE_CHARACTERS = 1_500
MAX_PHRASES = 400
REASONS = ("no_ask", "ignored")
_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_DISMISSAL_FIELDS = frozenset({"id", "rule", "kind", "sentence", "quote", "language", "stage", "contact", "reason"})
_DRAFT_FIELDS = frozenset(
    {"rule", "kind", "enabled", "severity", "needs", "title", "why", "flag", "pass", *PHRASE_KEYS}
)


def dismissal_from_json(value: object, at: str) -> Dismissal:
    """Read a dismissal; *at* is the time to note.

    Raises:
        PayloadError: as all functions here, with the path of the field at fault.
    """
    fields = object_of(value, "", _DISMISSAL_FIELDS)
    given = text_of(fields, "id", "", 64, None)
    if _ID.fullmatch(given) is None:
        raise PayloadError("id", f"expected 8 to 64 letters, digits and hyphens; got {shown(given)}")
    contact = fields.get("contact")
    language = choice_of(fields, "language", LANGUAGES)
    sentence = text_of(fields, "sentence", "", MAX_SENTENCE_CHARACTERS, None)
    if not sentence.strip():
        raise PayloadError("sentence", "expected the sentence that was dismissed; it is empty")
    return Dismissal(
        id=given,
        rule=text_of(fields, "rule", "", 200, None),
        kind=text_of(fields, "kind", "", 40, None),
        sentence=sentence,
        quote=text_of(fields, "quote", "", MAX_SENTENCE_CHARACTERS, sentence),
        language=language or "",
        stage=choice_of(fields, "stage", STAGES) or "",
        contact=None if contact is None else text_of(fields, "contact", "", 200, None),
        reason=choice_of(fields, "reason", REASONS) or REASONS[0],
        at=at,
    )


def draft_from_json(value: object) -> RuleDraft:
    """Read a rule as the form holds it."""
    fields = object_of(value, "rule", _DRAFT_FIELDS)
    enabled = fields.get("enabled", True)
    if not isinstance(enabled, bool):
        raise PayloadError("rule.enabled", f"expected true or false; got {shown(enabled)}")
    return RuleDraft(
        rule=text_of(fields, "rule", "rule.", 100, None),
        kind=text_of(fields, "kind", "rule.", 40, ""),
        enabled=enabled,
        severity=_choice(fields, "severity", SEVERITIES),
        needs=_choice(fields, "needs", STAGES),
        title=text_of(fields, "title", "rule.", 200, ""),
        why=text_of(fields, "why", "rule.", 1_000, ""),
        phrases={key: texts_of(fields, key, "rule.", MAX_PHRASE_CHARACTERS) for key in PHRASE_KEYS},
        flag=texts_of(fields, "flag", "rule.", MAX_SENTENCE_CHARACTERS),
        pass_=texts_of(fields, "pass", "rule.", MAX_SENTENCE_CHARACTERS),
    )


def _choice(fields: Mapping[str, object], name: str, words: tuple[str, ...]) -> str:
    return "" if fields.get(name) in (None, "") else choice_of(fields, name, words, "rule.") or ""


def texts_of(fields: Mapping[str, object], name: str, where: str, most: int) -> list[str]:
    """Return a list of texts, without empty ones, each on one line."""
    items = list_of(fields, name, where, MAX_PHRASES)
    texts = [text_of({f"{name}[{i}]": item}, f"{name}[{i}]", where, most, None) for i, item in enumerate(items)]
    return [" ".join(text.split()) for text in texts if text.strip()]


def values_from_json(value: object) -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    """Read values of a table: group → row → field → a number, a word, true or false; null for the shipped one."""
    if not isinstance(value, dict):
        raise PayloadError("values", f"expected an object; got {shown(value)}")
    for group, rows in value.items():
        if not isinstance(rows, dict):
            raise PayloadError(f"values.{group}", f"expected an object; got {shown(rows)}")
        for row, cells in rows.items():
            if not isinstance(cells, dict):
                raise PayloadError(f"values.{group}.{row}", f"expected an object; got {shown(cells)}")
            for field, cell in cells.items():
                if cell is not None and not isinstance(cell, int | str | bool):
                    path = f"values.{group}.{row}.{field}"
                    message = f"expected a number or a word; got {shown(cell)}"
                    raise PayloadError(path, message, "no_cell", got=shown(cell))
    return value
