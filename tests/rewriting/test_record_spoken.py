"""What the record holds is said in each of the six languages alike, and named as what the rewrite rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind, Note, Promise
from coltiva.rewriting import Rewrite
from tests.rewriting.test_record import ASKS, MET, rewrites
from tests.shipped import LIBRARY

IVAN = Contact("Ivan Misner")
GIFT = Event("g1", date(2026, 4, 2), EventKind.RECEIVED, Direction.RECEIVED)
CALL = Event("c1", date(2026, 4, 9), EventKind.CALL, Direction.BOTH)
WISH = Event("w1", date(2026, 3, 20), EventKind.WAS_ASKED, Direction.RECEIVED, "", "introduction")
# What the user wrote down, and the words of it that a line may take over.
RECORDED = {
    "en": ("Introduced me to Marta", "the introduction", "an introduction", "the list of suppliers", "loves wooden boats", "wooden boats"),
    "it": ("Mi ha presentato Marta", "la presentazione", "una presentazione", "la lista dei fornitori", "ama le barche di legno", "barche di legno"),
    "es": ("Me presentó a Marta", "la presentación", "una presentación", "la lista de proveedores", "le gustan los barcos de madera", "barcos de madera"),
    "fr": ("M'a présenté à Marta", "la mise en relation", "une mise en relation", "la liste des fournisseurs", "aime les bateaux en bois", "bateaux en bois"),
    "de": ("Hat mich Marta vorgestellt", "die Vorstellung", "eine Vorstellung", "die Liste der Lieferanten", "mag Holzboote", "Holzboote"),
    "pt": ("Apresentou-me à Marta", "a apresentação", "uma apresentação", "a lista de fornecedores", "gosta de barcos de madeira", "barcos de madeira"),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One rewrite, and the grounds of its lines."""

    rewrite: Rewrite
    grounds: frozenset[str]


def told(language: str, contact: Contact, *history: Event) -> list[Told]:
    """Return the rewrites of an ask for an introduction, over some of the lines that may come first."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    ground = {line.id: line.ground for group in lines.lines.values() for line in group}
    found = [r for seed in range(4) for r in rewrites(contact, *history, text=ASKS[language], language=language, seed=seed)]
    assert found
    return [Told(r, frozenset(ground[line] for line in r.lines)) for r in found]


def resting_on(found: list[Told], ground: str) -> list[Rewrite]:
    """Return the rewrites that speak from a ground."""
    return [one.rewrite for one in found if ground in one.grounds]


@pytest.mark.parametrize("language", RECORDED)
def test_a_gift_is_thanked_for_once(language: str) -> None:
    """One without thanks yet comes first and is named; after a call since then it is only remembered."""
    gift = replace(GIFT, summary=RECORDED[language][0])
    found = told(language, IVAN, MET, gift)
    assert found[0].rewrite.strategy == "give_first"
    assert all("g1" in r.uses for r in resting_on(found, "unthanked"))
    assert any(RECORDED[language][1] in r.text for r in resting_on(found, "unthanked"))
    assert not resting_on(found, "received")
    later = told(language, IVAN, MET, gift, CALL)
    assert resting_on(later, "received")
    assert not resting_on(later, "unthanked")


@pytest.mark.parametrize("language", RECORDED)
def test_a_promise_is_kept_first(language: str) -> None:
    """An open one is named, an overdue one is owned up to, a kept one left alone."""
    promise = Promise("p1", date(2026, 3, 2), RECORDED[language][3])
    opened = told(language, replace(IVAN, promises=(promise,)), MET)
    assert opened[0].rewrite.strategy == "give_first"
    assert any(promise.text in r.text and "p1" in r.uses for r in resting_on(opened, "promise"))
    assert not resting_on(opened, "overdue")
    late = told(language, replace(IVAN, promises=(replace(promise, due_on=date(2026, 4, 1)),)), MET)
    assert all("p1" in r.uses for r in resting_on(late, "overdue"))
    assert resting_on(late, "overdue")
    assert not resting_on(late, "promise")
    kept = told(language, replace(IVAN, promises=(replace(promise, kept_on=date(2026, 4, 1)),)), MET)
    assert not any("p1" in one.rewrite.uses for one in kept)


@pytest.mark.parametrize("language", RECORDED)
def test_a_wish_is_answered_first(language: str) -> None:
    """What the contact asked for comes before the sender's own; once something was given, it is left alone."""
    opened = told(language, IVAN, MET, WISH)
    assert opened[0].rewrite.strategy == "give_first"
    assert any(RECORDED[language][2] in r.text and "w1" in r.uses for r in resting_on(opened, "was_asked"))
    gave = Event("g2", date(2026, 3, 25), EventKind.GAVE, Direction.SENT)
    assert not any("w1" in one.rewrite.uses for one in told(language, IVAN, MET, WISH, gave))


@pytest.mark.parametrize("language", RECORDED)
def test_only_a_usable_note_is_said(language: str) -> None:
    """A private note is neither said nor used; the same one, marked as usable, is both."""
    *_, text, liked = RECORDED[language]
    note = Note("n1", date(2026, 4, 1), text)
    private = told(language, replace(IVAN, notes=(note,)), MET)
    assert not any(liked in one.rewrite.text or "n1" in one.rewrite.uses for one in private)
    usable = told(language, replace(IVAN, notes=(replace(note, usable=True),)), MET)
    assert resting_on(usable, "note")
    assert all(liked in r.text and "n1" in r.uses for r in resting_on(usable, "note"))


@pytest.mark.parametrize("language", RECORDED)
def test_after_a_long_silence_the_thread_is_picked_up_first(language: str) -> None:
    """The first rewrite reconnects, keeps no books of years, and speaks of no earlier conversation as the last."""
    call, letter = replace(CALL, date=date(2023, 3, 2)), Event("r1", date(2024, 1, 9), EventKind.MESSAGE, Direction.RECEIVED)
    found = told(language, IVAN, call, letter)
    assert found[0].rewrite.strategy == "reconnect"
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    last = [(one.rewrite, line) for one in found for line in lines.lines["reconnect"] if line.id in one.rewrite.lines]
    assert last
    assert not any("2023" in r.text or "2024" in r.text for r, _ in last)
    assert not any(line.ground == "call" for _, line in last)
