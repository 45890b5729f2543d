"""A message is cut into greeting, sentences and sign-off without losing a character."""

from coltiva.contacts import Contact
from coltiva.draft import read_draft
from coltiva.rewriting.pieces import Layout, cut
from tests.shipped import LIBRARY


def layout(text: str, language: str = "en", name: str = "Ivan Misner") -> Layout:
    """Cut a message to a contact."""
    pack, lines = LIBRARY.pack(language), LIBRARY.rewrite_lines(language)
    assert lines is not None
    return cut(read_draft(text, pack.wording), pack.words, lines, Contact(name), ())


def test_nothing_is_lost() -> None:
    """Head, pieces with their gaps, and tail make the text again."""
    text = "Subject: Hello\n\nDear Mr Misner, good morning!\n\nOne. (Two?) Three!\n\n“Four.” 🙂\nWith best wishes,\nAnna\n\n> quoted"
    cut_up = layout(text)
    body = "".join(piece.span.of(text) + piece.gap for piece in cut_up.pieces)
    assert cut_up.head + body + cut_up.tail == text


def test_greetings_are_told_from_first_sentences() -> None:
    """A greeting may stand in its own line, before a comma, or twice; words that only begin like one are none."""
    assert layout("Hi Ivan, could you help?").head == "Hi Ivan, "
    assert layout("Dear Mr Misner,\n\nHow are you?").head == "Dear Mr Misner,\n\n"
    assert layout("Prezado Sr. Otávio, bom dia!\n\nTudo bem?", "pt").head == "Prezado Sr. Otávio, bom dia!\n\n"
    assert layout("Dra. Antonieta, muito bom dia.\n\nTudo bem?", "pt").head == "Dra. Antonieta, muito bom dia.\n\n"
    assert layout("Good to meet you at the breakfast in Turin last week. How are you?").head == ""


def test_sign_offs_are_told_from_last_sentences() -> None:
    """Closing lines and names stand apart; a last question or thanks in advance does not."""
    assert layout("Hi Ivan,\nHow are you?\nBest wishes,\nAnna").tail == "Best wishes,\nAnna"
    assert layout("Hi Ivan, how are you? Best, Anna").tail == "Best, Anna"
    assert layout("Hi Ivan,\nWhat now?\nThanks in advance,\nAnna").tail == "Anna"
    assert layout("Lieber Ivan,\nwie geht es?\nGut Wehr!\nNadine", "de").tail == "Gut Wehr!\nNadine"
    assert layout("Hi Ivan, how are you? Thanks in advance!").tail == ""
    closing = "Veuillez agréer, Monsieur le Directeur, l'expression de nos sentiments les plus respectueux."
    assert layout(f"Monsieur,\n\nUne question ?\n\n{closing}", "fr").tail == closing
    society = "Merci du fond du cœur,\nLes Amis de l'orgue de Marville"
    assert layout(f"Chers amis,\n\nUne question ?\n\n{society}", "fr").tail == society
    assert layout("Hallo Frau Sievert, das wäre schön. Ihre Azubis laufen sowieso mit.", "de").tail == ""


def test_sentences_are_cut_where_they_end() -> None:
    """An emoji before a capital ends one; a full stop inside a word or after a short one does not."""
    def pieces(text: str, language: str) -> list[str]:
        return [piece.span.of(text) for piece in layout(text, language, "").pieces]

    assert pieces("Was für ein Fest 🌸 Wenn du magst, komm.", "de") == ["Was für ein Fest 🌸", "Wenn du magst, komm."]
    assert pieces("Sono un perito, cat. protette. Il form.example è qui.", "it") == ["Sono un perito, cat. protette.", "Il form.example è qui."]


def test_a_day_of_a_month_ends_no_sentence() -> None:
    """In "am 27. Mai" the full stop belongs to the number."""
    assert len(layout("Am 27. Mai zeige ich das gern. Danach ist Urlaub.", "de").pieces) == 2
    assert len(layout("Wir sind 27. Das ist viel.", "de").pieces) == 2


def test_a_sign_off_may_hold_signs_between_its_words() -> None:
    """A line such as "Marketing | Soldarte, Lda." under a name belongs to the sign-off."""
    text = "Bom dia, Sr. Lopes,\n\nA página está em linha.\n\nMarta Seabra\nMarketing | Soldarte, Lda."
    assert layout(text, "pt").tail.strip() == "Marta Seabra\nMarketing | Soldarte, Lda."


def test_days_one_after_the_other_end_no_sentence() -> None:
    """In "vom 2., 9. und 16. habe ich" no full stop ends anything."""
    assert len(layout("Auf meine Mails vom 2., 9. und 16. habe ich nichts gehört. Schade.", "de").pieces) == 2


def test_a_closing_stays_without_what_leads_up_to_it() -> None:
    """What waits for an answer goes with the ask, and the formula behind it stays, with a capital."""
    text = "Monsieur,\n\nUne question ?\n\nDans l'attente de votre réponse, je vous prie d'agréer mes salutations."
    assert layout(text, "fr").tail == "Je vous prie d'agréer mes salutations."
    assert layout("Bonjour, une question ? Belle journée !", "fr").tail == "Belle journée !"
    assert layout("hallo frau kern, eine frage? gruß nico", "de").tail == "gruß nico"
    assert layout("hallo frau kern, eine frage? danke dir", "de").tail == ""
    mulled = "Herzlich, Irmi Kolb (die Kassierin vom Glühwein)"
    assert layout(f"Lieber Herr Weigl, eine Frage? {mulled}", "de").tail == mulled


def test_unknown_names_and_double_forms_belong_to_the_greeting() -> None:
    """Who is called by a name that nobody recorded is greeted; a word that begins a sentence is no name."""
    assert layout("Gérald, tu viens ?", "fr", "").head == "Gérald, "
    assert layout("Sali Fabienne, wie geht es dir?", "de", "").head == "Sali Fabienne, "
    assert layout("Honestly, I wonder. And you?", "en", "").head == ""
    assert layout("Ehrlich, das freut mich.", "de", "").head == ""
    assert layout("Sehr geehrte(r) Frau/Herr Müller, wie geht es?", "de", "").head == "Sehr geehrte(r) Frau/Herr Müller, "
    assert layout("Dear Mr(s) Smith, how are you?", "en", "").head == "Dear Mr(s) Smith, "
