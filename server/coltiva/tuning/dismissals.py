"""Findings that the user has dismissed: which, where and why; a dismissed finding is left out from then on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import write_durably
from coltiva.draft import Draft
from coltiva.errors import StoreCorruptError, StoreWriteError
from coltiva.linting import Finding
from coltiva.tokens import fold

MAX_DISMISSALS = 20_000


class Dismissal(msgspec.Struct, frozen=True, kw_only=True):
    """One finding dismissed.

    Attributes:
        id: given by whoever dismissed it; the same id twice is one dismissal.
        sentence: the whole sentence as typed; *quote* the part that was underlined.
        contact: the stored contact's id; None where nobody stored was written to.
        reason: ``no_ask`` (this sentence is none, whoever it is for) or ``ignored`` (not for this contact).
        at: the user's local time.
        settled: what was made of it: ``pass``, ``unless`` or ``off``; empty while it waits.
    """

    id: str
    rule: str
    kind: str
    sentence: str
    quote: str
    language: str
    stage: str
    contact: str | None
    reason: str
    at: str
    settled: str = ""


class _File(msgspec.Struct):
    """What the file holds."""

    dismissals: list[Dismissal] = []


@dataclass(frozen=True, slots=True)
class _Known:
    """A dismissal with the folded words that it is found again by."""

    dismissal: Dismissal
    sentence: str
    quote: str


def folded(text: str) -> str:
    """Return the words of *text* folded, each between single spaces."""
    cleaned = "".join(c if c.isalnum() or c in "'’" else " " for c in fold_text(text))
    return f" {' '.join(cleaned.split())} "


def fold_text(text: str) -> str:
    """Return *text* folded word by word."""
    return " ".join(map(fold, text.split()))


class DismissalStore:
    """All dismissals in one small file; every change is on the disk before it counts.

    Raises:
        StoreCorruptError: the file is there and cannot be read; it stays as it is.
    """

    def __init__(self, path: Path, now: Callable[[], datetime] = datetime.now) -> None:
        self._path, self._now = path, now
        self._lock = threading.Lock()
        try:
            stored = msgspec.json.decode(path.read_bytes(), type=_File).dismissals
        except FileNotFoundError:
            stored = []
        except msgspec.DecodeError as error:
            message = f"{path}: expected the dismissals; {error}. Move the file away to go on"
            raise StoreCorruptError(message, "damaged_file", file=path, reason=error) from None
        self._index({one.id: one for one in stored})

    def _index(self, by_id: dict[str, Dismissal]) -> None:
        by_words: dict[str, list[_Known]] = {}
        for one in by_id.values():
            known = _Known(one, folded(one.sentence), folded(one.quote))
            for words in {known.sentence, known.quote}:
                by_words.setdefault(words, []).append(known)
        self._by_id, self._by_words = by_id, by_words

    def all(self) -> tuple[Dismissal, ...]:
        """Return every dismissal, the newest first."""
        return tuple(reversed(self._by_id.values()))

    def counts(self) -> Mapping[str, int]:
        """Return how many dismissals each rule has."""
        counts: dict[str, int] = {}
        for one in self._by_id.values():
            counts[one.rule] = counts.get(one.rule, 0) + 1
        return counts

    def stamp(self) -> str:
        """Return the user's local time, as a dismissal notes it."""
        return self._now().isoformat(timespec="seconds")

    def add(self, dismissal: Dismissal) -> Dismissal:
        """Store a dismissal; where its id is known already, that one stays and is returned."""
        with self._lock:
            if dismissal.id in self._by_id:
                return self._by_id[dismissal.id]
            changed = self._by_id | {dismissal.id: dismissal}
            while len(changed) > MAX_DISMISSALS:
                del changed[next(iter(changed))]
            self._write(changed)
            return dismissal

    def get(self, dismissal_id: str) -> Dismissal | None:
        """Return one dismissal; None where there is none."""
        return self._by_id.get(dismissal_id)

    def settle(self, dismissal_id: str, settled: str) -> None:
        """Note what was made of a dismissal; it goes on counting."""
        with self._lock:
            one = self._by_id.get(dismissal_id)
            if one is not None:
                self._write(self._by_id | {dismissal_id: msgspec.structs.replace(one, settled=settled)})

    def remove(self, ids: Iterable[str]) -> int:
        """Take dismissals back; returns how many there were."""
        with self._lock:
            gone = {one for one in ids if one in self._by_id}
            if gone:
                self._write({key: one for key, one in self._by_id.items() if key not in gone})
            return len(gone)

    def _write(self, changed: dict[str, Dismissal]) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path, msgspec.json.encode(_File(list(changed.values()))))
        except OSError as error:
            message = f"{self._path}: cannot be written: {error.strerror}"
            raise StoreWriteError(message, "unwritable", file=self._path, reason=error.strerror) from error
        self._index(changed)

    def without_dismissed(
        self, findings: tuple[Finding, ...], draft: Draft, contact: str | None, kinds: Mapping[str, str]
    ) -> tuple[Finding, ...]:
        """Return the findings of a message to *contact* that nobody has dismissed.

        Args:
            kinds: every kind → its category.
        """
        known = self._by_words
        if not known or not findings:
            return findings
        return tuple(f for f in findings if not _is_dismissed(f, draft, contact or None, known, kinds))


def _is_dismissed(
    finding: Finding,
    draft: Draft,
    contact: str | None,
    known: Mapping[str, Iterable[_Known]],
    kinds: Mapping[str, str],
) -> bool:
    sentence = folded(sentence_of(draft, finding))
    quote = folded(finding.span.of(draft.text))
    for one in (*known.get(sentence, ()), *known.get(quote, ())):
        told = one.dismissal
        if told.reason == "ignored":
            same = told.rule == finding.rule and told.contact == contact
        else:
            is_ask = kinds.get(told.kind) == "ask"
            same = finding.category == "ask" if is_ask else told.rule == finding.rule
        if same and (one.sentence == sentence or (one.quote == quote and _within(one.sentence, sentence))):
            return True
    return False


def _within(one: str, other: str) -> bool:
    """Tell whether one sentence holds the other: the two sides need not agree on where it begins."""
    return one in other or other in one


def sentence_of(draft: Draft, finding: Finding) -> str:
    """Return the sentence in which a finding begins; its quote where it stands in none."""
    for sentence in draft.sentences:
        if sentence.span.start <= finding.span.start < sentence.span.end:
            return sentence.span.of(draft.text)
    return finding.span.of(draft.text)
