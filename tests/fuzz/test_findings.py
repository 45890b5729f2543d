"""Hypothesis on whatever reads text from outside, and every input that fuzzing has found."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coltiva.contact_store import ContactStore
from coltiva.errors import ColtivaError
from coltiva.library import Library
from coltiva.phrase_language import parse_phrase
from coltiva.review import Reviewer

from .targets import TABLES, import_bytes, lint_text, rule_file

ODD = st.text(st.sampled_from("aA é\u0301ß'’-–.?!,;:()[]|^$@<>~*#\"\\/\n\r\t\0\ufeff\u200b\u202e𝗯👩\u200d👧\u2028 1€") | st.characters(exclude_categories=["Cs"]), max_size=300)
WORDS = st.lists(st.sampled_from(["can", "you", "could", "introduce", "me", "to", "would", "mind", "let", "know", "if", "hear", "of", "buy", "my", "thanks", "hi", "Ivan", "http://a.b", "5€", "tomorrow", ",", ".", "?", "!"]), max_size=60).map(" ".join)
VCARD = st.lists(st.sampled_from(["BEGIN:VCARD", "END:VCARD", "VERSION:3.0", "FN:A", "N:;;;;", "EMAIL:a@b", "TEL:", "BDAY:19", " folded", "NOTE;ENCODING=QUOTED-PRINTABLE:=", "PHOTO;ENCODING=b:!!", ":", ";;"]), max_size=14).map("\r\n".join)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)


@QUICK
@given(text=ODD | WORDS)
def test_lint_takes_any_text(reviewer: Reviewer, text: str) -> None:
    """Whatever is written gets a report, and its spans lie within the text."""
    lint_text(reviewer, text)


@QUICK
@given(text=ODD)
def test_phrases_are_read_or_refused(text: str) -> None:
    """A phrase is read, or refused by an error of ours."""
    with contextlib.suppress(ColtivaError):
        parse_phrase(text)


@QUICK
@given(text=ODD, ask=st.sampled_from(["flag: [", "phrases:\n  - ", "- a: &a *a\n", "why: {x: ", "title: !!python/object:os.system ", "? [1]\n: "]))
def test_rule_files_are_read_or_reported(tmp_path_factory: pytest.TempPathFactory, library: Library, text: str, ask: str) -> None:
    """A broken file of rules is reported, by an error of ours or among the problems."""
    with contextlib.suppress(ColtivaError):
        rule_file(tmp_path_factory.getbasetemp(), library, (ask + text).encode())


@settings(QUICK, max_examples=30)
@given(data=ODD.map(str.encode) | VCARD.map(str.encode) | st.binary(max_size=200), ending=st.sampled_from(["vcf", "csv", "mbox", "json", "zip", *TABLES]))
def test_files_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, library: Library, data: bytes, ending: str) -> None:
    """A file of any bytes is read, or refused by an error of ours."""
    folder: Path = tmp_path_factory.getbasetemp() / "imports"
    folder.mkdir(exist_ok=True)
    with contextlib.suppress(ColtivaError), ContactStore(folder / "data", library.tending, "fuzzing") as store:
        import_bytes(folder, store, ending, data)


def test_lint_takes_the_text_that_fuzzing_found(reviewer: Reviewer) -> None:
    """A message that is all greeting, with an ask in front of it, once ended the rewriter."""
    lint_text(reviewer, "\0\0Hi A\0\0Could yo?????0uce ??????????e$??????\0\0tdHi Ada,\n\n")


# What coverage-guided runs have found, as short as it goes: ending of the file, content.
FOUND = [
    ("mbox", b"From a@b.c Thu May 14 10:00:00 2026\nFrom: Ada <ada@b.c>\nTo: a@example.org\nDate: Thu, 14 May 2026 10:00:00 +0200\nSubject: =?\x84\x8bf-8?q?H=C3=AB?=\n\nHello\n"),
]


@pytest.mark.parametrize(("ending", "data"), FOUND)
def test_what_fuzzing_found_is_read_or_refused(tmp_path: Path, library: Library, ending: str, data: bytes) -> None:
    """Inputs that once raised an error which was none of ours are read now, or refused by one of ours."""
    with contextlib.suppress(ColtivaError), ContactStore(tmp_path / "data", library.tending, "fuzzing") as store:
        import_bytes(tmp_path, store, ending, data)
