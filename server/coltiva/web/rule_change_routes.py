"""Changes of the user's rules: what one would do, saving it, taking it back, carrying a layer away and in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, request

from coltiva.errors import PayloadError, RuleProblem
from coltiva.json_fields import object_of, shown, text_of
from coltiva.own_tables import FIELDS
from coltiva.speech import Speech
from coltiva.tuning.composing import compose_table, with_rule
from coltiva.tuning.effect import Effect, EffectMeter
from coltiva.tuning.effect_json import effect_to_json, problem_to_json
from coltiva.tuning.own_layer import MAX_FILE_CHARACTERS, Files, LayerChange, is_layer_file, read_pack
from coltiva.tuning.payloads import MAX_SENTENCE_CHARACTERS, draft_from_json, texts_of, values_from_json
from coltiva.tuning.rule_trial import RuleTrial, try_rule
from coltiva.tuning.trial_layer import new_problems, trial_library
from coltiva.tuning.workshop import Workshop
from coltiva.web.lint_routes import as_json, body_of_request
from coltiva.web.page_texts import asked_speech
from coltiva.web.rule_routes import spans_to_json

Values = Mapping[str, Mapping[str, Mapping[str, object]]]
_CHANGE_FIELDS = frozenset({"rule", "values", "files", "remove", "what"})


def rule_change_routes(workshop: Workshop, meter: EffectMeter) -> Blueprint:
    """Return the routes, all below ``/api/v1/rules``.

    A change is ``{"rule": the whole form}``, ``{"values": {"stages.yml": {"gates": …}}}``, ``{"files": {name: text}}``
    or ``{"remove": rule id}``. ``POST /effect`` streams one JSON object a line: progress, then the effect.
    ``POST /finds`` ``{"rule": the whole form, "texts"}`` tells what the rule finds as it is in the form. ``POST /save``
    writes the change; 422 with the problems where it is broken. ``GET /changes``, ``POST /changes/ID/undo``,
    ``GET /export``, ``POST /import`` with an exported layer, ``POST /keep-sent`` ``{"keeps": true}``.
    """
    routes = Blueprint("rule_changes", __name__, url_prefix="/api/v1/rules")

    _add_trials(routes, workshop, meter)

    @routes.post("/save")
    def save() -> Response:
        return saved(workshop, files_of_change(body_of_request(), workshop), "saved")

    @routes.get("/changes")
    def changes() -> Response:
        return as_json({"changes": [_change(one) for one in workshop.layer.changes()]})

    @routes.post("/changes/<change_id>/undo")
    def undo(change_id: str) -> Response:
        return _done(workshop, workshop.layer.undo(change_id))

    @routes.get("/export")
    def export() -> Response:
        response = Response(workshop.layer.export(), 200, {"Cache-Control": "no-store"}, "application/json")
        response.headers["Content-Disposition"] = 'attachment; filename="coltiva-rules.json"'
        return response

    @routes.post("/import")
    def take_in() -> Response:
        return saved(workshop, read_pack(request.get_data(cache=False)), "imported")

    @routes.post("/keep-sent")
    def keep_sent() -> Response:
        fields = object_of(body_of_request(), "", frozenset({"keeps"}))
        if not isinstance(fields.get("keeps"), bool):
            raise PayloadError("keeps", f"expected true or false; got {shown(fields.get('keeps'))}")
        workshop.sent.choose(bool(fields["keeps"]))
        return as_json({"keeps": workshop.sent.keeps})

    return routes


def _add_trials(routes: Blueprint, workshop: Workshop, meter: EffectMeter) -> None:
    """Add the routes that try a change and write nothing."""

    @routes.post("/effect")
    def effect() -> Response:
        files = files_of_change(body_of_request(), workshop)
        steps = meter.measure(workshop.layer, files, workshop.sent.all())
        return Response(_lines(steps, asked_speech()), 200, {"Cache-Control": "no-store"}, "application/x-ndjson")

    @routes.post("/finds")
    def finds() -> Response:
        fields = object_of(body_of_request(), "", frozenset({"rule", "texts"}))
        texts = texts_of(fields, "texts", "", MAX_SENTENCE_CHARACTERS)
        files = files_of_change({"rule": fields.get("rule")}, workshop)
        with trial_library(workshop.library, workshop.layer, files) as trial:
            rule = draft_from_json(fields.get("rule")).rule
            trials = try_rule(rule, texts, trial.pack(rule.partition("/")[0]))
        return as_json({"found": [_trial(text, one) for text, one in zip(texts, trials, strict=True)]})


def saved(workshop: Workshop, files: Files, what: str) -> Response:
    """Write a change where nothing in it is broken, and answer with it."""
    library, layer = workshop.library, workshop.layer
    with trial_library(library, layer, files) as trial:
        problems = new_problems(trial, layer, files)
    if problems:
        return _broken(problems)
    return _done(workshop, layer.change(what, files))


def _trial(text: str, trial: RuleTrial) -> dict[str, object]:
    spans = {"spans": spans_to_json(text, trial.found), "held_back": spans_to_json(text, trial.held_back)}
    return {"text": text, **spans}


def _broken(problems: tuple[RuleProblem, ...]) -> Response:
    say = asked_speech()
    message = "; ".join(say.problem(problem) for problem in problems[:3])
    error = {"code": "broken_rules", "message": message, "problems": [problem_to_json(p, say) for p in problems]}
    return as_json({"error": error}, 422)


def _done(workshop: Workshop, change: LayerChange | None) -> Response:
    workshop.library.refresh()
    return as_json({"change": _change(change) if change is not None else None})


def _change(change: LayerChange) -> dict[str, object]:
    return {
        "id": change.id,
        "at": change.at,
        "what": change.what,
        "files": sorted(change.after),
        "undone": change.undone,
    }


def _lines(steps: Iterator[tuple[int, int] | Effect], say: Speech) -> Iterator[str]:
    for step in steps:
        line = {"effect": effect_to_json(step, say)} if isinstance(step, Effect) else {"done": step[0], "of": step[1]}
        yield json.dumps(line, separators=(",", ":")) + "\n"


def files_of_change(value: object, workshop: Workshop) -> Files:
    """Return the layer's files that a change writes.

    Raises:
        PayloadError: with the path of the field at fault.
    """
    fields = object_of(value, "", _CHANGE_FIELDS)
    library, layer = workshop.library, workshop.layer
    if "rule" in fields:
        draft = draft_from_json(fields["rule"])
        language = draft.rule.partition("/")[0]
        if language not in library.languages:
            raise PayloadError("rule.rule", f"expected an id such as en/asks/my-rule; got {draft.rule[:80]!r}")
        return with_rule(draft, library.pack(language), library.shipped_pack(language), layer)
    if "remove" in fields:
        name = f"{text_of(fields, 'remove', '', 100, None)}.yml"
        return {_layer_name(name): None}
    if "files" in fields:
        named = fields["files"]
        files = object_of(named, "files", frozenset(named if isinstance(named, dict) else ()))
        return {_layer_name(n): text_of(files, n, "files.", MAX_FILE_CHARACTERS, None) for n in files}
    values = fields.get("values")
    if not isinstance(values, dict) or not values:
        raise PayloadError("", "expected rule, values, files or remove")
    tables = {_table_name(name): values_from_json(rows) for name, rows in values.items()}
    for name, groups in tables.items():
        _check_names(groups, name, library.shipped_table(name))
    return {n: compose_table(rows, library.shipped_table(n), layer.text(n)) for n, rows in tables.items()}


def _check_names(groups: Values, name: str, shipped: Values) -> None:
    """Refuse values of rows that the table has not."""
    for group, rows in groups.items():
        for row, fields in rows.items():
            known = FIELDS[name].get(group, {}) if row in shipped.get(group, {}) else {}
            if unknown := next((field for field in fields if field not in known), None):
                raise PayloadError(
                    "values", f"expected a value of {name}; got {group[:40]!r}, {row[:40]!r}, {unknown[:40]!r}"
                )


def _layer_name(name: str) -> str:
    if not is_layer_file(name):
        message = f"expected names such as en/asks/sale.yml or stages.yml; got {name[:80]!r}"
        raise PayloadError("files", message, "no_layer_file", got=repr(name[:80]))
    return name


def _table_name(name: object) -> str:
    if name not in FIELDS:
        raise PayloadError("values", f"expected one of {', '.join(FIELDS)}; got {str(name)[:40]!r}")
    return str(name)
