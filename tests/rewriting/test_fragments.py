"""What was seen when rewrites in English, French and German were read a fourth time, each family by one example."""

import re

import pytest

from tests.rewriting.close import CLOSE, texts

MET = {"date": "2026-03-02", "kind": "meeting"}


def test_no_condition_stays_alone() -> None:
    """Clauses that a comma ties to the ask go with it, before it and behind it."""
    text = (
        "Herzlichen Glückwunsch zur Wiederwahl, und falls in Ihrer Vereinswerkstatt mal ein Abend frei ist, lassen Sie mich dort kostenlos "
        "an den Rahmen üben, wobei ich für Hinweise, wie man aus so etwas als arbeitsloser Schweißer eine Existenz macht, täglich unter "
        "0176 555 21 40 zu sprechen bin."
    )
    for rewrite in texts(text, "de", "Oliver Trautmann", history=[MET]):
        assert rewrite.startswith("Herzlichen Glückwunsch zur Wiederwahl.")
        assert "falls" not in rewrite
        assert "Existenz" not in rewrite


def test_no_loose_words_stay_before_an_ask() -> None:
    """Neither "dans ce cas," nor "und ganz ehrlich, ich fänd's mega," says anything without the ask."""
    case = (
        "Maître,\n\nNotre cabinet travaille avec de nombreux confrères. Il arrive qu'un dossier vous parvienne sans héritier connu ; dans ce cas, "
        "un simple courriel à l'adresse ci-dessous et nous prenons le relais, sans frais pour votre étude."
    )
    assert all(re.search(r"sans héritier connu\.(?: |\Z)", rewrite) for rewrite in texts(case, "fr", "Hervé Castelnau"))
    shop = (
        "Hallöchen Manu 😊 am 30. Mai feiern wir zehn Jahre Reisebüro, komm einfach auf ein Glas Sekt vorbei, du bist eingeladen 🥂 Und ganz "
        "ehrlich, ich fänd’s mega, wenn du mit 2.000 Euro bei meinem zweiten Laden einsteigen würdest 🙏"
    )
    assert not any("ganz ehrlich" in rewrite for rewrite in texts(shop, "de", "Manuela Graf", history=[MET]))


def test_a_line_stands_before_the_closing_above_a_postscript() -> None:
    """Where the postscript goes, nothing is said behind the name."""
    text = "Hi Ivan, I run a small sail loft in Genoa.\n\nBest,\nAnna\n\nPS Could you introduce me to Richard Branson?"
    assert all(rewrite.endswith("\n\nBest,\nAnna") for rewrite in texts(text, "en", "Ivan Misner"))


def test_the_last_item_of_a_list_gets_no_stop() -> None:
    """A line after a list stands in a line of its own."""
    text = "Guten Tag Frau Haus, meine Eckdaten:\n- examiniert seit 2012\n- Zusatz Praxisanleitung\nHätten Sie in Ihrer Verwaltung eine Stelle für mich?"
    assert all(re.search(r"- Zusatz Praxisanleitung(?:\n|\Z)", rewrite) for rewrite in texts(text, "de", "Kornelia Haus"))


def test_a_list_is_no_closing() -> None:
    """Items go with the sentence that announces them."""
    text = "Frau Stadelmann, für Ihre Ablage, man weiss ja nie, welcher Mandant gerade ein neues Kassensystem braucht:\n- Prospekt „Tasta 5“, PDF, 4 Seiten\n- Visitenkarte, doppelseitig"
    assert not any("Visitenkarte" in rewrite for rewrite in texts(text, "de", "Karin Stadelmann"))


def test_who_signs_with_a_trade_keeps_it() -> None:
    """A name with what its bearer does signs."""
    text = "Bonjour. Vos grumes m'intéressent. Le commercial pour l'Europe, ça se passe comment pour avoir son WhatsApp ? Rutger, ébéniste"
    assert all(rewrite.endswith(" Rutger, ébéniste") for rewrite in texts(text, "fr", "Fidèle Kabamba"))


def test_kind_set_phrases_and_who_led_there_stay() -> None:
    """Thanks for the contact stay, and in a lighter message who spoke of it."""
    added = "Merci pour l'ajout, Maroussia !\nP.S. Serait-il possible de passer nos flyers à vos clients ?"
    assert all(rewrite.startswith("Merci pour l'ajout, Maroussia !") for rewrite in texts(added, "fr", "Maroussia Klein"))
    told = "Guten Tag Frau Hirsch, Frau Amsel hat mir erzählt, dass Ihnen mein Vortrag gefallen hat. Formulieren Sie mir daraus bis Freitag eine Kundenstimme für meine Homepage?"
    assert all("Frau Amsel" in rewrite for rewrite in texts(told, "de", "Jana Hirsch", history=CLOSE))


def test_no_turn_after_a_memory_of_the_senders() -> None:
    """"So much for me" says nothing after words that recall a meeting."""
    text = "Liebe Frau Krahwinkel,\n\nwir hatten uns über Gebärdensprache unterhalten. Wird im Herbst vielleicht ein Kurs frei, den ich leiten könnte?"
    assert not any("Seite" in rewrite or "zu Ihnen" in rewrite for rewrite in texts(text, "de", "Isolde Krahwinkel", history=[MET]))


def test_german_is_written_small_after_a_greeting_that_a_polite_pronoun_follows() -> None:
    """"Sie" is always written large, so that it does not tell how the sender begins."""
    text = "Hallo Herr Kern,\n\nSie bauen doch Schränke aus Lärche. Könnten Sie mich Ihrer Chefin vorstellen?"
    long_ago = MET | {"date": "2023-03-02"}
    firsts = {rewrite.split(",\n\n")[1].split()[0] for seed in range(6) for rewrite in texts(text, "de", "Markus Kern", history=[long_ago], seed=seed)}
    added = firsts - {"Sie"}
    assert added
    assert all(word[0].islower() for word in added), added


def test_a_company_named_in_one_word_with_its_kind_is_left_out() -> None:
    """"Bei Weinbauschule Krems" lacks its article."""
    text = "Sehr geehrte Frau Doktor, mein Fass 7 stinkt nach Eiern. Könnten Sie mich jemandem vorstellen?"
    contact = {"name": "Maria Loibichler", "company": "Weinbauschule Krems"}
    assert not any("bei Weinbauschule" in r for seed in range(4) for r in texts(text, "de", "", contact=contact, seed=seed))


# (language, a frame of what somebody does, what the ask is put into)
FRAMES = [
    ("it", "Nell'ambito della nostra raccolta per il nuovo parco di Padova", "potrebbe presentarmi qualcuno della banca?"),
    ("es", "En el marco de mi tesis de máster en la universidad de León", "podría presentarme a alguien del banco?"),
    ("fr", "Dans le cadre de mon mémoire de master à l'université de Dijon", "pourriez-vous me présenter à quelqu'un de la banque ?"),
    ("de", "Im Rahmen meiner Masterarbeit an der Universität Kassel", "könnten Sie mich jemandem von der Bank vorstellen?"),
    ("pt", "Na sequência da nossa conversa no congresso de Lisboa", "proponho-lhe uma videochamada na quinta às 14h30."),
]


@pytest.mark.parametrize(("language", "frame", "ask"), FRAMES, ids=[language for language, _, _ in FRAMES])
def test_within_what_something_is_done_does_not_stay_alone(language: str, frame: str, ask: str) -> None:
    """ "As part of my thesis" is no sentence: it goes with the ask."""
    assert all(frame not in rewrite for rewrite in texts(f"Ada hallo. {frame}, {ask}", language, "Ada"))
