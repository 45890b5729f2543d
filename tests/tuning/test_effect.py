"""What a change of the rules would do: the same numbers as judging every message from the start, from a baseline that is kept."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coltiva.evaluation import Tally, compare_findings
from coltiva.library import Library
from coltiva.linting import Finding, SentenceMatcher
from coltiva.speech import Speech
from coltiva.tuning.baseline import Baseline, findings_of
from coltiva.tuning.effect import Effect, EffectMeter
from coltiva.tuning.effect_json import effect_to_json
from coltiva.tuning.labelled import LabelledMessage, labelled_folder, read_messages
from coltiva.tuning.own_layer import Files, OwnLayer
from coltiva.tuning.sent_messages import SentMessage
from coltiva.tuning.sharing import Known
from coltiva.verdict import Decision, decide

COUNT = 14  # messages of a set
INTRODUCTION = "en/asks/introduction.yml"
CHANGES: dict[str, Files] = {
    "a phrase added": {INTRODUCTION: "extends: en/asks/introduction\nadd: {phrases: [open the door to, thank you]}\n"},
    "an unless added": {INTRODUCTION: "extends: en/asks/introduction\nadd: {unless: [introduce me]}\n"},
    "a rule off": {"en/asks/meeting.yml": "extends: en/asks/meeting\nenabled: false\n"},
    "a severity": {"en/asks/meeting.yml": "extends: en/asks/meeting\nseverity: info\n"},
    "a needed stage": {"en/asks/meeting.yml": "extends: en/asks/meeting\nneeds: stranger\n"},
    "a broad rule": {"en/asks/x.yml": "kind: favor\nphrases: [you]\nexamples: {}\n"},
    "a guard": {"en/guards/mine.yml": "guards: [asks]\nunless_sentence: [call]\nunless_previous: [thank you]\nexamples: {}\n"},
    "a gate": {"stages.yml": "gates: {visibility_days: {value: 2}}\n"},
    "what an ask needs": {"asks.yml": "asks: {meeting: {needs: stranger}}\n"},
    "a check off": {"signals.yml": "hunting: {pitch: {enabled: false}, flattery: {severity: error}}\n"},
    "the reader set": {"readers.yml": "readers: {en: {adds_from: 20, keeps_from: 70}}\n"},
    "the reader off": {"readers.yml": "readers: {en: {enabled: false}}\n"},
    "a broken file": {"en/asks/x.yml": "kind: favor\nphrases: [(you]\nexamples: {}\n"},
}
BEFORE: dict[str, Files] = {
    "as shipped": {},
    "a layer": {"en/signals/mine.yml": "kind: pitch\nphrases: [we]\nexamples: {}\n", "asks.yml": "asks: {favor: {needs: profitability}}\n"},
}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with some of the English labelled messages."""
    folder = tmp_path_factory.mktemp("labelled")
    for name in ("development", "own"):
        (folder / name).mkdir()
        lines = (labelled_folder() / name / "en.jsonl").read_text("utf-8").splitlines()
        (folder / name / "en.jsonl").write_text("\n".join(lines[:: len(lines) // COUNT]), "utf-8")
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the baseline, one for all changes: the first measures, the others read it."""
    return tmp_path_factory.mktemp("kept")


@dataclass(frozen=True)
class Row:
    """One message judged by itself."""

    id: str
    findings: tuple[Finding, ...]
    tally: Tally
    labelled: set[str]
    is_neutral: bool

    @property
    def signals(self) -> set[str]:
        """The kinds of signal found."""
        return {f.kind for f in self.findings if f.category == "signal"}


def judged_from_the_start(library: Library, few: Path) -> list[Row]:
    """Return every message judged with nothing shared and nothing remembered."""
    rows = []
    for message in read_messages(few, "en", library.pack("en").wording):
        findings, stage = findings_of(message, library, SentenceMatcher(library.pack("en"), library.reader("en")))
        tally = Tally()
        tally.add(compare_findings(message.record, message.request.text, "en", findings, stage, library))
        is_neutral = not message.asks and message.signals <= {"offer", "thanks", "interest", "easy_out"}
        rows.append(Row(str(message.record["id"]), findings, tally, message.signals, is_neutral))
    return rows


def total(tallies: list[Tally]) -> dict[str, object]:
    """Return the figures of many tallies."""
    whole = Tally()
    for tally in tallies:
        for name in ("messages", "found", "missed", "wrong", "right_kind", "right_verdicts", "without_ask", "false_alarms"):
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
        for kind, counter in tally.kinds.items():
            whole.kinds.setdefault(kind, Counter()).update(counter)
    return whole.to_dict()


def measured(library: Library, layer: OwnLayer, files: Files, few: Path, kept: Path) -> Effect:
    """Return the effect that a meter tells which has just begun."""
    found = [step for step in EffectMeter(library, few, kept).measure(layer, files) if isinstance(step, Effect)]
    assert len(found) == 1
    return found[0]


def shown(findings: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    """Return what of the findings makes a message count as moved."""
    return [(f.kind, f.severity.value, f.span.start) for f in findings if f.premature or f.category == "signal"]


LAYERED = ("a phrase added", "a severity", "a broad rule", "the reader set")


@pytest.mark.parametrize(("before", "change"), [*(("as shipped", change) for change in CHANGES), *(("a layer", change) for change in LAYERED)])
def test_the_numbers_are_those_of_judging_every_message(tmp_path: Path, library: Library, few: Path, kept: Path, before: str, change: str) -> None:
    """Counts, moved messages, signals and neutral messages equal those of two runs that share nothing."""
    layer, written = OwnLayer(tmp_path / "now"), OwnLayer(tmp_path / "then")
    layer.change("saved", BEFORE[before])
    written.change("saved", {**BEFORE[before], **CHANGES[change]})
    now, then = library.trial(layer.folder), library.trial(written.folder)
    now.languages = ("en",)
    effect = measured(now, layer, CHANGES[change], few, kept)
    rows = list(zip(judged_from_the_start(now, few), judged_from_the_start(then, few), strict=True))
    assert effect.messages == len(rows) > COUNT
    for side in (0, 1):
        assert effect.tallies["en"][side].to_dict() == total([row[side].tally for row in rows])
        neutral = [row[side] for row in rows if row[side].is_neutral]
        flagged = sum(decide(one.findings).decision is not Decision.SEND for one in neutral)
        assert (effect.neutral["en"][0], effect.neutral["en"][1 + side]) == (len(neutral), flagged)
        wrong = Counter(kind for row in rows for kind in row[side].signals - row[side].labelled)
        assert {kind: pair[side]["wrong"] for kind, pair in effect.signals.items() if pair[side]["wrong"]} == wrong
    moved = {str(one.message.record["id"]): (one.before.findings, one.after.findings) for one in effect.moved}
    assert moved == {a.id: (a.findings, b.findings) for a, b in rows if shown(a.findings) != shown(b.findings)}
    flags = [[decide(one.findings).decision is not Decision.SEND for one in pair] for pair in rows]
    assert (effect.newly(flagged=True), effect.newly(flagged=False)) == (flags.count([False, True]), flags.count([True, False]))
    assert moved or change not in ("a rule off", "a broad rule", "what an ask needs", "the reader off")


def test_counts_are_told_before_and_after(tmp_path: Path, library: Library, few: Path, kept: Path) -> None:
    """Every figure is a count with what it is counted of; what is flagged with nothing to find says so of every finding, not of asks alone."""
    layer = OwnLayer(tmp_path / "rules")
    effect = measured(library.trial(layer.folder), layer, CHANGES["a broad rule"], few, kept)
    told: Any = effect_to_json(effect, Speech("en"))
    before, after = told["languages"]["en"]["before"], told["languages"]["en"]["after"]
    assert before["messages"] == after["messages"] == told["messages"]
    assert before["asks"] == after["asks"] >= before["found"]
    assert after["wrong"] > before["wrong"]
    assert after["neutral"] == before["neutral"] >= after["flagged"] > before["flagged"]
    assert told["flagged"] >= after["flagged"] - before["flagged"]
    assert told["kinds"]["favor"]["after"]["wrong"] > told["kinds"]["favor"]["before"]["wrong"]
    assert told["worse"]


def test_all_messages_are_counted_though_not_all_are_told(tmp_path: Path, library: Library, few: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many are flagged anew is counted over all that move, not over those that are listed."""
    monkeypatch.setattr("coltiva.tuning.effect_json.MAX_SHOWN", 1)
    layer = OwnLayer(tmp_path / "rules")
    told: Any = effect_to_json(measured(library.trial(layer.folder), layer, CHANGES["a broad rule"], few, kept), Speech("en"))
    assert (len(told["shown"]), told["flagged"] > 1) == (1, True)


def test_an_example_that_does_not_hold_is_not_worse_by_the_labels(tmp_path: Path, library: Library, few: Path, kept: Path) -> None:
    """It is told as what it is."""
    layer = OwnLayer(tmp_path / "rules")
    files: Files = {"en/asks/x.yml": "kind: favor\nphrases: [unlock the gate]\nexamples: {flag: [Nothing here], pass: [A gate]}\n"}
    effect = measured(library.trial(layer.folder), layer, files, few, kept)
    assert ([fault.example for fault in effect.faults], effect.is_worse) == (["Nothing here"], False)


def test_the_baseline_is_kept_until_anything_changes_that_it_rests_on(tmp_path: Path, library: Library, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read again it judges nothing; with another message, or a broken file, all is judged anew."""
    judged: list[LabelledMessage] = []
    judge = Baseline.judge
    layer, own = OwnLayer(tmp_path / "rules"), tmp_path / "few"

    def judge_and_count(self: Baseline, message: LabelledMessage) -> Known:
        # A page that another test has opened may still be warming the messages that Coltiva ships.
        if self._folder == own:
            judged.append(message)
        return judge(self, message)

    monkeypatch.setattr(Baseline, "judge", judge_and_count)
    shutil.copytree(few, own)
    count = len(read_messages(own, "en", library.shipped_pack("en").wording))
    for expected in (count, 0):
        measured(library.trial(layer.folder), layer, CHANGES["a rule off"], own, tmp_path / "kept")
        assert len(judged) == expected
        judged.clear()
    assert (tmp_path / "kept" / "baseline-en.bin").stat().st_mode & 0o077 == 0
    lines = (own / "own" / "en.jsonl").read_text("utf-8")
    (own / "own" / "en.jsonl").write_text(lines.replace("you", "thou", 1), "utf-8")
    measured(library.trial(layer.folder), layer, CHANGES["a rule off"], own, tmp_path / "kept")
    assert len(judged) == count
    judged.clear()
    (tmp_path / "kept" / "baseline-en.bin").write_bytes(b"\x93half")
    measured(library.trial(layer.folder), layer, CHANGES["a rule off"], own, tmp_path / "kept")
    assert len(judged) == count


def test_a_baseline_that_cannot_be_kept_hinders_nothing(tmp_path: Path, library: Library, few: Path) -> None:
    """Where the folder cannot be written, the effect comes all the same."""
    (tmp_path / "kept").write_text("a file where the folder would be")
    layer = OwnLayer(tmp_path / "rules")
    assert measured(library.trial(layer.folder), layer, CHANGES["a rule off"], few, tmp_path / "kept").moved


def test_the_users_own_messages_are_judged_twice_but_never_kept(tmp_path: Path, library: Library, few: Path, kept: Path) -> None:
    """A message of the user's that the change moves is told; no word of it is written to the baseline."""
    layer = OwnLayer(tmp_path / "rules")
    sent = [SentMessage("Could we meet for a quick zebracall on Tuesday?", "en", "linkedin_message", "stranger", "2026-05-14")]
    meter = EffectMeter(library.trial(layer.folder), few, tmp_path / "kept")
    for _ in range(2):
        effect = list(meter.measure(layer, CHANGES["a rule off"], sent))[-1]
        assert isinstance(effect, Effect)
        assert (effect.sent, [len(one.before.findings) > len(one.after.findings) for one in effect.sent_moved]) == (1, [True])
    assert b"zebracall" not in (tmp_path / "kept" / "baseline-en.bin").read_bytes()
