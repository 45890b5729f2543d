"""What a rewrite adds is typed as its sender types, and what a sentence tells before it asks stays."""

from datetime import date

import pytest

from coltiva.contacts import Contact
from coltiva.draft import read_draft
from coltiva.review import Reviewer, ReviewRequest
from coltiva.rewriting.pieces import cut
from coltiva.rewriting.registers import register_of
from coltiva.rewriting.voice import Voice
from tests.shipped import LIBRARY

REVIEWER = Reviewer(LIBRARY)


def texts(text: str, language: str = "en", name: str = "Ivan Misner") -> list[str]:
    """Return the rewrites of a message to somebody who is not known."""
    request = ReviewRequest(text, "linkedin_message", language, "en", date(2026, 5, 14), Contact(name), (), rewrites=True)
    found = [r.text for r in REVIEWER.review(request).rewriting.rewrites]
    assert found
    return found


def test_a_message_typed_small_stays_small() -> None:
    """Where no sentence begins with a capital, no added one does, and I is typed as the sender types it."""
    for rewrite in texts("hi ivan, i run a sail loft. could you introduce me to somebody at the yard? cheers, anna"):
        assert rewrite == rewrite.lower()


def test_marks_follow_the_sender() -> None:
    """No opening question mark for who writes none, no space before it likewise, and curly apostrophes stay curly."""
    assert not any("¿" in r for r in texts("Hola Ivan! Tengo una tienda. Me presentas a tu jefe? Ana", "es"))
    assert not any(" ?" in r for r in texts("Bonjour Ivan! Tu peux me présenter ta patronne? Anne", "fr"))
    assert not any("'" in r for r in texts("Hi Ivan,\n\nI’m a sailor. Could you introduce me to somebody at the yard?\n\nAnna"))


ASKED = {
    "en": "Hi Ivan, I run a sail loft. Could you introduce me to somebody at the yard? {}",
    "it": "Ciao Ivan, ho una veleria. Mi presenteresti qualcuno del cantiere? {}",
    "es": "Hola Ivan, tengo una velería. ¿Me presentarías a alguien del astillero? {}",
    "fr": "Bonjour Ivan, j'ai une voilerie. Pourrais-tu me présenter à quelqu'un du chantier ? {}",
    "de": "Hallo Ivan, ich habe eine Segelmacherei. Könntest du mich jemandem von der Werft vorstellen? {}",
    "pt": "Olá Ivan, tenho uma velaria. Você poderia me apresentar a alguém do estaleiro? {}",
}


@pytest.mark.parametrize("language", ASKED)
def test_a_friendly_emoji_is_not_lost_and_a_pleading_one_is_not_kept(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An emoji that goes with the ask comes back at the end of a line, if it suits any; where nothing is said, it goes."""
    monkeypatch.setattr(LIBRARY.reader(language), "ranker", None)  # so that a line is said
    found, bare = texts(ASKED[language].format("🙂"), language), ASKED[language].partition(".")[0] + "."
    assert all(r == bare or r.endswith("🙂") for r in found)
    assert any(r.endswith("🙂") for r in found)
    assert not any("🙏" in r for r in texts(ASKED[language].format("🙏"), language))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hi Ivan, I've been mending sails in Genoa for years, so if a yard needs somebody please pass on my CV.", "I've been mending sails in Genoa for years."),
        ("Hi Ivan, I run a sail loft in Genoa and I'd be grateful if you could introduce me to your clients.", "I run a sail loft in Genoa."),
    ],
)
def test_what_is_told_before_the_ask_stays(text: str, kept: str) -> None:
    """The clause that only tells stays, with a stop of its own; the connector goes with the ask."""
    for rewrite in texts(text):
        assert f"Hi Ivan, {kept}" in rewrite


def test_a_condition_does_not_stay_without_its_ask() -> None:
    """A clause that needs the next one goes with it."""
    assert not any("If you" in r for r in texts("Hi Ivan, if you hear of anything in marine insurance, please pass on my CV."))


@pytest.mark.parametrize(
    ("language", "text", "greeting"),
    [
        ("es", "Hola, Ernesto. ¿Me presentas a tu jefe? Tengo una tienda.", "Hola, Ernesto. "),
        ("es", "Estimada Lcda. Barreto:\n\n¿Me puede presentar a su jefe?\n\nAna", "Estimada Lcda. Barreto:\n\n"),
        ("it", "Gentile Dott.ssa Barbero, potrebbe presentarmi al Suo direttore?", "Gentile Dott.ssa Barbero, "),
        ("en", "Ivo, could you introduce me to somebody at the yard?", "Ivo, "),
    ],
)
def test_greetings_stay_whole(language: str, text: str, greeting: str) -> None:
    """Names after a comma, titles with a full stop, and short names belong to the greeting."""
    name = "Ivona Novak" if language == "en" else ""
    assert all(r.startswith(greeting) for r in texts(text, language, name))


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("Seu Rui, vi o site da Farias Gesso. O senhor me apresenta ao fornecedor?", "formal"),
        ("Olá Rui, vi o site da Farias Gesso e gostei do forro da sala.", "any"),
        ("Olá Rui, farias-me um favor? Apresenta-me ao fornecedor do forro.", "tu"),
    ],
)
def test_a_surname_like_a_verb_addresses_nobody(text: str, register: str) -> None:
    """In Portuguese Farias is a name and a verb of the second person; only the verb says tu."""
    pack, lines = REVIEWER.library.pack("pt"), REVIEWER.library.rewrite_lines("pt")
    assert lines is not None
    assert register_of(read_draft(text, pack.wording), pack.words, lines, Contact("Rui")) == register


def spoken(text: str, line: str, language: str, values: tuple[str, ...] = ()) -> str:
    """Return *line* as the sender of a message to Ivan would type it."""
    lines, pack = LIBRARY.rewrite_lines(language), LIBRARY.pack(language)
    assert lines is not None
    layout = cut(read_draft(text, pack.wording), pack.words, lines, Contact("Ivan Misner"), ())
    return Voice(layout, {}, pack.words, lines).speak(line, values)


@pytest.mark.parametrize(
    ("language", "text", "line", "typed"),
    [
        ("en", "hi ivan, im in leeds till friday. dont worry about the van", "I'm glad we're in touch.", "im glad were in touch."),
        ("en", "Hi Ivan, I'm in Leeds. Don't worry about the van.", "I'm glad we're in touch.", "I'm glad we're in touch."),
        ("en", "Dear Mr Misner, I have been a mason for eleven years and I would be glad of any news of the yard, which will close in April.",
         "I'm glad that we're connected.", "I am glad that we are connected."),
        ("en", "Hi Ivan, see you on Friday.", "I'm glad that we're connected.", "I'm glad that we're connected."),
        ("es", "hola ivan, soy manolo el del toque, aquella noche en la peña fue una maravilla y todavia me acuerdo mucho de la solea. como va tu sobrino",
         "Espero que estés bien, mañana también.", "espero que estes bien, mañana tambien."),
        ("es", "Hola, Iván: aquella noche en la peña fue una maravilla y todavía me acuerdo mucho de la soleá. ¿Cómo va tu sobrino?",
         "Espero que estés bien.", "Espero que estés bien."),
    ],
)
def test_apostrophes_and_accents_follow_the_sender(language: str, text: str, line: str, typed: str) -> None:
    """Who writes "im" gets no "I'm", who writes "I am" throughout gets it whole, and who leaves accents out gets none; tildes stay."""
    assert spoken(text, line, language) == typed


def test_what_is_recorded_is_spelled_as_it_was_written_down() -> None:
    """Habits of spelling are given to the line's own words, not to what fills it; who types small types all of it small."""
    text = "hi ivan, im in leeds till friday. dont worry about the van"
    assert spoken(text, "I'm glad of D'Arcy's van, O'Dea. It's D'Arcy's.", "en", ("D'Arcy's van", "O'Dea")) == "im glad of d'arcy's van, o'dea. its darcys."
