"""Set phrases and praise that fits anyone: what the sender likes stays, or its place is left for what it is."""

import pytest

from coltiva.payloads import request_from_json
from tests.rewriting.close import REVIEWER, TODAY, rewrites, texts

# (language, name, message, what stays of the sentence with the set phrase)
LIKED = [
    (
        "en", "Sarah Lindqvist",
        "Hi Sarah,\n\nWhile browsing I came across your profile and enjoyed your post on barge timetables. I run a chandlery in Hull. "
        "Could you introduce me to your harbour master?\n\nBest,\nTom",
        "I enjoyed your post on barge timetables.",
    ),
    (
        "de", "Martin Vogel",
        "Hallo Herr Vogel,\n\nich bin auf Ihr Profil gestoßen und finde spannend, was Sie bei Vogel Maschinenbau machen. Wir helfen Werkstätten, ihre "
        "Angebote schneller zu schreiben. Hätten Sie nächste Woche 20 Minuten für ein Telefonat?\n\nViele Grüße\nMax Brandt",
        "ich finde spannend, was Sie bei Vogel Maschinenbau machen.",
    ),
    (
        "es", "Carlos Mena",
        "Hola Carlos:\n\nSoy Lucía, diseñadora gráfica. He visto tu perfil y me gustó tu charla sobre los contratos de obra. ¿Podrías recomendarme a "
        "alguien de tu red que necesite un logotipo?\n\nUn saludo,\nLucía",
        "Me gustó tu charla sobre los contratos de obra.",
    ),
]
PRAISED = {
    "en": ("I'm so impressed by your work. I run a chandlery in Hull.", "Could you introduce me to your harbour master?"),
    "it": ("Il suo percorso mi ha molto colpito. Gestisco una bottega a Lodi.", "Potrebbe presentarmi al sindaco?"),
    "es": ("Me ha impresionado mucho su trayectoria. Llevo una tienda en Cádiz.", "¿Podría presentarme al alcalde?"),
    "fr": ("Votre parcours m'a beaucoup inspirée. Je tiens une boutique à Brest.", "Pourriez-vous me présenter au maire ?"),
    "de": ("Ihr Werdegang hat mich sehr beeindruckt. Ich führe einen Laden in Kiel.", "Könnten Sie mich dem Bürgermeister vorstellen?"),
    "pt": ("Fiquei muito impressionado com o seu perfil. Tenho uma loja em Braga.", "Poderia apresentar-me ao presidente?"),
}


@pytest.mark.parametrize(("language", "name", "text", "stays"), LIKED, ids=[case[0] for case in LIKED])
def test_what_the_sender_likes_outlasts_its_set_phrase(language: str, name: str, text: str, stays: str) -> None:
    """Where a set phrase shares its sentence with words that turn to the contact, these stay, with their subject."""
    found = texts(text, language, name)
    assert found
    assert all(stays in rewrite for rewrite in found)


def test_the_parts_of_a_difference_are_those_of_the_message() -> None:
    """What a rewrite shows to go and to come, applied to the message as it was written, gives the rewrite."""
    for language, name, text, _ in LIKED:
        for rewrite in rewrites(text, language, name):
            assert all(change.span.of(text) == change.goes for change in rewrite.changes)
            starts, ends = [0, *(change.span.end for change in rewrite.changes)], [*(change.span.start for change in rewrite.changes), len(text)]
            kept = [text[start:end].strip(" ,.\n") for start, end in zip(starts, ends, strict=True)]
            assert all(part in rewrite.text for part in kept), kept


def test_suggestions_stand_where_the_message_has_its_ask() -> None:
    """Suggestions for an ask replace its own sentence, though the rewrites rest on a message without the set phrase."""
    language, name, text, _ = LIKED[1]
    request = request_from_json({"text": text, "language": language, "contact": {"name": name}, "rewrites": True}, today=TODAY)
    report = REVIEWER.review(request)
    early = [number for number, finding in enumerate(report.findings) if finding.premature]
    assert early
    assert set(report.rewriting.suggestions) == set(early)
    for suggestion in (one for many in report.rewriting.suggestions.values() for one in many):
        assert "Hätten Sie nächste Woche" not in suggestion.in_place(text)
        assert suggestion.in_place(text).startswith("Hallo Herr Vogel,\n\nich bin auf Ihr Profil gestoßen und finde")


@pytest.mark.parametrize("language", PRAISED)
def test_praise_that_fits_anyone_leaves_its_place_to_what_is_liked(language: str) -> None:
    """The first rewrite has a blank for what it is that the sender likes, which is told of; another one has none."""
    told, ask = PRAISED[language]
    praise = told.partition(". ")[0]
    found = rewrites(f"Ada,\n\n{told} {ask}", language, "Ada")
    assert len(found[0].blanks) == 1
    assert found[0].blanks[0] in found[0].text
    assert not any(praise in rewrite.text for rewrite in found)
    assert "noticed" in {change.why for change in found[0].changes if found[0].blanks[0] in change.comes}
    assert not any(rewrite.blanks for rewrite in found[1:])


@pytest.mark.parametrize("language", PRAISED)
def test_the_blank_is_no_suggestion_for_the_ask(language: str) -> None:
    """In the ask's own place nothing is said of what the sender likes: the praise still stands there."""
    told, ask = PRAISED[language]
    request = request_from_json({"text": f"Ada,\n\n{told} {ask}", "language": language, "contact": {"name": "Ada"}, "rewrites": True}, today=TODAY)
    suggestions = [one for many in REVIEWER.review(request).rewriting.suggestions.values() for one in many]
    assert suggestions
    assert not any("[" in one.text for one in suggestions)


@pytest.mark.parametrize("language", PRAISED)
def test_nothing_is_left_open_before_what_stood_before_the_praise(language: str) -> None:
    """The blank stands where the praise stood or nowhere: not before a second greeting or the sender's own name."""
    told, ask = PRAISED[language]
    praise, _, own = told.partition(". ")
    found = rewrites(f"Ada,\n\n{own} {praise}. {ask}", language, "Ada")
    assert found
    assert not any(rewrite.blanks for rewrite in found)


def test_who_writes_is_told_where_nothing_else_stays() -> None:
    """ "Wir helfen …" leans behind an ask; where next to nothing stays, it tells who writes."""
    text = (
        "Hallo Herr Vogel,\n\nich bin auf Ihr Profil gestoßen. Wir helfen Mittelständlern, mit KI ihre Angebotserstellung um 40 % zu beschleunigen. "
        "Hätten Sie nächste Woche 20 Minuten für ein kurzes Telefonat?\n\nViele Grüße\nMax Brandt"
    )
    assert all("elfen Mittelständlern" in rewrite for rewrite in texts(text, "de", "Martin Vogel"))
