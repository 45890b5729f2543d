"""How often rules fire in the user's own writing: numbers by day, rule and stage, and not a word of any text."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import write_durably
from coltiva.linting import Finding

_log = logging.getLogger("coltiva")

KEPT_DAYS = 400
_MAX_RECENT = 5_000
_LEADING_WORDS = 3

# Day → rule → kind, stage and whether it was too early → how often.
Days = dict[str, dict[str, dict[str, int]]]


class _File(msgspec.Struct):
    """What the file holds."""

    days: Days = {}


class FiredCounts:
    """Counts findings in memory and writes the numbers now and then.

    A sentence that is still being typed is linted at every key; a finding counts once for a contact as long as its
    first words stay the same.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._recent: OrderedDict[int, None] = OrderedDict()
        self._is_dirty = False
        try:
            self._days: Days = msgspec.json.decode(path.read_bytes(), type=_File).days
        except FileNotFoundError:
            self._days = {}
        except msgspec.DecodeError:
            # Numbers alone: what cannot be read is set aside, and counting begins anew.
            self._days = {}
            path.replace(path.with_suffix(".unreadable.json"))

    def note(self, text: str, contact: str, stage: str, findings: Iterable[Finding], today: date) -> None:
        """Count the findings of a message as it now stands."""
        with self._lock:
            for finding in findings:
                if finding.category == "growing":
                    continue
                lead = " ".join(finding.span.of(text).split()[:_LEADING_WORDS])
                key = hash((finding.rule, contact, lead))
                if key in self._recent:
                    self._recent.move_to_end(key)
                    continue
                self._recent[key] = None
                if len(self._recent) > _MAX_RECENT:
                    self._recent.popitem(last=False)
                rules = self._days.setdefault(today.isoformat(), {})
                row = rules.setdefault(finding.rule, {})
                cell = f"{finding.kind} {stage} {'early' if finding.premature else 'fits'}"
                row[cell] = row.get(cell, 0) + 1
                self._is_dirty = True

    def totals(self) -> dict[str, int]:
        """Return how often each rule has fired on the days that are kept."""
        totals: dict[str, int] = {}
        with self._lock:
            for rules in self._days.values():
                for rule, row in rules.items():
                    totals[rule] = totals.get(rule, 0) + sum(row.values())
        return totals

    def rows(self) -> list[tuple[str, str, str, str, bool, int]]:
        """Return day, rule, kind, stage, whether too early, and how often, in order of days."""
        with self._lock:
            return [
                (day, rule, *_cell(cell), count)
                for day, rules in sorted(self._days.items())
                for rule, row in rules.items()
                for cell, count in row.items()
            ]

    def flush(self, today: date) -> None:
        """Write the numbers where some have changed, without days that are too old."""
        with self._lock:
            if not self._is_dirty:
                return
            oldest = (today - timedelta(days=KEPT_DAYS)).isoformat()
            self._days = {day: rules for day, rules in self._days.items() if day >= oldest}
            content = msgspec.json.encode(_File(self._days))
            self._is_dirty = False
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path, content)
        except OSError as error:
            self._is_dirty = True
            _log.warning("%s: cannot be written: %s; tried again later", self._path, error.strerror)


def _cell(text: str) -> tuple[str, str, bool]:
    kind, stage, early = text.split(" ")
    return kind, stage, early == "early"
