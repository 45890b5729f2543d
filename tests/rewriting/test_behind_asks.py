"""What goes with an ask though it asks for nothing, what stays beside one, and where an offer to tell more stands."""

from __future__ import annotations

import pytest

from tests.rewriting.close import rewrites
from tests.shipped import LIBRARY

MET = [{"date": "2026-05-02", "kind": "meeting", "direction": "both", "summary": "ceilidh in Perth"}]
ASK = "Could you introduce me to somebody at the bank?"


@pytest.fixture
def by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave to the rules what stays, and let any line be said that is meant for that."""
    for language in LIBRARY.languages:
        for trained in ("keeper", "ranker"):
            monkeypatch.setattr(LIBRARY.reader(language), trained, None)


MORE = {
    "en": ("Hi Anil,\n\nMy nephew and I restore church bells in Kendal.", "Could you introduce me to somebody at the bank?", "Our old forge has sailed through its first winter."),
    "it": ("Ciao Anil,\n\nmio nipote e io restauriamo campane a Lecco.", "Puoi presentarmi qualcuno della banca?", "Ieri abbiamo acceso la fucina con la neve."),
    "es": ("Hola, Anil:\n\nMi sobrino y yo restauramos campanas en León.", "¿Me presentas a alguien del banco?", "Nuestra fragua ha pasado bien el invierno."),
    "fr": ("Bonjour Anil,\n\nMon neveu et moi restaurons des cloches à Troyes.", "Pourriez-vous me présenter à quelqu'un de la banque ?", "Notre forge a bien passé l'hiver."),
    "de": ("Hallo Anil,\n\nmein Neffe und ich restaurieren Glocken in Kassel.", "Kannst du mich jemandem von der Bank vorstellen?", "Unsere Schmiede hat den Winter gut überstanden."),
    "pt": ("Olá Anil,\n\nO meu sobrinho e eu restauramos sinos em Braga.", "Podes apresentar-me a alguém do banco?", "Ontem acendemos a forja com neve."),
}


@pytest.mark.usefixtures("by_rule")
@pytest.mark.parametrize("language", MORE)
def test_who_may_hear_more_is_told_so_behind_what_there_is_to_hear(language: str) -> None:
    """The offer stands where the ask stood, behind the sender's own matter, not behind what comes at the end."""
    told, ask, later = MORE[language]
    offered = [one for one in rewrites(f"{told} {ask}\n\n{later}\n\nSunita", language, "Anil") if one.strategy == "give_first"]
    assert offered
    for one in offered:
        [offer] = [change.comes for change in one.changes if change.comes]
        assert f"{told} {offer}\n\n{later}" in one.text


@pytest.mark.usefixtures("by_rule")
def test_nobody_hears_more_of_nothing() -> None:
    """Where the sender tells nothing of their own there is no more to hear."""
    assert all("hear more" not in one.text for one in rewrites(f"Hi Anil,\n\nthe roofers of Perth start early. {ASK}\n\nSunita", "en", "Anil"))


@pytest.mark.parametrize(("title", "stays"), [
    ("GUEST INVITATION: The Muck Spreaders, season 3", False),
    ("Assistant Collections Officer (ref. FM/26/09)", False),
    ("Application | Maintenance Engineer | Penrith", False),
    ("Happy New Year from all of us", True),
    ("What a fine evening that was.", True),
    ("hope the move went well", True),
])
def test_a_title_goes_with_what_it_announces(title: str, stays: bool) -> None:
    """A title in a paragraph of its own goes with the asks; a greeting or a sentence there is none."""
    found = rewrites(f"Dear Anil,\n\n{title}\n\nThank you for the paper; we put it on our wall in the workshop. {ASK}\n\nJonty", "en", "Anil", history=MET)
    assert found
    assert all((title in one.text) == stays for one in found)


def test_what_breaks_off_before_an_ask_goes_with_it() -> None:
    """ "That club you told me of ..." is nothing without what is asked about it; own news that trails off stays."""
    thanks = "Thank you for the paper; we put it on our wall in the workshop."
    gone = rewrites(f"Hi Anil,\n\n{thanks}\n\nAnd that club of bakers in Perth... {ASK}\n\nJonty", "en", "Anil", history=MET)
    kept = rewrites(f"Hi Anil,\n\n{thanks}\n\nI spent my whole winter on that old van... {ASK}\n\nJonty", "en", "Anil", history=MET)
    assert gone
    assert kept
    assert all("bakers" not in one.text for one in gone)
    assert any("old van" in one.text for one in kept)


def test_what_leads_to_an_ask_that_may_stay_stays() -> None:
    """An early ask goes; the advice that one may ask for keeps the sentence by which one learns what it is about."""
    told = "I have been offered a place at the college in Leeds, and I would have to leave my boy here all week."
    text = f"Hi Anil,\n\nThe Perth evening was a joy. If there is a vacancy in your team, I would love to join it.\n\n{told} Do you think it is worth it, or would you wait a year?\n\nNina"
    found = rewrites(text, "en", "Anil", history=MET)
    assert found
    assert all(told in one.text for one in found)


@pytest.mark.parametrize("signed", ["ride safe, gus", "Zé Ferraz, of the Rancho de Caíde em Lousada"])
def test_lines_stand_before_who_signs(signed: str) -> None:
    """A small name behind a brief wish signs, and so does a name with where its bearer belongs."""
    gap = " " if signed.islower() else "\n\n"
    found = rewrites(f"hi anil! we sew leather saddles up in duluth, all by hand. could you introduce me to your painter?{gap}{signed}", "en", "Anil")
    assert found
    assert all(one.text.endswith(signed) for one in found)


def test_paragraphs_stay_apart_and_begin_with_capitals() -> None:
    """What stays behind sentences that go keeps its empty line, and half a sentence its capital."""
    text = (
        "Ciao Massimo,\n\nil problema è il pulmino. Il consiglio ha deciso di cercare cinque ditte della zona. Saresti una delle cinque che danno trecento euro?\n\n"
        "Naturalmente decidi tu. Un saluto a tuo nipote, che in porta è cresciuto di una spanna.\n\nGianmario Carrara"
    )
    found = rewrites(text, "it", "Massimo", history=MET)
    assert found
    for one in found:
        assert "\n " not in one.text
        assert " \n" not in one.text
