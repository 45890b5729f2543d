"""Forms of address told apart by hand: a rewrite speaks in the one in which its message was labelled."""

from __future__ import annotations

import re

import pytest

from coltiva.contacts import Contact, Event
from coltiva.draft import read_draft
from coltiva.rewriting.registers import register_of
from tests.rewriting.test_record import MET, rewrites
from tests.shipped import LIBRARY

# Language, form of address, message, and the words that no line in that form of address may hold.
LABELLED = (
    ("it", "informal", "Ciao Ivan,\n\nho visto il tuo stand. Mi presenteresti Marco Testa?\n\nAnna", r"\b(?:Lei|Le|La|Suo|Sua|Glielo)\b"),
    ("it", "informal", "Ciao Ivan,\n\npuoi leggere la mia bozza entro venerdì?\n\nAnna", r"\b(?:Lei|Le|La|Suo|Sua|Glielo)\b"),
    ("it", "formal", "Gentile dottor Misner,\n\nho visto il Suo stand. Potrebbe presentarmi Marco Testa?\n\nAnna Rossi", r"\b(?:tu|te|ti|tuo|tua)\b"),
    ("it", "formal", "Egregio Signor Misner,\n\nLe chiedo se può leggere la mia bozza.\n\nCordiali saluti\nAnna Rossi", r"\b(?:tu|te|ti|tuo|tua)\b"),
    ("de", "informal", "Hallo Ivan,\n\nkönntest du mich Marco Testa vorstellen?\n\nAnna", r"\b(?:Sie|Ihnen|Ihr|Ihre)\b"),
    ("de", "informal", "Lieber Ivan,\n\nich brauche deine Hilfe: liest du meinen Entwurf?\n\nAnna", r"\b(?:Sie|Ihnen|Ihr|Ihre)\b"),
    ("de", "formal", "Sehr geehrter Herr Misner,\n\nkönnten Sie mich Herrn Testa vorstellen?\n\nMit freundlichen Grüßen\nAnna Roth", r"\b(?:du|dir|dich|dein\w*)\b"),
    ("de", "formal", "Guten Tag Frau Misner,\n\nwürden Sie bitte meinen Entwurf lesen?\n\nAnna Roth", r"\b(?:du|dir|dich|dein\w*)\b"),
    ("fr", "informal", "Salut Ivan,\n\ntu pourrais me présenter à Marc Testa ?\n\nAnne", r"\b(?:vous|votre|vos)\b"),
    ("fr", "informal", "Bonjour Ivan,\n\npeux-tu relire mon texte avant vendredi ?\n\nAnne", r"\b(?:vous|votre|vos)\b"),
    ("fr", "formal", "Monsieur,\n\npourriez-vous me présenter à Marc Testa ?\n\nCordialement\nAnne Roux", r"\b(?:tu|toi|ton|ta|tes)\b"),
    ("fr", "formal", "Bonjour Madame Misner,\n\nauriez-vous le temps de relire mon texte ?\n\nAnne Roux", r"\b(?:tu|toi|ton|ta|tes)\b"),
    ("es", "informal", "Hola Ivan:\n\n¿Me puedes presentar a Marcos Testa?\n\nAna", r"\b(?:usted|su|sus|vos|andás|hacés)\b"),
    ("es", "formal", "Estimado Sr. Misner:\n\n¿Podría usted presentarme a Marcos Testa?\n\nAtentamente\nAna Ruiz", r"\b(?:tú|ti|te|tu|tus|vos)\b"),
    ("es", "formal", "Buenos días, doctora Misner:\n\nLe pido que lea mi borrador, si es tan amable.\n\nAna Ruiz", r"\b(?:tú|ti|te|tu|tus|vos)\b"),
    ("es", "vos", "Hola Ivan:\n\n¿Me podés presentar a Marcos Testa? Vos lo conocés.\n\nAna", r"\b(?:usted|su|sus|tú|ti|haces|andas)\b"),
    ("es", "vos", "Che Ivan, ¿vos me podrías leer el borrador? Avisame.\n\nAna", r"\b(?:usted|su|sus|tú|ti|haces|andas)\b"),
    ("pt", "informal", "Oi Ivan,\n\nvocê poderia me apresentar ao Marcos Testa?\n\nAna", r"\b(?:tu|ti|te|teu|tua|contigo)\b"),
    ("pt", "informal", "Oi Ivan,\n\nvocê consegue ler o meu rascunho?\n\nAna", r"\b(?:tu|ti|te|teu|tua|contigo)\b"),
    ("pt", "any", "Prezado Ivan,\n\nvocê poderia me apresentar ao Marcos Testa? Espero que você esteja bem. Vi que você é sócio dele.\n\nAna Reis", r"\b(?:tu|ti|te|teu|tua|contigo)\b"),
    ("pt", "tu", "Olá Ivan,\n\npodias apresentar-me ao Marcos Testa? Tu conhece-lo bem.\n\nAna", r"\b(?:você|lhe)\b"),
    ("pt", "formal", "Exmo. Senhor,\n\no senhor poderia apresentar-me ao Marcos Testa?\n\nCom os melhores cumprimentos\nAna Reis", r"\b(?:você|tu|ti|te|teu|tua|contigo)\b"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "form", "text", "others"), LABELLED)
def test_rewrites_keep_the_labelled_form_of_address(language: str, form: str, text: str, others: str) -> None:
    """The message and each rewrite of it are read in the form of its label, and no added word is of another."""
    pack, lines = LIBRARY.pack(language), LIBRARY.rewrite_lines(language)
    assert lines is not None

    def read(words: str) -> str:
        return register_of(read_draft(words, pack.wording), pack.words, lines, Contact("Ivan Misner"))

    assert read(text) == form
    # An acquaintance may be asked more, and is told more.
    pasts: tuple[tuple[Event, ...], ...] = ((), (MET,))
    found = [
        r for past in pasts for seed in range(4) for r in rewrites(Contact("Ivan Misner"), *past, text=text, language=language, seed=seed)
    ]
    read_as = {read(r.text) for r in found}
    near = {"informal"} if form in ("vos", "tu") else set()  # short texts share their words with it
    assert read_as & {form, *near}
    assert read_as <= {form, "any", *near}
    own = set(re.findall(others, text))
    assert not [r.text for r in found if set(re.findall(others, r.text)) - own]


@pytest.mark.parametrize(("text", "form"), [("Gentile Gentile,\n\nhai visto il tuo stand?", "informal"), ("Gentile Gentile,\n\nLe scrivo dopo la fiera, La ricordo bene.", "formal")])
def test_a_name_that_is_a_polite_word_tells_nothing(text: str, form: str) -> None:
    """Who is called "Gentile" is greeted as anybody."""
    pack, lines = LIBRARY.pack("it"), LIBRARY.rewrite_lines("it")
    assert lines is not None
    assert register_of(read_draft(text, pack.wording), pack.words, lines, Contact("Bruno Gentile")) == form
