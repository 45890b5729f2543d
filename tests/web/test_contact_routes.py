"""The API on contacts: what it finds, changes, takes back and refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from coltiva.contact_store import ContactStore
from coltiva.library import Library
from coltiva.web import create_app

from ..conftest import TODAY, credible_history
from ..scenes import SCENES
from .signing_in import signed_in

PORT = 7333
PROFILE = "https://www.linkedin.com/in/ivan-misner"
IVAN = {"name": "Ivan Misner", "company": "BNI", "profiles": ["http://it.linkedin.com/in/Ivan-Misner/?x=1"], "emails": ["Ivan@BNI.com"]}
Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(tmp_path: Path, library: Library) -> Iterator[Call]:
    """Return a function that calls the API of a server with an empty store: method, path, body."""
    with ContactStore(tmp_path / "data", library.tending, "a test", now=lambda: datetime(2026, 5, 14, 9)) as store:
        client: FlaskClient = signed_in(create_app(library, PORT, today=lambda: TODAY, store=store))

        def send(method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
            sent = {"Host": f"127.0.0.1:{PORT}"} | {name.replace("_", "-"): value for name, value in headers.items()}
            extra = {} if method == "GET" else {"json": {} if body is None else body}
            response = client.open(f"/api/v1{path}", method=method, headers=sent, **extra)
            return response.status_code, response.get_json()

        yield send


def make(call: Call, **fields: object) -> str:
    """Create a contact and return its id."""
    status, answer = call("POST", "/contacts", IVAN | fields)
    assert status == 201, answer
    contact_id: str = answer["contact"]["contact"]["id"]
    return contact_id


def test_a_contact_is_made_found_changed(call: Call) -> None:
    """Create with a history, find by words, profile, email and name, and change single fields."""
    contact_id = make(call, history=credible_history())
    for query in ("q=misner", "q=bni+ivan", "q=", "limit=1"):
        _, found = call("GET", f"/contacts?{query}")
        assert (found["total"], found["contacts"][0]["id"], found["contacts"][0]["stage"]) == (1, contact_id, "credibility"), query
    for query in (f"profile={PROFILE}", "email=ivan@bni.com", "name=ivan+MISNER"):
        assert [c["id"] for c in call("GET", f"/contacts/lookup?{query}")[1]["contacts"]] == [contact_id], query
    assert call("GET", "/contacts/lookup?name=nobody")[1] == {"contacts": []}
    status, answer = call("PATCH", f"/contacts/{contact_id}", {"role": "Founder", "tags": ["BNI", "BNI", " "]})
    contact = answer["contact"]["contact"]
    assert (status, contact["role"], contact["name"], contact["tags"], contact["profiles"]) == (200, "Founder", "Ivan Misner", ["BNI"], [PROFILE])


def test_the_standing_names_its_events(call: Call) -> None:
    """Stage, counters, balance, rhythm and next steps, each with ids of events that the history holds."""
    _, shown = call("GET", f"/contacts/{make(call, history=credible_history())}")
    ids = {event["id"] for event in shown["history"]}
    relation = shown["relationship"]
    assert (relation["stage"], relation["reached"], relation["dormant"], relation["quiet_days"]) == ("credibility", "credibility", False, 24)
    named = [*relation["events"], *relation["counters"]["conversation_days"]["events"], *shown["balance"]["gave"]]
    assert set(named) <= ids
    assert relation["counters"]["conversation_days"]["count"] == 3
    assert [step["step"] for step in shown["next_steps"]] == ["ask_lightly"]
    assert all(step["text"] for step in shown["next_steps"])


def test_a_rhythm_is_named_only_where_the_history_tells_it(call: Call) -> None:
    """One conversation makes no habit: the step says how long it has been quiet, and claims nothing more."""
    once = [{"date": "2025-11-01", "kind": "call", "direction": "both"}]
    _, shown = call("GET", f"/contacts/{make(call, history=once)}")
    texts = [step["text"] for step in shown["next_steps"] if step["step"] == "get_in_touch"]
    assert shown["rhythm"]["is_known"] is False
    assert texts == [f"Get in touch: it has been quiet for {shown['relationship']['quiet_days']} days."]


def test_events_notes_and_promises(call: Call) -> None:
    """Each is added, changed and removed, and each change is taken back."""
    contact_id = make(call)
    for path, body, change, field in (
        ("events", {"kind": "gave", "summary": "a chart"}, {"summary": "the chart"}, "summary"),
        ("notes", {"text": "likes maps"}, {"text": "likes old maps", "usable": True}, "text"),
        ("promises", {"text": "the report", "due_on": "2026-05-15"}, {"kept_on": "2026-05-14"}, "kept_on"),
    ):
        def items(answer: dict, path: str = path) -> list[dict]:
            shown = answer["contact"]
            return shown["history"] if path == "events" else shown["contact"][path]

        status, answer = call("POST", f"/contacts/{contact_id}/{path}", body)
        (item,) = items(answer)
        assert (status, item.get("date") or item["made_on"]) == (201, "2026-05-14"), answer
        status, answer = call("PATCH", f"/contacts/{contact_id}/{path}/{item['id']}", change)
        assert items(answer) == [item | change]
        status, answer = call("DELETE", f"/contacts/{contact_id}/{path}/{item['id']}")
        assert items(answer) == []
        assert items(call("POST", f"/changes/{answer['change']}/undo")[1]) == [item | change]
        assert call("PATCH", f"/contacts/{contact_id}/{path}/none", {field: None})[0] == 404


def test_one_line_records_what_happened(call: Call) -> None:
    """A meeting and a promise from one line, taken back together."""
    contact_id = make(call)
    _, answer = call("POST", f"/contacts/{contact_id}/lines", {"line": "met at BNI, promised the report by Friday"})
    shown = answer["contact"]
    assert [(e["kind"], e["summary"]) for e in shown["history"]] == [("meeting", "met at BNI")]
    assert [(p["text"], p["due_on"]) for p in shown["contact"]["promises"]] == [("the report", "2026-05-15")]
    assert shown["next_steps"][0] == {"step": "keep_promise", "text": "Do what you promised: “the report”.", "events": [], "promises": shown["owed"]}
    _, listed = call("GET", "/tending")
    assert [(t["id"], t["reason"], t["why"]) for t in listed["tending"]] == [(contact_id, "promise_due", "You promised something, due 15 May 2026.")]
    undone = call("POST", f"/changes/{answer['change']}/undo")[1]["contact"]
    assert (undone["history"], undone["contact"]["promises"]) == ([], [])
    assert call("POST", f"/contacts/{contact_id}/lines", {"line": " "})[0] == 400


def test_a_message_sent_counts_with_its_asks(call: Call) -> None:
    """Logging a message as sent records it and each ask that it holds, so that the next one sees them."""
    contact_id = make(call)
    text, ask = SCENES["en"]
    status, answer = call("POST", f"/contacts/{contact_id}/sent", {"text": text, "channel": "linkedin_message"})
    shown = answer["contact"]
    assert status == 201
    assert [(e["kind"], e["direction"]) for e in shown["history"]] == [("message", "sent"), ("asked", "sent")]
    assert (shown["history"][1]["summary"], shown["history"][1]["ask"]) == (ask, "introduction")
    assert shown["unanswered_asks"] == [shown["history"][1]["id"]]
    assert shown["unanswered_messages"] == [shown["history"][0]["id"]]
    assert shown["balance"]["asked"] == shown["unanswered_asks"]


def test_a_long_message_sent_is_recorded_by_its_beginning(call: Call) -> None:
    """The timeline gets what one line holds; whom the address names counts, whatever contact the body names."""
    contact_id = make(call)
    text = "Thank you for the lovely day. " * 20
    status, answer = call("POST", f"/contacts/{contact_id}/sent", {"text": text, "channel": "email", "contact": {"id": "nobody"}})
    assert status == 201
    (event,) = answer["contact"]["history"]
    assert (event["summary"][-1], event["summary"][:-1] in text, len(event["summary"]) <= 160) == ("…", True, True)


QUOTED = "Could you introduce me to your secret editor?"


@pytest.mark.parametrize(("text", "summary"), [
    (f"Thank you!\n\n{header}\n{QUOTED}", "Thank you!")
    for header in (
        "On Mon, Nov 30, 2026 at 10:12 AM Ada Byron <ada@example.org> wrote:", "Il giorno lun 30 nov 2026 alle ore 10:12 Ada Byron <ada@example.org> ha scritto:",
        "El lun, 30 nov 2026 a las 10:12, Ada Byron (<ada@example.org>) escribió:", "Le lun. 30 nov. 2026 à 10:12, Ada Byron <ada@example.org> a écrit :",
        "Am Mo., 30. Nov. 2026 um 10:12 Uhr schrieb Ada Byron <ada@example.org>:", "Em seg., 30 de nov. de 2026 às 10:12, Ada Byron <ada@example.org> escreveu:",
        "---------- Forwarded message ---------", "-----Messaggio originale-----", "----- Mensaje original -----", "-----Message d'origine-----",
        "-----Ursprüngliche Nachricht-----", "-----Mensagem original-----", "Von: Ada Byron\nGesendet: Montag, 30. November 2026",
    )
] + [
    (f"Thank you!\n> {QUOTED}\nBoth chapters are fine.\n-- \nGreg, {QUOTED}", "Thank you! Both chapters are fine."),
    (f"---------- Forwarded message ---------\n{QUOTED}", ""),
])
def test_of_a_message_sent_only_the_users_own_words_are_recorded(call: Call, text: str, summary: str) -> None:
    """What somebody else wrote is not told as the user's: neither quoted mail nor lines behind >, nor an ask in them."""
    contact_id = make(call)
    _, answer = call("POST", f"/contacts/{contact_id}/sent", {"text": text, "channel": "email"})
    assert [(e["kind"], e["summary"]) for e in answer["contact"]["history"]] == [("message", summary)]


def test_lint_may_name_a_stored_contact(call: Call) -> None:
    """By id or by profile the stored history decides; an override too; an unknown profile is a stranger."""
    contact_id = make(call, history=credible_history())
    text = SCENES["en"][0]
    for contact in ({"id": contact_id}, {"profile": "linkedin.com/in/ivan-misner"}):
        report = call("POST", "/lint", {"text": text, "contact": contact})[1]
        assert report["relationship"]["stage"] == "credibility"
    report = call("POST", "/lint", {"text": text, "contact": {"profile": "linkedin.com/in/other", "name": "Ivan"}})[1]
    assert report["relationship"]["stage"] == "stranger"
    status, answer = call("POST", "/lint", {"text": text, "contact": {"id": "nobody"}})
    assert (status, answer["error"]["field"]) == (400, "contact.id")
    call("PATCH", f"/contacts/{contact_id}", {"stage_override": {"stage": "stranger", "reason": "another Ivan"}})
    assert call("POST", "/lint", {"text": text, "contact": {"id": contact_id}})[1]["relationship"]["stage"] == "stranger"
    shown = call("GET", f"/contacts/{contact_id}")[1]["relationship"]
    assert (shown["stage"], shown["reached"], shown["why"][0]) == ("stranger", "credibility", "You set the stage yourself: “another Ivan”.")


def test_delete_and_merge_are_taken_back(call: Call) -> None:
    """A deleted contact is gone until undone; two merged ones are parted again."""
    kept = make(call)
    other = make(call, name="Ivan M.", profiles=[], emails=["im@example.org"], history=credible_history())
    status, answer = call("POST", f"/contacts/{kept}/merge", {"other": other})
    assert (status, len(answer["contact"]["history"]), answer["contact"]["contact"]["other_names"]) == (200, 4, ["Ivan M."])
    assert call("GET", f"/contacts/{other}")[0] == 404
    call("POST", f"/changes/{answer['change']}/undo")
    assert (len(call("GET", f"/contacts/{other}")[1]["history"]), call("GET", f"/contacts/{kept}")[1]["history"]) == (4, [])
    status, answer = call("DELETE", f"/contacts/{kept}")
    assert (status, answer["contact"]) == (200, None)
    assert call("GET", f"/contacts/{kept}")[0] == 404
    assert call("POST", f"/changes/{answer['change']}/undo")[1]["contact"]["contact"]["id"] == kept
    assert call("POST", f"/changes/{answer['change']}/undo")[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "field"),
    [
        ("POST", "/contacts", {}, 400, "name"),
        ("POST", "/contacts", [], 400, None),
        ("POST", "/contacts", {"name": "x", "emails": ["nobody"]}, 400, "emails[0]"),
        ("POST", "/contacts", {"name": "x", "profiles": ["nobody"]}, 400, "profiles[0]"),
        ("POST", "/contacts", {"name": "x", "tags": "a"}, 400, "tags"),
        ("POST", "/contacts", {"name": "x", "tags": [1]}, 400, "tags[0]"),
        ("POST", "/contacts", {"name": "x", "id": "y"}, 400, "id"),
        ("POST", "/contacts", {"name": "x", "language": "nl"}, 400, "language"),
        ("POST", "/contacts", {"name": "x", "stage_override": {"stage": "friend", "reason": "a"}}, 400, "stage_override.stage"),
        ("POST", "/contacts", {"name": "x", "stage_override": {"stage": "credibility", "reason": " "}}, 400, "stage_override.reason"),
        ("POST", "/contacts", {"name": "x", "history": [{"date": "2026-02-30", "kind": "call"}]}, 400, "history[0].date"),
        ("POST", "/contacts", {"name": "x", "profiles": [PROFILE]}, 409, "profiles"),
        ("GET", "/contacts/..%2Fstore", None, 404, None),
        ("GET", "/contacts/nobody", None, 404, None),
        ("GET", "/contacts?limit=1000", None, 400, "limit"),
        ("GET", "/contacts?offset=-1", None, 400, "offset"),
        ("GET", "/contacts?explain_in=nl", None, 400, "explain_in"),
        ("POST", "/contacts/ID/lines?explain_in=nl", {"line": "met"}, 400, "explain_in"),
        ("GET", "/contacts/lookup", None, 400, "profile"),
        ("POST", "/contacts/nobody/events", {"kind": "call"}, 404, None),
        ("POST", "/contacts/ID/events", {"kind": "party"}, 400, "kind"),
        ("POST", "/contacts/ID/events", {"kind": "call", "time_of_day": "25:00"}, 400, "time_of_day"),
        ("POST", "/contacts/ID/notes", {"text": " "}, 400, "text"),
        ("POST", "/contacts/ID/notes", {"text": "a", "usable": 1}, 400, "usable"),
        ("POST", "/contacts/ID/promises", {"text": "a", "due_on": "soon"}, 400, "due_on"),
        ("POST", "/contacts/ID/sent", {"text": " "}, 400, "text"),
        ("POST", "/contacts/ID/merge", {"other": "ID"}, 404, None),
        ("POST", "/contacts/ID/merge", {}, 400, "other"),
        ("POST", "/changes/..%2Fstore/undo", None, 404, None),
        ("DELETE", "/contacts/ID/notes/none", None, 404, None),
    ],
)
def test_what_is_refused(call: Call, method: str, path: str, body: object, status: int, field: str | None) -> None:
    """Bad input gets its status and the field at fault, and changes nothing."""
    contact_id = make(call)
    if isinstance(body, dict):
        body = {name: contact_id if value == "ID" else value for name, value in body.items()}
    before = call("GET", f"/contacts/{contact_id}")
    got, answer = call(method, path.replace("ID", contact_id, 1), body)
    assert got == status, answer
    assert answer["error"].get("field") == field
    assert answer["error"]["message"]
    assert call("GET", f"/contacts/{contact_id}") == before
    assert call("GET", "/contacts")[1]["total"] == 1


def test_only_the_servers_own_pages_see_contacts(call: Call) -> None:
    """Another site, a wrong host and an extension that is not paired read and change nothing."""
    contact_id = make(call)
    for headers in (
        {"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Origin": "chrome-extension://" + "a" * 32}, {"Sec_Fetch_Site": "cross-site"},
    ):
        for method, path in (("GET", "/contacts"), ("GET", f"/contacts/{contact_id}"), ("DELETE", f"/contacts/{contact_id}")):
            assert call(method, path, **headers)[0] == 403, headers
    assert call("GET", f"/contacts/{contact_id}", Origin=f"http://127.0.0.1:{PORT}")[0] == 200


def test_the_contacts_page_opens_from_a_link_elsewhere(tmp_path: Path, library: Library) -> None:
    """A link on another site may open the page, which shows nothing by itself; a script there may not fetch it."""
    with ContactStore(tmp_path / "data", library.tending, "a test") as store:
        client = create_app(library, PORT, store=store).test_client()
        headers = {"Host": f"127.0.0.1:{PORT}", "Sec-Fetch-Site": "cross-site"}
        page = client.get("/contacts", headers=headers | {"Sec-Fetch-Mode": "navigate"})
        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert client.get("/contacts", headers=headers | {"Sec-Fetch-Mode": "cors"}).status_code == 403


WRITE_ID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("lines", {"line": "met at BNI, called, promised the report by Friday"}),
        ("sent", {"text": SCENES["en"][0], "channel": "linkedin_message"}),
        ("events", {"kind": "call"}),
        ("notes", {"text": "likes sailing"}),
        ("promises", {"text": "the report"}),
    ],
)
def test_the_same_write_counts_once(call: Call, path: str, body: dict[str, object]) -> None:
    """A write that is sent again with its id changes nothing more; without an id it is another write."""
    contact_id = make(call)

    def state() -> object:
        return call("GET", f"/contacts/{contact_id}")[1]

    nothing = state()
    assert call("POST", f"/contacts/{contact_id}/{path}", body | {"id": WRITE_ID})[0] == 201
    once = state()
    status, answer = call("POST", f"/contacts/{contact_id}/{path}", body | {"id": WRITE_ID})
    assert (status, answer["contact"], state()) == (201, once, once)
    assert once != nothing
    call("POST", f"/contacts/{contact_id}/{path}", body)
    assert state() != once


def test_the_same_new_contact_is_made_once(call: Call) -> None:
    """A contact that is sent twice with one id is one contact, and the second answer is the first."""
    body = IVAN | {"id": WRITE_ID, "history": credible_history()}
    first, second = call("POST", "/contacts", body), call("POST", "/contacts", body)
    assert (first[0], first[1]["contact"]["contact"]["id"]) == (201, WRITE_ID)
    assert (second[0], second[1]["contact"]) == (201, first[1]["contact"])
    assert call("GET", "/contacts")[1]["total"] == 1


@pytest.mark.parametrize("write_id", ["", "../../store", "0123456789ABCDEF", "0" * 33, 7, None])
def test_a_write_id_names_no_file(call: Call, write_id: object) -> None:
    """Only short hexadecimal ids are taken: they become names of files."""
    contact_id = make(call)
    for path, body in (("/contacts", {"name": "x"}), (f"/contacts/{contact_id}/notes", {"text": "x"})):
        status, answer = call("POST", path, body | {"id": write_id})
        assert (status, answer["error"]["field"]) == (400, "id"), path


def test_the_report_names_the_stored_contact(call: Call) -> None:
    """Found by id, profile or email, the contact is named in the report; two with one email are nobody."""
    contact_id = make(call, history=credible_history())
    for known in ({"id": contact_id}, {"profile": PROFILE}, {"email": "IVAN@bni.com"}, {"profile": f"{PROFILE}-other", "email": "ivan@bni.com"}):
        report = call("POST", "/lint", {"text": "Hello Ivan", "contact": known})[1]
        assert (report["contact"], report["relationship"]["stage"]) == ({"id": contact_id, "name": "Ivan Misner"}, "credibility"), known
    assert call("POST", "/lint", {"text": "Hello Ivan", "contact": {"name": "Ivan Misner"}})[1]["contact"] is None
    make(call, profiles=[], name="Office of Ivan Misner")
    assert call("POST", "/lint", {"text": "Hello Ivan", "contact": {"email": "ivan@bni.com"}})[1]["contact"] is None


def test_a_line_with_a_day_that_may_be_two_is_asked_about(call: Call) -> None:
    """The answer names both days and what was typed; nothing is recorded until one is chosen."""
    contact_id = make(call)
    status, answer = call("POST", f"/contacts/{contact_id}/lines", {"line": "met on 4/5"})
    error = answer["error"]
    assert (status, error["code"], error["said"], error["days"]) == (409, "ambiguous_day", "4/5", ["2026-05-04", "2026-04-05"])
    assert call("GET", f"/contacts/{contact_id}")[1]["history"] == []
    assert call("POST", f"/contacts/{contact_id}/lines", {"line": "met on 2026-05-04"})[0] == 201


def test_a_line_with_a_day_that_no_calendar_has(call: Call) -> None:
    """It is refused with the field, and nothing is recorded, as for days of no living person's life."""
    contact_id = make(call)
    status, answer = call("POST", f"/contacts/{contact_id}/lines", {"line": "met at BNI on 31/02/2026"})
    assert (status, answer["error"]["code"], answer["error"]["field"]) == (400, "no_such_day", "line")
    assert call("POST", f"/contacts/{contact_id}/lines", {"line": "met on Tuesday", "today": "0001-01-01"})[0] == 400
    assert call("POST", "/lint", {"text": "Hi", "today": "9999-12-31"})[0] == 400
    assert call("GET", f"/contacts/{contact_id}")[1]["history"] == []


def test_events_of_a_new_contact_keep_apart(call: Call) -> None:
    """One without an id takes no other's; the same id twice is refused with its place."""
    dated = [{"date": "2026-01-05", "kind": "meeting"}, {"id": "e1", "date": "2026-01-06", "kind": "call"}]
    status, answer = call("POST", "/contacts", {"name": "Bo", "history": dated})
    assert (status, len({e["id"] for e in answer["contact"]["history"]})) == (201, 2)
    assert len(call("POST", "/lint", {"text": "Hi", "history": dated})[1]["relationship"]["stage"]) > 0
    status, answer = call("POST", "/contacts", {"name": "Cy", "history": [dated[1], dated[1]]})
    assert (status, answer["error"]["field"]) == (400, "history[1].id")


def test_another_day_brings_other_words(call: Call) -> None:
    """For a stored contact a day's rewrites stay the same, and the next day's are not those again."""
    contact_id = make(call)

    def said(day: str) -> list[str]:
        text = "Hi Ivan, could you introduce me to Richard Branson?"
        status, report = call("POST", "/lint", {"text": text, "language": "en", "today": day, "contact": {"id": contact_id}})
        assert status == 200, report
        return [rewrite["text"] for rewrite in report["rewrites"]]

    first = said("2026-05-14")
    assert first
    assert said("2026-05-14") == first
    assert not set(said("2026-05-15")) & set(first)
