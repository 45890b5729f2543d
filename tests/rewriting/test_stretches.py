"""Stretches without marks, and what a fourth reading in Italian, Spanish and Portuguese showed, each by one example."""

from coltiva.contacts import Contact
from coltiva.cues import folded_words
from coltiva.draft import read_draft
from coltiva.linting.finding import Finding, Severity
from coltiva.rewriting.composing import frame_of
from coltiva.rewriting.naming import strangers_in
from coltiva.rewriting.pieces import Layout, Piece, cut
from coltiva.rewriting.stretches import Stretches
from coltiva.spans import Span
from tests.rewriting.close import CLOSE, LIBRARY, layout, texts

MET = {"date": "2026-03-02", "kind": "meeting"}


def split(text: str, language: str, *findings: Finding) -> list[str]:
    """Return the pieces of a message in which *findings* were made."""
    pack, lines = LIBRARY.pack(language), LIBRARY.rewrite_lines(language)
    assert lines is not None
    assert pack.wording.run_ons is not None
    draft = read_draft(text, pack.wording)
    whole = cut(draft, pack.words, lines, Contact(), ())
    parted = Stretches(draft.tokens, pack.wording.run_ons, pack.words, lines).split(whole, findings)
    return [piece.span.of(text) for piece in parted.pieces]


def test_a_lead_in_leaves_what_is_told_before_it() -> None:
    """What leads up to an ask takes only its own words, with the pronoun and the verb that bring it in."""
    assert split("i tostatori sono rimasti muti al mio caffè ma ho una domanda da novellino", "it") == [
        "i tostatori sono rimasti muti al mio caffè",
        "ma ho una domanda da novellino",
    ]


def test_a_lead_in_is_none_behind_a_preposition_and_marks_are_enough() -> None:
    """ "They go home with a question" leads up to nothing; and a message with marks is left as it is cut."""
    assert len(split("en tus talleres la gente llega con ruido y se va con una pregunta", "es")) == 1
    text = "i tostatori sono rimasti muti al mio caffè. E poi al bar parlano ancora oggi ma ho una domanda da novellino"
    assert len(split(text, "it")) == len(layout(text, "it").pieces)


def test_an_unmarked_stretch_keeps_what_it_tells_before_it_asks() -> None:
    """What a sender tells of themselves stays, though no mark parts it from the ask."""
    told, asked = "somos una tienda de barrio con tres mesas y abrimos en mayo", "si conocen a alguien que venda pan me lo presentan"
    text = f"{told} {asked}"
    ask = Finding("ask", "referral", "", Span(len(told) + 1, len(text)), Severity.WARNING, premature=True)
    assert split(text, "es", ask) == [told, asked]


def test_a_stop_stands_where_something_between_goes() -> None:
    """What is left and right of a gap is no one sentence; and a semicolon goes with the space before it."""
    pack, lines = LIBRARY.pack("it"), LIBRARY.rewrite_lines("it")
    assert lines is not None
    parts = ["la sabbia ce l'hai sul serio", "mi presenti qualcuno ;", "com'è finita con il visto"]
    text = " ".join(parts)
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in parts]
    pieces = tuple(Piece(span, " ".join(folded_words(span.of(text))), 0, " ") for span in spans)
    whole = Layout(text, 0, len(text), pieces)
    assert frame_of(whole, "", {1: "ask"}, pack.words, lines).own == f"{parts[0]}. {parts[2]}"
    assert frame_of(whole, "", {0: "ask", 2: "leans"}, pack.words, lines).own == "Mi presenti qualcuno."


def test_nobody_gets_opening_marks_who_types_small_and_sets_none() -> None:
    """A question in a message without marks opens without one."""
    text = "remedios soy tu vecina del cuarto y tengo la casa llena de macetas me presentas a tu jefe del instituto"
    assert not any("¿" in rewrite for rewrite in texts(text, "es", "Remedios Ayuso", history=[MET]))


def test_the_sender_is_no_stranger() -> None:
    """A name behind words that introduce oneself leads up to nobody, nor does a house whose name has an article."""
    for language, text in {
        "en": "Dear Anna, my name is Mario Rossi and I bake bread. Could you introduce me to your chief buyer?",
        "fr": "Bonjour Anna, je m'appelle Mario Rossi et je fais du pain. Pourriez-vous me présenter à votre directeur ?",
        "de": "Guten Tag Anna, ich bin Mario Rossi und backe Brot. Können Sie mich Ihrem Einkauf vorstellen?",
        "it": "Gentile Anna, sono Mario Rossi della trattoria La Pergola e faccio vini. Mi presenterebbe al Suo direttore?",
        "es": "Estimada Anna: le saluda Mario Rossi, de El Salvador. ¿Me presenta a su jefe de compras?",
        "pt": "Olá Anna, o meu nome é Mario Rossi, faço pão. Apresenta-me ao seu chefe?",
    }.items():
        assert all("Mario Rossi" in rewrite for rewrite in texts(text, language, "Anna Neri"))
    lines = LIBRARY.rewrite_lines("it")
    assert lines is not None
    assert strangers_in("Conosci bene Mario Rossi.", Contact(), lines)


def test_greetings_of_several_parts_stay_together() -> None:
    """Pet names, long letters and questions that only greet belong to the greeting."""
    assert layout("Oi, Mirela, tudo bom? Escrevo posts.", "pt", "Mirela Duarte").head == "Oi, Mirela, tudo bom? "
    assert layout("Toñito, guapo, que a mí me cierran el museo.", "es").head == "Toñito, guapo, "
    assert layout("Ermannino mio, il bancale lo carico io.", "it", "Ermanno Negro").head == "Ermannino mio, "
    assert layout("Fabiaaa la torta di ieri era buona.", "it", "Fabiana Greco").head == "Fabiaaa "
    assert layout("Matías, un gusto.\nSomos una fábrica.", "es", "Matías Olivera").head == "Matías, un gusto.\n"


def test_nothing_is_cut_within_brackets() -> None:
    """A long sentence is not parted between two brackets."""
    text = (
        "Yooo Edoardo ho spaccato la vostra app in 4 modi diversi e in uno il bonifico parte a nome di mia nonna "
        "(già segnalato al vostro form eh, tranqui) ti prego, concedimi venti minuti di schermo condiviso giovedì"
    )
    assert all(
        p.span.of(text).count("(") == p.span.of(text).count(")") for p in layout(text, "it", "Edoardo Salvi").pieces
    )


def test_a_memory_stands_before_no_list() -> None:
    """A list begins with its first item."""
    text = "Caro Nuno:\n– Soube pela Elsa que partiu o pulso.\n– Emprestas-me 120 euros para a tese?"
    assert all("Caro Nuno:\n– Soube" in rewrite for rewrite in texts(text, "pt", "Nuno Baptista", history=[MET]))


def test_a_memory_does_not_say_the_senders_next_word() -> None:
    """ "It was a pleasure to see you. It is a pleasure that …" is clumsy."""
    text = "Caro Umberto,\nmi fa piacere che il 4% abbia retto. Mi presti 300 euro?"
    for seed in range(4):
        assert not any(
            r.count("piacere che") + r.count("piacere veder") > 1
            for r in texts(text, "it", "Umberto B", history=[MET], seed=seed)
        )


def test_what_leads_up_stays_where_the_ask_stays() -> None:
    """In a lighter message nothing leans on what has gone."""
    text = (
        "Januário, boa tarde. A nota metodológica está no anexo, com a sua contribuição em negrito. "
        "Preciso de uma carta da sua instituição, escreve-me uma? Só hoje, é a última oportunidade."
    )
    assert all("negrito" in rewrite for rewrite in texts(text, "pt", "Januário Lisboa", history=CLOSE))


def test_a_closing_line_below_an_ask_without_a_mark_stays() -> None:
    """Regards to somebody are no part of what was asked."""
    text = "Gaby buenas tardes, ya deposité la cuota de mayo\nle dejo las cajas a 3.50, anímese y hágame el primer pedidito\nsaludos a su mami"
    assert all(rewrite.endswith("saludos a su mami") for rewrite in texts(text, "es", "Gabriela Ponce"))


def test_a_condition_at_the_end_of_a_cut_sentence_goes_with_the_ask() -> None:
    """"…, and as I have no printer, | I wanted to know whether …": the middle stays not alone."""
    text = (
        "Hola, Constanza, su hijo va súper bien en matemáticas, y como me quedé sin impresora, "
        "quería saber si sería mucha la molestia de imprimirme unas guías gratis en la papelería."
    )
    for rewrite in texts(text, "es", "Constanza Ruiz", history=[MET]):
        assert "impresora" not in rewrite
        assert "va súper bien en matemáticas." in rewrite


def test_what_is_enclosed_is_told_where_no_ask_stands_beside_it() -> None:
    """"I attach the first chapter, as promised" leans on no ask three sentences later."""
    text = (
        "Gentile Valerio, Le allego il primo capitolo come promesso. È la versione definitiva. La storia è ambientata a Ferrara. "
        "Mi presenterebbe a chi organizza il festival di Comacchio?"
    )
    assert all("come promesso" in rewrite for rewrite in texts(text, "it", "Valerio Conti", history=[MET]))


def test_a_closing_behind_a_comma_stays_small_for_who_types_small() -> None:
    """No capital is added to what the sender typed."""
    text = "wilza, abri sala própria no centro, com divã e tudo, você me passa seus clientes que estão na fila de espera, um beijo"
    assert all(rewrite.endswith("um beijo") for rewrite in texts(text, "pt", "Wilza Marinho", history=[MET]))
