"""The rules to look at and to try: lists, one in full, tables, a phrase being written, messages side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, request

from coltiva.errors import PayloadError
from coltiva.json_fields import choice_of, object_of, text_of
from coltiva.library import LANGUAGES, Library
from coltiva.payloads import history_from_json
from coltiva.review import DEFAULT_EXPLANATION_LANGUAGE, Reviewer
from coltiva.rule_tables import CHANNELS
from coltiva.spans import Span, Utf16Offsets
from coltiva.tuning.catalogue import list_rules, rule_in_full, tables
from coltiva.tuning.charting import chart_data
from coltiva.tuning.effect import EffectMeter
from coltiva.tuning.effect_json import problem_to_json
from coltiva.tuning.payloads import MAX_PHRASE_CHARACTERS, MAX_SENTENCE_CHARACTERS, texts_of
from coltiva.tuning.phrase_help import PhraseCheck, check_phrase, known_names
from coltiva.tuning.trying import try_messages
from coltiva.tuning.workshop import Workshop
from coltiva.web.lint_routes import as_json, body_of_request
from coltiva.web.page_texts import asked_speech

_MOST_TEXTS = 60


def explain_in() -> str:
    """Return the user's language, ``explain_in`` of the request's address."""
    language = request.args.get("explain_in", DEFAULT_EXPLANATION_LANGUAGE)
    return language if language in LANGUAGES else DEFAULT_EXPLANATION_LANGUAGE


def rule_routes(workshop: Workshop, meter: EffectMeter, reviewer: Reviewer, today: Callable[[], date]) -> Blueprint:
    """Return the routes, all below ``/api/v1/rules``.

    ``GET ?language=`` all rules of a language; ``GET /one?id=``; ``GET /tables``; ``GET /names?language=&rule=``;
    ``POST /phrase`` ``{"language", "rule", "phrase", "texts"}``; ``POST /try`` ``{"texts", "channel", "language",
    "history", "today"}``; ``GET /report``.
    """
    routes = Blueprint("rules", __name__, url_prefix="/api/v1/rules")
    _add_lists(routes, workshop, meter)
    _add_trials(routes, workshop.library, reviewer, today)

    @routes.get("/report")
    def report() -> Response:
        rows, dismissals = workshop.counts.rows(), workshop.dismissals.all()
        return as_json(chart_data(rows, dismissals, workshop.library.kinds, today()))

    return routes


def _language(value: str, library: Library) -> str:
    if value not in library.languages:
        raise PayloadError("language", f"expected one of {', '.join(library.languages)}; got {value[:20]!r}")
    return value


def _add_lists(routes: Blueprint, workshop: Workshop, meter: EffectMeter) -> None:
    """Add the routes that only show."""
    library = workshop.library

    @routes.get("")
    def listing() -> Response:
        language = _language(request.args.get("language", "en"), library)
        fired, dismissed = workshop.counts.totals(), workshop.dismissals.counts()
        rows = list_rules(library, language, library.texts(explain_in()))
        counted = [r | {"fired": fired.get(str(r["id"]), 0), "dismissed": dismissed.get(str(r["id"]), 0)} for r in rows]
        _warm(meter, language)
        return as_json({"rules": counted} | problems())

    def problems() -> dict[str, object]:
        say = asked_speech()
        return {
            "folder": str(workshop.layer.folder),
            "problems": [problem_to_json(problem, say) for problem in library.own_problems],
            "version": library.version,
        }

    @routes.get("/problems")
    def current_problems() -> Response:
        return as_json(problems())

    @routes.get("/one")
    def one() -> Response:
        rule_id = request.args.get("id", "")
        language = _language(rule_id.partition("/")[0], library)
        found = rule_in_full(rule_id, library, language, library.texts(explain_in()))
        if found is None:
            raise PayloadError("id", f"expected a rule of this language; got {rule_id[:80]!r}")
        return as_json(found)

    @routes.get("/tables")
    def all_tables() -> Response:
        _warm(meter, *library.languages)  # a value of a table counts in every language
        return as_json({"tables": tables(library), "keeps_sent": workshop.sent.keeps, "sent": len(workshop.sent.all())})

    @routes.get("/names")
    def names() -> Response:
        pack = library.pack(_language(request.args.get("language", "en"), library))
        return as_json(known_names(pack, request.args.get("rule", "")))


def _warm(meter: EffectMeter, *languages: str) -> None:
    threading.Thread(target=meter.warm, args=languages, daemon=True).start()


def _add_trials(routes: Blueprint, library: Library, reviewer: Reviewer, today: Callable[[], date]) -> None:
    """Add the routes that try a phrase or a message."""

    @routes.post("/phrase")
    def phrase() -> Response:
        fields = object_of(body_of_request(), "", frozenset({"language", "rule", "phrase", "texts"}))
        pack = library.pack(_language(text_of(fields, "language", "", 2, None), library))
        text = text_of(fields, "phrase", "", MAX_PHRASE_CHARACTERS, None)
        texts = texts_of(fields, "texts", "", MAX_SENTENCE_CHARACTERS)[:_MOST_TEXTS]
        check = check_phrase(text, texts, pack, text_of(fields, "rule", "", 100, ""))
        return as_json({"fault": _fault(text, check), "found": _found(texts, check)})

    @routes.post("/try")
    def trying() -> Response:
        fields = object_of(body_of_request(), "", frozenset({"texts", "channel", "language", "history"}))
        texts = texts_of_messages(fields)
        history = history_from_json(fields.get("history"))
        channel = choice_of(fields, "channel", CHANNELS) or "linkedin_message"
        language = choice_of(fields, "language", LANGUAGES)
        rows = try_messages(texts, reviewer, channel, language, explain_in(), history, today())
        return as_json({"messages": rows})


def texts_of_messages(fields: object) -> list[str]:
    """Return the messages to try, with their line breaks."""
    assert isinstance(fields, dict)
    items = fields.get("texts")
    if not isinstance(items, list) or not 1 <= len(items) <= 8:
        raise PayloadError("texts", "expected one to eight messages")
    return [text_of({"texts": item}, "texts", "", MAX_SENTENCE_CHARACTERS, None) for item in items]


def _fault(text: str, check: PhraseCheck) -> dict[str, object] | None:
    fault = check.fault
    if fault is None:
        return None
    start = Utf16Offsets(text).utf16(fault.offset)
    message, got = asked_speech().fault(fault.error.fault_in("")), str(fault.error.values.get("got", ""))
    return {"start": start, "message": message, "got": got, "near": list(fault.near)}


def _found(texts: list[str], check: PhraseCheck) -> list[dict[str, object]]:
    pairs = zip(texts, check.found, strict=False)  # nothing is found where there is a fault
    return [{"text": text, "spans": spans_to_json(text, spans)} for text, spans in pairs]


def spans_to_json(text: str, spans: tuple[Span, ...]) -> list[list[int]]:
    """Return stretches of a text as pairs of places in UTF-16 units."""
    offsets = Utf16Offsets(text)
    return [[offsets.utf16(span.start), offsets.utf16(span.end)] for span in spans]
