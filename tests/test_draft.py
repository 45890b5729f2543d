"""The author's own words are told from quoted mail and signatures; sentences know their questions."""

import pytest

from coltiva.draft import read_draft
from coltiva.tokens import Wording
from tests.shipped import LIBRARY


def own_text(text: str) -> str:
    """Return the words that count as the author's own."""
    return " ".join(read_draft(text, Wording()).tokens.words)


@pytest.mark.parametrize("header", [
    "On Mon, 4 May 2026 at 10:00, Ann Lee <ann@example.org> wrote:", "Il giorno lun 4 mag 2026 Anna Neri <a@example.it> ha scritto:",
    "Am Mo., 4. Mai 2026 schrieb Anna Schwarz:", "Le lun. 4 mai 2026 à 10:00, Anne Noir a écrit :",
    "El lun, 4 may 2026, Ana Negro escribió:", "Em seg., 4 de mai. de 2026, Ana Preto escreveu:",
    "-----Original Message-----", "From: Ann Lee\nSent: Monday",
])
def test_quoted_mail_is_not_the_authors(header: str) -> None:
    """Everything below a mail program's header is left out."""
    assert own_text(f"thank you\n\n{header}\n> please introduce me") == "thank you"


def test_quoted_lines_and_signatures_are_left_out() -> None:
    """Lines that begin with > and what follows the signature mark do not count; the rest between does."""
    assert own_text("one\n> two\nthree\n-- \nfour") == "one three"


def test_sentences_know_their_place_and_question() -> None:
    """Each sentence covers its words without the closing mark, and a question mark belongs to its own sentence."""
    text = "Hi Ann. How are you? Fine"
    draft = read_draft(text, Wording())
    assert [(s.span.of(text), s.question) for s in draft.sentences] == [("Hi Ann", False), ("How are you", True), ("Fine", False)]


def test_words_quoted_from_somebody_are_marked() -> None:
    """Four quoted words or more are somebody else's; a quoted title of two is not."""
    text = 'You wrote "please introduce me to Bob" about "Big Idea"'
    assert [s.of(text) for s in read_draft(text, Wording()).quoted] == ['"please introduce me to Bob"']


@pytest.mark.parametrize(("language", "text", "sentences"), [
    ("de", "Erwähnen Sie unsere Eröffnung am 11. Juli bitte. Danke!", ["Erwähnen Sie unsere Eröffnung am 11. Juli bitte", "Danke"]),
    ("de", "Hast du am 3. oder 4. noch Zeit? Ich wohne im 2. Stock.", ["Hast du am 3. oder 4. noch Zeit", "Ich wohne im 2. Stock"]),
    ("de", "Die Prüfung ist am 19. Vielen Dank dir.", ["Die Prüfung ist am 19", "Vielen Dank dir"]),
    ("de", "Wir bauen z.B. Stege, evtl. Häuser, in Nr. 5 und für Fr. Moser.", ["Wir bauen z.B. Stege, evtl. Häuser, in Nr. 5 und für Fr. Moser"]),
    ("en", "Bring a guest, e.g. Anna. It starts at 7. Can you come?", ["Bring a guest, e.g. Anna", "It starts at 7", "Can you come"]),
    ("es", "¿Podría Ud. Don Luis, decirme si D. Juan viene? Gracias.", ["Podría Ud. Don Luis, decirme si D. Juan viene", "Gracias"]),
    ("pt", "Falei com o Prof. Dr. Nunes e a Profa. Ana. Obrigada.", ["Falei com o Prof. Dr. Nunes e a Profa. Ana", "Obrigada"]),
])
def test_ordinals_and_abbreviations_end_no_sentence(language: str, text: str, sentences: list[str]) -> None:
    """Nor where the short word stands for a longer one, or is written with full stops inside; a number alone ends one."""
    draft = read_draft(text, LIBRARY.pack(language).wording)
    assert [sentence.span.of(text) for sentence in draft.sentences] == sentences
