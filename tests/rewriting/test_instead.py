"""A smaller ask in the place of one that comes too early, and thanks that name what was given."""

from __future__ import annotations

import pytest

from coltiva.rewriting.change import Rewrite
from coltiva.rewriting.summaries import gift_of
from tests.rewriting.close import rewrites
from tests.shipped import LIBRARY

MET = [{"date": "2026-05-02", "kind": "meeting", "direction": "both", "summary": ""}]
GIVEN = [*MET, {"date": "2026-05-04", "kind": "received", "direction": "received", "summary": "lent me the trailer for the ewes"}]
# What stands before the ask is what the smaller one is about, in each language and form of address.
ASKED = {
    "en": ("Hi Anil,\n\nThis year we want to reach the small shops in Aurangabad. Could you introduce us to somebody who buys for them?\n\nSunita", "?"),
    "it": ("Gentile Anna,\n\nquest'anno vorrei aprire un secondo laboratorio a Torino. Le chiedo se può presentarmi qualcuno della banca.\n\nMarco", "?"),
    "es": ("Hola, Anil:\n\nEste año queremos llegar a las tiendas pequeñas de Aurangabad. ¿Nos presentas a alguien que compre para ellas?\n\nSunita", "?"),
    "fr": ("Bonjour Anil,\n\nCette année nous voulons atteindre les petits magasins d'Aurangabad. Pourriez-vous nous présenter à leurs acheteurs ?\n\nSunita", "?"),
    "de": ("Liebe Anna,\n\nwir wollen dieses Jahr die kleinen Läden in Aurangabad erreichen. Könntest du uns jemandem vorstellen, der dort einkauft?\n\nSunita", "?"),
    "pt": ("Oi Anil,\n\nEste ano queremos chegar às lojas pequenas de Aurangabad. Você poderia nos apresentar a alguém que compre para elas?\n\nSunita", "?"),
}


def instead_of(text: str, history: list[dict[str, str]], language: str = "en") -> list[Rewrite]:
    """Return those of the rewrites that ask for something smaller in the place of the ask."""
    return [one for one in rewrites(text, language, "Anil", history=history) if any(name.startswith("instead-") for name in one.lines)]


@pytest.fixture
def without_ranker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any line be said that is meant for what stays, whether or not people would sign it there."""
    for language in LIBRARY.languages:
        monkeypatch.setattr(LIBRARY.reader(language), "ranker", None)


@pytest.mark.usefixtures("without_ranker")
@pytest.mark.parametrize("language", ASKED)
def test_a_smaller_ask_stands_where_the_early_one_stood(language: str) -> None:
    """The matter stays, and the question takes the ask's place, before the name; to somebody unknown it is not asked."""
    text, mark = ASKED[language]
    matter = text.split("\n\n")[1].partition(". ")[0] + "."
    found = instead_of(text, MET, language)
    assert found
    for one in found:
        assert one.strategy == "smaller"
        question = one.text.split("\n\n")[-2]
        assert matter in one.text
        assert one.text.index(matter) < one.text.index(question)
        assert question.endswith(mark)
        assert question not in text
    assert not instead_of(text, [], language)


@pytest.mark.usefixtures("without_ranker")
def test_it_is_about_what_the_sender_tells() -> None:
    """Where nothing leads up to the ask, or what does is about the contact, "What would you do in my place?" says nothing."""
    ask = "Could you introduce me to somebody at the yard?"
    for before in ("Thank you for the book.", "How is your knee?", "Your talk was a joy.", "Some news:"):
        assert not instead_of(f"Hi Anil,\n\n{before} {ask}\n\nSunita", MET), before
    assert not instead_of(f"Hi Anil,\n\n{ask}\n\nSunita", MET)


@pytest.mark.usefixtures("without_ranker")
def test_what_follows_the_ask_follows_the_smaller_one() -> None:
    """The sender's last words stay last."""
    text = "Hi Anil,\n\nWe want to reach the small shops in Aurangabad. Could you introduce us to a buyer?\n\nAnd how is your knee?\n\nSunita"
    found = instead_of(text, MET)
    assert found
    assert all(one.text.endswith("And how is your knee?\n\nSunita") and one.text.count("?") == 2 for one in found)


@pytest.mark.parametrize(
    ("language", "summary", "thing"),
    [
        ("en", "lent me the trailer for the ewes", "the trailer"),
        ("en", "Gave us a used press", "the used press"),
        ("en", "lent me his chipper for a week", ""),
        ("en", "sent me two cousins who wanted signs", ""),
        ("it", "mi ha prestato la levigatrice per due settimane", "la levigatrice"),
        ("it", "mi ha prestato le sue trascrizioni d'archivio", "le trascrizioni d'archivio"),
        ("it", "mi ha dato un attrezzo", ""),  # "l'attrezzo"
        ("es", "me regaló una prensa usada", "la prensa usada"),
        ("fr", "elle m'a prêté le laboratoire pour mes essais", "le laboratoire"),
        ("fr", "m'a donné une idée", ""),  # "l'idée"
        ("de", "hat mir einen Sattel geliehen", "den Sattel"),
        ("de", "hat mir die Anlage in der Werkstatt geprüft", ""),  # nothing was handed over
        ("de", "hat mir die Leiter ihres Hausmeisters geliehen", ""),
        ("pt", "me deu a receita do tingimento", "a receita do tingimento"),
    ],
)
def test_what_was_given_is_named_as_it_was_written_down(language: str, summary: str, thing: str) -> None:
    """With the article of what both know, and nothing where another article or owner would have to be told."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    assert gift_of(summary, lines) == thing


def test_thanks_name_what_was_given() -> None:
    """A thanks that only somebody who remembers could say comes before one that anybody could."""
    text = "Hi Anil,\n\nI have opened a second barn. Could you write me a recommendation?\n\nSunita"
    given = [one for one in rewrites(text, "en", "Anil", history=GIVEN) if one.strategy == "give_first"]
    assert given
    assert all("the trailer" in one.text for one in given)
