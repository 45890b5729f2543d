"""What hints at an ask goes beside one; what signs above a postscript stays; and other families that reading showed."""

from __future__ import annotations

import pytest

from coltiva.draft import Draft
from coltiva.linting import SentenceMatcher
from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from coltiva.spans import Span
from tests.rewriting.close import layout
from tests.rewriting.close import texts as texts_to
from tests.rewriting.holding import LIBRARY

HINT, THANKS = "Our raffle still lacks two prizes.", "Thank you so much for the jam."
ASK = "Could you introduce me to Richard Branson?"


def texts(text: str) -> list[str]:
    """Return the rewrites of an English message to Ivan, a stranger."""
    body = {"text": text, "language": "en", "today": "2026-05-14", "contact": {"name": "Ivan Misner"}, "rewrites": True}
    return [rewrite.text for rewrite in Reviewer(LIBRARY).review(request_from_json(body, today=None)).rewriting.rewrites]


@pytest.fixture
def takes_for_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader take these sentences for hints, and no others."""

    def hints(matcher: SentenceMatcher, draft: Draft) -> list[Span]:
        return [Span(at, at + len(one)) for one in (HINT, THANKS) if (at := draft.text.find(one)) >= 0]

    monkeypatch.setattr(SentenceMatcher, "hints", hints)


@pytest.mark.usefixtures("takes_for_hint")
def test_a_hint_goes_beside_an_ask_and_says_why() -> None:
    """It goes before the ask and behind it, in another paragraph, too; the rest of the sender's words stay."""
    for text in (f"Hi Ivan,\n\nWe met a seal in the harbour. {HINT} {ASK}\n\nAnna", f"Hi Ivan,\n\nWe met a seal in the harbour. {ASK}\n\n{HINT}\n\nAnna"):
        found = texts(text)
        assert found
        assert all("raffle" not in one and "seal in the harbour." in one and one.endswith("Anna") for one in found)
    body = {"text": f"Hi Ivan, {HINT} {ASK}", "language": "en", "today": "2026-05-14", "contact": {"name": "Ivan"}, "rewrites": True}
    changes = Reviewer(LIBRARY).review(request_from_json(body, today=None)).to_dict()["rewrites"][0]["changes"]  # type: ignore[index]
    assert ("It hints at the same ask.", HINT) in [(change["why"], change["goes"]) for change in changes]


@pytest.mark.usefixtures("takes_for_hint")
def test_a_hint_that_thanks_or_asks_after_somebody_stays() -> None:
    """What is kind stays, whatever the reader makes of it; so does everything where nothing is asked."""
    assert all("for the jam" in one for one in texts(f"Hi Ivan,\n\n{THANKS} {ASK}\n\nAnna"))
    assert texts(f"Hi Ivan,\n\n{HINT}\n\nAnna") == []


def test_the_reader_tells_hints_apart() -> None:
    """The shipped reader takes a want told before the ask for a hint, and news for none."""
    wanted = "A great referral for me is a couple who have outgrown their flat."
    text = f"Hi Ivan,\n\nWe met a seal in the harbour on Sunday. {wanted} If anybody comes to mind, please give them my number.\n\nAnna"
    found = texts(text)
    assert found
    assert all("referral" not in one and "a seal" in one for one in found)


@pytest.mark.parametrize("told", ["I noticed that Elena Rossi has a new boat.", "We met a seal in the harbour."])
def test_who_signs_above_a_postscript_that_asks_stays(told: str) -> None:
    """Formula and name stay above it, whatever leads up to the ask, and the line stands before them."""
    found = texts(f"Hi Ivan,\n\n{told}\n\nBest,\nKyle\n\nP.S. Could you introduce me to Elena Rossi?")
    assert found
    for one in found:
        assert one.startswith("Hi Ivan,\n\n")
        assert one.endswith("\n\nBest,\nKyle")
        assert one.count("Best,") == 1


def test_an_ask_behind_an_opening_mark_goes_whole() -> None:
    """A question at the very beginning of a message leaves nothing behind."""
    found = texts_to("¿A quién conoces que venda casas en Lima? Me alegró mucho tu charla.", "es")
    assert found
    assert not any("conoces" in one or one.startswith("¿A quién") for one in found)


def test_two_letters_greet_where_they_are_called() -> None:
    """The beginning or the initials of the contact's name before a comma stay as the greeting; elsewhere they are words."""
    assert layout("Ju, você pode me ajudar?", "pt", "Juliana Reis").head == "Ju, "
    assert layout("PH, bora almoçar?", "pt", "Paulo Henrique").head == "PH, "
    assert layout("Na minha cidade, ninguém vende isso.", "pt", "Nadia Reis").head == ""


def test_a_place_to_look_goes_with_the_ask_and_a_mail_address_stays() -> None:
    """A bare domain behind an ask leans on it."""
    found = texts_to("Hallo Jan, wir haben eine Seite gebaut. Könntest du sie dir anschauen? kraeuterfee.de, Passwort: salbei", "de")
    assert found
    assert not any("salbei" in one for one in found)


def test_an_ask_of_one_word_is_no_second_greeting() -> None:
    """What stands alone behind the greeting and asks goes whole."""
    found = texts_to("Moin Nele, Saisonjob? 🪁 VDWS-Schein hab ich. Sag an wann ich auf Fehmarn anfangen soll", "de", "Nele Petersen")
    assert found
    assert not any("Saisonjob" in one for one in found)


def test_thanks_in_advance_go_whatever_the_keeper_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the ask, what says nothing without it is not weighed; what else stands there is."""
    weighed: list[int] = []

    def keeps(keeper: object, rows: object, asks: object, marks: dict[int, object]) -> dict[int, float]:
        weighed.extend(marks)
        return dict.fromkeys(marks, 0.0)

    monkeypatch.setattr("coltiva.reader.keeper.Keeper.goes", keeps)
    text = f"Hi Ivan,\n\nI mend sails in Genoa. {ASK} The sails are all from one loft. Thanks in advance for your reply.\n\nAnna"
    found = texts(text)
    assert found
    assert set(weighed) == {0, 2}
    assert all("one loft" in rewrite and "advance" not in rewrite for rewrite in found)
