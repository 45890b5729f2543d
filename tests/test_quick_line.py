"""A line of history is read as a person means it."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from coltiva.library import LANGUAGES, Library
from coltiva.quick_line import QuickLine, read_quick_line

THURSDAY = date(2026, 5, 14)


def read(library: Library, line: str) -> QuickLine:
    """Return what *line* records, typed on a Thursday."""
    numbers = count(1)
    return read_quick_line(line, THURSDAY, library.quick_line_words("en"), lambda: f"i{next(numbers)}")


@pytest.mark.parametrize(
    ("line", "events"),
    [
        ("met at BNI", [("2026-05-14", "meeting", "both", "met at BNI")]),
        ("Called yesterday, talked about sailing", [("2026-05-13", "call", "both", "Called yesterday"), ("2026-05-13", "call", "both", "talked about sailing")]),
        ("met on Tuesday and gave her the chart", [("2026-05-12", "meeting", "both", "met on Tuesday"), ("2026-05-12", "gave", "sent", "gave her the chart")]),
        ("lunch with Ivan, Anna and Bo on 3 March", [("2026-03-03", "meeting", "both", "lunch with Ivan, Anna and Bo on 3 March")]),
        ("they asked for the slides", [("2026-05-14", "was_asked", "received", "they asked for the slides")]),
        ("asked for an introduction; wrote again 2026-04-30", [("2026-04-30", "asked", "sent", "asked for an introduction"), ("2026-04-30", "message", "sent", "wrote again 2026-04-30")]),
        ("introduced me to a client", [("2026-05-14", "received", "received", "introduced me to a client")]),
        ("they replied", [("2026-05-14", "message", "received", "they replied")]),
        ("met Thursday", [("2026-05-14", "meeting", "both", "met Thursday")]),
    ],
)
def test_events(library: Library, line: str, events: list[tuple[str, str, str, str]]) -> None:
    """What happened, when, and who acted."""
    found = read(library, line)
    assert [(e.date.isoformat(), e.kind.value, e.direction.value, e.summary) for e in found.events] == events
    assert (found.promises, found.notes) == ((), ())


@pytest.mark.parametrize(
    ("line", "text", "by_user", "due"),
    [
        ("promised the report by Friday", "the report", True, "2026-05-15"),
        ("promised a book", "a book", True, None),
        ("they promised an answer until 1 June", "an answer", False, "2026-06-01"),
        ("I will send the slides tomorrow", "send the slides tomorrow", True, "2026-05-15"),
        ("promised to stand by her", "to stand by her", True, None),
    ],
)
def test_promises(library: Library, line: str, text: str, by_user: bool, due: str | None) -> None:
    """Who owes what, and until when."""
    (promise,) = read(library, line).promises
    assert (promise.text, promise.by_user, promise.due_on and promise.due_on.isoformat()) == (text, by_user, due)


def test_the_line_of_the_page(library: Library) -> None:
    """A meeting and a promise in one line; the day of the promise is not the day of the meeting."""
    found = read(library, "met at BNI, promised the report by Friday")
    assert [(e.kind.value, e.date) for e in found.events] == [("meeting", THURSDAY)]
    assert [(p.text, p.made_on, p.due_on) for p in found.promises] == [("the report", THURSDAY, date(2026, 5, 15))]


@pytest.mark.parametrize("line", ["likes old maps, and sails", "note: met her father once", "🌱"])
def test_anything_else_is_a_note(library: Library, line: str) -> None:
    """A line that says nothing that happened is kept whole, as a note; nothing typed is lost."""
    found = read(library, line)
    assert (found.events, found.promises) == ((), ())
    assert [n.text for n in found.notes] == [line]
    assert read(library, "  ").notes == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_each_language(library: Library, language: str) -> None:
    """The line that the page shows as an example is a meeting today and a promise by Friday."""
    words = library.quick_line_words(language)
    found = read_quick_line(words.example, THURSDAY, words, lambda: "i")
    assert [(e.kind.value, e.date) for e in found.events] == [("meeting", THURSDAY)]
    assert [(p.by_user, p.due_on) for p in found.promises] == [(True, date(2026, 5, 15))]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("language", "line", "read_as"),
    [
        ("en", "I met Ivan, she promised the list by Monday", ["meeting both 05-14", "they: the list 05-18"]),
        ("en", "Yesterday we talked and he gave me a hint", ["call both 05-13", "received received 05-13"]),
        ("en", "she wrote", ["message received 05-14"]),
        ("en", "promised to stand by her by Friday", ["you: to stand by her 05-15"]),
        ("en", "I replied, and she answered", ["message sent 05-14", "message received 05-14"]),
        ("en", "yesterday replied", ["message received 05-13"]),
        ("en", "I'll send the book by Monday", ["you: send the book 05-18"]),
        ("en", "promised him the report by Friday", ["you: the report 05-15"]),
        ("it", "gli ho risposto", ["message sent 05-14"]),
        ("it", "mi hanno risposto", ["message received 05-14"]),
        ("es", "le he respondido y me ha contestado", ["message sent 05-14", "message received 05-14"]),
        ("es", "tomamos café ayer", ["meeting both 05-13"]),
        ("fr", "je lui ai répondu, il a répondu", ["message sent 05-14", "message received 05-14"]),
        ("de", "habe ihm geantwortet", ["message sent 05-14"]),
        ("de", "hat noch nicht geantwortet", ["note"]),
        ("it", "non ha risposto", ["note"]),
        ("de", "Ivan hat geantwortet", ["message received 05-14"]),
        ("pt", "respondi ontem e ele respondeu", ["message sent 05-13", "message received 05-13"]),
        ("it", "Ieri l'ho chiamata, mi ha promesso una presentazione entro lunedì", ["call both 05-13", "they: una presentazione 05-18"]),
        ("it", "ho scritto e ha risposto", ["message sent 05-14", "message received 05-14"]),
        ("it", "pranzo con Ivan, Anna e Bo il 3 marzo", ["meeting both 03-03"]),
        ("it", "mi ha chiesto le slide", ["was_asked received 05-14"]),
        ("it", "gli ho presentato un cliente", ["gave sent 05-14"]),
        ("it", "le piacciono le mappe e la vela", ["note"]),
        ("es", "Ayer la llamé y me pidió el folleto", ["call both 05-13", "was_asked received 05-13"]),
        ("es", "le prometi el informe para el 1 de junio", ["you: el informe 06-01"]),
        ("es", "me ha presentado a un cliente", ["received received 05-14"]),
        ("es", "reunión esta mañana", ["meeting both 05-14"]),
        ("es", "ella prometió llamar mañana", ["they: llamar mañana 05-15"]),
        ("fr", "Hier, déjeuner avec Ivan et Anna", ["meeting both 05-13"]),
        ("fr", "j'ai promis d'envoyer la carte avant le 1er juin", ["you: d'envoyer la carte 06-01"]),
        ("fr", "elle m’a promis une réponse d'ici lundi", ["they: une réponse 05-18"]),
        ("fr", "je l'ai appelé et il m'a recommandé", ["call both 05-14", "received received 05-14"]),
        ("de", "habe Ivan am Dienstag angerufen, sie hat mir die Liste bis Montag versprochen", ["call both 05-12", "they: die Liste 05-18"]),
        ("de", "den Bericht und das Buch bis Freitag versprochen", ["you: den Bericht und das Buch 05-15"]),
        ("de", "am 3. März um eine Vorstellung gebeten", ["asked sent 03-03"]),
        ("de", "Kaffee mit Ivan am 3. März", ["meeting both 03-03"]),
        ("de", "hat mich um eine Empfehlung gebeten", ["was_asked received 05-14"]),
        ("de", "habe um ein Gespräch gebeten und ihm das Buch geschickt", ["asked sent 05-14", "gave sent 05-14"]),
        ("de", "mag alte Karten und segelt", ["note"]),
        ("pt", "Ontem liguei e ela pediu o folheto", ["call both 05-13", "was_asked received 05-13"]),
        ("pt", "prometi o relatório até 1º de junho", ["you: o relatório 06-01"]),
        ("pt", "ela prometeu uma resposta até segunda-feira", ["they: uma resposta 05-18"]),
        ("pt", "almoço com Ivan na terça-feira", ["meeting both 05-12"]),
        ("pt", "apresentou-me um cliente", ["received received 05-14"]),
        ("en", "on Tuesday we met", ["meeting both 05-12"]),
        ("en", "14/5 called her", ["call both 05-14"]),
        ("en", "last week we talked", ["call both 05-07"]),
        ("en", "I'm meeting Ivan on Friday", ["you: I'm meeting Ivan 05-15"]),
        ("en", "met at BNI, lunch with her next week", ["meeting both 05-14", "you: lunch with her next week 05-21"]),
        ("en", "she will call me on Monday", ["they: call me 05-18"]),
        ("it", "il 4/5 visti al BNI", ["meeting both 05-04"]),
        ("it", "la settimana scorsa ci siamo sentiti", ["call both 05-07"]),
        ("it", "ci vediamo martedì", ["you: ci vediamo martedì 05-19"]),
        ("it", "tre giorni fa l'ho chiamata", ["call both 05-11"]),
        ("es", "el martes pasado comida con Ivan", ["meeting both 05-12"]),
        ("es", "hace tres días nos vimos", ["meeting both 05-11"]),
        ("es", "lo llamo mañana", ["you: lo llamo mañana 05-15"]),
        ("fr", "la semaine dernière, je l'ai appelé", ["call both 05-07"]),
        ("fr", "rencontré le 13/5", ["meeting both 05-13"]),
        ("fr", "on se voit mardi", ["you: on se voit mardi 05-19"]),
        ("de", "letzte Woche habe ich sie angerufen", ["call both 05-07"]),
        ("de", "Bericht bis 20.5. versprochen", ["you: Bericht 05-20"]),
        ("de", "treffe Ivan am Dienstag", ["you: treffe Ivan 05-19"]),
        ("pt", "na semana passada liguei", ["call both 05-07"]),
        ("pt", "nos encontramos em 13/5", ["meeting both 05-13"]),
        ("pt", "vou ligar amanhã", ["you: vou ligar amanhã 05-15"]),
    ],
)
def test_lines_of_each_language(library: Library, language: str, line: str, read_as: list[str]) -> None:
    """Who acted, what, and when, with and without accents, pronouns and a day at the beginning."""
    found = read_quick_line(line, THURSDAY, library.quick_line_words(language), lambda: "i")
    said = [f"{e.kind} {e.direction} {e.date:%m-%d}" for e in found.events]
    said += [f"{'you' if p.by_user else 'they'}: {p.text} {p.due_on:%m-%d}" for p in found.promises if p.due_on]
    said += ["note" for _ in found.notes]
    assert said == read_as
