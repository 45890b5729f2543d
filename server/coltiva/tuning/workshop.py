"""Everything about tuning that lasts as long as the server runs, in the user's data folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from coltiva.background import beside
from coltiva.draft import Draft
from coltiva.errors import RuleProblem
from coltiva.library import Library
from coltiva.linting import Finding
from coltiva.report import Report
from coltiva.speech import Speech
from coltiva.tuning.counts import FiredCounts
from coltiva.tuning.dismissals import DismissalStore
from coltiva.tuning.own_layer import OwnLayer
from coltiva.tuning.quiet import Quiet
from coltiva.tuning.sent_messages import SentMessage, SentMessages
from coltiva.user_library import RULES

TUNING = "tuning"
# What can be worked out again.
CACHE = "cache"
_LOOK_EVERY_SECONDS = 0.4
_FLUSH_EVERY_LOOKS = 150


@dataclass(frozen=True, slots=True)
class Workshop:
    """The library under the user's layer, and what is recorded about the use of its rules.

    Attributes:
        cache: a folder for what can be worked out again.
        quiet: whether nobody waits for a lint.
    """

    library: Library
    layer: OwnLayer
    dismissals: DismissalStore
    counts: FiredCounts
    sent: SentMessages
    cache: Path
    quiet: Quiet = field(default_factory=Quiet)

    @classmethod
    def open(cls, data_folder: Path, library: Library) -> Workshop:
        """Return the workshop of a data folder; *library* must read the layer in its ``rules``."""
        folder = data_folder / TUNING
        return cls(
            library,
            OwnLayer(data_folder / RULES),
            DismissalStore(folder / "dismissals.json"),
            FiredCounts(folder / "counts.json"),
            SentMessages(folder / "sent.json"),
            data_folder / CACHE,
        )

    def sieve(self, findings: tuple[Finding, ...], draft: Draft, contact: str) -> tuple[Finding, ...]:
        """Return the findings that nobody has dismissed."""
        return self.dismissals.without_dismissed(findings, draft, contact, self.library.kinds)

    def note(self, report: Report, today: date) -> None:
        """Count what was found in a message of the user's."""
        key = report.contact.id or report.contact.name
        self.counts.note(report.text, key, report.relation.stage.word, report.findings, today)

    def keep_sent(self, text: str, channel: str, stage: str, language: str | None, today: date) -> None:
        """Keep a message that was sent, where the user has chosen so."""
        if language is not None:
            self.sent.keep(SentMessage(text, language, channel, stage, today.isoformat()))


@contextmanager
def watching(
    workshop: Workshop, tell: Callable[[str], None], say: Speech, today: Callable[[], date] = date.today
) -> Iterator[None]:
    """Read the user's layer again whenever a file of it changes, and say what is broken in it, while the block runs.

    Args:
        tell: gets each line for the terminal.
    """

    def run(stop: threading.Event) -> None:
        told: tuple[RuleProblem, ...] = ()
        looks = 0
        while True:
            changed = workshop.library.refresh()
            if changed or looks == 0:
                workshop.library.load_own()
            problems = workshop.library.own_problems
            if problems != told or changed:
                for line in news(problems, told, say):
                    tell(line)
            told = problems
            looks += 1
            if looks % _FLUSH_EVERY_LOOKS == 0:
                workshop.counts.flush(today())
            if stop.wait(_LOOK_EVERY_SECONDS):
                return

    try:
        with beside("rules", run):
            yield
    finally:
        workshop.counts.flush(today())


def news(problems: tuple[RuleProblem, ...], told: tuple[RuleProblem, ...], say: Speech) -> Iterator[str]:
    """Yield a line for each problem that is new, or one that all is well again, or that the rules were read again."""
    for problem in problems:
        if problem not in told:
            yield f"coltiva: {say.problem(problem)}"
    if not problems:
        yield f"coltiva: {say('rules', 'whole_again' if told else 'read_again')}"
