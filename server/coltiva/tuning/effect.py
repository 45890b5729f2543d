"""What a change of the rules would do to labelled messages and to the user's own, before it is saved."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from coltiva.contacts import Contact, StageOverride
from coltiva.draft import read_draft
from coltiva.errors import RuleProblem
from coltiva.evaluation import Outcome, Tally, compare_findings
from coltiva.history import Stage
from coltiva.library import Library
from coltiva.linting import Finding
from coltiva.review import ReviewRequest
from coltiva.rule_check import RuleFault, check_rules
from coltiva.tuning.baseline import Baseline, findings_of
from coltiva.tuning.labelled import LabelledMessage
from coltiva.tuning.own_layer import Files, OwnLayer
from coltiva.tuning.quiet import Quiet
from coltiva.tuning.sent_messages import SentMessage
from coltiva.tuning.sharing import Known, SharingMatcher
from coltiva.tuning.trial_layer import new_problems, touched_languages, trial_library
from coltiva.verdict import Decision, decide

MAX_SHOWN = 80
# What the checks look at besides the rules of a language.
_TABLES = ("gates", "asks", "signals", "channels", "limits", "kinds")
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

    @property
    def is_flagged(self) -> bool:
        """Whether the message should not go as it is."""
        return self.decision is not Decision.SEND

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
        neutral: language → messages with nothing to find, those flagged before, and after.
        problems: what is broken in the files of the change.
        faults: examples of changed rules that do not hold.
    """

    messages: int = 0
    moved: list[Moved] = field(default_factory=list)
    sent: int = 0
    sent_moved: list[Moved] = field(default_factory=list)
    tallies: dict[str, tuple[Tally, Tally]] = field(default_factory=dict)
    signals: dict[str, tuple[Counter[str], Counter[str]]] = field(default_factory=dict)
    neutral: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    problems: tuple[RuleProblem, ...] = ()
    faults: tuple[RuleFault, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether any language flags more neutral messages, or finds less right and more wrong than before."""
        worse = [_mistakes(after) > _mistakes(before) for before, after in self.tallies.values()]
        signals = [after["wrong"] + after["missed"] > b["wrong"] + b["missed"] for b, after in self.signals.values()]
        neutral = [after > before for _, before, after in self.neutral.values()]
        return any(worse) or any(signals) or any(neutral)

    def newly(self, *, flagged: bool) -> int:
        """Count the labelled messages that are *flagged* only after the change, or no more."""
        return sum(one.before.is_flagged is not flagged and one.after.is_flagged is flagged for one in self.moved)


def _mistakes(tally: Tally) -> int:
    return tally.missed + tally.wrong


class _Judge:
    """One layer over one language; what the layer cannot change in a message is taken from what is known of it."""

    def __init__(self, library: Library, language: str, shipped: Library) -> None:
        self.library = library
        reader, ships = library.reader(language), shipped.reader(language)
        tunings = [one.tuning if one is not None else None for one in (reader, ships)]
        shipped_pack, is_tuned = shipped.shipped_pack(language), tunings[0] != tunings[1]
        self._matcher = SharingMatcher(library.pack(language), reader, shipped_pack, is_tuned)
        self._has_shipped_tables = all(getattr(library, name) == getattr(shipped, name) for name in _TABLES)

    def judge(self, message: LabelledMessage, known: Known) -> Judged:
        """Judge one message."""
        self._matcher.take(message.draft, known)
        if self._has_shipped_tables and self._matcher.is_as_shipped:
            return Judged(known.findings, Stage(known.stage))
        return Judged(*findings_of(message, self.library, self._matcher))


class EffectMeter:
    """Judges the labelled messages under the layer as it is and as it would be; the layer as it is only once.

    Args:
        folder: the sets of labelled messages; None: those that come with Coltiva.
        kept: where to keep what the shipped rules make of them; None: nowhere.
        quiet: whom to let go first while nobody waits for an effect.
    """

    def __init__(
        self, library: Library, folder: Path | None = None, kept: Path | None = None, quiet: Quiet | None = None
    ) -> None:
        self.library, self._quiet = library, quiet or Quiet()
        self._baseline = Baseline(library, folder, kept)
        self._before: dict[str, tuple[int, dict[LabelledMessage, Judged]]] = {}
        self._own: dict[SentMessage, tuple[LabelledMessage, Known]] = {}
        self._lock = threading.Lock()
        self._is_warming = threading.Lock()

    def messages(self, language: str) -> list[LabelledMessage]:
        """Return the labelled messages of a language."""
        with self._lock:
            return self._baseline.messages(language)

    def measure(
        self, layer: OwnLayer, files: Files, sent: Iterable[SentMessage] = ()
    ) -> Iterator[tuple[int, int] | Effect]:
        """Yield how many messages are done, of how many, and at last the effect of writing *files*."""
        with self._lock:
            languages = touched_languages(files, self.library)
            for code in languages:
                # Reading a language's rules for the first time takes a while; whoever waits hears that it goes on.
                yield 0, 0
                self.library.pack(code), self.library.reader(code), self._baseline.messages(code)
            with trial_library(self.library, layer, files) as trial:
                effect = Effect(problems=new_problems(trial, layer, files))
                effect.faults = tuple(_faults(trial, files, languages))
                own = [message for message in sent if message.language in languages]
                yield from self._compare(trial, languages, own, effect)
            yield effect

    def _compare(
        self, trial: Library, languages: Iterable[str], own: Sequence[SentMessage], effect: Effect
    ) -> Iterator[tuple[int, int]]:
        """Judge all messages twice and note in *effect* what the change does; yields how many are done, of how many."""
        shipped = self._baseline.shipped
        judges = {code: [_Judge(library, code, shipped) for library in (self.library, trial)] for code in languages}
        done, whole = 0, sum(len(self._baseline.messages(code)) for code in judges) + len(own)
        yield 0, whole
        for code, (now, then) in judges.items():
            tallies = effect.tallies[code] = (Tally(), Tally())
            for message in self._baseline.messages(code):
                known = self._baseline.known(message)
                pair = (self._judged_before(message, known, now), then.judge(message, known))
                _note(effect, message, pair, (self.library, trial), tallies)
                done += 1
                if done % _TELL_EVERY == 0:
                    yield done, whole
            self._baseline.keep(code)
        for sent in own:
            message, known = self._own_message(sent)
            moved = Moved(message, *(judge.judge(message, known) for judge in judges[sent.language]))
            effect.sent += 1
            effect.sent_moved += [moved] if moved.before.shown() != moved.after.shown() else []
            done += 1
            if done % _TELL_EVERY == 0:
                yield done, whole

    def warm(self, *languages: str) -> None:
        """Judge the messages of some languages under the layer as it is, so that the first effect comes quickly.

        Message by message, so that a lint or an effect that is asked for meanwhile goes first; one thread at a time.
        """
        if not self._is_warming.acquire(blocking=False):
            return
        try:
            for language in languages:
                self.library.reader(language)
                for message in self.messages(language):
                    self._quiet.wait()
                    with self._lock:
                        self._baseline.known(message)
                with self._lock:
                    self._baseline.keep(language)
        finally:
            self._is_warming.release()

    def _judged_before(self, message: LabelledMessage, known: Known, judge: _Judge) -> Judged:
        version, judged = self._before.get(message.language, (-1, {}))
        if version != self.library.version:
            judged = {}
            self._before[message.language] = (self.library.version, judged)
        if message not in judged:
            judged[message] = judge.judge(message, known)
        return judged[message]

    def _own_message(self, sent: SentMessage) -> tuple[LabelledMessage, Known]:
        if sent not in self._own:
            day = date.fromisoformat(sent.day)
            contact = Contact(stage_override=StageOverride(sent.stage, "as it was", day))
            request = ReviewRequest(sent.text, sent.channel, sent.language, None, day, contact, ())
            draft = read_draft(sent.text, self.library.shipped_pack(sent.language).wording)
            message = LabelledMessage(sent.language, {"id": sent.day}, request, draft)
            self._own[sent] = message, self._baseline.judge(message)
        return self._own[sent]


def _note(
    effect: Effect,
    message: LabelledMessage,
    judged: tuple[Judged, Judged],
    libraries: tuple[Library, Library],
    tallies: tuple[Tally, Tally],
) -> None:
    before, after = judged
    effect.messages += 1
    outcome = _outcome(message, before, libraries[0])
    is_same = before.findings is after.findings and libraries[0].asks == libraries[1].asks
    tallies[0].add(outcome)
    tallies[1].add(outcome if is_same else _outcome(message, after, libraries[1]))
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
        messages, *flagged = effect.neutral.get(message.language, (0, 0, 0))
        counts = [count + one.is_flagged for count, one in zip(flagged, judged, strict=True)]
        effect.neutral[message.language] = (messages + 1, counts[0], counts[1])


def _outcome(message: LabelledMessage, judged: Judged, library: Library) -> Outcome:
    return compare_findings(
        message.record, message.request.text, message.language, judged.findings, judged.stage, library
    )


def _faults(trial: Library, files: Files, languages: Iterable[str]) -> Iterator[RuleFault]:
    for code in languages:
        pack, shipped = trial.pack(code), trial.shipped_pack(code)
        rules = [*pack.rules.values(), *pack.guards.values()]
        known = {**shipped.rules, **shipped.guards}
        if any(name.startswith(f"{code}/") for name in files):
            yield from check_rules([rule for rule in rules if known.get(rule.id) is not rule], pack)
