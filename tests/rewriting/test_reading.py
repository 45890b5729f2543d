"""What was seen when rewrites in Italian, Spanish and Portuguese were read, each family by one example."""

import re

from tests.rewriting.close import CLOSE, layout, texts

MET = {"date": "2026-03-02", "kind": "meeting", "summary": "Aperitivo"}


def test_brackets_and_slashes_do_not_end_a_greeting() -> None:
    """Both genders at once are one word of a greeting."""
    assert layout("Prezado(a) Gestor(a), estou conduzindo uma pesquisa.", "pt").head == "Prezado(a) Gestor(a), "
    assert layout("Estimado/a Sr./Sra. López: ¿podría ayudarme?", "es").head == "Estimado/a Sr./Sra. López: "
    assert layout("Estimados/as colegas, ¿podrían ayudarme?", "es").head == "Estimados/as colegas, "
    assert layout("Gentile Dott./Dott.ssa Rossi, potrebbe aiutarmi?", "it").head == "Gentile Dott./Dott.ssa Rossi, "


def test_a_name_that_nobody_recorded_greets() -> None:
    """A name before a comma, or after a greeting, stays with the greeting; a word that is no name does not."""
    assert layout("Silvia, ¿vos tenés llegada al productor?", "es").head == "Silvia, "
    assert layout("Hey Giulio 👋 ti seguo da un po'.", "it").head == "Hey Giulio 👋 "
    assert layout("Ó Tozé, tu que andas de táxi, leva-mos à tasca.", "pt").head == "Ó Tozé, "
    assert layout("Chiara ti va di venire?", "it").head == "Chiara "
    assert layout("Fala, Gustavo! Aqui é o Edson.", "pt").head == "Fala, Gustavo! "
    assert layout("Buongiorno Dott.ssa De Santis, in un mercato difficile conta.", "it").head == "Buongiorno Dott.ssa De Santis, "
    assert layout("Luce, gas e internet con una sola bolletta.", "it").head == ""
    assert layout("Deixas-me um comentário na Zomato?", "pt").head == ""
    assert layout("Sou o Tiago, faço instalações.", "pt").head == ""
    assert layout("Domani, se puoi, mi chiami?", "it").head == ""
    assert layout("Sinceramente, no sé a quién preguntar.", "es").head == ""


def test_a_name_at_the_end_signs() -> None:
    """After the last stop a name or a closing of any length is the sign-off; thanks in advance and asks are not."""
    assert layout("Ciao Ada, ne parliamo quando vuoi. Katia della Trattoria", "it").tail == "Katia della Trattoria"
    assert layout("Buenos días. ¿Sabría decirme quién? Gracias. J. Mateos, Elevadores Norte.", "es").tail == "J. Mateos, Elevadores Norte."
    assert layout("Hola, Ana. ¿Cuánto? Un saludo y que vaya bien el curso de Murcia.", "es").tail == "Un saludo y que vaya bien el curso de Murcia."
    assert layout("Olá, Rui. Podes? Obrigado desde já.", "pt").tail == ""
    assert layout("Ciao Ada, mi serve domani. Urgente", "it").tail == ""


def test_senders_who_write_lei_small_get_small_pronouns() -> None:
    """The lines take over how the sender writes the formal pronouns."""
    text = "Buongiorno Fabio,\nho seguito il suo webinar e lei è stato chiarissimo. Mi presenterebbe al suo direttore?\nPaolo"
    for seed in range(8):
        for rewrite in texts(text, "it", seed=seed, history=[MET]):
            inside = [word for sentence in re.split(r"[.?!,\n]\s*", rewrite) for word in sentence.split()[1:]]
            assert not {"Lei", "Le", "La", "Suo", "Sua"} & set(inside)


def test_a_lighter_message_still_says_what_it_asks_about() -> None:
    """Where the ask may stay, what is offered stays too, and the deadline goes."""
    text = (
        "Estimada Luciana:\n\nSomos líderes en software de gestión para residencias. "
        "¿Le vendría bien una llamada de 15 minutos esta semana? La promoción se acaba el viernes.\n\nIsmael"
    )
    for rewrite in texts(text, "es", history=CLOSE):
        assert "software de gestión" in rewrite
        assert "se acaba" not in rewrite


def test_what_leans_on_a_lead_in_goes_with_it() -> None:
    """"They say I am cheeky. Maybe it is true": the second sentence means nothing without the first."""
    text = "Lá em casa dizem que eu sou cara de pau. Vai ver é verdade. Você me apresenta ao dono da loja?"
    assert texts(text, "pt")
    assert not any("verdade" in rewrite for rewrite in texts(text, "pt"))


def test_thanks_for_something_else_stay_after_an_ask() -> None:
    """"And thank you for the rice" says something by itself."""
    text = "passa me o num do teu amigo da grafica? tenho convites para imprimir. e obrigada pelo arroz de marisco, os meus pais ainda falam nisso"
    assert texts(text, "pt", history=[MET])
    assert all("arroz de marisco" in rewrite for rewrite in texts(text, "pt", history=[MET]))


def test_an_address_to_look_up_goes_with_its_ask() -> None:
    """A link after the ask is for whom wants what was asked."""
    text = "Buongiorno Ada, come sta? Ci provi: 14 giorni gratis, poi 12 euro al mese. Il tutorial, due minuti, è qui: prova.example/tut"
    assert texts(text, "it")
    assert not any("prova.example" in rewrite for rewrite in texts(text, "it"))


def test_a_way_out_stands_behind_the_last_question() -> None:
    """Where a plain question follows what is found to ask, the way out follows the question."""
    text = "Alessandra, o padrinho do time desistiu e faltam 1.900 reais pra inscrição. O boleto vence na segunda. A empresa de vocês consegue?"
    found = texts(text, "pt", history=CLOSE)
    assert found
    assert all("consegue? " in rewrite for rewrite in found)


def test_good_questions_after_an_ask_stay() -> None:
    """What somebody asks about the other's family or work is kept, though it follows an ask."""
    text = "Gastón, cerré el estudio viejo y arranco sola. ¿Me presentás a tus clientes? Y contame de la panadería, ¿les sirvió la moratoria?"
    assert texts(text, "es", history=[MET])
    assert any("contame de la panadería" in rewrite for rewrite in texts(text, "es", history=[MET]))


def test_the_article_is_told_from_the_pronoun() -> None:
    """After a greeting "La nostra" is written small and "La invito" is not."""
    opens = "Gentile Dott. Neri, lei è un visionario. "
    closes = " Propongo una demo di 20 minuti, giovedì o venerdì? Solo per oggi a metà prezzo."
    our = texts(f"{opens}La nostra piattaforma taglia i costi.{closes}", "it", history=CLOSE)
    you = texts(f"{opens}La invito a guardare il nostro reel.{closes}", "it", history=CLOSE)
    assert all("Neri, la nostra" in rewrite for rewrite in our)
    assert all("Neri, La invito" in rewrite for rewrite in you)
    assert our
    assert you


def test_nothing_is_said_after_a_farewell() -> None:
    """A way out stands before a sentence that takes leave."""
    text = (
        "Gentile Dott.ssa Fabiani, mi candido per il ruolo di buyer. La Vostra realtà è da sempre per me un punto di riferimento. "
        "Nella speranza che voglia prendere visione del CV allegato, porgo distinti saluti."
    )
    assert all(rewrite.endswith(" CV allegato, porgo distinti saluti.") for rewrite in texts(text, "it", history=CLOSE))


def test_no_capital_and_no_new_line_after_a_greeting_with_a_comma() -> None:
    """A sentence that has become the first is written small after a comma."""
    text = "Hola Daniela, me encanta tu energía. Estamos buscando embajadoras, ¿te gustaría unirte? La oferta acaba hoy."
    assert texts(text, "es", history=CLOSE)
    assert all(rewrite.startswith("Hola Daniela, estamos") for rewrite in texts(text, "es", history=CLOSE))


def test_what_turns_to_something_else_stays_behind_an_ask() -> None:
    """News of people, questions after them and "by the way" stay in the paragraph of an ask; what leans on it goes."""
    kept = {
        "en": "Could you introduce me to your editor? It would only take a line. By the way, the swifts are back over the barn.",
        "it": "Mi presenteresti al tuo editore? Basta una riga. Il gatto sta meglio, si è ripreso del tutto.",
        "es": "¿Me presentas a tu editor? Solo sería una línea. Por fin llovió, el huerto está precioso.",
        "fr": "Tu me présenterais à ton éditeur ? Deux lignes suffisent. Ici il pleut, les enfants ont ressorti les bottes.",
        "de": "Könntest du mich deinem Verleger vorstellen? Eine Zeile reicht. Übrigens, die Schwalben sind wieder da.",
        "pt": "Você me apresenta ao seu editor? Basta uma linha. Já agora, o sol voltou e a praia está cheia.",
    }
    stays = {"en": "swifts", "it": "gatto", "es": "huerto", "fr": "bottes", "de": "Schwalben", "pt": "praia"}
    leans = {"en": "only take", "it": "Basta", "es": "Solo sería", "fr": "suffisent", "de": "Eine Zeile", "pt": "Basta"}
    for language, text in kept.items():
        found = texts(text, language, history=[MET])
        assert found, language
        assert all(stays[language] in rewrite and leans[language] not in rewrite for rewrite in found), (language, found)
