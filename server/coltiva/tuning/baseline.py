"""What the shipped rules make of the labelled messages: worked out once for each version of rules, code and messages.

It is kept in a file, so that the first effect after a start of the server is as quick as the next. The file holds ids
and phrases of rules and places in messages that Coltiva ships; nothing of the user's comes into it.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import write_durably
from coltiva.history import Stage, relate
from coltiva.library import Library
from coltiva.linting import Finding, SentenceMatcher, lint
from coltiva.tuning.labelled import LabelledMessage, labelled_folder, read_messages, set_files
from coltiva.tuning.sharing import Known, ShippedMatcher

_CODE = Path(__file__).resolve().parents[1]
# What else has a say in what is found.
_LIBRARIES = ("numpy", "pyphen", "textstat")


class _File(msgspec.Struct):
    """What is kept: the stamp of what it was worked out from, and one entry for each message, in order."""

    stamp: str
    known: list[Known]


class Baseline:
    """The labelled messages of each language with what the shipped rules make of them.

    Args:
        library: the rules; its user's layer counts for nothing here.
        folder: the sets of labelled messages; None: those that come with Coltiva.
        kept: where the results are kept; None: nowhere.
    """

    def __init__(self, library: Library, folder: Path | None = None, kept: Path | None = None) -> None:
        self._library, self._folder, self._kept = library, folder or labelled_folder(), kept
        self._shipped: Library | None = None
        self._messages: dict[str, list[LabelledMessage]] = {}
        self._known: dict[str, dict[LabelledMessage, Known]] = {}
        self._matchers: dict[str, ShippedMatcher] = {}

    @property
    def shipped(self) -> Library:
        """The rules without the user's layer."""
        if self._shipped is None:
            self._shipped = self._library.trial(None)
        return self._shipped

    def messages(self, language: str) -> list[LabelledMessage]:
        """Return the labelled messages of a language; what is kept of them is read too."""
        if language not in self._messages:
            wording = self._library.shipped_pack(language).wording
            messages = read_messages(self._folder, language, wording)
            self._known[language] = dict(zip(messages, self._read(language, len(messages)), strict=False))
            self._messages[language] = messages
        return self._messages[language]

    def known(self, message: LabelledMessage) -> Known:
        """Return what the shipped rules make of a message, which is judged now unless that is known."""
        known = self._known.setdefault(message.language, {})
        if message not in known:
            known[message] = self.judge(message)
        return known[message]

    def judge(self, message: LabelledMessage) -> Known:
        """Judge a message by the shipped rules, without keeping what is found."""
        if message.language not in self._matchers:
            pack, reader = self.shipped.shipped_pack(message.language), self.shipped.reader(message.language)
            self._matchers[message.language] = ShippedMatcher(pack, reader)
        matcher = self._matchers[message.language]
        matched = tuple(matches for _, matches in matcher.matches(message.draft))
        findings, stage = findings_of(message, self.shipped, matcher)
        return Known(matcher.phrases(message.draft), matched, findings, stage.value)

    def is_whole(self, language: str) -> bool:
        """Tell whether every message of a language is known."""
        return len(self._known.get(language, ())) == len(self.messages(language))

    def prepare(self, language: str) -> None:
        """Judge every message of a language and keep that, unless it is kept already."""
        if self._stored(language):
            return
        for message in self.messages(language):
            self.known(message)
        self.keep(language)

    def keep(self, language: str) -> None:
        """Write what is known of a language where all of it is, unless that is kept already."""
        path = self._path(language)
        if path is None or not self.is_whole(language) or self._matchers.pop(language, None) is None:
            return
        known = [self._known[language][message] for message in self.messages(language)]
        with contextlib.suppress(OSError):  # what cannot be kept is worked out again
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(path, msgspec.msgpack.encode(_File(self._stamp(language), known)))

    def _path(self, language: str) -> Path | None:
        return self._kept / f"baseline-{language}.bin" if self._kept is not None else None

    def _read(self, language: str, count: int) -> list[Known]:
        """Return what is kept of a language's messages; nothing where it is not of these."""
        stored = self._stored(language)
        return stored if len(stored) == count else []

    def _stored(self, language: str) -> list[Known]:
        """Return what is kept of a language; nothing where it was worked out from anything else than there is now."""
        path = self._path(language)
        try:
            file = msgspec.msgpack.decode(path.read_bytes(), type=_File) if path is not None else None
        except (OSError, msgspec.DecodeError):
            return []
        return file.known if file is not None and file.stamp == self._stamp(language) else []

    def _stamp(self, language: str) -> str:
        """Return a digest of all that has a say in what is found: code, rules, reader, messages, libraries."""
        root = self._library.root
        files = [*sorted(_CODE.rglob("*.py")), *sorted(p for p in root.glob("*") if p.is_file())]
        files += sorted(path for path in (root / language).rglob("*") if path.is_file())
        files += set_files(self._folder, language)
        versions = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
        return _digest([sys.version.encode(), *map(str.encode, versions)], files)


def _digest(parts: Iterable[bytes], files: Iterable[Path]) -> str:
    digest = blake2b(digest_size=20)
    for part in (*parts, *(path.name.encode() + path.read_bytes() for path in files)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def findings_of(
    message: LabelledMessage, library: Library, matcher: SentenceMatcher
) -> tuple[tuple[Finding, ...], Stage]:
    """Return what a library's rules say of a message, and the stage that its history reaches."""
    request = message.request
    relation = relate(request.history, request.today, library.gates, request.contact.stage_override)
    return lint(message.draft, relation, request.contact, request.channel, library, matcher), relation.stage
