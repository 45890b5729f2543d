"""The layer's files: whole or not at all, every change kept, taken back, carried to another machine; rules from forms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coltiva.errors import Fault, InputFileError, RuleProblem, StoreWriteError, UnknownChangeError
from coltiva.rule_yaml import read_rule_text
from coltiva.speech import Speech
from coltiva.tuning.composing import PHRASE_KEYS, RuleDraft, compose_table, with_rule
from coltiva.tuning.own_layer import OwnLayer, read_pack
from coltiva.tuning.workshop import Workshop, news


def draft_of(workshop: Workshop, rule_id: str) -> RuleDraft:
    """Return a rule as a form would hold it, unchanged."""
    pack = workshop.library.pack(rule_id[:2])
    rule = pack.rules.get(rule_id) or pack.guards[rule_id]
    phrases = {key: list(getattr(rule.file, key, [])) for key in PHRASE_KEYS}
    return RuleDraft(rule_id, rule.kind, True, "", "", "", "", phrases, [], [])


def save(workshop: Workshop, draft: RuleDraft) -> dict[str, str]:
    """Save a rule and return the layer's files."""
    pack, shipped = workshop.library.pack("en"), workshop.library.shipped_pack("en")
    workshop.layer.change("saved", with_rule(draft, pack, shipped, workshop.layer))
    workshop.library.refresh()
    assert workshop.library.own_problems == ()
    return workshop.layer.files()


def test_changes_are_kept_and_taken_back(data: Path) -> None:
    """Two changes, both undone in turn: the layer is empty again, and every state is still in the history."""
    layer = OwnLayer(data / "rules")
    first = layer.change("saved", {"asks.yml": "asks: {}\n"})
    second = layer.change("saved", {"asks.yml": "asks: {money: {needs: stranger}}\n", "en/asks/x.yml": "kind: sale\n"})
    assert first
    assert second
    assert layer.change("saved", {"asks.yml": second.after["asks.yml"]}) is None
    layer.undo(second.id)
    assert layer.files() == {"asks.yml": "asks: {}\n"}
    layer.undo(first.id)
    assert layer.files() == {}
    assert [change.what for change in layer.changes()].count("undone") == 2
    assert {text for c in layer.changes() for text in c.before.values()} >= {"asks: {}\n", second.after["asks.yml"]}
    with pytest.raises(UnknownChangeError):
        layer.undo("../../etc/passwd")


def test_what_an_editor_wrote_is_not_lost(data: Path) -> None:
    """A file changed by hand and then saved over is kept in the history as the editor left it."""
    layer = OwnLayer(data / "rules")
    layer.change("saved", {"asks.yml": "asks: {}\n"})
    (data / "rules/asks.yml").write_text("# by hand\nasks: {}\n", encoding="utf-8")
    change = layer.change("saved", {"asks.yml": "asks: {sale: {needs: stranger}}\n"})
    assert change
    assert change.before == {"asks.yml": "# by hand\nasks: {}\n"}


def test_a_change_that_cannot_be_written_leaves_all_as_it_was(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the disk full nothing is half-written, and the error says where."""
    layer = OwnLayer(data / "rules")
    layer.change("saved", {"asks.yml": "asks: {}\n"})

    def full(self: object, *_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coltiva.tuning.own_layer.Transaction.commit", full)
    with pytest.raises(StoreWriteError, match="No space left"):
        layer.change("saved", {"asks.yml": "x", "en/asks/x.yml": "y"})
    assert OwnLayer(data / "rules").files() == {"asks.yml": "asks: {}\n"}


def test_a_layer_is_carried_to_another_machine(data: Path, tmp_path: Path) -> None:
    """What is exported is read back the same; a pack with a strange file, or no pack, is refused with the reason."""
    layer = OwnLayer(data / "rules")
    layer.change("saved", {"asks.yml": "asks: {}\n", "it/guards/mine.yml": "guards: [asks]\nexamples: {}\n"})
    other = OwnLayer(tmp_path / "other")
    other.change("imported", read_pack(layer.export()))
    assert other.files() == layer.files()
    with pytest.raises(InputFileError, match="expected files such as"):
        read_pack(b'{"coltiva_rules": 1, "files": {"../../evil.yml": ""}}')
    with pytest.raises(InputFileError, match="expected a pack"):
        read_pack(b"PK\x03\x04")
    with pytest.raises(InputFileError, match="format 1; got 2"):
        read_pack(b'{"coltiva_rules": 2, "files": {}}')


def test_a_form_writes_only_what_differs(workshop: Workshop) -> None:
    """Saved unchanged, a rule leaves no file; changed, the file names what changed, and changed back it is gone."""
    draft = draft_of(workshop, "en/asks/introduction")
    assert save(workshop, draft) == {}
    phrases = dict(draft.phrases)
    gone = phrases["phrases"][0]
    phrases["phrases"] = [*phrases["phrases"][1:], "yes", "open @act today"]
    changed = replace(draft, severity="warning", needs="visibility", phrases=phrases, flag=["No: «yes»"])
    text = save(workshop, changed)["en/asks/introduction.yml"]
    assert read_rule_text(text, "").content == {
        "extends": "en/asks/introduction", "severity": "warning", "needs": "visibility",
        "add": {"phrases": ["yes", "open @act today"]}, "remove": {"phrases": [gone]}, "examples": {"flag": ["No: «yes»"]},
    }
    assert save(workshop, draft) == {}


def test_comments_and_lists_of_a_file_stay(workshop: Workshop) -> None:
    """What the form does not show is kept: the comments above, the lists, and a file name that was chosen by hand."""
    path = workshop.layer.folder / "en/asks/ours.yml"
    path.parent.mkdir(parents=True)
    path.write_text("# our chapter's words\nextends: en/asks/sale\nlists: {ours: [a seat]}\nadd: {phrases: [take @ours]}\n", encoding="utf-8")
    workshop.library.refresh()
    draft = draft_of(workshop, "en/asks/sale")
    files = save(workshop, replace(draft, severity="info"))
    assert list(files) == ["en/asks/ours.yml"]
    assert files["en/asks/ours.yml"].startswith("# our chapter's words\nextends: en/asks/sale\n")
    content = read_rule_text(files["en/asks/ours.yml"], "").content
    assert content["lists"] == {"ours": ["a seat"]}  # type: ignore[index]
    assert content["add"] == {"phrases": ["take @ours"]}  # type: ignore[index]


def test_a_new_rule_and_a_guard(workshop: Workshop) -> None:
    """Rules of the user's own are written whole and read back; switched off, a rule finds nothing and stays listed."""
    draft = RuleDraft("en/asks/halo", "favor", True, "", "", "Halo", "Why", {"phrases": ["polish my halo"]}, ["Polish my halo"], ["A halo"])
    save(workshop, draft)
    assert workshop.library.pack("en").rules["en/asks/halo"].kind == "favor"
    save(workshop, replace(draft, enabled=False))
    assert "en/asks/halo" in workshop.library.pack("en").off
    save(workshop, RuleDraft("en/guards/mine", "", True, "", "", "", "", {"unless_sentence": ["as a joke"]}, [], ["As a joke"]))
    assert "en/guards/mine" in workshop.library.pack("en").guards


def test_tables_hold_what_differs(workshop: Workshop) -> None:
    """A value goes in, stays beside another, and both go out again with null or the shipped value."""
    shipped = workshop.library.shipped_table("stages.yml")
    text = compose_table({"gates": {"credibility_days": {"value": 4}}}, shipped, None)
    assert text == "gates:\n  credibility_days:\n    value: 4\n"
    text = compose_table({"tending": {"balance_days": {"value": 30}}}, shipped, text)
    assert text
    assert "credibility_days" in text
    text = compose_table({"gates": {"credibility_days": {"value": None}}, "tending": {"balance_days": {"value": 90}}}, shipped, text)
    assert text is None
    signals = workshop.library.shipped_table("signals.yml")
    assert compose_table({"hunting": {"pitch": {"enabled": True}}}, signals, None) is None
    assert compose_table({"hunting": {"pitch": {"enabled": False}}}, signals, None) == "hunting:\n  pitch:\n    enabled: false\n"


def test_the_terminal_hears_of_news_once() -> None:
    """Each problem is told when it is new, and once that all is well again, in the language of the terminal."""
    one, other = (RuleProblem(name, 2, 3, Fault("expected x", "missing_key", {"key": "x"})) for name in ("a.yml", "b.yml"))
    english, german = Speech("en"), Speech("de")
    assert list(news((one,), (), english)) == ["coltiva: a.yml:2:3: “x” is missing here."]
    assert list(news((one, other), (one,), german)) == ["coltiva: b.yml:2:3: Hier fehlt „x“."]
    assert list(news((), (one,), english)) == ["coltiva: your rules are whole again"]
    assert list(news((), (), english)) == ["coltiva: your rules were read again"]
    assert list(news((), (), german)) == ["coltiva: deine Regeln wurden neu gelesen"]
