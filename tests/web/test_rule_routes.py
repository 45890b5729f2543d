"""The routes of tuning: rules listed and shown, phrases tried, changes measured, saved, refused and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from coltiva.contacts import Contact
from coltiva.library import LANGUAGES, Library
from coltiva.review import Reviewer, ReviewRequest
from coltiva.tuning.workshop import Workshop
from coltiva.web.page_texts import page_texts

from ..conftest import TODAY
from .tuning_server import tuning_client

ASK = "Could you introduce me to your editor?"
RULE = "en/asks/introduction"
API = "/api/v1/rules"


@pytest.fixture
def server(tmp_path: Path, library: Library) -> Iterator[tuple[FlaskClient, Workshop]]:
    """Yield a client of a server with a workshop, and the workshop."""
    with tuning_client(tmp_path, library) as pair:
        yield pair


@pytest.fixture
def client(server: tuple[FlaskClient, Workshop]) -> FlaskClient:
    """Return the client alone."""
    return server[0]


def lint(client: FlaskClient, text: str = ASK) -> list[tuple[str, str]]:
    """Return kind and severity of the asks found."""
    answer = client.post("/api/v1/lint", json={"text": text, "language": "en"}).get_json()
    return [(f["kind"], f["severity"]) for f in answer["findings"] if f["category"] == "ask"]


def form(client: FlaskClient, **changes: Any) -> dict[str, Any]:
    """Return the form of the introduction rule as the page would send it."""
    shown = client.get(f"{API}/one?id={RULE}").get_json()
    phrases = {key: [p["text"] for p in many if p["layer"] != "removed"] for key, many in shown["parts"].items()}
    examples = {"flag": [], "pass": []}
    return {"rule": RULE, "kind": shown["kind"], "enabled": shown["enabled"], "severity": "", "needs": "", "title": "", "why": ""} | phrases | examples | changes


def effect(client: FlaskClient, change: dict[str, Any]) -> tuple[list[dict[str, int]], dict[str, Any]]:
    """Return the progress that was told and the effect."""
    lines = [json.loads(line) for line in client.post(f"{API}/effect", json=change).get_data(as_text=True).splitlines()]
    return lines[:-1], lines[-1]["effect"]


def test_all_rules_are_listed_with_their_layer(client: FlaskClient) -> None:
    """Rules, guards, the counting checks and the reader, each with words, state and numbers."""
    rules = {r["id"]: r for r in client.get(f"{API}?language=en&explain_in=it").get_json()["rules"]}
    one = rules[RULE]
    assert one["title"] == "Chiede una presentazione" or "presenta" in one["title"].lower()
    assert (one["layer"], one["enabled"], one["needs"], one["fired"], one["dismissed"]) == ("shipped", True, "credibility", 0, 0)
    assert rules["core/too-long"]["kind"] == "too_long"
    assert rules["en/reader"]["enabled"]
    assert rules["en/guards/offers"]["category"] == "guard"
    assert client.get(f"{API}?language=xx").status_code == 400


FAULTS = ("say ,", "a* b", "one ...99 two", "(" * 40 + "a", "introduce (me", "(a|) b", "a ) b", "...3", "xyzzy~", "@mee", "[a]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_with_a_phrase_is_told_in_the_users_language(client: FlaskClient, language: str) -> None:
    """Each fault has words in each of the six languages, and names what came."""
    told = []
    for phrase in FAULTS:
        body = {"language": "en", "rule": RULE, "phrase": phrase, "texts": []}
        fault = client.post(f"{API}/phrase", json=body, headers={"Accept-Language": language}).get_json()["fault"]
        assert fault is not None, phrase
        assert fault["got"] in fault["message"]
        told.append(fault["message"])
    said = page_texts("rules", language)["phrase_faults"].values()
    assert all(any(message.startswith(text.partition("{")[0][:12]) for text in said) for message in told), told
    assert len(set(told)) == len(FAULTS)


def test_a_phrase_is_checked_while_it_is_typed(client: FlaskClient) -> None:
    """What it finds with places in UTF-16, or the place of its fault with names that may be meant."""
    body = {"language": "en", "rule": RULE, "phrase": "introduce @me to", "texts": ["😀 Please introduce us to Ann", "no"]}
    assert client.post(f"{API}/phrase", json=body).get_json() == {
        "fault": None, "found": [{"text": body["texts"][0], "spans": [[10, 25]]}, {"text": "no", "spans": []}]}
    fault = client.post(f"{API}/phrase", json=body | {"phrase": "introduce @mee"}).get_json()["fault"]
    assert (fault["start"], "@me" in fault["near"]) == (10, True)
    assert client.post(f"{API}/phrase", json=body | {"phrase": "introduce (me"}).get_json()["fault"]["start"] == 10
    assert fault["got"] == "@mee"
    names = client.get(f"{API}/names?language=en&rule={RULE}").get_json()
    assert {"act", "me"} <= set(names["lists"])
    assert "name" in names["slots"]


def test_a_rule_is_tried_as_it_is_in_the_form(client: FlaskClient) -> None:
    """What it finds with a phrase that is not saved yet, and what an exception holds back, with places in UTF-16."""
    text = "😀 We unlock the golden gate"
    phrases = form(client)["phrases"]

    def finds(**changes: Any) -> dict[str, Any]:
        (one,) = client.post(f"{API}/finds", json={"rule": form(client, **changes), "texts": [text]}).get_json()["found"]
        assert one.pop("text") == text
        return dict(one)

    assert finds() == {"spans": [], "held_back": []}
    with_phrase = {"phrases": [*phrases, "unlock the golden gate"]}
    assert finds(**with_phrase) == {"spans": [[6, 28]], "held_back": []}
    assert finds(**with_phrase, unless=["golden"]) == {"spans": [], "held_back": [[6, 28]]}
    assert finds(**with_phrase, enabled=False) == {"spans": [], "held_back": []}
    assert client.get(f"{API}/changes").get_json() == {"changes": []}
    assert client.post(f"{API}/finds", json={"rule": {"rule": "xx/asks/y"}, "texts": [text]}).status_code == 400


def test_a_change_is_measured_saved_and_taken_back(server: tuple[FlaskClient, Workshop]) -> None:
    """The effect comes with progress and moves messages; saved, the lint follows at once; undone, it is as shipped."""
    client, workshop = server
    change = {"rule": form(client, enabled=False)}
    progress, told = effect(client, change)
    assert progress[0] == {"done": 0, "of": 0}
    assert progress[-1]["of"] == told["messages"] >= 200
    assert told["moved"] > 0
    moved = told["shown"][0]
    assert moved["before"]["verdict"] != moved["after"]["verdict"]
    assert told["languages"]["en"]["after"]["found"] < told["languages"]["en"]["before"]["found"]
    assert told["worse"]
    assert lint(client) == [("introduction", "error")], "measuring changes nothing"
    saved = client.post(f"{API}/save", json=change).get_json()["change"]
    assert saved["files"] == ["en/asks/introduction.yml"]
    assert lint(client) == []
    assert [c["what"] for c in client.get(f"{API}/changes").get_json()["changes"]] == ["saved"]
    client.post(f"{API}/changes/{saved['id']}/undo", json={})
    assert lint(client) == [("introduction", "error")]
    assert workshop.layer.files() == {}
    assert client.post(f"{API}/changes/nothing/undo", json={}).status_code == 404


def test_a_phrase_that_helps_is_no_warning(client: FlaskClient) -> None:
    """A phrase that finds nothing new among labelled messages moves nothing and warns of nothing."""
    phrases = form(client)["phrases"]
    _, told = effect(client, {"rule": form(client, phrases=[*phrases, "open the golden gate"])})
    assert (told["moved"], told["worse"], told["problems"], told["faults"]) == (0, False, [], [])


def test_broken_rules_are_refused_with_their_place(client: FlaskClient) -> None:
    """422 with file, line, column and mend; nothing is written, and the lint goes on."""
    phrases = form(client)["phrases"]
    answer = client.post(f"{API}/save", json={"rule": form(client, phrases=[*phrases, "buy (this"])})
    assert answer.status_code == 422
    problem = answer.get_json()["error"]["problems"][0]
    assert problem["path"].endswith("/rules/en/asks/introduction.yml")
    assert (problem["line"], problem["column"]) == (4, 9)
    assert "to close this" in problem["message"]
    body = {"rule": form(client, phrases=[*phrases, "buy (this"], flag=["Hello there"])}
    told = client.post(f"{API}/save?explain_in=it", json=body).get_json()["error"]
    assert told["problems"][0]["message"].startswith("In «buy (this»: Manca «)»")
    assert told["problems"][0]["message"] in told["message"]
    lines = client.post(f"{API}/effect?explain_in=de", json=body).get_data(as_text=True).splitlines()
    effect_told = json.loads(lines[-1])["effect"]
    assert effect_told["problems"][0]["message"].startswith("In „buy (this“: Es fehlt „)“")
    assert [f["fault"] for f in effect_told["faults"]] == ["findet nichts im eigenen Beispiel unter flag"]
    assert client.get(f"{API}/changes").get_json() == {"changes": []}
    assert lint(client) == [("introduction", "error")]


def test_tables_are_shown_with_sources_and_set(client: FlaskClient) -> None:
    """Each value with its bounds, source and shipped value; a set value counts at once; a wrong one is refused."""
    tables = client.get(f"{API}/tables").get_json()["tables"]
    days = next(r for r in tables["stages.yml"]["gates"] if r["row"] == "credibility_days")
    assert (days["value"], days["shipped"], days["allowed"], days["source"]["strength"]) == (3, 3, [1, 100000], "D")
    change = {"values": {"asks.yml": {"asks": {"introduction": {"needs": "visibility"}}}}}
    _, told = effect(client, change)
    assert set(told["languages"]) == set(LANGUAGES)
    client.post(f"{API}/save", json=change)
    assert lint(client) == [("introduction", "warning")]
    tables = client.get(f"{API}/tables").get_json()["tables"]
    row = next(r for r in tables["asks.yml"]["asks"] if r["row"] == "introduction")
    assert (row["value"], row["shipped"]) == ("visibility", "credibility")
    wrong = client.post(f"{API}/save", json={"values": {"stages.yml": {"gates": {"credibility_days": {"value": 0}}}}})
    assert (wrong.status_code, "from 1" in wrong.get_json()["error"]["message"]) == (422, True)


def test_an_editors_break_is_shown_and_the_rest_works(server: tuple[FlaskClient, Workshop]) -> None:
    """A file broken by hand is named on the page; everything else goes on; mended, nothing is wrong."""
    client, workshop = server
    path = workshop.layer.folder / "en/asks/introduction.yml"
    path.parent.mkdir(parents=True)
    path.write_text("extends: en/asks/introduction\nadd:\n  phrases:\n    - buy (this\n", encoding="utf-8")
    workshop.library.refresh()
    (problem,) = client.get(f"{API}/problems").get_json()["problems"]
    assert (problem["line"], problem["column"], problem["code"]) == (4, 11, "phrase_close")
    (said,) = client.get(f"{API}/problems?explain_in=it").get_json()["problems"]
    assert said == problem | {"message": "In «buy (this»: Manca «)» per chiudere questa «(»."}
    (said,) = client.get(f"{API}?language=en", headers={"Accept-Language": "de"}).get_json()["problems"]
    assert said == problem | {"message": "In „buy (this“: Es fehlt „)“, das dieses „(“ schließt."}
    assert lint(client) == [("introduction", "error")]


def test_a_layer_goes_out_and_in(client: FlaskClient) -> None:
    """Exported, removed and imported again the rules are as they were; no pack is refused."""
    client.post(f"{API}/save", json={"rule": form(client, enabled=False)})
    pack = client.get(f"{API}/export").get_data()
    client.post(f"{API}/save", json={"rule": form(client, enabled=True)})
    assert lint(client) == [("introduction", "error")]
    assert client.post(f"{API}/import", data=pack, content_type="application/json").status_code == 200
    assert lint(client) == []
    assert client.post(f"{API}/import", json={"x": 1}).status_code == 400


def test_messages_are_tried_at_every_stage(client: FlaskClient) -> None:
    """One message side by side: too early for a stranger, fine with credibility, and by a history of one's own."""
    body = {"texts": [ASK], "language": "en", "history": [{"date": "2026-05-01", "kind": "meeting"}]}
    (row,) = client.post(f"{API}/try", json=body).get_json()["messages"]
    assert {stage: one["verdict"] for stage, one in row["stages"].items()} == {
        "stranger": "wait", "visibility": "revise", "credibility": "send", "profitability": "send"}
    assert (row["history"]["stage"], row["history"]["verdict"]) == ("visibility", "revise")
    assert client.post(f"{API}/try", json={"texts": []}).status_code == 400


def dismiss(client: FlaskClient, rule: str = RULE) -> str:
    """Dismiss the ask as none and return its id."""
    body = {"id": "d-00000001", "rule": rule, "kind": "introduction", "sentence": ASK, "quote": ASK[:-1], "language": "en", "stage": "stranger", "contact": None, "reason": "no_ask"}
    return str(client.post("/api/v1/dismissals", json=body).get_json()["id"])


def test_a_dismissal_becomes_an_unless_phrase(client: FlaskClient) -> None:
    """A proposed phrase silences the sentence for good: the dismissal is settled, and not needed any more."""
    one = dismiss(client)
    proposals = client.get(f"/api/v1/dismissals/{one}/proposals").get_json()["proposals"]
    assert proposals
    answer = client.post(f"/api/v1/dismissals/{one}/settle", json={"settle": "unless", "phrase": proposals[0]["phrase"]})
    assert answer.get_json()["change"]["files"] == ["en/guards/my-exceptions.yml"], "no other rule may find it either"
    (listed,) = client.get("/api/v1/dismissals").get_json()["dismissals"]
    assert (listed["settled"], listed["unused"]) == ("unless", True)
    client.delete(f"/api/v1/dismissals/{one}", json={})
    assert lint(client) == []


@pytest.mark.parametrize(("how", "left"), [("pass", [("introduction", "error")]), ("off", [])])
def test_a_dismissal_becomes_an_example_or_switches_off(client: FlaskClient, how: str, left: list[tuple[str, str]]) -> None:
    """As an example it stands in the rule, to be made true; switching off silences the whole rule. Both can be undone."""
    one = dismiss(client)
    change = client.post(f"/api/v1/dismissals/{one}/settle", json={"settle": how}).get_json()["change"]
    client.delete(f"/api/v1/dismissals/{one}", json={})
    assert lint(client) == left
    own = [e for e in client.get(f"{API}/one?id={RULE}").get_json()["examples"] if e["own"]]
    assert [(e["text"], e["flag"], e["holds"]) for e in own] == ([(ASK, False, False)] if how == "pass" else [])
    client.post(f"{API}/changes/{change['id']}/undo", json={})
    assert lint(client) == [("introduction", "error")]


def test_what_the_reader_found_is_kept_off_by_a_guard(client: FlaskClient) -> None:
    """A dismissal of the second reader goes into a guard of the user's own."""
    one = dismiss(client, "en/reader")
    answer = client.post(f"/api/v1/dismissals/{one}/settle", json={"settle": "unless", "phrase": "introduce me to your editor"})
    assert answer.get_json()["change"]["files"] == ["en/guards/my-exceptions.yml"]
    client.delete(f"/api/v1/dismissals/{one}", json={})
    assert lint(client) == []


def test_the_users_own_messages_are_tried_when_kept(client: FlaskClient) -> None:
    """Kept by choice, messages that were sent show in the effect as the history judged them, without what others wrote; before, nothing is kept."""
    history = [{"date": f"2026-05-0{day}", "kind": "meeting"} for day in (1, 5)]
    made = client.post("/api/v1/contacts", json={"name": "Ada", "history": history}).get_json()["contact"]["contact"]["id"]
    assert client.post(f"{API}/keep-sent", json={"keeps": "yes"}).status_code == 400
    for keeps in (False, True):
        client.post(f"{API}/keep-sent", json={"keeps": keeps})
        text = f"{ASK}\n\nOn Mon, 4 May 2026 at 10:00, Ann Lee <ann@example.org> wrote:\n> May I call you?"
        client.post(f"/api/v1/contacts/{made}/sent", json={"text": text, "language": "en"})
        _, told = effect(client, {"rule": form(client, enabled=False)})
        assert told["sent"]["messages"] == int(keeps)
    assert [(m["text"], m["before"]["verdict"], m["after"]["verdict"]) for m in told["sent"]["moved"]] == [(ASK, "revise", "send")]


def test_the_report_tells_weeks_stages_and_rules(server: tuple[FlaskClient, Workshop]) -> None:
    """Findings of the user's own writing by week, stage and rule; what is tried on the server's pages does not count."""
    client, workshop = server
    lint(client)
    request = ReviewRequest(ASK, "email", "en", "en", TODAY, Contact("Ada"), ())
    workshop.note(Reviewer(workshop.library).review(request), TODAY)
    dismiss(client)
    report = client.get(f"{API}/report").get_json()
    assert report["weeks"][-1] == {"from": "2026-05-11", "early": 1, "fits": 0, "hunting": 0, "dismissed": 0}
    assert report["asks"][0]["stages"][0] == {"stage": "stranger", "early": 1, "fits": 0}
    assert report["rules"][0] == {"rule": RULE, "fired": 1, "dismissed": 0}


def test_only_what_has_a_severity_among_acquaintances_offers_one(client: FlaskClient) -> None:
    """Set phrases ship with one; nothing else has an empty choice."""
    cells = client.get(f"{API}/tables").get_json()["tables"]["signals.yml"]["hunting"]
    assert [(cell["row"], cell["value"]) for cell in cells if cell["field"] == "known"] == [("template", "info")]
    assert len({cell["row"] for cell in cells}) > 10


def test_every_value_and_kind_has_words_on_the_page(client: FlaskClient) -> None:
    """The forms name each value of the tables, and the lists each kind, in the users' words."""
    texts = page_texts("rules", "en")
    tables = client.get(f"{API}/tables").get_json()["tables"]
    named = {"asks": "kinds", "hunting": "kinds", "growing": "kinds", "gates": "gates", "tending": "tending", "channels": "channels", "limits": "limits"}
    rows = {(named[group], cell["row"]) for groups in tables.values() for group, cells in groups.items() if group in named for cell in cells}
    assert {(group, row) for group, row in rows if row not in texts[group]} == set()
    fields = {cell["field"] for groups in tables.values() for cells in groups.values() for cell in cells}
    assert fields <= set(texts["fields"])
