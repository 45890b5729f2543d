"""The whole chain: from a message and a history to the report."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coltiva.library import LANGUAGES
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from tests.shipped import LIBRARY

from .conftest import TODAY, credible_history
from .scenes import SCENES

REVIEWER = Reviewer(LIBRARY)


def report_on(text: str, history: list[dict[str, str]] | None = None, **fields: object) -> dict[str, Any]:
    """Return the report on a message to Ivan Misner as the API gives it."""
    contact = {"name": "Ivan Misner", "company": "BNI", "history": history or []}
    body = {"text": text, "contact": contact, "today": TODAY.isoformat()} | fields
    return REVIEWER.review(request_from_json(body, today=TODAY)).to_dict()


def of_utf16(text: str, start: int, end: int) -> str:
    """Return the stretch that a browser would select."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize("code", SCENES)
def test_the_scene_is_told_to_wait(code: str) -> None:
    """A stranger's ask for an introduction is an error at the exact place, in UTF-16 units after emoji."""
    text, ask = SCENES[code]
    report = report_on(text)
    findings = [f for f in report["findings"] if f["category"] == "ask"]
    assert [(f["kind"], f["severity"], f["premature"], f["needs"]) for f in findings] == [("introduction", "error", True, "credibility")]
    assert (report["language"], report["verdict"]) == (code, "wait")
    assert report["relationship"]["stage"] == "stranger"
    assert of_utf16(text, findings[0]["start"], findings[0]["end"]) == findings[0]["quote"] == ask
    assert findings[0]["rule"].startswith(f"{code}/asks/introduction")
    assert "Ivan Misner" in findings[0]["why"]


@pytest.mark.parametrize("code", SCENES)
def test_with_credibility_the_same_ask_is_not_premature(code: str) -> None:
    """After three conversations over seven weeks and a gift the ask stands, and rests on the events."""
    report = report_on(SCENES[code][0], credible_history())
    (finding,) = [f for f in report["findings"] if f["category"] == "ask"]
    assert (finding["kind"], finding["premature"], finding["severity"]) == ("introduction", False, "info")
    assert report["relationship"]["stage"] == "credibility"
    assert finding["events"] == report["relationship"]["events"] == ["e1", "e2", "e4", "e3"]
    assert report["verdict"] != "wait"


@pytest.mark.parametrize("code", SCENES)
def test_one_stage_early_is_a_warning(code: str) -> None:
    """After one meeting the ask for an introduction is one stage early."""
    report = report_on(SCENES[code][0], credible_history()[:1])
    (finding,) = [f for f in report["findings"] if f["category"] == "ask"]
    assert (finding["premature"], finding["severity"]) == (True, "warning")
    assert report["verdict"] == "revise"
    assert "BNI breakfast in Turin" in finding["why"]


STANDING = {
    "en": ("you and Ivan Misner are strangers so far.", "you and this contact are strangers", "with Ivan Misner you are at the stage of visibility."),
    "it": ("tu e Ivan Misner per ora siete sconosciuti.", "tu e questo contatto per ora", "con Ivan Misner siete allo stadio della visibilità."),
    "es": ("por ahora Ivan Misner y tú sois desconocidos.", "este contacto y tú sois", "con Ivan Misner la relación está en la etapa de visibilidad."),
    "fr": ("Ivan Misner et vous êtes encore des inconnus.", "ce contact et vous êtes", "avec Ivan Misner, vous en êtes à la visibilité."),
    "de": ("du und Ivan Misner seid noch Fremde.", "du und dieser Kontakt seid", "mit Ivan Misner ist die Stufe Bekanntschaft erreicht."),
    "pt": ("você e Ivan Misner são desconhecidos.", "você e este contato são", "com Ivan Misner, a relação está na etapa da visibilidade."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_two_stand_reads_as_a_sentence(language: str) -> None:
    """Why an ask is too early says the stage within a sentence, for strangers as for those who have talked."""
    strangers, unnamed, acquainted = STANDING[language]
    text = SCENES["en"][0]
    for expected, fields in (
        (strangers, {}),
        (unnamed, {"contact": {}}),
        (acquainted, {"history": credible_history()[:1]}),
    ):
        report = report_on(text, explain_in=language, rewrites=False, **fields)
        (why,) = [f["why"] for f in report["findings"] if f["category"] == "ask"]
        assert expected in why


@pytest.mark.parametrize("code", SCENES)
def test_without_the_ask_nothing_is_premature(code: str) -> None:
    """Once the ask is deleted the message may go."""
    text, ask = SCENES[code]
    assert [f for f in report_on(text.replace(ask + "? ", ""))["findings"] if f["premature"]] == []


@pytest.mark.parametrize("language", REVIEWER.library.languages)
def test_explanations_come_in_the_users_language(language: str) -> None:
    """The user's language decides, not the message's."""
    report = report_on(SCENES["en"][0], explain_in=language)
    texts = REVIEWER.library.texts(language)
    titles = {f["kind"]: f["title"] for f in report["findings"]}
    assert titles["introduction"] == texts["asks"]["introduction"]["title_early"]  # type: ignore[index]


@pytest.mark.parametrize("text", ["", " \n\t", "😀", "\x00\x07\x1b[31m", "Bedankt voor het fijne gesprek van dinsdag, tot gauw en groeten."])
def test_nothing_to_say_is_said_clearly(text: str) -> None:
    """Empty, foreign and unreadable texts hold no finding and may go."""
    report = report_on(text)
    assert (report["findings"], report["verdict"], report["score"]) == ([], "send", 100)
    assert report["language"] is None


def test_an_answer_to_the_contacts_request_is_no_ask() -> None:
    """Fixing the time of a meeting that the contact asked for is fine; asking for something else still is an ask."""
    asked = [{"date": "2026-05-12", "kind": "was_asked", "summary": "Proposed a coffee"}]
    time_, other = "Does Tuesday at 3 work for you over there?", "Could you introduce me to your publisher as well?"
    assert [f["kind"] for f in report_on(time_, language="en")["findings"]] == ["meeting"]
    assert report_on(time_, asked, language="en")["findings"] == []
    assert [f["kind"] for f in report_on(other, asked, language="en")["findings"]] == ["introduction"]


def test_what_is_said_again_and_again_is_read_each_time() -> None:
    """Sentences that stand among the same ones more than once in a message are all told of, and it gets rewrites."""
    said = "The fair was good. It rained all day. Could you introduce me to Ada? We sold some bread. The boats came late. "
    report = report_on(said * 5, rewrites=True)
    assert [f["quote"] for f in report["findings"] if f["category"] == "ask"] == ["Could you introduce me to Ada"] * 5
    assert report["rewrites"]


def test_report_has_the_designs_keys() -> None:
    """The report has exactly the keys that the design names."""
    report = report_on(SCENES["en"][0])
    assert list(report) == ["language", "verdict", "score", "contact", "relationship", "findings", "rewrites"]
    assert list(report["relationship"]) == ["stage", "dormant", "why", "events", "next_step"]
    assert list(report["findings"][0]) == ["category", "kind", "rule", "severity", "premature", "needs", "start", "end", "quote",
                                           "title", "why", "events", "suggestions"]


FRAGMENTS = st.sampled_from([
    "Could you introduce me to", "potresti presentarmi", " Ann", "\n\n", "? ", ". ", "😀", "👨‍👩‍👧", "𝗯𝗼𝗹𝗱 ", "\u0301", "{{name}}", "\u200d", "İ",
    "ß ", "if you know anyone who ", "Does Tuesday work?", "> quoted\n", "-- \n", "\x00", "thanks for ", '"', "…", "https://x.io/", "10k € ", "’",
])


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=6, alphabet=st.characters(exclude_categories=["Cs"])), max_size=25), st.sampled_from([*LANGUAGES, None]))
def test_any_text_is_reviewed_alike_twice_and_spans_stay_inside(parts: list[str], language: str | None) -> None:
    """The core raises on no input, every span covers its quote, and linting twice gives the same."""
    text = "".join(parts)
    first, second = report_on(text, language=language), report_on(text, language=language)
    assert first == second
    for finding in first["findings"]:
        assert 0 <= finding["start"] < finding["end"] <= len(text.encode("utf-16-le")) // 2
        assert of_utf16(text, finding["start"], finding["end"]) == finding["quote"]
