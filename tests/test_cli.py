"""The command line: what it prints, and its exit codes."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from coltiva.cli import main
from coltiva.contacts import Contact, Note, Promise
from coltiva.explaining import Explainer
from coltiva.help_examples import HISTORY, LABELLED, RECORD
from coltiva.library import Library
from coltiva.recorded import grounds_in_words
from coltiva.speech import Speech
from coltiva.tuning.catalogue import rule_in_full

from .conftest import credible_history
from .scenes import SCENES


def test_lint_marks_the_ask_and_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message with its ask underlined, the reason, the stage and the verdict."""
    path = tmp_path / "message.txt"
    path.write_text("Hi Ivan,\nCould you introduce me to Richard Branson?\n", encoding="utf-8")
    assert main(["lint", str(path), "--contact", "Ivan Misner", "--language", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    marked = lines[lines.index("  Could you introduce me to Richard Branson?") + 1]
    assert marked.split() == ["━" * len("Could you introduce me to Richard Branson"), "1"]
    assert any("Ivan Misner" in line for line in lines)
    assert any(line.startswith("strangers") for line in lines)
    assert lines[-1].startswith("Wait.")
    assert lines[-1].endswith("/100")


def test_lint_with_history_exits_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a history that supports it the same ask is clean."""
    history = tmp_path / "history.json"
    history.write_text(json.dumps(credible_history()), encoding="utf-8")
    path = tmp_path / "message.txt"
    path.write_text("Could you introduce me to Richard Branson?", encoding="utf-8")
    arguments = ["lint", str(path), "--history", str(history), "--today", "2026-05-14", "--format", "json", "--language", "en"]
    assert main(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["relationship"]["stage"] == "credibility"
    assert [f["premature"] for f in report["findings"] if f["category"] == "ask"] == [False]


@pytest.mark.parametrize(("history", "told"), [
    ([{"date": "2026-05-01", "kind": "lunch"}], "history.json: [0].kind: 'lunch' is none of these: connected, message,"),
    ([{"date": "2026-05-01", "kind": "call"}, {"kind": "call"}], "history.json: [1].date: A value is missing here."),
    ({"events": []}, "history.json: A list belongs here; this is"),
])
def test_a_fault_in_a_history_names_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], history: object, told: str) -> None:
    """Whoever mends it is sent to the history, not to the message."""
    (tmp_path / "history.json").write_text(json.dumps(history), encoding="utf-8")
    (tmp_path / "message.txt").write_text("Thanks for the chart, Ivan.", encoding="utf-8")
    assert main(["lint", str(tmp_path / "message.txt"), "--history", str(tmp_path / "history.json")]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "message.txt" not in error


def help_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a command says of itself."""
    with pytest.raises(SystemExit):
        main([command, "--help"])
    return capsys.readouterr().out


def test_the_help_shows_files_that_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The examples of a history, of a batch and of a corpus stand in the help line by line, and are read as they stand."""
    linting, evaluating = (help_of(command, capsys) for command in ("lint", "evaluate"))
    assert all(f"\n  {line}\n" in linting for line in (*HISTORY.splitlines(), RECORD))
    assert "kind: connected, message, call, meeting, gave, received, asked, was_asked\n" in linting
    assert f"\n  {LABELLED}\n" in evaluating
    for name, example in (("message", "Thanks, Bo."), ("history", HISTORY), ("records", RECORD), ("corpus", LABELLED)):
        (tmp_path / name).write_text(f"{example}\n", encoding="utf-8")
    assert main(["lint", str(tmp_path / "message"), "--language", "en", "--history", str(tmp_path / "history"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["relationship"]["stage"] == "visibility"
    assert main(["lint", "--batch", str(tmp_path / "records")]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "wait"
    assert main(["evaluate", str(tmp_path / "corpus"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["en"]["recall"] == 1.0


@pytest.mark.parametrize(("language", "told"), [
    ("en", "It rests on: 2 March 2026 · meeting · BNI breakfast in Turin."),
    ("fr", "Cela repose sur : 2 mars 2026 · rencontre · BNI breakfast in Turin."),
])
def test_a_rewrite_names_its_events_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, told: str) -> None:
    """What a rewrite rests on is told with day, kind and summary in the user's language; ids stay in the JSON alone."""
    meeting = credible_history()[0] | {"id": "linkedin-a654b809c483e791"}
    (tmp_path / "history.json").write_text(json.dumps([meeting]), encoding="utf-8")
    (tmp_path / "message.txt").write_text("Hi Ivan,\nCould you introduce me to Richard Branson?\n", encoding="utf-8")
    arguments = ["lint", str(tmp_path / "message.txt"), "--history", str(tmp_path / "history.json"), "--contact", "Ivan Misner",
                 "--language", "en", "--explain-in", language, "--today", "2026-05-14"]
    assert main(arguments) == 1
    shown = capsys.readouterr().out
    assert told in " ".join(shown.split())
    assert "linkedin-" not in shown
    assert main([*arguments, "--json"]) == 1
    assert ["linkedin-a654b809c483e791"] in [rewrite["uses"] for rewrite in json.loads(capsys.readouterr().out)["rewrites"]]


def test_a_rewrite_names_promises_and_notes_in_words() -> None:
    """A promise and a note are told as the contact's page on the terminal tells them, and an unknown id not at all."""
    day = date(2026, 5, 1)
    contact = Contact("Ada", notes=(Note("n", day, "sails"),), promises=(Promise("p", day, "the chart", due_on=day),))
    told = grounds_in_words(("p", "n", "x"), (), contact, Explainer(Library().texts("en")), Speech("en"))
    assert told == ["promise by you, due 2026-05-01: the chart", "note 2026-05-01: sails"]


def test_lint_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """``-`` and no file at all are standard input."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"Grazie della bella serata, Anna")))
    assert main(["lint", "-"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith(" · 100/100")


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"\xff\xfe\xff", "no text in UTF-8"), (b"x" * 100_000, "text: At most 20000 characters fit here; these are 100000.")],
)
def test_lint_refuses_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, expected: str) -> None:
    """Unreadable and endless messages exit 2 with one clear line."""
    path = tmp_path / "message.txt"
    path.write_bytes(content)
    assert main(["lint", str(path)]) == 2
    error = capsys.readouterr().err
    assert expected in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [(["lint", "nowhere.txt"], "nowhere.txt cannot be read"), (["evaluate", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
     (["lint", "--batch", "nowhere.jsonl"], "cannot be read")],
)
def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str) -> None:
    """A file that is not there exits 2."""
    assert main(arguments) == 2
    assert expected in capsys.readouterr().err


def records(tmp_path: Path) -> Path:
    """Write the two scenes as labelled records."""
    path = tmp_path / "records.jsonl"
    rows = [{"id": code, "lang": code, "channel": "linkedin_message", "contact": {"name": "Ivan Misner"}, "today": "2026-05-14",
             "history": [], "text": text, "asks": [{"kind": "introduction", "quote": ask}], "signals": []}
            for code, (text, ask) in SCENES.items()]
    clean = rows[0] | {"id": "clean", "text": "Thanks for the chart, Ivan.", "asks": []}
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, clean]), encoding="utf-8")
    return path


def test_batch_gives_one_report_a_line_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reports come in the order of the records."""
    assert main(["lint", "--batch", str(records(tmp_path))]) == 1
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["verdict"] for r in reports] == ["wait", "wait", "send"]
    assert [r["language"] for r in reports] == ["en", "it", "en"]


def test_batch_names_the_broken_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record that is no JSON, or breaks the contract, is named with its line."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"text": "ok", "lang": "en"}\n{"text": 1}\n', encoding="utf-8")
    assert main(["lint", "--batch", str(path)]) == 2
    assert f"{path}:2: text: A text belongs here; this is 1." in capsys.readouterr().err


def test_evaluate_counts_found_missed_and_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures of three records, all right."""
    assert main(["evaluate", str(records(tmp_path)), "--format", "json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["en"] == {
        "messages": 2, "asks": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0, "right_kind": 1.0, "verdict_accuracy": 1.0,
        "without_ask": 1, "false_alarms": 0.0, "kinds": {"introduction": {"precision": 1.0, "recall": 1.0, "f1": 1.0}}}
    assert main(["evaluate", str(records(tmp_path))]) == 0
    assert "100.0 %" in capsys.readouterr().out


def test_evaluate_measures_with_and_without_the_readers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On messages of the corpus the readers find more than the phrases alone."""
    corpus = str(Path(__file__).parent / "corpus" / "own" / "en.jsonl")
    recalls = []
    for options in ([], ["--phrases-alone"]):
        assert main(["evaluate", corpus, "--format", "json", *options]) == 0
        recalls.append(json.loads(capsys.readouterr().out)["en"]["recall"])
    assert recalls[0] > recalls[1] > 0


def test_rules_check_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped rules pass their own check."""
    assert main(["rules", "check", "en", "it"]) == 0
    assert capsys.readouterr().out.count(", 0 faults") == 2


def test_rules_know_the_layers(own_data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule is begun, listed and shown with its layer; a broken one is named by list and check, which exit 1."""
    assert main(["rules", "new", "en/asks/halo", "--kind", "favor"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path == own_data_folder / "rules/en/asks/halo.yml"
    assert main(["rules", "new", "en/asks/sale"]) == 0
    assert main(["rules", "new", "en/asks/sale"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["rules", "list", "en", "--own"]) == 0
    assert [line.split()[:3] for line in capsys.readouterr().out.splitlines()] == [["en/asks/sale", "changed", "on"], ["en/asks/halo", "yours", "on"]]
    (own_data_folder / "rules/en/asks/sale.yml").write_text("extends: en/asks/sale\nadd: {phrases: [take a seat]}\n", "utf-8")
    library = Library(own=own_data_folder / "rules")
    shown = rule_in_full("en/asks/sale", library, "en", library.texts("en"))
    assert shown is not None
    numbers = {key: len(phrases) for key, phrases in shown["parts"].items()}
    assert main(["rules", "list", "en", "--own"]) == 0
    listed = capsys.readouterr().out.splitlines()[0].split()
    assert listed[3:7] == [str(numbers.pop("phrases")), "phrases", str(sum(numbers.values())), "exceptions"]
    assert main(["rules", "show", "en/asks/sale"]) == 0
    assert "+ take a seat" in capsys.readouterr().out.splitlines()
    path.write_text("kind: favor\nphrases: [a (b]\n", "utf-8")
    assert main(["rules", "list", "en"]) == 1
    assert f"{path.as_posix()}:1:1: “examples” is missing here." in capsys.readouterr().out
    assert main(["lint", "--shipped", str(path), "--language", "en"]) == 0


@pytest.mark.parametrize(("text", "code"), [("Kun je me 500 euro lenen?", 2), ("", 0), ("Can you lend me 500 euros?", 1)])
def test_what_could_not_be_read_is_not_called_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: int) -> None:
    """A message in no language that is known is told, with exit 2; nobody is told to send it."""
    (tmp_path / "message.txt").write_text(text, encoding="utf-8")
    for form in ([], ["--format", "json"]):
        assert main(["lint", str(tmp_path / "message.txt"), *form]) == code
        told = capsys.readouterr()
        assert ("--language" in told.err) == (code == 2)
        assert form or ("Send" in told.out) == (code == 0)


def test_reasons_come_in_the_language_that_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--language`` before the command holds for reasons as well; without it they follow the message, and ``--explain-in`` is stronger."""
    message = tmp_path / "message.txt"
    message.write_text("Hi Ivan, could you introduce me to Richard Branson?", encoding="utf-8")
    told = []
    for before, after in ((["--language", "de"], []), ([], []), (["--language", "de"], ["--explain-in", "it"])):
        assert main([*before, "lint", str(message), *after, "--json"]) == 1
        told.append(json.loads(capsys.readouterr().out)["findings"][0]["why"])
    texts = {code: Explainer(Library().texts(code)).text("asks", "introduction", "why") for code in ("de", "en", "it")}
    assert [why.startswith(texts[code]) for why, code in zip(told, ("de", "en", "it"), strict=True)] == [True, True, True]
