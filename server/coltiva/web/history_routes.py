"""What is recorded of one contact: events, notes, promises, one line for all of them, and messages sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, Response

from coltiva.contact_payloads import line_from_json, note_from_json, promise_from_json, to_json
from coltiva.contacts import Direction, Event, EventKind, Note, Promise
from coltiva.draft import own_words
from coltiva.editing import (
    Edit,
    with_changed_event,
    with_changed_item,
    with_events,
    with_item,
    with_line,
    without_event,
    without_item,
)
from coltiva.errors import PayloadError
from coltiva.json_fields import object_of, optional_day_of
from coltiva.payloads import event_from_json, request_from_json
from coltiva.review import Reviewer
from coltiva.tuning.workshop import Workshop
from coltiva.web.contact_answers import ContactAnswers
from coltiva.web.lint_routes import body_of_request
from coltiva.web.once import Write, read_write

_SUMMARY_CHARACTERS = 160


def history_routes(answers: ContactAnswers, reviewer: Reviewer, workshop: Workshop | None = None) -> Blueprint:
    """Return the routes, all below ``/contacts/ID``.

    ``POST /events``, ``PATCH`` and ``DELETE /events/EVENT``; the same for ``/notes`` and ``/promises``;
    ``POST /lines`` with ``{"line": "met at BNI, promised the report by Friday"}`` in the language ``explain_in``;
    ``POST /sent`` with the message as for lint, which records its author's own words with the asks that they hold.
    Every ``POST`` takes an ``id`` that the client made, and is done once however often it comes.
    """
    routes = Blueprint("history", __name__, url_prefix="/api/v1/contacts/<contact_id>")
    routes.before_request(answers.check_language)
    _add_event_routes(routes, answers)
    for kind, noun, path in ((Note, "note", "/notes"), (Promise, "promise", "/promises")):
        _add_item_routes(routes, answers, kind, noun, path)

    @routes.post("/lines")
    def line(contact_id: str) -> Response:
        write = read_write(body_of_request())
        fields = object_of(write.body, "", frozenset({"line", "today"}))
        today = optional_day_of(fields, "today", "") or answers.today()
        words = answers.library.quick_line_words(answers.language())
        edit = write.once(with_line(line_from_json(fields, today, words, write.next_id)))
        return answers.changed(answers.store.update(contact_id, "line_added", edit), contact_id, 201)

    @routes.post("/sent")
    def sent(contact_id: str) -> Response:
        write = read_write(body_of_request())
        body = write.body
        if isinstance(body, dict):
            body = {name: value for name, value in body.items() if name != "contact"}
        message = request_from_json(body, today=answers.today())
        record = answers.store.get(contact_id)
        message = replace(message, contact=record.contact, history=record.history)
        reviewed = reviewer.review(message)
        report, stage = reviewed.to_dict(), reviewed.relation.stage.word
        own = own_words(message.text)
        if workshop is not None and own:
            workshop.keep_sent(own, message.channel, stage, reviewed.language, message.today)
        edit = write.once(with_events(*_sent_events(message.text, message.channel, message.today, report, write)))
        return answers.changed(answers.store.update(contact_id, "sent", edit), contact_id, 201)

    return routes


def _sent_events(text: str, channel: str, day: date, report: dict[str, object], write: Write) -> list[Event]:
    """Return the message sent, and one event for each ask that the report found in it."""
    if not text.strip():
        raise PayloadError("text", "expected the message that was sent; it is empty", "empty_text")
    # A mail that only passes another one on has no words of the user's own, and yet it was sent.
    summary = " ".join(own_words(text).split())
    if len(summary) > _SUMMARY_CHARACTERS:
        summary = summary[: _SUMMARY_CHARACTERS - 1].rstrip() + "…"
    events = [Event(write.next_id(), day, EventKind.MESSAGE, Direction.SENT, summary, source=channel)]
    findings = report["findings"]
    assert isinstance(findings, list)
    for finding in findings:
        if finding["category"] == "ask":
            quote, kind = finding["quote"], finding["kind"]
            events.append(Event(write.next_id(), day, EventKind.ASKED, Direction.SENT, quote, kind, channel))
    return events


def _add_event_routes(routes: Blueprint, answers: ContactAnswers) -> None:
    """Add the routes on events."""

    def update(contact_id: str, done: str, edit: Edit, status: int = 200) -> Response:
        return answers.changed(answers.store.update(contact_id, f"event_{done}", edit), contact_id, status)

    @routes.post("/events")
    def add_event(contact_id: str) -> Response:
        write = read_write(body_of_request())
        body = write.body
        dated = {"date": answers.today().isoformat()} | body if isinstance(body, dict) else body
        event = replace(event_from_json(dated, "", ""), id=write.id)
        return update(contact_id, "added", write.once(with_events(event)), 201)

    @routes.patch("/events/<event_id>")
    def edit_event(contact_id: str, event_id: str) -> Response:
        body = body_of_request()

        def change(known: Event) -> Event:
            joined = to_json(known) | body if isinstance(body, dict) else body
            return replace(event_from_json(joined, "", known.id), id=known.id)

        return update(contact_id, "edited", with_changed_event(event_id, change))

    @routes.delete("/events/<event_id>")
    def remove_event(contact_id: str, event_id: str) -> Response:
        return update(contact_id, "removed", without_event(event_id))


def _add_item_routes(
    routes: Blueprint, answers: ContactAnswers, kind: type[Note] | type[Promise], noun: str, path: str
) -> None:
    """Add the routes on notes or on promises."""

    def read(body: object, known: Note | Promise) -> Note | Promise:
        return note_from_json(body, known) if isinstance(known, Note) else promise_from_json(body, known)

    def update(contact_id: str, done: str, edit: Edit, status: int = 200) -> Response:
        return answers.changed(answers.store.update(contact_id, f"{noun}_{done}", edit), contact_id, status)

    def add(contact_id: str) -> Response:
        write = read_write(body_of_request())
        item = read(write.body, kind(write.id, answers.today(), ""))
        return update(contact_id, "added", write.once(with_item(item)), 201)

    def edit(contact_id: str, item_id: str) -> Response:
        body = body_of_request()
        return update(contact_id, "edited", with_changed_item(kind, item_id, lambda known: read(body, known)))

    def remove(contact_id: str, item_id: str) -> Response:
        return update(contact_id, "removed", without_item(kind, item_id))

    routes.add_url_rule(path, f"add_{noun}", add, methods=["POST"])
    routes.add_url_rule(f"{path}/<item_id>", f"edit_{noun}", edit, methods=["PATCH"])
    routes.add_url_rule(f"{path}/<item_id>", f"remove_{noun}", remove, methods=["DELETE"])
