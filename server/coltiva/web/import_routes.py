"""Imports over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, request

from coltiva.contact_store import ContactStore
from coltiva.errors import PayloadError
from coltiva.json_fields import list_of, object_of, shown, text_of
from coltiva.web.import_jobs import MAX_FILES, ImportJobs
from coltiva.web.lint_routes import as_json, body_of_request
from coltiva.web.page_texts import asked_speech, page_language, page_texts

PIECE_BYTES = 2 << 20


def import_routes(store: ContactStore, today: Callable[[], date]) -> Blueprint:
    """Return the routes.

    ``POST /imports`` with ``{"files": [{"name", "size"}]}`` begins one; ``PUT /imports/ID/files/N?offset=BYTES`` takes
    the file's next piece as ``application/octet-stream``, at most ``piece_bytes``; ``POST /imports/ID/plan`` with
    ``{"owner"}`` if wished starts a dry run, ``POST /imports/ID/apply`` adds what it has shown, or all at once where
    there was none; ``GET /imports/ID`` says how far it is and what it found; ``DELETE /imports/ID`` stops and drops it.
    """
    routes = Blueprint("imports", __name__, url_prefix="/api/v1")
    jobs = ImportJobs(store, today)
    # The block for importing stands in a page that knows nothing of imports.
    routes.app_context_processor(lambda: {"import_texts": page_texts("imports", page_language())})

    @routes.post("/imports")
    def begin() -> Response:
        files = list_of(object_of(body_of_request(), "", frozenset({"files"})), "files", "", MAX_FILES)
        job = jobs.begin([_named_size(value, f"files[{i}]") for i, value in enumerate(files)])
        return as_json(job.to_dict(asked_speech()) | {"piece_bytes": PIECE_BYTES}, 201)

    @routes.get("/imports/<job_id>")
    def look(job_id: str) -> Response:
        return as_json(jobs.get(job_id).to_dict(asked_speech()))

    @routes.delete("/imports/<job_id>")
    def forget(job_id: str) -> Response:
        jobs.forget(jobs.get(job_id))
        return as_json({})

    _add_steps(routes, jobs)
    return routes


def _add_steps(routes: Blueprint, jobs: ImportJobs) -> None:
    """Add what brings an import forward."""

    @routes.put("/imports/<job_id>/files/<int:number>")
    def receive(job_id: str, number: int) -> Response:
        # This route alone takes more than a message.
        request.max_content_length = PIECE_BYTES
        offset = request.args.get("offset", type=int)
        if offset is None:
            raise PayloadError("offset", f"expected a number of bytes; got {shown(request.args.get('offset'))}")
        job = jobs.get(job_id)
        jobs.receive(job, number, offset, request.get_data(cache=False))
        return as_json(job.to_dict(asked_speech()))

    @routes.post("/imports/<job_id>/<any(plan, apply):step>")
    def run(job_id: str, step: str) -> Response:
        owner = text_of(object_of(body_of_request(), "", frozenset({"owner"})), "owner", "", 500, "").strip()
        job, say = jobs.get(job_id), asked_speech()
        (jobs.plan if step == "plan" else jobs.apply)(job, owner, say.language)
        return as_json(job.to_dict(say), 202)


def _named_size(value: object, where: str) -> tuple[str, int]:
    fields = object_of(value, where, frozenset({"name", "size"}))
    size = fields.get("size")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise PayloadError(f"{where}.size", f"expected a number of bytes; got {shown(size)}")
    return text_of(fields, "name", f"{where}.", 1000, None), size
