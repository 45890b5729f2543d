"""What came after a change stays when the change is taken back, and what shares a name with something else is not lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from coltiva.contact_store import ContactStore, restore_backup
from coltiva.contacts import Contact, ContactRecord, Note

from ..conftest import event
from .conftest import adding

Open = Callable[..., ContactStore]
ZOE = ContactRecord(Contact("Zoe", notes=(Note("n1", date(2026, 1, 2), "imported"),)), (event("2026-01-05", "call", summary="imported"),))


def with_note(record: ContactRecord) -> ContactRecord:
    """Return *record* with one more note."""
    contact = record.contact
    return ContactRecord(replace(contact, notes=(*contact.notes, Note("n2", date(2026, 5, 1), "my own"))), record.history)


def test_an_import_taken_back_leaves_what_was_written_since(open_store: Open) -> None:
    """The imported call and note go, the contact stays with what was added, also after a restart; an untouched one goes."""
    store = open_store()
    change = store.absorb([ZOE, ContactRecord(Contact("Untouched"), ZOE.history)]).change
    (zoe,) = (one.id for one in store.find(name="Zoe"))
    store.update(zoe, "event_added", adding("later"))
    store.update(zoe, "note_added", with_note)
    store.close()
    store = open_store()
    undone = store.undo(change)
    record = store.get(zoe)
    assert [e.summary for e in record.history] == ["later"]
    assert [note.text for note in record.contact.notes] == ["my own"]
    assert store.find(name="Untouched") == ()
    store.undo(undone.id)
    assert [e.summary for e in store.get(zoe).history] == ["imported", "later"]
    assert len(store.find(name="Untouched")) == 1


def test_what_was_changed_since_stays(store: ContactStore) -> None:
    """An imported event that the user corrected is the user's, and so is a contact with another role."""
    change = store.absorb([ZOE]).change
    (zoe,) = (one.id for one in store.find(name="Zoe"))
    store.update(zoe, "event_edited", lambda known: ContactRecord(known.contact, (replace(known.history[0], summary="corrected"),)))
    store.update(zoe, "edited", lambda known: ContactRecord(replace(known.contact, role="Baker"), known.history))
    store.undo(change)
    record = store.get(zoe)
    assert ([e.summary for e in record.history], record.contact.role, record.contact.notes) == (["corrected"], "Baker", ())


def test_merging_keeps_events_that_share_an_id(store: ContactStore) -> None:
    """Two contacts may number their events alike; an event that both have stays one."""
    numbered = replace(event("2026-01-05", "call", summary="with Ada"), id="e1")
    other = replace(event("2026-02-06", "meeting", summary="with Bo"), id="e1")
    both = replace(event("2026-03-07", "meeting", summary="with both"), id="e2")
    kept, gone = (store.create(Contact(name), history).contacts[0] for name, history in (("Ada", (numbered, both)), ("Bo", (other, both))))
    store.merge(kept, gone)
    history = store.get(kept).history
    assert [e.summary for e in history] == ["with Ada", "with Bo", "with both"]
    assert len({e.id for e in history}) == len(history)


def test_a_backup_with_an_id_of_another_program(store: ContactStore, open_store: Open) -> None:
    """What can be imported can be restored: ids may have an underscore."""
    store.absorb([ContactRecord(Contact("Ada Byron", id="ada_byron1"))])
    backup = store.backup()
    assert backup is not None
    folder = store.folder.parent / "other"
    assert restore_backup(backup, folder) == 1
    assert open_store(folder).get("ada_byron1").contact.name == "Ada Byron"


def test_a_renamed_backup_is_let_be(store: ContactStore) -> None:
    """A copy under a name of the user's own stops no backup, counts for none, and is never removed."""
    store.create(Contact("Ada"))
    backup = store.backup()
    assert backup is not None
    copies = [backup.with_name(name) for name in (f"{backup.stem} (1).zip", "coltiva-before-move.zip")]
    for copy in copies:
        copy.write_bytes(backup.read_bytes())
    assert store.backup() is not None
    assert store.backup(only_if_due=True) is None
    assert all(copy.exists() for copy in copies)
