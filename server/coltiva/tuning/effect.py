"""What a change of the rules would do to labelled messages and to the user's own, before it is saved."""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from coltiva.contacts import Contact, StageOverride
from coltiva.draft import read_draft
from coltiva.errors import RuleProblem
from coltiva.evaluation import Outcome, Tally, compare_findings, scores
from coltiva.history import Stage, relate
from coltiva.library import Library
from coltiva.linting import Finding, lint
from coltiva.review import ReviewRequest
from coltiva.rule_check import RuleFault, check_rules
from coltiva.tuning.labelled import LabelledMessage, labelled_folder, read_messages
from coltiva.tuning.own_layer import Files, OwnLayer
from coltiva.tuning.sent_messages import SentMessage
from coltiva.tuning.sharing import SharedMessages, SharingMatcher
from coltiva.verdict import Decision, decide

MAX_SHOWN = 80
_TELL_EVERY = 40  # messages


@dataclass(frozen=True, slots=True)
class Judged:
    """One message as one layer judges it."""

    findings: tuple[Finding, ...]
    stage: Stage

    @property
    def decision(self) -> Decision:
        """Send, revise or wait."""
        return decide(self.findings).decision

    def shown(self) -> list[tuple[str, str, int]]:
        """Return kind, severity and place of what asks too early or hunts."""
        wanted = (f for f in self.findings if f.premature or f.category == "signal")
        return [(f.kind, f.severity.value, f.span.start) for f in wanted]


@dataclass(frozen=True, slots=True)
class Moved:
    """A message that the change moves."""

    message: LabelledMessage
    before: Judged
    after: Judged


@dataclass(slots=True)
class Effect:
    """What a change would do.

    Attributes:
        tallies: language → the counts before and after.
        signals: kind of signal → messages with it found, missed and wrong, before and after.
        neutral: messages with nothing to find, those flagged before, and after.
        problems: what is broken in the files of the change.
        faults: examples of changed rules that do not hold.
    """

    messages: int = 0
    moved: list[Moved] = field(default_factory=list)
    sent: int = 0
    sent_moved: list[Moved] = field(default_factory=list)
    tallies: dict[str, tuple[Tally, Tally]] = field(default_factory=dict)
    signals: dict[str, tuple[Counter[str], Counter[str]]] = field(default_factory=dict)
    neutral: tuple[int, int, int] = (0, 0, 0)
    problems: tuple[RuleProblem, ...] = ()
    faults: tuple[RuleFault, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether more neutral messages are flagged, or any language finds less right and more wrong than before."""
        worse = [_mistakes(after) > _mistakes(before) for before, after in self.tallies.values()]
        signals = [after["wrong"] + after["missed"] > b["wrong"] + b["missed"] for b, after in self.signals.values()]
        return any(worse) or any(signals) or self.neutral[2] > self.neutral[1] or bool(self.faults)


def _mistakes(tally: Tally) -> int:
    return tally.missed + tally.wrong


class EffectMeter:
    """Judges the labelled messages under the layer as it is and as it would be; the layer as it is only once."""

    def __init__(self, library: Library, folder: Path | None = None) -> None:
        self.library = library
        self._folder = folder or labelled_folder()
        self._messages: dict[str, list[LabelledMessage]] = {}
        self._shared: dict[str, SharedMessages] = {}
        self._before: dict[str, tuple[int, dict[LabelledMessage, Judged]]] = {}
        self._lock = threading.Lock()
        self._is_warming = threading.Lock()

    def messages(self, language: str) -> list[LabelledMessage]:
        """Return the labelled messages of a language."""
        if language not in self._messages:
            wording = self.library.shipped_pack(language).wording
            self._messages[language] = read_messages(self._folder, language, wording)
        return self._messages[language]

    def measure(
        self, layer: OwnLayer, files: Files, sent: Iterable[SentMessage] = ()
    ) -> Iterator[tuple[int, int] | Effect]:
        """Yield how many messages are done, of how many, and at last the effect of writing *files*."""
        with self._lock, trial_library(self.library, layer, files) as trial:
            languages = touched_languages(files, self.library)
            for code in languages:
                # Reading a language's rules for the first time takes a while; whoever waits hears that it goes on.
                yield 0, 0
                trial.pack(code), self.messages(code)
            own = [self._own(message) for message in sent if message.language in languages]
            effect = Effect(sent=len(own), problems=new_problems(trial, layer, files))
            effect.faults = tuple(_faults(trial, files, languages))
            whole, done = sum(len(self.messages(code)) for code in languages) + len(own), 0
            yield 0, whole
            matchers = {code: self._matcher(trial, code) for code in languages}
            for language in languages:
                before = self._judged_before(language)
                tallies = (Tally(), Tally())
                for message in self.messages(language):
                    if message not in before:
                        before[message] = _judge(message, self.library, self._matcher(self.library, language))
                    after = _judge(message, trial, matchers[language])
                    _note(effect, message, (before[message], after), (self.library, trial), tallies)
                    done += 1
                    if done % _TELL_EVERY == 0:
                        yield done, whole
                effect.tallies[language] = tallies
            for message in own:
                code = message.language
                pair = Moved(
                    message,
                    _judge(message, self.library, self._matcher(self.library, code)),
                    _judge(message, trial, matchers[code]),
                )
                effect.sent_moved += [pair] if pair.before.shown() != pair.after.shown() else []
            yield effect

    def warm(self, language: str) -> None:
        """Judge the messages of a language under the layer as it is, so that the first effect comes quickly.

        Message by message, so that an effect that is asked for meanwhile goes first; one language at a time.
        """
        if self._is_warming.acquire(blocking=False):
            try:
                for message in self.messages(language):
                    with self._lock:
                        before = self._judged_before(language)
                        if message not in before:
                            before[message] = _judge(message, self.library, self._matcher(self.library, language))
            finally:
                self._is_warming.release()

    def _judged_before(self, language: str) -> dict[LabelledMessage, Judged]:
        version, known = self._before.get(language, (-1, {}))
        if version != self.library.version:
            known = {}
            self._before[language] = (self.library.version, known)
        return known

    def _matcher(self, library: Library, language: str) -> SharingMatcher:
        shared = self._shared.setdefault(language, SharedMessages())
        return SharingMatcher(library.pack(language), library.reader(language), shared)

    def _own(self, message: SentMessage) -> LabelledMessage:
        day = date.fromisoformat(message.day)
        contact = Contact(stage_override=StageOverride(message.stage, "as it was", day))
        request = ReviewRequest(message.text, message.channel, message.language, None, day, contact, ())
        draft = read_draft(message.text, self.library.shipped_pack(message.language).wording)
        return LabelledMessage(message.language, {"id": message.day}, request, draft)


def _judge(message: LabelledMessage, library: Library, matcher: SharingMatcher) -> Judged:
    request = message.request
    relation = relate(request.history, request.today, library.gates, request.contact.stage_override)
    return Judged(lint(message.draft, relation, request.contact, request.channel, library, matcher), relation.stage)


def _note(
    effect: Effect,
    message: LabelledMessage,
    judged: tuple[Judged, Judged],
    libraries: tuple[Library, Library],
    tallies: tuple[Tally, Tally],
) -> None:
    before, after = judged
    effect.messages += 1
    for one, library, tally in zip(judged, libraries, tallies, strict=True):
        tally.add(_outcome(message, one, library))
    if before.shown() != after.shown():
        effect.moved.append(Moved(message, before, after))
    labelled = message.signals
    found = [{f.kind for f in one.findings if f.category == "signal"} for one in judged]
    for kind in found[0] | found[1] | labelled:
        pair = effect.signals.setdefault(kind, (Counter(), Counter()))
        for counter, kinds in zip(pair, found, strict=True):
            counter["found" if kind in labelled and kind in kinds else "missed" if kind in labelled else "wrong"] += (
                kind in labelled or kind in kinds
            )
    if not message.asks and not labelled - {"offer", "thanks", "interest", "easy_out"}:
        flagged = [one.decision is not Decision.SEND for one in judged]
        effect.neutral = (effect.neutral[0] + 1, effect.neutral[1] + flagged[0], effect.neutral[2] + flagged[1])


def _outcome(message: LabelledMessage, judged: Judged, library: Library) -> Outcome:
    return compare_findings(
        message.record, message.request.text, message.language, judged.findings, judged.stage, library
    )


@contextmanager
def trial_library(library: Library, layer: OwnLayer, files: Files) -> Iterator[Library]:
    """Yield the rules as they would be with *files* written; the layer itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="coltiva-") as folder:
        for name, text in {**layer.files(), **files}.items():
            if text is not None:
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
        yield library.trial(Path(folder), layer.folder.as_posix())


def touched_languages(files: Iterable[str], library: Library) -> tuple[str, ...]:
    """Return the languages whose messages a change of *files* can move; a table moves all."""
    codes = {name.partition("/")[0] for name in files if "/" in name}
    return library.languages if any("/" not in n for n in files) else tuple(c for c in library.languages if c in codes)


def new_problems(trial: Library, layer: OwnLayer, files: Files) -> tuple[RuleProblem, ...]:
    """Return what is broken in the changed files, as it would be."""
    for code in {name.partition("/")[0] for name in files if "/" in name}:
        trial.pack(code)
    paths = {f"{layer.folder.as_posix()}/{name}" for name in files}
    return tuple(problem for problem in trial.own_problems if problem.path in paths)


def _faults(trial: Library, files: Files, languages: Iterable[str]) -> Iterator[RuleFault]:
    for code in languages:
        pack, shipped = trial.pack(code), trial.shipped_pack(code)
        rules = [*pack.rules.values(), *pack.guards.values()]
        known = {**shipped.rules, **shipped.guards}
        if any(name.startswith(f"{code}/") for name in files):
            yield from check_rules([rule for rule in rules if known.get(rule.id) is not rule], pack)


def scores_of(counter: Mapping[str, int]) -> dict[str, float | None]:
    """Return precision, recall and F1 of counts of found, missed and wrong."""
    return scores(counter.get("found", 0), counter.get("missed", 0), counter.get("wrong", 0))
