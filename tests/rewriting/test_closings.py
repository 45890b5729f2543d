"""Closings at the end of a message, behind an ask: they stay, whatever goes before them."""

from __future__ import annotations

import pytest

from tests.rewriting.close import layout, texts


@pytest.mark.parametrize(("language", "text", "closing"), [
    ("en", "Dear Ada, could you lend us the hall? With gratitude, Marian Leigh, Curator of Medicine", "With gratitude, Marian Leigh, Curator of Medicine"),
    ("en", "Hi Ada, could you pass my number on? Regards, Balbir Sahota, Gen. Sec.", "Regards, Balbir Sahota, Gen. Sec."),
    ("en", "Hi Ada, can you share this? Beto Garza 361-555-0139", "Beto Garza 361-555-0139"),
    ("it", "Gentile Ada, potrebbe leggerlo? Con osservanza, Elio Carrieri.", "Con osservanza, Elio Carrieri."),
    ("it", "Ciao Ada, me lo presenti? Lucia dell'assicurazione", "Lucia dell'assicurazione"),
    ("it", "Ciao Ada, me lo presenti? Renzo 338 0000000", "Renzo 338 0000000"),
    ("es", "Hola Ada, ¿me lo presentas? Un apapacho desde Boca del Río.", "Un apapacho desde Boca del Río."),
    ("fr", "Bonjour Ada, pouvez-vous le relire ? Daignez agréer, Madame, l'hommage de mon respect. Salutations distinguées.", "Salutations distinguées."),
    ("fr", "Salut Ada, tu me le présentes ? À la revoyure, mon Claude.", "À la revoyure, mon Claude."),
    ("de", "Liebe Ada, stellst du mich vor? Mit ergebenen Grüßen, Ihr Leopold Nimmervoll", "Mit ergebenen Grüßen, Ihr Leopold Nimmervoll"),
    ("de", "Hallo Ada, stellst du mich vor? Holger vom Maschinenring", "Holger vom Maschinenring"),
    ("pt", "Olá Ada, apresentas-me? Nilson das abelhas", "Nilson das abelhas"),
    ("pt", "Olá Ada, apresentas-me? Boas leituras!", "Boas leituras!"),
    ("fr", "Madame,\n\nPourriez-vous le relire ?\n\nDaignez agréer, Madame, l'hommage de notre respect.\n\nLe bureau", "Daignez agréer, Madame, l'hommage de notre respect.\n\nLe bureau"),
    ("pt", "Exma. Doutora,\n\nPoderia escrever-nos um texto?\n\nCom os melhores cumprimentos,\nRui, Iara e Bia (e o professor Aníbal, que só corrigiu as vírgulas)",
     "Com os melhores cumprimentos,\nRui, Iara e Bia (e o professor Aníbal, que só corrigiu as vírgulas)"),
])
def test_the_last_words_take_leave(language: str, text: str, closing: str) -> None:
    """Formulas that are not at their beginning, names with a house, a trade or a number."""
    assert layout(text, language).tail.strip().endswith(closing)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Hi Ada, could you help? The offer ends on 12 May 2026"),
    ("it", "Ciao Ada, mi aiuti? Scade il 30"),
    ("en", "Hi Ada, could you help? Budget 15.000"),
    ("de", "Hallo Ada, hilfst du mir? Einsendeschluss 12.05.2026"),
    ("de", "Hallo Ada, hilfst du mir? Danach ist Urlaub."),
    ("es", "Hola Ada, ¿me ayudas? Faltan 340 euros"),
    ("fr", "Salut Ada, tu m'aides ? Il reste 12 places"),
    ("pt", "Olá Ada, ajudas-me? Faltam 20 lugares"),
])
def test_what_says_something_does_not_take_leave(language: str, text: str) -> None:
    """A deadline or a number behind an ask is no signature."""
    assert layout(text, language).tail.strip() == ""


@pytest.mark.parametrize(("language", "text", "closing"), [
    ("pt", "Ajudas-me até dia 31, Ada? Faço páginas. Estou em Portimão. Já entreguei sete. Cumprimentos, Telmo.", "Cumprimentos, Telmo."),
    ("fr", "Madame, pouvez-vous venir le 10 juin ? Le repas est prévu. Respectueusement.", "Respectueusement."),
    ("de", "Hallo Ada, hilfst du mir? Es dauert nicht lang. Mit vorzüglicher Hochachtung, Mag. Rupert Kolar", "Mit vorzüglicher Hochachtung, Mag. Rupert Kolar"),
])
def test_only_the_closing_takes_leave(language: str, text: str, closing: str) -> None:
    """What stands before the formula, in sentences of its own, is no part of it."""
    assert layout(text, language).tail.strip() == closing


@pytest.mark.parametrize(("language", "text", "closing"), [
    ("en", "Hi Ada, I study law. Could you read my paper? Many thanks for your time, Aisha Khan", "Many thanks for your time, Aisha Khan"),
    ("it", "Ciao Ada, studio legge. Me lo leggi? Intanto piacere di entrare in contatto, Omar", "Intanto piacere di entrare in contatto, Omar"),
    ("es", "Hola Ada, estudio derecho. ¿Me lo lees? Que tengas buen otoño, Joana.", "Que tengas buen otoño, Joana."),
    ("fr", "Salut Ada, je fais du miel. Tu le goûtes ? Les abeilles te saluent, Firmin", "Les abeilles te saluent, Firmin"),
    ("de", "Hallo Ada, ich studiere. Liest du es? Dank dr, Wendel", "Dank dr, Wendel"),
    ("pt", "Olá Ada, estudo direito. Lês isto? Um quebra-costela, Nico", "Um quebra-costela, Nico"),
])
def test_a_short_sentence_that_is_signed_takes_leave(language: str, text: str, closing: str) -> None:
    """Whatever it says, the name behind its comma makes it the last that is said."""
    assert layout(text, language, "Ada").tail.strip() == closing


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Hi, I study law. Could you read my paper? It would mean a lot, Ada"),
    ("es", "Hola, estudio derecho. ¿Me lo lees? Gracias por escribirnos, Ada."),
    ("de", "Hallo, hilfst du mir? Ich brauch eins bis Oktober, Pflicht."),
    ("en", "Hi Ada, could you help? We meet in the old hall behind the church of the saints, Leeds"),
])
def test_who_is_spoken_to_signs_nothing(language: str, text: str) -> None:
    """The contact's own name, a noun, and what closes a long sentence are no signature."""
    assert layout(text, language, "Ada").tail.strip() == ""


@pytest.mark.parametrize(("language", "text", "word"), [
    ("it", "Ciao Ada! Mi daresti un parere sul mio libro? Un abbraccio, Bea", "abbracci"),
    ("es", "Hola Ada: ¿me darías tu opinión sobre mi libro? Un saludo, Bea", "salud"),
    ("de", "Liebe Ada, würdest du mir deine Meinung zu meinem Buch sagen? Viele Grüße, Bea", "grüß"),
    ("pt", "Olá Ada, davas-me a tua opinião sobre o meu livro? Um abraço, Bea", "abraço"),
])
def test_no_line_says_what_the_closing_says(language: str, text: str, word: str) -> None:
    """Whatever the turn of the lines: above "Un abbraccio" nobody is hugged."""
    for seed in range(12):
        for rewrite in texts(text, language, "Ada", seed=seed):
            assert rewrite.lower().count(word) == 1, rewrite


@pytest.mark.parametrize(("language", "text", "tail"), [
    ("en", "Hi Ada,\n\nThe mill runs.\n\nBest,\nTom\n\nUnsubscribe", "Best,\nTom\n\nUnsubscribe"),
    ("it", "Ciao Ada,\n\nil mulino gira.\n\nA martedì,\nFabio di Cinque righe\n\nRicevi questa email perché il tuo indirizzo è pubblico.",
     "A martedì,\nFabio di Cinque righe\n\nRicevi questa email perché il tuo indirizzo è pubblico."),
    ("es", "Hola Ada:\n\nEl molino va.\n\nUn saludo,\nPilar\n\nRecibes este correo por tu trabajo.\nBaja en un clic", "Un saludo,\nPilar\n\nRecibes este correo por tu trabajo.\nBaja en un clic"),
    ("fr", "Bonjour Ada,\n\nLe moulin tourne.\n\nCordialement,\nLe conseil du Perron ASBL\nSe désinscrire", "Cordialement,\nLe conseil du Perron ASBL\nSe désinscrire"),
    ("de", "Hallo Ada,\n\ndie Mühle läuft.\n\nViele Grüße\nUwe\n\nDiese Nachricht wurde automatisch an alle versendet.", "Viele Grüße\nUwe\n\nDiese Nachricht wurde automatisch an alle versendet."),
    ("pt", "Olá Ada,\n\no moinho anda.\n\nUm abraço,\nNico\n\nRecebeu este e-mail porque se inscreveu.", "Um abraço,\nNico\n\nRecebeu este e-mail porque se inscreveu."),
])
def test_what_a_program_wrote_below_hides_no_signature(language: str, text: str, tail: str) -> None:
    """Closing and signature are seen above it, so that nothing is said below them and no name is lost."""
    assert layout(text, language, "Ada").tail == tail


def test_a_footer_that_is_asked_for_is_no_footer() -> None:
    """Where the ask itself speaks of it, it is the body's."""
    asked = "Hi Ada,\n\nThe mill runs.\n\nBest,\nTom\n\nCould you tell me who I must ask to unsubscribe from the guild's mails, and could you introduce me to them?"
    assert all("introduce me" not in rewrite for rewrite in texts(asked, "en", "Ada"))


@pytest.mark.parametrize(("language", "text", "tail"), [
    ("it", "Caro Hans,\n\nil maestrale soffia.\n\nTanti cari saluti da tutta la famiglia,\nAssunta e Cosimo Greco", "Tanti cari saluti da tutta la famiglia,\nAssunta e Cosimo Greco"),
    ("it", "Gentile Ada,\n\nho finito il corso.\n\nRingrazio e saluto cordialmente.\nGiulia Widmann", "Ringrazio e saluto cordialmente.\nGiulia Widmann"),
    ("es", "Hola Eva:\n\nEl taller va bien.\n\nMuchos abrazos para toda la familia,\nPilar", "Muchos abrazos para toda la familia,\nPilar"),
    ("de", "Hallo Eva,\n\ndie Mühle läuft.\n\nEs grüßt mit besten Grüßen aus dem Allgäu\nUwe", "Es grüßt mit besten Grüßen aus dem Allgäu\nUwe"),
    ("en", "Hi Eva,\n\nWhat about the price? I asked twice with regards to that, and nobody has told me anything yet.\nTom", "Tom"),
])
def test_a_few_words_that_take_leave_above_the_name_are_its_closing(language: str, text: str, tail: str) -> None:
    """Whoever else they name; a longer sentence that only holds such a word is none."""
    assert layout(text, language, "Eva").tail == tail


def test_doubled_capitals_end_no_sentence() -> None:
    """Spanish doubles the letters of plurals: RR. HH., EE. UU."""
    pieces = layout("Hola Eva:\n\nAyudo a equipos de RR. HH. que no dan abasto. Trabajo en los EE. UU. desde mayo.\n\nPilar", "es", "Eva").pieces
    assert len(pieces) == 2
